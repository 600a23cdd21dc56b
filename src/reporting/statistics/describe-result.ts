/**
 * A result in words: totals, extremes, shares, trend, change and outliers. Every number is a cell of the result or is
 * derived exactly from its cells, and each finding names the rows it stands on.
 */
import type { Cell } from '../../execution/index.ts';
import { type ChartData, columnRoles, numberOf, type RoledColumn } from '../charts/index.ts';
import { formatNumber, formatPercent } from './format-number.ts';

export type FindingKind =
  | 'size'
  | 'single'
  | 'total'
  | 'extremes'
  | 'share'
  | 'trend'
  | 'change'
  | 'outlier'
  | 'missing';

export interface Finding {
  readonly kind: FindingKind;
  readonly text: string;
  /** Indexes of the rows that the sentence is about; empty: all of them. */
  readonly rows: readonly number[];
}

interface Point {
  readonly row: number;
  readonly label: string;
  readonly value: number;
}

const MIN_FOR_OUTLIERS = 8;
/** Distance from the quartiles, in interquartile ranges, beyond which a value stands out (Tukey's outer fence). */
const OUTER_FENCE = 3;
const MAX_OUTLIERS = 3;

/** The findings of a result, most general first. */
export function describeResult(data: ChartData, language: 'en' | 'zh'): Finding[] {
  const say = SENTENCES[language];
  const roles = columnRoles(data);
  const measures = roles.filter((column) => column.role === 'measure');
  const labels = labelColumns(data, roles);
  if (data.rows.length === 0) return [{ kind: 'size', text: say.empty, rows: [] }];
  const size: Finding = { kind: 'size', text: say.size(data.rows.length, data.columns.length), rows: [] };
  if (data.rows.length === 1 && measures.length > 0) {
    return measures.flatMap((measure) => {
      const value = numberOf(data.rows[0]?.[measure.index] ?? null);
      return value === null
        ? []
        : [{ kind: 'single' as const, text: say.single(measure.name, formatNumber(value, language)), rows: [0] }];
    });
  }
  return [size, ...measures.flatMap((measure) => describeMeasure(data, measure, labels, language))];
}

/** The columns that tell the rows apart for people: a time, a name, both or two names, or else a key. */
function labelColumns({ rows }: ChartData, roles: readonly RoledColumn[]): readonly RoledColumn[] {
  const of = (role: RoledColumn['role']): RoledColumn[] => roles.filter((column) => column.role === role);
  const names = [...of('time'), ...of('category')];
  const tellsApart = (columns: readonly RoledColumn[]): boolean =>
    columns.length > 0 && new Set(rows.map((row) => labelOf(row, columns, 0))).size === rows.length;
  const choices = [names.slice(0, 1), names.slice(0, 2), of('identifier').slice(0, 1)];
  return choices.find(tellsApart) ?? choices.find((columns) => columns.length > 0) ?? [];
}

/** The findings as a Markdown list. */
export const findingsMarkdown = (findings: readonly Finding[]): string =>
  findings.map(({ text }) => `- ${text}`).join('\n');

