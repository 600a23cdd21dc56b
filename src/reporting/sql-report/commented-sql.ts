/** A query with what the catalog says about its tables and columns, as comments. */
import type { Table } from '../../sql/index.ts';

export interface CommentedColumn {
  readonly table: string;
  readonly column: string;
  readonly comment: string;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 120);

/** Comments end lines whose quotes are closed, so that a text over several lines stays as it is. */
export function commentedSql(sql: string, tables: readonly Table[], columns: readonly CommentedColumn[]): string {
  const head = tables
    .filter((table) => table.comment)
    .map((table) => `-- ${table.ref.name}: ${oneLine(table.comment ?? '')}`);
  const seen = new Set<string>();
  let open = false;
  const lines = sql.split('\n').map((line) => {
    const startsOpen = open;
    if ((line.match(/'/g)?.length ?? 0) % 2 === 1) open = !open;
    if (startsOpen || open || line.includes('--')) return line;
    const notes = columns.filter(({ table, column }) => {
      const key = `${table}.${column}`;
      if (seen.has(key) || !mentions(line, column)) return false;
      seen.add(key);
      return true;
    });
    return notes.length === 0
      ? line
      : `${line} -- ${notes.map(({ column, comment }) => `${column}: ${oneLine(comment)}`).join('; ')}`;
  });
  return [...head, ...lines].join('\n');
}

function mentions(line: string, name: string): boolean {
  const at = line.toLowerCase().indexOf(name.toLowerCase());
  if (at < 0) return false;
  const isWord = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}_]/u.test(character);
  return !isWord(line[at - 1]) && !isWord(line[at + name.length]);
}
