/** The tables of the highway demo (motorway service areas), parents before children. */
import type { DemoTable } from './demo-table.ts';

export const COMPANY_TABLE: DemoTable = {
  name: 'bss_company',
  comment: '存储高速公路管理公司信息',
  columns: [
    { name: 'id', type: 'VARCHAR(32)', comment: '主键ID' },
    { name: 'company_name', type: 'VARCHAR(255)', comment: '公司名称' },
  ],
  primaryKey: ['id'],
  foreignKeys: [],
};

export const SERVICE_AREA_TABLE: DemoTable = {
  name: 'bss_service_area',
  comment: '服务区信息，存储高速公路服务区的基本属性',
  columns: [
    { name: 'id', type: 'VARCHAR(32)', comment: '服务区唯一标识' },
    { name: 'service_area_name', type: 'VARCHAR(255)', comment: '服务区名称' },
    { name: 'service_area_no', type: 'VARCHAR(20)', comment: '服务区编码' },
    { name: 'company_id', type: 'VARCHAR(32)', comment: '所属公司ID' },
    { name: 'service_area_type', type: 'VARCHAR(50)', comment: '服务区类型：信息化服务区、智能化服务区' },
    { name: 'service_state', type: 'VARCHAR(20)', comment: '运营状态：开放、关闭' },
    { name: 'parking_spaces', type: 'INTEGER', comment: '停车位数量' },
  ],
  primaryKey: ['id'],
  unique: [['service_area_no']],
  foreignKeys: [{ column: 'company_id', table: 'bss_company', references: 'id' }],
};

export const MAPPER_TABLE: DemoTable = {
  name: 'bss_service_area_mapper',
  comment: '服务区编码映射，关联各业务系统的服务区编码与服务区',
  columns: [
    { name: 'id', type: 'VARCHAR(32)', comment: '映射记录唯一标识' },
    { name: 'service_name', type: 'VARCHAR(255)', comment: '业务系统中的服务区名称' },
    { name: 'service_no', type: 'VARCHAR(20)', comment: '业务系统中的服务区编码' },
    { name: 'service_area_id', type: 'VARCHAR(32)', comment: '服务区ID' },
    { name: 'source_system_type', type: 'VARCHAR(50)', comment: '来源系统类型' },
  ],
  primaryKey: ['id'],
  unique: [['service_no']],
  foreignKeys: [{ column: 'service_area_id', table: 'bss_service_area', references: 'id' }],
};

export const BRANCH_TABLE: DemoTable = {
  name: 'bss_branch',
  comment: '服务区档口（商户）信息',
  columns: [
    { name: 'id', type: 'VARCHAR(32)', comment: '档口唯一标识' },
    { name: 'branch_name', type: 'VARCHAR(255)', comment: '档口名称' },
    { name: 'branch_no', type: 'VARCHAR(20)', comment: '档口编码' },
    { name: 'classify', type: 'VARCHAR(50)', comment: '经营品类：餐饮、便利店、小吃、咖啡' },
    { name: 'service_area_id', type: 'VARCHAR(32)', comment: '所在服务区ID' },
  ],
  primaryKey: ['id'],
  unique: [['branch_no']],
  foreignKeys: [{ column: 'service_area_id', table: 'bss_service_area', references: 'id' }],
};

export const BUSINESS_DAY_TABLE: DemoTable = {
  name: 'bss_business_day_data',
  comment: '服务区档口每日营业数据，按支付方式统计金额与订单数',
  columns: [
    { name: 'id', type: 'VARCHAR(32)', comment: '记录唯一标识' },
    { name: 'oper_date', type: 'DATE', comment: '统计日期' },
    { name: 'service_no', type: 'VARCHAR(20)', comment: '服务区编码' },
    { name: 'service_name', type: 'VARCHAR(255)', comment: '服务区名称' },
    { name: 'branch_no', type: 'VARCHAR(20)', comment: '档口编码' },
    { name: 'branch_name', type: 'VARCHAR(255)', comment: '档口名称' },
    { name: 'wx', type: 'NUMERIC(12,2)', comment: '微信支付金额' },
    { name: 'wx_order', type: 'INTEGER', comment: '微信订单数' },
    { name: 'zfb', type: 'NUMERIC(12,2)', comment: '支付宝支付金额' },
    { name: 'zf_order', type: 'INTEGER', comment: '支付宝订单数' },
    { name: 'rmb', type: 'NUMERIC(12,2)', comment: '现金支付金额' },
    { name: 'rmb_order', type: 'INTEGER', comment: '现金订单数' },
    { name: 'order_sum', type: 'INTEGER', comment: '订单总数' },
    { name: 'pay_sum', type: 'NUMERIC(12,2)', comment: '总支付金额（营业额）' },
  ],
  primaryKey: ['id'],
  unique: [['oper_date', 'branch_no']],
  foreignKeys: [
    { column: 'service_no', table: 'bss_service_area_mapper', references: 'service_no' },
    { column: 'branch_no', table: 'bss_branch', references: 'branch_no' },
  ],
};

export const CAR_DAY_TABLE: DemoTable = {
  name: 'bss_car_day_count',
  comment: '服务区每日车流量，按车辆类别统计',
  columns: [
    { name: 'id', type: 'VARCHAR(32)', comment: '记录唯一标识' },
    { name: 'count_date', type: 'DATE', comment: '统计日期' },
    { name: 'service_area_id', type: 'VARCHAR(32)', comment: '服务区ID' },
    { name: 'car_type', type: 'VARCHAR(20)', comment: '车辆类别：过境、城际、危化品、其他' },
    { name: 'customer_count', type: 'INTEGER', comment: '车辆数量（车流量）' },
  ],
  primaryKey: ['id'],
  unique: [['count_date', 'service_area_id', 'car_type']],
  foreignKeys: [{ column: 'service_area_id', table: 'bss_service_area', references: 'id' }],
};

export const SECTION_ROUTE_TABLE: DemoTable = {
  name: 'bss_section_route',
  comment: '路段与路线信息',
  columns: [
    { name: 'id', type: 'VARCHAR(32)', comment: '路线唯一标识' },
    { name: 'section_name', type: 'VARCHAR(255)', comment: '路段名称' },
    { name: 'route_name', type: 'VARCHAR(255)', comment: '路线名称' },
    { name: 'code', type: 'VARCHAR(20)', comment: '路段编号' },
  ],
  primaryKey: ['id'],
  foreignKeys: [],
};

export const ROUTE_LINK_TABLE: DemoTable = {
  name: 'bss_section_route_area_link',
  comment: '路线与服务区关联表',
  columns: [
    { name: 'section_route_id', type: 'VARCHAR(32)', comment: '路线ID' },
    { name: 'service_area_id', type: 'VARCHAR(32)', comment: '服务区ID' },
  ],
  primaryKey: ['section_route_id', 'service_area_id'],
  foreignKeys: [
    { column: 'section_route_id', table: 'bss_section_route', references: 'id' },
    { column: 'service_area_id', table: 'bss_service_area', references: 'id' },
  ],
};

export const HIGHWAY_TABLES: readonly DemoTable[] = [
  COMPANY_TABLE,
  SERVICE_AREA_TABLE,
  MAPPER_TABLE,
  BRANCH_TABLE,
  BUSINESS_DAY_TABLE,
  CAR_DAY_TABLE,
  SECTION_ROUTE_TABLE,
  ROUTE_LINK_TABLE,
];
