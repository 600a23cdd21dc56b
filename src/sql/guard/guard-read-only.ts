/**
 * The guard: proves that a statement only reads what the caller may read, and caps its rows. It works on the parsed tree
 * and on the tokens independently, and fails closed: what it cannot read or does not know is refused.
 */
import { fail, type Outcome, ok } from '../../kernel/index.ts';
import { analysisOf, type BindingProblem, bindStatement, type SqlAnalysis } from '../analyse/index.ts';
import { loadParser, type ParsedStatement, type ParseFailure, parseSqlSync } from '../parse/index.ts';
import type { ReadOnlySql } from '../read-only-sql.ts';
import type { DatabaseSchema, Table } from '../schema/database-schema.ts';
import { restrictReferences } from './apply-rights.ts';
import { checkPostgresTree } from './check-postgres-tree.ts';
import { checkTree } from './check-tree.ts';
import { checkTableFunctions, checkWords } from './check-words.ts';
import type { GuardFailure } from './guard-failure.ts';
import { applyEdits, capRows, type TextEdit } from './limit-rows.ts';
import { type Restriction, type Rights, visibleSchema } from './rights.ts';
import { schemaTypes } from './schema-types.ts';

export interface GuardOptions {
  /** What the database contains; its dialect is the one that the statement is read in. */
  readonly schema: DatabaseSchema;
  /** Rows that the caller wants; one more is let through, so that a cut can be seen. */
  readonly maxRows: number;
  /** What the caller may read; everything when absent. */
  readonly rights?: Rights;
}

export interface GuardedSql {
  /** The verified text with the row cap in it. */
  readonly sql: ReadOnlySql;
  readonly analysis: SqlAnalysis;
}

/**
 * Guards one statement.
 *
 * @example
 * const guarded = await guardReadOnly('SELECT name FROM users', { schema, maxRows: 1000 });
 * if (guarded.ok) await datasource.run(guarded.value.sql, options);
 * else guarded.failure.code; // e.g. 'unknown-column'
 */
export async function guardReadOnly(sql: string, options: GuardOptions): Promise<Outcome<GuardedSql, GuardFailure>> {
  await loadParser(options.schema.dialect);
  return guardReadOnlySync(sql, options);
}

/** Like {@link guardReadOnly}; the caller has awaited `loadParser(dialect)` before. */
export function guardReadOnlySync(
  sql: string,
  { schema, maxRows, rights }: GuardOptions,
): Outcome<GuardedSql, GuardFailure> {
  if (!Number.isSafeInteger(maxRows) || maxRows < 1) throw new Error(`maxRows must be a positive integer: ${maxRows}`);
  const parsed = parseSqlSync(sql, schema.dialect);
  if (!parsed.ok) return fail(fromParseFailure(parsed.failure));
  const statement = parsed.value;
  const types = schemaTypes(schema);
  const form = checkTree(statement);
  if (form !== null && form.code !== 'function-not-allowed') return fail(form);
  const visible = rights === undefined ? { schema, restrictions: NO_RESTRICTIONS } : visibleSchema(schema, rights);
  const { restrictions } = visible;
  const binding = bindStatement(statement, visible.schema, { withoutRowId: restrictions });
  const problem = mostTelling(binding.problems);
  if (problem?.code === 'sql-not-read-only') return fail(fromProblem(problem));
  const call = checkWords(statement, types) ?? form ?? checkTableFunctions(binding, schema.dialect);
  if (call !== null) return fail(call);
  if (problem !== null) return fail(fromProblem(problem));
  if (schema.dialect === 'postgres') {
    const failure = checkPostgresTree(statement, binding.references, types);
    if (failure !== null) return fail(failure);
  }
  const restricted = rights === undefined ? UNRESTRICTED : restrictReferences(binding, visible.schema, restrictions);
  if (restricted.failure !== null) return fail(restricted.failure);
  const text = finalText(statement, maxRows, restricted.edits);
  return ok({ sql: text as ReadOnlySql, analysis: analysisOf(statement, binding) });
}

const NO_RESTRICTIONS: ReadonlyMap<Table, Restriction> = new Map();
const UNRESTRICTED = { edits: [], failure: null };

function finalText(statement: ParsedStatement, maxRows: number, edits: readonly TextEdit[]): string {
  const cap = capRows(statement, maxRows + 1);
  return cap.before + applyEdits(statement.sql, [...edits, ...cap.edits]) + cap.after;
}

/** A write or a table that may not be read says more than the unknown names that follow from it. */
function mostTelling(problems: readonly BindingProblem[]): BindingProblem | null {
  const order = ['sql-not-read-only', 'table-not-allowed', 'unknown-table', 'form-not-supported', 'unknown-column'];
  const rank = (problem: BindingProblem): number => order.indexOf(problem.code);
  return [...problems].sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

const fromProblem = (problem: BindingProblem): GuardFailure => ({
  code: problem.code,
  message: problem.message,
  name: problem.name,
  nearest: problem.nearest,
  position: problem.position,
});

const fromParseFailure = (failure: ParseFailure): GuardFailure => ({
  code: failure.code,
  message: failure.message,
  name: null,
  nearest: [],
  position: failure.position,
});
