/** Chinese words that compare with a number, and what they mean. Longer words win over those inside them. */
import type { Op } from '../query/query.ts';

const WORDS: Readonly<Partial<Record<Op, string>>> = {
  '>=': '大于等于 大于或等于 高于等于 高于或等于 不小于 不低于 不少于 不下于 至少 最少为 起码 及以上 或以上 及以后 及之后 及其之后 或之后 不早于 达到 以上含',
  '<=': '小于等于 小于或等于 低于等于 低于或等于 不大于 不高于 不多于 不超过 不超 不多过 至多 最多为 及以下 或以下 以内 及以前 及之前 及其之前 或之前 不晚于 截至',
  '>': '大于 高于 多于 超过 超出 多过 高过 大过 胜过 不止 以上 之后 以后 晚于 迟于 贵于 长于 优于 领先 超',
  '<': '小于 低于 少于 不到 不足 不够 未满 未达 少过 低过 以下 之前 以前 早于 先于 便宜于 短于 落后',
  '!=': '不等于 不是 不为 不在 不属于 并非 以外 之外 除去 除了 非',
  '=': '等于 正好 恰好 刚好 恰为 正好是',
};

const ENTRIES: readonly (readonly [word: string, op: Op])[] = Object.entries(WORDS)
  .flatMap(([op, words]) => words.split(' ').map((word) => [word, op as Op] as const))
  .sort((a, b) => b[0].length - a[0].length);

export interface Comparator {
  readonly op: Op;
  readonly start: number;
  readonly end: number;
}

/** The comparing words of a text by their places, without those inside longer ones. */
export function findComparators(text: string): Comparator[] {
  const taken = new Uint8Array(text.length);
  const found: Comparator[] = [];
  for (const [word, op] of ENTRIES)
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const end = at + word.length;
      if (taken.subarray(at, end).some((t) => t === 1)) continue;
      taken.fill(1, at, end);
      found.push({ op, start: at, end });
    }
  return found.sort((a, b) => a.start - b.start);
}
