/** What two texts of Chinese characters have in common. */

export const unlike = (p: string, q: string): string => [...p].filter((c) => !q.includes(c)).join('');
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const NUMERALS = '零一二三四五六七八九';
export const digits = (text: string): string =>
  text.replace(/十([一二])?|[一二三四五六七八九]/gu, (c, unit?: string) =>
    c.startsWith('十') ? `1${unit === undefined ? 0 : NUMERALS.indexOf(unit)}` : String(NUMERALS.indexOf(c)),
  );

export function commonEnd(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[a.length - 1 - n] === b[b.length - 1 - n]) n++;
  return n;
}

/** How many characters at the end of a text are the beginning of a name. */
export function beginsWithEnd(text: string, name: string): number {
  for (let k = Math.min(text.length, name.length); k >= 2; k--) if (text.endsWith(name.slice(0, k))) return k;
  return 0;
}

export function commonStart(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}

/** The longest piece that both texts hold. */
export function longestShared(a: string, b: string): string {
  for (let k = Math.min(a.length, b.length); k > 0; k--)
    for (let i = 0; i + k <= a.length; i++) if (b.includes(a.slice(i, i + k))) return a.slice(i, i + k);
  return '';
}

/** Length of the longest piece of `name` that the window holds. */
export const longestCommon = (window: string, name: string): number => longestShared(name, window).length;
