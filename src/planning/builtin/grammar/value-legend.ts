/** What a comment says of a column's values: "customer type: Corporate 企业, Consumer 个人", 性别（0=女，1=男）. */
import type { Column, Scalar } from '../../../sql/index.ts';
import { hasHan } from '../text/language.ts';

export interface LegendEntry {
  readonly value: Scalar;
  /** What people call it; null where the comment only names the value. */
  readonly label: string | null;
  /** The part of the comment that says it. */
  readonly part: string;
}

const SEPARATOR = /^\s*[=:：\-–—→]+\s*|^\s+|^(?=\p{Script=Han})/u;
const MAX_LABEL = 24;

/** The values that a comment explains, as far as they are values of the column. */
export function valueLegend(column: Pick<Column, 'comment' | 'values' | 'type'>): readonly LegendEntry[] {
  const head = /^[^:：(（]*[:：(（]/.exec(column.comment ?? '');
  if (head === null) return [];
  const parts = column
    .comment!.slice(head[0].length)
    .split(/[,，;；、|)）\n]|\/(?!\/)|\s{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.flatMap((part) => entryOf(part, column) ?? []);
}

function entryOf(part: string, { values, type }: Pick<Column, 'values' | 'type'>): LegendEntry | null {
  const texts = (values?.list ?? []).filter((value): value is string => typeof value === 'string' && value !== '');
  if (texts.some((value) => value.toLowerCase() === part.toLowerCase())) return { value: part, label: null, part };
  const lower = part.toLowerCase();
  const known = [...texts].sort((a, b) => b.length - a.length).find((value) => lower.startsWith(value.toLowerCase()));
  const code = /^-?\d+/.exec(part)?.[0];
  const value: Scalar | undefined = known ?? (code !== undefined && type === 'integer' ? Number(code) : undefined);
  if (value !== undefined) {
    const rest = part.slice(known === undefined ? code!.length : known.length);
    const separator = SEPARATOR.exec(rest);
    const label = separator === null ? '' : rest.slice(separator[0].length).trim();
    return label === '' || label.length > MAX_LABEL ? null : { value, label, part };
  }
  // Values that were not read: a code of letters with a name in Chinese.
  const unread =
    values === null && type === 'text'
      ? /^([A-Za-z][\w ]{0,20}?)\s*[=:： -]\s*(\p{Script=Han}{1,12})$/u.exec(part)
      : null;
  if (unread !== null) return { value: unread[1]!.trim(), label: unread[2]!, part };
  // 企业 Corporate: the name first.
  const named = texts.find((one) => lower.endsWith(one.toLowerCase()) && hasHan(part.slice(0, -one.length)));
  const label =
    named === undefined
      ? ''
      : part
          .slice(0, -named.length)
          .replace(/[\s=:：\-–—→]+$/, '')
          .trim();
  return named === undefined || label === '' || label.length > MAX_LABEL ? null : { value: named, label, part };
}
