import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../surfaces/datus/verifies.ts';
import { openShop, plannerOf, type Shop } from './shop-run.ts';

const GOOD = 'SELECT COUNT(*) AS customers FROM customers';

describe('reflection without a model', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  it('accepts rows at once', async () => {
    const run = await shop.run('reflection', { planner: plannerOf(GOOD, 'SELECT 1 AS one') });
    expect(run.strategies).toEqual(['SUCCESS']);
    expect(run.end).toMatchObject({ status: 'completed', reflectionRounds: 0 });
  });

  it('tries the next candidate when a statement cannot be run', async () => {
    const run = await shop.run('reflection', { planner: plannerOf('SELECT no_such_function(1) AS x', GOOD) });
    expect(run.strategies).toEqual(['SIMPLE_REGENERATE', 'SUCCESS']);
    expect(run.rows).toEqual([[3]]);
    expect(run.sql).toBe(GOOD);
    expect(run.end).toMatchObject({ status: 'completed', reflectionRounds: 1 });
    expect(run.nodeIds).toContain('reflect_1_execute_sql');
    expect(run.nodeIds).toContain('reflect_1_reflect');
  });

  it('reads the structure again when a name is unknown, and plans anew', async () => {
    const sql = 'SELECT COUNT(*) AS parcels FROM parcels';
    const warm = await shop.run('fixed', { planner: plannerOf(GOOD) });
    expect(warm.end.status).toBe('completed');
    const database = new DatabaseSync(shop.file);
    database.exec('CREATE TABLE parcels (id INTEGER PRIMARY KEY); INSERT INTO parcels VALUES (1),(2)');
    database.close();
    const offers = [sql, sql];
    const run = await shop.run('reflection', {
      planner: {
        name: 'builtin',
        plan: async () => {
          const spelling = offers.length === 2 ? sql : sql.replace('parcels FROM', 'found FROM');
          offers.pop();
          return plannerOf(spelling).plan({} as never);
        },
      },
    });
    expect(run.strategies[0]).toBe('SCHEMA_LINKING');
    expect(run.nodeIds.filter((id) => id.startsWith('reflect_1_'))).toEqual([
      'reflect_1_schema_discovery',
      'reflect_1_schema_validation',
      'reflect_1_generate_sql',
      'reflect_1_execute_sql',
      'reflect_1_reflect',
    ]);
    expect(run.rows).toEqual([[2]]);
  });

  it('looks up documents when nothing else is left, then explores, and ends with the first problem', async () => {
    const run = await shop.run('reflection', { planner: plannerOf('SELECT no_such_function(1) AS x') });
    expect(run.strategies).toEqual(['DOC_SEARCH', 'REASONING', 'REASONING', 'SUCCESS']);
    expect(run.nodes).toContain('doc_search');
    expect(run.end).toMatchObject({ status: 'failed', reflectionRounds: 3 });
    expect(run.end.problem?.message).toMatch(/no_such_function/i);
    expect(run.events.filter((event) => event.type === 'output-ready')).toEqual([]);
  });

  it('matches a misspelt value again when nothing was found, and says so', async () => {
    const run = await shop.run('reflection', {
      question: 'how many customers in Springfeld',
      planner: planOf(
        shop,
        "SELECT COUNT(*) AS n, MAX(name) AS last FROM customers WHERE city = 'Springfeld' GROUP BY city",
      ),
    });
    expect(run.strategies).toEqual(['REASONING', 'SUCCESS']);
    expect(run.sql).toContain("'Springfield'");
    expect(run.rows).toEqual([[2, 'Cleo']]);
    const readings = run.events.flatMap((event) => (event.type === 'sql-generated' ? [event.reading] : []));
    expect(readings.at(-1)).toContain('“Springfeld” → city = Springfield');
  });

  it('reads a month without a year where there is data', async () => {
    const run = await shop.run('reflection', {
      question: 'orders in March',
      planner: planOf(
        shop,
        "SELECT id, amount FROM orders WHERE ordered_on >= '2025-03-01' AND ordered_on < '2025-04-01' ORDER BY id",
      ),
    });
    expect(run.strategies).toEqual(['REASONING', 'SUCCESS']);
    expect(run.rows?.map(([id]) => id)).toEqual([1, 3]);
    expect(run.sql).toContain('2024-03-01');
  });

  it('keeps an honest empty answer when no other reading finds rows', async () => {
    const empty = "SELECT name FROM customers WHERE city = 'Springfield' AND name = 'Nobody' LIMIT 5";
    const run = await shop.run('reflection', { planner: plannerOf(empty, 'SELECT name FROM customers WHERE id < 0') });
    expect(run.end.status).toBe('completed');
    expect(run.rows).toEqual([]);
    expect(run.sql).toBe(empty);
  });

  it('does not try again what no other query can cure', async () => {
    const stop = new AbortController();
    const run = await shop.run('reflection', {
      planner: plannerOf(GOOD, GOOD),
      signal: stop.signal,
      onEvent: (event) => event.type === 'sql-start' && stop.abort(),
    });
    expect(run.end).toMatchObject({ status: 'cancelled', reflectionRounds: 0 });
  });
});

describe('reflection as configured', () => {
  verifies(
    'reflection-config',
    'inserts the nodes that `reflection_nodes` names, within the rounds of the limits',
    async () => {
      const shop = await openShop({
        agent: { reflection_nodes: { doc_search: ['doc_search', 'reflect'], reasoning: ['reflect'] } },
        limits: { reflection_rounds: 2 },
      });
      const run = await shop.run('reflection', { planner: plannerOf('SELECT no_such_function(1) AS x') });
      expect(run.nodes).toEqual([
        'schema_discovery',
        'generate_sql',
        'execute_sql',
        'reflect',
        'doc_search',
        'reflect',
        'reflect',
        'output',
      ]);
      expect(run.end).toMatchObject({ status: 'failed', reflectionRounds: 2 });
      await shop.close();
    },
  );

  it('refuses a strategy or a node that does not exist, by name', async () => {
    await expect(openShop({ agent: { reflection_nodes: { guessing: ['reflect'] } } })).rejects.toThrow(
      /guessing.*schema_linking/,
    );
    await expect(openShop({ agent: { reflection_nodes: { reasoning: ['dream'] } } })).rejects.toThrow(
      /reasoning\[0\].*dream/,
    );
  });
});

/** The plan behind a statement, as the builtin planner would offer it. */
function planOf(shop: Shop, sql: string) {
  return {
    name: 'builtin' as const,
    async plan(request: { readonly schema: import('../../src/sql/index.ts').DatabaseSchema }) {
      const { loadParser, planFromSql, renderPlan } = await import('../../src/sql/index.ts');
      await loadParser('sqlite');
      const plan = planFromSql(sql, 'sqlite', request.schema);
      if (!plan.ok) throw new Error(`${shop.file}: ${plan.failure.message}`);
      const candidate = {
        plan: plan.value,
        sql: renderPlan(plan.value, 'sqlite', { schema: request.schema }),
        confidence: 0.9,
        mappings: [],
        reading: 'as written',
      };
      return { kind: 'answer' as const, planner: 'builtin' as const, language: 'en' as const, candidates: [candidate] };
    },
  };
}
