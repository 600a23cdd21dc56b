/** 姓名 and "full name" mean the first and the last name where a table keeps them apart. */
import type { SchemaIndex } from '../schema/schema-index.ts';
import type { Query, Term } from './query.ts';

const WHOLE = /姓名|全名|\bfull names?\b/iu;
const FIRST = /^(.*?)(first_?\s?name|fname|given_?\s?name|forename|名字|名)(.*)$/iu;
const LAST = /^(.*?)(last_?\s?name|lname|surname|family_?\s?name|姓氏|姓)(.*)$/iu;

type Pair = readonly [first: number, last: number];

const pairsOf = new WeakMap<SchemaIndex, ReadonlyMap<number, Pair>>();

/** The halves of names: either column → both. */
function namePairs(schema: SchemaIndex): ReadonlyMap<number, Pair> {
  const known = pairsOf.get(schema);
  if (known !== undefined) return known;
  const around = (pattern: RegExp): Map<string, number> =>
    new Map(
      schema.columns.flatMap((c): [string, number][] => {
        const m = c.measure === undefined && c.kind === 'text' ? pattern.exec(c.name) : null;
        return m ? [[`${c.table}|${m[1]}|${m[3]}`.toLowerCase(), c.id]] : [];
      }),
    );
  const last = around(LAST);
  const pairs = new Map<number, Pair>();
  for (const [key, first] of around(FIRST)) {
    const other = last.get(key);
    if (other === undefined || other === first) continue;
    pairs.set(first, [first, other]);
    pairs.set(other, [first, other]);
  }
  pairsOf.set(schema, pairs);
  return pairs;
}

/** The query with both halves shown where the question asks for whole names and one half is shown. */
export function withWholeNames(query: Query, schema: SchemaIndex, question: string): Query {
  if (!WHOLE.test(question)) return query;
  const pairs = namePairs(schema);
  if (pairs.size === 0) return query;
  const plain = (t: Term): boolean => t.agg === '' && !t.arith && !t.within;
  const shown = new Set(query.select.filter(plain).map((t) => t.col));
  const select = query.select.flatMap((t) => {
    const pair = plain(t) ? pairs.get(t.col) : undefined;
    if (pair === undefined || (shown.has(pair[0]) && shown.has(pair[1]))) return [t];
    return pair.map((col) => ({ ...t, col }));
  });
  return select.length === query.select.length ? query : { ...query, select };
}
