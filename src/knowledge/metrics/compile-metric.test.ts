import { describe, expect, it } from 'vitest';
import { type DatabaseSchema, renderPlan } from '../../sql/index.ts';
import { compileMetric, compileMetrics } from './compile-metric.ts';
import { loadSemanticLayer } from './load-semantic-layer.ts';
import { metricDimensions, metricMeasures } from './metric-measures.ts';
import type { MetricQuery } from './metric-query.ts';
import { addSemanticNames, layerForSchema } from './schema-names.ts';
import type { SemanticLayer } from './semantic-layer.ts';

const TEXT = `semantic_models:
  - name: sales
    model: sales
    label: Sale
    meta: { synonyms: [销售] }
    defaults: { agg_time_dimension: sold_on }
    entities:
      - { name: sale, type: primary, expr: id }
      - { name: shop, type: foreign, expr: shop_id }
      - { name: product, type: foreign, expr: product_id }
    dimensions:
      - { name: sold_on, type: time }
      - { name: channel, type: categorical, meta: { synonyms: [渠道] } }
    measures:
      - { name: amount, agg: sum, expr: price * quantity, create_metric: true }
      - { name: sale_count, agg: count, expr: id, create_metric: true }
      - { name: pieces, agg: sum, expr: quantity, create_metric: true, meta: { synonyms: [件数] } }
  - name: visits
    model: visits
    entities: [{ name: shop, type: foreign, expr: shop_id }]
    dimensions: [{ name: visited_on, type: time }]
    measures: [{ name: visit_count, agg: count, expr: 1, agg_time_dimension: visited_on, create_metric: true }]
  - name: shops
    model: shops
    entities: [{ name: shop, type: primary, expr: id }, { name: city, type: foreign, expr: city_id }]
    dimensions: [{ name: name, type: categorical }]
  - name: products
    model: products
    entities: [{ name: product, type: primary, expr: id }]
    dimensions: [{ name: name, type: categorical }]
  - name: cities
    model: cities
    entities: [{ name: city, type: primary, expr: id }]
    dimensions: [{ name: country, type: categorical }]
metrics:
  - name: conversion
    type: ratio
    type_params: { numerator: sale_count, denominator: visit_count }
  - name: growth
    type: derived
    type_params: { expr: amount / before - 1, metrics: [amount, { name: amount, alias: before, offset_window: 1 month }] }
  - name: online_share
    type: ratio
    filter: "{{ Dimension('shop__name') }} <> 'Test'"
    type_params:
      numerator: { name: amount, filter: "{{ Dimension('sale__channel') }} = 'online'" }
      denominator: amount
`;

const loaded = loadSemanticLayer([{ path: 'test.yml', text: TEXT }]);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
const layer: SemanticLayer = loaded.value;

const sqlOf = (metric: string, query: MetricQuery = {}): string => {
  const compiled = compileMetric(layer, metric, query);
  if (!compiled.ok) throw new Error(compiled.failure.message);
  return renderPlan(compiled.value, 'postgres', { pretty: false });
};
const failureOf = (metric: string, query: MetricQuery = {}): string => {
  const compiled = compileMetric(layer, metric, query);
  return compiled.ok ? 'compiled' : `${compiled.failure.code}: ${compiled.failure.message}`;
};

