/** Metrics of the demo shop beside SQL written by hand, without the compiler. */
import type { MetricQuery } from '../../src/knowledge/index.ts';
import type { DialectName } from '../../src/sql/index.ts';

export interface MetricCase {
  readonly metrics: readonly string[];
  readonly query: MetricQuery;
  readonly sql: (dialect: DialectName) => string;
}

/** `column` as text `YYYY-MM-01`. */
const month = (column: string): string => `CONCAT(SUBSTRING(CAST(${column} AS CHAR(10)), 1, 7), '-01')`;

const daysBefore = (dialect: DialectName, date: string, days: number): string =>
  dialect === 'sqlite'
    ? `date(${date}, '-${days} days')`
    : dialect === 'mysql'
      ? `DATE_SUB(${date}, INTERVAL ${days} DAY)`
      : `${date} - ${days}`;

const monthIndex = (dialect: DialectName, date: string): string =>
  dialect === 'sqlite'
    ? `(strftime('%Y', ${date}) * 12 + strftime('%m', ${date}))`
    : `(EXTRACT(YEAR FROM ${date}) * 12 + EXTRACT(MONTH FROM ${date}))`;

const ITEMS = `order_items i JOIN orders o ON o.order_id = i.order_id JOIN products p ON p.product_id = i.product_id
  JOIN categories c ON c.category_id = p.category_id JOIN customers u ON u.customer_id = o.customer_id
  JOIN regions r ON r.region_id = u.region_id`;
const ORDERS = `orders o JOIN customers u ON u.customer_id = o.customer_id JOIN regions r ON r.region_id = u.region_id`;
const REFUNDS = `refunds f JOIN order_items i ON i.order_item_id = f.order_item_id JOIN products p ON p.product_id = i.product_id
  JOIN categories c ON c.category_id = p.category_id JOIN orders o ON o.order_id = i.order_id`;
const FEBRUARY = { from: '2026-02-01', to: '2026-02-28' };

const everywhere = (sql: string) => (): string => sql;

