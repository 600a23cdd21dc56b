/** Conversations of a manager of the demo shop, mostly in Chinese: edits of the answer before, one after the other. */
import type { Conversation } from './conversation.ts';

const CUSTOMER = 'JOIN customers c USING (customer_id) JOIN regions r USING (region_id)';
const CATEGORY =
  'order_items i JOIN orders o USING (order_id) JOIN products p USING (product_id) JOIN categories g USING (category_id)';
const MONTH = `date_trunc('month', order_date)`;

/** A series of months beside the same series moved by `step`. */
const beside = (value: string, from: string, now: string, before: string, step: string): string =>
  `WITH now AS (SELECT ${MONTH} AS m, ${value} AS v FROM ${from} WHERE ${now} GROUP BY 1),
     past AS (SELECT ${MONTH} + INTERVAL ${step} AS m, ${value} AS v FROM ${from} WHERE ${before} GROUP BY 1)
   SELECT now.m, now.v, past.v, 100 * (now.v - past.v) / past.v FROM now LEFT JOIN past ON now.m = past.m`;

/** The best products with their revenue, and what else is shown of them. */
const bestProducts = (limit: number, more = ''): string =>
  `SELECT p.product_name${more}, SUM(i.amount) AS v FROM ${CATEGORY} GROUP BY ALL ORDER BY v DESC LIMIT ${limit}`;

