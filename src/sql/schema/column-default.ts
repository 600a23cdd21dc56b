/** What a row gets in a column where nothing is said about it. */
import type { DialectName } from '../dialects/dialect-name.ts';

export interface ColumnDefault {
  /** The engine's own words. They are told, and never run. */
  readonly sql: string;
  readonly meaning: DefaultMeaning;
}

export type DefaultMeaning =
  | { readonly kind: 'text'; readonly value: string }
  /** As it was written: `1.50`, `-3`. */
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** The time of the insertion. */
  | { readonly kind: 'now'; readonly part: 'timestamp' | 'date' | 'time' }
  /** The engine numbers the rows of this column itself. */
  | { readonly kind: 'numbered' }
  /** Whatever else: functions, sequences of their own, computed columns. */
  | { readonly kind: 'expression' };

const NOW: Readonly<Record<string, 'timestamp' | 'date' | 'time'>> = {
  now: 'timestamp',
  current_timestamp: 'timestamp',
  localtimestamp: 'timestamp',
  get_current_timestamp: 'timestamp',
  current_date: 'date',
  curdate: 'date',
  current_time: 'time',
  curtime: 'time',
  localtime: 'time',
};
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Reads a default as the engine's catalog spells it; null where there is none. */
export function readDefault(sql: string | null, dialect: DialectName): ColumnDefault | null {
  if (sql === null || sql.trim() === '') return null;
  const plain = withoutCasts(sql.trim());
  if (/^null$/i.test(plain)) return null;
  return { sql, meaning: meaningOf(plain, dialect) };
}

function meaningOf(plain: string, dialect: DialectName): DefaultMeaning {
  if (NUMBER.test(plain)) return { kind: 'number', value: plain };
  if (/^(?:true|false)$/i.test(plain)) return { kind: 'boolean', value: plain.toLowerCase() === 'true' };
  const text = textOf(plain, dialect);
  if (text !== null) return { kind: 'text', value: text };
  const part = NOW[plain.toLowerCase().replace(/\(\d*\)$/, '')];
  return part === undefined ? { kind: 'expression' } : { kind: 'now', part };
}

/** `('x'::text)` and `CAST('x' AS "DATE")` are `'x'`. */
function withoutCasts(sql: string): string {
  const inner =
    /^\(([^()]*)\)$/s.exec(sql)?.[1] ??
    /^\(([^()]*)\)::[\w ."[\]]+$/s.exec(sql)?.[1] ??
    /^CAST\(('(?:[^']|'')*') AS [\w "]+\)$/is.exec(sql)?.[1] ??
    /^((?:E?'(?:[^']|'')*')|null|[-+\d.]+)::[\w ."]+(?:\([\d, ]+\))?[\w .]*(?:\[\])*$/is.exec(sql)?.[1];
  return inner === undefined ? sql : withoutCasts(inner.trim());
}

function textOf(sql: string, dialect: DialectName): string | null {
  const quoted = /^'((?:[^']|'')*)'$/s.exec(sql)?.[1];
  if (quoted !== undefined) {
    const text = quoted.replaceAll("''", "'");
    return dialect === 'mysql'
      ? text.replace(/\\([\s\S])/g, (_, escaped: string) => ESCAPES[escaped] ?? escaped)
      : text;
  }
  // SQLite takes a name in double quotes that names nothing as text.
  const named = dialect === 'sqlite' ? /^"((?:[^"]|"")*)"$/s.exec(sql)?.[1] : undefined;
  return named?.replaceAll('""', '"') ?? null;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', Z: '\u001a', '0': '\0' };
