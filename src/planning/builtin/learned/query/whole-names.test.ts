import { describe, expect, it } from 'vitest';
import { buildSchemaIndex } from '../schema/schema-index.ts';
import { column, table } from '../testing/library-schema.ts';
import { EMPTY_QUERY, type Query } from './query.ts';
import { withWholeNames } from './whole-names.ts';

const schema = buildSchemaIndex(
  {
    dialect: 'sqlite',
    defaultSchema: null,
    fingerprint: 'names',
    tables: [
      table('guest', [
        column('guest_id', 'integer', [1, 2]),
        column('guest_first_name', 'text', ['Ada', 'Ben']),
        column('guest_last_name', 'text', ['Quill', 'Vellum']),
      ]),
      table('staff', [column('id', 'integer', [1]), column('last_name', 'text', ['Codex'])]),
    ],
  },
  new Map(),
);
const id = (name: string): number => schema.columns.findIndex((c) => c.name === name);
const showing = (...names: string[]): Query => ({
  ...EMPTY_QUERY,
  select: names.map((name) => ({ agg: '', distinct: false, col: id(name) })),
});

describe('whole names', () => {
  it('are both halves', () => {
    const both = showing('guest_first_name', 'guest_last_name');
    expect(withWholeNames(showing('guest_last_name'), schema, '列出所有客人的姓名')).toEqual(both);
    expect(withWholeNames(showing('guest_first_name'), schema, 'the full names of all guests')).toEqual(both);
    expect(withWholeNames(both, schema, '列出所有客人的姓名')).toBe(both);
  });
  it('leave alone what is asked by its own name, or has no other half', () => {
    for (const [query, question] of [
      [showing('guest_last_name'), '列出所有客人的姓'],
      [showing('last_name'), '列出所有员工的姓名'],
    ] as const)
      expect(withWholeNames(query, schema, question)).toBe(query);
  });
});
