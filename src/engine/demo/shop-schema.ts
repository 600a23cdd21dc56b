/** The tables of the demo shop, parents before children. */
import type { DemoTable } from './demo-table.ts';

export const REGIONS_TABLE: DemoTable = {
  name: 'regions',
  comment: '地区',
  columns: [
    { name: 'region_id', type: 'INTEGER', comment: '地区编号' },
    { name: 'region_name', type: 'VARCHAR(40)', comment: '地区名称' },
    { name: 'local_name', type: 'VARCHAR(40)', comment: '中文名称' },
  ],
  primaryKey: ['region_id'],
  unique: [['region_name']],
  foreignKeys: [],
};

export const CUSTOMERS_TABLE: DemoTable = {
  name: 'customers',
  comment: '客户（用户）',
  columns: [
    { name: 'customer_id', type: 'INTEGER', comment: '客户编号' },
    { name: 'customer_name', type: 'VARCHAR(60)', comment: '客户姓名' },
    { name: 'email', type: 'VARCHAR(80)', comment: '电子邮箱' },
    {
      name: 'segment',
      type: 'VARCHAR(20)',
      comment: '客户类型：Consumer 个人，Corporate 企业，Small Business 小微企业',
    },
    { name: 'city', type: 'VARCHAR(40)', comment: '所在城市' },
    { name: 'city_local', type: 'VARCHAR(40)', comment: '城市中文名称' },
    { name: 'region_id', type: 'INTEGER', comment: '所属地区编号' },
    { name: 'signup_date', type: 'DATE', comment: '注册日期' },
  ],
  primaryKey: ['customer_id'],
  foreignKeys: [{ column: 'region_id', table: 'regions', references: 'region_id' }],
};

export const CATEGORIES_TABLE: DemoTable = {
  name: 'categories',
  comment: '商品类别',
  columns: [
    { name: 'category_id', type: 'INTEGER', comment: '类别编号' },
    { name: 'category_name', type: 'VARCHAR(40)', comment: '类别名称' },
    { name: 'local_name', type: 'VARCHAR(40)', comment: '中文名称' },
  ],
  primaryKey: ['category_id'],
  unique: [['category_name']],
  foreignKeys: [],
};

export const PRODUCTS_TABLE: DemoTable = {
  name: 'products',
  comment: '商品',
  columns: [
    { name: 'product_id', type: 'INTEGER', comment: '商品编号' },
    { name: 'product_name', type: 'VARCHAR(60)', comment: '商品名称' },
    { name: 'local_name', type: 'VARCHAR(60)', comment: '中文名称' },
    { name: 'category_id', type: 'INTEGER', comment: '所属类别编号' },
    { name: 'list_price', type: 'DECIMAL(10,2)', comment: '标价（元）' },
    { name: 'unit_cost', type: 'DECIMAL(10,2)', comment: '单位成本（元）' },
    { name: 'stock', type: 'INTEGER', comment: '库存数量' },
  ],
  primaryKey: ['product_id'],
  unique: [['product_name']],
  foreignKeys: [{ column: 'category_id', table: 'categories', references: 'category_id' }],
};

export const ORDERS_TABLE: DemoTable = {
  name: 'orders',
  comment: '订单',
  columns: [
    { name: 'order_id', type: 'INTEGER', comment: '订单编号' },
    { name: 'customer_id', type: 'INTEGER', comment: '下单客户编号' },
    { name: 'order_date', type: 'DATE', comment: '下单日期' },
    { name: 'status', type: 'VARCHAR(20)', comment: '订单状态：paid 已付款，shipped 已发货，delivered 已送达' },
    { name: 'channel', type: 'VARCHAR(20)', comment: '销售渠道：web 网站，app 手机应用，store 门店' },
    { name: 'payment_method', type: 'VARCHAR(20)', comment: '支付方式' },
    { name: 'total_amount', type: 'DECIMAL(12,2)', comment: '订单总额（元），等于其明细金额之和' },
  ],
  primaryKey: ['order_id'],
  foreignKeys: [{ column: 'customer_id', table: 'customers', references: 'customer_id' }],
};

export const ORDER_ITEMS_TABLE: DemoTable = {
  name: 'order_items',
  comment: '订单明细',
  columns: [
    { name: 'order_item_id', type: 'INTEGER', comment: '明细编号' },
    { name: 'order_id', type: 'INTEGER', comment: '所属订单编号' },
    { name: 'product_id', type: 'INTEGER', comment: '商品编号' },
    { name: 'quantity', type: 'INTEGER', comment: '数量' },
    { name: 'unit_price', type: 'DECIMAL(10,2)', comment: '成交单价（元），已扣折扣' },
    { name: 'amount', type: 'DECIMAL(12,2)', comment: '明细金额（元），数量乘以成交单价' },
  ],
  primaryKey: ['order_item_id'],
  foreignKeys: [
    { column: 'order_id', table: 'orders', references: 'order_id' },
    { column: 'product_id', table: 'products', references: 'product_id' },
  ],
};

export const REFUNDS_TABLE: DemoTable = {
  name: 'refunds',
  comment: '退款',
  columns: [
    { name: 'refund_id', type: 'INTEGER', comment: '退款编号' },
    { name: 'order_item_id', type: 'INTEGER', comment: '被退款的订单明细编号' },
    { name: 'refund_date', type: 'DATE', comment: '退款日期' },
    { name: 'refund_amount', type: 'DECIMAL(12,2)', comment: '退款金额（元）' },
    { name: 'reason', type: 'VARCHAR(40)', comment: '退款原因' },
  ],
  primaryKey: ['refund_id'],
  foreignKeys: [{ column: 'order_item_id', table: 'order_items', references: 'order_item_id' }],
};

export const SHOP_TABLES: readonly DemoTable[] = [
  REGIONS_TABLE,
  CUSTOMERS_TABLE,
  CATEGORIES_TABLE,
  PRODUCTS_TABLE,
  ORDERS_TABLE,
  ORDER_ITEMS_TABLE,
  REFUNDS_TABLE,
];
