import { describe, expect, it } from 'vitest';
import type { DatabaseSchema } from '../schema/database-schema.ts';
import { mapPlan, renameAliases } from './map-plan.ts';
import type { Expr, Plan, Predicate, SelectPlan, SetPlan, Source } from './plan.ts';
import { planKey } from './plan-key.ts';
import { validatePlan } from './validate-plan.ts';
import { walkPlan } from './walk-plan.ts';

const schema: DatabaseSchema = {
  dialect: 'postgres',
  defaultSchema: 'public',
  fingerprint: '',
  tables: (
    [
      ['people', { id: 'integer', name: 'text', born: 'date', team_id: 'integer' }],
      ['teams', { id: 'integer', title: 'text' }],
    ] as const
  ).map(([name, columns]) => ({
    ref: { schema: null, name },
    kind: 'table',
    comment: null,
    synonyms: [],
    columns: Object.entries(columns).map(([column, type]) => ({
      name: column,
      type,
      nativeType: type,
      nullable: true,
      comment: null,
      synonyms: [],
      values: null,
    })),
    primaryKey: ['id'],
    uniqueKeys: [],
    foreignKeys: [],
    rowCount: null,
  })),
};

const col = (source: string, column: string): Expr => ({ kind: 'column', source, column });
const int = (value: number): Expr => ({ kind: 'literal', value, type: 'integer' });
const agg = (fn: 'sum' | 'count', arg: Expr): Expr => ({ kind: 'aggregate', fn, arg, distinct: false, filter: null });
const eq = (left: Expr, right: Expr): Predicate => ({ kind: 'comparison', op: '=', left, right });
const source = (name: string, alias: string, on: Predicate | null = null): Source => ({
  kind: 'table',
  alias,
  table: { schema: null, name },
  join: on && { kind: 'inner', on },
});
const select = (items: readonly Expr[], sources: readonly Source[], more: Partial<SelectPlan> = {}): SelectPlan => ({
  kind: 'select',
  distinct: false,
  items: items.map((expr) => ({ expr, alias: null })),
  sources,
  where: null,
  groupBy: [],
  having: null,
  orderBy: [],
  limit: null,
  offset: null,
  ...more,
});
const union = (left: Plan, right: Plan, more: Partial<SetPlan> = {}): SetPlan => ({
  kind: 'set',
  op: 'union',
  left,
  right,
  orderBy: [],
  limit: null,
  offset: null,
  ...more,
});

const people = [source('people', 'p')];
const names = select([col('p', 'name')], people);
const joined = (a: string, b: string): SelectPlan =>
  select([col(a, 'name')], [source('people', a), source('teams', b, eq(col(b, 'id'), col(a, 'team_id')))], {
    where: { kind: 'and', args: [eq(col(b, 'title'), int(1)), eq(col(a, 'id'), int(2))] },
  });

