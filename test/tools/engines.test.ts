/** The analysis, the review and the plan tools on every engine: the same rows give the same findings. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCatalog } from '../../src/catalog/index.ts';
import { loadConfig } from '../../src/engine/config/load-config.ts';
import { openQueryEngine, type QueryEngine } from '../../src/engine/query-engine.ts';
import { type Datasource, openDatasource } from '../../src/execution/index.ts';
import { silentLogger } from '../../src/kernel/index.ts';
import {
  type OpenedDatasource,
  type RunEvent,
  type RunRequest,
  type RunServices,
  runResearch,
} from '../../src/workflows/index.ts';
import { researchToolContext } from '../../src/workflows/research/tool-context.ts';
import { callTool, createTodoList } from '../../src/workflows/tools/index.ts';
import { TEST_ENGINES, type TestDatabase } from '../support/engines.ts';

/** Two years of sales, one a day; the North sells twice as much in the second year. */
const SALES = Array.from({ length: 730 }, (_, day) => {
  const date = new Date(Date.UTC(2024, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
  const shop = (day % 2) + 1;
  return `(${day + 1}, ${shop}, '${date}', ${day === 500 ? 900 : shop === 1 && day >= 366 ? 20 : 10})`;
});

const STATEMENTS = [
  'CREATE TABLE shops (id INTEGER PRIMARY KEY, area VARCHAR(20))',
  "INSERT INTO shops VALUES (1, 'North'), (2, 'South')",
  'CREATE TABLE sales (id INTEGER PRIMARY KEY, shop_id INTEGER, sold_on DATE, amount DECIMAL(10, 2), FOREIGN KEY (shop_id) REFERENCES shops (id))',
  `INSERT INTO sales VALUES ${SALES.join(', ')}`,
];

const request: RunRequest = {
  workflow: 'chat_agentic_plan',
  namespace: 'test',
  question: 'analysis of sales amount by area in 2025',
  database: null,
  schemaName: null,
  today: '2026-01-15',
  notes: [],
  subjectPath: [],
  planMode: true,
  previous: [],
  research: { mode: 'data_analysis', planMode: true, autoExecute: true, prompt: null },
};

const home = mkdtempSync(join(tmpdir(), 'querent-research-'));
let engine: QueryEngine;
beforeAll(async () => {
  const loaded = loadConfig({ environment: { HOME: home, QUERENT_HOME: home } });
  engine = await openQueryEngine(loaded, { logger: silentLogger });
});
afterAll(async () => {
  await engine?.close();
  rmSync(home, { recursive: true, force: true });
});

for (const kind of TEST_ENGINES) {
  kind.describe(`research on ${kind.kind}`, () => {
    let database: TestDatabase;
    let datasource: Datasource;
    let source: OpenedDatasource;
    let services: RunServices;
    beforeAll(async () => {
      database = await kind.create(...STATEMENTS);
      datasource = await openDatasource(database.config);
      source = { name: 'test', datasource, schema: await createCatalog().snapshot(datasource, { key: kind.kind }) };
      services = { ...engine.services, openDatasource: async () => source };
    }, 60_000);
    afterAll(async () => {
      await datasource?.close();
      await database?.drop();
    });

    const research = async (given: RunRequest): Promise<RunEvent[]> => {
      const events: RunEvent[] = [];
      const host = {
        owner: 'me',
        signal: AbortSignal.timeout(30_000),
        emit: async (event: RunEvent) => void events.push(event),
      };
      const end = await runResearch(given, services, host);
      return [...events, end];
    };

    it('finds trend, shares, change and the unusual day', async () => {
      const events = await research(request);
      expect(events.filter((event) => event.type === 'sql-error')).toEqual([]);
      const text = events
        .flatMap((event) => (event.type === 'message' && event.role === 'report' ? [event.markdown] : []))
        .join('\n');
      expect(text).toMatch(/From 2025-01-01 to 2025-12-30, amount is 6340(\.0+)?\./);
      expect(text).toMatch(/By area, North has the highest amount: 4520(\.0+)?, 71\.29 % of all/);
      expect(text).toMatch(/against 3660(\.0+)? a year before, up/);
      expect(text).toMatch(/2025-05-15 stands out most: amount is 900/);
    });

    it('reads the database’s own plan', async () => {
      const context = await researchToolContext(request, services, {
        source,
        language: 'en',
        todos: createTodoList(),
        signal: AbortSignal.timeout(30_000),
      });
      const plan = await callTool(
        'analyze_query_plan',
        { sql: 'SELECT h.area, SUM(s.amount) FROM sales s JOIN shops h ON h.id = s.shop_id GROUP BY h.area' },
        context,
      );
      expect(plan).toMatchObject({ success: 1, result: { success: true, join_analysis: { join_count: 1 } } });
      expect((plan.result as { plan_text: string }).plan_text).not.toBe('');
      const partitions = await callTool('validate_partitioning', { table_name: 'sales' }, context);
      expect(partitions).toMatchObject({
        success: 1,
        result: { partitioned: false, validation_results: { data_distribution_even: true } },
      });
    });

    const hasPartitions = kind.kind === 'postgres' || kind.kind === 'mysql';
    if (hasPartitions)
      it('sees the partitions of a table', async () => {
        await database.exec(
          ...(kind.kind === 'mysql'
            ? [
                'CREATE TABLE parts (id INT, d DATE) PARTITION BY RANGE (YEAR(d)) (PARTITION p24 VALUES LESS THAN (2025), PARTITION p25 VALUES LESS THAN (2026))',
              ]
            : [
                'CREATE TABLE parts (id INT, d DATE) PARTITION BY RANGE (d)',
                "CREATE TABLE parts_24 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
                "CREATE TABLE parts_25 PARTITION OF parts FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
              ]),
        );
        const schema = await createCatalog().snapshot(datasource, { key: `${kind.kind}-parts` });
        const context = await researchToolContext(request, services, {
          source: { ...source, schema },
          language: 'en',
          todos: createTodoList(),
          signal: AbortSignal.timeout(30_000),
        });
        expect(await callTool('validate_partitioning', { table_name: 'parts' }, context)).toMatchObject({
          success: 1,
          result: { partitioned: true, partition_info: { partition_count: 2 } },
        });
      });
  });
}
