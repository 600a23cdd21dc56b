import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/kernel/index.ts';
import { createReferenceSqlStore } from '../../../src/knowledge/index.ts';
import { openState } from '../../../src/storage/index.ts';
import { readAsBrowser } from '../../support/event-source.ts';
import { answer, type ScriptedModelServer, startScriptedModelServer } from '../../support/scripted-model-server.ts';
import { collect, type SseMessage } from '../../support/sse-client.ts';
import { DEMO_NAMESPACE, type LiveServer, startLiveServer, until } from './live-server.ts';
import { verifies } from './verifies.ts';

const TOP = 'top 5 products by revenue';
const SLOW =
  'SELECT COUNT(*) AS n FROM order_items a, order_items b, order_items c WHERE a.amount + b.amount > c.amount';
const TERMINAL = ['done', 'error', 'cancelled'];

let models: ScriptedModelServer;
let live: LiveServer;
/** A stream that says nothing for a while, opened first and looked at last. */
let quiet: { text(): string; close(): void };

beforeAll(async () => {
  models = await startScriptedModelServer();
  models.otherwise(() =>
    answer('One row.\n```sql\nSELECT COUNT(*) AS n FROM products\n```', { reasoning: 'let me count' }),
  );
  live = await startLiveServer({
    agent: {
      namespace: DEMO_NAMESPACE,
      target: 'main',
      models: {
        main: {
          type: 'openai-compatible',
          base_url: models.url,
          api_key: 'sk-0123456789abcdef',
          model: 'scripted',
          max_retries: 0,
        },
      },
      workflow: {
        asked: ['generate_sql', 'hitl', 'execute_sql', 'output'],
        best_of: [
          'schema_linking',
          { parallel: ['generate_sql', ['reasoning', 'execute_sql']] },
          'selection',
          'execute_sql',
          'output',
        ],
        wrapped: { steps: [{ subworkflow: 'best_of' }, 'reflect', 'output'], config: { max_reflection_rounds: 1 } },
      },
    },
  });
  await live.json('POST', '/workflows/run', { workflow: 'fixed', namespace: 'demo', task: TOP });
  quiet = await openQuiet();
});
afterAll(async () => {
  quiet?.close();
  await live?.stop();
  await models?.close();
});

async function openQuiet() {
  const stop = new AbortController();
  const response = await fetch(`${live.url}/workflows/run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${live.token}`, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ workflow: 'asked', namespace: 'demo', task: TOP, mode: 'async', task_id: 'quiet' }),
    signal: stop.signal,
  });
  let text = '';
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
  })().catch(() => {});
  return { text: () => text, close: () => stop.abort() };
}

const waiting = (id: string) =>
  until(
    () => live.json('GET', `/workflows/tasks/${id}`),
    (task) => task.waiting_for !== null && task.waiting_for !== undefined,
  );
const one = (messages: readonly SseMessage[], name: string): Record<string, unknown> => {
  const found = messages.find((message) => message.event === name);
  expect(found, `an event ${name}`).toBeDefined();
  return found?.data ?? {};
};