describe('compileMetric', () => {
  it('joins only what the dimensions need, along entities', () => {
    expect(sqlOf('amount')).not.toContain('JOIN');
    const sql = sqlOf('amount', { dimensions: ['country'] });
    expect(sql).toMatch(/FROM sales.* LEFT JOIN shops.* LEFT JOIN cities/);
    expect(sql).not.toContain('products');
  });

  it('never joins two fact tables', () => {
    const sql = sqlOf('conversion', { dimensions: ['country'] });
    expect(sql).toMatch(/UNION ALL/);
    expect(sql).not.toMatch(/JOIN (visits|sales)/);
  });

  it('puts shared filters into WHERE and the others on their measure', () => {
    const sql = sqlOf('online_share');
    expect(sql).toMatch(/FILTER \(WHERE sales\.channel = 'online'\)/);
    expect(sql).toMatch(/WHERE shops\.name <> 'Test'/);
    expect(sql.match(/<> 'Test'/g)).toHaveLength(1);
  });

  it('moves the period of an offset back, and keeps whole months whole', () => {
    const part = sqlOf('growth', { period: { from: '2025-03-01', to: '2025-03-17' } });
    expect(part).toContain("'2025-02-01'");
    expect(part).toContain("'2025-02-18'");
    const whole = sqlOf('growth', { period: { from: '2025-02-01', to: '2025-02-28' } });
    expect(whole).toContain("'2025-01-01'");
    expect(whole.match(/'2025-02-01'/g)).toHaveLength(2);
  });

  it('brings several metrics together in one plan', () => {
    const compiled = compileMetrics(layer, ['amount', 'visit_count', 'conversion'], { grain: 'month' });
    if (!compiled.ok) return expect.fail(compiled.failure.message);
    expect(compiled.value.kind === 'select' && compiled.value.items.map((item) => item.alias)).toEqual([
      'month',
      'amount',
      'visit_count',
      'conversion',
    ]);
  });

  it('says what is wrong with a query and what would do', () => {
    expect(failureOf('amuont')).toMatch(/^unknown-metric: .*did you mean "amount"\?/);
    expect(failureOf('amount', { dimensions: ['contry'] })).toMatch(/^unknown-dimension: .*did you mean "country"\?/);
    expect(failureOf('amount', { dimensions: ['name'] })).toMatch(
      /^ambiguous-dimension: "name" can be shop__name or product__name/,
    );
    expect(failureOf('visit_count', { dimensions: ['product__name'] })).toMatch(/^unknown-dimension/);
    expect(failureOf('growth')).toMatch(/^needs-period/);
    const filters = [{ dimension: 'channel', op: 'in', values: [] }] as const;
    expect(failureOf('amount', { filters })).toMatch(/^unsupported/);
  });
});

describe('metricMeasures', () => {
  it('offers the metrics that one select answers, each with its time column', () => {
    expect(metricMeasures(layer).map((measure) => [measure.name, measure.timeColumn?.column])).toEqual([
      ['amount', 'sold_on'],
      ['sale_count', 'sold_on'],
      ['pieces', 'sold_on'],
      ['visit_count', 'visited_on'],
      ['online_share', 'sold_on'],
    ]);
    for (const { plan } of metricMeasures(layer)) expect([plan.items.length, plan.groupBy.length]).toEqual([1, 0]);
  });
});

describe('metricDimensions', () => {
  it('are those that every measure of the metric can be grouped by', () => {
    const names = metricDimensions(layer, 'conversion').map((dimension) => dimension.name);
    expect(names).toEqual(['shop__name', 'city__country']);
  });
});

describe('a layer and a database', () => {
  const column = (name: string) =>
    ({ name, type: 'text', nativeType: 'text', nullable: true, comment: null, synonyms: [], values: null }) as const;
  const table = (name: string, columns: readonly string[]) =>
    ({
      ref: { schema: 'public', name },
      kind: 'table',
      comment: null,
      synonyms: [],
      columns: columns.map(column),
      primaryKey: [],
      uniqueKeys: [],
      foreignKeys: [],
      rowCount: null,
    }) as const;
  const schema: DatabaseSchema = {
    dialect: 'postgres',
    defaultSchema: 'public',
    tables: [table('Sales', ['id', 'channel', 'quantity']), table('shops', ['id', 'name'])],
    fingerprint: 'x',
  };

  it('keeps the models whose tables exist, spelt as the database spells them, and their metrics', () => {
    const own = layerForSchema(layer, schema);
    expect(own.models.map((model) => model.table)).toEqual([
      { schema: 'public', name: 'Sales' },
      { schema: 'public', name: 'shops' },
    ]);
    const names = own.metrics.map((metric) => metric.name).sort();
    expect(names).toEqual(['amount', 'growth', 'online_share', 'pieces', 'sale_count']);
  });

  it('adds labels and synonyms to tables and columns', () => {
    const [sales] = addSemanticNames(schema, layer).tables;
    expect(sales!.synonyms).toEqual(['Sale', '销售']);
    expect(sales!.columns.map((each) => each.synonyms)).toEqual([[], ['渠道'], ['件数']]);
  });
});
