import { describe, expect, it } from 'vitest';
import { THESAURUS } from '../lexicon/thesaurus.ts';
import { buildSchemaIndex } from '../schema/schema-index.ts';
import { LIBRARY, column as makeColumn, table } from '../testing/library-schema.ts';
import { THEATRE } from '../testing/theatre-schema.ts';
import { type Linking, link } from './linker.ts';
import { analyseQuestion } from './question.ts';

const schema = buildSchemaIndex(LIBRARY, new Map());
const linked = (question: string): Linking => link(analyseQuestion(question), schema, new Map());
const column = (name: string): number => schema.columns.findIndex((c) => c.name === name);

describe('linking', () => {
  it('finds columns by their words in any inflection, exactly where they stand', () => {
    const match = linked('Which home towns do authors have?').columns[column('home_town')]!.matches[0];
    expect(match).toMatchObject({ start: 1, end: 3, exact: true, coverage: 1 });
  });
  it('finds a column by the rest of its name when the table is named apart', () => {
    const { columns } = linked('the name of every author');
    expect(columns[column('full_name')]!.matches[0]?.coverage).toBe(0.5);
  });
  it('finds cells as stored, whatever their case in the question', () => {
    const values = linked('how many pages has salt roads').values.filter((v) => v.cells.length > 0);
    expect(values[0]?.cells[0]).toMatchObject({ column: column('title'), literal: 'Salt Roads', quality: 1 });
  });
  it('finds a cell by one rare word of it', () => {
    const value = linked('books written by Vellum').values.find((v) => v.text === 'Vellum');
    expect(value?.cells[0]).toMatchObject({ column: column('full_name'), literal: 'Ben Vellum' });
  });
  it('finds Latin names that a Chinese question spells by their sound', () => {
    const spelt = (question: string) => linked(question).values.find((v) => v.cells.length > 0);
    expect(spelt('维勒姆写了哪些书')).toMatchObject({ text: '维勒姆', strong: true });
    expect(spelt('维勒姆写了哪些书')?.cells[0]).toMatchObject({
      column: column('full_name'),
      literal: 'Ben Vellum',
      quality: 0.5,
    });
    expect(spelt('克莱奥·科德克斯的家乡')?.cells[0]).toMatchObject({ literal: 'Cleo Codex', quality: 0.9 });
    expect(spelt('那里有多少本书')).toBeUndefined();
  });
  it('finds men and women in cells of one letter', () => {
    const people = {
      ...LIBRARY,
      tables: [table('member', [makeColumn('member_id', 'integer', [1]), makeColumn('sex', 'text', ['F', 'M'])])],
    };
    const index = buildSchemaIndex(people, new Map());
    const value = (question: string) => link(analyseQuestion(question), index, new Map()).values[0]?.cells[0]?.literal;
    expect(value('how many female members')).toBe('F');
    expect(value('the men among the members')).toBe('M');
    expect(value('all members')).toBeUndefined();
  });
  it('offers quoted text that is no cell as a literal', () => {
    expect(linked('books called "Nowhere Land"').values.some((v) => v.text === 'Nowhere Land' && v.quoted)).toBe(true);
  });
  it('masks mentions by their kind', () => {
    expect(linked('title of novel with 300 pages').mask).toEqual(['C', '', 'V', '', 'N', '']);
  });
  it('reads whole days in Chinese questions as one literal', () => {
    const days = linked('2018年1月20日之后出生的作者').values.filter((v) => v.day !== undefined);
    expect(days.map((v) => v.day)).toEqual(['2018-01-20']);
    expect(linked('2018年1月20日之后出生的作者').values.some((v) => v.number !== null)).toBe(false);
  });
});

describe('linking Chinese names', () => {
  const theatre = buildSchemaIndex(THEATRE, new Map());
  const chinese = (question: string): Linking => link(analyseQuestion(question), theatre, THESAURUS);
  const best = (question: string, name: string) =>
    chinese(question).columns[theatre.columns.findIndex((c) => c.name === name)]!.matches[0];

  it('asks for a number of things by 多少', () => {
    expect(best('夜航有多少幕', '幕数')).toMatchObject({ start: 3, end: 6, coverage: 0.8 });
    expect(best('最多有多少人观看', '观看人数')).toBeDefined();
  });
  it('takes a short word for the whole name, and a name without what it belongs to', () => {
    expect(best('哪些省', '所属省份')?.coverage).toBe(0.8);
    expect(best('省份有哪些', '所属省份')?.coverage).toBe(1);
  });
  it('prefers a free mention to one inside a longer name', () => {
    expect(best('剧目演出的票价和演出', '演出')).toMatchObject({ start: 8, end: 10 });
  });
  it('begins a new item where a table is named right behind a column', () => {
    const { units } = chinese('给出剧目的体裁剧目演出的票价').question;
    expect(units.map((u) => u.afterComma).indexOf(true)).toBe(7);
  });
  it('does not take a piece of a number for a cell', () => {
    expect(chinese('票价超过2万').values.map((v) => v.number)).toEqual([20_000]);
  });
});
