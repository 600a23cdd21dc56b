import type { DialectName } from '../dialects/dialect-name.ts';
import type { TreeObject, TreeValue } from '../parse/index.ts';
import type { Expr, Plan, Predicate, Source } from '../plan/plan.ts';
import type { PlanScope } from '../plan/plan-types.ts';
import type { DatabaseSchema } from '../schema/database-schema.ts';
import { refuse } from './read-failure.ts';

/** A source as the SQL names it, and what can be selected from it. */
export interface NamedSource {
  readonly written: string;
  readonly source: Source;
  readonly columns: readonly string[];
}

/** A common table expression, read anew at each use so that every copy has its own aliases. */
export interface CommonTable {
  readonly query: TreeValue;
  readonly columns: readonly string[];
  readonly scope: NameScope;
}

/** The names visible at one place of the statement. */
export interface NameScope {
  readonly parent: NameScope | null;
  readonly sources: NamedSource[];
  /** Output aliases, once the select list has been read. */
  readonly outputs: Map<string, { readonly index: number; readonly expr: Expr }>;
  readonly commonTables: Map<string, CommonTable>;
}

/** What the parts of the reader share; the functions close the circle between them. */
export interface ReadContext {
  readonly dialect: DialectName;
  readonly schema: DatabaseSchema;
  /** `YYYY-MM-DD` that stands for the current date; null refuses it. */
  readonly today: string | null;
  readonly nativeDivision: boolean;
  readonly keepNullOrder: boolean;
  /** Grows while sources are read; answers type questions. */
  readonly types: PlanScope & { readonly sources: Map<string, Source> };
  query(query: TreeValue | undefined, outer: NameScope | null): Plan;
  expr(value: TreeValue | undefined, scope: NameScope): Expr;
  predicate(value: TreeValue | undefined, scope: NameScope): Predicate;
}

/** An empty scope inside `parent`. */
export const childScope = (parent: NameScope | null): NameScope => ({
  parent,
  sources: [],
  outputs: new Map(),
  commonTables: new Map(),
});

/** Fields that describe spelling, not meaning. */
const SPELLING =
  /^(?:span|inferred_type|name|original_name|function_spelling|.*comments.*|.*_text|.*_spelling|.*_syntax|.*_explicit.*|.*_form|quoted|no_parens|bracket_notation|use_bracket_syntax|alias_keyword|trailing_.*)$/;

/** Refuses a node that says more than the fields its reader understands. */
export function onlyFields(data: TreeObject, construct: string, fields: readonly string[]): void {
  for (const [key, value] of Object.entries(data)) {
    if (value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0))
      continue;
    if (!fields.includes(key) && !SPELLING.test(key)) refuse(`${construct} with ${key.replaceAll('_', ' ')}`);
  }
}
