/** Short words for writing plans in tests. */
import type {
  AggregateExpr,
  AggregateName,
  ArithmeticExpr,
  CastExpr,
  ColumnExpr,
  ComparisonOp,
  DateGrain,
  DatePartExpr,
  Expr,
  FunctionExpr,
  LiteralExpr,
  OrderItem,
  Plan,
  PlanSource,
  Predicate,
  ScalarPlanExpr,
  SelectItem,
  SelectPlan,
  SetPlan,
  TableSource,
  WindowExpr,
} from '../../src/sql/index.ts';

export const col = (source: string, column: string): ColumnExpr => ({ kind: 'column', source, column });
export const text = (value: string): LiteralExpr => ({ kind: 'literal', value, type: 'text' });
export const int = (value: number | string): LiteralExpr => ({ kind: 'literal', value, type: 'integer' });
export const dec = (value: number | string): LiteralExpr => ({ kind: 'literal', value, type: 'decimal' });
export const bool = (value: boolean): LiteralExpr => ({ kind: 'literal', value, type: 'boolean' });
export const date = (value: string): LiteralExpr => ({ kind: 'literal', value, type: 'date' });
export const time = (value: string): LiteralExpr => ({ kind: 'literal', value, type: 'timestamp' });
export const nothing: LiteralExpr = { kind: 'literal', value: null, type: 'null' };
export const position = (index: number): Expr => ({ kind: 'ordinal', index });
export const star = (source: string | null = null): Expr => ({ kind: 'star', source });

export const agg = (fn: AggregateName, arg: Expr, more: Partial<AggregateExpr> = {}): AggregateExpr => ({
  kind: 'aggregate',
  fn,
  arg,
  distinct: false,
  filter: null,
  ...more,
});
export const count = (more: Partial<AggregateExpr> = {}): AggregateExpr => agg('count', star(), more);
export const math = (left: Expr, op: ArithmeticExpr['op'], right: Expr): ArithmeticExpr => ({
  kind: 'arithmetic',
  op,
  left,
  right,
});
export const call = (name: FunctionExpr['name'], ...args: Expr[]): FunctionExpr => ({ kind: 'function', name, args });
export const cast = (arg: Expr, to: CastExpr['to']): CastExpr => ({ kind: 'cast', arg, to });
export const trunc = (grain: DateGrain, arg: Expr): Expr => ({ kind: 'date-trunc', grain, arg });
export const part = (name: DatePartExpr['part'], arg: Expr): Expr => ({ kind: 'date-part', part: name, arg });
export const add = (arg: Expr, amount: number, unit: 'year' | 'month' | 'day' | 'hour'): Expr => ({
  kind: 'date-add',
  arg,
  amount,
  unit,
});
export const between = (from: Expr, to: Expr, unit: 'year' | 'month' | 'day'): Expr => ({
  kind: 'date-diff',
  unit,
  from,
  to,
});
export const over = (fn: WindowExpr['fn'], more: Partial<WindowExpr> = {}): WindowExpr => ({
  kind: 'window',
  fn,
  partitionBy: [],
  orderBy: [],
  frame: null,
  ...more,
});
export const branch = (when: Predicate, value: Expr): { readonly when: Predicate; readonly then: Expr } => ({
  when,
  // biome-ignore lint/suspicious/noThenProperty: the plan's own word for a branch; never awaited.
  then: value,
});
export const scalar = (plan: Plan): ScalarPlanExpr => ({ kind: 'scalar-plan', plan });

export const cmp = (left: Expr, op: ComparisonOp, right: Expr): Predicate => ({ kind: 'comparison', op, left, right });
export const eq = (left: Expr, right: Expr): Predicate => cmp(left, '=', right);
export const and = (...args: Predicate[]): Predicate => ({ kind: 'and', args });
export const or = (...args: Predicate[]): Predicate => ({ kind: 'or', args });
export const not = (arg: Predicate): Predicate => ({ kind: 'not', arg });
export const isNull = (arg: Expr, negated = false): Predicate => ({ kind: 'is-null', arg, negated });
export const oneOf = (arg: Expr, values: Expr[], negated = false): Predicate => ({ kind: 'in', arg, values, negated });
export const among = (arg: Expr, plan: Plan, negated = false): Predicate => ({ kind: 'in-plan', arg, plan, negated });
export const exists = (plan: Plan, negated = false): Predicate => ({ kind: 'exists', plan, negated });
export const within = (arg: Expr, low: Expr, high: Expr, negated = false): Predicate => ({
  kind: 'between',
  arg,
  low,
  high,
  negated,
});
export const like = (arg: Expr, pattern: string, caseInsensitive = false, negated = false): Predicate => ({
  kind: 'like',
  arg,
  pattern,
  negated,
  caseInsensitive,
});

export const asc = (expr: Expr, nulls: OrderItem['nulls'] = null): OrderItem => ({ expr, descending: false, nulls });
export const desc = (expr: Expr, nulls: OrderItem['nulls'] = null): OrderItem => ({ expr, descending: true, nulls });

export const table = (
  name: string,
  alias: string,
  on: Predicate | null = null,
  kind: 'inner' | 'left' = 'inner',
): TableSource => ({
  kind: 'table',
  alias,
  table: { schema: null, name },
  join: on && { kind, on },
});
export const crossed = <S extends TableSource | PlanSource>(source: S): S => ({
  ...source,
  join: { kind: 'cross', on: null },
});
export const derived = (plan: Plan, alias: string, on: Predicate | null = null): PlanSource => ({
  kind: 'plan',
  alias,
  plan,
  join: on && { kind: 'inner', on },
});
export const as = (expr: Expr, alias: string): SelectItem => ({ expr, alias });

/** A select; expressions may stand for items without alias. */
export const select = (
  items: readonly (Expr | SelectItem)[],
  sources: SelectPlan['sources'],
  more: Partial<Omit<SelectPlan, 'kind' | 'items' | 'sources'>> = {},
): SelectPlan => ({
  kind: 'select',
  distinct: false,
  items: items.map((item) => ('expr' in item ? item : { expr: item, alias: null })),
  sources,
  where: null,
  groupBy: [],
  having: null,
  orderBy: [],
  limit: null,
  offset: null,
  ...more,
});

export const combine = (
  op: SetPlan['op'],
  left: Plan,
  right: Plan,
  more: Partial<Pick<SetPlan, 'orderBy' | 'limit' | 'offset'>> = {},
): SetPlan => ({ kind: 'set', op, left, right, orderBy: [], limit: null, offset: null, ...more });
