/**
 * Follow-ups of both languages in chats over the demo: every answer is what SQL written by hand gives, so nothing that
 * a follow-up does not mention is lost and no row is multiplied.
 */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, runQuerent, startServer } from '../../support/process.ts';
import { createTestHome, type TestHome } from '../../support/state.ts';
import { type Answer, type AskClient, askClient } from './ask-client.ts';

let home: TestHome;
let server: RunningServer;
let client: AskClient;

beforeAll(async () => {
  home = await createTestHome();
  server = await startServer({ home: home.home, env: { QUERENT_ADMIN_PASSWORD: 'admin-pass-4' } });
  client = askClient(server.url, null, { username: 'admin', password: 'admin-pass-4' });
  // The demo is made when it is first asked.
  await client.ask('how many orders', { datasource_id: 1 });
  const example = 'SELECT channel, count(*) AS n FROM orders GROUP BY channel';
  await runQuerent(['examples', 'add', 'how is business going', example, '--db', 'demo'], { home: home.home });
});
afterAll(async () => {
  await server?.stop();
  await home?.remove();
});

const day = (year: number, month: number): string => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
const now = new Date();
const [YEAR, MONTH] = [now.getFullYear(), now.getMonth()];
const between = (from: string, to: string): string => `order_date >= '${from}' AND order_date < '${to}'`;
const THIS_YEAR = between(day(YEAR, 0), day(YEAR + 1, 0));
const LAST_YEAR = between(day(YEAR - 1, 0), day(YEAR, 0));
const THIS_MONTH = between(day(YEAR, MONTH), day(YEAR, MONTH + 1));
const LAST_MONTH = between(day(YEAR, MONTH - 1), day(YEAR, MONTH));
/** A running month is compared with as many days of an earlier one; on its last day it is whole. */
const soFar = (year: number, month: number): string => {
  if (now.getDate() === new Date(YEAR, MONTH + 1, 0).getDate()) return between(day(year, month), day(year, month + 1));
  const end = new Date(Date.UTC(year, month, now.getDate() + 1)).toISOString().slice(0, 10);
  return between(day(year, month), [end, day(year, month + 1)].sort()[0]!);
};
const SAME_MONTH_LAST_YEAR = soFar(YEAR - 1, MONTH);
const LAST_MONTH_SO_FAR = soFar(YEAR, MONTH - 1);

const ORDERS = 'orders JOIN customers USING (customer_id) JOIN regions USING (region_id)';
const ITEMS = `order_items JOIN products USING (product_id) JOIN categories USING (category_id) JOIN ${ORDERS.replace('orders', 'orders USING (order_id)')}`;
const REVENUE = 'SUM(amount)';

/** Figures of groups; the places of `by` come first. */
const grouped = (by: string, what: string, where: string, more = ''): string =>
  `SELECT ${by}, ${what} FROM ${what === REVENUE ? ITEMS : ORDERS} WHERE ${where} GROUP BY ALL ${more}`;
/** One period beside an earlier one, with the change in per cent. */
const compared = (by: string, period: string, earlier: string, where = 'true'): string => {
  const sum = (when: string): string => `SUM(amount) FILTER (WHERE ${when})`;
  return `SELECT ${by === '' ? '' : `${by},`} ${sum(period)}, ${sum(earlier)}, 100 * (${sum(period)} - ${sum(earlier)}) / ${sum(earlier)}
    FROM ${ITEMS} WHERE ${where} AND (${period} OR ${earlier}) ${by === '' ? '' : 'GROUP BY ALL'}`;
};
const EAST = "region_name = 'East China'";
const NORTH = "region_name = 'North China'";
const MONTHLY = "date_trunc('month', order_date)::DATE::VARCHAR";

interface Turn {
  readonly question: string;
  readonly sql: string;
  /** The order of the rows is part of the answer. */
  readonly ordered?: boolean;
}
const turn = (question: string, sql: string): Turn => ({ question, sql });
const inOrder = (question: string, sql: string): Turn => ({ question, sql, ordered: true });

