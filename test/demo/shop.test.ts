import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type JS } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoData, ensureDemoData } from '../../src/engine/demo/ensure-demo-data.ts';
import { generateShop } from '../../src/engine/demo/shop-data.ts';
import { silentLogger } from '../../src/kernel/index.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'querent-demo-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const ensure = (today: string): Promise<DemoData> => ensureDemoData({ home, today, logger: silentLogger });

async function rows(path: string, sql: string): Promise<JS[][]> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  try {
    const connection = await instance.connect();
    const result = (await connection.runAndReadAll(sql)).getRowsJS();
    connection.closeSync();
    return result;
  } finally {
    instance.closeSync();
  }
}

describe('the demo shop', () => {
  it('has tables with comments, primary keys and foreign keys', async () => {
    const { demoPath } = await ensure('2026-03-15');
    expect(await rows(demoPath, 'SELECT table_name, comment FROM duckdb_tables() ORDER BY 1')).toEqual([
      ['categories', '商品类别'],
      ['customers', '客户（用户）'],
      ['order_items', '订单明细'],
      ['orders', '订单'],
      ['products', '商品'],
      ['refunds', '退款'],
      ['regions', '地区'],
    ]);
    const uncommented = 'SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL';
    expect(await rows(demoPath, uncommented)).toEqual([]);
    const keys = `SELECT constraint_type, COUNT(*)::INTEGER FROM duckdb_constraints()
      WHERE constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY') GROUP BY 1 ORDER BY 1`;
    expect(await rows(demoPath, keys)).toEqual([
      ['FOREIGN KEY', 6],
      ['PRIMARY KEY', 7],
    ]);
  });

  it('reaches exactly up to today and covers the same period of the year before', async () => {
    const { demoPath, newestDay } = await ensure('2026-03-15');
    expect(newestDay).toBe('2026-03-15');
    expect(
      await rows(
        demoPath,
        `SELECT MAX(order_date)::VARCHAR, MIN(order_date)::VARCHAR,
           COUNT(DISTINCT order_date) FILTER (WHERE order_date >= DATE '2026-03-15' - 29)::INTEGER,
           COUNT(DISTINCT order_date) FILTER (WHERE order_date BETWEEN '2025-03-01' AND '2025-03-15')::INTEGER
         FROM orders`,
      ),
    ).toEqual([['2026-03-15', '2024-03-01', 30, 15]]);
  });

  it('is consistent: totals are sums of items, refunds never exceed their item or precede their order', async () => {
    const { demoPath } = await ensure('2026-03-15');
    const [counts] = await rows(
      demoPath,
      `SELECT
        (SELECT COUNT(*) FROM orders o WHERE total_amount <> (SELECT SUM(amount) FROM order_items i WHERE i.order_id = o.order_id)),
        (SELECT COUNT(*) FROM order_items WHERE amount <> quantity * unit_price),
        (SELECT COUNT(*) FROM refunds JOIN order_items USING (order_item_id) WHERE refund_amount > amount),
        (SELECT COUNT(*) FROM refunds JOIN order_items USING (order_item_id) JOIN orders USING (order_id)
          WHERE refund_date <= order_date OR refund_date > '2026-03-15'),
        (SELECT COUNT(*) FROM orders JOIN customers USING (customer_id) WHERE signup_date > order_date)`,
    );
    expect(counts).toEqual([0n, 0n, 0n, 0n, 0n]);
  });

  it('has something for every kind of question: absences, refunds, every region, category and channel', async () => {
    const { demoPath } = await ensure('2026-03-15');
    const [found] = await rows(
      demoPath,
      `SELECT (SELECT COUNT(*) FROM order_items) BETWEEN 20000 AND 60000,
        (SELECT COUNT(*) FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM orders)) > 10,
        (SELECT COUNT(*) FROM products WHERE product_id NOT IN (SELECT product_id FROM order_items)) = 2,
        (SELECT COUNT(*) FROM refunds) > 500,
        (SELECT COUNT(DISTINCT region_id) FROM orders JOIN customers USING (customer_id)) = 7,
        (SELECT COUNT(DISTINCT category_id) FROM order_items JOIN products USING (product_id)) = 8,
        (SELECT COUNT(DISTINCT channel) FROM orders) = 3,
        (SELECT COUNT(DISTINCT status) FROM orders) = 3`,
    );
    expect(found).toEqual([true, true, true, true, true, true, true, true]);
  });

  it('leaves new enough data alone, extends older data, and keeps the past as it was', async () => {
    expect((await ensure('2026-03-15')).rebuilt).toBe(true);
    const past = `SELECT COUNT(*), SUM(total_amount), MIN(order_id) FROM orders WHERE order_date BETWEEN '2025-01-01' AND '2026-03-15'`;
    const before = await rows((await ensure('2026-03-15')).demoPath, past);
    expect(await ensure('2026-03-15')).toMatchObject({ rebuilt: false });
    expect(await ensure('2026-03-01')).toMatchObject({ rebuilt: false, newestDay: '2026-03-15' });
    const later = await ensure('2026-03-17');
    expect(later).toMatchObject({ rebuilt: true, newestDay: '2026-03-17' });
    expect(await rows(later.demoPath, past)).toEqual(before);
  });

  it('replaces a damaged file and removes drafts of killed builds', async () => {
    const { demoPath } = await ensure('2026-03-15');
    await writeFile(demoPath, 'not a database');
    const leftover = `${demoPath}.1-abcd.tmp`;
    await writeFile(leftover, 'half');
    await utimes(leftover, new Date(0), new Date(0));
    const folder = join(home, 'demo', 'highway.1-abcd.tmp');
    await mkdir(join(folder, 'base'), { recursive: true });
    await utimes(folder, new Date(0), new Date(0));
    expect((await ensure('2026-03-15')).rebuilt).toBe(true);
    expect(await rows(demoPath, 'SELECT COUNT(*) > 0 FROM orders')).toEqual([[true]]);
    expect((await readdir(join(home, 'demo'))).sort()).toEqual(['demo.duckdb', 'demo.duckdb.stamp']);
  });

  it('is whole after several builds at the same time, also for a reader that holds the old file open', async () => {
    const { demoPath } = await ensure('2026-03-15');
    const reader = await DuckDBInstance.create(demoPath, { access_mode: 'READ_ONLY' });
    const connection = await reader.connect();
    await Promise.all([ensure('2026-03-16'), ensure('2026-03-16'), ensure('2026-03-16')]);
    const seen = await connection.runAndReadAll('SELECT MAX(order_date)::VARCHAR FROM orders');
    expect(seen.getRowsJS()).toEqual([['2026-03-15']]);
    connection.closeSync();
    reader.closeSync();
    expect(await rows(demoPath, 'SELECT MAX(order_date)::VARCHAR FROM orders')).toEqual([['2026-03-16']]);
    expect((await ensure('2026-03-16')).rebuilt).toBe(false);
  });

  it('gives the same rows for the same day', () => {
    expect(generateShop('2025-06-30')).toEqual(generateShop('2025-06-30'));
  });
});