function describeMeasure(
  data: ChartData,
  measure: RoledColumn,
  labels: readonly RoledColumn[],
  language: 'en' | 'zh',
): Finding[] {
  const say = SENTENCES[language];
  const points = data.rows.flatMap((row, index): Point[] => {
    const value = numberOf(row[measure.index] ?? null);
    return value === null ? [] : [{ row: index, value, label: labelOf(row, labels, index) }];
  });
  const missing = data.rows.length - points.length;
  const number = (value: number): string => formatNumber(value, language);
  const findings: Finding[] = [];
  if (points.length > 1) {
    const total = points.reduce((sum, point) => sum + point.value, 0);
    const additive = isAdditive(measure.name);
    findings.push({
      kind: 'total',
      text: additive
        ? say.total(measure.name, number(total), number(total / points.length))
        : say.mean(measure.name, number(total / points.length)),
      rows: [],
    });
    const high = points.reduce((best, point) => (point.value > best.value ? point : best));
    const low = points.reduce((best, point) => (point.value < best.value ? point : best));
    if (labels.length > 0 && high.value !== low.value) {
      findings.push({
        kind: 'extremes',
        text: say.extremes(measure.name, high.label, number(high.value), low.label, number(low.value)),
        rows: [high.row, low.row],
      });
    }
    if (labels.length === 1 && labels[0]?.role === 'time') findings.push(...describeTrend(points, measure, language));
    else if (
      new Set(points.map((point) => point.label)).size === points.length &&
      labels.length > 0 &&
      additive &&
      total > 0 &&
      points.every((point) => point.value >= 0)
    ) {
      findings.push({
        kind: 'share',
        text: say.share(high.label, formatPercent(high.value / total)),
        rows: [high.row],
      });
    }
    if (labels.length > 0) findings.push(...describeOutliers(points, measure, language));
  }
  if (missing > 0) findings.push({ kind: 'missing', text: say.missing(measure.name, missing), rows: [] });
  return findings;
}

/** First against last, and the largest step between neighbours; one point per period, in the order of time. */
function describeTrend(points: readonly Point[], measure: RoledColumn, language: 'en' | 'zh'): Finding[] {
  const say = SENTENCES[language];
  const ordered = [...points].sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
  if (new Set(ordered.map((point) => point.label)).size !== ordered.length) return [];
  const first = ordered[0]!;
  const last = ordered.at(-1)!;
  const number = (value: number): string => formatNumber(value, language);
  const change = first.value === 0 ? null : (last.value - first.value) / Math.abs(first.value);
  const findings: Finding[] = [
    {
      kind: 'trend',
      text: say.trend(
        measure.name,
        first.label,
        number(first.value),
        last.label,
        number(last.value),
        change === null ? null : signed(change),
        last.value - first.value,
      ),
      rows: [first.row, last.row],
    },
  ];
  const steps = ordered
    .slice(1)
    .map((point, index) => ({ from: ordered[index]!, to: point, size: point.value - ordered[index]!.value }));
  const largest = steps.reduce((best, one) => (Math.abs(one.size) > Math.abs(best.size) ? one : best));
  if (steps.length > 1 && largest.size !== 0) {
    findings.push({
      kind: 'change',
      text: say.change(
        measure.name,
        largest.from.label,
        largest.to.label,
        number(largest.from.value),
        number(largest.to.value),
        largest.size,
      ),
      rows: [largest.from.row, largest.to.row],
    });
  }
  return findings;
}

function describeOutliers(points: readonly Point[], measure: RoledColumn, language: 'en' | 'zh'): Finding[] {
  if (points.length < MIN_FOR_OUTLIERS) return [];
  const sorted = points.map((point) => point.value).sort((a, b) => a - b);
  const low = quantile(sorted, 0.25);
  const high = quantile(sorted, 0.75);
  const range = high - low;
  if (range === 0) return [];
  const outside = points.filter(({ value }) => value > high + OUTER_FENCE * range || value < low - OUTER_FENCE * range);
  return outside.slice(0, MAX_OUTLIERS).map((point) => ({
    kind: 'outlier',
    text: SENTENCES[language].outlier(measure.name, point.label, formatNumber(point.value, language)),
    rows: [point.row],
  }));
}

/** Linear interpolation between order statistics (type 7 of Hyndman & Fan 1996). */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/** Sums of averages, rates and shares mean nothing. */
const isAdditive = (name: string): boolean =>
  !/avg|average|mean|rate|ratio|share|percent|pct|median|平均|均值|率|占比|比例|中位/i.test(name);

const signed = (change: number): string => `${change >= 0 ? '+' : '−'}${formatPercent(Math.abs(change))}`;

