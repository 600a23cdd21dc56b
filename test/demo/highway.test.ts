import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HIGHWAY_NEWEST_DAY_SQL, highwaySql } from '../../src/engine/demo/highway-sql.ts';

describe('the highway demo in an embedded Postgres', () => {
  let database: PGlite;
  const load = (today: string): Promise<void> =>
    database.transaction(async (transaction) => {
      for (const statement of highwaySql({ today })) await transaction.exec(statement);
    });
  const rows = async (sql: string): Promise<unknown[][]> =>
    (await database.query<unknown[]>(sql, [], { rowMode: 'array' })).rows;

  beforeAll(async () => {
    database = await PGlite.create();
    await load('2026-03-15');
  });
  afterAll(() => database.close());

  it('has the bss tables with a comment on every table and column', async () => {
    expect(await rows(`SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'bss_%' ORDER BY 1`)).toEqual(
      [
        'bss_branch',
        'bss_business_day_data',
        'bss_car_day_count',
        'bss_company',
        'bss_section_route',
        'bss_section_route_area_link',
        'bss_service_area',
        'bss_service_area_mapper',
      ].map((name) => [name]),
    );
    expect(
      await rows(
        `SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0
         WHERE c.relkind = 'r' AND c.relname LIKE 'bss_%' AND col_description(c.oid, a.attnum) IS NULL`,
      ),
    ).toEqual([]);
  });

  it('describes the companies as the pipeline document does', async () => {
    expect(
      await rows(
        `SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, col_description(c.oid, a.attnum)
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relname = 'bss_company' ORDER BY a.attnum`,
      ),
    ).toEqual([
      ['id', 'character varying(32)', true, '主键ID'],
      ['company_name', 'character varying(255)', true, '公司名称'],
    ]);
    expect(await rows('SELECT COUNT(*)::INTEGER FROM bss_company')).toEqual([[15]]);
  });

  it('has daily takings and cars up to the day asked for, adding up', async () => {
    expect(await rows(HIGHWAY_NEWEST_DAY_SQL)).toEqual([['2026-03-15']]);
    expect(
      await rows(
        `SELECT COUNT(*) FILTER (WHERE pay_sum <> wx + zfb + rmb)::INTEGER,
           COUNT(*) FILTER (WHERE order_sum <> wx_order + zf_order + rmb_order)::INTEGER, MIN(oper_date)::TEXT
         FROM bss_business_day_data`,
      ),
    ).toEqual([[0, 0, '2025-10-01']]);
    expect(await rows('SELECT MAX(count_date)::TEXT FROM bss_car_day_count')).toEqual([['2026-03-15']]);
  });

  it('joins takings to service areas and companies without losing or doubling a row', async () => {
    const [counts] = await rows(
      `SELECT (SELECT COUNT(*) FROM bss_business_day_data)::INTEGER, COUNT(*)::INTEGER
       FROM bss_business_day_data d JOIN bss_service_area_mapper m ON m.service_no = d.service_no
       JOIN bss_service_area a ON a.id = m.service_area_id JOIN bss_company c ON c.id = a.company_id`,
    );
    expect(counts![0]).toBe(counts![1]);
  });

  it('is brought up to a later day by running it again', async () => {
    const january = `SELECT SUM(pay_sum)::TEXT FROM bss_business_day_data WHERE oper_date BETWEEN '2026-01-01' AND '2026-01-31'`;
    const before = await rows(january);
    await load('2026-03-20');
    expect(await rows(HIGHWAY_NEWEST_DAY_SQL)).toEqual([['2026-03-20']]);
    expect(await rows(january)).toEqual(before);
  });
});
