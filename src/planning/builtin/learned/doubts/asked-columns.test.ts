import { describe, expect, it } from 'vitest';
import { THESAURUS } from '../lexicon/thesaurus.ts';
import { link } from '../linking/linker.ts';
import { analyseQuestion } from '../linking/question.ts';
import { EMPTY_QUERY, type Query, type Term } from '../query/query.ts';
import { buildSchemaIndex } from '../schema/schema-index.ts';
import { THEATRE } from '../testing/theatre-schema.ts';
import { askedColumns } from './asked-columns.ts';
import { doubtful } from './doubts.ts';

const index = buildSchemaIndex(THEATRE, new Map());
const linked = (question: string) => link(analyseQuestion(question), index, THESAURUS);
const asked = (question: string): string[] =>
  askedColumns(linked(question)).map((columns) => columns.map((c) => index.columns[c]!.name).join('/'));
const term = (name: string, agg: Term['agg'] = ''): Term => ({
  agg,
  distinct: false,
  col: index.columns.findIndex((c) => c.name === name),
});
const misread = (question: string, query: Partial<Query>): boolean =>
  doubtful([{ ...EMPTY_QUERY, ...query }], linked(question))[0]!;

describe('what a question asks for', () => {
  it.each([
    ['哪些省的票价超过100', ['所属省份']],
    ['每个体裁的剧目数量', ['体裁']],
    ['夜航的票价是多少', ['票价']],
    ['哪3个剧目的票价最高', ['编号/剧目编号/名称']],
    ['给出票价超过100的剧目，以及体裁', ['编号/剧目编号/名称']],
    ['所有剧目的票价', []],
  ])('%s', (question, columns) => {
    expect(asked(question)).toEqual(columns);
  });
});

describe('doubtful', () => {
  it('shows, groups or sorts by what is asked for', () => {
    const count = { agg: 'count', distinct: false, col: -1 } as const;
    const provinces = '哪些省的演出最多';
    expect(misread(provinces, { select: [term('名称')], order: [count], limit: 1 })).toBe(true);
    expect(misread(provinces, { select: [term('所属省份')], order: [count], limit: 1 })).toBe(false);
    expect(misread('每个体裁的平均票价', { select: [term('名称'), term('票价', 'avg')] })).toBe(true);
  });
  it('takes no figure of a column that is named only to restrict the rows', () => {
    const where = [{ left: term('票价'), op: '>', values: [100], sub: null }] as const;
    const select = [term('票价', 'max')];
    expect(misread('票价超过100的演出最多有多少人观看', { select, where })).toBe(true);
    expect(misread('票价超过100的演出最高票价', { select, where })).toBe(false);
    expect(misread('票价超过100的演出最多有多少人观看', { select: [term('观看人数', 'max')], where })).toBe(false);
  });
  it('uses the column that is named with its table', () => {
    const both = '剧目的体裁以及剧目演出的票价';
    expect(misread(both, { select: [term('体裁')] })).toBe(true);
    expect(misread(both, { select: [term('体裁'), term('票价')] })).toBe(false);
    expect(misread('体裁以及票价', { select: [term('体裁')] })).toBe(false);
  });
  it('has no opinion on English', () => {
    expect(misread('which provinces have the most shows', { select: [term('名称')] })).toBe(false);
  });
});
