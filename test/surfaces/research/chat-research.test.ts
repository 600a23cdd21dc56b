import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { readAsBrowser } from '../../support/event-source.ts';
import { projectRoot } from '../../support/process.ts';
import { collect, openEventStream, type SseMessage, type SseResponse } from '../../support/sse-client.ts';
import { DEMO_NAMESPACE, type LiveServer, startLiveServer, until } from '../datus/live-server.ts';
import { EVENT_FIELDS } from './event-fields.ts';
import { verifies } from './verifies.ts';

const TOP = 'top 5 products by revenue';
const STEPS = [
  ['step_intent', '分析查询意图'],
  ['step_schema', '发现数据库模式'],
  ['step_sql', '生成SQL查询'],
  ['step_exec', '执行SQL并验证结果'],
  ['step_reflect', '自我纠正与优化'],
  ['step_output', '生成结果报告'],
];
const REVIEW_TOOLS = [
  'describe_table',
  'search_external_knowledge',
  'read_query',
  'get_table_ddl',
  'analyze_query_plan',
  'check_table_conflicts',
  'validate_partitioning',
];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;

let live: LiveServer;
/** Every message of every stream that was read whole. */
const everything: SseMessage[] = [];

beforeAll(async () => {
  live = await startLiveServer({ agent: { namespace: DEMO_NAMESPACE } });
}, 120_000);
afterAll(() => live?.stop());