describe('events, field by field', () => {
  let messages: SseMessage[];
  beforeAll(async () => {
    messages = await live.collectRun({ workflow: 'reflection', task: TOP, task_id: 'pinned' });
  });

  verifies('event-started event-done event-progress', 'frame the run', () => {
    expect(messages[0]).toMatchObject({ event: 'started', id: '1' });
    expect(one(messages, 'started')).toEqual({ task_id: 'pinned', workflow: 'reflection', client: 'alice' });
    expect(one(messages, 'progress')).toEqual({
      action: 'initialization',
      status: 'processing',
      message: expect.any(String),
      progress: 10,
      progress_seq: expect.any(Number),
    });
    const done = one(messages, 'done');
    expect(messages.at(-1)?.event).toBe('done');
    expect(done).toEqual({
      task_id: 'pinned',
      status: 'completed',
      total_time: expect.any(Number),
      exec_time_ms: expect.any(Number),
      progress_seq: expect.any(Number),
    });
    expect(Number(done.exec_time_ms) / 1000).toBeCloseTo(Number(done.total_time));
  });

  verifies('event-node-progress event-node-detail', 'tell each node and what it does', () => {
    const nodes = messages.filter((message) => message.event === 'node_progress').map((message) => message.data);
    expect(nodes.map((node) => node.node)).toEqual([
      'schema_discovery',
      'generate_sql',
      'execute_sql',
      'reflect',
      'output',
    ]);
    for (const node of nodes) {
      expect(node).toMatchObject({
        action: 'node_execution',
        status: 'processing',
        node_type: node.node,
        description: expect.any(String),
      });
    }
    const detail = messages.find(
      (message) => message.event === 'node_detail' && message.data.action_type === 'schema_linking',
    );
    expect(detail?.data).toMatchObject({
      status: 'success',
      message: expect.any(String),
      node: 'schema_discovery',
      node_type: 'schema_discovery',
      description: expect.any(String),
      details: { tables_found: expect.arrayContaining(['products']) },
      progress_seq: Number(detail?.id),
    });
  });

  verifies(
    'event-sql-generated event-execution-complete event-output-ready',
    'give the query and its typed rows',
    () => {
      const generated = one(messages, 'sql_generated');
      expect(generated).toMatchObject({ sql: expect.stringMatching(/select/i), progress_seq: expect.any(Number) });
      const executed = one(messages, 'execution_complete');
      expect(executed).toMatchObject({
        status: 'success',
        row_count: 5,
        rows_affected: 5,
        execution_time: expect.any(Number),
      });
      expect(executed.sql_result).toHaveLength(5);
      const output = one(messages, 'output_ready');
      expect(output).toMatchObject({ output_generated: true, sql_query: generated.sql, metadata: expect.any(Object) });
      expect(output.result).toEqual(executed.sql_result);
      expect(output.sql_result).toEqual(executed.sql_result);
    },
  );

  verifies('event-chat-response event-chat-thinking', 'tell a conversation and its thoughts', async () => {
    const chat = await live.collectRun({ workflow: 'chat_agentic', task: 'wie viele Produkte?' });
    expect(one(chat, 'chat_response')).toEqual({
      response: 'One row.',
      sql: 'SELECT COUNT(*) AS n FROM products',
      tokens_used: 120,
      progress_seq: expect.any(Number),
    });
    const thoughts = chat.filter(
      (message) => message.event === 'chat_thinking' && message.data.action_type === 'thinking',
    );
    expect(thoughts.map((message) => message.data.content).join('')).toBe('let me count');
    expect(thoughts[0]?.data).toEqual({
      action_type: 'thinking',
      content: expect.any(String),
      is_truncated: false,
      node_type: 'chat',
      progress_seq: null,
    });
    expect(chat.filter((message) => message.event === 'execution_complete')).toHaveLength(1);
  });

  verifies('event-node-stream', 'stream a model’s text of other nodes, without ids', async () => {
    const opened = await live.stream({ workflow: 'gensql_agentic', task: 'wie viele Produkte sind da?' });
    const all = await collect(opened);
    const partial = all.filter((message) => message.event === 'node_stream');
    expect(partial.map((message) => message.data.partial_output).join('')).toContain('SELECT COUNT(*)');
    expect(partial[0]?.data).toMatchObject({
      action_type: 'llm_generation',
      status: 'processing',
      node_type: 'gensql',
      is_truncated: false,
    });
  });

  verifies('event-generic-action', 'tell everything else as an action, in lower case', async () => {
    const plan = await live.collectRun({ workflow: 'chat_agentic_plan', task: TOP });
    const actions = plan.filter((message) => message.event === 'generic_action').map((message) => message.data);
    expect(actions.length).toBeGreaterThan(2);
    for (const action of actions) {
      expect(action).toMatchObject({ action_id: expect.any(String), role: 'workflow', action_type: 'plan_update' });
      expect(action.status).toMatch(/^[a-z_]+$/);
    }
  });
});

