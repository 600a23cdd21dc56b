import type { Expr } from '../../sql/index.ts';
import { ExpressionError, parseExpression } from './expression.ts';
import { MetricCompileError } from './metric-query.ts';
import { nearest } from './nearest.ts';
import type {
  Metric,
  MetricInput,
  SemanticLayer,
  SemanticMeasure,
  SemanticModel,
  TimeWindow,
} from './semantic-layer.ts';

/** One measure as a metric needs it: what has to be aggregated over one fact table. */
export interface Leaf {
  readonly key: string;
  readonly model: SemanticModel;
  readonly measure: SemanticMeasure;
  readonly filters: readonly string[];
  readonly fillNullsWith: number | null;
  /** How far back it looks; all of them together. */
  readonly offsets: readonly TimeWindow[];
  readonly cumulative: Pick<Extract<Metric, { type: 'cumulative' }>, 'window' | 'grainToDate'> | null;
}

/** A metric resolved down to its measures; `build` puts their values together. */
export interface MetricTree {
  readonly metric: Metric;
  readonly leaves: readonly Leaf[];
  readonly build: (value: (leaf: Leaf) => Expr) => Expr;
}

/** Throws {@link MetricCompileError} when the layer has no such metric. */
export function findMetric(layer: SemanticLayer, name: string): Metric {
  const found = layer.metrics.find((metric) => metric.name === name);
  if (found !== undefined) return found;
  const names = layer.metrics.map((metric) => metric.name);
  const close = nearest(name, names);
  throw new MetricCompileError(
    'unknown-metric',
    `there is no metric "${name}"; ${close === null ? `known: ${names.join(', ')}` : `did you mean "${close}"?`}`,
  );
}

export function metricTree(
  layer: SemanticLayer,
  name: string,
  outer: { readonly filters: readonly string[]; readonly offsets: readonly TimeWindow[] } = {
    filters: [],
    offsets: [],
  },
): MetricTree {
  const metric = findMetric(layer, name);
  const filters = [...outer.filters, ...metric.filters];
  const child = (input: MetricInput): MetricTree =>
    metricTree(layer, input.metric, {
      filters: [...filters, ...input.filters],
      offsets: input.offset === null ? outer.offsets : [...outer.offsets, input.offset],
    });
  switch (metric.type) {
    case 'simple':
    case 'cumulative': {
      const leaf = leafOf(layer, metric, [...filters, ...metric.input.filters], outer.offsets);
      return { metric, leaves: [leaf], build: (value) => value(leaf) };
    }
    case 'ratio': {
      const left = child(metric.numerator);
      const right = child(metric.denominator);
      return {
        metric,
        leaves: distinct([...left.leaves, ...right.leaves]),
        build: (value) => ({ kind: 'arithmetic', op: '/', left: left.build(value), right: right.build(value) }),
      };
    }
    case 'derived': {
      const children = new Map(metric.inputs.map((input) => [input.alias, child(input)]));
      return {
        metric,
        leaves: distinct([...children.values()].flatMap((tree) => tree.leaves)),
        build: (value) =>
          parseExpression(metric.expr, {
            name: (alias) => {
              const tree = children.get(alias);
              if (tree === undefined) throw new ExpressionError(`"${alias}" is none of the metrics listed`);
              return tree.build(value);
            },
            template: () => {
              throw new ExpressionError('{{ … }} is for filters only');
            },
          }),
      };
    }
  }
}

function leafOf(
  layer: SemanticLayer,
  metric: Extract<Metric, { type: 'simple' | 'cumulative' }>,
  filters: readonly string[],
  offsets: readonly TimeWindow[],
): Leaf {
  for (const model of layer.models) {
    const measure = model.measures.find((candidate) => candidate.name === metric.input.measure);
    if (measure === undefined) continue;
    const cumulative = metric.type === 'cumulative' ? { window: metric.window, grainToDate: metric.grainToDate } : null;
    const { fillNullsWith } = metric.input;
    const key = JSON.stringify([measure.name, filters, offsets, cumulative, fillNullsWith]);
    return { key, model, measure, filters, fillNullsWith, offsets, cumulative };
  }
  throw new MetricCompileError(
    'unsupported',
    `metric "${metric.name}" needs the measure "${metric.input.measure}", which is not there`,
  );
}

/** The same measure asked for twice is aggregated once. */
export const distinct = (leaves: readonly Leaf[]): Leaf[] => [
  ...new Map(leaves.map((leaf) => [leaf.key, leaf])).values(),
];
