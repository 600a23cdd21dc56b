import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../../sql/index.ts';
import { renderPlan } from '../../../../../sql/index.ts';
import { EMPTY_QUERY } from '../../query/query.ts';
import { toPlan } from '../../query/to-plan.ts';
import { buildSchemaIndex } from '../../schema/schema-index.ts';
import { column, table } from '../../testing/library-schema.ts';
import { type Linking, link } from '../linker.ts';
import { analyseQuestion } from '../question.ts';

const numbers = (name: string, ...values: number[]): Column => column(name, 'integer', values);

const schema = buildSchemaIndex(
  {
    dialect: 'sqlite',
    defaultSchema: null,
    fingerprint: 'measures',
    tables: [
      table('小镇', [
        column('编号', 'text', ['a', 'b']),
        column('镇名', 'text', ['石桥', '望江']),
        numbers('常住人口', 9000, 12000),
        numbers('占地面积', 30, 44),
        numbers('书店数量', 3, 8),
        numbers('夏季平均温度', 28, 31),
        numbers('冬季平均温度', -2, 4),
        column('青年占比', 'decimal', [0.2, 0.3]),
        numbers('供水费', 300, 500),
        numbers('照明费', 800, 900),
      ]),
      table('剧场', [
        column('剧场号', 'text', ['x', 'y']),
        column('剧场名', 'text', ['大光明', '小世界']),
        numbers('总场数', 20, 40),
        numbers('总票数', 4000, 9000),
        numbers('成人票数', 3000, 6000),
        numbers('儿童票数', 1000, 3000),
        numbers('票价', 80, 120),
        numbers('开幕年份', 1980, 1999),
        numbers('提名次数', 4, 9),
        numbers('获奖次数', 1, 3),
        column('手续费比例', 'decimal', [0.02, 0.05]),
      ]),
      table('剧团', [
        column('团号', 'text', ['p', 'q']),
        column('团名', 'text', ['春晓', '秋实']),
        numbers('演员总数', 20, 60),
        numbers('男演员人数', 9, 31),
        numbers('人均奖金', 900, 1500),
        numbers('演出收入', 90000, 120000),
        numbers('演出成本', 60000, 80000),
        numbers('建团年份', 1950, 1980),
        numbers('解散年份', 1990, 2010),
      ]),
    ],
  },
  new Map(),
);

const linked = (question: string): Linking => link(analyseQuestion(question), schema, new Map());
const measures = (question: string): string[] =>
  linked(question).schema.columns.flatMap((c) => (c.measure === undefined ? [] : [c.name]));

describe('figures that no column holds', () => {
  it.each([
    ['给出人口密度最大的小镇', '常住人口 / 占地面积'],
    ['书店密度低于1的小镇有哪些', '书店数量 / 占地面积'],
    ['按冬夏温差从大到小列出小镇', '夏季平均温度 - 冬季平均温度'],
    ['小镇有多少青年', '常住人口 * 青年占比'],
    ['剧场的获奖率是多少', '获奖次数 / 提名次数'],
    ['哪个剧场的获奖概率最高', '获奖次数 / 提名次数'],
    ['给出场均票数最多的剧场', '总票数 / 总场数'],
    ['平均每场的票数超过200的剧场', '总票数 / 总场数'],
    ['儿童票数占总票数的比例最高的剧场', '儿童票数 / 总票数'],
    ['给出成人和儿童票数之和', '成人票数 + 儿童票数'],
    ['成人票数与儿童票数的差超过1000的剧场', '成人票数 - 儿童票数'],
    ['提名次数减去获奖次数大于5的剧场', '提名次数 - 获奖次数'],
    ['销售额最高的剧场', '票价 * 总票数'],
    ['每个剧场的手续费是多少', '票价 * 手续费比例'],
    ['女演员人数超过20的剧团', '演员总数 - 男演员人数'],
    ['利润最高的剧团', '演出收入 - 演出成本'],
    ['给出各剧团的总奖金', '人均奖金 * 演员总数'],
    ['哪个小镇一共花费了多少钱', '供水费 + 照明费'],
    ['演出收入比演出成本高多少', '演出收入 - 演出成本'],
  ])('%s', (question, measure) => {
    expect(measures(question)).toContain(measure);
  });

  it.each([
    '青年占比超过0.2的小镇',
    '每个小镇有多少书店',
    '占地面积最大的小镇叫什么',
    '哪些剧场的提名次数比获奖次数多',
    'list the towns',
  ])('%s names columns as they are', (question) => {
    expect(measures(question)).toEqual([]);
  });

  it('stands where the question names it and is written as arithmetic', () => {
    const linking = linked('人口密度大于300的小镇');
    const id = linking.schema.columns.findIndex((c) => c.measure !== undefined);
    expect(linking.columns[id]!.matches[0]).toMatchObject({ start: 0, end: 4, coverage: 1 });
    const name = linking.schema.columns.findIndex((c) => c.name === '镇名');
    const plan = toPlan(
      {
        ...EMPTY_QUERY,
        select: [{ agg: '', distinct: false, col: name }],
        where: [{ left: { agg: '', distinct: false, col: id }, op: '>', values: [300], sub: null }],
      },
      linking.schema,
    );
    expect(renderPlan(plan!, 'sqlite').replaceAll(/\s+/g, ' ')).toMatch(
      /WHERE CAST\("常住人口" AS REAL\) \/ "占地面积" > 300$/,
    );
  });

  it('leaves the schema of other questions as it is', () => {
    const before = schema.columns.length;
    measures('给出人口密度最大的小镇');
    expect(schema.columns).toHaveLength(before);
    expect(linked('小镇的名字').schema).toBe(schema);
  });
});