describe('every stream', () => {
  verifies('strict-clients', 'reads alike in a browser, with a parser and with Python', async () => {
    const ids = ['pinned', 'strict-chat', 'strict-failed'];
    await live.collectRun({ workflow: 'chat_agentic', task: 'wie viele Produkte?', task_id: 'strict-chat' });
    await live.collectRun({ workflow: 'fixed', task: '帮我写一首诗', task_id: 'strict-failed' });
    const python = spawnSync('python3', ['--version']).status === 0;
    for (const id of ids) {
      const parsed = (await collect(await live.events(id))).filter((message) => message.id !== undefined);
      const { events } = await readAsBrowser(await live.call('GET', `/workflows/tasks/${id}/events`));
      const durable = (event: string): boolean => event !== 'node_stream' && event !== 'chat_thinking';
      expect(
        events.filter((event) => durable(event.type)).map((event) => [event.type, JSON.parse(event.data)]),
      ).toEqual(
        parsed.filter((message) => durable(message.event ?? '')).map((message) => [message.event, message.data]),
      );
      expect(TERMINAL).toContain(events.at(-1)?.type);
      if (!python) continue;
      const url = `${live.url}/workflows/tasks/${id}/events`;
      const read = spawnSync('python3', [new URL('read_stream.py', import.meta.url).pathname, 'GET', url, live.token], {
        encoding: 'utf8',
      });
      expect(read.stderr).toBe('');
      const lines = read.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { event: string; data: unknown });
      expect(lines.filter((line) => durable(line.event)).map((line) => [line.event, line.data])).toEqual(
        parsed.filter((message) => durable(message.event ?? '')).map((message) => [message.event, message.data]),
      );
    }
  });

  verifies('events-replay events-resume', 'replays as it was streamed, from any cursor', async () => {
    const streamed = await live.collectRun({ workflow: 'nl2sql', task: TOP, task_id: 'replayed' });
    const replayed = await collect(await live.events('replayed'));
    expect(replayed).toEqual(streamed);
    for (const [index, message] of streamed.entries()) {
      const rest = await collect(await live.events('replayed', { 'last-event-id': String(message.id) }));
      expect(rest).toEqual(streamed.slice(index + 1));
    }
    expect((await live.call('GET', '/workflows/tasks/replayed/events')).headers.get('x-task-id')).toBe('replayed');
  });

  verifies('reattach', 'is taken up again by the same POST with a cursor, and by no other', async () => {
    const body = { workflow: 'nl2sql', namespace: 'demo', task: TOP, mode: 'async', task_id: 'replayed' };
    const again = await collect(await live.stream(body, { 'last-event-id': '3' }));
    expect(Number(again[0]?.id)).toBeGreaterThan(3);
    expect(again.at(-1)?.event).toBe('done');
    expect((await live.stream(body)).status).toBe(409);
    const foreign = await fetch(`${live.url}/workflows/run`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${live.otherToken}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
        'last-event-id': '3',
      },
      body: JSON.stringify(body),
    });
    expect(foreign.status).toBe(409);
    expect(JSON.stringify(await foreign.json())).not.toMatch(/alice|done|completed|revenue/);
    const fresh = await collect(await live.stream({ ...body, task_id: 'never-used' }, { 'last-event-id': '9' }));
    expect(fresh[0]?.event).toBe('started');
  });

  verifies('events-browser-end', 'tells a browser that has seen the end not to come back', async () => {
    const all = await collect(await live.events('replayed'));
    const last = { 'last-event-id': String(all.at(-1)?.id), 'sec-fetch-dest': 'empty' };
    expect((await live.events('replayed', last)).status).toBe(204);
    expect((await live.events('replayed', { ...last, 'last-event-id': '1' })).status).toBe(200);
    expect((await live.events('replayed', { 'last-event-id': 'abc' })).status).toBe(400);
  });
});

