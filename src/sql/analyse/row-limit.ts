/** Where the outermost row limit of a statement stands in its text. */
import type { ParsedStatement, Token, TreeObject } from '../parse/index.ts';
import { treeData, treeNode } from '../parse/index.ts';

export type RowLimitForm =
  /** No LIMIT and no FETCH. */
  | 'none'
  /** A whole number; `token` holds it. */
  | 'number'
  /** An expression, a percentage, ALL, or anything else. */
  | 'other';

export interface RowLimit {
  readonly form: RowLimitForm;
  readonly count: number | null;
  readonly token: Token | null;
}

/** Reads the limit of the outermost query. */
export function readRowLimit(parsed: ParsedStatement): RowLimit {
  const { variant, data } = parsed.tree;
  const has = Boolean(data.limit) || Boolean(data.fetch);
  const percent =
    (data.limit as TreeObject | null)?.percent === true || (data.fetch as TreeObject | null)?.percent === true;
  const none: RowLimit = { form: 'none', count: null, token: null };
  const other: RowLimit = { form: 'other', count: null, token: null };
  const at = lastKeywordAtTop(parsed.tokens);
  if (!has && at === -1) return none;
  if (at === -1 || percent || (variant !== 'values' && variant !== 'pivot' && !has)) return other;
  const keyword = parsed.tokens[at] as Token;
  let rest = parsed.tokens.slice(at + 1);
  if (/^fetch$/i.test(keyword.text)) {
    if (!/^(?:first|next)$/i.test(rest[0]?.text ?? '') || !/^rows?$/i.test(rest[2]?.text ?? '')) return other;
    if (!/^only$/i.test(rest[3]?.text ?? '')) return other;
    return whole(rest[1]) ?? other;
  }
  if (rest[1]?.text === ',' && parsed.dialect !== 'postgres' && parsed.dialect !== 'duckdb') rest = rest.slice(2);
  const ends = rest.length === 1 || /^offset$/i.test(rest[1]?.text ?? '');
  return ends ? (whole(rest[0]) ?? other) : other;
}

function whole(token: Token | undefined): RowLimit | null {
  if (token?.kind !== 'number' || !/^\d{1,15}$/.test(token.text)) return null;
  return { form: 'number', count: Number(token.text), token };
}

/** The last LIMIT or FETCH outside all brackets; -1 when there is none. */
function lastKeywordAtTop(tokens: readonly Token[]): number {
  let depth = 0;
  let found = -1;
  tokens.forEach((token, index) => {
    if (token.kind === 'punct') {
      if (/[([{]/.test(token.text)) depth += 1;
      else if (/[)\]}]/.test(token.text)) depth -= 1;
    } else if (
      depth === 0 &&
      token.kind === 'word' &&
      /^(?:limit|fetch)$/i.test(token.text) &&
      tokens[index - 1]?.text !== '.'
    ) {
      found = index;
    }
  });
  return found;
}

/** True when the outermost query is, or ends with, a VALUES list. */
export function endsWithValues(parsed: ParsedStatement): boolean {
  let node = parsed.tree;
  for (;;) {
    if (node.variant === 'values') return true;
    if (node.variant === 'select') {
      const from = (node.data.from as TreeObject | null)?.expressions;
      return Array.isArray(from) && treeData(from[0], 'values')?.alias !== undefined && isBareStar(node.data);
    }
    const next = treeNode(node.data.right);
    if (next === null) return false;
    node = next;
  }
}

const isBareStar = (data: TreeObject): boolean =>
  Array.isArray(data.expressions) && data.expressions.length === 1 && treeData(data.expressions[0], 'star') !== null;
