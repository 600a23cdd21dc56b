/** Puts a cap on the number of rows into the text of a query, leaving everything else as it was written. */
import { endsWithValues, readRowLimit } from '../analyse/index.ts';
import type { ParsedStatement } from '../parse/index.ts';

/** A replacement of `text.slice(start, end)`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface RowCap {
  readonly edits: readonly TextEdit[];
  /** Text around the edited statement; both empty when the cap needs no wrapping. */
  readonly before: string;
  readonly after: string;
}

/**
 * How to cap the query at `cap` rows: a literal LIMIT is lowered in place, a missing one appended, anything
 * else wrapped (its own limit keeps the order that it was taken in).
 */
export function capRows(parsed: ParsedStatement, cap: number): RowCap {
  const limit = readRowLimit(parsed);
  const plain: RowCap = { edits: [], before: '', after: '' };
  if (limit.form === 'number' && limit.token !== null && limit.count !== null) {
    if (limit.count <= cap) return plain;
    return { ...plain, edits: [{ start: limit.token.start, end: limit.token.end, text: String(cap) }] };
  }
  const wrapped: RowCap = { edits: [], before: 'SELECT * FROM (', after: `) AS "limited rows" LIMIT ${cap}` };
  if (limit.form === 'other') {
    return parsed.dialect === 'mysql' ? { ...wrapped, after: `) AS \`limited rows\` LIMIT ${cap}` } : wrapped;
  }
  if (parsed.dialect === 'sqlite' && endsWithValues(parsed)) return wrapped;
  return { ...plain, after: ` LIMIT ${cap}` };
}

/** Applies edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    if (edit.start < from) throw new Error('overlapping edits of one statement');
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}
