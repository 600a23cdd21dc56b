import type { Language } from '../../planner.ts';

const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /[A-Za-z]+/g;

/** True when the text holds at least one Chinese character. */
export function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/**
 * The language to answer in. A mixed question is Chinese when it has at least as many Chinese characters as
 * Latin words ("查询 customers 的 revenue"), English otherwise ("orders shipped to 北京").
 */
export function detectLanguage(text: string): Language {
  const han = text.match(HAN)?.length ?? 0;
  if (han === 0) return 'en';
  const words = text.match(LATIN_WORD)?.length ?? 0;
  return han >= words ? 'zh' : 'en';
}
