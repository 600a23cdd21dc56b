/** The queries of an analysis as plans: total, trend, breakdowns, year on year, contribution to the change, outliers. */
import type { Language } from '../../../planning/index.ts';
import {
  EMPTY_SELECT,
  type Expr,
  mapExpr,
  type Predicate,
  renameAliases,
  type SelectPlan,
} from '../../../sql/index.ts';
import type { AnalysisMeasure } from './choose-measure.ts';
import type { AnalysisDimension } from './find-dimensions.ts';
import type { AnalysisPeriods, DayRange } from './periods.ts';

export const QUERY_KINDS = [
  'answer',
  'total',
  'trend',
  'breakdown',
  'year-on-year',
  'contribution',
  'outliers',
] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];

export interface AnalysisQuery {
  readonly kind: QueryKind;
  readonly title: string;
  /** Null for a query that a planner wrote as SQL. */
  readonly plan: SelectPlan | null;
  readonly sql: string | null;
}

export interface QueryParts {
  readonly measure: AnalysisMeasure;
  readonly dimensions: readonly AnalysisDimension[];
  readonly periods: AnalysisPeriods;
  readonly language: Language;
  readonly breakdowns: number;
  /** The time column holds the time of day, too. */
  readonly timestamps: boolean;
}

const TOP = 10;
const OUTLIER_DEVIATIONS = 3;

export function analysisQueries(parts: QueryParts): AnalysisQuery[] {
  const { measure, dimensions, language } = parts;
  const zh = language === 'zh';
  const query = (kind: QueryKind, title: string, plan: SelectPlan): AnalysisQuery => ({ kind, title, plan, sql: null });
  const chosen = dimensions.slice(0, parts.breakdowns);
  const main = chosen[0];
  return [
    query('total', zh ? `${measure.label}总体情况` : `Total of ${measure.label}`, totalPlan(parts)),
    ...(measure.time
      ? [query('trend', zh ? `${measure.label}变化趋势` : `Trend of ${measure.label}`, trendPlan(parts))]
      : []),
    ...chosen.map((dimension) =>
      query(
        'breakdown',
        zh ? `按${dimension.label}拆分${measure.label}` : `${measure.label} by ${dimension.label}`,
        breakdownPlan(parts, dimension),
      ),
    ),
    ...(measure.time
      ? [query('year-on-year', zh ? `${measure.label}同比` : `${measure.label} year on year`, yearOnYearPlan(parts))]
      : []),
    ...(measure.time && main && measure.additive
      ? [
          query(
            'contribution',
            zh
              ? `各${main.label}对${measure.label}变化的贡献`
              : `Contribution of each ${main.label} to the change of ${measure.label}`,
            contributionPlan(parts, main),
          ),
        ]
      : []),
    ...(measure.time
      ? [query('outliers', zh ? `${measure.label}异常日期` : `Unusual days of ${measure.label}`, outlierPlan(parts))]
      : []),
  ];
}

const column = (source: string, name: string): Expr => ({ kind: 'column', source, column: name });
const number = (value: number): Expr => ({
  kind: 'literal',
  value,
  type: Number.isInteger(value) ? 'integer' : 'decimal',
});
const rounded = (expr: Expr, digits: number): Expr => ({
  kind: 'function',
  name: 'round',
  args: [expr, number(digits)],
});
const minus = (left: Expr, right: Expr): Expr => ({ kind: 'arithmetic', op: '-', left, right });
const percent = (part: Expr, whole: Expr): Expr =>
  rounded(
    {
      kind: 'arithmetic',
      op: '/',
      left: { kind: 'arithmetic', op: '*', left: part, right: number(100) },
      right: whole,
    },
    2,
  );
const all = (args: readonly Predicate[]): Predicate | null =>
  args.length === 0 ? null : args.length === 1 ? (args[0] ?? null) : { kind: 'and', args };
const sumOver = (arg: Expr): Expr => ({
  kind: 'window',
  fn: { kind: 'aggregate', fn: 'sum', arg, distinct: false, filter: null },
  partitionBy: [],
  orderBy: [],
  frame: null,
});

/** A select over the rows of another one. */
const around = (
  plan: SelectPlan,
  items: SelectPlan['items'],
  rest: Partial<SelectPlan> = {},
  alias = 'q',
): SelectPlan => ({
  ...EMPTY_SELECT,
  items,
  sources: [{ kind: 'plan', alias, plan, join: null }],
  ...rest,
});

const q = (name: string): Expr => column('q', name);
const r = (name: string): Expr => column('r', name);

