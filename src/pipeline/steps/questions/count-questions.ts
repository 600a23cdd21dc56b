/** Questions about how many there are: counts, groups, absences, links, lists. */
import { EMPTY_SELECT, type Predicate, type SelectPlan } from '../../../sql/index.ts';
import type { ProofContext } from '../prove/prove-sql.ts';
import type { Draft } from './draft.ts';
import { aggregate, all, column, compare, countRows, day, number, text } from './plan-parts.ts';
import { type Coverage, dividingValue, monthRange, rowsOf } from './probe-values.ts';
import type { Dimension, TableFacts } from './table-facts.ts';
import type { Wording } from './wording.ts';

const TOP = 5;

export const inMonth = (facts: TableFacts, coverage: NonNullable<Coverage['month']>): Predicate | null => {
  if (facts.date === null) return null;
  const { from, to } = monthRange(coverage);
  return all(compare('>=', facts.date, day(from)), compare('<', facts.date, day(to)));
};

/** Rows counted for each value of a dimension. */
export const countedBy = (facts: TableFacts, dimension: Dimension): SelectPlan => ({
  ...EMPTY_SELECT,
  items: [
    { expr: dimension.expr, alias: null },
    { expr: countRows(), alias: 'row_count' },
  ],
  sources: [facts.source, ...dimension.joins],
  groupBy: [dimension.expr],
});

const byCount = [{ expr: { kind: 'ordinal', index: 1 }, descending: true, nulls: null }] as const;

/** Drafts of counting questions about one table. */
export async function countQuestions(
  facts: TableFacts,
  coverage: Coverage,
  wording: Wording,
  context: ProofContext,
): Promise<Draft[]> {
  if (facts.isLink) return linkQuestions(facts, wording);
  const of = { label: facts.label, isEvent: facts.isEvent };
  const variant = facts.table.ref.name.length;
  const from = { ...EMPTY_SELECT, sources: [facts.source] };
  const drafts: Draft[] = [
    {
      question: wording.howMany(of, variant),
      form: 'count',
      plan: { ...from, items: [{ expr: countRows(), alias: 'row_count' }] },
    },
  ];
  for (const [index, dimension] of facts.dimensions.slice(0, 5).entries()) {
    const { label, values } = dimension;
    const joined = dimension.joins.length;
    const counted = countedBy(facts, dimension);
    drafts.push({
      question: wording.countBy(of, label, variant + index),
      form: joined > 1 ? 'multi-join' : 'group',
      plan: { ...counted, orderBy: byCount },
    });
    const value = values[index % Math.max(values.length, 1)];
    if (value !== undefined && label !== facts.label) {
      drafts.push({
        question: wording.howManyWhere(of, label, value, dimension.isName),
        form: 'filter',
        plan: {
          ...EMPTY_SELECT,
          items: [{ expr: countRows(), alias: 'row_count' }],
          sources: counted.sources,
          where: compare('=', dimension.expr, text(value)),
        },
      });
    }
    if (dimension.isName && !facts.isEvent) {
      drafts.push({
        question: wording.mostCounted(of, label, TOP),
        form: 'ranking',
        plan: { ...counted, orderBy: byCount, limit: TOP },
      });
      const groups = await rowsOf(counted, context);
      const threshold = groups && dividingValue(groups.map((row) => row[1] ?? null));
      if (threshold && threshold > 1) {
        drafts.push({
          question: wording.havingCount(of, label, threshold),
          form: 'having',
          plan: { ...counted, having: compare('>=', countRows(), number(threshold)), orderBy: byCount },
        });
      }
    }
    if (dimension.isName) {
      drafts.push({
        question: wording.distinct(label, of),
        form: 'distinct',
        plan: {
          ...EMPTY_SELECT,
          items: [{ expr: { ...aggregate('count', dimension.expr), distinct: true }, alias: 'distinct_count' }],
          sources: counted.sources,
        },
      });
    } else {
      drafts.push({
        question: wording.distinctBy(of, label),
        form: 'distinct',
        plan: {
          ...EMPTY_SELECT,
          distinct: true,
          items: [{ expr: dimension.expr, alias: null }],
          sources: counted.sources,
          orderBy: [{ expr: dimension.expr, descending: false, nulls: null }],
        },
      });
    }
  }
  return [
    ...drafts,
    ...listQuestions(facts, wording),
    ...dateQuestions(facts, coverage, wording),
    ...absences(facts, coverage, wording),
  ];
}

