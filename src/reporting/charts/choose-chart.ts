/** Chooses a chart from the result's columns and the question's words; a type that the question asks for wins. */
import type { ChartConfig, ChartField, ChartType } from './chart-config.ts';
import { type ChartData, columnRoles, numberOf, type RoledColumn } from './column-roles.ts';

const MAX_PIE_SLICES = 8;
const MAX_CATEGORIES = 60;
const MAX_SERIES = 12;

const ASKED: readonly (readonly [ChartType, RegExp])[] = [
  ['pie', /\bpie\b|\bdonut\b|饼图|饼状图|环形图/i],
  ['line', /\bline (chart|graph|plot)\b|\bas a line\b|折线图|曲线图|趋势图/i],
  ['bar', /\bhorizontal bars?\b|\bbar (chart|graph|plot)\b|\bas bars?\b|条形图|横向柱/i],
  ['column', /\bcolumn (chart|graph|plot)\b|\bas columns?\b|\bhistogram\b|柱状图|柱形图|直方图/i],
  ['table', /\bas a table\b|\btable only\b|表格(形式|展示)?/i],
];
/** A result column that says a share by its name. */
const SHARE_NAME = /^(percentage|percent|share|proportion)$|占比|份额|百分比/i;
const SHARE = /\bshare\b|\bproportion|\bpercent|\bbreakdown\b|占比|比例|份额|构成|百分比/i;
const RANKING =
  /\btop\b|\bbottom\b|\brank|\bmost\b|\bleast\b|\bhighest\b|\blowest\b|\bbest\b|\bworst\b|\blargest\b|\bsmallest\b|前\s*[\d一二三四五六七八九十]+|排名|排行|最[高低多少大小好差]/i;

export interface ChartRequest extends ChartData {
  readonly question: string;
  /** Title of the chart; the question when absent. */
  readonly title?: string;
}

/** The chart type that the question asks for by name, or null. */
export const askedChartType = (question: string): ChartType | null =>
  ASKED.find(([, words]) => words.test(question))?.[0] ?? null;

/** Never fails: what cannot be drawn is a table. */
export function chooseChart(request: ChartRequest): ChartConfig {
  const title = (request.title ?? request.question).trim();
  const roles = columnRoles(request);
  const table: ChartConfig = { type: 'table', title, columns: roles.map(field) };
  const asked = askedChartType(request.question);
  if (asked === 'table' || request.rows.length === 0) return table;
  const measures = roles.filter((column) => column.role === 'measure');
  const axes = roles.filter(
    (column) => column.role === 'time' || column.role === 'category' || column.role === 'identifier',
  );
  const time = axes.find((column) => column.role === 'time');
  const categories = axes.filter((column) => column !== time && column.role !== 'identifier');
  const split = splitBy(time, categories);
  const x = time ?? categories.find((column) => column !== split) ?? axes[0];
  if (!x || measures.length === 0 || (request.rows.length < 2 && asked === null)) return table;
  const type =
    asked ?? (isList(request, roles, time, categories) ? 'table' : naturalType(request, time, categories, measures));
  if (type === 'table') return table;
  return draw(type, title, { x, split, measures }, request);
}

function naturalType(
  request: ChartRequest,
  time: RoledColumn | undefined,
  categories: readonly RoledColumn[],
  measures: readonly RoledColumn[],
): ChartType {
  if (time) return time.distinct > 1 ? 'line' : 'column';
  const category = categories[0];
  if (!category || category.distinct > MAX_CATEGORIES) return 'table';
  if (categories.length === 1 && isShare(request, measures)) return 'pie';
  if (RANKING.test(request.question) && categories.length === 1) return 'bar';
  return 'column';
}

/** Records rather than figures of groups: several keys, many categories, or several rows for one point of a line. */
function isList(
  { rows }: ChartData,
  roles: readonly RoledColumn[],
  time: RoledColumn | undefined,
  categories: readonly RoledColumn[],
): boolean {
  if (categories.length > 2 || roles.filter((column) => column.role === 'identifier').length > 1) return true;
  const axes = time ? [time, ...categories] : categories;
  if (axes.length < 2 && !time) return false;
  if (axes.length === 2 && !splitBy(time, categories)) return true;
  const points = rows.map((row) => JSON.stringify(axes.map(({ index }) => row[index] ?? null)));
  return new Set(points).size < points.length;
}

/** The question speaks of shares, or one before it did and the rows are shares of a whole. */
function isShare(request: ChartRequest, measures: readonly RoledColumn[]): boolean {
  const [measure] = measures;
  if (!measure || measures.length > 2 || !isPie(request, measure, MAX_PIE_SLICES)) return false;
  const share = measures.find(({ name }) => SHARE_NAME.test(name));
  if (!share) return SHARE.test(request.question);
  const total = request.rows.reduce((sum, row) => sum + (numberOf(row[share.index] ?? null) ?? 0), 0);
  return Math.abs(total - 100) < 1 || Math.abs(total - 1) < 0.01;
}

/** Slices must be few, not negative, and not all nothing. */
function isPie(request: ChartData, measure: RoledColumn, maxSlices: number): boolean {
  const values = request.rows.map((row) => numberOf(row[measure.index] ?? null) ?? 0);
  return request.rows.length <= maxSlices && values.every((value) => value >= 0) && values.some((value) => value > 0);
}

/** The column that splits the figures of the other axis: the second one, or the first where the second has too many values. */
function splitBy(time: RoledColumn | undefined, categories: readonly RoledColumn[]): RoledColumn | undefined {
  const choices = time ? categories.slice(0, 1) : categories.length > 1 ? [categories[1], categories[0]] : [];
  return choices.find((column) => column !== undefined && column.distinct <= MAX_SERIES);
}

interface Parts {
  readonly x: RoledColumn;
  readonly split: RoledColumn | undefined;
  readonly measures: readonly RoledColumn[];
}

function draw(
  type: Exclude<ChartType, 'table'>,
  title: string,
  { x, split, measures }: Parts,
  request: ChartData,
): ChartConfig {
  const [first] = measures;
  if (!first) throw new Error('a drawn chart has a measure');
  if (type === 'pie') {
    // One that was asked for may have more slices than one of our own choice.
    return isPie(request, first, MAX_CATEGORIES)
      ? { type, title, axis: { y: field(first), series: field(x) } }
      : { type: 'column', title, axis: { x: field(x), y: [field(first)] } };
  }
  // Several measures have no room beside a split; where they would lie upon each other, the first one is drawn.
  if (split && (measures.length === 1 || x.distinct < request.rows.length)) {
    return { type, title, axis: { x: field(x), y: [field(first)], series: field(split) } };
  }
  const y = measures.map(field);
  return y.length === 1
    ? { type, title, axis: { x: field(x), y } }
    : { type, title, axis: { x: field(x), y, 'multi-quota': { name: 'quota', value: y.map((one) => one.value) } } };
}

const field = (column: RoledColumn): ChartField => ({ name: column.name, value: column.name.toLowerCase() });
