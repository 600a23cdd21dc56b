import { describe, expect, it } from 'vitest';
import { renderPlan } from '../../../../sql/index.ts';
import { buildSchemaIndex } from '../schema/schema-index.ts';
import { LIBRARY } from '../testing/library-schema.ts';
import { fromPlan } from './from-plan.ts';
import { EMPTY_QUERY, type Query, queryKey, type Term } from './query.ts';
import { sketchKey, sketchOf } from './sketch.ts';
import { toPlan } from './to-plan.ts';

const schema = buildSchemaIndex(LIBRARY, new Map());
const column = (table: string, name: string): number =>
  schema.columns.findIndex((c) => c.name === name && schema.tables[c.table]!.name === table);
const table = (name: string): number => schema.tables.findIndex((t) => t.name === name);
const plain = (col: number): Term => ({ agg: '', distinct: false, col });
const rows: Term = { agg: 'count', distinct: false, col: -1 };

const product: Term = {
  agg: 'sum',
  distinct: false,
  col: column('book', 'page_count'),
  within: { op: '*', right: column('book', 'author_id') },
};

const queries: readonly (readonly [string, Query])[] = [
  [
    'a filter on a joined table',
    {
      ...EMPTY_QUERY,
      select: [plain(column('book', 'title'))],
      where: [{ left: plain(column('author', 'home_town')), op: '=', values: ['Oslo'], sub: null }],
    },
  ],
  [
    'groups over a table that no column is used of',
    {
      ...EMPTY_QUERY,
      select: [plain(column('author', 'full_name')), rows],
      group: [column('author', 'full_name')],
      having: [{ left: rows, op: '>=', values: [2], sub: null }],
      order: [rows],
      descending: true,
      limit: 3,
      extra: [table('loan')],
    },
  ],
  [
    'rows without partners',
    {
      ...EMPTY_QUERY,
      select: [plain(column('book', 'title'))],
      where: [
        {
          left: plain(column('book', 'book_id')),
          op: 'not in',
          values: [],
          sub: { ...EMPTY_QUERY, select: [plain(column('loan', 'book_id'))] },
        },
      ],
    },
  ],
  [
    'an aggregate over an expression, compared and ordered by',
    {
      ...EMPTY_QUERY,
      select: [plain(column('book', 'genre')), product],
      group: [column('book', 'genre')],
      having: [{ left: product, op: '>', values: [5], sub: null }],
      order: [product],
      descending: true,
    },
  ],
  [
    'an intersection',
    {
      ...EMPTY_QUERY,
      select: [plain(column('book', 'author_id'))],
      where: [{ left: plain(column('book', 'genre')), op: '=', values: ['novel'], sub: null }],
      set: {
        op: 'intersect',
        right: {
          ...EMPTY_QUERY,
          select: [plain(column('book', 'author_id'))],
          where: [{ left: plain(column('book', 'page_count')), op: 'between', values: [100, 200], sub: null }],
        },
      },
    },
  ],
];

describe('the compact query form', () => {
  for (const [name, query] of queries)
    it(`comes back from its plan unchanged: ${name}`, () => {
      const plan = toPlan(query, schema)!;
      const back = fromPlan(plan, schema)!;
      expect(queryKey(back)).toBe(queryKey(query));
      expect(sketchKey(sketchOf(back))).toBe(sketchKey(sketchOf(query)));
    });

  it('joins the tables between those in use along the keys', () => {
    const sql = renderPlan(
      toPlan({ ...EMPTY_QUERY, select: [plain(column('author', 'full_name'))], extra: [table('loan')] }, schema)!,
      'sqlite',
    );
    expect(sql.replace(/\s+/g, ' ')).toMatch(/author .*JOIN book .*author_id.*JOIN loan .*book_id/);
  });
});