describe('workflows', () => {
  const LISTED = [
    'reflection',
    'fixed',
    'dynamic',
    'metric_to_sql',
    'text2sql',
    'nl2sql',
    'text2sql_standard',
    'chat_agentic_plan',
    'gensql_agentic',
    'empty',
    'best_of',
    'wrapped',
  ];

  verifies('workflows-all workflows-custom', 'all answer the same question with five rows', async () => {
    models.otherwise(() => ({ do: 'status', status: 503 }));
    for (const workflow of [...LISTED, 'chat_agentic']) {
      const body = await live.json('POST', '/workflows/run', { workflow, namespace: 'demo', task: TOP });
      expect([workflow, body.workflow, body.status, (body.result as unknown[] | null)?.length]).toEqual([
        workflow,
        workflow,
        'completed',
        5,
      ]);
    }
  });

  verifies('workflows-plan-mode', 'plan first when the request says so', async () => {
    const messages = await live.collectRun({ workflow: 'chat_agentic', task: TOP, plan_mode: true });
    expect(messages.some((message) => message.data.action_type === 'plan_update')).toBe(true);
    expect(one(messages, 'output_ready').result).toHaveLength(5);
  });

  verifies('workflows-chinese', 'answer and speak Chinese', async () => {
    const messages = await live.collectRun({ workflow: 'nl2sql', task: '销售额最高的5个产品' });
    expect(one(messages, 'output_ready').result).toHaveLength(5);
    const told = messages
      .filter((message) => message.event === 'node_progress')
      .map((message) => message.data.description);
    expect(told.every((text) => /[\u3400-\u9fff]/.test(String(text)))).toBe(true);
  });

  verifies('run-request-context', 'know the day, the subject and the knowledge of the request', async () => {
    const body = {
      workflow: 'metric_to_sql',
      namespace: 'demo',
      task: 'revenue last month',
      current_date: '2026-03-10',
      domain: 'sales',
      layer1: 'shop',
      ext_knowledge: 'a: b | c',
      task_id: 'context',
    };
    const messages = await live.collectRun(body);
    const dates = messages.find((message) => message.data.action_type === 'date_parser');
    expect(dates?.data.details).toMatchObject({
      current_date: '2026-03-10',
      extracted_dates: [{ start_date: '2026-02-01', end_date: '2026-02-28' }],
    });
    await live.stream({
      workflow: 'asked',
      task: TOP,
      domain: 'sales',
      layer1: 'shop',
      ext_knowledge: 'a: b | c',
      task_id: 'context-asked',
    });
    const task = await waiting('context-asked');
    expect(task.request).toMatchObject({
      workflow: 'asked',
      namespace: 'demo',
      subject_path: ['sales', 'shop'],
      ext_knowledges: ['a: b', 'c'],
    });
    await live.call('DELETE', '/workflows/tasks/context-asked');
  });
});

