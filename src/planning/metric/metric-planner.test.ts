import { describe, expect, it } from 'vitest';
import { loadSemanticLayer, metricMeasures } from '../../knowledge/index.ts';
import type { Column, DatabaseSchema } from '../../sql/index.ts';
import type { Planner, PlanRequest, PlanResult, Turn } from '../planner.ts';
import { createMetricPlanner } from './metric-planner.ts';

const loaded = loadSemanticLayer([
  {
    path: 'test.yml',
    text: `semantic_models:
  - name: sales
    model: sales
    defaults: { agg_time_dimension: sold_on }
    entities: [{ name: sale, type: primary, expr: id }]
    dimensions: [{ name: sold_on, type: time }, { name: city, type: categorical, meta: { synonyms: [城市] } }]
    measures: [{ name: sold, agg: sum, expr: amount }]
  - name: returns
    model: returns
    defaults: { agg_time_dimension: returned_on }
    entities: [{ name: return, type: primary, expr: id }, { name: sale, type: foreign, expr: sale_id }]
    dimensions: [{ name: returned_on, type: time }]
    measures: [{ name: given_back, agg: sum, expr: amount }]
metrics:
  - { name: revenue, type: simple, type_params: { measure: sold }, meta: { synonyms: [销售额] } }
  - { name: return_rate, type: ratio, type_params: { numerator: returned, denominator: revenue }, meta: { synonyms: [退货率] } }
  - { name: returned, type: simple, type_params: { measure: given_back } }
  - name: growth
    type: derived
    label: Growth
    type_params: { expr: revenue / before - 1, metrics: [revenue, { name: revenue, alias: before, offset_window: 1 month }] }
    meta: { synonyms: [环比增长率] }
`,
  },
]);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
const semantics = loaded.value;

const column = (name: string, type: Column['type'], list: readonly string[] | null = null): Column => ({
  name,
  type,
  nativeType: type,
  nullable: true,
  comment: null,
  synonyms: [],
  values: list === null ? null : { list, complete: true, min: null, max: null },
});
const schema: DatabaseSchema = {
  dialect: 'postgres',
  defaultSchema: 'public',
  tables: [
    {
      ref: { schema: 'public', name: 'sales' },
      kind: 'table',
      comment: null,
      synonyms: [],
      columns: [
        column('id', 'integer'),
        column('sold_on', 'date'),
        column('city', 'text', ['Paris', 'Oslo']),
        column('amount', 'decimal'),
      ],
      primaryKey: ['id'],
      uniqueKeys: [],
      foreignKeys: [],
      rowCount: 10,
    },
  ],
  fingerprint: 'x',
};

const behind: PlanResult = { kind: 'cannot', planner: 'builtin', language: 'en', reason: 'behind', suggestions: [] };
const inner: Planner = { name: 'builtin', plan: async () => behind };

const ask = (question: string, withSemantics = true, previous: readonly Turn[] = []): Promise<PlanResult> => {
  const measures = metricMeasures(semantics);
  const knowledge = { terms: [], examples: [], measures, notes: [], semantics: withSemantics ? semantics : null };
  const request: PlanRequest = { question, schema, today: '2026-03-15', previous, knowledge };
  return createMetricPlanner(inner).plan(request);
};
const answered = async (question: string) => {
  const result = await ask(question);
  if (result.kind !== 'answer') return expect.fail(`not answered: ${question}`);
  return result.candidates[0]!;
};

describe('createMetricPlanner', () => {
  it('answers a metric that needs more than one select, and says how it read the question', async () => {
    const candidate = await answered('growth by city in February 2026');
    expect(candidate.sql).toContain("'2026-02-01'");
    expect(candidate.sql).toContain("'2026-01-01'");
    expect(candidate.reading).toBe('Growth, by city, 2026-02-01 to 2026-02-28');
    expect(candidate.mappings.map((mapping) => mapping.phrase)).toEqual(['growth', 'February 2026', 'city']);
  });

  it('compares a running period with the same days of the one before', async () => {
    const { sql } = await answered('本月环比增长率');
    expect(sql).toContain("'2026-03-16'");
    expect(sql).toContain("'2026-02-16'");
  });

  it('shows a comparison month by month when no period is named', async () => {
    const { sql, reading } = await answered('Paris的环比增长率');
    expect(sql).toMatch(/DATE_TRUNC\('month'/i);
    expect(sql).toContain("'Paris'");
    expect(reading).toBe('环比增长率，按月，条件 city = Paris');
  });

  it('does not take a comparison for a metric of its own in the middle of a conversation, or beside another metric', async () => {
    const turn = { question: 'orders by city', plan: null, sql: 'SELECT 1' };
    expect(await ask('growth', true, [turn])).toBe(behind);
    expect(await ask('环比增长率', true, [turn])).toBe(behind);
    expect(await ask('revenue growth in 2025')).toBe(behind);
  });

  it('compares a metric that no single select carries', async () => {
    const { sql } = await answered('return rate in February 2026, year over year');
    expect(sql).toMatch(/present\.return_rate,\s+past\.return_rate AS previous/);
    expect(sql).toContain("'2026-02-01'");
    expect(sql).toContain("'2025-02-01'");
    const running = await answered('本月退货率同比');
    expect(running.sql).toContain("'2025-03-16'");
  });

  it('goes on with the metric that the conversation is about', async () => {
    const turns = (...questions: readonly string[]): Turn[] =>
      questions.map((question) => ({ question, plan: null, sql: 'SELECT 1' }));
    const sqlAfter = async (question: string, ...before: readonly string[]) => {
      const result = await ask(question, true, turns(...before));
      return result.kind === 'answer' ? result.candidates[0]!.sql : expect.fail(`not answered: ${question}`);
    };
    expect(await sqlAfter('同比', '2026年2月退货率')).toContain("'2025-02-01'");
    const replaced = await sqlAfter('换成去年', '2026年2月退货率', '按月');
    expect(replaced).toContain("'2025-01-01'");
    expect(replaced).not.toContain('2026-02');
    expect(replaced).toMatch(/GROUP BY month/);
    expect(await ask('revenue by city', true, turns('return rate'))).toBe(behind);
    expect(await ask('有多少城市', true, turns('退货率'))).toBe(behind);
    expect(await ask('换成销售额', true, turns('退货率'))).toBe(behind);
  });

  it('leaves everything else to the planner behind', async () => {
    expect(await ask('revenue by city')).toBe(behind);
    expect(await ask('growth of premium customers')).toBe(behind);
    expect(await ask('How many customers are there?')).toBe(behind);
    expect(await ask('growth in 2024 and in 2025')).toBe(behind);
    expect(await ask('growth', false)).toBe(behind);
  });
});
