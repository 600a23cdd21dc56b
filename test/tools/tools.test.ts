import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/engine/config/load-config.ts';
import { openQueryEngine, type QueryEngine } from '../../src/engine/query-engine.ts';
import { silentLogger } from '../../src/kernel/index.ts';
import type { RunRequest } from '../../src/workflows/index.ts';
import { researchToolContext } from '../../src/workflows/research/tool-context.ts';
import { agentTool, callTool, createTodoList, TOOLS, type ToolContext } from '../../src/workflows/tools/index.ts';

let engine: QueryEngine;
let context: ToolContext;
const home = mkdtempSync(join(tmpdir(), 'querent-tools-'));
const request: RunRequest = {
  workflow: 'text2sql',
  namespace: 'demo',
  question: 'q',
  database: null,
  schemaName: null,
  today: '2026-03-15',
  notes: ['GMV: revenue before refunds'],
  subjectPath: [],
  planMode: false,
  previous: [],
};

beforeAll(async () => {
  const loaded = loadConfig({ environment: { HOME: home, QUERENT_HOME: home } });
  engine = await openQueryEngine(loaded, { logger: silentLogger });
  const signal = new AbortController().signal;
  const source = await engine.services.openDatasource(request, signal);
  context = await researchToolContext(request, engine.services, {
    source,
    language: 'en',
    todos: createTodoList(),
    signal,
  });
}, 120_000);
afterAll(async () => {
  await engine?.close();
  rmSync(home, { recursive: true, force: true });
});

const call = async (name: string, input: Record<string, unknown> = {}) => {
  const result = await callTool(name, input, context);
  expect(Object.keys(result)).toEqual(['success', 'error', 'result']);
  return result;
};
const result = async (name: string, input: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
  const { success, error, result: value } = await call(name, input);
  expect([success, error]).toEqual([1, null]);
  return value as Record<string, unknown>;
};