export const SHOP_CONVERSATIONS: readonly Conversation[] = [
  {
    id: 'shop-best-products',
    db: 'demo',
    turns: [
      { question: '销售额最高的5个商品', sql: bestProducts(5) },
      { question: '它们属于哪些类别', sql: bestProducts(5, ', g.category_name') },
    ],
  },
  {
    id: 'shop-best-product',
    db: 'demo',
    turns: [
      { question: 'which product has the highest revenue?', sql: bestProducts(1) },
      { question: 'what is its price?', sql: bestProducts(1, ', p.list_price') },
      { question: 'which category does it belong to?', sql: bestProducts(1, ', p.list_price, g.category_name') },
    ],
  },
  {
    id: 'shop-months',
    db: 'demo',
    turns: [
      {
        question: '今年每月销售额',
        sql: `SELECT ${MONTH}, SUM(total_amount) FROM orders WHERE order_date >= '2026-01-01' GROUP BY 1`,
      },
      {
        question: '同比',
        sql: beside(
          'SUM(total_amount)',
          'orders',
          `order_date >= '2026-01-01'`,
          `order_date BETWEEN '2025-01-01' AND '2025-03-15'`,
          '1 YEAR',
        ),
      },
      {
        question: '环比',
        sql: beside(
          'SUM(total_amount)',
          'orders',
          `order_date >= '2026-01-01'`,
          `order_date BETWEEN '2025-12-01' AND '2026-02-15'`,
          '1 MONTH',
        ),
      },
      {
        question: '只看华东',
        sql: beside(
          'SUM(total_amount)',
          `orders ${CUSTOMER}`,
          `local_name = '华东' AND order_date >= '2026-01-01'`,
          `local_name = '华东' AND order_date BETWEEN '2025-12-01' AND '2026-02-15'`,
          '1 MONTH',
        ),
      },
      {
        question: '换成订单数',
        sql: beside(
          'COUNT(*)',
          `orders ${CUSTOMER}`,
          `local_name = '华东' AND order_date >= '2026-01-01'`,
          `local_name = '华东' AND order_date BETWEEN '2025-12-01' AND '2026-02-15'`,
          '1 MONTH',
        ),
      },
      {
        question: '去掉环比',
        sql: `SELECT ${MONTH}, COUNT(*) FROM orders ${CUSTOMER} WHERE local_name = '华东' AND order_date >= '2026-01-01' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-this-month',
    db: 'demo',
    turns: [
      { question: '本月销售额是多少', sql: `SELECT SUM(total_amount) FROM orders WHERE order_date >= '2026-03-01'` },
      {
        question: '同比',
        sql: `SELECT SUM(total_amount) FILTER (order_date >= '2026-03-01'), SUM(total_amount) FILTER (order_date BETWEEN '2025-03-01' AND '2025-03-15') FROM orders`,
      },
      {
        question: '按地区分组',
        sql: `SELECT region_name, SUM(total_amount) FILTER (order_date >= '2026-03-01'), SUM(total_amount) FILTER (order_date BETWEEN '2025-03-01' AND '2025-03-15')
          FROM orders ${CUSTOMER} WHERE order_date >= '2026-03-01' OR order_date BETWEEN '2025-03-01' AND '2025-03-15' GROUP BY 1`,
      },
      {
        question: '和上个月相比',
        sql: `SELECT region_name, SUM(total_amount) FILTER (order_date >= '2026-03-01'), SUM(total_amount) FILTER (order_date BETWEEN '2026-02-01' AND '2026-02-15')
          FROM orders ${CUSTOMER} WHERE order_date >= '2026-03-01' OR order_date BETWEEN '2026-02-01' AND '2026-02-15' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-filters',
    db: 'demo',
    turns: [
      {
        question: '今年各地区销售额',
        sql: `SELECT region_name, SUM(total_amount) FROM orders ${CUSTOMER} WHERE order_date >= '2026-01-01' GROUP BY 1`,
      },
      {
        question: '只看华东',
        sql: `SELECT region_name, SUM(total_amount) FROM orders ${CUSTOMER} WHERE order_date >= '2026-01-01' AND local_name = '华东' GROUP BY 1`,
      },
      {
        question: '去掉地区筛选',
        sql: `SELECT region_name, SUM(total_amount) FROM orders ${CUSTOMER} WHERE order_date >= '2026-01-01' GROUP BY 1`,
      },
      {
        question: '不要华东',
        sql: `SELECT region_name, SUM(total_amount) FROM orders ${CUSTOMER} WHERE order_date >= '2026-01-01' AND local_name <> '华东' GROUP BY 1`,
      },
      {
        question: '不限时间',
        sql: `SELECT region_name, SUM(total_amount) FROM orders ${CUSTOMER} WHERE local_name <> '华东' GROUP BY 1`,
      },
      {
        question: '换成去年',
        sql: `SELECT region_name, SUM(total_amount) FROM orders ${CUSTOMER} WHERE local_name <> '华东' AND year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: '全部地区',
        sql: `SELECT region_name, SUM(total_amount) FROM orders ${CUSTOMER} WHERE year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: '占比',
        sql: `SELECT region_name, SUM(total_amount), 100 * SUM(total_amount) / SUM(SUM(total_amount)) OVER () FROM orders ${CUSTOMER} WHERE year(order_date) = 2025 GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-first',
    db: 'demo',
    turns: [
      {
        question: '去年各地区销售额',
        sql: `SELECT region_name, SUM(total_amount) FROM orders ${CUSTOMER} WHERE year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: '前3',
        sql: `SELECT region_name, SUM(total_amount) FROM orders ${CUSTOMER} WHERE year(order_date) = 2025 GROUP BY 1 ORDER BY 2 DESC LIMIT 3`,
        ordered: true,
      },
      {
        question: '换成订单数',
        sql: `SELECT region_name, COUNT(*) FROM orders ${CUSTOMER} WHERE year(order_date) = 2025 GROUP BY 1 ORDER BY 2 DESC LIMIT 3`,
        ordered: true,
      },
      {
        question: '按月统计',
        sql: `WITH best AS (SELECT region_id FROM orders ${CUSTOMER} WHERE year(order_date) = 2025 GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 3)
          SELECT region_name, ${MONTH}, COUNT(*) FROM orders ${CUSTOMER} JOIN best USING (region_id) WHERE year(order_date) = 2025 GROUP BY 1, 2`,
      },
    ],
  },
  {
    id: 'shop-categories',
    db: 'demo',
    turns: [
      { question: '各品类销售额', sql: `SELECT category_name, SUM(amount) FROM ${CATEGORY} GROUP BY 1` },
      {
        question: '它们的订单数呢',
        sql: `SELECT category_name, COUNT(DISTINCT order_id) FROM ${CATEGORY} GROUP BY 1`,
      },
      {
        question: '只看华东',
        sql: `SELECT category_name, COUNT(DISTINCT order_id) FROM ${CATEGORY} ${CUSTOMER} WHERE r.local_name = '华东' GROUP BY 1`,
      },
      {
        question: '从低到高排序',
        sql: `SELECT category_name, COUNT(DISTINCT order_id) FROM ${CATEGORY} ${CUSTOMER} WHERE r.local_name = '华东' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-orders',
    db: 'demo',
    turns: [
      { question: '2025年11月有多少订单', sql: `SELECT COUNT(*) FROM orders WHERE ${MONTH} = DATE '2025-11-01'` },
      { question: '10月呢', sql: `SELECT COUNT(*) FROM orders WHERE ${MONTH} = DATE '2025-10-01'` },
      {
        question: '按渠道',
        sql: `SELECT channel, COUNT(*) FROM orders WHERE ${MONTH} = DATE '2025-10-01' GROUP BY 1`,
      },
      {
        question: '按类别分组',
        sql: `SELECT channel, category_name, COUNT(DISTINCT order_id) FROM ${CATEGORY} WHERE ${MONTH} = DATE '2025-10-01' GROUP BY 1, 2`,
        alternatives: [
          `SELECT category_name, COUNT(DISTINCT order_id) FROM ${CATEGORY} WHERE ${MONTH} = DATE '2025-10-01' GROUP BY 1`,
        ],
      },
    ],
  },
  {
    id: 'shop-products',
    db: 'demo',
    turns: [
      {
        question: '销售额最高的3个商品',
        sql: 'SELECT product_name, SUM(amount) FROM order_items JOIN products USING (product_id) GROUP BY 1 ORDER BY 2 DESC LIMIT 3',
      },
      {
        question: '它们中库存最少的是哪个',
        sql: `WITH best AS (SELECT product_id, SUM(amount) FROM order_items GROUP BY 1 ORDER BY 2 DESC LIMIT 3)
          SELECT product_name FROM products JOIN best USING (product_id) ORDER BY stock LIMIT 1`,
      },
    ],
  },
  {
    id: 'shop-customers',
    db: 'demo',
    turns: [
      { question: '北京有多少客户', sql: `SELECT COUNT(*) FROM customers WHERE city = 'Beijing'` },
      { question: '上海呢', sql: `SELECT COUNT(*) FROM customers WHERE city = 'Shanghai'` },
      {
        question: '按客户类型分组',
        sql: `SELECT segment, COUNT(*) FROM customers WHERE city = 'Shanghai' GROUP BY 1`,
      },
      { question: '每个渠道的订单数', sql: 'SELECT channel, COUNT(*) FROM orders GROUP BY 1' },
      { question: '前2', sql: 'SELECT channel, COUNT(*) FROM orders GROUP BY 1 ORDER BY 2 DESC LIMIT 2' },
    ],
  },
  {
    id: 'shop-refund-rate',
    db: 'demo',
    turns: [
      {
        question: '去年退款率',
        sql: `SELECT (SELECT SUM(refund_amount) FROM refunds WHERE year(refund_date) = 2025) / (SELECT SUM(total_amount) FROM orders WHERE year(order_date) = 2025)`,
      },
      {
        question: '换成今年',
        sql: `SELECT (SELECT SUM(refund_amount) FROM refunds WHERE year(refund_date) = 2026) / (SELECT SUM(total_amount) FROM orders WHERE year(order_date) = 2026)`,
      },
      {
        question: '同比',
        sql: `SELECT (SELECT SUM(refund_amount) FROM refunds WHERE year(refund_date) = 2026) / (SELECT SUM(total_amount) FROM orders WHERE year(order_date) = 2026),
          (SELECT SUM(refund_amount) FROM refunds WHERE refund_date BETWEEN '2025-01-01' AND '2025-03-15') / (SELECT SUM(total_amount) FROM orders WHERE order_date BETWEEN '2025-01-01' AND '2025-03-15')`,
      },
    ],
  },
  {
    id: 'shop-north',
    db: 'demo',
    turns: [
      {
        question: 'revenue in North China in 2025',
        sql: `SELECT SUM(total_amount) FROM orders ${CUSTOMER} WHERE region_name = 'North China' AND year(order_date) = 2025`,
      },
      {
        question: 'number of orders',
        sql: `SELECT COUNT(*) FROM orders ${CUSTOMER} WHERE region_name = 'North China' AND year(order_date) = 2025`,
      },
      {
        question: 'by category',
        sql: `SELECT category_name, COUNT(DISTINCT order_id) FROM ${CATEGORY} ${CUSTOMER} WHERE region_name = 'North China' AND year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: 'top 3',
        sql: `SELECT category_name, COUNT(DISTINCT order_id) FROM ${CATEGORY} ${CUSTOMER} WHERE region_name = 'North China' AND year(order_date) = 2025 GROUP BY 1 ORDER BY 2 DESC LIMIT 3`,
      },
      { question: 'how many of them are there', sql: 'SELECT 3' },
    ],
  },
  {
    id: 'shop-average',
    db: 'demo',
    turns: [
      {
        question: 'monthly revenue in 2025',
        sql: `SELECT ${MONTH}, SUM(total_amount) FROM orders WHERE year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: 'average instead of total',
        sql: `SELECT ${MONTH}, AVG(amount) FROM order_items JOIN orders USING (order_id) WHERE year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: 'only East China',
        sql: `SELECT ${MONTH}, AVG(amount) FROM order_items JOIN orders USING (order_id) ${CUSTOMER} WHERE year(order_date) = 2025 AND region_name = 'East China' GROUP BY 1`,
      },
      {
        question: 'without the last filter',
        sql: `SELECT ${MONTH}, AVG(amount) FROM order_items JOIN orders USING (order_id) WHERE year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: 'by year',
        sql: 'SELECT year(order_date), AVG(amount) FROM order_items JOIN orders USING (order_id) WHERE year(order_date) = 2025 GROUP BY 1',
      },
    ],
  },
];
