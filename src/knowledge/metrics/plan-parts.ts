import {
  type AggregateExpr,
  EMPTY_SELECT,
  type Expr,
  type Predicate,
  type SelectItem,
  type SelectPlan,
} from '../../sql/index.ts';
import type { AliasPool, FactQuery } from './fact-query.ts';
import { MetricCompileError, type MetricQuery } from './metric-query.ts';
import type { Leaf } from './metric-tree.ts';
import type { SemanticLayer, SemanticMeasure } from './semantic-layer.ts';

export interface CompileContext {
  readonly layer: SemanticLayer;
  readonly query: MetricQuery;
  readonly aliases: AliasPool;
}

export function timeOf(facts: FactQuery, leaf: Leaf): Expr {
  const time = facts.time(leaf.measure);
  if (time !== null) return time;
  throw new MetricCompileError(
    'unsupported',
    `the measure "${leaf.measure.name}" has no time dimension; set agg_time_dimension in the model "${leaf.model.name}"`,
  );
}

export function aggregate(measure: SemanticMeasure, arg: Expr, filter: Predicate | null): AggregateExpr {
  switch (measure.agg) {
    case 'count': {
      const star = arg.kind === 'literal' && arg.value !== null;
      return aggregateOf('count', star ? { kind: 'star', source: null } : arg, filter);
    }
    case 'count_distinct':
      return { ...aggregateOf('count', arg, filter), distinct: true };
    case 'sum':
    case 'sum_boolean':
      return aggregateOf('sum', arg, filter);
    case 'average':
      return aggregateOf('avg', arg, filter);
    case 'min':
    case 'max':
    case 'median':
      return aggregateOf(measure.agg, arg, filter);
  }
}

export const aggregateOf = (fn: AggregateExpr['fn'], arg: Expr, filter: Predicate | null = null): AggregateExpr => ({
  kind: 'aggregate',
  fn,
  arg,
  distinct: false,
  filter,
});

export const column = (source: string, name: string): Expr => ({ kind: 'column', source, column: name });

export const exprs = (items: readonly SelectItem[]): Expr[] => items.map((item) => item.expr);

export function select(parts: Pick<SelectPlan, 'items' | 'sources'> & Partial<SelectPlan>): SelectPlan {
  return { ...EMPTY_SELECT, ...parts };
}