const open = (body: Record<string, unknown>, headers: Record<string, string> = {}): Promise<SseResponse> =>
  openEventStream(`${live.url}/workflows/chat_research`, {
    method: 'POST',
    headers: { authorization: `Bearer ${live.token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ namespace: 'demo', ...body }),
  });

const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${live.url}/workflows/chat_research`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${live.token}`,
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(body),
  });

async function research(body: Record<string, unknown>): Promise<SseMessage[]> {
  const messages = await collect(await open(body));
  everything.push(...messages);
  return messages;
}

type Data = Record<string, unknown>;
const named = (messages: readonly SseMessage[], event: string): Data[] =>
  messages.map((message) => message.data).filter((data) => data.event === event);
const chats = (messages: readonly SseMessage[]): string =>
  named(messages, 'chat')
    .map((data) => data.content)
    .join('\n\n');
const tools = (messages: readonly SseMessage[]): unknown[] => named(messages, 'tool_call').map((data) => data.toolName);
const todosOf = (data: Data | undefined): { id: string; content: string; status: string }[] =>
  (data?.todos ?? []) as { id: string; content: string; status: string }[];
const terminals = (messages: readonly SseMessage[]): unknown[] =>
  messages.map((message) => message.data.event).filter((event) => event === 'complete' || event === 'error');
const headings = (text: string): string[] => text.split('\n').filter((line) => /^#{1,6} /.test(line));

describe('the request', () => {
  verifies('token accept prompt-mode request', 'is checked before anything starts', async () => {
    const good = { namespace: 'demo', task: TOP };
    expect((await post(good, { authorization: '' })).status).toBe(401);
    const plain = await post(good, { accept: 'application/json' });
    expect([plain.status, await plain.json()]).toEqual([
      400,
      { detail: "Accept header must include 'text/event-stream'" },
    ]);
    for (const wrong of [
      { ...good, prompt_mode: 'prepend' },
      { namespace: 'demo' },
      { task: TOP },
      { ...good, plan_mode: 'maybe' },
      { ...good, ext_knowledges: 'one' },
    ]) {
      expect((await post(wrong)).status).toBe(422);
    }
  });
});

describe('text2sql', () => {
  let messages: SseMessage[];
  let response: SseResponse;
  beforeAll(async () => {
    response = await open({
      task: TOP,
      execution_mode: 'text2sql',
      task_id: 'research-1',
      domain: null,
      layer1: 'x',
      ext_knowledge: null,
      prompt: null,
    });
    messages = await collect(response);
    everything.push(...messages);
  }, 60_000);

  verifies('wire request', 'speaks data-only frames with the common fields first', () => {
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('x-task-id')).toBe('research-1');
    expect(messages.every((message) => message.event === undefined)).toBe(true);
    expect(messages.every((message) => /^\d+(\.\d+)?$/.test(message.id ?? ''))).toBe(true);
    for (const { data } of messages) {
      expect(Object.keys(data).slice(0, 4)).toEqual(['id', 'planId', 'timestamp', 'event']);
      expect(data.timestamp).toSatisfy((time: number) => Number.isInteger(time) && time > 1.7e12);
    }
  });

  verifies('virtual-plan', 'shows the six steps, pending first and completed last', () => {
    const plans = named(messages, 'plan_update');
    for (const plan of plans) expect(todosOf(plan).map(({ id, content }) => [id, content])).toEqual(STEPS);
    expect(messages.slice(0, 2).map((message) => message.data.event)).toEqual(['chat', 'plan_update']);
    expect(todosOf(plans[0]).every((todo) => todo.status === 'pending')).toBe(true);
    expect(todosOf(plans.at(-1)).every((todo) => todo.status === 'completed')).toBe(true);
    expect(plans.slice(0, -1).every((plan) => UUID.test(String(plan.id)))).toBe(true);
    expect(plans.at(-1)?.id).toBe(`${plans[0]?.id}_plan_final`);
    for (const plan of plans.slice(1, -1)) {
      const statuses = todosOf(plan).map((todo) => todo.status);
      const active = statuses.indexOf('in_progress');
      expect(statuses).toEqual(
        statuses.map((_, i) => (i < active ? 'completed' : i === active ? 'in_progress' : 'pending')),
      );
    }
  });

  verifies('text2sql-order text2sql-tools modes', 'goes through the steps in order', () => {
    const text = chats(messages);
    const marks = [
      '🚀 **System Initialization**',
      '🧐 **Intent Detected**: `text2sql` (Confidence: 0.92)',
      '```sql\nSELECT',
      '✅ **SQL验证通过**',
      'Strategy: `SUCCESS`',
      '## 📋 SQL Generation Report',
    ];
    const places = marks.map((mark) => text.indexOf(mark));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(tools(messages)).toEqual([
      'intent_clarification',
      'search_table',
      'describe_table',
      'search_reference_sql',
      'parse_temporal_expressions',
      'schema_discovery',
      'schema_validation',
      'execute_sql',
      'result_validation',
      'result_preview',
    ]);
    const calls = named(messages, 'tool_call').map((data) => data.toolCallId);
    expect(new Set(calls).size).toBe(calls.length);
    expect(named(messages, 'tool_call_result').map((data) => data.toolCallId)).toEqual(calls);
    const preflight = named(messages, 'tool_call').slice(1, 5);
    expect(preflight.every((data) => data.planId === 'step_schema')).toBe(true);
    for (const result of named(messages, 'tool_call_result').slice(1, 5)) {
      expect(Object.keys(result.data as object)).toEqual(['success', 'error', 'result']);
    }
  });

  verifies('sql-family', 'executes with progress, rows as objects and the tool around it', () => {
    const start = messages.findIndex((message) => message.data.toolName === 'execute_sql');
    const family = messages.slice(start, start + 6).map((message) => message.data);
    expect(family.map((data) => data.event)).toEqual([
      'tool_call',
      'sql_execution_start',
      'sql_execution_progress',
      'sql_execution_progress',
      'sql_execution_result',
      'tool_call_result',
    ]);
    expect(family.every((data) => data.planId === 'step_exec')).toBe(true);
    const call = String(family[0]?.toolCallId);
    expect(family.map((data) => data.id)).toEqual([
      `${call}_call`,
      `sql_start_${call}`,
      `sql_progress_${call}_prep`,
      `sql_progress_${call}_exec`,
      `sql_result_${call}`,
      `${call}_result`,
    ]);
    expect(family.slice(2, 4).map((data) => [data.progress, data.currentStep])).toEqual([
      [0.1, '准备执行SQL查询'],
      [0.7, '正在执行数据库查询'],
    ]);
    const [first, second] = family.slice(2, 4).map((data) => Number(data.elapsedTime));
    expect(first).toBe(0);
    expect(Number.isInteger(second)).toBe(true);
    expect(second).toBeGreaterThan(0);
    const result = family[4] as { rowCount: number; data: Data[]; dataPreview: string; hasMoreData: boolean };
    expect([result.rowCount, result.data.length, result.hasMoreData]).toEqual([5, 5, false]);
    expect(Object.keys(result.data[0] ?? {})).toEqual(['product_name', 'revenue']);
    expect(result.dataPreview.split('\n')[0]).toBe('product_name,revenue');
    expect(family[1]).toMatchObject({ databaseName: 'demo', estimatedRows: expect.any(Number) });
  });

  verifies('terminal', 'ends with complete, once', () => {
    expect(terminals(messages)).toEqual(['complete']);
    expect(messages.at(-1)?.data.content).toBe('Workflow execution completed successfully');
  });

  verifies('replay reattach duplicate', 'is the same stream again, whole and from any frame', async () => {
    expect(await collect(await live.events('research-1'))).toEqual(messages);
    const middle = messages.findIndex((message) => message.id?.endsWith('.2'));
    const after = { 'last-event-id': messages[middle]?.id ?? '' };
    expect(await collect(await live.events('research-1', after))).toEqual(messages.slice(middle + 1));
    expect(await collect(await open({ task: TOP, task_id: 'research-1' }, after))).toEqual(messages.slice(middle + 1));
    const again = await post({ namespace: 'demo', task: TOP, task_id: 'research-1' });
    expect([again.status, await again.json()]).toEqual([
      409,
      { detail: 'Task research-1 already exists. Please use a different task_id.' },
    ]);
    const asBrowser = await readAsBrowser(
      await fetch(`${live.url}/workflows/tasks/research-1/events`, {
        headers: { authorization: `Bearer ${live.token}` },
      }),
    );
    expect(asBrowser.events.every((event) => event.type === 'message')).toBe(true);
    expect(asBrowser.events.map((event) => JSON.parse(event.data))).toEqual(messages.map((message) => message.data));
    const python = spawnSync(
      'python3',
      [
        join(projectRoot, 'test/surfaces/datus/read_stream.py'),
        'GET',
        `${live.url}/workflows/tasks/research-1/events`,
        live.token,
      ],
      { encoding: 'utf8' },
    );
    const lines = python.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Data);
    expect(lines.map((line) => line.data)).toEqual(messages.map((message) => message.data));
    expect(lines.every((line) => line.event === 'message')).toBe(true);
  });

  verifies('report', 'reports in six parts, in Chinese for a Chinese question', async () => {
    const chinese = await research({ task: '销售额最高的5个商品', execution_mode: 'text2sql' });
    const report = headings(chats(chinese)).filter((line) => /^##/.test(line));
    expect(report).toEqual([
      '## 📋 SQL生成报告（数仓开发版）',
      '### 1. SQL设计概述',
      '### 2. 使用的表和字段详情',
      '### 3. 带注释的SQL',
      '### 4. SQL验证结果',
      '### 5. 执行验证结果',
      '### 6. 优化建议',
    ]);
    expect(chats(chinese)).toContain('-- order_items: 订单明细');
    expect(headings(chats(messages)).filter((line) => /^###/.test(line))).toHaveLength(6);
    expect(chats(messages)).not.toContain('设计概述');
  });
});

describe('choosing what runs', () => {
  verifies('auto-detect task-id', 'reads the mode from the task’s words', async () => {
    const started = await open({ task: 'Please check: SELECT * FROM orders', execution_mode: 'no_such_mode' });
    expect(started.headers.get('x-task-id')).toMatch(/^research_alice_\d{20}$/);
    const review = await collect(started);
    expect(tools(review)).toEqual(REVIEW_TOOLS);
    expect(tools(await research({ task: 'how many customers are there' }))).toContain('intent_clarification');
    expect(tools(await research({ task: '分析各渠道的销售额' }))[0]).toBe('todo_write');
  });

  verifies('modes', 'tells the other workflows in the same stream', async () => {
    for (const mode of ['fixed', 'metric_to_sql', 'chat_agentic', 'gensql_agentic']) {
      const messages = await research({ task: TOP, execution_mode: mode });
      expect([mode, terminals(messages)]).toEqual([mode, ['complete']]);
      expect(named(messages, 'sql_execution_result').at(-1)).toMatchObject({ rowCount: 5 });
      const isAgentic = mode.endsWith('agentic');
      expect(named(messages, 'plan_update').some((plan) => todosOf(plan)[0]?.id === 'step_intent')).toBe(!isAgentic);
    }
  });
});

describe('sql_review', () => {
  const SQL =
    "SELECT DISTINCT o.*, (SELECT max(i.amount) FROM order_items i WHERE i.order_id = o.order_id) FROM orders o, customers c WHERE year(o.order_date) = 2025 AND (o.channel = 'web' OR o.channel = 'app') AND c.city <> NULL LIMIT 10";

  verifies('review-tools review-report modes', 'reviews with the seven tools and the exact headings', async () => {
    const messages = await research({ task: `请审查这条SQL：${SQL}`, execution_mode: 'sql_review' });
    expect(tools(messages)).toEqual(REVIEW_TOOLS);
    const [first] = named(messages, 'plan_update');
    const uuid = String(first?.id);
    expect(todosOf(first).map(({ id, content }) => [id, content])).toEqual(
      REVIEW_TOOLS.map((tool, index) => [`${uuid}_todo_${index}`, `Execute ${tool}`]),
    );
    expect(named(messages, 'tool_call').map((data) => data.planId)).toEqual(todosOf(first).map((todo) => todo.id));
    const text = chats(messages);
    expect(headings(text)).toEqual([
      '## 📋审查概览',
      '## 🔍审查规则',
      '## 📊执行计划分析',
      '## 🏗️表结构与分区评估',
      '## ⚠️发现问题',
      '## 💡优化建议',
      '## 🛠️优化后的SQL',
      '## 📈预期效果',
    ]);
    for (const rule of ['null-comparison', 'cartesian-join', 'select-star', 'function-on-column', 'or-same-column']) {
      expect(text).toContain(`**${rule}**`);
    }
    expect(text).toContain("o.channel IN ('web', 'app')");
    expect(text).toContain('两条语句返回相同的行');
    expect(terminals(messages)).toEqual(['complete']);
  });

  verifies('review-report review-tools', 'goes on when a tool fails, in English for an English task', async () => {
    const messages = await research({ task: 'Review: SELECT * FROM nowhere', execution_mode: 'sql_review' });
    expect(named(messages, 'tool_call_result').map((data) => data.error)).toEqual([
      true,
      false,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(todosOf(named(messages, 'plan_update').at(-1)).map((todo) => todo.status)).toContain('failed');
    expect(headings(chats(messages))[0]).toBe('## 📋Review Overview');
    expect(headings(chats(messages))).toHaveLength(8);
    expect(chats(messages)).toContain('**unknown-name**');
    expect(chats(messages)).not.toMatch(/[\u4e00-\u9fff]{2}/);
    expect(terminals(messages)).toEqual(['complete']);
  });
});

describe('data_analysis', () => {
  let messages: SseMessage[];
  beforeAll(async () => {
    messages = await research({ task: 'Analyze revenue by region in 2025', execution_mode: 'data_analysis' });
  }, 60_000);

  verifies('analysis', 'plans, runs every query with the whole family, and reports', () => {
    expect(tools(messages)[0]).toBe('todo_write');
    const todos = todosOf(named(messages, 'plan_update')[0]);
    expect(todos.length).toBeGreaterThanOrEqual(6);
    expect(tools(messages).slice(1)).toEqual(todos.map(() => 'execute_sql'));
    for (const event of ['sql_execution_start', 'sql_execution_result']) {
      expect(named(messages, event).map((data) => data.planId)).toEqual(todos.map((todo) => todo.id));
    }
    expect(named(messages, 'sql_execution_progress')).toHaveLength(2 * todos.length);
    expect(todosOf(named(messages, 'plan_update').at(-1)).every((todo) => todo.status === 'completed')).toBe(true);
    expect(messages.slice(-2).map((message) => message.data.event)).toEqual(['report', 'complete']);
  });

  verifies('analysis', 'finds nothing that is not a cell of a result', () => {
    const findings = String(named(messages, 'chat').at(-1)?.content).split('\n').slice(1);
    expect(findings.length).toBeGreaterThanOrEqual(5);
    const cells = new Set(
      named(messages, 'sql_execution_result')
        .flatMap((data) => data.data as Data[])
        .flatMap((row) => Object.values(row).map(String)),
    );
    for (const finding of findings) {
      const numbers = finding.match(/-?\d[\d.-]*\d|\d/g) ?? [];
      expect(numbers.filter((number) => !cells.has(number))).toEqual([]);
    }
  });

  verifies('analysis', 'makes a report that loads nothing and shows charts in light and dark', () => {
    const html = String(named(messages, 'report')[0]?.data);
    expect(html.startsWith('<!doctype html>')).toBe(true);
    expect(html).not.toMatch(/<script|<link|<img|@import|(?:src|href)="http/i);
    expect(html.match(/<figure class="light"><svg/g)?.length).toBeGreaterThanOrEqual(3);
    expect(html.match(/<figure class="dark"><svg/g)?.length).toBe(html.match(/<figure class="light"><svg/g)?.length);
    expect(html).toContain('@media print');
  });

  verifies('explicit-plan', 'runs a single query when the request turns the plan off', async () => {
    const single = await research({ task: TOP, execution_mode: 'data_analysis', plan_mode: false });
    expect(named(single, 'report')).toEqual([]);
    expect(tools(single)).toContain('intent_clarification');
  });
});

describe('deep_analysis', () => {
  verifies('deep-analysis', 'presents its plan, changes it on demand and runs it when told to', async () => {
    const id = 'deep-1';
    const stream = await open({ task: '分析今年的销售额', execution_mode: 'deep_analysis', task_id: id });
    const answers = [{ action: 'revise', feedback: '按城市' }, { action: 'execute' }];
    const messages: SseMessage[] = [];
    for await (const message of stream.messages) {
      messages.push(message);
      if (!String(message.data.content).includes('**分析计划**')) continue;
      const answer = answers.shift();
      await until(
        () => live.call('POST', `/workflows/tasks/${id}/input`, answer),
        (response) => response.status === 200,
      );
    }
    everything.push(...messages);
    expect(tools(messages).filter((tool) => tool === 'todo_write').length).toBeGreaterThanOrEqual(2);
    const plans = named(messages, 'plan_update').filter((plan) =>
      todosOf(plan).every((todo) => todo.status === 'pending'),
    );
    expect(todosOf(plans[0]).some((todo) => todo.content.includes('城市'))).toBe(false);
    expect(todosOf(plans.at(-1)).some((todo) => todo.content.includes('城市'))).toBe(true);
    const firstQuery = messages.findIndex((message) => message.data.event === 'sql_execution_start');
    const asked = messages.findIndex((message) => String(message.data.content).includes('分析计划'));
    expect(asked).toBeGreaterThan(0);
    expect(firstQuery).toBeGreaterThan(asked);
    expect(terminals(messages)).toEqual(['complete']);
    expect(await live.json('GET', `/workflows/tasks/${id}`)).toMatchObject({ status: 'completed' });
  });

  verifies('explicit-plan deep-analysis', 'runs at once with auto_execute_plan', async () => {
    const messages = await research({
      task: 'analysis of orders in 2025',
      execution_mode: 'deep_analysis',
      auto_execute_plan: true,
    });
    expect(named(messages, 'report')).toHaveLength(1);
    expect(terminals(messages)).toEqual(['complete']);
  });

  verifies('deep-analysis', 'takes one answer to its question', async () => {
    const id = 'deep-3';
    const reading = open({ task: 'analysis of orders', execution_mode: 'deep_analysis', task_id: id }).then(collect);
    await until(
      () => live.json('GET', `/workflows/tasks/${id}`),
      (task) => Boolean(task.waiting_for),
    );
    const send = () => live.call('POST', `/workflows/tasks/${id}/input`, { action: 'execute' });
    const sent = await Promise.all([send(), send(), send()]);
    expect(sent.map((response) => response.status).sort()).toEqual([200, 409, 409]);
    expect(terminals(await reading)).toEqual(['complete']);
  });

  verifies('deep-analysis replay', 'waits through a killed process, and tells nothing twice', async () => {
    const id = 'deep-4';
    const send = (input: object) => live.call('POST', `/workflows/tasks/${id}/input`, input);
    const waits = (prompt: RegExp) =>
      until(
        () => live.json('GET', `/workflows/tasks/${id}`),
        (task) => prompt.test(String((task.waiting_for as { prompt?: string } | null)?.prompt)),
        60_000,
      );
    const stream = await open({ task: '分析今年的销售额', execution_mode: 'deep_analysis', task_id: id });
    await waits(/分析计划/);
    stream.close();
    expect((await send({ action: 'revise', feedback: '按城市' })).status).toBe(200);
    await waits(/城市/);
    const cut = await live.events(id);
    const before: SseMessage[] = [];
    for await (const message of cut.messages) {
      before.push(message);
      if (/分析计划[\s\S]*城市/.test(String(message.data.content))) break;
    }
    await live.restart('SIGKILL');
    await until(
      () => send({ action: 'execute' }),
      (response) => response.status === 200,
    );
    const messages = await collect(await live.events(id));
    everything.push(...messages);
    expect(messages.slice(0, before.length)).toEqual(before);
    const unique = messages.filter((message) => message.data.event !== 'plan_update').map((message) => message.data.id);
    expect(unique.filter((one, index) => unique.indexOf(one) !== index)).toEqual([]);
    const notes = named(messages, 'chat').map((data) => data.content);
    expect(notes.filter((one, index) => notes.indexOf(one) !== index)).toEqual([]);
    const pending = named(messages, 'plan_update').filter((plan) =>
      todosOf(plan).every((todo) => todo.status === 'pending'),
    );
    expect(pending).toHaveLength(2);
    expect(terminals(messages)).toEqual(['complete']);
  });

  verifies('cancel', 'ends with one error when it is cancelled', async () => {
    const id = 'deep-2';
    const stream = await open({ task: 'analysis of refunds', execution_mode: 'deep_analysis', task_id: id });
    const reading = collect(stream);
    await until(
      () => live.json('GET', `/workflows/tasks/${id}`),
      (task) => task.status !== undefined,
    );
    await live.call('DELETE', `/workflows/tasks/${id}`);
    const messages = await reading;
    everything.push(...messages);
    expect(terminals(messages)).toEqual(['error']);
    expect(messages.at(-1)?.data).toMatchObject({ error: 'Task was cancelled', cancelled: true });
  });
});

describe('failures', () => {
  verifies('failure terminal virtual-plan-failure', 'are one error with a reason, never a made-up query', async () => {
    const messages = await research({ task: 'zzz qqq xyzzy', execution_mode: 'text2sql', task_id: 'fails-1' });
    expect(terminals(messages)).toEqual(['error']);
    expect(messages.at(-1)?.data).toMatchObject({
      error: expect.stringMatching(/\S/),
      suggestions: expect.any(Array),
      detail: expect.stringMatching(/\S/),
    });
    expect(named(messages, 'sql_execution_start')).toEqual([]);
    const before = messages.at(-2)?.data;
    expect(todosOf(before).find((todo) => todo.status === 'failed')?.id).toBe('step_sql');
    expect(await live.json('GET', '/workflows/tasks/fails-1')).toMatchObject({ status: 'failed' });
    const unknown = await research({ namespace: 'nowhere', task: TOP, execution_mode: 'text2sql' });
    expect(terminals(unknown)).toEqual(['error']);
    expect(unknown.at(-1)?.data).toMatchObject({ detail: expect.stringContaining('nowhere') });
  });
});

describe('the wire format', () => {
  verifies('events', 'has exactly the contract’s fields in each event', () => {
    const seen = new Set<string>();
    for (const { data } of everything) {
      const event = String(data.event);
      seen.add(event);
      expect([event, EVENT_FIELDS[event]?.map(String)]).toEqual([
        event,
        expect.arrayContaining([String(Object.keys(data))]),
      ]);
    }
    const untold = Object.keys(EVENT_FIELDS).filter((event) => !seen.has(event));
    expect(untold).toEqual(['sql_execution_error']);
  });
});