describe('tasks', () => {
  verifies('task-list', 'are listed for their client alone', async () => {
    const mine = (await live.json('GET', '/workflows/tasks')) as {
      running_tasks: Record<string, unknown>[];
      recent_tasks: Record<string, unknown>[];
    };
    expect(mine.running_tasks.find((task) => task.task_id === 'quiet')).toEqual({
      task_id: 'quiet',
      status: 'running',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      type: 'workflow_stream',
      client: 'alice',
    });
    expect(mine.recent_tasks.find((task) => task.task_id === 'pinned')).toMatchObject({
      task_query: TOP,
      sql_query: expect.stringMatching(/select/i),
      sql_result: expect.any(Array),
      status: 'completed',
      user_feedback: null,
      created_at: expect.any(String),
      recorded_at: null,
    });
    expect(await live.json('GET', '/workflows/tasks', undefined, live.otherToken)).toEqual({
      running_tasks: [],
      recent_tasks: [],
    });
  });

  verifies('task-detail', 'show what was asked while they run, and what came of them afterwards', async () => {
    expect(await waiting('quiet')).toMatchObject({
      is_running: true,
      status: 'running',
      type: 'workflow_stream',
      client: 'alice',
      request: { workflow: 'asked', namespace: 'demo', task: TOP, mode: 'async' },
    });
    const stored = await live.json('GET', '/workflows/tasks/pinned');
    expect(stored).toMatchObject({
      task_id: 'pinned',
      status: 'completed',
      is_running: false,
      sql_query: expect.any(String),
      tokens_used: 0,
    });
    expect(stored.sql_result).toHaveLength(5);
  });

  verifies('task-foreign', 'do not exist for other clients', async () => {
    const unknown = async (method: string, path: string, body?: unknown) => {
      const response = await live.call(method, path, body, live.otherToken);
      return [response.status, await response.json()];
    };
    const missing = (id: string) => [404, { detail: `Task ${id} not found` }];
    for (const id of ['pinned', 'quiet', 'no-such-task']) {
      expect(await unknown('GET', `/workflows/tasks/${id}`)).toEqual(missing(id));
      expect(await unknown('GET', `/workflows/tasks/${id}/events`)).toEqual(missing(id));
      expect(await unknown('DELETE', `/workflows/tasks/${id}`)).toEqual(missing(id));
      expect(await unknown('POST', `/workflows/tasks/${id}/input`, { action: 'approve' })).toEqual(missing(id));
      expect(await unknown('POST', '/workflows/feedback', { task_id: id, status: 'success' })).toMatchObject([
        200,
        { acknowledged: false },
      ]);
    }
    const taken = await live.call(
      'POST',
      '/workflows/run',
      { workflow: 'fixed', namespace: 'demo', task: TOP, task_id: 'pinned' },
      live.otherToken,
    );
    expect(taken.status).toBe(409);
  });

  verifies('task-cancel event-cancelled', 'are cancelled within a second, with their statement', async () => {
    const opened = await live.stream({ workflow: 'asked', task: TOP, task_id: 'slow' });
    await waiting('slow');
    await live.call('POST', '/workflows/tasks/slow/input', { action: 'edit', sql: SLOW });
    const seen: SseMessage[] = [];
    let cancelledAt = 0;
    for await (const message of opened.messages) {
      seen.push(message);
      if (message.data.action_type === 'sql_execution' && message.data.status === 'processing') {
        cancelledAt = Date.now();
        const response = await live.json('DELETE', '/workflows/tasks/slow');
        expect(response).toEqual({ task_id: 'slow', status: 'cancelled', message: 'Task cancellation requested' });
      }
    }
    expect(Date.now() - cancelledAt).toBeLessThan(1_000);
    expect(seen.at(-1)).toMatchObject({
      event: 'cancelled',
      data: { task_id: 'slow', cancelled: true, message: 'Task was cancelled' },
    });
    expect(await live.json('GET', '/workflows/tasks/slow')).toMatchObject({ status: 'cancelled', sql_result: null });
    const next = Date.now();
    await live.json('POST', '/workflows/run', { workflow: 'fixed', namespace: 'demo', task: TOP });
    expect(Date.now() - next).toBeLessThan(3_000);
  });

  verifies('task-cancel-finished', 'that are over cannot be cancelled', async () => {
    expect(await live.json('DELETE', '/workflows/tasks/pinned')).toEqual({
      task_id: 'pinned',
      status: 'not_running',
      message: 'Task is already completed',
    });
    const response = await live.call('DELETE', '/workflows/tasks/no-such-task');
    expect([response.status, await response.json()]).toEqual([404, { detail: 'Task no-such-task not found' }]);
  });

  verifies('task-cancel-sync', 'cancelled under a synchronous request answer it', async () => {
    const pending = live.json('POST', '/workflows/run', {
      workflow: 'asked',
      namespace: 'demo',
      task: TOP,
      task_id: 'sync-asked',
    });
    await until(
      () => live.call('GET', '/workflows/tasks/sync-asked'),
      (response) => response.status === 200,
    );
    await waiting('sync-asked');
    await live.call('DELETE', '/workflows/tasks/sync-asked');
    expect(await pending).toMatchObject({ task_id: 'sync-asked', status: 'cancelled', result: null });
  });

  verifies('feedback', 'take feedback from their client', async () => {
    const given = await live.json('POST', '/workflows/feedback', { task_id: 'pinned', status: 'success' });
    expect(given).toEqual({
      task_id: 'pinned',
      acknowledged: true,
      recorded_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    const list = (await live.json('GET', '/workflows/tasks')) as { recent_tasks: Record<string, unknown>[] };
    expect(list.recent_tasks.find((task) => task.task_id === 'pinned')).toMatchObject({
      user_feedback: 'success',
      recorded_at: given.recorded_at,
    });
    const wrong = await live.call('POST', '/workflows/feedback', { task_id: 'pinned', status: 'fine' });
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({
      detail: [{ type: 'enum', loc: ['body', 'status'], msg: "Input should be 'success' or 'failed'" }],
    });
    expect(
      await live.json('POST', '/workflows/feedback', { task_id: 'an unknown task!', status: 'failed' }),
    ).toMatchObject({ acknowledged: false });
  });

  it('that wait for a person refuse other input', async () => {
    const send = async (id: string, body: unknown) =>
      (await live.call('POST', `/workflows/tasks/${id}/input`, body)).status;
    await waiting('quiet');
    expect(await send('quiet', {})).toBe(422);
    expect(await send('quiet', { action: 'dance' })).toBe(422);
    expect(await send('pinned', { action: 'approve' })).toBe(409);
    expect(await send('no-such-task', { action: 'approve' })).toBe(404);
  });
});

describe('over restarts', () => {
  verifies('stream-keep-alive', 'a silent stream says that it lives', async () => {
    await until(
      async () => quiet.text(),
      (text) => text.includes('\n: keep-alive\n\n'),
      30_000,
    );
  });

  verifies(
    'task-input server-crash',
    'a run that waits goes on with its input, and every event is still there',
    async () => {
      const before = await collect(await live.events('replayed'));
      await live.restart('SIGKILL');
      expect(await collect(await live.events('replayed'))).toEqual(before);
      expect(await waiting('quiet')).toMatchObject({
        waiting_for: { prompt: expect.stringContaining('SELECT'), actions: ['approve', 'edit', 'reject'] },
      });
      const stream = await live.events('quiet');
      const accepted = await live.json('POST', '/workflows/tasks/quiet/input', { action: 'approve' });
      expect(accepted).toMatchObject({
        task_id: 'quiet',
        status: 'accepted',
        action: 'approve',
        node_id: expect.any(String),
      });
      const messages = await collect(stream);
      expect(messages.filter((message) => message.event === 'started')).toHaveLength(1);
      expect(messages.some((message) => message.data.action_type === 'input_received')).toBe(true);
      expect(one(messages, 'output_ready').result).toHaveLength(5);
      expect(
        messages.filter((message) => TERMINAL.includes(message.event ?? '')).map((message) => message.event),
      ).toEqual(['done']);
      const ids = messages.flatMap((message) => (message.id === undefined ? [] : [Number(message.id)]));
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    },
  );

  verifies(
    'events-gap feedback-candidate',
    'trimmed history is one gap, and approved answers are candidates',
    async () => {
      await live.restart('SIGTERM', async (home) => {
        const state = await openState({ home, logger: silentLogger });
        await state.execute("UPDATE querent.tasks SET trimmed_through = last_sequence - 1 WHERE id = 'replayed'");
        await state.execute("DELETE FROM querent.task_events WHERE task_id = 'replayed' AND NOT terminal");
        const candidates = await createReferenceSqlStore(state).list('demo', 'candidate');
        expect(candidates).toMatchObject([{ question: TOP, runId: 'pinned', owner: 'alice', origin: 'feedback' }]);
        await state.close();
      });
      const all = await collect(await live.events('replayed'));
      expect(all.map((message) => message.event)).toEqual(['gap', 'done']);
      expect(all[0]).toMatchObject({
        id: undefined,
        data: { task_id: 'replayed', from: 1, to: Number(all[1]?.id) - 1 },
      });
      const later = await collect(await live.events('replayed', { 'last-event-id': String(Number(all[1]?.id) - 1) }));
      expect(later.map((message) => message.event)).toEqual(['done']);
    },
  );
});
