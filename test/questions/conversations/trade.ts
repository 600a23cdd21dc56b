/** Everyday conversations over the two demos: every kind of follow-up, mostly in Chinese. */
import type { Conversation } from './conversation.ts';

const CUSTOMER = 'JOIN customers c USING (customer_id) JOIN regions r USING (region_id)';
const CATEGORY =
  'order_items i JOIN orders o USING (order_id) JOIN products p USING (product_id) JOIN categories g USING (category_id)';
const MONTH = `date_trunc('month', order_date)`;
const AREA =
  'bss_business_day_data d JOIN bss_service_area_mapper m ON m.service_no = d.service_no JOIN bss_service_area a ON a.id = m.service_area_id';
const TRADE = 'bss_business_day_data d JOIN bss_branch b ON b.branch_no = d.branch_no';

export const TRADE_CONVERSATIONS: readonly Conversation[] = [
  {
    id: 'shop-share-of-whole',
    db: 'demo',
    turns: [
      {
        question: '去年各地区销售额',
        sql: `SELECT region_name, SUM(total_amount) FROM orders ${CUSTOMER} WHERE year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: '占比',
        sql: `SELECT region_name, SUM(total_amount), 100 * SUM(total_amount) / SUM(SUM(total_amount)) OVER () FROM orders ${CUSTOMER} WHERE year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: '只看华东',
        sql: `SELECT region_name, SUM(total_amount), 100 * SUM(total_amount) / (SELECT SUM(total_amount) FROM orders WHERE year(order_date) = 2025)
          FROM orders ${CUSTOMER} WHERE year(order_date) = 2025 AND local_name = '华东' GROUP BY 1`,
      },
      {
        question: '换成今年',
        sql: `SELECT region_name, SUM(total_amount), 100 * SUM(total_amount) / (SELECT SUM(total_amount) FROM orders WHERE year(order_date) = 2026)
          FROM orders ${CUSTOMER} WHERE year(order_date) = 2026 AND local_name = '华东' GROUP BY 1`,
      },
      {
        question: '华南呢',
        sql: `SELECT region_name, SUM(total_amount), 100 * SUM(total_amount) / (SELECT SUM(total_amount) FROM orders WHERE year(order_date) = 2026)
          FROM orders ${CUSTOMER} WHERE year(order_date) = 2026 AND local_name = '华南' GROUP BY 1`,
      },
      {
        question: '去掉地区筛选',
        sql: `SELECT region_name, SUM(total_amount), 100 * SUM(total_amount) / SUM(SUM(total_amount)) OVER () FROM orders ${CUSTOMER} WHERE year(order_date) = 2026 GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-share-within',
    db: 'demo',
    turns: [
      {
        question: '各品类销售额占比',
        sql: `SELECT category_name, SUM(amount), 100 * SUM(amount) / SUM(SUM(amount)) OVER () FROM ${CATEGORY} GROUP BY 1`,
      },
      {
        question: '只看华东',
        sql: `SELECT category_name, SUM(amount), 100 * SUM(amount) / SUM(SUM(amount)) OVER () FROM ${CATEGORY} ${CUSTOMER} WHERE r.local_name = '华东' GROUP BY 1`,
      },
      {
        question: '只看去年',
        sql: `SELECT category_name, SUM(amount), 100 * SUM(amount) / SUM(SUM(amount)) OVER () FROM ${CATEGORY} ${CUSTOMER} WHERE r.local_name = '华东' AND year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: '只看服装',
        sql: `WITH s AS (SELECT category_name, SUM(amount) v, 100 * SUM(amount) / SUM(SUM(amount)) OVER () p FROM ${CATEGORY} ${CUSTOMER} WHERE r.local_name = '华东' AND year(order_date) = 2025 GROUP BY 1) SELECT * FROM s WHERE category_name = 'Clothing'`,
      },
    ],
  },
  {
    id: 'shop-channel-measures',
    db: 'demo',
    turns: [
      { question: '各渠道订单数', sql: 'SELECT channel, COUNT(*) FROM orders GROUP BY 1' },
      { question: '也看销售额', sql: 'SELECT channel, COUNT(*), SUM(total_amount) FROM orders GROUP BY 1' },
      {
        question: '换成去年',
        sql: 'SELECT channel, COUNT(*), SUM(total_amount) FROM orders WHERE year(order_date) = 2025 GROUP BY 1',
      },
      {
        question: '按销售额排序',
        sql: 'SELECT channel, COUNT(*), SUM(total_amount) FROM orders WHERE year(order_date) = 2025 GROUP BY 1 ORDER BY 3 DESC',
        ordered: true,
      },
    ],
  },
  {
    id: 'shop-customers-and-sales',
    db: 'demo',
    turns: [
      {
        question: '各地区客户数',
        sql: 'SELECT region_name, COUNT(*) FROM customers JOIN regions USING (region_id) GROUP BY 1',
      },
      {
        question: '也看销售额',
        sql: `SELECT region_name, COUNT(DISTINCT customer_id), (SELECT SUM(total_amount) FROM orders JOIN customers c2 USING (customer_id) WHERE c2.region_id = r.region_id)
          FROM customers JOIN regions r USING (region_id) GROUP BY 1, r.region_id`,
      },
      {
        question: '按销售额从高到低排序',
        sql: `SELECT region_name, COUNT(DISTINCT customer_id), (SELECT SUM(total_amount) FROM orders JOIN customers c2 USING (customer_id) WHERE c2.region_id = r.region_id)
          FROM customers JOIN regions r USING (region_id) GROUP BY 1, r.region_id ORDER BY 3 DESC`,
        ordered: true,
      },
    ],
  },
  {
    id: 'shop-resort-top',
    db: 'demo',
    turns: [
      {
        question: '订单数最多的3个城市',
        sql: 'SELECT city, COUNT(*) FROM orders JOIN customers USING (customer_id) GROUP BY 1 ORDER BY 2 DESC LIMIT 3',
      },
      {
        question: '按销售额排序',
        sql: `SELECT city, SUM(total_amount) FROM orders JOIN customers USING (customer_id) WHERE city IN
          (SELECT city FROM orders JOIN customers USING (customer_id) GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 3) GROUP BY 1 ORDER BY 2 DESC`,
        ordered: true,
      },
    ],
  },
  {
    id: 'shop-by-time',
    db: 'demo',
    turns: [
      {
        question: '今年各渠道销售额',
        sql: `SELECT channel, SUM(total_amount) FROM orders WHERE year(order_date) = 2026 GROUP BY 1`,
      },
      {
        question: '按日期统计',
        sql: `SELECT channel, order_date, SUM(total_amount) FROM orders WHERE year(order_date) = 2026 GROUP BY 1, 2`,
        alternatives: [`SELECT order_date, SUM(total_amount) FROM orders WHERE year(order_date) = 2026 GROUP BY 1`],
      },
      {
        question: '只看门店',
        sql: `SELECT channel, order_date, SUM(total_amount) FROM orders WHERE year(order_date) = 2026 AND channel = 'store' GROUP BY 1, 2`,
        alternatives: [
          `SELECT order_date, SUM(total_amount) FROM orders WHERE year(order_date) = 2026 AND channel = 'store' GROUP BY 1`,
        ],
      },
      {
        question: '按时间排序',
        sql: `SELECT channel, order_date, SUM(total_amount) FROM orders WHERE year(order_date) = 2026 AND channel = 'store' GROUP BY 1, 2 ORDER BY 2`,
        alternatives: [
          `SELECT order_date, SUM(total_amount) FROM orders WHERE year(order_date) = 2026 AND channel = 'store' GROUP BY 1 ORDER BY 1`,
        ],
        ordered: true,
      },
    ],
  },
  {
    id: 'shop-list-by-time',
    db: 'demo',
    turns: [
      {
        question: '列出华东的客户姓名',
        sql: `SELECT customer_name FROM customers JOIN regions USING (region_id) WHERE local_name = '华东'`,
      },
      {
        question: '按注册时间排序',
        sql: `SELECT customer_name FROM customers JOIN regions USING (region_id) WHERE local_name = '华东' ORDER BY signup_date`,
      },
      {
        question: '只看企业客户',
        sql: `SELECT customer_name FROM customers JOIN regions USING (region_id) WHERE local_name = '华东' AND segment = 'Corporate'`,
      },
      {
        question: '他们的邮箱呢',
        sql: `SELECT email FROM customers JOIN regions USING (region_id) WHERE local_name = '华东' AND segment = 'Corporate'`,
      },
      {
        question: '一共有多少个',
        sql: `SELECT COUNT(*) FROM customers JOIN regions USING (region_id) WHERE local_name = '华东' AND segment = 'Corporate'`,
      },
    ],
  },
  {
    id: 'shop-segments',
    db: 'demo',
    turns: [
      { question: '企业客户有多少个', sql: `SELECT COUNT(*) FROM customers WHERE segment = 'Corporate'` },
      { question: '小微企业呢', sql: `SELECT COUNT(*) FROM customers WHERE segment = 'Small Business'` },
      {
        question: '按地区分组',
        sql: `SELECT region_name, COUNT(*) FROM customers JOIN regions USING (region_id) WHERE segment = 'Small Business' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-status',
    db: 'demo',
    turns: [
      {
        question: '本月已送达的订单有多少',
        sql: `SELECT COUNT(*) FROM orders WHERE status = 'delivered' AND order_date >= '2026-03-01'`,
      },
      {
        question: '已发货的呢',
        sql: `SELECT COUNT(*) FROM orders WHERE status = 'shipped' AND order_date >= '2026-03-01'`,
      },
      {
        question: '按渠道分组',
        sql: `SELECT channel, COUNT(*) FROM orders WHERE status = 'shipped' AND order_date >= '2026-03-01' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-yoy',
    db: 'demo',
    turns: [
      {
        question: '2025年各品类销售额',
        sql: `SELECT category_name, SUM(amount) FROM ${CATEGORY} WHERE year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: '同比',
        sql: `SELECT category_name, SUM(amount) FILTER (year(order_date) = 2025), SUM(amount) FILTER (year(order_date) = 2024) FROM ${CATEGORY} WHERE year(order_date) IN (2024, 2025) GROUP BY 1`,
      },
      {
        question: '只看app渠道',
        sql: `SELECT category_name, SUM(amount) FILTER (year(order_date) = 2025), SUM(amount) FILTER (year(order_date) = 2024) FROM ${CATEGORY} WHERE year(order_date) IN (2024, 2025) AND channel = 'app' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-english-orders',
    db: 'demo',
    turns: [
      {
        question: 'How many orders last month?',
        sql: `SELECT COUNT(*) FROM orders WHERE ${MONTH} = DATE '2026-02-01'`,
      },
      {
        question: 'by channel',
        sql: `SELECT channel, COUNT(*) FROM orders WHERE ${MONTH} = DATE '2026-02-01' GROUP BY 1`,
      },
      {
        question: 'what about the month before?',
        sql: `SELECT channel, COUNT(*) FROM orders WHERE ${MONTH} = DATE '2026-01-01' GROUP BY 1`,
      },
      {
        question: 'show revenue too',
        sql: `SELECT channel, COUNT(*), SUM(total_amount) FROM orders WHERE ${MONTH} = DATE '2026-01-01' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-refunds',
    db: 'demo',
    turns: [
      {
        question: 'how many refunds were there in 2025',
        sql: 'SELECT COUNT(*) FROM refunds WHERE year(refund_date) = 2025',
      },
      { question: 'by reason', sql: 'SELECT reason, COUNT(*) FROM refunds WHERE year(refund_date) = 2025 GROUP BY 1' },
      {
        question: 'refund amount instead',
        sql: 'SELECT reason, SUM(refund_amount) FROM refunds WHERE year(refund_date) = 2025 GROUP BY 1',
      },
    ],
  },
  {
    id: 'shop-best-product',
    db: 'demo',
    turns: [
      {
        question: '销量最高的商品是哪个',
        sql: 'SELECT product_name FROM order_items JOIN products USING (product_id) GROUP BY 1 ORDER BY SUM(quantity) DESC LIMIT 1',
        alternatives: [
          'SELECT p.local_name FROM order_items JOIN products p USING (product_id) GROUP BY 1 ORDER BY SUM(quantity) DESC LIMIT 1',
        ],
      },
      {
        question: '它的库存是多少',
        sql: 'SELECT p.stock FROM order_items JOIN products p USING (product_id) GROUP BY p.product_id, p.stock ORDER BY SUM(quantity) DESC LIMIT 1',
      },
      {
        question: '其标价呢',
        sql: 'SELECT product_name, p.list_price FROM order_items JOIN products p USING (product_id) GROUP BY p.product_id, product_name, p.list_price ORDER BY SUM(quantity) DESC LIMIT 1',
      },
    ],
  },
  {
    id: 'highway-takings',
    db: 'highway',
    turns: [
      {
        question: '上个月各服务区营业额',
        sql: `SELECT service_area_name, SUM(pay_sum) FROM ${AREA} WHERE oper_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY 1`,
      },
      {
        question: '前10',
        sql: `SELECT service_area_name, SUM(pay_sum) FROM ${AREA} WHERE oper_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY 1 ORDER BY 2 DESC LIMIT 10`,
        ordered: true,
      },
      {
        question: '换成订单数',
        sql: `SELECT service_area_name, SUM(order_sum) FROM ${AREA} WHERE oper_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY 1 ORDER BY 2 DESC LIMIT 10`,
        ordered: true,
      },
      {
        question: '换成本月',
        sql: `SELECT service_area_name, SUM(order_sum) FROM ${AREA} WHERE oper_date >= '2026-03-01' GROUP BY 1 ORDER BY 2 DESC LIMIT 10`,
        ordered: true,
      },
    ],
  },
  {
    id: 'highway-trades',
    db: 'highway',
    turns: [
      {
        question: '2026年2月各经营品类的营业额',
        sql: `SELECT classify, SUM(pay_sum) FROM ${TRADE} WHERE oper_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY 1`,
      },
      {
        question: '占比',
        sql: `SELECT classify, SUM(pay_sum), 100 * SUM(pay_sum) / SUM(SUM(pay_sum)) OVER () FROM ${TRADE} WHERE oper_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY 1`,
      },
      {
        question: '只看餐饮',
        sql: `WITH s AS (SELECT classify, SUM(pay_sum) v, 100 * SUM(pay_sum) / SUM(SUM(pay_sum)) OVER () p FROM ${TRADE} WHERE oper_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY 1) SELECT * FROM s WHERE classify = '餐饮'`,
      },
    ],
  },
  {
    id: 'highway-traffic',
    db: 'highway',
    turns: [
      {
        question: '本月各车辆类别的车流量',
        sql: `SELECT car_type, SUM(customer_count) FROM bss_car_day_count WHERE count_date >= '2026-03-01' GROUP BY 1`,
      },
      {
        question: '环比',
        sql: `SELECT car_type, SUM(customer_count) FILTER (WHERE count_date >= '2026-03-01'), SUM(customer_count) FILTER (WHERE count_date BETWEEN '2026-02-01' AND '2026-02-15')
          FROM bss_car_day_count WHERE count_date >= '2026-03-01' OR count_date BETWEEN '2026-02-01' AND '2026-02-15' GROUP BY 1`,
      },
      {
        question: '只看庐山服务区',
        sql: `SELECT car_type, SUM(customer_count) FILTER (WHERE count_date >= '2026-03-01'), SUM(customer_count) FILTER (WHERE count_date BETWEEN '2026-02-01' AND '2026-02-15')
          FROM bss_car_day_count JOIN bss_service_area a ON a.id = service_area_id WHERE service_area_name = '庐山服务区' AND (count_date >= '2026-03-01' OR count_date BETWEEN '2026-02-01' AND '2026-02-15') GROUP BY 1`,
      },
    ],
  },
  {
    id: 'highway-areas',
    db: 'highway',
    turns: [
      {
        question: '哪些服务区处于关闭状态',
        sql: `SELECT service_area_name FROM bss_service_area WHERE service_state = '关闭'`,
      },
      {
        question: '它们的停车位数量是多少',
        sql: `SELECT parking_spaces FROM bss_service_area WHERE service_state = '关闭'`,
      },
      {
        question: '一共有几个',
        sql: `SELECT COUNT(*) FROM bss_service_area WHERE service_state = '关闭'`,
      },
      { question: '开放的呢', sql: `SELECT COUNT(*) FROM bss_service_area WHERE service_state = '开放'` },
    ],
  },
  {
    id: 'highway-daily',
    db: 'highway',
    turns: [
      {
        question: '庐山服务区本月营业额',
        sql: `SELECT SUM(pay_sum) FROM bss_business_day_data WHERE service_name = '庐山服务区' AND oper_date >= '2026-03-01'`,
      },
      {
        question: '按日期统计',
        sql: `SELECT oper_date, SUM(pay_sum) FROM bss_business_day_data WHERE service_name = '庐山服务区' AND oper_date >= '2026-03-01' GROUP BY 1`,
      },
      {
        question: '鄱阳湖服务区呢',
        sql: `SELECT oper_date, SUM(pay_sum) FROM bss_business_day_data WHERE service_name = '鄱阳湖服务区' AND oper_date >= '2026-03-01' GROUP BY 1`,
      },
      {
        question: '也看订单总数',
        sql: `SELECT oper_date, SUM(pay_sum), SUM(order_sum) FROM bss_business_day_data WHERE service_name = '鄱阳湖服务区' AND oper_date >= '2026-03-01' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'highway-companies',
    db: 'highway',
    turns: [
      { question: '列出所有公司名称', sql: 'SELECT company_name FROM bss_company' },
      {
        question: '它们各有多少个服务区',
        sql: 'SELECT company_name, COUNT(a.id) FROM bss_company c LEFT JOIN bss_service_area a ON a.company_id = c.id GROUP BY 1',
        alternatives: [
          'SELECT company_name, COUNT(a.id) FROM bss_company c JOIN bss_service_area a ON a.company_id = c.id GROUP BY 1',
        ],
      },
    ],
  },
];
