/** The proof of a statement: it parses, binds to the catalog, only reads, has a plan of the engine, and returns something. */
import type { Cell, Datasource } from '../../../execution/index.ts';
import { fail, type Outcome, ok } from '../../../kernel/index.ts';
import { type DatabaseSchema, guardReadOnly, type SqlAnalysis } from '../../../sql/index.ts';

export interface ProofContext {
  readonly datasource: Datasource;
  readonly schema: DatabaseSchema;
  readonly signal: AbortSignal;
}

/** Why a result teaches nothing; null when it does. */
export type Triviality = 'empty' | 'all-null' | 'constant';

export interface Proof {
  readonly analysis: SqlAnalysis;
  readonly rows: readonly (readonly Cell[])[];
  readonly trivial: Triviality | null;
  readonly elapsedMs: number;
}

export interface ProofFailure {
  readonly stage: 'guard' | 'explain' | 'run';
  readonly code: string;
  readonly message: string;
  /** The name at fault, names close to it, and where it stands, as far as known. */
  readonly name: string | null;
  readonly nearest: readonly string[];
  readonly position: number | null;
}

export const PROOF_ROWS = 200;
const TIMEOUT_MS = 30_000;
const MAX_BYTES = 2_000_000;

/** What a result says about its question. */
export function trivialityOf(rows: readonly (readonly Cell[])[], analysis: SqlAnalysis): Triviality | null {
  if (rows.length === 0) return 'empty';
  if (rows.every((row) => row.every((cell) => cell === null))) return 'all-null';
  if (analysis.tables.length === 0) return 'constant';
  const first = JSON.stringify(rows[0]);
  return rows.length > 1 && rows.every((row) => JSON.stringify(row) === first) ? 'constant' : null;
}

/** Proves one statement; what it returns beyond {@link PROOF_ROWS} rows is not read. */
export async function proveSql(sql: string, context: ProofContext): Promise<Outcome<Proof, ProofFailure>> {
  const { datasource, schema, signal } = context;
  const guarded = await guardReadOnly(sql, { schema, maxRows: PROOF_ROWS });
  if (!guarded.ok) return fail({ stage: 'guard', ...guarded.failure });
  const options = { signal, timeoutMs: TIMEOUT_MS, maxRows: PROOF_ROWS, maxBytes: MAX_BYTES };
  const unlocated = { name: null, nearest: [], position: null };
  const explained = await datasource.explain(guarded.value.sql, options);
  if (!explained.ok) return fail({ stage: 'explain', ...explained.failure, ...unlocated });
  const outcome = await datasource.run(guarded.value.sql, options);
  if (!outcome.ok) return fail({ stage: 'run', ...outcome.failure, ...unlocated });
  const { rows, elapsedMs } = outcome.value;
  const { analysis } = guarded.value;
  return ok({ analysis, rows, trivial: trivialityOf(rows, analysis), elapsedMs });
}
