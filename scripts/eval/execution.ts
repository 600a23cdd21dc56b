/** Runs statements on SQLite files and compares their rows as the data's README defines it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type Rows = readonly (readonly unknown[])[];

export class Runner {
  private readonly db: DatabaseSync;
  private readonly cache: Map<string, string | null>;
  private readonly cacheFile: string | null;
  private fresh = 0;
  static readonly MAX_ROWS = 20_000;

  /** With a cache folder, signatures are kept there between runs. */
  constructor(file: string, cacheFolder: string | null = null) {
    this.db = new DatabaseSync(file, { readOnly: true, enableDoubleQuotedStringLiterals: true });
    this.cacheFile = cacheFolder === null ? null : join(cacheFolder, `${hash(file)}-${basename(file)}.json`);
    const known =
      this.cacheFile !== null && existsSync(this.cacheFile)
        ? (JSON.parse(readFileSync(this.cacheFile, 'utf8')) as [string, string | null][])
        : [];
    this.cache = new Map(known);
  }

  /** Writes the cached signatures back. */
  save(): void {
    if (this.cacheFile === null || this.fresh === 0) return;
    mkdirSync(join(this.cacheFile, '..'), { recursive: true });
    writeFileSync(this.cacheFile, JSON.stringify([...this.cache]));
    this.fresh = 0;
  }

  /** Null when the statement fails. */
  rows(sql: string): Rows | null {
    try {
      const statement = this.db.prepare(sql);
      statement.setReadBigInts(false);
      statement.setReturnArrays(true);
      const rows: unknown[][] = [];
      for (const row of statement.iterate()) {
        rows.push(row as unknown as unknown[]);
        if (rows.length > Runner.MAX_ROWS) break;
      }
      return rows;
    } catch {
      return null;
    }
  }

  /** A short text that is equal for equal results, null on failure; rows in order when `ordered`. Cached. */
  signature(sql: string, ordered: boolean): string | null {
    const key = `${ordered ? 'o' : 'u'}${hash(sql)}`;
    let found = this.cache.get(key);
    if (found === undefined) {
      const rows = this.rows(sql);
      found = rows === null ? null : signatureOf(rows, ordered);
      this.fresh++;
      this.cache.set(key, found);
    }
    return found;
  }

  /** True when the statement fails or gives no rows. */
  isEmpty(sql: string): boolean {
    const signature = this.signature(sql, false);
    return signature === null || signature === 'empty';
  }

  close(): void {
    this.db.close();
  }
}

/** Numbers to 6 significant digits; numeric strings stay strings. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '∅';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)));
  return `s${String(value)}`;
}

/**
 * Columns in any order: each column's cells are hashed as a multiset to order the columns, then rows are compared.
 * Ties between columns of equal content do not matter.
 */
export function signatureOf(rows: Rows, ordered: boolean): string {
  if (rows.length === 0) return 'empty';
  const width = rows[0]!.length;
  const text = rows.map((r) => r.map(cell));
  const columns = Array.from({ length: width }, (_, c) => {
    const cells = text.map((r) => r[c]!);
    return { c, key: ordered ? hash(cells.join('\u0001')) : hash([...cells].sort().join('\u0001')) };
  }).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const lines = text.map((r) => columns.map(({ c }) => r[c]).join('\u0001'));
  if (!ordered) lines.sort();
  return `${rows.length}x${width}:${hash(lines.join('\u0002'))}`;
}

function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b) + 0x7f4a7c15;
    b ^= b >>> 13;
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

/** True when a statement orders its rows at the top level. */
export function ordersRows(sql: string): boolean {
  let depth = 0;
  const bare = sql.replace(/'(?:[^']|'')*'|"[^"]*"/g, "''").toLowerCase();
  for (const m of bare.matchAll(/[()]|\border\s+by\b/g)) {
    if (m[0] === '(') depth++;
    else if (m[0] === ')') depth--;
    else if (depth === 0) return true;
  }
  return false;
}
