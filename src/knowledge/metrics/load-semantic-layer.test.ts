import { describe, expect, it } from 'vitest';
import { describeProblem, loadSemanticLayer } from './load-semantic-layer.ts';

const MODEL = `semantic_models:
  - name: orders
    model: ref('orders')
    defaults: { agg_time_dimension: ordered_at }
    entities:
      - { name: order, type: primary, expr: id }
    dimensions:
      - { name: ordered_at, type: time, type_params: { time_granularity: day } }
      - { name: status, type: categorical }
    measures:
      - { name: amount, agg: sum }
      - { name: order_count, agg: count, expr: 1, create_metric: true, label: Orders, meta: { synonyms: [订单数] } }
`;

const problemsOf = (...texts: readonly string[]): string[] => {
  const loaded = loadSemanticLayer(texts.map((text, i) => ({ path: `file${i + 1}.yml`, text })));
  return loaded.ok ? [] : loaded.failure.problems.map(describeProblem);
};

describe('loadSemanticLayer', () => {
  it('reads models and metrics from several files with defaults filled in', () => {
    const metrics = `metrics:
  - name: revenue
    type: simple
    type_params: { measure: amount }
    filter: "{{ Dimension('order__status') }} = 'paid'"
    config: { meta: { synonyms: [sales, 销售额] } }
`;
    const loaded = loadSemanticLayer([
      { path: 'a.yml', text: metrics },
      { path: 'b.yml', text: MODEL },
    ]);
    if (!loaded.ok) return expect.fail(loaded.failure.problems.map(describeProblem).join('\n'));
    const [model] = loaded.value.models;
    expect(model).toMatchObject({ table: { schema: null, name: 'orders' }, primaryEntity: 'order' });
    expect(model!.measures[0]).toMatchObject({ name: 'amount', expr: 'amount', timeDimension: 'ordered_at' });
    expect(loaded.value.metrics).toMatchObject([
      {
        name: 'revenue',
        type: 'simple',
        synonyms: ['sales', '销售额'],
        filters: ["{{ Dimension('order__status') }} = 'paid'"],
      },
      { name: 'order_count', type: 'simple', label: 'Orders', synonyms: ['订单数'] },
    ]);
  });

  it('reads a table with its schema, and the older places of windows', () => {
    const text = `${MODEL.replace("ref('orders')", 'sales.orders')}
metrics:
  - { name: rolling, type: cumulative, type_params: { measure: amount, window: 7 days } }
  - { name: month_to_date, type: cumulative, type_params: { measure: amount, grain_to_date: month } }
`;
    const loaded = loadSemanticLayer([{ path: 'a.yml', text }]);
    if (!loaded.ok) return expect.fail(loaded.failure.problems.map(describeProblem).join('\n'));
    expect(loaded.value.models[0]!.table).toEqual({ schema: 'sales', name: 'orders' });
    expect(loaded.value.metrics).toMatchObject([
      { name: 'order_count' },
      { window: { count: 7, grain: 'day' }, grainToDate: null },
      { window: null, grainToDate: 'month' },
    ]);
  });

  it.each([
    ['broken YAML', 'metrics: [', /^file1\.yml:\d+ \(file\): not valid YAML/],
    ['a misspelt key', MODEL.replace('measures:', 'mesures:'), /semantic_models\[0\]: unknown key "mesures"/],
    [
      'an unknown aggregation',
      MODEL.replace('agg: sum', 'agg: total'),
      /file1\.yml:11 semantic_models\[0\]\.measures\[0\]\.agg: /,
    ],
    [
      'a time dimension that is not there',
      MODEL.replace('agg_time_dimension: ordered_at', 'agg_time_dimension: orderd_at'),
      /measures\[0\]\.agg_time_dimension: .*did you mean "ordered_at"\?/,
    ],
    [
      'an expression that cannot be read',
      MODEL.replace('agg: sum }', 'agg: sum, expr: "price * (1 - " }'),
      /semantic_models\[0\]\.measures\[0\]\.expr: the expression ends too early/,
    ],
    [
      'an unknown function',
      MODEL.replace('agg: sum }', 'agg: sum, expr: "pg_sleep(10)" }'),
      /expr: function pg_sleep\(\) is not supported/,
    ],
    [
      'an unknown measure',
      `${MODEL}metrics:\n  - { name: m, type: simple, type_params: { measure: amuont } }\n`,
      /file1\.yml:\d+ metrics\[0\]\.type_params\.measure: there is no measure "amuont"; did you mean "amount"\?/,
    ],
    [
      'an unknown metric type',
      `${MODEL}metrics:\n  - { name: m, type: average, type_params: { measure: amount } }\n`,
      /metrics\[0\]\.type: .*simple, ratio, derived or cumulative/,
    ],
    [
      'an unknown metric in a ratio',
      `${MODEL}metrics:\n  - { name: m, type: ratio, type_params: { numerator: order_count, denominator: order_cuont } }\n`,
      /type_params\.denominator: there is no metric "order_cuont"; did you mean "order_count"\?/,
    ],
    [
      'a name in a derived metric that is not listed',
      `${MODEL}metrics:\n  - { name: m, type: derived, type_params: { expr: order_count * price, metrics: [order_count] } }\n`,
      /type_params\.expr: "price" is none of the metrics listed \(order_count\)/,
    ],
    [
      'a metric defined by itself',
      `${MODEL}metrics:\n  - { name: a, type: derived, type_params: { expr: b, metrics: [b] } }\n  - { name: b, type: derived, type_params: { expr: a, metrics: [a] } }\n`,
      /metric "a" is defined by itself/,
    ],
    [
      'a name used twice',
      `${MODEL}metrics:\n  - { name: order_count, type: simple, type_params: { measure: amount } }\n`,
      /metrics\[0\]\.name: metric "order_count" is defined twice/,
    ],
    [
      'a window that is no span of time',
      `${MODEL}metrics:\n  - { name: m, type: cumulative, type_params: { measure: amount, window: a while } }\n`,
      /"a while" is not a span of time; write for example "30 days"/,
    ],
  ])('tells the place and the fix of %s', (_what, text, message) => {
    expect(problemsOf(text).join('\n')).toMatch(message);
  });

  it('reports all problems of all files at once', () => {
    const wrong = MODEL.replace('agg: sum', 'agg: total');
    expect(problemsOf(wrong, wrong.replaceAll('order', 'purchase'))).toHaveLength(2);
  });
});
