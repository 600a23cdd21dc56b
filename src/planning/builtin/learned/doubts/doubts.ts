/** Readings that are grammatical but hardly ever meant, whatever the scores are. */
import type { Linking } from '../linking/linker.ts';
import type { Condition, Query } from '../query/query.ts';
import { usedTables, visitColumns } from '../query/query.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import { askedColumns, missesAsked } from './asked-columns.ts';
import { leavesEnglishUnread } from './unread-english.ts';
import { leavesNumbersUnread } from './unread-numbers.ts';
import { leavesWordsUnread } from './unread-words.ts';
import { leavesColumnsUnused, measuresAgain, qualifiedColumns } from './unused-mentions.ts';

const FULL_DATE = /^\d{4}-\d\d?-\d\d?/;
const RANGE = new Set(['<', '<=', '>', '>=', 'between']);

/** Of each query, whether it makes no sense, says the opposite of the question, or leaves a part of it unread. */
export function doubtful(queries: readonly Query[], linking: Linking): boolean[] {
  const asked = askedColumns(linking);
  const qualified = qualifiedColumns(linking);
  const { schema, question } = linking;
  return queries.map(
    (query) =>
      isDoubtful(query, schema, question.text) ||
      leavesNumbersUnread(query, linking) ||
      missesAsked(query, asked, schema) ||
      leavesColumnsUnused(query, qualified, linking) ||
      (question.chinese && measuresAgain(query, linking)),
  );
}

/** What can be told without knowing which words mean which column. */
export function isDoubtful(query: Query, schema: SchemaIndex, question: string): boolean {
  return (
    strange(query, schema) ||
    countsOne(query, schema) ||
    opposite(query, question) ||
    countsPercent(query, question) ||
    countsInstead(query, question) ||
    ageless(query, schema, question) ||
    mixesUnits(query, schema) ||
    leavesWordsUnread(query, schema, question) ||
    leavesEnglishUnread(query, question)
  );
}

function strange(query: Query, schema: SchemaIndex): boolean {
  if (query.where.some((c) => senseless(c, schema))) return true;
  if (query.where.some((c) => c.sub !== null && strange(c.sub, schema))) return true;
  return query.set !== null && strange(query.set.right, schema);
}

/** A date beyond 3, a word greater than a word. */
function senseless(c: Condition, schema: SchemaIndex): boolean {
  const column = c.left.col < 0 ? undefined : schema.columns[c.left.col];
  const [value] = c.values;
  if (column === undefined || value === undefined) return false;
  if (
    typeof value === 'number' &&
    value < 1000 &&
    (column.kind === 'date' ||
      /(成立|创立|建立|创办|出生|上映|出版|开业|登陆|毕业).*(时间|日期|年份)$/u.test(column.name))
  )
    return true;
  // A bare year is no day.
  const holdsDays =
    column.kind === 'date' && (column.values.length === 0 || column.values.some((v) => FULL_DATE.test(String(v))));
  if (typeof value === 'number' && holdsDays) return true;
  if (typeof value === 'number' || !RANGE.has(c.op)) return false;
  return column.kind === 'text' && !/\d/.test(value);
}

/** A number of rows of one table whose names all differ, called by one of them: always one. */
function countsOne(query: Query, schema: SchemaIndex): boolean {
  const counts = query.select.length > 0 && query.select.every((t) => t.agg === 'count' && t.col < 0);
  if (!counts || query.group.length > 0 || query.set !== null || query.any) return false;
  if (usedTables(query, (c) => schema.columns[c]!.table).length > 1) return false;
  return query.where.some((c) => {
    const column = c.left.col < 0 ? undefined : schema.columns[c.left.col];
    return (
      c.op === '=' &&
      c.sub === null &&
      c.values.length === 1 &&
      column?.naming === true &&
      column.distinct > 1 &&
      column.distinct === schema.tables[column.table]?.rows
    );
  });
}

const LESS = /少于|小于|低于|不到|不足|不超过|不超|不大于|不高于|不多于|以下|至多/u;
const MORE = /大于|(?<!不)超过|高于|多于|以上|不低于|不少于|不小于|至少/u;
const NOT_MORE = /不大于|不高于|不多于|不超过/gu;
const NOT_LESS = /不低于|不少于|不小于/gu;

/** Only less is asked and only more is compared, or the other way round. */
function opposite(query: Query, question: string): boolean {
  const less = LESS.test(question.replace(NOT_LESS, ''));
  const more = MORE.test(question.replace(NOT_MORE, ''));
  if (less === more) return false;
  const ops = new Set<string>();
  const walk = (q: Query): void => {
    for (const c of [...q.where, ...q.having]) {
      ops.add(c.op);
      if (c.sub) walk(c.sub);
    }
    if (q.set) walk(q.set.right);
  };
  walk(query);
  const below = ops.has('<') || ops.has('<=') || ops.has('between');
  const above = ops.has('>') || ops.has('>=') || ops.has('between');
  return less ? !below : !above;
}

/** More than 10 % of something is no number of rows. */
function countsPercent(query: Query, question: string): boolean {
  const percents = new Set([...question.matchAll(/(\d+(?:\.\d+)?)\s*[%％]/gu)].map((m) => Number(m[1])));
  return percents.size > 0 && query.having.some((c) => c.left.agg === 'count' && percents.has(Number(c.values[0])));
}

/** "In which years" asks for the years, not how many they are. */
function countsInstead(query: Query, question: string): boolean {
  const [only] = query.select;
  if (query.select.length !== 1 || only?.agg !== 'count' || query.group.length > 0) return false;
  return /哪[几些个年种家位]/u.test(question) && !/多少|几|数|统计|总|共/u.test(question.replace(/哪几/gu, ''));
}

/** Arithmetic on cells that hold their unit: 35万 by 2亿 is no ratio of the two numbers before the units. */
function mixesUnits(query: Query, schema: SchemaIndex): boolean {
  let mixed = false;
  const walk = (q: Query): void => {
    visitColumns(q, (c) => {
      const { measure } = schema.columns[c]!;
      if (measure === undefined) return;
      const units = [measure.left, measure.right].flatMap((id) =>
        schema.columns[id]!.values.map((v) => /[万亿%％]/u.exec(String(v))?.[0] ?? ''),
      );
      const perColumn = measure.op === '+' || measure.op === '-' ? units : units.filter((u) => u !== '');
      mixed ||= new Set(perColumn).size > 1;
    });
    for (const c of [...q.where, ...q.having]) if (c.sub) walk(c.sub);
    if (q.set) walk(q.set.right);
  };
  walk(query);
  return mixed;
}

/** Ages are asked and nothing that tells an age is looked at. */
function ageless(query: Query, schema: SchemaIndex, question: string): boolean {
  if (!/年龄|\d岁/u.test(question)) return false;
  let told = false;
  const walk = (q: Query): void => {
    visitColumns(q, (c) => {
      told ||= /年龄|岁|出生(?!地)|生日|age|birth(?!_?place)|born(?!_?in)/iu.test(schema.columns[c]!.name);
    });
    for (const c of [...q.where, ...q.having]) if (c.sub) walk(c.sub);
    if (q.set) walk(q.set.right);
  };
  walk(query);
  return !told;
}