function listQuestions(facts: TableFacts, wording: Wording): Draft[] {
  const { name } = facts;
  if (name === null || facts.isEvent) return [];
  const of = { label: facts.label, isEvent: false };
  const named = column(facts.table.ref.name, name.name);
  return facts.dimensions.slice(0, 4).flatMap((dimension): Draft[] => {
    const value = dimension.values.at(-1);
    if (value === undefined || dimension.column === name) return [];
    return [
      {
        question: wording.list(of, dimension.label, value, dimension.isName),
        form: dimension.joins.length > 1 ? 'multi-join' : 'list',
        plan: {
          ...EMPTY_SELECT,
          items: [{ expr: named, alias: null }],
          sources: [facts.source, ...dimension.joins],
          where: compare('=', dimension.expr, text(value)),
          orderBy: [{ expr: named, descending: false, nulls: null }],
        },
      },
    ];
  });
}

function dateQuestions(facts: TableFacts, coverage: Coverage, wording: Wording): Draft[] {
  const { date } = facts;
  if (date === null) return [];
  const of = { label: facts.label, isEvent: facts.isEvent };
  const { month } = coverage;
  return [
    {
      question: wording.newest(facts.dateLabel, of),
      form: 'extreme',
      plan: {
        ...EMPTY_SELECT,
        items: [
          { expr: aggregate('min', date), alias: 'earliest' },
          { expr: aggregate('max', date), alias: 'latest' },
        ],
        sources: [facts.source],
      },
    },
    ...(month === null
      ? []
      : [
          {
            question: facts.happens
              ? wording.countInPeriod(of, wording.month(month.year, month.month))
              : wording.countDated(of, facts.dateLabel, wording.month(month.year, month.month)),
            form: 'period' as const,
            plan: {
              ...EMPTY_SELECT,
              items: [{ expr: countRows(), alias: 'row_count' }],
              sources: [facts.source],
              where: inMonth(facts, month),
            },
          },
        ]),
  ];
}

/** Parents without children; where the whole data knows none, the proof drops the question. */
function absences(facts: TableFacts, coverage: Coverage, wording: Wording): Draft[] {
  const of = { label: facts.label, isEvent: facts.isEvent };
  return facts.parents.flatMap(({ table, label, name, key }): Draft[] => {
    if (key === null) return [];
    const named = column(table.ref.name, name.name);
    const absent = (extra: Predicate | null): SelectPlan => ({
      ...EMPTY_SELECT,
      items: [{ expr: named, alias: null }],
      sources: [{ kind: 'table', alias: table.ref.name, table: table.ref, join: null }],
      where: {
        kind: 'exists',
        negated: true,
        plan: {
          ...EMPTY_SELECT,
          items: [{ expr: number(1), alias: null }],
          sources: [facts.source],
          where: all(compare('=', column(facts.table.ref.name, key.child), column(table.ref.name, key.parent)), extra),
        },
      },
      orderBy: [{ expr: named, descending: false, nulls: null }],
    });
    const { month } = coverage;
    return [
      { question: wording.absent(label, of), form: 'absence', plan: absent(null) },
      ...(month === null || !facts.happens
        ? []
        : [
            {
              question: wording.absentInPeriod(label, of, wording.month(month.year, month.month)),
              form: 'absence' as const,
              plan: absent(inMonth(facts, month)),
            },
          ]),
    ];
  });
}

/** A table that only links two others is asked about in their words. */
function linkQuestions(facts: TableFacts, wording: Wording): Draft[] {
  const ends = facts.parents
    .filter(({ key }) => key !== null)
    .slice(0, 2)
    .map((parent) => ({
      parent,
      dimension: facts.dimensions.find(({ table, column: own }) => table === parent.table && own === parent.name),
    }));
  const called = ({ parent, dimension }: (typeof ends)[number]): string => dimension?.label ?? parent.label;
  return ends.flatMap((one): Draft[] => {
    const other = called(ends.find((end) => end !== one)!);
    if (!one.dimension) return [];
    const counted: SelectPlan = { ...countedBy(facts, one.dimension), orderBy: byCount };
    return [
      { question: wording.linked(called(one), other), form: 'group', plan: counted },
      { question: wording.mostLinked(called(one), other, 3), form: 'ranking', plan: { ...counted, limit: 3 } },
    ];
  });
}
