import type { DialectName } from '../../../src/sql/index.ts';

/** One statement of a corpus. */
export interface CorpusStatement {
  readonly dialect: DialectName;
  readonly sql: string;
  /** What the statement shows: the attack that it tries, or the feature that it needs. */
  readonly why: string;
}

/** Makes the entries of one dialect from pairs of reason and SQL. */
export const statements = (
  dialect: DialectName,
  list: readonly (readonly [why: string, sql: string])[],
): CorpusStatement[] => list.map(([why, sql]) => ({ dialect, why, sql }));

/** The same statement in several dialects. */
export const inDialects = (
  dialects: readonly DialectName[],
  list: readonly (readonly [why: string, sql: string])[],
): CorpusStatement[] => dialects.flatMap((dialect) => statements(dialect, list));