describe('the tools', () => {
  it('look into the catalog', async () => {
    expect(await result('list_databases')).toEqual(['demo']);
    expect(await result('list_schemas')).toEqual(['main']);
    expect(await result('list_tables')).toContainEqual({ type: 'table', name: 'orders' });
    const found = (await result('search_table', { query_text: '退款原因', top_n: 2 })) as {
      metadata: { table_name: string }[];
    };
    expect(Object.keys(found)).toEqual(['metadata', 'sample_data']);
    expect(found.metadata[0]?.table_name).toBe('refunds');
    const described = (await result('describe_table', { table_name: 'ORDERS' })) as {
      columns: { name: string; pk: boolean }[];
    };
    expect(Object.keys(described)).toEqual(['table_info', 'columns']);
    expect(described.columns.find((column) => column.pk)?.name).toBe('order_id');
    expect(await result('get_table_ddl', { table_name: 'orders' })).toMatchObject({
      identifier: 'demo.orders',
      definition: expect.stringContaining('CREATE TABLE'),
    });
    const byComment = (await result('search_tables_by_comment', { query_text: '订单明细' })) as unknown as {
      table_name: string;
    }[];
    expect(byComment[0]?.table_name).toBe('order_items');
  });

  it('say which names are near when one does not exist', async () => {
    expect(await result('check_table_exists', { table_name: 'order' })).toMatchObject({
      table_exists: false,
      suggestions: expect.arrayContaining(['orders']),
      available_tables: expect.arrayContaining(['customers']),
    });
    expect(await result('check_table_exists', { table_name: 'main.orders' })).toMatchObject({ table_exists: true });
    const missing = await call('describe_table', { table_name: 'ordres' });
    expect(missing).toMatchObject({ success: 0, result: null, error: expect.stringContaining('did you mean orders') });
  });

  it('read, and only read', async () => {
    expect(await result('read_query', { sql: 'SELECT COUNT(*) AS n FROM regions' })).toEqual({
      original_rows: 1,
      is_compressed: false,
      columns: ['n'],
      rows: [[7]],
    });
    const write = await call('read_query', { sql: 'DELETE FROM regions' });
    expect([write.success, write.result]).toEqual([0, null]);
    expect(await result('read_query', { sql: 'SELECT * FROM orders', max_rows: 3 })).toMatchObject({
      original_rows: 3,
      is_compressed: true,
    });
  });

  it('check syntax without running', async () => {
    expect(await result('validate_sql_syntax', { sql: 'SELECT 1 FROM nowhere' })).toEqual({
      syntax_valid: true,
      tables_referenced: ['nowhere'],
      sql_type: 'SELECT',
      dialect: 'duckdb',
    });
    expect(await call('validate_sql_syntax', { sql: 'SELEC 1 FRM' })).toMatchObject({
      success: 0,
      result: { syntax_valid: false },
    });
  });

  it('know metrics, terms and stored queries', async () => {
    const metrics = (await result('search_metrics', { query_text: '客单价' })) as unknown as { name: string }[];
    expect(metrics[0]?.name).toBe('average_order_value');
    expect(await result('search_external_knowledge', { query_text: 'what is GMV' })).toContainEqual({
      terminology: 'GMV',
      explanation: 'revenue before refunds',
      origin: 'request',
    });
    expect(await result('search_reference_sql', { query_text: 'revenue' })).toEqual([]);
    expect(await result('list_subject_tree')).toMatchObject({ metrics: expect.arrayContaining(['revenue']) });
  });

  it('resolve dates', async () => {
    expect(await result('get_current_date')).toBe('2026-03-15');
    const dates = await result('parse_temporal_expressions', { task_text: '上个月和 2025-12-24 的销售额' });
    expect(Object.keys(dates)).toEqual(['extracted_dates', 'date_context']);
    expect(dates.extracted_dates).toEqual([
      expect.objectContaining({
        start_date: '2026-02-01',
        end_date: '2026-02-28',
        date_type: 'relative',
        parsed_date: null,
      }),
      expect.objectContaining({ start_date: '2025-12-24', date_type: 'specific', parsed_date: '2025-12-24' }),
    ]);
    const bad = await call('parse_temporal_expressions', { task_text: 'today', current_date: 'soon' });
    expect(bad.success).toBe(0);
  });

  it('read the database’s plan', async () => {
    const plan = await result('analyze_query_plan', {
      sql: "SELECT * FROM order_items i JOIN orders o ON o.order_id = i.order_id WHERE o.channel LIKE '%x'",
    });
    expect(Object.keys(plan)).toEqual([
      'success',
      'plan_text',
      'estimated_rows',
      'estimated_cost',
      'hotspots',
      'join_analysis',
      'index_usage',
      'warnings',
    ]);
    expect(plan.join_analysis).toMatchObject({ join_count: 1, join_order_issues: [] });
    const reasons = (plan.hotspots as { reason: string }[]).map((spot) => spot.reason);
    expect(reasons).toEqual(expect.arrayContaining(['full_table_scan', 'select_star', 'leading_wildcard_like']));
  });

  it('compare tables and partitions', async () => {
    const conflicts = await result('check_table_conflicts', { table_name: 'orders' });
    expect(Object.keys(conflicts)).toEqual([
      'exists_similar',
      'target_table',
      'matches',
      'duplicate_build_risk',
      'layering_violations',
    ]);
    expect(conflicts.duplicate_build_risk).toBe('low');
    const partitions = await result('validate_partitioning', { table_name: 'orders' });
    expect(Object.keys(partitions)).toEqual([
      'partitioned',
      'partition_info',
      'validation_results',
      'issues',
      'recommended_partition',
      'performance_impact',
    ]);
    expect(partitions.validation_results).toMatchObject({
      data_distribution_even: true,
      pruning_opportunities: ['order_date'],
    });
  });

  it('keep a plan', async () => {
    await result('todo_write', {
      todos_json: JSON.stringify([{ content: 'look' }, { content: 'think', status: 'pending' }]),
    });
    expect(await result('todo_update', { todo_id: 'todo_0', status: 'completed' })).toEqual({
      updated_item: { id: 'todo_0', content: 'look', status: 'completed' },
    });
    expect(await result('todo_read')).toMatchObject({ total_count: 2 });
    expect((await call('todo_update', { todo_id: 'todo_9', status: 'completed' })).success).toBe(0);
    expect((await call('todo_update', { todo_id: 'todo_0', status: 'done' })).success).toBe(0);
    expect((await call('todo_write', { todos_json: '{' })).success).toBe(0);
  });

  it('are offered to a model with schemas, and answer it in JSON', async () => {
    const tools = TOOLS.map((tool) => agentTool(tool, context));
    expect(new Set(tools.map((tool) => tool.name)).size).toBe(22);
    const readQuery = tools.find((tool) => tool.name === 'read_query');
    expect(readQuery?.inputSchema).toMatchObject({ type: 'object', required: ['sql'] });
    const answer = await readQuery?.run({ sql: 'SELECT 1 AS x' }, {});
    expect(answer?.ok && JSON.parse(answer.value)).toMatchObject({ success: 1, result: { rows: [[1]] } });
    expect((await call('no_such_tool')).success).toBe(0);
  });

  it('fail as results on any input', async () => {
    for (const tool of TOOLS) {
      for (const input of [
        {},
        { table_name: 5, sql: null, query_text: [], task_text: {}, todos_json: 7, todo_id: 1 },
      ]) {
        expect([0, 1]).toContain((await call(tool.name, input)).success);
      }
    }
  });
});
