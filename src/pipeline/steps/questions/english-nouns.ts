/** Number and articles of English nouns, as far as names of tables and columns need them. */

/** Amounts of money look like several things and are not counted. */
const MONEY = /\b(?:sales|earnings|proceeds|takings|savings|expenses|fees|taxes|wages|costs|revenues|goods)$/i;
const SINGULAR_S = /(?:ss|us|is|as|news|series)$/i;

/** `units in stock`: the noun that has a number, and what follows it. */
const HEAD = /^(\S+(?: \S+)*?)( (?:of|in|on|per|for|with|from) .+)$/i;

/** True for `parking spaces` and `units in stock`, false for `status` and `sales`. */
export function isPlural(noun: string): boolean {
  const head = HEAD.exec(noun)?.[1] ?? noun;
  return !/\bnumber of\b/i.test(noun) && /[a-z]s$/i.test(head) && !SINGULAR_S.test(head) && !MONEY.test(head);
}

/** `branch` → `branches`, `status` → `statuses`; what is plural already stays. */
export function plural(noun: string): string {
  const parts = HEAD.exec(noun);
  if (parts) return `${plural(parts[1]!)}${parts[2]}`;
  if (/(?:data|info|series|news)$/i.test(noun) || isPlural(noun) || MONEY.test(noun)) return noun;
  if (/[^aeiou]y$/i.test(noun)) return `${noun.slice(0, -1)}ies`;
  if (/(?:analys|bas|cris)is$/i.test(noun)) return noun.replace(/is$/i, 'es');
  return /(?:s|ch|sh|x|z)$/i.test(noun) ? `${noun}es` : `${noun}s`;
}

/** `an order`; nothing before what is plural or money. */
export const withArticle = (noun: string): string =>
  isPlural(noun) || MONEY.test(noun) ? noun : `${/^(?!uni|use|eu|one)[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
