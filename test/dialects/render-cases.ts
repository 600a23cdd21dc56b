/** Plans that together use every node of the plan language. Expected SQL and rows: `render-expected.json`. */
import type { Plan } from '../../src/sql/index.ts';
import {
  add,
  agg,
  among,
  and,
  as,
  asc,
  between,
  bool,
  branch,
  call,
  cast,
  cmp,
  col,
  combine,
  count,
  crossed,
  date,
  dec,
  derived,
  desc,
  eq,
  exists,
  int,
  isNull,
  like,
  math,
  not,
  nothing,
  oneOf,
  or,
  over,
  part,
  position,
  scalar,
  select,
  star,
  table,
  text,
  time,
  trunc,
  within,
} from './render-builders.ts';

export interface RenderCase {
  readonly title: string;
  readonly plan: Plan;
  /** Dialects that cannot express it: they refuse by name. */
  readonly refusedBy?: readonly string[];
}

const customers = [table('customers', 'c')];
const orders = [table('orders', 'o')];
const joined = [table('orders', 'o'), table('customers', 'c', eq(col('c', 'id'), col('o', 'customer_id')))];
const allCustomers = [
  table('customers', 'c'),
  table('orders', 'o', eq(col('o', 'customer_id'), col('c', 'id')), 'left'),
];
const lines = [table('Order Lines', 'l')];
const byId = [asc(col('o', 'id'))];
const paid = eq(col('o', 'status'), text('paid'));
const placed = col('o', 'placed_at');
const amount = col('o', 'amount');
const names = (where: Parameters<typeof select>[2]): Plan => select([col('c', 'name')], customers, where);

const single: RenderCase[] = [
  { title: 'all columns of a table', plan: select([star()], customers, { orderBy: [asc(col('c', 'id'))] }) },
  { title: 'one column', plan: names({ orderBy: [asc(col('c', 'id'))] }) },
  { title: 'no table at all', plan: select([as(int(1), 'one'), as(text('x'), 'letter')], []) },
  {
    title: 'distinct',
    plan: select([col('o', 'status')], orders, { distinct: true, orderBy: [asc(col('o', 'status'))] }),
  },
  { title: 'limit and offset', plan: select([col('o', 'id')], orders, { orderBy: byId, limit: 3, offset: 2 }) },
  { title: 'offset alone', plan: select([col('o', 'id')], orders, { orderBy: byId, offset: 5 }) },
  { title: 'limit zero', plan: select([col('o', 'id')], orders, { orderBy: byId, limit: 0 }) },
  {
    title: 'a reserved word, a space, Chinese and mixed case as names',
    plan: select([col('l', 'order'), col('l', 'select'), col('l', '单价'), col('l', 'CamelCase')], lines, {
      orderBy: [asc(col('l', 'CamelCase'))],
    }),
  },
  {
    title: 'an output name with a quote and a reserved word',
    plan: select([as(col('l', 'CamelCase'), 'it\'s "x"'), as(col('l', 'order'), 'group')], lines, {
      orderBy: [asc(position(0))],
    }),
  },
  {
    title: 'a long list of columns is broken over lines',
    plan: select(
      ['id', 'customer_id', 'amount', 'quantity', 'placed_at', 'status', 'note'].map((name) =>
        as(col('o', name), `the_${name}_column`),
      ),
      orders,
      { orderBy: [asc(position(0))], limit: 1 },
    ),
  },
];

