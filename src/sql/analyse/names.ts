/** Comparing names as written with names as stored, by each dialect's folding rules; finding the nearest ones. */
import { distance } from 'fastest-levenshtein';
import type { DialectName } from '../dialects/dialect-name.ts';
import type { DatabaseSchema, Table } from '../schema/database-schema.ts';

/** A name as written in the statement. */
export interface WrittenName {
  readonly name: string;
  readonly quoted: boolean;
}

/** True when the dialect takes `written` for the stored name `actual`. */
export function namesMatch(dialect: DialectName, written: WrittenName, actual: string): boolean {
  if (written.name === actual) return true;
  if (dialect === 'postgres') return !written.quoted && written.name.toLowerCase() === actual;
  return written.name.toLowerCase() === actual.toLowerCase();
}

/** Tables by lower-case name; schemas are immutable, so the index is made once for each. */
const indexes = new WeakMap<DatabaseSchema, ReadonlyMap<string, readonly Table[]>>();

function tablesNamed(schema: DatabaseSchema, name: string): readonly Table[] {
  let index = indexes.get(schema);
  if (index === undefined) {
    index = Map.groupBy(schema.tables, (table) => table.ref.name.toLowerCase());
    indexes.set(schema, index);
  }
  return index.get(name.toLowerCase()) ?? [];
}

/** The table that a reference means, or null. An unqualified name means the default schema only. */
export function findTable(schema: DatabaseSchema, qualifier: WrittenName | null, name: WrittenName): Table | null {
  const { dialect, defaultSchema } = schema;
  const inDefault = (table: Table): boolean => table.ref.schema === null || table.ref.schema === defaultSchema;
  const standard = defaultSchema ?? (dialect === 'sqlite' || dialect === 'duckdb' ? 'main' : null);
  const matches = tablesNamed(schema, name.name).filter((table) => {
    if (!namesMatch(dialect, name, table.ref.name)) return false;
    if (qualifier === null) return inDefault(table);
    if (table.ref.schema !== null) return namesMatch(dialect, qualifier, table.ref.schema);
    return standard !== null && namesMatch(dialect, qualifier, standard);
  });
  return matches.find((table) => table.ref.name === name.name) ?? matches[0] ?? null;
}

/** Up to three names close to the one written, closest first. */
export function nearestNames(written: string, known: Iterable<string>): readonly string[] {
  const wanted = written.toLowerCase();
  const scored: { name: string; score: number }[] = [];
  for (const name of new Set(known)) {
    const candidate = name.toLowerCase();
    const contained = candidate.includes(wanted) || wanted.includes(candidate);
    const score = distance(wanted, candidate) / Math.max(wanted.length, candidate.length);
    if (score <= 0.5 || (contained && Math.min(candidate.length, wanted.length) > 2)) scored.push({ name, score });
  }
  return scored
    .sort((a, b) => a.score - b.score)
    .slice(0, 3)
    .map((entry) => entry.name);
}
