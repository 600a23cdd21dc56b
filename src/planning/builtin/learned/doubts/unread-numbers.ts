/** A number or a quoted text of the question that a reading has no place for: "the race in 2008" without 2008. */
import { type Linking, NAMED } from '../linking/linker.ts';
import type { Literal, Query } from '../query/query.ts';

/** True when digits or quoted words stand nowhere in the query, not in its literals, its limit or the names that it uses. */
export function leavesNumbersUnread(query: Query, linking: Linking): boolean {
  const { question, values } = linking;
  const numbers = question.numbers.filter((n) => n.digits && !isPartOfName(linking, n.start, n.end));
  const quoted = values.filter((v) => v.quoted && !v.carried);
  if (numbers.length === 0 && quoted.length === 0) return false;
  const literals = literalsOf(query);
  const texts = literals.map((one) => String(one).toLowerCase());
  const says = (text: string): boolean => texts.some((one) => one.includes(text.toLowerCase()));
  const saysNumber = (value: number): boolean => {
    const whole = new RegExp(`(?<![\\d.])0*${String(value).replace('.', '\\.')}(?![\\d])`);
    return texts.some((one) => whole.test(one));
  };
  return (
    numbers.some(({ value, start, end }) => {
      const mention = values.find((v) => v.start <= start && v.end >= end && v.end - v.start > end - start);
      if (mention !== undefined) return false;
      return !literals.some((one) => equals(one, value)) && !saysNumber(value);
    }) || quoted.some((v) => v.number === null && v.cells.length === 0 && !says(v.text))
  );
}

/** As it stands, as a share, and as stored in another unit. */
const equals = (literal: Literal, value: number): boolean =>
  [value, value / 100, value * 100].some((one) => Math.abs(Number(literal) - one) < 1e-9 * Math.max(1, Math.abs(one)));

function literalsOf(query: Query): Literal[] {
  const own: Literal[] = query.limit === null ? [] : [query.limit];
  for (const c of [...query.where, ...query.having]) {
    own.push(...c.values);
    if (c.sub) own.push(...literalsOf(c.sub));
  }
  return query.set ? [...own, ...literalsOf(query.set.right)] : own;
}

function isPartOfName({ columns, tables, matched, matchedTables }: Linking, start: number, end: number): boolean {
  const covers = (m: { start: number; end: number; coverage: number }): boolean =>
    m.coverage >= NAMED && m.start <= start && m.end >= end;
  return (
    matched.some((id) => columns[id]!.matches.some(covers)) ||
    matchedTables.some((id) => tables[id]!.matches.some(covers))
  );
}
