/** Questions about values: totals, averages, shares, rankings, trends, comparisons, thresholds. */
import { EMPTY_SELECT, type Expr, type SelectPlan } from '../../../sql/index.ts';
import type { ProofContext } from '../prove/prove-sql.ts';
import { inMonth } from './count-questions.ts';
import type { Draft } from './draft.ts';
import { aggregate, all, column, compare, countRows, number, text } from './plan-parts.ts';
import { type Coverage, dividingValue, rowsOf } from './probe-values.ts';
import type { Dimension, Measure, TableFacts } from './table-facts.ts';
import type { AggregateWord, Wording } from './wording.ts';

const TOP = 5;
const BEST_FIRST = [{ expr: { kind: 'ordinal', index: 1 }, descending: true, nulls: null }] as const;
const WORST_FIRST = [{ ...BEST_FIRST[0], descending: false }] as const;
const FIRST_COLUMN = [{ expr: { kind: 'ordinal', index: 0 }, descending: false, nulls: null }] as const;

interface Value {
  readonly measure: Measure;
  readonly fn: AggregateWord;
  readonly label: string;
  readonly alias: string;
  readonly expr: Expr;
}

function measured(measure: Measure, fn: AggregateWord, wording: Wording): Value {
  const prefix = { sum: 'total', avg: 'average', max: 'max', min: 'min' }[fn];
  return {
    measure,
    fn,
    label: wording.value(fn, measure.label),
    alias: measure.column.name.startsWith(`${prefix}_`) ? measure.column.name : `${prefix}_${measure.column.name}`,
    expr: aggregate(fn, measure.expr),
  };
}

const grouped = (facts: TableFacts, dimension: Dimension, value: Value): SelectPlan => ({
  ...EMPTY_SELECT,
  items: [
    { expr: dimension.expr, alias: null },
    { expr: value.expr, alias: value.alias },
  ],
  sources: [facts.source, ...dimension.joins],
  groupBy: [dimension.expr],
});

/** The measure over the whole table, as a value inside another query. */
const overall = (facts: TableFacts, value: Value): Expr => {
  const alias = `${facts.table.ref.name}_all`;
  const measure = aggregate(value.fn, column(alias, value.measure.column.name));
  return {
    kind: 'scalar-plan',
    plan: { ...EMPTY_SELECT, items: [{ expr: measure, alias: null }], sources: [{ ...facts.source, alias }] },
  };
};

const percent = (part: Expr, whole: Expr): Expr => ({
  kind: 'function',
  name: 'round',
  args: [
    {
      kind: 'arithmetic',
      op: '/',
      left: { kind: 'arithmetic', op: '*', left: part, right: number(100) },
      right: whole,
    },
    number(2),
  ],
});

/** Drafts about the values of one table. */
export async function measureQuestions(
  facts: TableFacts,
  coverage: Coverage,
  wording: Wording,
  context: ProofContext,
): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const [index, measure] of facts.measures.slice(0, 6).entries()) {
    const main = measured(measure, measure.additive ? 'sum' : 'avg', wording);
    drafts.push(
      ...wholeTable(facts, measure, main, index, wording),
      ...overTime(facts, main, coverage, wording, index),
    );
    // Every measure is asked about, each along other dimensions, so that a set stays varied.
    const count = Math.min(facts.dimensions.length, index === 0 ? 4 : 2);
    for (let offset = 0; offset < count; offset++) {
      const dimension = facts.dimensions[(index + offset) % facts.dimensions.length]!;
      drafts.push(...(await alongDimension(facts, dimension, main, coverage, wording, context, index + offset)));
    }
  }
  return [...drafts, ...pairsOfMeasures(facts, wording), ...twoDimensions(facts, wording)];
}

function wholeTable(facts: TableFacts, measure: Measure, main: Value, variant: number, wording: Wording): Draft[] {
  const of = { label: facts.label, isEvent: facts.isEvent };
  const average = measured(measure, 'avg', wording);
  const one = (value: Value): SelectPlan => ({
    ...EMPTY_SELECT,
    items: [{ expr: value.expr, alias: value.alias }],
    sources: [facts.source],
  });
  return [
    ...(measure.additive
      ? [{ question: wording.overall(of, main.label, variant), form: 'sum' as const, plan: one(main) }]
      : []),
    { question: wording.overall(of, average.label, variant), form: 'average', plan: one(average) },
    {
      question: wording.extremes(of, measure.label),
      form: 'extreme',
      plan: {
        ...EMPTY_SELECT,
        items: (['max', 'min'] as const).map((fn) => {
          const value = measured(measure, fn, wording);
          return { expr: value.expr, alias: value.alias };
        }),
        sources: [facts.source],
      },
    },
    {
      question: wording.aboveAverage(of, measure.label),
      form: 'nested',
      plan: {
        ...EMPTY_SELECT,
        items: [{ expr: countRows(), alias: 'row_count' }],
        sources: [facts.source],
        where: compare('>', measure.expr, overall(facts, average)),
      },
    },
  ];
}

