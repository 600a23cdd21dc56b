/** Questions, proofs and repairs on the highway demo. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepProgress } from '../../src/pipeline/step.ts';
import { steps } from '../../src/pipeline/steps/index.ts';
import { guardReadOnly, loadParser, planFromSql } from '../../src/sql/index.ts';
import type { TestDatabase } from '../support/engines.ts';
import { createHighway, openBench, type StepBench } from './step-context.ts';

interface Pair {
  question: string;
  sql: string;
}

describe('the steps on the highway demo', () => {
  let database: TestDatabase;
  let bench: StepBench;
  const file = (name: string): string => readFileSync(join(bench.directory, name), 'utf8');
  const pairs = (name: string): Pair[] => JSON.parse(file(name)) as Pair[];

  beforeAll(async () => {
    database = await createHighway();
    bench = await openBench(database.config);
  });
  afterAll(async () => {
    await bench?.close();
    await database?.drop();
  });

  describe('qa_generation', () => {
    const name = 'qs_highway_db_20260315_120000_pair.json';
    let result: Record<string, unknown>;
    const told: StepProgress[] = [];
    beforeAll(async () => {
      ({ result } = await steps.qa_generation(bench.context({ progress: (update) => told.push(update) })));
    });

    it('tells every question in its log and its progress', () => {
      const questions = pairs(name).map(({ question }) => question);
      expect(told.flatMap(({ item }) => item ?? [])).toEqual(questions);
      expect(told.map(({ done }) => done).slice(0, -1)).toEqual(questions.map((_, index) => index + 1));
      for (const { done, total } of told) expect(done).toBeLessThanOrEqual(total);
      expect(told.at(-1)).toEqual({ done: questions.length, total: questions.length, item: null });
      for (const question of questions) {
        expect(bench.lines).toContain(`[INFO] QuestionSQLGenerationAgent: 生成问答对: ${question}`);
      }
    });

    it('writes at least fifty pairs in Chinese, each question and each query once, on one line with a semicolon', () => {
      const written = pairs(name);
      expect(result).toMatchObject({ output_file: name, total_questions: written.length, failed_themes: [] });
      expect(written.length).toBeGreaterThanOrEqual(50);
      expect(new Set(written.map(({ question }) => question)).size).toBe(written.length);
      expect(new Set(written.map(({ sql }) => sql)).size).toBe(written.length);
      for (const { question, sql } of written) {
        expect(question).toMatch(/\p{Script=Han}/u);
        expect(sql).toMatch(/^SELECT [^\n]+;$/);
      }
    });

    it('has pairs that all pass the guard and return rows', async () => {
      const { schema, datasource } = bench.context();
      for (const { question, sql } of pairs(name)) {
        const guarded = await guardReadOnly(sql, { schema, maxRows: 50 });
        expect(guarded.ok, `${question}\n${sql}`).toBe(true);
        if (!guarded.ok) continue;
        const outcome = await datasource.run(guarded.value.sql, { timeoutMs: 20_000, maxRows: 50 });
        expect(outcome.ok && outcome.value.rows.length > 0, `${question}\n${sql}`).toBe(true);
      }
    });

    it('says in the question every value, number and month that the query filters by', async () => {
      await loadParser('postgres');
      const { schema } = bench.context();
      for (const { question, sql } of pairs(name)) {
        expect(planFromSql(sql, 'postgres', schema).ok, sql).toBe(true);
        for (const [, value] of sql.matchAll(/(?:= |IN \()'([^']+)'/g)) expect(question).toContain(value);
        const limit = / LIMIT (\d+);$/.exec(sql)?.[1];
        if (limit !== undefined && limit !== '1') expect(question).toContain(limit);
        for (const [, number] of sql.matchAll(/HAVING .*[>=] (\d+)/g)) expect(question).toContain(number);
        const [from] = [...sql.matchAll(/>= DATE '(\d{4})-(\d\d)-01'/g)];
        if (from) expect(question).toContain(`${from[1]}年${Number(from[2])}月`);
      }
    });

    it('varies the forms, and reports which tables, columns and joins are exercised', () => {
      const report = JSON.parse(file('qa_coverage.json')) as {
        forms: Record<string, number>;
        tables: { rate: number };
        columns: { rate: number; missing: string[] };
        joins: { covered: number; total: number };
      };
      expect(Object.keys(report.forms)).toEqual(
        expect.arrayContaining(
          'count sum average share ranking trend comparison absence period multi-join having nested'.split(' '),
        ),
      );
      expect(report.tables.rate).toBe(1);
      expect(report.columns.rate).toBeGreaterThan(0.7);
      expect(report.joins.covered).toBeGreaterThanOrEqual(6);
    });

    it('describes its themes, and leaves no partial results behind', () => {
      expect(readdirSync(bench.directory).filter((entry) => /intermediate|recovery|draft/.test(entry))).toEqual([]);
      expect(file('metadata.txt')).toContain('INSERT INTO metadata(topic_name');
      expect(file('metadata_detail.md')).toContain('bss_business_day_data');
      expect(JSON.parse(file('db_query_decision_prompt.txt'))).toHaveProperty('核心业务实体');
    });

    it('asks in English when the business is described in English', async () => {
      const context = bench.context({
        businessContext: 'Motorway service areas: takings and traffic',
        dbName: 'english',
      });
      await steps.qa_generation(context);
      const english = pairs('qs_english_20260315_120000_pair.json');
      expect(english.length).toBeGreaterThanOrEqual(50);
      const questions = english.map(({ question }) => question);
      expect(questions).toContain('What was the total number of customers in February 2026?');
      // Chinese are the values only, and nothing is called by the prefix of its system.
      for (const question of questions) expect(question.replace(/"[^"]+"/g, '')).not.toMatch(/\p{Script=Han}|\bbss\b/u);
    });
  });

  describe('sql_validation', () => {
    const name = 'qs_broken_20260316_090000_pair.json';
    const broken: readonly (Pair & { repaired: RegExp | null })[] = [
      {
        question: '各服务区的营业额',
        sql: 'SELECT service_nam, SUM(pay_sum) AS total FROM bss_business_day_data GROUP BY service_nam;',
        repaired: /service_name, SUM/,
      },
      {
        question: '一共有多少个公司',
        sql: 'SELECT COUNT(*) FROM bss_companys;',
        repaired: /FROM bss_company;/,
      },
      {
        question: '各公司的服务区数量',
        sql: 'SELECT company_name, COUNT(*) AS areas FROM bss_service_area GROUP BY company_name;',
        repaired: /JOIN bss_company ON bss_service_area\.company_id = bss_company\.id/,
      },
      {
        question: '每月的营业额',
        sql: "SELECT DATE_FORMAT(oper_date, '%Y-%m') AS m, SUM(IFNULL(pay_sum, 0)) AS total FROM bss_business_day_data GROUP BY 1;",
        repaired: /to_char\(oper_date, 'YYYY-MM'\).*coalesce\(pay_sum, 0\)/,
      },
      {
        question: '编码为 500 以上的档口',
        sql: 'SELECT COUNT(*) AS n FROM bss_branch WHERE branch_no <> 500;',
        repaired: /branch_no <> '500'/,
      },
      { question: '天气如何', sql: 'SELECT temperature FROM weather_reports_of_mars;', repaired: null },
      { question: '删除所有公司', sql: 'DELETE FROM bss_company;', repaired: null },
    ];
    const good: readonly Pair[] = [
      { question: '公司总数', sql: 'SELECT COUNT(*) AS n FROM bss_company;' },
      { question: '没有人知道的公司', sql: "SELECT id FROM bss_company WHERE company_name = 'x';" },
    ];
    let result: Record<string, unknown>;
    beforeAll(async () => {
      for (const entry of readdirSync(bench.directory)) {
        if (entry.endsWith('_pair.json')) writeFileSync(join(bench.directory, entry), '[]');
      }
      const all = [...good, ...broken.map(({ question, sql }) => ({ question, sql }))];
      writeFileSync(join(bench.directory, name), JSON.stringify(all));
      ({ result } = await steps.sql_validation(bench.context()));
    });

    it.each(broken)('treats “$question” as it should: $sql', ({ question, repaired }) => {
      const left = pairs(name).find((pair) => pair.question === question);
      if (repaired === null) expect(left).toBeUndefined();
      else expect(left?.sql).toMatch(repaired);
    });

    it('counts, flags what returns nothing, and leaves good pairs alone', () => {
      expect(result).toMatchObject({
        original_sql_count: 9,
        valid_sql_count: 7,
        invalid_sql_count: 2,
        trivial_sql_count: 1,
        repair_stats: { attempted: 7, successful: 5, failed: 2 },
        file_modification_stats: { modified: 5, deleted: 2, failed_modifications: 0 },
      });
      expect(pairs(name)).toEqual(expect.arrayContaining([...good]));
      expect(bench.lines).toContain('[INFO] SQLValidator: SQL验证通过: 公司总数');
    });

    it('keeps the original, and reports what it changed', async () => {
      expect(pairs(`${name}.backup`)).toHaveLength(9);
      expect(file('sql_validation_20260315_120000_summary.log')).toContain('weather_reports_of_mars');
      expect(file('file_modifications_20260315_120000.log')).toContain('删除: 天气如何');
      const again = await steps.sql_validation(bench.context());
      expect(again.result).toMatchObject({ original_sql_count: 7, invalid_sql_count: 0 });
      expect(pairs(`${name}.backup`)).toHaveLength(9);
    });

    it('only reports when the file is not to be changed', async () => {
      const text = JSON.stringify([{ question: '坏的', sql: 'SELECT nothing_there FROM bss_company' }]);
      writeFileSync(join(bench.directory, name), text);
      const flags = { ...bench.context().flags, modifyOriginalFile: false };
      const { result: only } = await steps.sql_validation(bench.context({ flags }));
      expect(only).toMatchObject({ invalid_sql_count: 1, file_modification_stats: { modified: 0, deleted: 0 } });
      expect(file(name)).toBe(text);
    });
  });
});
