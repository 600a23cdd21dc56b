import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCatalog } from '../../src/catalog/index.ts';
import { loadDemoSemanticLayer } from '../../src/engine/demo/demo-knowledge.ts';
import { generateShop } from '../../src/engine/demo/shop-data.ts';
import { buildShopDatabase } from '../../src/engine/demo/shop-database.ts';
import { openDatasource } from '../../src/execution/index.ts';
import {
  compileMetrics,
  layerForSchema,
  type MetricQuery,
  type MetricReading,
  readMetricQuestion,
  type SemanticLayer,
} from '../../src/knowledge/index.ts';
import type { DatabaseSchema } from '../../src/sql/index.ts';

const MARCH = { from: '2026-03-01', to: '2026-03-31' };

/** Question, words that name its period, metrics, and what the query must have. */
const CASES: readonly (readonly [string, readonly string[], readonly string[], MetricQuery])[] = [
  ['What is our refund rate?', [], ['refund_rate'], { dimensions: [], grain: null, filters: [] }],
  ['Refund rate by category', [], ['refund_rate'], { dimensions: ['category__category_name'] }],
  [
    'Show me monthly revenue by product category',
    [],
    ['revenue'],
    { dimensions: ['category__category_name'], grain: 'month' },
  ],
  ['各地区退款率', [], ['refund_rate'], { dimensions: ['region__region_name'] }],
  ['本月净收入是多少', ['本月'], ['net_revenue'], { period: MARCH, dimensions: [] }],
  ['每月销售额环比增长率', [], ['revenue_growth'], { grain: 'month', dimensions: [] }],
  [
    'top 5 products by units sold',
    [],
    ['units_sold'],
    { dimensions: ['product__product_name'], limit: 5, orderBy: { by: 'value', descending: true } },
  ],
  [
    '哪个地区的客单价最低',
    [],
    ['average_order_value'],
    { dimensions: ['region__region_name'], limit: 1, orderBy: { by: 'value', descending: false } },
  ],
  ['销售额最高的3个品类', [], ['revenue'], { dimensions: ['category__category_name'], limit: 3 }],
  [
    'Average order value for Corporate customers per month',
    [],
    ['average_order_value'],
    { grain: 'month', filters: [{ dimension: 'customer__segment', op: '=', values: ['Corporate'] }] },
  ],
  [
    'revenue and orders in Beijing and Shanghai',
    [],
    ['revenue', 'orders'],
    { filters: [{ dimension: 'customer__city', op: 'in', values: ['Beijing', 'Shanghai'] }] },
  ],
  [
    '华东的订单数',
    [],
    ['orders'],
    { filters: [{ dimension: 'region__region_local_name', op: '=', values: ['华东'] }] },
  ],
  [
    '华东地区的退款率',
    [],
    ['refund_rate'],
    { dimensions: [], filters: [{ dimension: 'region__region_local_name', op: '=', values: ['华东'] }] },
  ],
  [
    '退款率高于5%的品类',
    [],
    ['refund_rate'],
    { dimensions: ['category__category_name'], having: [{ op: '>', value: 0.05 }] },
  ],
  ['categories with refunds of at least 1,000', [], ['refund_amount'], { having: [{ op: '>=', value: 1000 }] }],
  [
    '销售额100万以上的地区',
    [],
    ['revenue'],
    { dimensions: ['region__region_name'], having: [{ op: '>=', value: 1000000 }] },
  ],
  ['退货率最高的品类', [], ['refund_rate'], { dimensions: ['category__category_name'], limit: 1 }],
  ['Cumulative revenue by quarter', [], ['cumulative_revenue'], { grain: 'quarter' }],
  ['本月累计销售额', ['本月'], ['revenue_month_to_date'], { period: MARCH, grain: null }],
  ['按月累计销售额', ['月累计'], ['cumulative_revenue'], { period: null, grain: 'month' }],
  ['月度累计销售额', [], ['cumulative_revenue'], { grain: 'month' }],
];

describe('questions that name a metric', () => {
  let layer: SemanticLayer;
  let schema: DatabaseSchema;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'querent-metric-questions-'));
    const path = join(folder, 'shop.duckdb');
    await buildShopDatabase(path, generateShop('2026-03-15'));
    const datasource = await openDatasource({ kind: 'duckdb', path });
    schema = await createCatalog().snapshot(datasource, { key: path });
    await datasource.close();
    layer = layerForSchema(await loadDemoSemanticLayer(), schema);
    await rm(folder, { recursive: true, force: true });
  });

  const read = (question: string, periodPhrases: readonly string[] = []): MetricReading | null =>
    readMetricQuestion(question, layer, {
      schema,
      periods: periodPhrases.map((phrase) => ({ phrase, period: MARCH })),
    });

  it.each(CASES)('%s', (question, periodPhrases, metrics, query) => {
    const reading = read(question, periodPhrases);
    expect(reading?.metrics).toEqual(metrics);
    expect(reading?.query).toMatchObject(query);
    expect(reading?.unread).toEqual([]);
    const compiled = compileMetrics(layer, metrics, reading!.query);
    expect(compiled.ok, compiled.ok ? '' : compiled.failure.message).toBe(true);
  });

  it('names the words that it did not understand', () => {
    expect(read('refund rate of premium suppliers')?.unread).toEqual(['premium', 'suppliers']);
    expect(read('会员等级的退款率')?.unread).toEqual(['会员等级']);
    expect(read('highest refund rate')?.unread).toEqual(['highest']);
  });

  it.each(['环比', '同比', '同比增长率', 'growth', 'year over year'])('does not guess of what: %s', (comparison) => {
    expect(read(comparison)).toBeNull();
    expect(read(`订单数${comparison}`)?.metrics).toEqual(['orders']);
  });

  it('reads nothing where no metric is named', () => {
    expect(read('How many suppliers are there?')).toBeNull();
    expect(read('帮我写一首诗')).toBeNull();
  });
});
