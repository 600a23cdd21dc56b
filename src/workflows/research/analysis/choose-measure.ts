/** What an analysis measures: a metric that the question names, else the best number of the best table. */
import type { Language, Measure } from '../../../planning/index.ts';
import type { Column, DatabaseSchema, Expr, SelectPlan, Table } from '../../../sql/index.ts';
import { searchTables } from '../../tools/search-tables.ts';

export interface AnalysisMeasure {
  /** For people, in the question's language. */
  readonly label: string;
  /** One item: the value. Groups, periods and filters are added to it. */
  readonly plan: SelectPlan;
  readonly time: { readonly source: string; readonly column: string } | null;
  /** Parts of it add up to the whole. */
  readonly additive: boolean;
}

const AMOUNT = /amount|revenue|sales|total|price|fee|cost|profit|quantity|qty|count|num|金额|额|收入|费|价|量|数/i;
const NOT_MEASURED = /(^|_)(id|no|code|key|year|month|day|zip|phone|lat|lng|longitude|latitude)$|编号|编码|号$/i;

/** Null for a database without tables. */
export function chooseMeasure(
  question: string,
  schema: DatabaseSchema,
  measures: readonly Measure[],
  language: Language,
): AnalysisMeasure | null {
  const usable = measures.filter(
    (one) => one.plan.kind === 'select' && one.plan.items.length === 1 && one.plan.groupBy.length === 0,
  );
  const named = usable
    .map((measure) => ({ measure, length: longestName(measure, question) }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length)[0]?.measure;
  const best = searchTables(schema, question, 1)[0]?.table ?? null;
  const chosen =
    named ??
    (numericColumnNamed(question, best)
      ? undefined
      : usable.find((one) => best !== null && factOf(one) === best.ref.name && one.timeColumn !== null)) ??
    (best === null || usable.some((one) => factOf(one) === best.ref.name)
      ? usable.find((one) => one.timeColumn !== null)
      : undefined);
  if (chosen) return fromMeasure(chosen, language);
  const table = best ?? [...schema.tables].sort((a, b) => (b.rowCount ?? 0) - (a.rowCount ?? 0))[0];
  return table ? fromTable(table, question, language) : null;
}

const factOf = ({ plan }: Measure): string | null => {
  const source = plan.kind === 'select' ? plan.sources[0] : undefined;
  return source?.kind === 'table' ? source.table.name : null;
};

function longestName({ name, synonyms }: Measure, question: string): number {
  const text = ` ${question.toLowerCase().replace(/[_-]/g, ' ')} `;
  return Math.max(
    0,
    ...[name, ...synonyms].map((one) => {
      const word = one.toLowerCase().replace(/[_-]/g, ' ');
      const found = /[\u3400-\u9fff]/.test(word)
        ? text.includes(word)
        : new RegExp(`[^a-z0-9]${escaped(word)}[^a-z0-9]`).test(text);
      return found ? word.length : 0;
    }),
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function fromMeasure(measure: Measure, language: Language): AnalysisMeasure {
  const plan = measure.plan as SelectPlan;
  const expr = plan.items[0]?.expr;
  const summed = expr?.kind === 'function' && expr.name === 'coalesce' ? expr.args[0] : expr;
  const additive = summed?.kind === 'aggregate' && (summed.fn === 'sum' || summed.fn === 'count') && !summed.distinct;
  const names = [...measure.synonyms, measure.name];
  const isChinese = (name: string): boolean => /[\u3400-\u9fff]/.test(name);
  const label = names.find((name) => isChinese(name) === (language === 'zh')) ?? measure.name;
  return {
    label: label.replaceAll('_', ' '),
    plan: { ...plan, items: [{ expr: expr as Expr, alias: 'value' }], orderBy: [] },
    time: measure.timeColumn,
    additive,
  };
}

const isMeasured = (table: Table, column: Column): boolean =>
  (column.type === 'integer' || column.type === 'decimal' || column.type === 'float') &&
  !table.primaryKey.includes(column.name) &&
  !table.foreignKeys.some((key) => key.columns.includes(column.name)) &&
  !NOT_MEASURED.test(column.name);

function numericColumnNamed(question: string, table: Table | null): Column | null {
  if (!table) return null;
  const text = question.toLowerCase();
  return (
    table.columns
      .filter((column) => isMeasured(table, column))
      .find((column) =>
        [
          column.name.replaceAll('_', ' '),
          column.name,
          ...(column.comment ? [column.comment.split(/[（(，,:：]/)[0] ?? ''] : []),
          ...column.synonyms,
        ].some((name) => name.length > 1 && text.includes(name.toLowerCase())),
      ) ?? null
  );
}

function fromTable(table: Table, question: string, language: Language): AnalysisMeasure {
  const column =
    numericColumnNamed(question, table) ??
    table.columns
      .filter((one) => isMeasured(table, one))
      .find((one) => AMOUNT.test(`${one.name} ${one.comment ?? ''}`)) ??
    null;
  const time =
    table.columns.find((one) => one.type === 'date') ?? table.columns.find((one) => one.type === 'timestamp');
  const label = column
    ? language === 'zh' && column.comment
      ? (column.comment.split(/[（(，,:：]/)[0] ?? column.name)
      : column.name.replaceAll('_', ' ')
    : language === 'zh'
      ? '记录数'
      : 'rows';
  return {
    label,
    time: time ? { source: 't', column: time.name } : null,
    additive: true,
    plan: {
      kind: 'select',
      distinct: false,
      items: [
        {
          expr: {
            kind: 'aggregate',
            fn: column ? 'sum' : 'count',
            arg: column ? { kind: 'column', source: 't', column: column.name } : { kind: 'star', source: null },
            distinct: false,
            filter: null,
          },
          alias: 'value',
        },
      ],
      sources: [{ kind: 'table', alias: 't', table: table.ref, join: null }],
      where: null,
      groupBy: [],
      having: null,
      orderBy: [],
      limit: null,
      offset: null,
    },
  };
}