function overTime(facts: TableFacts, value: Value, coverage: Coverage, wording: Wording, index: number): Draft[] {
  const { date } = facts;
  // Salaries do not happen on the day of hiring.
  if (date === null || !facts.isEvent) return [];
  const { month, monthBefore } = coverage;
  const bucket: Expr = { kind: 'date-trunc', grain: 'month', arg: date };
  const monthly: SelectPlan = {
    ...EMPTY_SELECT,
    items: [
      { expr: bucket, alias: 'month' },
      { expr: value.expr, alias: value.alias },
    ],
    sources: [facts.source],
    groupBy: [bucket],
    orderBy: FIRST_COLUMN,
  };
  const daily: SelectPlan = {
    ...EMPTY_SELECT,
    items: [
      { expr: date, alias: 'day' },
      { expr: value.expr, alias: value.alias },
    ],
    sources: [facts.source],
    groupBy: [date],
  };
  const isDay = facts.table.columns.find(({ name }) => name === date.column)?.type === 'date';
  const named = month && wording.month(month.year, month.month);
  const drafts: Draft[] = [{ question: wording.trend(value.label, facts.dateLabel), form: 'trend', plan: monthly }];
  if (month && named) {
    drafts.push({
      question: wording.inPeriod(value.label, named),
      form: 'period',
      plan: {
        ...EMPTY_SELECT,
        items: [{ expr: value.expr, alias: value.alias }],
        sources: [facts.source],
        where: inMonth(facts, month),
      },
    });
  }
  if (month && monthBefore && named) {
    const before = wording.month(monthBefore.year, monthBefore.month);
    drafts.push({
      question: wording.comparePeriods(value.label, before, named),
      form: 'comparison',
      plan: { ...monthly, where: { kind: 'or', args: [inMonth(facts, monthBefore)!, inMonth(facts, month)!] } },
    });
  }
  if (isDay) {
    if (index < 2) {
      drafts.push({
        question: wording.bestDay(value.label),
        form: 'ranking',
        plan: { ...daily, orderBy: BEST_FIRST, limit: 1 },
      });
    }
    if (value.fn === 'sum') {
      drafts.push({
        question: wording.dailyAverage(value.label),
        form: 'nested',
        plan: {
          ...EMPTY_SELECT,
          items: [{ expr: aggregate('avg', column('daily', value.alias)), alias: 'daily_average' }],
          sources: [{ kind: 'plan', alias: 'daily', plan: daily, join: null }],
        },
      });
    }
  }
  return drafts;
}

async function alongDimension(
  facts: TableFacts,
  dimension: Dimension,
  value: Value,
  coverage: Coverage,
  wording: Wording,
  context: ProofContext,
  variant: number,
): Promise<Draft[]> {
  const { label } = dimension;
  const plan = grouped(facts, dimension, value);
  const isFar = dimension.joins.length > 1;
  const drafts: Draft[] = [
    {
      question: wording.valueBy(value.label, label, variant),
      form: isFar ? 'multi-join' : 'group',
      plan: { ...plan, orderBy: BEST_FIRST },
    },
  ];
  const [first, second] = [
    dimension.values[variant % Math.max(dimension.values.length, 1)],
    dimension.values[variant + 1],
  ];
  if (first !== undefined) {
    drafts.push({
      question: wording.valueWhere(value.label, label, first),
      form: 'filter',
      plan: {
        ...EMPTY_SELECT,
        items: [{ expr: value.expr, alias: value.alias }],
        sources: plan.sources,
        where: compare('=', dimension.expr, text(first)),
      },
    });
  }
  if (first !== undefined && second !== undefined && second !== first) {
    drafts.push({
      question: wording.compareValues(value.label, label, first, second),
      form: 'comparison',
      plan: {
        ...plan,
        where: { kind: 'in', arg: dimension.expr, values: [text(first), text(second)], negated: false },
        orderBy: FIRST_COLUMN,
      },
    });
  }
  if (value.fn === 'sum') {
    drafts.push({
      question: wording.share(value.label, label),
      form: 'share',
      plan: {
        ...plan,
        items: [plan.items[0]!, { expr: percent(value.expr, overall(facts, value)), alias: 'percentage' }],
        orderBy: BEST_FIRST,
      },
    });
  }
  if (!dimension.isName) return drafts;
  const ranked = { ...plan, orderBy: BEST_FIRST, limit: TOP };
  drafts.push(
    { question: wording.top(value.label, label, TOP, variant), form: isFar ? 'multi-join' : 'ranking', plan: ranked },
    {
      question: wording.bottom(value.label, label, 3),
      form: 'ranking',
      plan: { ...plan, orderBy: WORST_FIRST, limit: 3 },
    },
    {
      question: wording.groupsAboveAverage(value.label, label),
      form: 'nested',
      plan: aboveGroups(facts, dimension, value),
    },
  );
  const { month } = coverage;
  if (month !== null && facts.isEvent) {
    drafts.push({
      question: wording.topInPeriod(value.label, label, wording.month(month.year, month.month), 3),
      form: 'period',
      plan: { ...ranked, where: inMonth(facts, month), limit: 3 },
    });
  }
  const groups = await rowsOf(plan, context);
  const threshold = groups && dividingValue(groups.map((row) => row[1] ?? null));
  if (threshold !== null) {
    drafts.push({
      question: wording.having(value.label, label, String(threshold)),
      form: 'having',
      plan: { ...plan, having: compare('>', value.expr, number(threshold)), orderBy: BEST_FIRST },
    });
  }
  return drafts;
}