const BY_CHANNEL = (where: string): string => `SELECT channel, COUNT(*) FROM orders WHERE ${where} GROUP BY ALL`;

const CHATS: readonly (readonly Turn[])[] = [
  [
    turn('how is business going', BY_CHANNEL('true')),
    turn('only app', BY_CHANNEL("channel = 'app'")),
    turn(`and for ${YEAR - 1}?`, BY_CHANNEL(`channel = 'app' AND ${LAST_YEAR}`)),
  ],
  [
    turn('revenue this year', `SELECT ${REVENUE} FROM ${ITEMS} WHERE ${THIS_YEAR}`),
    turn('by region', grouped('region_name', REVENUE, THIS_YEAR)),
    turn('only East China', grouped('region_name', REVENUE, `${THIS_YEAR} AND ${EAST}`)),
    turn(`and for ${YEAR - 1}?`, grouped('region_name', REVENUE, `${LAST_YEAR} AND ${EAST}`)),
    turn('what about North China', grouped('region_name', REVENUE, `${LAST_YEAR} AND ${NORTH}`)),
    turn('without the region filter', grouped('region_name', REVENUE, LAST_YEAR)),
    inOrder('top 3', grouped('region_name', REVENUE, LAST_YEAR, 'ORDER BY 2 DESC LIMIT 3')),
    turn('number of orders instead', grouped('region_name', 'COUNT(*)', LAST_YEAR, 'ORDER BY 2 DESC LIMIT 3')),
    turn('how many products', 'SELECT COUNT(*) FROM products'),
  ],
  [
    turn('revenue last month', `SELECT ${REVENUE} FROM ${ITEMS} WHERE ${LAST_MONTH}`),
    turn('what about this month', `SELECT ${REVENUE} FROM ${ITEMS} WHERE ${THIS_MONTH}`),
    turn('by category', grouped('category_name', REVENUE, THIS_MONTH)),
    inOrder('sort by revenue ascending', grouped('category_name', REVENUE, THIS_MONTH, 'ORDER BY 2')),
    inOrder('only the top 2', grouped('category_name', REVENUE, THIS_MONTH, 'ORDER BY 2 DESC LIMIT 2')),
  ],
  [
    turn('how many customers are in Beijing?', "SELECT COUNT(*) FROM customers WHERE city = 'Beijing'"),
    turn('and in Shanghai?', "SELECT COUNT(*) FROM customers WHERE city = 'Shanghai'"),
    turn('what about orders there', `SELECT COUNT(*) FROM ${ORDERS} WHERE city = 'Shanghai'`),
    turn('and last year', `SELECT COUNT(*) FROM ${ORDERS} WHERE city = 'Shanghai' AND ${LAST_YEAR}`),
  ],
  [
    inOrder(`monthly revenue in ${YEAR - 1}`, grouped(MONTHLY, REVENUE, LAST_YEAR, 'ORDER BY 1')),
    inOrder(
      'month over month',
      // The first month has its own month before, which is not shown.
      `SELECT * FROM (
         SELECT m, r, LAG(r) OVER (ORDER BY m), 100 * (r - LAG(r) OVER (ORDER BY m)) / LAG(r) OVER (ORDER BY m)
         FROM (SELECT ${MONTHLY} AS m, ${REVENUE} AS r FROM ${ITEMS} GROUP BY ALL))
       WHERE m >= '${day(YEAR - 1, 0)}' AND m < '${day(YEAR, 0)}' ORDER BY m`,
    ),
  ],
  [
    turn('本月销售额是多少', `SELECT ${REVENUE} FROM ${ITEMS} WHERE ${THIS_MONTH}`),
    turn('按地区分组', grouped('region_name', REVENUE, THIS_MONTH)),
    turn('只看华东', grouped('region_name', REVENUE, `${THIS_MONTH} AND ${EAST}`)),
    turn('换成去年', grouped('region_name', REVENUE, `${LAST_YEAR} AND ${EAST}`)),
    turn('华北呢', grouped('region_name', REVENUE, `${LAST_YEAR} AND ${NORTH}`)),
  ],
  [
    turn('去年各地区销售额', grouped('region_name', REVENUE, LAST_YEAR)),
    turn(
      '占比',
      `SELECT region_name, ${REVENUE}, 100 * ${REVENUE} / SUM(${REVENUE}) OVER () FROM ${ITEMS} WHERE ${LAST_YEAR} GROUP BY ALL`,
    ),
  ],
  [
    turn('去年各品类销售额', grouped('category_name', REVENUE, LAST_YEAR)),
    inOrder('前3', grouped('category_name', REVENUE, LAST_YEAR, 'ORDER BY 2 DESC LIMIT 3')),
    inOrder('前10', grouped('category_name', REVENUE, LAST_YEAR, 'ORDER BY 2 DESC LIMIT 10')),
  ],
  [
    turn('去年各地区订单数', grouped('region_name', 'COUNT(*)', LAST_YEAR)),
    turn('换成销售额', grouped('region_name', REVENUE, LAST_YEAR)),
    inOrder('从低到高排序', grouped('region_name', REVENUE, LAST_YEAR, 'ORDER BY 2')),
    turn('去掉华东', grouped('region_name', REVENUE, `${LAST_YEAR} AND NOT ${EAST}`)),
  ],
  [
    turn('查询前5行数据', 'SELECT * REPLACE (order_date::VARCHAR AS order_date) FROM orders LIMIT 5'),
    inOrder('按日期统计', 'SELECT order_date::VARCHAR, COUNT(*) FROM orders GROUP BY ALL ORDER BY 1'),
  ],
  [
    turn('本月销售额是多少', `SELECT ${REVENUE} FROM ${ITEMS} WHERE ${THIS_MONTH}`),
    turn('同比', compared('', THIS_MONTH, SAME_MONTH_LAST_YEAR)),
    turn('按地区分组', compared('region_name', THIS_MONTH, SAME_MONTH_LAST_YEAR)),
    turn('只看华东', compared('region_name', THIS_MONTH, SAME_MONTH_LAST_YEAR, EAST)),
  ],
  [
    turn('本月各地区销售额', grouped('region_name', REVENUE, THIS_MONTH)),
    turn('环比', compared('region_name', THIS_MONTH, LAST_MONTH_SO_FAR)),
  ],
];

