import type { SelectPlan } from '../../sql/index.ts';
import { compileMetric } from './compile-metric.ts';
import { type FoundDimension, qualifiedName, reachableModels } from './find-dimension.ts';
import { metricTree } from './metric-tree.ts';
import type { Dimension, Metric, Named, SemanticLayer } from './semantic-layer.ts';

/**
 * A metric as one select over one fact table, ready to take groups, filters and a period: what a planner calls a
 * measure. Metrics that need several fact tables, earlier periods or accumulation have none; see `compileMetric`.
 */
export interface MetricMeasure {
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly description: string;
  readonly plan: SelectPlan;
  readonly timeColumn: { readonly source: string; readonly column: string } | null;
}

/** The metrics of the layer that one select can answer. */
export function metricMeasures(layer: SemanticLayer): MetricMeasure[] {
  return layer.metrics.flatMap((metric) => metricMeasure(layer, metric) ?? []);
}

function metricMeasure(layer: SemanticLayer, metric: Metric): MetricMeasure | null {
  const { leaves } = metricTree(layer, metric.name);
  const [first] = leaves;
  if (first === undefined) return null;
  const oneTable = leaves.every(
    (leaf) =>
      leaf.model === first.model &&
      leaf.cumulative === null &&
      leaf.offsets.length === 0 &&
      leaf.measure.timeDimension === first.measure.timeDimension,
  );
  if (!oneTable) return null;
  const compiled = compileMetric(layer, metric.name);
  if (!compiled.ok || compiled.value.kind !== 'select') return null;
  const dated = compileMetric(layer, metric.name, { grain: 'day' });
  const time = dated.ok && dated.value.kind === 'select' ? dated.value.items[0]?.expr : undefined;
  const column = time?.kind === 'date-trunc' && time.arg.kind === 'column' ? time.arg : null;
  const plan = dated.ok && dated.value.kind === 'select' && column !== null ? undated(dated.value) : compiled.value;
  return {
    name: metric.name,
    synonyms: namesOf(metric),
    description: metric.description,
    plan,
    timeColumn: column === null ? null : { source: column.source, column: column.column },
  };
}

/** The dated plan without its time: keeps the join that the time column may need. */
const undated = (plan: SelectPlan): SelectPlan => ({ ...plan, items: plan.items.slice(1), groupBy: [], orderBy: [] });

/** Label and synonyms. */
export const namesOf = (item: Named): string[] => [
  ...new Set([...(item.label === null ? [] : [item.label]), ...item.synonyms]),
];

/** Something that a metric can be grouped or filtered by. */
export interface MetricDimension {
  /** The name to put into a `MetricQuery`. */
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly description: string;
  readonly type: Dimension['type'];
  /** Where its values are found when it is a plain column. */
  readonly table: FoundDimension['model']['table'];
  readonly expr: string;
}

/** The dimensions that every measure of the metric can be grouped by, nearest first. */
export function metricDimensions(layer: SemanticLayer, metric: string): MetricDimension[] {
  const { leaves } = metricTree(layer, metric);
  const perLeaf = leaves.map((leaf) =>
    reachableModels(layer, leaf.model).flatMap((entry) =>
      entry.model.dimensions.map((field) => ({
        name: qualifiedName(entry, field),
        synonyms: namesOf(field),
        description: field.description,
        type: field.type,
        table: entry.model.table,
        expr: field.expr,
      })),
    ),
  );
  const [first = [], ...others] = perLeaf;
  return first.filter((dimension) => others.every((list) => list.some((other) => other.name === dimension.name)));
}
