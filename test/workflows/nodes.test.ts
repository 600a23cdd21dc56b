import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODE_TYPES } from '../../src/workflows/index.ts';
import { openShop, plannerOf, type Shop } from './shop-run.ts';

const COUNT = 'SELECT COUNT(*) AS n FROM customers';
const NAMES = 'SELECT name FROM customers ORDER BY name';

const WORKFLOWS = {
  every_node: [
    'intent_analysis',
    'intent_clarification',
    'knowledge_enhancement',
    'schema_linking',
    'schema_discovery',
    'schema_validation',
    'semantic',
    'search_metrics',
    'date_parser',
    'doc_search',
    'generate_sql',
    'sql_validate',
    'fix',
    'execute_sql',
    'result_validation',
    'compare',
    'sql_summary',
    'reflect',
    'reasoning',
    'chat',
    'gensql',
    'output',
  ],
  side_by_side: [
    'schema_linking',
    { parallel: ['generate_sql', ['reasoning', 'execute_sql'], 'inner'] },
    { selection: 'most rows' },
    'execute_sql',
    'output',
  ],
  nested: [
    { parallel: [[{ parallel: ['generate_sql', 'gensql'] }, 'selection', 'execute_sql'], { subworkflow: 'inner' }] },
    'output',
  ],
  inner: ['generate_sql', 'execute_sql', 'output'],
  with_config: {
    steps: ['schema_linking', 'generate_sql', 'execute_sql', 'reflect', 'output'],
    config: { max_reflection_rounds: 1, schema_linking: { matching_rate: 'fast' } },
  },
  short: { steps: ['schema_linking', 'generate_sql', 'execute_sql', 'output'], config: { max_steps: 2 } },
  asked: ['generate_sql', 'hitl', 'execute_sql', 'output'],
  asked_twice: [
    'generate_sql',
    { hitl: { prompt: 'First?' } },
    { hitl: { prompt: 'Second?' } },
    'execute_sql',
    'output',
  ],
  compared: ['generate_sql', 'execute_sql', { compare: { sql: NAMES } }, 'output'],
  repaired: ['generate_sql', 'fix', 'execute_sql', 'output'],
  aliases: ['reflection', 'sql_generation', 'execute', 'reason_sql', 'chatbot', 'syntax_validation', 'output'],
};

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({
    agent: { workflow: { plan: 'inner', ...WORKFLOWS }, nodes: { schema_linking: { matching_rate: 'slow' } } },
  });
});
afterAll(() => shop?.close());

