import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemoSemanticLayer } from '../../src/engine/demo/demo-knowledge.ts';
import type { DemoTableData } from '../../src/engine/demo/demo-table.ts';
import { generateShop } from '../../src/engine/demo/shop-data.ts';
import { compileMetric, compileMetrics, metricDimensions, type SemanticLayer } from '../../src/knowledge/index.ts';
import { renderPlan } from '../../src/sql/index.ts';
import { describeWithMysql, describeWithPostgres } from '../support/services.ts';
import {
  type DemoEngine,
  openDuckdbDemo,
  openMysqlDemo,
  openPgliteDemo,
  openPostgresDemo,
  openSqliteDemo,
  sameRows,
} from './demo-engines.ts';
import { METRIC_CASES } from './metric-cases.ts';

const tables = generateShop('2026-03-15');

function sameAsByHand(open: (tables: readonly DemoTableData[]) => Promise<DemoEngine>): void {
  let engine: DemoEngine;
  let layer: SemanticLayer;
  beforeAll(async () => {
    engine = await open(tables);
    layer = await loadDemoSemanticLayer();
  });
  afterAll(() => engine.close());

  it.each(METRIC_CASES.map((each) => [each.metrics.join(', '), JSON.stringify(each.query), each] as const))(
    '%s %s gives what SQL written by hand gives',
    async (_metrics, _query, { metrics, query, sql }) => {
      const compiled = compileMetrics(layer, metrics, query);
      if (!compiled.ok) return expect.fail(compiled.failure.message);
      const text = renderPlan(compiled.value, engine.dialect);
      const [actual, expected] = [await engine.query(text), await engine.query(sql(engine.dialect))];
      expect(expected.length).toBeGreaterThan(0);
      if (!sameRows(actual, expected)) expect(actual, text).toEqual(expected);
    },
  );
}

describe('compiled metrics on DuckDB', () => sameAsByHand(openDuckdbDemo));
describe('compiled metrics on SQLite', () => sameAsByHand(openSqliteDemo));
describe('compiled metrics on the embedded Postgres', () => sameAsByHand(openPgliteDemo));
describeWithPostgres('compiled metrics on PostgreSQL', () => sameAsByHand(openPostgresDemo));
describeWithMysql('compiled metrics on MariaDB', () => sameAsByHand(openMysqlDemo));

describe('joins to dimensions', () => {
  it('neither multiply nor lose facts: the groups of every dimension add up to the total', async () => {
    const layer = await loadDemoSemanticLayer();
    const engine = await openDuckdbDemo(tables);
    try {
      const value = async (metric: string, dimensions: readonly string[]): Promise<number> => {
        const compiled = compileMetric(layer, metric, { dimensions });
        if (!compiled.ok) throw new Error(compiled.failure.message);
        const rows = await engine.query(renderPlan(compiled.value, 'duckdb'));
        return rows.reduce((sum, row) => sum + Number(row.at(-1)), 0);
      };
      for (const metric of [
        'revenue',
        'orders',
        'order_total',
        'units_sold',
        'new_customers',
        'refund_amount',
        'refunds',
      ]) {
        const total = await value(metric, []);
        for (const { name } of metricDimensions(layer, metric)) {
          expect(await value(metric, [name]), `${metric} by ${name}`).toBeCloseTo(total, 2);
        }
      }
    } finally {
      await engine.close();
    }
  });
});

describe('the cases', () => {
  it('cover every metric of the demo shop', async () => {
    const layer = await loadDemoSemanticLayer();
    const shop = new Set(tables.map((data) => data.table.name));
    const covered = new Set(METRIC_CASES.flatMap((each) => each.metrics));
    const missing = layer.metrics.filter((metric) => {
      const plan = compileMetric(layer, metric.name, { grain: 'month' });
      if (!plan.ok) return true;
      const text = renderPlan(plan.value, 'duckdb');
      return [...shop].some((table) => text.includes(`FROM ${table}`)) && !covered.has(metric.name);
    });
    expect(missing.map((metric) => metric.name)).toEqual([]);
  });
});
