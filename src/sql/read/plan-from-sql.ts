/**
 * SQL text → plan: resolves names against the schema, keeps what the plan language has a node for, and refuses
 * the rest by name. Output formats of dates become date parts and periods (`strftime('%Y-%m', d)` → month).
 */
import { fail, type Outcome, ok } from '../../kernel/index.ts';
import type { DialectName } from '../dialects/dialect-name.ts';
import { parseSqlSync } from '../parse/index.ts';
import type { Plan } from '../plan/plan.ts';
import type { DatabaseSchema } from '../schema/database-schema.ts';
import type { ReadContext } from './read-context.ts';
import { readExpression } from './read-expression.ts';
import { type ReadFailure, ReadRefusal } from './read-failure.ts';
import { readPredicate } from './read-predicate.ts';
import { readQuery } from './read-query.ts';

export interface ReadOptions {
  /** `YYYY-MM-DD` that stands for the current date; without it `CURRENT_DATE` is refused. */
  readonly today?: string;
  /** `native` keeps every `/` as `/`, also where the engine divides whole numbers as such. Default: `decimal`. */
  readonly division?: 'decimal' | 'native';
  /** Keep the dialect's own place of NULLs where the SQL says none; by default plans leave it open. */
  readonly keepNullOrder?: boolean;
}

/**
 * Reads one query as a plan. The parser must be loaded (`await loadParser(dialect)`).
 *
 * @example
 * await loadParser('sqlite');
 * planFromSql('SELECT name FROM users LIMIT 5', 'sqlite', schema);
 */
export function planFromSql(
  sql: string,
  dialect: DialectName,
  schema: DatabaseSchema,
  options: ReadOptions = {},
): Outcome<Plan, ReadFailure> {
  const parsed = parseSqlSync(sql, dialect);
  if (!parsed.ok) return fail({ code: parsed.failure.code, message: parsed.failure.message, construct: 'sql' });
  const context: ReadContext = {
    dialect,
    schema,
    today: options.today ?? null,
    nativeDivision: options.division === 'native',
    keepNullOrder: options.keepNullOrder ?? false,
    types: { schema, dialect, sources: new Map(), correlated: new Set() },
    query: (query, outer) => readQuery(query, outer, context),
    expr: (value, scope) => readExpression(value, scope, context),
    predicate: (value, scope) => readPredicate(value, scope, context),
  };
  const { variant, data } = parsed.value.tree;
  try {
    return ok(context.query({ [variant]: data }, null));
  } catch (error) {
    if (!(error instanceof ReadRefusal)) throw error;
    return fail(error.failure);
  }
}