/** Groups whose value lies above the average of all groups. */
function aboveGroups(facts: TableFacts, dimension: Dimension, value: Value): SelectPlan {
  const renamed = (alias: string): string => `${alias}_all`;
  const moved = (expr: Dimension['expr']): Dimension['expr'] => ({ ...expr, source: renamed(expr.source) });
  const inner: SelectPlan = {
    ...EMPTY_SELECT,
    items: [{ expr: aggregate(value.fn, moved(value.measure.expr)), alias: value.alias }],
    sources: [
      { ...facts.source, alias: renamed(facts.source.alias) },
      ...dimension.joins.map((source) => {
        const on = source.join?.on;
        const pair =
          on?.kind === 'comparison' && on.left.kind === 'column' && on.right.kind === 'column'
            ? compare('=', moved(on.left), moved(on.right))
            : null;
        return { ...source, alias: renamed(source.alias), join: { kind: 'inner' as const, on: pair } };
      }),
    ],
    groupBy: [moved(dimension.expr)],
  };
  const average: SelectPlan = {
    ...EMPTY_SELECT,
    items: [{ expr: aggregate('avg', column('groups', value.alias)), alias: null }],
    sources: [{ kind: 'plan', alias: 'groups', plan: inner, join: null }],
  };
  return {
    ...grouped(facts, dimension, value),
    having: compare('>', value.expr, { kind: 'scalar-plan', plan: average }),
    orderBy: BEST_FIRST,
  };
}

/** One measure by another: only for sums, where the quotient means something for every group. */
function pairsOfMeasures(facts: TableFacts, wording: Wording): Draft[] {
  const sums = facts.measures.filter((measure) => measure.additive);
  const [above] = sums;
  // Of several numbers the one that is about the same: a total by a total, what was paid in one way by its own orders.
  const words = new Set(above?.column.name.toLowerCase().split('_'));
  const shared = ({ column: { name } }: Measure): number =>
    name
      .toLowerCase()
      .split('_')
      .filter((word) => words.has(word)).length;
  const [below] = sums
    .filter(({ label, column: { name } }) =>
      [label, name].some((text) => /数$|数量|count|orders?$|quantity|qty/i.test(text)),
    )
    .sort((one, other) => shared(other) - shared(one));
  const dimension = facts.dimensions.find((candidate) => candidate.isName) ?? facts.dimensions[0];
  if (!above || !below || above === below || !dimension) return [];
  const [one, other] = [measured(above, 'sum', wording), measured(below, 'sum', wording)];
  const quotient: Expr = { kind: 'arithmetic', op: '/', left: one.expr, right: other.expr };
  const plan = grouped(facts, dimension, one);
  return [
    {
      question: wording.ratio(one.label, other.label, dimension.label),
      form: 'ratio',
      plan: {
        ...plan,
        items: [
          plan.items[0]!,
          { expr: { kind: 'function', name: 'round', args: [quotient, number(2)] }, alias: 'ratio' },
        ],
        orderBy: BEST_FIRST,
      },
    },
  ];
}

function twoDimensions(facts: TableFacts, wording: Wording): Draft[] {
  const [measure] = facts.measures;
  const [one, other] = facts.dimensions;
  if (!measure || !one || !other) return [];
  const value = measured(measure, measure.additive ? 'sum' : 'avg', wording);
  const known = new Set<string>();
  const joins = [...one.joins, ...other.joins].filter(({ alias }) => !known.has(alias) && known.add(alias));
  return [
    {
      question: wording.byTwo(value.label, one.label, other.label),
      form: joins.length > 1 ? 'multi-join' : 'group',
      plan: {
        ...EMPTY_SELECT,
        items: [
          { expr: one.expr, alias: null },
          { expr: other.expr, alias: null },
          { expr: value.expr, alias: value.alias },
        ],
        sources: [facts.source, ...joins],
        where: all(),
        groupBy: [one.expr, other.expr],
        orderBy: [...FIRST_COLUMN, { expr: { kind: 'ordinal', index: 1 }, descending: false, nulls: null }],
      },
    },
  ];
}