describe('nodes', () => {
  it('all do their work in one long workflow without a model', async () => {
    const run = await shop.run('every_node', {
      planner: plannerOf(COUNT),
      request: { notes: ['churn: customers without orders'] },
    });
    expect(run.end).toMatchObject({ status: 'completed', problem: null });
    expect(run.nodes).toEqual(WORKFLOWS.every_node);
    expect(run.rows).toEqual([[3]]);
    const silent = new Set(['start', 'hitl', 'parallel', 'selection', 'subworkflow']);
    const missing = NODE_TYPES.filter((type) => !silent.has(type) && !run.nodes.includes(type));
    expect(missing).toEqual([]);
  });

  it('date_parser resolves dates by the day of the run', async () => {
    const run = await shop.run('metric_to_sql', { question: 'orders in March 2024', planner: plannerOf(COUNT) });
    expect(run.detail('date_parser')).toMatchObject({
      current_date: '2026-01-15',
      extracted_dates: [{ start_date: '2024-03-01', end_date: '2024-03-31' }],
    });
  });

  it('intent_clarification names the times, dimensions and figures of the question, and nothing else', async () => {
    const clarify = async (question: string) => {
      const run = await shop.run('every_node', { question, planner: plannerOf(COUNT) });
      const told = run.events.find((one) => one.type === 'tool-result' && one.toolName === 'intent_clarification');
      return told?.type === 'tool-result' ? told.data : null;
    };
    expect(await clarify('total amount per month in March 2024')).toMatchObject({
      entities: {
        time_range: { text: expect.stringContaining('March 2024'), start: '2024-03-01', end: '2024-03-31' },
        dimensions: ['month'],
        metrics: ['orders.amount'],
      },
      corrections: { typos_fixed: [], ambiguities_resolved: [] },
    });
    expect(await clarify('按月统计 orders 的 amount')).toMatchObject({
      entities: { time_range: null, dimensions: ['month'], metrics: ['orders.amount'] },
    });
    expect(await clarify('amounts of costumers by name and city last month')).toMatchObject({
      entities: {
        time_range: { start: '2025-12-01', end: '2025-12-31' },
        dimensions: ['customers.name', 'customers.city'],
        metrics: ['orders.amount'],
      },
      corrections: { typos_fixed: [], ambiguities_resolved: [expect.stringContaining('last month = 2025-12-01')] },
    });
    expect(await clarify('how many')).toMatchObject({ entities: { time_range: null, dimensions: [], metrics: [] } });
  });

  it('doc_search finds passages of the namespace’s documents', async () => {
    const run = await shop.run('every_node', { question: 'net amounts of all orders', planner: plannerOf(COUNT) });
    expect(run.detail('doc_search')).toMatchObject({
      documents: [expect.objectContaining({ title: 'rules: Amounts', text: expect.stringContaining('net of tax') })],
    });
  });

  it('knowledge_enhancement makes terms of definitions', async () => {
    const run = await shop.run('every_node', {
      planner: plannerOf(COUNT),
      request: { notes: ['活跃客户：下过单的客户', 'plain remark'] },
    });
    expect(run.detail('knowledge_enhancement')).toMatchObject({
      terms: [{ word: '活跃客户', description: '下过单的客户' }],
      notes: ['活跃客户：下过单的客户', 'plain remark'],
    });
  });

  it('compare tells the differences to an expected statement, by structure and by rows', async () => {
    const differs = await shop.run('compared', { planner: plannerOf(COUNT) });
    expect(differs.detail('compare')).toMatchObject({
      same_result: false,
      differences: expect.arrayContaining([expect.objectContaining({ part: 'aggregates', extra: ['count'] })]),
    });
    const equal = await shop.run('compared', { planner: plannerOf('SELECT c.name FROM customers AS c') });
    expect(equal.detail('compare')).toMatchObject({ same_result: true });
  });

  it('fix puts the nearest existing names in place of those that do not exist', async () => {
    const run = await shop.run('repaired', { planner: plannerOf('SELECT nmae FROM custmers ORDER BY nmae') });
    expect(run.sql).toBe(NAMES);
    expect(run.rows).toEqual([['Ann'], ['Bob'], ['Cleo']]);
  });

  it('sql_summary says what the statement reads', async () => {
    const run = await shop.run('every_node', {
      planner: plannerOf('SELECT city, COUNT(*) AS n FROM customers GROUP BY city'),
    });
    expect(run.detail('sql_summary')).toMatchObject({
      tables: ['customers'],
      columns: ['customers.city'],
      aggregates: ['count'],
    });
  });
});

describe('alternatives', () => {
  it('run side by side, and the selection is told with its reason', async () => {
    const run = await shop.run('side_by_side', { planner: plannerOf(NAMES) });
    expect(run.end.status).toBe('completed');
    expect(run.rows).toEqual([['Ann'], ['Bob'], ['Cleo']]);
    const detail = run.detail('selection') as { alternatives: { name: string }[]; criteria: string };
    expect(detail.criteria).toBe('most rows');
    expect(detail.alternatives.map((one) => one.name).sort()).toEqual(['generate_sql', 'inner', 'reasoning']);
    expect(new Set(run.nodeIds).size).toBe(run.nodeIds.length);
  });

  it('nest, and one that fails is out of the race', async () => {
    const offers = ['SELECT broken(', NAMES, NAMES];
    const run = await shop.run('nested', {
      planner: { name: 'builtin', plan: async () => plannerOf(offers.shift() ?? NAMES).plan({} as never) },
    });
    expect(run.end.status).toBe('completed');
    expect(run.rows).toHaveLength(3);
    expect(run.events.filter((event) => event.type === 'output-ready')).toHaveLength(1);
  });

  it('that all fail leave their problem', async () => {
    const run = await shop.run('side_by_side', { planner: plannerOf('SELECT missing FROM customers') });
    expect(run.end).toMatchObject({ status: 'failed', problem: { code: 'unknown-column' } });
  });
});

