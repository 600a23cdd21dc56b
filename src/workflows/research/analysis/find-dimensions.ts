/** By what a measure can be split: few-valued columns of its tables and of the tables that these refer to. */
import type { Language } from '../../../planning/index.ts';
import {
  type Column,
  type ColumnExpr,
  type DatabaseSchema,
  findTable,
  type SelectPlan,
  type Source,
  type Table,
} from '../../../sql/index.ts';
import type { AnalysisMeasure } from './choose-measure.ts';

export interface AnalysisDimension {
  readonly label: string;
  readonly column: ColumnExpr;
  /** Joins that the measure's plan needs first, in order. */
  readonly joins: readonly Source[];
  readonly table: Table;
  readonly known: Column;
  readonly mentioned: boolean;
}

const MAX_DEPTH = 3;
const MAX_VALUES = 60;
const PERSONAL = /email|phone|mobile|address|password|姓名|邮箱|电话|手机|地址/i;

interface Reached {
  readonly table: Table;
  readonly alias: string;
  readonly joins: readonly Source[];
}

/** Best first: named in the question, then columns with a handful of values; one per table unless named. */
export function findDimensions(
  measure: AnalysisMeasure,
  question: string,
  schema: DatabaseSchema,
  language: Language,
): AnalysisDimension[] {
  const all = reachedTables(measure.plan, schema).flatMap((reached) =>
    reached.table.columns
      .filter((column) => isDimension(column, reached.table))
      .map((column) => dimensionOf(reached, column, question, language)),
  );
  const ranked = all.sort((a, b) => score(b, language) - score(a, language));
  const tables = new Set<string>();
  return ranked.filter((dimension) => {
    const name = dimension.table.ref.name;
    if (dimension.joins.length > 0 && tables.has(name)) return false;
    tables.add(name);
    return true;
  });
}

/** The tables of a plan and those that they refer to, with the joins that reach them. */
export function reachedTables(plan: SelectPlan, schema: DatabaseSchema): Reached[] {
  const reached: Reached[] = plan.sources.flatMap((source) => {
    const table = source.kind === 'table' ? findTable(schema, source.table) : undefined;
    return table ? [{ table, alias: source.alias, joins: [] }] : [];
  });
  const aliases = new Set(plan.sources.map((source) => source.alias));
  for (let index = 0; index < reached.length; index += 1) {
    const from = reached[index] as Reached;
    if (from.joins.length >= MAX_DEPTH) continue;
    for (const key of from.table.foreignKeys) {
      const target = findTable(schema, key.referenced);
      if (!target || reached.some((one) => one.table === target)) continue;
      const alias = freeAlias(target.ref.name, aliases);
      const conditions = key.columns.map((column, position) => ({
        kind: 'comparison' as const,
        op: '=' as const,
        left: { kind: 'column' as const, source: from.alias, column },
        right: { kind: 'column' as const, source: alias, column: key.referencedColumns[position] ?? '' },
      }));
      const [only] = conditions;
      if (!only) continue;
      const on = conditions.length === 1 ? only : { kind: 'and' as const, args: conditions };
      reached.push({
        table: target,
        alias,
        joins: [...from.joins, { kind: 'table', alias, table: target.ref, join: { kind: 'left', on } }],
      });
    }
  }
  return reached;
}

function freeAlias(name: string, used: Set<string>): string {
  const base = `${name.replace(/[^A-Za-z0-9_]/g, '').slice(0, 20) || 't'}_d`;
  let alias = base;
  for (let n = 2; used.has(alias); n += 1) alias = `${base}${n}`;
  used.add(alias);
  return alias;
}

function isDimension(column: Column, table: Table): boolean {
  if (column.type !== 'text' && column.type !== 'boolean') return false;
  if (/(^|_)id$/i.test(column.name) || table.foreignKeys.some((key) => key.columns.includes(column.name))) return false;
  if (
    PERSONAL.test(`${column.name} ${column.comment?.split(/[（(，,:：]/)[0] ?? ''}`) ||
    table.primaryKey.includes(column.name)
  )
    return false;
  const { complete, list } = column.values ?? { complete: false, list: [] };
  return complete && list.length >= 2 && list.length <= MAX_VALUES;
}

function dimensionOf(
  { table, alias, joins }: Reached,
  column: Column,
  question: string,
  language: Language,
): AnalysisDimension {
  const comment = column.comment?.split(/[（(，,:：]/)[0]?.trim();
  const own = table.comment?.split(/[（(，,:：]/)[0]?.trim();
  const generic = /^(中文)?名称$/.test(comment ?? '') || /^(local_)?name$/.test(column.name);
  const zh = generic && own ? own : comment || column.name;
  const en = (generic ? table.ref.name : column.name).replaceAll('_', ' ');
  return {
    label: language === 'zh' ? zh : en,
    column: { kind: 'column', source: alias, column: column.name },
    joins,
    table,
    known: column,
    mentioned: isMentioned(table, column, question),
  };
}

function isMentioned(table: Table, column: Column, question: string): boolean {
  const text = question.toLowerCase();
  const words = [
    column.name,
    column.name.replace(/_?name$/, ''),
    column.name.replaceAll('_', ' '),
    table.ref.name.replace(/ies$/, 'y').replace(/s$/, ''),
    ...column.synonyms,
    ...(column.comment?.split(/[（(，,:：、]/).slice(0, 1) ?? []),
    ...(table.comment?.split(/[（(，,:：、）)]/) ?? []),
    ...table.synonyms,
  ];
  return words.some((word) => word.trim().length > 1 && text.includes(word.trim().toLowerCase()));
}

function score({ mentioned, known, joins }: AnalysisDimension, language: Language): number {
  const values = known.values?.list ?? [];
  const isChinese = values.some((value) => /[\u3400-\u9fff]/.test(String(value)));
  const size = values.length <= 20 ? 3 : values.length <= 40 ? 1 : 0;
  const state = /status|state$|状态/i.test(`${known.name} ${known.comment ?? ''}`) ? -3 : 0;
  return (mentioned ? 20 : 0) + state + size + (isChinese === (language === 'zh') ? 2 : 0) - joins.length;
}
