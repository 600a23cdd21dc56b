import type { Dialect } from '../dialects/dialect.ts';
import type { Expr, Plan, Predicate, SelectPlan } from '../plan/plan.ts';
import type { PlanScope } from '../plan/plan-types.ts';

/** How tightly an expression binds; an operand is parenthesised when it binds less tightly than its place asks. */
export const BINDING = {
  any: 0,
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  concat: 5,
  sum: 6,
  product: 7,
  unary: 8,
  atom: 9,
} as const;

/** What the parts of the renderer share; the functions close the circle between them. */
export interface RenderContext {
  readonly dialect: Dialect;
  readonly scope: PlanScope;
  /** Sources whose columns need no qualifier. */
  readonly bare: Set<string>;
  readonly nativeDivision: boolean;
  pretty: boolean;
  /** Depth of indentation; string literals may hold newlines, so text is never re-indented afterwards. */
  depth: number;
  /** The select whose clauses are being written. */
  select: SelectPlan | null;
  expr(expr: Expr, binding?: number): string;
  predicate(predicate: Predicate, binding?: number): string;
  /** A plan in parentheses. */
  subquery(plan: Plan): string;
}

/** A line break at the current depth, or a space. */
export function newline(context: RenderContext, extra = 0): string {
  return context.pretty ? `\n${'  '.repeat(context.depth + extra)}` : ' ';
}
