import type { AggregateName, ComparisonOp, DateGrain, DatePartExpr } from '../plan.ts';

/** How an order runs: numbers, counts, times, texts. */
export type Direction = 'high' | 'low' | 'many' | 'few' | 'new' | 'old' | 'az' | 'za';

/** The wording of one language. Arguments are phrases already worded. */
export interface Phrases {
  readonly comma: string;
  readonly and: string;
  readonly or: string;
  list(items: readonly string[], word: 'and' | 'or'): string;
  quoted(text: string): string;
  readonly everything: string;
  readonly today: string;
  rows(table: string): string;
  aggregate(fn: AggregateName, arg: string, distinct: boolean): string;
  countOf(table: string): string;
  onlyWhere(measure: string, condition: string): string;
  readonly comparison: Readonly<Record<ComparisonOp, (left: string, right: string) => string>>;
  readonly dateComparison: Readonly<Record<ComparisonOp, (left: string, right: string) => string>>;
  between(arg: string, low: string, high: string, negated: boolean): string;
  oneOf(arg: string, values: string, negated: boolean): string;
  among(arg: string, plan: string, negated: boolean): string;
  exists(plan: string, negated: boolean): string;
  empty(arg: string, negated: boolean): string;
  like(arg: string, how: 'contains' | 'starts' | 'ends' | 'like', text: string, negated: boolean): string;
  not(condition: string): string;
  either(conditions: readonly string[]): string;
  period(column: string | null, from: string, to: string): string;
  grain(grain: DateGrain, arg: string): string;
  part(part: DatePartExpr['part'], arg: string): string;
  shifted(arg: string, amount: number, unit: string): string;
  difference(unit: string, from: string, to: string): string;
  readonly depends: string;
  window(fn: string, partition: string, order: string, running: boolean): string;
  ranking(name: string): string;
  previous(arg: string): string;
  combined(op: 'union' | 'union-all' | 'intersect' | 'except', left: string, right: string): string;
  /** The whole sentence of one select. */
  sentence(parts: SentenceParts): string;
  order(key: string, direction: Direction): string;
  top(limit: number, key: string, direction: Direction): string;
}

export interface SentenceParts {
  /** What is shown. */
  readonly items: readonly string[];
  /** `rows`: columns of rows; `measures`: numbers over many rows. */
  readonly shape: 'rows' | 'measures' | 'all-columns';
  readonly table: string;
  readonly distinct: boolean;
  readonly groups: readonly string[];
  readonly period: string | null;
  readonly filters: readonly string[];
  readonly having: readonly string[];
  readonly order: string | null;
  readonly limit: number | null;
  readonly offset: number | null;
}