function within({ measure, timestamps }: QueryParts, range: DayRange): Predicate[] {
  if (!measure.time) return [];
  const time = column(measure.time.source, measure.time.column);
  const day = (value: string): Expr => ({ kind: 'literal', value, type: 'date' });
  const last: Predicate = timestamps
    ? { kind: 'comparison', op: '<', left: time, right: day(dayAfter(range.end)) }
    : { kind: 'comparison', op: '<=', left: time, right: day(range.end) };
  return [{ kind: 'comparison', op: '>=', left: time, right: day(range.start) }, last];
}

const dayAfter = (iso: string): string =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The value's expression; averages and ratios are rounded, so that every shown number is a cell. */
const shownValue = (measure: AnalysisMeasure, expr: Expr): Expr => (measure.additive ? expr : rounded(expr, 2));

/** The measure with filters, a period and joins. */
function base(parts: QueryParts, range: DayRange | null, dimension: AnalysisDimension | null): SelectPlan {
  const { plan } = parts.measure;
  return {
    ...plan,
    sources: dimension
      ? [...plan.sources, ...dimension.joins.filter((join) => !plan.sources.some((one) => one.alias === join.alias))]
      : plan.sources,
    where: all([...(plan.where ? [plan.where] : []), ...(range ? within(parts, range) : [])]),
  };
}

const measured = ({ measure }: QueryParts): Expr => shownValue(measure, measure.plan.items[0]?.expr as Expr);

function totalPlan(parts: QueryParts): SelectPlan {
  const { measure, language, periods } = parts;
  const time = measure.time && column(measure.time.source, measure.time.column);
  const edge = (fn: 'min' | 'max'): Expr => ({
    kind: 'cast',
    arg: { kind: 'aggregate', fn, arg: time as Expr, distinct: false, filter: null },
    to: 'date',
  });
  return {
    ...base(parts, periods.asked, null),
    items: [
      { expr: measured(parts), alias: measure.label },
      ...(time
        ? [
            { expr: edge('min'), alias: language === 'zh' ? '最早日期' : 'first day' },
            { expr: edge('max'), alias: language === 'zh' ? '最晚日期' : 'last day' },
          ]
        : []),
    ],
  };
}

/** The measure by day, week or month. */
function byTime(parts: QueryParts, grain: AnalysisPeriods['grain'], range: DayRange | null): SelectPlan {
  const time = parts.measure.time as NonNullable<AnalysisMeasure['time']>;
  const bucket: Expr = { kind: 'date-trunc', grain, arg: column(time.source, time.column) };
  return {
    ...base(parts, range, null),
    items: [
      { expr: bucket, alias: 'bucket' },
      { expr: measured(parts), alias: 'value' },
    ],
    groupBy: [bucket],
  };
}

function trendPlan(parts: QueryParts): SelectPlan {
  const { language, measure, periods } = parts;
  const grain = periods.asked === null ? 'month' : periods.grain;
  const before: Expr = {
    kind: 'window',
    fn: { kind: 'lag', arg: q('value'), offset: 1 },
    partitionBy: [],
    orderBy: [{ expr: q('bucket'), descending: false, nulls: null }],
    frame: null,
  };
  const names = { day: ['day', '日期'], week: ['week', '周'], month: ['month', '月份'] } as const;
  return around(
    byTime(parts, grain, periods.asked),
    [
      { expr: q('bucket'), alias: names[grain][language === 'zh' ? 1 : 0] },
      { expr: q('value'), alias: measure.label },
      { expr: percent(minus(q('value'), before), before), alias: language === 'zh' ? '环比变化%' : 'change %' },
    ],
    { orderBy: [{ expr: q('bucket'), descending: false, nulls: null }] },
  );
}

function breakdownPlan(parts: QueryParts, dimension: AnalysisDimension): SelectPlan {
  const { language, measure, periods } = parts;
  const inner: SelectPlan = {
    ...base(parts, periods.asked, dimension),
    items: [
      { expr: dimension.column, alias: 'label' },
      { expr: measured(parts), alias: 'value' },
    ],
    groupBy: [dimension.column],
  };
  return around(
    inner,
    [
      { expr: q('label'), alias: dimension.label },
      { expr: q('value'), alias: measure.label },
      ...(measure.additive
        ? [{ expr: percent(q('value'), sumOver(q('value'))), alias: language === 'zh' ? '占比%' : 'share %' }]
        : []),
    ],
    {
      orderBy: [
        { expr: q('value'), descending: true, nulls: 'last' },
        { expr: q('label'), descending: false, nulls: null },
      ],
      limit: TOP,
    },
  );
}

