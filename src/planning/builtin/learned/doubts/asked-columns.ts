/** What a Chinese question names as wanted (哪些省, 每个方向, 作者是谁) and a reading has to show, group or sort by. */
import type { Link, Linking } from '../linking/linker.ts';
import { NAMED } from '../linking/linker.ts';
import type { Query } from '../query/query.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';

const MEASURE_WORDS = '个种类家位座部场款所项只名间条届国本';
const WHICH = new RegExp(`哪(?:[些几]|\\d+|[一二两三四五六七八九十]+)?[${MEASURE_WORDS}]?`, 'gu');
const EACH = new RegExp(`(?:每一?[${MEASURE_WORDS}]?|各[${MEASURE_WORDS}]?)`, 'gu');
/** Behind what is wanted. */
const ASKED = /(?:都|分别|各)?(?:是|有|在)(?:什么|啥|谁|哪|多少|几)/gu;
/** The thing that a request ends with: 给出…的汽车公司，以及. */
const GIVEN = /(?:给出|找出|找到|列出|查找|显示)[^，,。？?]*?(?=[，,。？?]|以及|并|同时|及|和|$)/gu;

export type Edge = 'start' | 'end';

/** For each wanted thing the columns that it may be; a table is wanted by its name, but not by a question that goes on from an answer. */
export function askedColumns(linking: Linking): readonly (readonly number[])[] {
  const { question, previous } = linking;
  if (!question.chinese) return [];
  const { text } = question;
  const first = previous === null;
  const behind = (pattern: RegExp, tables: boolean): (readonly number[])[] =>
    [...text.matchAll(pattern)].map((m) => named(linking, 'start', m.index + m[0].length, tables));
  return [
    ...behind(WHICH, first),
    ...behind(EACH, false),
    ...[...text.matchAll(ASKED)].map((m) => named(linking, 'end', m.index, false)),
    ...(first ? [...text.matchAll(GIVEN)].map((m) => named(linking, 'end', m.index + m[0].length, true)) : []),
  ].filter((columns) => columns.length > 0);
}

/** The columns of the longest name that begins or ends at a place of the text; none when that is a table's and those are not wanted. */
function named(
  { question, schema, columns, tables, matched, matchedTables }: Linking,
  edge: Edge,
  place: number,
  wantsTables: boolean,
): readonly number[] {
  const { units } = question;
  const at = edge === 'start' ? units.findIndex((u) => u.start === place) : units.findIndex((u) => u.end === place) + 1;
  if (edge === 'start' ? at < 0 : at === 0) return [];
  const length = (link: Link): number =>
    Math.max(0, ...link.matches.filter((m) => m[edge] === at && m.coverage >= NAMED).map((m) => m.end - m.start));
  const best = (ids: readonly number[], links: readonly Link[]): number =>
    Math.max(0, ...ids.map((id) => length(links[id]!)));
  const ofColumn = best(matched, columns);
  const ofTable = best(matchedTables, tables);
  if (ofColumn > ofTable) return matched.filter((id) => length(columns[id]!) === ofColumn);
  if (ofTable === 0 || !wantsTables) return [];
  return matchedTables
    .filter((t) => length(tables[t]!) === ofTable)
    .flatMap((t) => schema.tables[t]!.columns.filter((c) => schema.columns[c]!.naming || schema.columns[c]!.unique))
    .flatMap((c) => [c, ...schema.linked[c]!]);
}

/** Some wanted thing is neither shown nor grouped nor sorted by. */
export function missesAsked(query: Query, asked: readonly (readonly number[])[], schema: SchemaIndex): boolean {
  if (asked.length === 0) return false;
  const shown = new Set<number>();
  const show = (col: number): void => {
    shown.add(col);
    const measure = schema.columns[col]?.measure;
    if (measure) shown.add(measure.left).add(measure.right);
  };
  const walk = (q: Query): void => {
    for (const t of [...q.select, ...q.order]) {
      show(t.col);
      if (t.within) show(t.within.right);
      if (t.arith) show(t.arith.right.col);
    }
    for (const c of q.group) shown.add(c);
    if (q.set) walk(q.set.right);
  };
  walk(query);
  return asked.some((columns) => !columns.some((c) => shown.has(c)));
}
