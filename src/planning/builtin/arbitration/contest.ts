import type { DatabaseSchema } from '../../../sql/index.ts';
import type { GeneratedCandidate } from '../grammar/candidate.ts';

/** The two groups that compete: composed by rules (grammar, follow-up edits), and learned. Both best first. */
export interface Contest {
  /** Normalised. */
  readonly question: string;
  /** Rows in all tables, as far as they are known. */
  readonly rows: number;
  readonly hasPrevious: boolean;
  readonly composed: readonly GeneratedCandidate[];
  readonly learned: readonly GeneratedCandidate[];
}

/** {@link Contest.rows} of a schema. */
export const rowsOf = (schema: DatabaseSchema): number =>
  schema.tables.reduce((sum, table) => sum + (table.rowCount ?? 0), 0);