/** Every aggregate of the measure counts only the rows of a range. */
function inRange(parts: QueryParts, range: DayRange): Expr {
  const filter = all(within(parts, range)) as Predicate;
  return mapExpr(measured(parts), {
    expr: (expr) =>
      expr.kind === 'aggregate'
        ? { ...expr, filter: expr.filter ? { kind: 'and', args: [expr.filter, filter] } : filter }
        : expr,
  });
}

/** Both periods side by side, by a dimension or as one row. */
function compared(parts: QueryParts, dimension: AnalysisDimension | null): SelectPlan {
  const { current, yearBefore } = parts.periods;
  const span = { start: yearBefore.start, end: current.end };
  return {
    ...base(parts, span, dimension),
    items: [
      ...(dimension ? [{ expr: dimension.column, alias: 'label' }] : []),
      { expr: inRange(parts, current), alias: 'now_value' },
      { expr: inRange(parts, yearBefore), alias: 'before_value' },
    ],
    groupBy: dimension ? [dimension.column] : [],
  };
}

const or0 = (expr: Expr): Expr => ({ kind: 'function', name: 'coalesce', args: [expr, number(0)] });

function yearOnYearPlan(parts: QueryParts): SelectPlan {
  const zh = parts.language === 'zh';
  return around(compared(parts, null), [
    { expr: q('now_value'), alias: zh ? '本期' : 'current' },
    { expr: q('before_value'), alias: zh ? '去年同期' : 'a year before' },
    { expr: minus(or0(q('now_value')), or0(q('before_value'))), alias: zh ? '变化' : 'change' },
    {
      expr: percent(minus(or0(q('now_value')), or0(q('before_value'))), q('before_value')),
      alias: zh ? '同比%' : 'change %',
    },
  ]);
}

function contributionPlan(parts: QueryParts, dimension: AnalysisDimension): SelectPlan {
  const zh = parts.language === 'zh';
  const change = minus(or0(q('now_value')), or0(q('before_value')));
  return around(
    compared(parts, dimension),
    [
      { expr: q('label'), alias: dimension.label },
      { expr: q('now_value'), alias: zh ? '本期' : 'current' },
      { expr: q('before_value'), alias: zh ? '去年同期' : 'a year before' },
      { expr: change, alias: zh ? '变化' : 'change' },
      { expr: percent(change, sumOver(change)), alias: zh ? '贡献%' : 'contribution %' },
    ],
    {
      orderBy: [{ expr: { kind: 'function', name: 'abs', args: [change] }, descending: true, nulls: 'last' }],
      limit: TOP,
    },
  );
}

/** Days further from the average than a number of standard deviations. */
function outlierPlan(parts: QueryParts): SelectPlan {
  const zh = parts.language === 'zh';
  const daily = byTime(parts, 'day', parts.periods.current);
  // Beside the days rather than as a window: SQLite has neither a deviation nor a window over one.
  const aggregate = (fn: 'avg' | 'stddev'): Expr => ({
    kind: 'aggregate',
    fn,
    arg: column('d', 'value'),
    distinct: false,
    filter: null,
  });
  const spread = around(
    renameAliases(daily, (alias) => `${alias}_s`) as SelectPlan,
    [
      { expr: aggregate('avg'), alias: 'mean_value' },
      { expr: aggregate('stddev'), alias: 'deviation' },
    ],
    {},
    'd',
  );
  const scored: SelectPlan = {
    ...EMPTY_SELECT,
    items: [
      { expr: q('bucket'), alias: 'bucket' },
      { expr: q('value'), alias: 'value' },
      { expr: rounded(column('s', 'mean_value'), 2), alias: 'mean_value' },
      {
        expr: rounded(
          {
            kind: 'arithmetic',
            op: '/',
            left: minus(q('value'), column('s', 'mean_value')),
            right: column('s', 'deviation'),
          },
          2,
        ),
        alias: 'deviations',
      },
    ],
    sources: [
      { kind: 'plan', alias: 'q', plan: daily, join: null },
      { kind: 'plan', alias: 's', plan: spread, join: { kind: 'cross', on: null } },
    ],
  };
  const distance: Expr = { kind: 'function', name: 'abs', args: [r('deviations')] };
  return around(
    scored,
    [
      { expr: r('bucket'), alias: zh ? '日期' : 'day' },
      { expr: r('value'), alias: parts.measure.label },
      { expr: r('mean_value'), alias: zh ? '日均' : 'daily average' },
      { expr: r('deviations'), alias: zh ? '偏离标准差数' : 'standard deviations away' },
    ],
    {
      where: { kind: 'comparison', op: '>=', left: distance, right: number(OUTLIER_DEVIATIONS) },
      orderBy: [{ expr: distance, descending: true, nulls: null }],
      limit: TOP,
    },
    'r',
  );
}