describe('configured workflows', () => {
  it('know every other name of a node', async () => {
    const run = await shop.run('aliases', { planner: plannerOf(COUNT) });
    expect(run.nodes).toEqual(['reflect', 'gensql', 'execute_sql', 'reasoning', 'gensql', 'chat', 'output']);
  });

  it('bring their own limits and node settings', async () => {
    const run = await shop.run('with_config', { planner: plannerOf('SELECT no_such(1)', 'SELECT no_such(2)', COUNT) });
    expect(run.end).toMatchObject({ status: 'failed', reflectionRounds: 1 });
    const short = await shop.run('short', { planner: plannerOf(COUNT) });
    expect(short.end).toMatchObject({ status: 'failed', problem: { code: 'budget-exceeded' } });
  });

  it('are found before builtin ones, and `default` is the configured plan', async () => {
    expect((await shop.run('default', { planner: plannerOf(COUNT) })).nodes).toEqual(WORKFLOWS.inner);
    const own = await openShop({ agent: { workflow: { fixed: ['generate_sql', 'output'] } } });
    expect((await own.run('fixed', { planner: plannerOf(COUNT) })).nodes).toEqual(['generate_sql', 'output']);
    await own.close();
  });

  it.each([
    ['an unknown node', { bad: ['generate_sq'] }, /agent\.workflow\.bad\[0\].*generate_sql/],
    ['a workflow within itself', { a: ['b', 'output'], b: [{ subworkflow: 'a' }] }, /agent\.workflow\.a: .*a → b → a/],
    [
      'a person asked side by side',
      { asks: ['hitl'], bad: ['generate_sql', { parallel: ['generate_sql', 'asks'] }] },
      /agent\.workflow\.bad: .*hitl/,
    ],
    ['an empty parallel', { bad: [{ parallel: [] }] }, /agent\.workflow\.bad\[0\]\.parallel/],
    ['steps that are no list', { bad: { steps: 'output' } }, /agent\.workflow\.bad: .*steps/],
    [
      'a subworkflow that does not exist',
      { bad: [{ subworkflow: 'gone' }] },
      /agent\.workflow\.bad\[0\]\.subworkflow.*gone/,
    ],
  ])('refuse %s at the start, by place', async (_name, workflow, message) => {
    await expect(openShop({ agent: { workflow } })).rejects.toThrow(message);
  });
});

describe('hitl', () => {
  const planner = plannerOf(COUNT);

  it('shows the statement and goes on when a person approves', async () => {
    const run = await shop.run('asked', { planner, inputs: [{ action: 'shrug' }, { action: 'approve' }] });
    const asked = run.events.find((event) => event.type === 'input-needed');
    expect(asked).toMatchObject({ prompt: expect.stringContaining(COUNT), actions: ['approve', 'edit', 'reject'] });
    expect(run.events.filter((event) => event.type === 'input-received')).toMatchObject([{ action: 'approve' }]);
    expect(run.rows).toEqual([[3]]);
  });

  it('runs the statement that a person writes, and asks again when the guard refuses it', async () => {
    const run = await shop.run('asked', {
      planner,
      inputs: [
        { action: 'edit', sql: 'DELETE FROM customers' },
        { action: 'edit', sql: NAMES },
      ],
    });
    const prompts = run.events.flatMap((event) => (event.type === 'input-needed' ? [event.prompt] : []));
    expect(prompts).toHaveLength(2);
    expect(run.sql).toBe(NAMES);
    expect(run.rows).toHaveLength(3);
  });

  it('ends the run when a person rejects, with the reason', async () => {
    const run = await shop.run('asked_twice', {
      planner,
      inputs: [{ action: 'approve' }, { action: 'reject', reason: 'not today' }],
    });
    expect(run.end).toMatchObject({ status: 'failed', problem: { code: 'rejected-by-person', message: 'not today' } });
    expect(run.events.some((event) => event.type === 'sql-start')).toBe(false);
  });

  it('is refused where nobody can answer', async () => {
    expect((await shop.run('asked', { planner })).end).toMatchObject({
      status: 'failed',
      problem: { code: 'not-allowed' },
    });
  });
});
