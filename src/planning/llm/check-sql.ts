/** A model's SQL is a stranger's: one read-only statement over known tables and columns, or a complaint that helps. */
import { fail, type Outcome, ok } from '../../kernel/index.ts';
import { type DatabaseSchema, type GuardFailure, guardReadOnly, type Plan, planFromSql } from '../../sql/index.ts';
import { tableName } from './describe-table.ts';

export interface SqlProblem {
  readonly code: string;
  readonly message: string;
  /** What exists instead; null when there is nothing to add. */
  readonly hint: string | null;
}

export interface CheckedSql {
  /** As written, without closing semicolons. */
  readonly sql: string;
  /** The same as a plan, when it can be read as one. */
  readonly plan: Plan | null;
}

/** The row cap is the caller's business; here only the statement is judged. */
const ANY_ROWS = 1_000_000;
const MAX_NAMES = 60;

const mentions = (sql: string, name: string): boolean => sql.toLowerCase().includes(name.toLowerCase());

/** What there is instead of an unknown name; the guard's message already tells the nearest ones. */
function hintFor(failure: GuardFailure, sql: string, schema: DatabaseSchema): string | null {
  if (failure.code === 'unknown-table') {
    const names = schema.tables.slice(0, MAX_NAMES).map((table) => tableName(table.ref, schema));
    return names.length === 0 ? 'There are no tables.' : `The tables are: ${names.join(', ')}.`;
  }
  if (failure.code === 'unknown-column') {
    const tables = schema.tables.filter((table) => mentions(sql, table.ref.name)).slice(0, 6);
    const lists = tables.map((table) => {
      const columns = table.columns.slice(0, MAX_NAMES).map((column) => column.name);
      return `${tableName(table.ref, schema)} (${columns.join(', ')})`;
    });
    return lists.length === 0 ? null : `The columns are: ${lists.join('; ')}.`;
  }
  return null;
}

/** Parses, binds and guards a statement; `today` stands for the current date in its plan. */
export async function checkSql(
  sql: string,
  schema: DatabaseSchema,
  today: string,
): Promise<Outcome<CheckedSql, SqlProblem>> {
  const text = sql.trim().replace(/(?:\s*;)+\s*$/, '');
  const guarded = await guardReadOnly(text, { schema, maxRows: ANY_ROWS });
  if (guarded.ok) {
    const plan = planFromSql(text, schema.dialect, schema, { today });
    return ok({ sql: text, plan: plan.ok ? plan.value : null });
  }
  const { failure } = guarded;
  return fail({ code: failure.code, message: failure.message, hint: hintFor(failure, text, schema) });
}
