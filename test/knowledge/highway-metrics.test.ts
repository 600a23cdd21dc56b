import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemoSemanticLayer } from '../../src/engine/demo/demo-knowledge.ts';
import { highwaySql } from '../../src/engine/demo/highway-sql.ts';
import { compileMetrics, type MetricQuery, type SemanticLayer } from '../../src/knowledge/index.ts';
import { renderPlan } from '../../src/sql/index.ts';
import { type PlainRow, plainCell, sameRows } from './demo-engines.ts';

const AREA = `bss_service_area_mapper m ON m.service_no = d.service_no JOIN bss_service_area a ON a.id = m.service_area_id
  JOIN bss_company c ON c.id = a.company_id`;
const FEBRUARY = { from: '2026-02-01', to: '2026-02-28' };

const CASES: readonly (readonly [readonly string[], MetricQuery, string])[] = [
  [['service_area_revenue'], {}, 'SELECT SUM(pay_sum) FROM bss_business_day_data'],
  [
    ['service_area_revenue'],
    { dimensions: ['company_name'] },
    `SELECT c.company_name, SUM(d.pay_sum) FROM bss_business_day_data d JOIN ${AREA} GROUP BY 1`,
  ],
  [
    ['service_area_orders'],
    { dimensions: ['classify'], grain: 'month' },
    `SELECT date_trunc('month', d.oper_date)::DATE, b.classify, SUM(d.order_sum) FROM bss_business_day_data d
     JOIN bss_branch b ON b.branch_no = d.branch_no GROUP BY 1, 2`,
  ],
  [
    ['service_area_ticket'],
    { dimensions: ['service_area_name'], period: FEBRUARY },
    `SELECT a.service_area_name, SUM(d.pay_sum) / SUM(d.order_sum) FROM bss_business_day_data d JOIN ${AREA}
     WHERE d.oper_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY 1`,
  ],
  [
    ['traffic'],
    { dimensions: ['car_type'], filters: [{ dimension: 'service_area_name', op: '=', values: ['庐山服务区'] }] },
    `SELECT d.car_type, SUM(d.customer_count) FROM bss_car_day_count d JOIN bss_service_area a ON a.id = d.service_area_id
     WHERE a.service_area_name = '庐山服务区' GROUP BY 1`,
  ],
  [
    ['revenue_per_car'],
    { dimensions: ['service_area_name'] },
    `SELECT t.service_area_name, t.pay / v.cars FROM
       (SELECT a.service_area_name, SUM(d.pay_sum) AS pay FROM bss_business_day_data d JOIN ${AREA} GROUP BY 1) t
       JOIN (SELECT a.service_area_name, SUM(d.customer_count) AS cars FROM bss_car_day_count d
         JOIN bss_service_area a ON a.id = d.service_area_id GROUP BY 1) v USING (service_area_name)`,
  ],
];

describe('metrics of the highway demo', () => {
  let database: PGlite;
  let layer: SemanticLayer;
  const rows = async (sql: string): Promise<PlainRow[]> => {
    const result = await database.query<unknown[]>(sql, [], { rowMode: 'array', parsers: { 1082: (text) => text } });
    return result.rows.map((row) => row.map(plainCell));
  };

  beforeAll(async () => {
    layer = await loadDemoSemanticLayer();
    database = await PGlite.create();
    await database.transaction(async (transaction) => {
      for (const statement of highwaySql({ today: '2026-03-15' })) await transaction.exec(statement);
    });
  });
  afterAll(() => database.close());

  it.each(CASES)('%s %o gives what SQL written by hand gives', async (metrics, query, sql) => {
    const compiled = compileMetrics(layer, metrics, query);
    if (!compiled.ok) return expect.fail(compiled.failure.message);
    const text = renderPlan(compiled.value, 'postgres');
    const [actual, expected] = [await rows(text), await rows(sql)];
    expect(expected.length).toBeGreaterThan(0);
    if (!sameRows(actual, expected)) expect(actual, text).toEqual(expected);
  });
});
