/** Literals as a comparison needs them: numbers without their unit, patterns with their wildcards. */
import type { Linking } from '../linking/linker.ts';
import type { Literal } from '../query/query.ts';

const MEASURED = /^(\d+(?:\.\d+)?)(?:\s*(万|亿)?[^\d\s年月日时:\-/.]{0,4}|年)$/u;

/** Beyond and below are asked of the number in a cell like 30度 or 40万. */
export function measured(value: Literal): Literal {
  const m = typeof value === 'string' ? MEASURED.exec(value) : null;
  return m ? Number(m[1]) * (m[2] === '万' ? 1e4 : m[2] === '亿' ? 1e8 : 1) : value;
}

/** Whether the text may stand anywhere, at the start or at the end, by the words of the question. */
export function likePattern({ question, values }: Linking, cell: string): string {
  const words = question.text.toLowerCase();
  // What is quoted is the pattern, not the cell that it was found in.
  const quoted = values.find((v) => v.quoted && cell.toLowerCase().includes(v.text.toLowerCase()));
  const text = quoted?.text ?? cell;
  if (/\b(start|begin|prefix)|开头|起始|打头/u.test(words)) return `${text}%`;
  if (/\b(end|ends|ending|suffix)\b|结尾|末尾/u.test(words)) return `%${text}`;
  return `%${text}%`;
}