const labelOf = (cells: readonly Cell[], labels: readonly RoledColumn[], row: number): string =>
  labels.length === 0 ? `#${row + 1}` : labels.map(({ index }) => labelText(cells[index] ?? null)).join(', ');

function labelText(cell: Cell): string {
  if (cell === null) return '∅';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell).replace(/[ T]00:00:00(\.0+)?$/, '');
}

interface Sentences {
  readonly empty: string;
  size(rows: number, columns: number): string;
  single(name: string, value: string): string;
  total(name: string, total: string, mean: string): string;
  mean(name: string, mean: string): string;
  extremes(name: string, high: string, highValue: string, low: string, lowValue: string): string;
  share(label: string, share: string): string;
  trend(
    name: string,
    from: string,
    fromValue: string,
    to: string,
    toValue: string,
    change: string | null,
    difference: number,
  ): string;
  change(name: string, from: string, to: string, fromValue: string, toValue: string, difference: number): string;
  outlier(name: string, label: string, value: string): string;
  missing(name: string, count: number): string;
}

const SENTENCES: Readonly<Record<'en' | 'zh', Sentences>> = {
  en: {
    empty: 'The result has no rows.',
    size: (rows, columns) => `The result has ${rows} rows and ${columns} columns.`,
    single: (name, value) => `${name} is ${value}.`,
    total: (name, total, mean) => `${name} sums to ${total}, on average ${mean} a row.`,
    mean: (name, mean) => `${name} is ${mean} on average.`,
    extremes: (name, high, highValue, low, lowValue) =>
      `${name} is highest for ${high} (${highValue}) and lowest for ${low} (${lowValue}).`,
    share: (label, share) => `${label} alone makes up ${share} of the total of these rows.`,
    trend: (name, from, fromValue, to, toValue, change, difference) =>
      difference === 0
        ? `${name} is the same at the end (${to}) as at the start (${from}): ${toValue}.`
        : `${name} ${difference > 0 ? 'rose' : 'fell'} from ${fromValue} (${from}) to ${toValue} (${to})${change ? `, ${change}` : ''}.`,
    change: (name, from, to, fromValue, toValue, difference) =>
      `The largest step is from ${from} to ${to}, where ${name} ${difference > 0 ? 'rose' : 'fell'} from ${fromValue} to ${toValue}.`,
    outlier: (name, label, value) => `${label} stands out: ${name} is ${value}, far from the others.`,
    missing: (name, count) => `${name} is missing in ${count} ${count === 1 ? 'row' : 'rows'}.`,
  },
  zh: {
    empty: '查询结果为空。',
    size: (rows, columns) => `结果共 ${rows} 行、${columns} 列。`,
    single: (name, value) => `${name}为 ${value}。`,
    total: (name, total, mean) => `${name}合计 ${total}，平均每行 ${mean}。`,
    mean: (name, mean) => `${name}平均为 ${mean}。`,
    extremes: (name, high, highValue, low, lowValue) =>
      `${name}最高的是${high}（${highValue}），最低的是${low}（${lowValue}）。`,
    share: (label, share) => `仅${label}就占这些行合计的 ${share}。`,
    trend: (name, from, fromValue, to, toValue, change, difference) =>
      difference === 0
        ? `${name}期末（${to}）与期初（${from}）持平，均为 ${toValue}。`
        : `${name}从 ${fromValue}（${from}）${difference > 0 ? '上升' : '下降'}到 ${toValue}（${to}）${change ? `，变化 ${change}` : ''}。`,
    change: (name, from, to, fromValue, toValue, difference) =>
      `变化最大的是 ${from} 到 ${to}，${name}从 ${fromValue} ${difference > 0 ? '上升' : '下降'}到 ${toValue}。`,
    outlier: (name, label, value) => `${label}明显异常：${name}为 ${value}，远离其他值。`,
    missing: (name, count) => `${name}有 ${count} 行缺失。`,
  },
};