describe('validatePlan', () => {
  it('accepts a sound plan, correlated sub-queries included', () => {
    const inner = select([int(1)], [source('teams', 't')], { where: eq(col('t', 'id'), col('p', 'team_id')) });
    const plan = { ...names, where: { kind: 'exists', plan: inner, negated: false } } satisfies Plan;
    expect(validatePlan(plan, schema)).toEqual({ ok: true, value: plan });
  });

  const broken: readonly (readonly [string, string, Plan])[] = [
    ['unknown-table', 'there is no table nowhere', select([int(1)], [source('nowhere', 'n')])],
    ['unknown-column', 'people has no column age', select([col('p', 'age')], people)],
    ['unknown-alias', 'no source in reach has the alias x', select([col('x', 'name')], people)],
    ['duplicate-alias', 'two sources have the alias p', union(names, select([col('p', 'name')], people))],
    ['bad-join', 't has no join', select([col('p', 'name')], [...people, source('teams', 't')])],
    [
      'bad-arity',
      'union of 1 and 2 columns',
      union(names, select([col('q', 'id'), col('q', 'name')], [source('people', 'q')])),
    ],
    [
      'bad-arity',
      'union of 1 and 4 columns',
      union(names, select([{ kind: 'star', source: null }], [source('people', 'q')])),
    ],
    ['bad-ordinal', 'position 3 of 1 columns', { ...names, groupBy: [{ kind: 'ordinal', index: 3 }] }],
    [
      'misplaced',
      'sum of many rows in a condition on single rows',
      { ...names, where: eq(agg('sum', col('p', 'id')), int(1)) },
    ],
    [
      'misplaced',
      '* stands only in a select list or in count',
      { ...names, where: eq({ kind: 'star', source: null }, int(1)) },
    ],
    ['type-mismatch', 'sum of a text column', select([agg('sum', col('p', 'name'))], people)],
    [
      'type-mismatch',
      'id is a number, compared with "abc"',
      { ...names, where: eq(col('p', 'id'), { kind: 'literal', value: 'abc', type: 'text' }) },
    ],
    ['bad-limit', 'limit -1 is not a count', { ...names, limit: -1 }],
  ];
  it.each(broken)('reports %s: %s', (code, message, plan) => {
    const result = validatePlan(plan, schema);
    expect(result.ok ? [] : result.failure).toContainEqual({ code, message });
  });

  it('does not let a sub-query see the sources of another', () => {
    const inner = select([col('q', 'id')], [source('people', 'r')]);
    const plan = union(
      { ...names, where: { kind: 'in-plan', arg: col('p', 'id'), plan: inner, negated: false } },
      select([col('q', 'name')], [source('people', 'q')]),
    );
    expect(validatePlan(plan, schema).ok).toBe(false);
  });
});

describe('planKey', () => {
  it('does not depend on aliases, the order of joins and conditions, or ordinals', () => {
    const one = joined('a', 'b');
    const [first, second] = joined('x', 'y').sources;
    const turned: SelectPlan = {
      ...joined('x', 'y'),
      sources: [
        { ...(second as Source), join: null },
        { ...(first as Source), join: { kind: 'inner', on: eq(col('x', 'team_id'), col('y', 'id')) } },
      ],
      where: { kind: 'and', args: [eq(int(2), col('x', 'id')), eq(col('y', 'title'), int(1))] },
    };
    expect(planKey(turned)).toBe(planKey(one));
    const grouped = (key: Expr): Plan => ({ ...names, groupBy: [key] });
    expect(planKey(grouped({ kind: 'ordinal', index: 0 }))).toBe(planKey(grouped(col('p', 'name'))));
  });

  it('tells different questions apart', () => {
    const other = select([col('q', 'name')], [source('people', 'q')]);
    const plans: Plan[] = [
      names,
      { ...names, distinct: true },
      { ...names, limit: 1 },
      { ...names, orderBy: [{ expr: col('p', 'id'), descending: true, nulls: null }] },
      { ...names, orderBy: [{ expr: col('p', 'id'), descending: false, nulls: null }] },
      { ...names, where: eq(col('p', 'id'), int(1)) },
      { ...names, where: eq(col('p', 'id'), int(2)) },
      select([col('p', 'id')], people),
      union(names, other),
      { ...union(names, other), op: 'except' },
      joined('a', 'b'),
    ];
    expect(new Set(plans.map(planKey)).size).toBe(plans.length);
  });
});

describe('mapPlan and walkPlan', () => {
  it('rename every use of an alias', () => {
    const renamed = renameAliases(joined('a', 'b'), (alias) => `${alias}_new`);
    expect(JSON.stringify(renamed)).not.toMatch(/"(?:a|b)"/);
    expect(validatePlan(renamed, schema).ok).toBe(true);
  });

  it('replace expressions wherever they stand', () => {
    const mapped = mapPlan(joined('a', 'b'), { expr: (expr) => (expr.kind === 'literal' ? int(9) : expr) });
    const values: unknown[] = [];
    walkPlan(mapped, { expr: (expr) => void (expr.kind === 'literal' && values.push(expr.value)) });
    expect(values).toEqual([9, 9]);
  });

  it('leave the original as it was', () => {
    const plan = joined('a', 'b');
    const before = JSON.stringify(plan);
    renameAliases(plan, () => 'z');
    expect(JSON.stringify(plan)).toBe(before);
  });
});