describe.each(CHATS.map((turns) => [turns.map(({ question }) => question).join(' → '), turns] as const))(
  '%s',
  (_title, turns) => {
    it('gives what SQL written by hand gives', async () => {
      const instance = await DuckDBInstance.create(join(home.home, 'demo', 'demo.duckdb'), {
        access_mode: 'READ_ONLY',
      });
      try {
        const connection = await instance.connect();
        let chatId: number | null = null;
        for (const { question, sql, ordered } of turns) {
          const asked = await client.ask(question, { datasource_id: 1, chat_id: chatId });
          chatId = asked.chatId;
          const expected = (await connection.runAndReadAll(sql)).getRowsJson();
          expect(shown(asked.answer, ordered), `${question}\n${asked.answer.sql}\n${asked.answer.message}`).toEqual(
            inShape(expected, ordered),
          );
        }
        connection.closeSync();
      } finally {
        instance.closeSync();
      }
    });
  },
);

const shown = ({ data }: Answer, ordered?: boolean): string[] =>
  inShape(data?.data.map((row) => Object.values(row)) ?? [], ordered);

/** Rows as text, figures to one digit after the point. */
function inShape(rows: readonly (readonly unknown[])[], ordered = false): string[] {
  const lines = rows.map((row) => row.map(cellText).join(' | '));
  return ordered ? lines : lines.sort();
}

const cellText = (cell: unknown): string =>
  cell !== null && cell !== '' && Number.isFinite(Number(cell)) ? Number(cell).toFixed(1) : String(cell);