export const METRIC_CASES: readonly MetricCase[] = [
  { metrics: ['revenue'], query: {}, sql: everywhere('SELECT SUM(amount) FROM order_items') },
  {
    metrics: ['revenue'],
    query: { grain: 'month', dimensions: ['category_name'] },
    sql: everywhere(`SELECT ${month('o.order_date')}, c.category_name, SUM(i.amount) FROM ${ITEMS} GROUP BY 1, 2`),
  },
  {
    metrics: ['revenue'],
    query: { dimensions: ['region__region_name'], period: FEBRUARY },
    sql: everywhere(
      `SELECT r.region_name, SUM(i.amount) FROM ${ITEMS} WHERE o.order_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY 1`,
    ),
  },
  {
    metrics: ['revenue'],
    query: { dimensions: ['product_name'], orderBy: { by: 'value', descending: true }, limit: 5 },
    sql: everywhere(
      `SELECT p.product_name, SUM(i.amount) AS total FROM ${ITEMS} GROUP BY p.product_name ORDER BY total DESC LIMIT 5`,
    ),
  },
  {
    metrics: ['revenue'],
    query: { filters: [{ dimension: 'city', op: '=', values: ['Beijing'] }] },
    sql: everywhere(`SELECT SUM(i.amount) FROM ${ITEMS} WHERE u.city = 'Beijing'`),
  },
  {
    metrics: ['revenue'],
    query: { dimensions: ['order_date__year'] },
    sql: everywhere(
      `SELECT CONCAT(SUBSTRING(CAST(order_date AS CHAR(10)), 1, 4), '-01-01'), SUM(total_amount) FROM orders GROUP BY 1`,
    ),
  },
  {
    metrics: ['orders'],
    query: { dimensions: ['region_name'] },
    sql: everywhere(`SELECT r.region_name, COUNT(*) FROM ${ORDERS} GROUP BY r.region_name`),
  },
  {
    metrics: ['orders'],
    query: {
      dimensions: ['channel'],
      filters: [
        { dimension: 'payment_method', op: 'in', values: ['Alipay', 'WeChat Pay'] },
        { dimension: 'status', op: '!=', values: ['paid'] },
      ],
    },
    sql: everywhere(
      `SELECT channel, COUNT(*) FROM orders WHERE payment_method IN ('Alipay', 'WeChat Pay') AND status <> 'paid' GROUP BY channel`,
    ),
  },
  {
    metrics: ['order_total'],
    query: { period: { from: '2026-02-14', to: '2026-03-15' } },
    sql: everywhere(
      `SELECT SUM(total_amount) FROM orders WHERE order_date >= '2026-02-14' AND order_date <= '2026-03-15'`,
    ),
  },
  {
    metrics: ['average_order_value'],
    query: { dimensions: ['segment'] },
    sql: everywhere(`SELECT u.segment, AVG(o.total_amount) FROM ${ORDERS} GROUP BY u.segment`),
  },
  {
    metrics: ['units_sold'],
    query: { dimensions: ['category_name'] },
    sql: everywhere(`SELECT c.category_name, SUM(i.quantity) FROM ${ITEMS} GROUP BY c.category_name`),
  },
  {
    metrics: ['average_unit_price'],
    query: { dimensions: ['product_name'] },
    sql: everywhere(
      `SELECT p.product_name, SUM(i.amount) / (SUM(i.quantity) * 1.000000) FROM ${ITEMS} GROUP BY p.product_name`,
    ),
  },
  {
    metrics: ['active_customers'],
    query: { grain: 'month' },
    sql: everywhere(`SELECT ${month('order_date')}, COUNT(DISTINCT customer_id) FROM orders GROUP BY 1`),
  },
  {
    metrics: ['new_customers'],
    query: { grain: 'quarter', filters: [{ dimension: 'signup_date', op: '>=', values: ['2025-01-01'] }] },
    sql: everywhere(
      `SELECT CASE WHEN SUBSTRING(CAST(signup_date AS CHAR(10)), 1, 7) <= '2025-03' THEN '2025-01-01'
         WHEN SUBSTRING(CAST(signup_date AS CHAR(10)), 1, 7) <= '2025-06' THEN '2025-04-01'
         WHEN SUBSTRING(CAST(signup_date AS CHAR(10)), 1, 7) <= '2025-09' THEN '2025-07-01'
         WHEN SUBSTRING(CAST(signup_date AS CHAR(10)), 1, 7) <= '2025-12' THEN '2025-10-01' ELSE '2026-01-01' END, COUNT(*)
       FROM customers WHERE signup_date >= '2025-01-01' GROUP BY 1`,
    ),
  },
  {
    metrics: ['orders_per_customer'],
    query: {},
    sql: everywhere('SELECT COUNT(*) * 1.000000 / COUNT(DISTINCT customer_id) FROM orders'),
  },
  {
    metrics: ['app_share'],
    query: { dimensions: ['region_name'] },
    sql: everywhere(
      `SELECT r.region_name, AVG(CASE WHEN o.channel = 'app' THEN 1.000000 ELSE 0 END) FROM ${ORDERS} GROUP BY r.region_name`,
    ),
  },
  {
    metrics: ['refund_amount'],
    query: { grain: 'month', dimensions: ['reason'] },
    sql: everywhere(`SELECT ${month('refund_date')}, reason, SUM(refund_amount) FROM refunds GROUP BY 1, 2`),
  },
  { metrics: ['refunds'], query: {}, sql: everywhere('SELECT COUNT(*) FROM refunds') },
  {
    metrics: ['refund_rate'],
    query: { dimensions: ['category_name'], period: FEBRUARY },
    sql: everywhere(
      `SELECT s.category_name, COALESCE(b.back, 0) * 1.000000 / s.sold FROM
        (SELECT c.category_name, SUM(i.amount) AS sold FROM ${ITEMS} WHERE o.order_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY c.category_name) s
        LEFT JOIN (SELECT c.category_name, SUM(f.refund_amount) AS back FROM ${REFUNDS}
          WHERE f.refund_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY c.category_name) b ON b.category_name = s.category_name`,
    ),
  },
  {
    metrics: ['refund_rate'],
    query: {},
    sql: everywhere(
      'SELECT (SELECT SUM(refund_amount) FROM refunds) * 1.000000 / (SELECT SUM(amount) FROM order_items)',
    ),
  },
  {
    metrics: ['net_revenue'],
    query: { grain: 'month' },
    sql: everywhere(
      `SELECT s.m, s.sold - COALESCE(b.back, 0) FROM (SELECT ${month('order_date')} AS m, SUM(total_amount) AS sold FROM orders GROUP BY 1) s
        LEFT JOIN (SELECT ${month('refund_date')} AS m, SUM(refund_amount) AS back FROM refunds GROUP BY 1) b ON b.m = s.m`,
    ),
  },
  {
    metrics: ['revenue_growth'],
    query: { grain: 'month' },
    sql: (dialect) => {
      const monthly = `SELECT ${monthIndex(dialect, 'order_date')} AS n, ${month('order_date')} AS m, SUM(total_amount) AS sold FROM orders GROUP BY 1, 2`;
      return `SELECT a.m, (a.sold - b.sold) * 1.000000 / b.sold FROM (${monthly}) a LEFT JOIN (${monthly}) b ON b.n = a.n - 1`;
    },
  },
  {
    metrics: ['revenue_growth'],
    query: { period: { from: '2026-03-01', to: '2026-03-15' } },
    sql: everywhere(
      `SELECT SUM(CASE WHEN order_date >= '2026-03-01' THEN total_amount END) * 1.000000
         / SUM(CASE WHEN order_date <= '2026-02-15' THEN total_amount END) - 1
       FROM orders WHERE order_date BETWEEN '2026-02-01' AND '2026-02-15' OR order_date BETWEEN '2026-03-01' AND '2026-03-15'`,
    ),
  },
  {
    metrics: ['revenue_growth_year'],
    query: { period: FEBRUARY, dimensions: ['category_name'] },
    sql: everywhere(
      `SELECT c.category_name, SUM(CASE WHEN o.order_date >= '2026-01-01' THEN i.amount END) * 1.000000
         / SUM(CASE WHEN o.order_date < '2026-01-01' THEN i.amount END) - 1
       FROM ${ITEMS} WHERE o.order_date BETWEEN '2026-02-01' AND '2026-02-28' OR o.order_date BETWEEN '2025-02-01' AND '2025-02-28' GROUP BY 1`,
    ),
  },
  {
    metrics: ['cumulative_revenue'],
    query: { grain: 'month' },
    sql: everywhere(
      `SELECT m.m, (SELECT SUM(total_amount) FROM orders WHERE order_date <= m.d) FROM
        (SELECT ${month('order_date')} AS m, MAX(order_date) AS d FROM orders GROUP BY 1) m`,
    ),
  },
  {
    metrics: ['cumulative_revenue'],
    query: { grain: 'month', period: FEBRUARY, dimensions: ['channel'] },
    sql: everywhere(
      `SELECT '2026-02-01', channel, SUM(total_amount) FROM orders WHERE order_date <= '2026-02-28' GROUP BY channel`,
    ),
  },
  {
    metrics: ['revenue_month_to_date'],
    query: { grain: 'day', period: { from: '2026-03-03', to: '2026-03-05' } },
    sql: everywhere(
      `SELECT '2026-03-03', SUM(total_amount) FROM orders WHERE order_date BETWEEN '2026-03-01' AND '2026-03-03'
       UNION ALL SELECT '2026-03-04', SUM(total_amount) FROM orders WHERE order_date BETWEEN '2026-03-01' AND '2026-03-04'
       UNION ALL SELECT '2026-03-05', SUM(total_amount) FROM orders WHERE order_date BETWEEN '2026-03-01' AND '2026-03-05'`,
    ),
  },
  {
    metrics: ['revenue_month_to_date'],
    query: { period: { from: '2026-03-01', to: '2026-03-10' } },
    sql: everywhere(`SELECT SUM(total_amount) FROM orders WHERE order_date BETWEEN '2026-03-01' AND '2026-03-10'`),
  },
  {
    metrics: ['active_customers_30_days'],
    query: { grain: 'month', dimensions: ['segment'] },
    sql: (dialect) =>
      `SELECT m.m, u.segment, COUNT(DISTINCT o.customer_id) FROM
        (SELECT ${month('order_date')} AS m, MAX(order_date) AS d FROM orders GROUP BY 1) m
        LEFT JOIN orders o ON o.order_date <= m.d AND o.order_date > ${daysBefore(dialect, 'm.d', 30)}
        LEFT JOIN customers u ON u.customer_id = o.customer_id GROUP BY 1, 2`,
  },
  {
    metrics: ['revenue', 'orders', 'refunds'],
    query: { dimensions: ['channel'] },
    sql: everywhere(
      `SELECT o.channel, SUM(o.total_amount), COUNT(*), (SELECT COUNT(*) FROM refunds f JOIN order_items i ON i.order_item_id = f.order_item_id
         JOIN orders x ON x.order_id = i.order_id WHERE x.channel = o.channel) FROM orders o GROUP BY o.channel`,
    ),
  },
  {
    metrics: ['refund_rate'],
    query: { dimensions: ['category_name'], having: [{ op: '>', value: 0.04 }] },
    sql: everywhere(
      `SELECT s.category_name, COALESCE(b.back, 0) * 1.000000 / s.sold FROM
        (SELECT c.category_name, SUM(i.amount) AS sold FROM ${ITEMS} GROUP BY c.category_name) s
        LEFT JOIN (SELECT c.category_name, SUM(f.refund_amount) AS back FROM ${REFUNDS} GROUP BY c.category_name) b
          ON b.category_name = s.category_name
       WHERE COALESCE(b.back, 0) > s.sold * 0.04`,
    ),
  },
  {
    metrics: ['cumulative_revenue'],
    query: { grain: 'year', having: [{ op: '>=', value: '5000000.5' }] },
    sql: everywhere(
      `SELECT m.m, (SELECT SUM(total_amount) FROM orders WHERE order_date <= m.d) FROM
        (SELECT CONCAT(SUBSTRING(CAST(order_date AS CHAR(10)), 1, 4), '-01-01') AS m, MAX(order_date) AS d FROM orders GROUP BY 1) m
       WHERE (SELECT SUM(total_amount) FROM orders WHERE order_date <= m.d) >= 5000000.5`,
    ),
  },
];
