/** "Show the first 5 rows of orders": rows of the table that is named; 查询前5行数据: of the database's main table, when none is. */
import { EMPTY_SELECT, type TableRef } from '../../../sql/index.ts';
import { identifierStems } from '../text/identifier.ts';
import type { GeneratedCandidate } from './candidate.ts';
import { type IndexedTable, keyOfStems, phraseKeyOf, type SchemaIndex } from './schema-index.ts';

const ENGLISH =
  /^(?:please\s+)?(?:(?:show|give|list|get|display|fetch)\s+)?(?:me\s+)?(?:the\s+)?(?:first|top)\s+(\d{1,4})\s+(?:rows?|records?|lines?)(?:\s+(?:of|from|in)\s+(?:the\s+)?(?:data|database|table|(\w[\w ]*?)(?:\s+table)?))?\s*[.?!]?$/i;
const CHINESE =
  /^(?:请)?(?:帮我)?(?:查询|查看|查|显示|展示|给我|看看|看|列出|取)?(?:一下)?(?:数据(?:库|表)?(?:的|中的?|里的?)?)?前\s*(\d{1,4})\s*(?:行|条)(?:的)?(?:数据|记录)?[。？?]?$/;

/** Such a question has no other reading; only which table is meant stays open. */
const CONFIDENCE = 0.92;

export function firstRows(text: string, index: SchemaIndex): GeneratedCandidate | null {
  const match = ENGLISH.exec(text.trim()) ?? CHINESE.exec(text.trim());
  const limit = Number(match?.[1] ?? 0);
  if (limit < 1) return null;
  const main = match?.[2] === undefined ? mainTable(index) : namedTable(match[2], index);
  if (main === null) return null;
  const { ref } = main.table;
  return {
    plan: {
      ...EMPTY_SELECT,
      items: [{ expr: { kind: 'star', source: null }, alias: null }],
      sources: [{ kind: 'table', table: ref, alias: ref.name, join: null }],
      limit,
    },
    confidence: CONFIDENCE,
    mappings: [{ phrase: match?.[0] ?? text, meaning: ref.name }],
    generator: 'grammar',
    features: { firstRows: 1 },
  };
}

/** Null when nothing, or more than one table, is called so. */
function namedTable(name: string, { tables }: SchemaIndex): IndexedTable | null {
  const key = phraseKeyOf(name);
  const named = tables.filter(({ table: { ref, synonyms } }) =>
    [keyOfStems(identifierStems(ref.name)), ...synonyms.map(phraseKeyOf)].includes(key),
  );
  return named.length === 1 ? named[0]! : null;
}

/** Where the facts are: dated rows that point to other things and are pointed to; of several the one that knows most. */
function mainTable({ tables }: SchemaIndex): IndexedTable | null {
  const byName = new Map(tables.map((one) => [nameOf(one.table.ref), one]));
  const targetsOf = new Map(
    tables.map((one) => [
      one,
      one.table.foreignKeys.flatMap((key) => {
        const target = byName.get(nameOf(key.referenced));
        return target === undefined || target === one ? [] : [target];
      }),
    ]),
  );
  const referred = new Set([...targetsOf.values()].flat());
  const reached = (one: IndexedTable): number => {
    const seen = new Set<IndexedTable>([one]);
    for (const from of seen) for (const target of targetsOf.get(from) ?? []) seen.add(target);
    return seen.size - 1;
  };
  const dated = (one: IndexedTable): number =>
    one.columns.some(({ column }) => column.type === 'date' || column.type === 'timestamp') ? 1 : 0;
  // A dated thing that points elsewhere is an event; one that points nowhere is a person or a product.
  const score = (one: IndexedTable): readonly number[] => [
    one.table.kind === 'table' ? 1 : 0,
    dated(one),
    Math.min(1, reached(one)),
    referred.has(one) ? 1 : 0,
    reached(one),
    one.table.rowCount ?? 0,
  ];
  const scored = tables.map((one) => ({ one, score: score(one) }));
  return scored.sort((a, b) => compare(b.score, a.score))[0]?.one ?? null;
}

const nameOf = (ref: TableRef): string => JSON.stringify([ref.schema, ref.name]);

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, position) => value !== b[position]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