const ordering: RenderCase[] = [
  { title: 'NULLs come last, ascending', plan: names({ orderBy: [asc(col('c', 'score'))] }) },
  { title: 'NULLs come last, descending', plan: names({ orderBy: [desc(col('c', 'score'))] }) },
  { title: 'NULLs first when asked', plan: names({ orderBy: [asc(col('c', 'score'), 'first')] }) },
  { title: 'NULLs first when asked, descending', plan: names({ orderBy: [desc(col('c', 'score'), 'first')] }) },
  { title: 'several keys', plan: names({ orderBy: [asc(col('c', 'city')), desc(col('c', 'id'))] }) },
  {
    title: 'order by an output position',
    plan: select([col('c', 'id'), as(math(col('c', 'score'), '*', int(2)), 'doubled')], customers, {
      orderBy: [desc(position(1)), asc(position(0))],
    }),
  },
  { title: 'order by an expression', plan: names({ orderBy: [asc(math(int(0), '-', col('c', 'id')))] }) },
  {
    title: 'an output name that is also a column',
    plan: select([as(math(int(0), '-', col('c', 'score')), 'id'), col('c', 'name')], customers, {
      orderBy: [asc(position(0))],
    }),
  },
];

const conditions: RenderCase[] = [
  { title: 'equality with a quoted string', plan: names({ where: eq(col('c', 'name'), text("O'Neil")) }) },
  {
    title: 'not equal leaves NULL out',
    plan: names({ where: cmp(col('c', 'city'), '!=', text('Beijing')), orderBy: [asc(col('c', 'id'))] }),
  },
  {
    title: 'and inside or',
    plan: names({
      where: or(
        and(eq(col('c', 'city'), text('Beijing')), cmp(col('c', 'score'), '>', int(2))),
        eq(col('c', 'id'), int(2)),
      ),
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  {
    title: 'or inside and',
    plan: names({
      where: and(
        or(eq(col('c', 'city'), text('Beijing')), isNull(col('c', 'city'))),
        cmp(col('c', 'score'), '>', int(2)),
      ),
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  {
    title: 'not',
    plan: names({
      where: not(or(eq(col('c', 'id'), int(1)), eq(col('c', 'id'), int(2)))),
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  {
    title: 'is null and is not null',
    plan: names({ where: and(isNull(col('c', 'born'), true), isNull(col('c', 'score'))) }),
  },
  {
    title: 'in a list',
    plan: names({ where: oneOf(col('c', 'id'), [int(1), int(4), int(9)]), orderBy: [asc(col('c', 'id'))] }),
  },
  { title: 'in an empty list', plan: names({ where: oneOf(col('c', 'id'), []) }) },
  { title: 'not in an empty list', plan: select([count()], customers, { where: oneOf(col('c', 'id'), [], true) }) },
  {
    title: 'not in a list',
    plan: names({ where: oneOf(col('c', 'name'), [text('Ann'), text('Bob')], true), orderBy: [asc(col('c', 'id'))] }),
  },
  {
    title: 'between numbers',
    plan: select([col('o', 'id')], orders, { where: within(amount, int(50), dec('100.00')), orderBy: byId }),
  },
  {
    title: 'not between',
    plan: select([col('o', 'id')], orders, {
      where: within(col('o', 'quantity'), int(1), int(3), true),
      orderBy: byId,
    }),
  },
  {
    title: 'a boolean column',
    plan: names({ where: eq(col('c', 'vip'), bool(true)), orderBy: [asc(col('c', 'id'))] }),
  },
  {
    title: 'a boolean column compared with a number',
    plan: names({ where: eq(col('c', 'vip'), int(0)), orderBy: [asc(col('c', 'id'))] }),
  },
  { title: 'a text column compared with a number', plan: names({ where: eq(col('c', 'name'), int(5)) }) },
  { title: 'a comparison with NULL is never true', plan: names({ where: eq(col('c', 'score'), nothing) }) },
  { title: 'empty conjunction', plan: select([count()], customers, { where: and() }) },
  { title: 'empty disjunction', plan: select([count()], customers, { where: or() }) },
];

const patterns: RenderCase[] = [
  {
    title: 'like respects case',
    plan: select([col('o', 'id')], orders, { where: like(col('o', 'note'), '%off%'), orderBy: byId }),
  },
  {
    title: 'like that ignores case',
    plan: select([col('o', 'id')], orders, { where: like(col('o', 'note'), '%OFF', true), orderBy: byId }),
  },
  {
    title: 'an escaped per cent sign',
    plan: select([col('o', 'id')], orders, { where: like(col('o', 'note'), '50\\%%'), orderBy: byId }),
  },
  {
    title: 'an escaped underscore, ignoring case',
    plan: select([col('o', 'id')], orders, { where: like(col('o', 'note'), '%r\\_S%', true), orderBy: byId }),
  },
  {
    title: 'an escaped backslash',
    plan: select([col('o', 'id')], orders, { where: like(col('o', 'note'), '%\\\\%'), orderBy: byId }),
  },
  { title: 'one character of any kind', plan: names({ where: like(col('c', 'name'), '李_') }) },
  {
    title: 'not like',
    plan: select([col('o', 'id')], orders, { where: like(col('o', 'note'), '%o%', true, true), orderBy: byId }),
  },
  { title: 'like over a number', plan: select([col('o', 'id')], orders, { where: like(col('o', 'quantity'), '7%') }) },
];

const aggregates: RenderCase[] = [
  { title: 'count rows', plan: select([as(count(), 'orders')], orders) },
  {
    title: 'count distinct',
    plan: select([as(agg('count', col('o', 'status'), { distinct: true }), 'kinds')], orders),
  },
  {
    title: 'sum, minimum, maximum',
    plan: select([agg('sum', amount), agg('min', amount), agg('max', placed)], orders),
  },
  { title: 'average', plan: select([as(agg('avg', col('o', 'quantity')), 'average')], orders) },
  { title: 'median', plan: select([as(agg('median', amount), 'median')], orders), refusedBy: ['sqlite', 'mysql'] },
  { title: 'standard deviation', plan: select([as(agg('stddev', col('o', 'quantity')), 'spread')], orders) },
  {
    title: 'an aggregate of some rows',
    plan: select([as(agg('sum', amount, { filter: paid }), 'paid'), as(count({ filter: paid }), 'n')], orders),
  },
  {
    title: 'distinct count of some rows',
    plan: select([as(agg('count', col('o', 'customer_id'), { distinct: true, filter: paid }), 'n')], orders),
  },
  {
    title: 'group by a column',
    plan: select([col('o', 'status'), as(count(), 'n')], orders, {
      groupBy: [col('o', 'status')],
      orderBy: [desc(position(1)), asc(position(0))],
    }),
  },
  {
    title: 'group by a position',
    plan: select([as(call('upper', col('o', 'status')), 'kind'), as(agg('sum', amount), 'total')], orders, {
      groupBy: [position(0)],
      orderBy: [asc(position(0))],
    }),
  },
  {
    title: 'having',
    plan: select([col('o', 'status')], orders, {
      groupBy: [col('o', 'status')],
      having: cmp(count(), '>=', int(2)),
      orderBy: [asc(col('o', 'status'))],
    }),
  },
  {
    title: 'order by an aggregate that is not shown',
    plan: select([col('o', 'status')], orders, {
      groupBy: [col('o', 'status')],
      orderBy: [desc(agg('sum', amount))],
      limit: 2,
    }),
  },
  {
    title: 'an output name that hides an aggregated column',
    plan: select([col('o', 'status'), as(agg('sum', amount), 'amount')], orders, {
      groupBy: [col('o', 'status')],
      having: cmp(agg('sum', amount), '>', int(10)),
      orderBy: [desc(position(1))],
    }),
  },
  {
    title: 'a name beside the grouped key of its table',
    plan: select([col('c', 'name'), as(count(), 'n')], joined, {
      groupBy: [col('o', 'customer_id')],
      orderBy: [desc(position(1)), asc(col('c', 'name'))],
    }),
  },
  {
    title: 'a column that its group does not determine',
    plan: select([as(col('o', 'status'), 'kind'), as(agg('min', col('o', 'quantity')), 'least')], orders, {
      groupBy: [call('upper', col('o', 'status'))],
      orderBy: [asc(position(0))],
    }),
  },
  {
    title: 'ascending by an aggregate',
    plan: select([col('o', 'customer_id'), as(agg('sum', amount), 'total')], orders, {
      groupBy: [col('o', 'customer_id')],
      orderBy: [asc(position(1))],
    }),
  },
  {
    title: 'distinct values ordered by something else',
    plan: select([col('o', 'status')], orders, { distinct: true, orderBy: [desc(col('o', 'quantity'))] }),
  },
  {
    title: 'a number in a sub-query of texts, and the reverse',
    plan: select([col('o', 'id')], orders, {
      where: and(
        among(col('o', 'id'), select([cast(col('c', 'id'), 'text')], customers)),
        among(cast(col('o', 'quantity'), 'text'), select([col('d', 'id')], [table('customers', 'd')])),
      ),
      orderBy: byId,
    }),
  },
  {
    title: 'a date compared with a text that is none',
    plan: select([col('c', 'id')], customers, {
      where: cmp(col('c', 'born'), '!=', text('unknown')),
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  {
    title: 'one object as a bare column and inside an aggregate',
    plan: select([col('o', 'status'), as(amount, 'one'), as(agg('sum', amount), 'all')], orders, {
      where: eq(col('o', 'status'), text('cancelled')),
      groupBy: [col('o', 'status')],
    }),
  },
  { title: 'the row of a maximum', plan: select([col('o', 'id'), agg('max', amount)], orders) },
  {
    title: 'sum of a product',
    plan: select([as(agg('sum', math(col('o', 'quantity'), '*', amount)), 'revenue')], orders),
  },
];

const arithmetic: RenderCase[] = [
  {
    title: 'division of whole numbers is exact',
    plan: select([col('o', 'id'), as(math(col('o', 'quantity'), '/', int(2)), 'half')], orders, { orderBy: byId }),
  },
  {
    title: 'division by zero is NULL',
    plan: select([col('o', 'id'), as(math(amount, '/', col('o', 'quantity')), 'price')], orders, { orderBy: byId }),
  },
  {
    title: 'whole division goes towards zero',
    plan: select([as(math(int(-7), 'div', col('o', 'quantity')), 'x')], orders, { orderBy: byId }),
  },
  {
    title: 'remainder',
    plan: select([as(math(col('o', 'id'), '%', col('o', 'quantity')), 'x')], orders, { orderBy: byId }),
  },
  {
    title: 'precedence',
    plan: select([as(math(math(int(2), '+', int(3)), '*', math(int(10), '-', math(int(4), '-', int(1)))), 'x')], []),
  },
  {
    title: 'a quotient on the right of a product',
    plan: select([as(math(int(100), '*', math(int(1), '/', int(4))), 'x')], []),
  },
  {
    title: 'negative constants and negation',
    plan: select(
      [as(math(int(5), '-', int(-3)), 'a'), as({ kind: 'negate', arg: math(int(1), '+', int(2)) }, 'b')],
      [],
    ),
  },
  {
    title: 'share of a filtered sum',
    plan: select(
      [as(math(math(dec('100.0'), '*', agg('sum', amount, { filter: paid })), '/', agg('sum', amount)), 'share')],
      orders,
    ),
  },
  {
    title: 'rounding',
    plan: select([as(call('round', math(amount, '/', int(3)), int(2)), 'r')], orders, { orderBy: byId }),
  },
  { title: 'large whole numbers', plan: select([as(int('9007199254740993'), 'big')], []) },
];

const functions: RenderCase[] = [
  {
    title: 'coalesce and nullif',
    plan: select(
      [
        as(call('coalesce', col('c', 'city'), text('?')), 'city'),
        as(call('nullif', col('c', 'name'), text('Ann')), 'other'),
      ],
      customers,
      { orderBy: [asc(col('c', 'id'))] },
    ),
  },
  {
    title: 'text functions',
    plan: select(
      [
        call('upper', col('c', 'name')),
        call('lower', col('c', 'city')),
        call('length', col('c', 'name')),
        call('substring', col('c', 'name'), int(1), int(2)),
        call('trim', text('  x ')),
      ],
      customers,
      { where: oneOf(col('c', 'id'), [int(1), int(2), int(4)]), orderBy: [asc(col('c', 'id'))] },
    ),
  },
  {
    title: 'concatenation, NULL when a part is',
    plan: select([as(call('concat', col('c', 'name'), text(' / '), col('c', 'city')), 'label')], customers, {
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  {
    title: 'concatenation with a number',
    plan: select([as(call('concat', text('#'), col('c', 'id')), 'label')], customers, {
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  { title: 'absolute value', plan: select([as(call('abs', int(-4)), 'x')], []) },
  { title: 'casts', plan: select([cast(text('12'), 'integer'), cast(int(3), 'text'), cast(text('1.5'), 'float')], []) },
  {
    title: 'a fraction cast to a whole number is cut',
    plan: select([cast(col('c', 'score'), 'integer')], customers, { orderBy: [asc(col('c', 'id'))] }),
  },
  {
    title: 'case',
    plan: select(
      [
        col('o', 'id'),
        as(
          {
            kind: 'case',
            whens: [branch(cmp(amount, '>=', int(100)), text('big')), branch(cmp(amount, '>', int(0)), text('small'))],
            otherwise: null,
          },
          'size',
        ),
      ],
      orders,
      { orderBy: byId },
    ),
  },
];

const dates: RenderCase[] = [
  ...(['year', 'quarter', 'month', 'week', 'day', 'hour'] as const).map((grain) => ({
    title: `start of the ${grain}`,
    plan: select([col('o', 'id'), as(trunc(grain, placed), 'start')], orders, { orderBy: byId }),
  })),
  ...(['year', 'quarter', 'month', 'week', 'day', 'weekday', 'hour'] as const).map((name) => ({
    title: `${name} as a number`,
    plan: select([col('o', 'id'), as(part(name, placed), 'x')], orders, { orderBy: byId }),
  })),
  {
    title: 'start of the month of a date',
    plan: select([as(trunc('month', col('c', 'born')), 'm')], customers, { orderBy: [asc(col('c', 'id'))] }),
  },
  {
    title: 'filter by a date part',
    plan: select([col('o', 'id')], orders, {
      where: and(eq(part('year', placed), int(2024)), oneOf(part('month', placed), [int(1), int(2)])),
      orderBy: byId,
    }),
  },
  {
    title: 'group by month',
    plan: select([as(trunc('month', placed), 'month'), as(agg('sum', amount), 'total')], orders, {
      groupBy: [trunc('month', placed)],
      orderBy: [asc(position(0))],
    }),
  },
  {
    title: 'a half-open period',
    plan: select([col('o', 'id')], orders, {
      where: and(cmp(placed, '>=', date('2024-01-01')), cmp(placed, '<', date('2024-02-01'))),
      orderBy: byId,
    }),
  },
  {
    title: 'a timestamp constant',
    plan: select([col('o', 'id')], orders, { where: cmp(placed, '>', time('2024-02-29 00:00:00')), orderBy: byId }),
  },
  {
    title: 'a date between dates',
    plan: names({
      where: within(col('c', 'born'), date('1985-12-31'), date('1990-02-28')),
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  {
    title: 'a month later keeps the end of the month',
    plan: select([as(add(col('c', 'born'), 1, 'month'), 'later')], customers, { orderBy: [asc(col('c', 'id'))] }),
  },
  {
    title: 'days, years and hours added',
    plan: select([as(add(col('c', 'born'), -10, 'day'), 'd'), as(add(col('c', 'born'), 1, 'year'), 'y')], customers, {
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  { title: 'hours added to a timestamp', plan: select([as(add(placed, 36, 'hour'), 'x')], orders, { orderBy: byId }) },
  { title: 'months added to a timestamp', plan: select([as(add(placed, 1, 'month'), 'x')], orders, { orderBy: byId }) },
  {
    title: 'differences between dates',
    plan: select(
      [
        as(between(col('c', 'born'), date('2024-03-01'), 'day'), 'd'),
        as(between(col('c', 'born'), date('2024-03-01'), 'month'), 'm'),
        as(between(col('c', 'born'), date('2024-03-01'), 'year'), 'y'),
      ],
      customers,
      { orderBy: [asc(col('c', 'id'))] },
    ),
  },
  {
    title: 'days between timestamps',
    plan: select([as(between(placed, date('2024-03-01'), 'day'), 'd')], orders, { orderBy: byId }),
  },
];

const joins: RenderCase[] = [
  { title: 'inner join', plan: select([col('o', 'id'), col('c', 'name')], joined, { orderBy: byId }) },
  {
    title: 'left join',
    plan: select([col('c', 'name'), as(count({ arg: col('o', 'id') }), 'n')], allCustomers, {
      groupBy: [col('c', 'id'), col('c', 'name')],
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  { title: 'cross join', plan: select([as(count(), 'n')], [table('customers', 'c'), crossed(table('orders', 'o'))]) },
  {
    title: 'self join',
    plan: select(
      [col('a', 'name'), as(col('b', 'name'), 'other')],
      [
        table('customers', 'a'),
        table('customers', 'b', and(eq(col('a', 'city'), col('b', 'city')), cmp(col('a', 'id'), '<', col('b', 'id')))),
      ],
    ),
  },
  {
    title: 'all columns of one of two tables',
    plan: select([star('c')], joined, { where: eq(col('o', 'id'), int(6)) }),
  },
  {
    title: 'three tables with awkward names',
    plan: select(
      [col('c', 'name'), as(agg('sum', col('l', '单价')), 'total')],
      [...joined, table('Order Lines', 'l', eq(col('l', 'order'), col('o', 'id')))],
      { groupBy: [col('c', 'name')], orderBy: [asc(position(0))] },
    ),
  },
  {
    title: 'join on alternatives',
    plan: select(
      [as(count(), 'n')],
      [
        table('customers', 'c'),
        table('orders', 'o', or(eq(col('o', 'customer_id'), col('c', 'id')), isNull(col('o', 'customer_id')))),
      ],
    ),
  },
];

const average = select([agg('avg', col('p', 'amount'))], [table('orders', 'p')]);
const buyers = (where: Parameters<typeof select>[2] = {}): Plan =>
  select([col('p', 'customer_id')], [table('orders', 'p')], where);

const subqueries: RenderCase[] = [
  {
    title: 'compared with a scalar sub-query',
    plan: select([col('o', 'id')], orders, { where: cmp(amount, '>', scalar(average)), orderBy: byId }),
  },
  {
    title: 'a scalar sub-query as a column',
    plan: select([as(math(amount, '-', scalar(average)), 'above')], orders, { orderBy: byId, limit: 2 }),
  },
  {
    title: 'in a sub-query',
    plan: names({ where: among(col('c', 'id'), buyers({ where: eq(col('p', 'status'), text('open')) })) }),
  },
  {
    title: 'not in a sub-query',
    plan: names({
      where: among(col('c', 'id'), buyers({ where: isNull(col('p', 'customer_id'), true) }), true),
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  {
    title: 'in a limited sub-query',
    plan: names({ where: among(col('c', 'id'), buyers({ orderBy: [desc(col('p', 'amount'))], limit: 1 })) }),
  },
  {
    title: 'exists, correlated',
    plan: names({
      where: exists(select([int(1)], [table('orders', 'p')], { where: eq(col('p', 'customer_id'), col('c', 'id')) })),
      orderBy: [asc(col('c', 'id'))],
    }),
  },
  {
    title: 'not exists, correlated',
    plan: names({
      where: exists(
        select([int(1)], [table('orders', 'p')], { where: eq(col('p', 'customer_id'), col('c', 'id')) }),
        true,
      ),
    }),
  },
  {
    title: 'a correlated scalar sub-query over the same table',
    plan: select([col('o', 'id')], orders, {
      where: eq(
        amount,
        scalar(
          select([agg('max', col('p', 'amount'))], [table('orders', 'p')], {
            where: eq(col('p', 'customer_id'), col('o', 'customer_id')),
          }),
        ),
      ),
      orderBy: byId,
    }),
  },
  {
    title: 'from a sub-query',
    plan: select(
      [as(agg('avg', col('t', 'total')), 'average')],
      [
        derived(
          select([col('o', 'customer_id'), as(agg('sum', amount), 'total')], orders, {
            groupBy: [col('o', 'customer_id')],
          }),
          't',
        ),
      ],
    ),
  },
  {
    title: 'join with a sub-query',
    plan: select(
      [col('c', 'name'), col('t', 'n')],
      [
        table('customers', 'c'),
        derived(
          select([col('o', 'customer_id'), as(count(), 'n')], orders, { groupBy: [col('o', 'customer_id')] }),
          't',
          eq(col('t', 'customer_id'), col('c', 'id')),
        ),
      ],
      { orderBy: [asc(col('c', 'id'))] },
    ),
  },
  {
    title: 'difference of two entities',
    plan: select(
      [as(math(col('x', 'score'), '-', col('y', 'score')), 'gap')],
      [
        derived(select([col('a', 'score')], [table('customers', 'a')], { where: eq(col('a', 'id'), int(1)) }), 'x'),
        crossed(
          derived(select([col('b', 'score')], [table('customers', 'b')], { where: eq(col('b', 'id'), int(3)) }), 'y'),
        ),
      ],
    ),
  },
  {
    title: 'a sub-query inside a sub-query',
    plan: names({
      where: among(
        col('c', 'id'),
        buyers({
          where: cmp(col('p', 'amount'), '>', scalar(select([agg('avg', col('q', 'amount'))], [table('orders', 'q')]))),
        }),
      ),
      orderBy: [asc(col('c', 'id'))],
    }),
  },
];

const cities = select([col('c', 'city')], customers, { where: isNull(col('c', 'city'), true) });
const ids = (alias: string, where: Parameters<typeof select>[2]): Plan =>
  select([col(alias, 'id')], [table('customers', alias)], where);
const top = ids('t', { orderBy: [desc(col('t', 'score'))], limit: 2 });
const vip = ids('v', { where: eq(col('v', 'vip'), bool(true)) });
const few = ids('f', { where: oneOf(col('f', 'id'), [int(1), int(2)]) });

const sets: RenderCase[] = [
  {
    title: 'union',
    plan: combine('union', cities, select([col('d', 'city')], [table('customers', 'd')]), {
      orderBy: [asc(position(0))],
    }),
  },
  { title: 'union all', plan: combine('union-all', vip, few, { orderBy: [desc(position(0))], limit: 4 }) },
  { title: 'intersect', plan: combine('intersect', vip, few) },
  { title: 'except', plan: combine('except', vip, few, { orderBy: [asc(position(0))] }) },
  { title: 'limited operands', plan: combine('union', top, few, { orderBy: [asc(position(0))] }) },
  { title: 'limited right operand', plan: combine('intersect', vip, top, { orderBy: [asc(position(0))] }) },
  {
    title: 'from left to right',
    plan: combine('intersect', combine('union', few, vip), top, { orderBy: [asc(position(0))] }),
  },
  {
    title: 'grouped on the right',
    plan: combine('except', vip, combine('union', few, top), { orderBy: [asc(position(0))] }),
  },
  {
    title: 'a chain of unions',
    plan: combine('union', combine('union', few, vip), top, { orderBy: [asc(position(0))] }),
  },
  {
    title: 'ordered with NULLs last',
    plan: combine(
      'union',
      select([col('c', 'city')], customers),
      select([col('d', 'name')], [table('customers', 'd')], { where: eq(col('d', 'id'), int(1)) }),
      { orderBy: [asc(position(0))] },
    ),
  },
  { title: 'in a set operation', plan: names({ where: among(col('c', 'id'), combine('intersect', vip, few)) }) },
  { title: 'counting a set operation', plan: select([as(count(), 'n')], [derived(combine('except', vip, few), 's')]) },
];

const windows: RenderCase[] = [
  {
    title: 'rank within a group',
    plan: select(
      [
        col('o', 'id'),
        as(
          over({ kind: 'ranking', name: 'rank' }, { partitionBy: [col('o', 'status')], orderBy: [desc(amount)] }),
          'r',
        ),
      ],
      orders,
      { orderBy: byId },
    ),
  },
  {
    title: 'row number with NULLs last',
    plan: select(
      [col('c', 'id'), as(over({ kind: 'ranking', name: 'row_number' }, { orderBy: [asc(col('c', 'score'))] }), 'n')],
      customers,
      { orderBy: [asc(col('c', 'id'))] },
    ),
  },
  {
    title: 'running total',
    plan: select(
      [col('o', 'id'), as(over(agg('sum', amount), { orderBy: [asc(col('o', 'id'))], frame: 'running' }), 'total')],
      orders,
      { orderBy: byId },
    ),
  },
  {
    title: 'standard deviation over all rows',
    plan: select([col('o', 'id'), as(over(agg('stddev', col('o', 'quantity')), {}), 'spread')], orders, {
      orderBy: byId,
    }),
    refusedBy: ['sqlite'],
  },
  {
    title: 'median over all rows',
    plan: select([col('o', 'id'), as(over(agg('median', col('o', 'quantity')), {}), 'middle')], orders, {
      orderBy: byId,
    }),
    refusedBy: ['sqlite', 'mysql', 'postgres'],
  },
  {
    title: 'moving average',
    plan: select(
      [
        col('o', 'id'),
        as(over(agg('max', amount), { orderBy: [asc(col('o', 'id'))], frame: { precedingRows: 2 } }), 'm'),
      ],
      orders,
      { orderBy: byId },
    ),
  },
  {
    title: 'previous value',
    plan: select(
      [
        col('o', 'id'),
        as(
          math(amount, '-', over({ kind: 'lag', arg: amount, offset: 1 }, { orderBy: [asc(col('o', 'id'))] })),
          'change',
        ),
      ],
      orders,
      { orderBy: byId },
    ),
  },
  {
    title: 'share of the whole over groups',
    plan: select(
      [col('o', 'status'), as(math(agg('sum', amount), '/', over(agg('sum', agg('sum', amount)))), 'share')],
      orders,
      { groupBy: [col('o', 'status')], orderBy: [asc(col('o', 'status'))] },
    ),
  },
  {
    title: 'best of each group through a sub-query',
    plan: select(
      [col('t', 'id')],
      [
        derived(
          select(
            [
              col('o', 'id'),
              as(
                over(
                  { kind: 'ranking', name: 'row_number' },
                  { partitionBy: [col('o', 'status')], orderBy: [desc(amount)] },
                ),
                'n',
              ),
            ],
            orders,
          ),
          't',
        ),
      ],
      { where: eq(col('t', 'n'), int(1)), orderBy: [asc(col('t', 'id'))] },
    ),
  },
];

export const RENDER_CASES: readonly RenderCase[] = [
  ...single,
  ...ordering,
  ...conditions,
  ...patterns,
  ...aggregates,
  ...arithmetic,
  ...functions,
  ...dates,
  ...joins,
  ...subqueries,
  ...sets,
  ...windows,
];
