import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { silentLogger } from '../../../src/kernel/index.ts';
import { openState } from '../../../src/storage/index.ts';
import { type Data, type PipelineServer, startPipeline } from './pipeline-server.ts';
import { verifies } from './verifies.ts';

const TASKS = '/data_pipeline/tasks';
const STEPS = ['ddl_generation', 'qa_generation', 'sql_validation', 'training_load'];
const MINUTES = 240_000;

let server: PipelineServer;
beforeAll(async () => {
  server = await startPipeline();
});
afterAll(() => server?.close());

const execute = (id: string, body?: unknown) => server.call('POST', `${TASKS}/${id}/execute`, body);
const read = (id: string, name: string): string => readFileSync(join(server.directory(id), name), 'utf8');
const log = (id: string): string => read(id, 'data_pipeline.log');
const pairFiles = (id: string): string[] =>
  readdirSync(server.directory(id)).filter((name) => /^qs_.*_pair\.json$/.test(name));

describe('a complete run', () => {
  let id: string;
  let done: Data;
  beforeAll(async () => {
    id = await server.create({ db_name: 'shop_db' });
    const { status, body } = await execute(id);
    expect(status).toBe(202);
    expect(body).toMatchObject({
      message: '任务执行已启动',
      data: {
        task_id: id,
        execution_mode: 'complete',
        step_name: null,
        message: '任务正在后台执行，请通过状态接口查询进度',
      },
    });
    done = await server.settled(id);
  }, MINUTES);

  verifies('execute status', 'runs the four steps and says so', () => {
    expect(done.error_message).toBeNull();
    expect(done.status).toBe('completed');
    expect(Object.values(done.step_status)).toEqual(['completed', 'completed', 'completed', 'completed']);
    expect(done.result).toMatchObject({ success: true, workflow_state: 'completed' });
    for (const step of done.steps) {
      expect(step.completed_at >= step.started_at).toBe(true);
      expect(step.error_message).toBeNull();
    }
    expect(done.steps[0].progress).toMatchObject({ done: 3, total: 3 });
  });

  verifies('execute error-running', 'leaves exactly one pair file and the results of each step', () => {
    const [pairs = '', ...more] = pairFiles(id);
    expect(more).toEqual([]);
    expect(pairs).toMatch(/^qs_shop_db_\d{8}_\d{6}_pair\.json$/);
    const list = JSON.parse(read(id, pairs)) as { question: string; sql: string }[];
    expect(list.length).toBeGreaterThan(5);
    for (const pair of list) expect(pair.sql).toMatch(/^(SELECT|WITH)[^\n]*;$/i);
    for (const step of STEPS) expect(JSON.parse(read(id, `${step}_result.json`))).toBeTypeOf('object');
    expect(JSON.parse(read(id, 'task_result.json'))).toMatchObject({ success: true });
    expect(JSON.parse(read(id, 'task_config.json'))).toMatchObject({ task_id: id });
    expect(existsSync(join(server.directory(id), 'sales_order.ddl'))).toBe(true);
    expect(readdirSync(server.directory(id)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  verifies('log-format', 'writes its log in the documented form', () => {
    const lines = log(id).trim().split('\n');
    for (const line of lines)
      expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[(INFO|WARNING|ERROR)\] \S+: |^\s/);
    for (const step of STEPS) {
      const begun = lines.findIndex((line) => line.includes(`TaskDir_${id}: [${step}] 开始执行步骤: ${step}`));
      const ended = lines.findIndex((line) => line.includes(`TaskDir_${id}: [${step}] 步骤执行完成: ${step}`));
      expect(begun).toBeGreaterThan(0);
      expect(ended).toBeGreaterThan(begun);
    }
    expect(log(id)).toContain('DDLMDGenerator: 开始处理表');
    const api = readFileSync(join(server.home, 'logs', 'app.log'), 'utf8');
    expect(api).toMatch(new RegExp(`\\[INFO\\] unified_api: POST /api/v0/data_pipeline/tasks/${id}/execute - 202`));
  });

  verifies(
    'files download',
    'lists its files and serves them, whole and in parts',
    async () => {
      const { body } = await server.call('GET', `${TASKS}/${id}/files`);
      expect(body.message).toBe('获取文件列表成功');
      const { files, total_files, total_size, directory_info } = body.data;
      expect(total_files).toBe(files.length);
      expect(directory_info).toMatchObject({ exists: true, total_files, total_size });
      expect(total_size).toBe(files.reduce((sum: number, file: Data) => sum + file.file_size, 0));
      const [pairs] = files.filter((file: Data) => file.is_primary);
      expect(pairs).toMatchObject({ file_type: 'json', description: 'Question-SQL训练数据对', is_readable: true });
      expect(pairs.file_size_human).toMatch(/^\d+\.\d (B|KB)$/);
      expect(files.filter((file: Data) => file.is_primary)).toHaveLength(1);
      expect(files.find((file: Data) => file.file_name === 'data_pipeline.log')).toMatchObject({
        file_type: 'log',
        description: '任务执行日志',
      });

      const whole = await fetch(server.url + pairs.download_url);
      expect(whole.status).toBe(200);
      expect(whole.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(whole.headers.get('content-disposition')).toContain(`attachment; filename="${pairs.file_name}"`);
      const text = await whole.text();
      expect(text).toBe(read(id, pairs.file_name));
      const part = async (range: string) => fetch(server.url + pairs.download_url, { headers: { range } });
      const middle = await part('bytes=2-9');
      expect([middle.status, middle.headers.get('content-range')]).toEqual([206, `bytes 2-9/${pairs.file_size}`]);
      expect(Buffer.from(await middle.arrayBuffer())).toEqual(Buffer.from(text).subarray(2, 10));
      expect(Buffer.from(await (await part('bytes=-5')).arrayBuffer())).toEqual(Buffer.from(text).subarray(-5));
      expect((await part(`bytes=${pairs.file_size}-`)).status).toBe(416);
      expect((await part('lines=1-2')).status).toBe(200);
      const head = await fetch(server.url + pairs.download_url, { method: 'HEAD' });
      expect(head.headers.get('content-length')).toBe(String(pairs.file_size));
      const missing = await server.call('GET', `${TASKS}/${id}/files/nothing.json`);
      expect(missing.body.error?.details).toBe('文件不存在: nothing.json');
    },
    MINUTES,
  );

  verifies(
    'execute-archive execute-disabled execute-vector-flags files',
    'again: earlier files are moved away, disabled steps are skipped, the vector tables are backed up',
    async () => {
      const before = pairFiles(id);
      const second = await server.create({ enable_sql_validation: false, enable_training_data_load: false });
      await execute(second, {});
      await server.settled(second);
      await execute(second, { execution_mode: 'complete', backup_vector_tables: true, skip_training: true });
      const status = await server.settled(second);
      expect(status.error_message).toBeNull();
      expect(status).toMatchObject({
        status: 'completed',
        step_status: { qa_generation: 'completed', sql_validation: 'pending', training_load: 'completed' },
      });
      expect(log(second)).toContain('跳过SQL验证步骤（未启用）');
      expect(log(second)).toContain('跳过训练数据加载步骤（未启用）');
      const [archive = ''] = readdirSync(server.directory(second)).filter((name) => name.startsWith('file_bak_'));
      const info = JSON.parse(read(second, join(archive, 'backup_info.json')));
      expect(info).toMatchObject({ task_id: second, backup_directory: archive, failed_files: [] });
      expect(info.moved_files).toContain('ddl_generation_result.json');
      expect(pairFiles(second)).toHaveLength(1);
      expect(pairFiles(id)).toEqual(before);

      const { files } = (await server.call('GET', `${TASKS}/${second}/files`)).body.data;
      const vectors = files.filter((file: Data) => file.file_name.startsWith('langchain_'));
      expect(vectors.map((file: Data) => file.file_type)).toEqual(['csv', 'csv']);
      const response = await fetch(server.url + vectors[0].download_url);
      expect(Buffer.byteLength(await response.text())).toBe(vectors[0].file_size);
    },
    MINUTES,
  );
});

describe('step by step', () => {
  verifies(
    'execute-step error-running execute-vector-flags',
    'a task stays in progress between steps and is completed by the last',
    async () => {
      const id = await server.create();
      for (const [index, step] of STEPS.entries()) {
        const flags = index === 0 ? { truncate_vector_tables: true } : {};
        const { status, body } = await execute(id, { execution_mode: 'step', step_name: step, ...flags });
        expect(status).toBe(202);
        expect(body.data.step_name).toBe(step);
        if (index === 0) expect(body.data.warning).toContain('已忽略');
        const settled = await server.settled(id);
        expect(settled.error_message).toBeNull();
        expect(settled.current_step).toBeNull();
        expect(settled.status).toBe(index === 3 ? 'completed' : 'in_progress');
        expect(settled.steps[index].step_status).toBe('completed');
      }
      expect(pairFiles(id)).toHaveLength(1);
    },
    MINUTES,
  );
});

describe('a deleted task', () => {
  verifies(
    'delete create-id execute',
    'leaves its id to another of the same second, which runs',
    async () => {
      const step = { execution_mode: 'step', step_name: 'ddl_generation' };
      const ids: string[] = [];
      for (let round = 0; round < 2; round += 1) {
        vi.useFakeTimers({ toFake: ['Date'], now: new Date(2025, 5, 27, 14, 30, 52) });
        const id = await server.create().finally(() => vi.useRealTimers());
        ids.push(id);
        expect((await execute(id, step)).status).toBe(202);
        expect((await server.settled(id)).step_status.ddl_generation).toBe('completed');
        await server.call('DELETE', TASKS, { task_ids: [id], confirm: true, delete_database_records: true });
      }
      expect(ids).toEqual(['task_20250627_143052', 'task_20250627_143052']);
    },
    MINUTES,
  );
});

describe('a live task', () => {
  verifies(
    'error-running cancel delete',
    'refuses another execution and its deletion, and can be cancelled',
    async () => {
      const id = await server.create();
      await execute(id);
      const again = await execute(id);
      expect(again.status).toBe(409);
      expect(again.body.error).toMatchObject({ type: 'ConflictError', code: 'TASK_ALREADY_RUNNING' });
      expect((await server.call('POST', `${TASKS}/${id}/table-list`, { table_names: ['region'] })).status).toBe(409);
      const deleted = await server.call('DELETE', TASKS, { task_ids: [id], confirm: true });
      expect(deleted.body.data.failed_tasks).toMatchObject([{ task_id: id, error_code: 'TASK_ALREADY_RUNNING' }]);
      const cancelled = await server.call('POST', `${TASKS}/${id}/cancel`);
      expect(cancelled.body).toMatchObject({ message: '任务取消成功', data: { task_id: id, status: 'cancelled' } });
      const status = await server.settled(id);
      expect(status).toMatchObject({ status: 'cancelled', current_step: null, error_message: '任务已取消' });
      expect((await execute(id)).status).toBe(202);
      expect((await server.settled(id)).status).toBe('completed');
    },
    MINUTES,
  );
});

describe('a database that cannot be reached', () => {
  const secret = 'pa:ss@w%rd-41';
  const connection = `postgresql://someone:${encodeURIComponent(secret)}@127.0.0.1:9/nowhere`;

  verifies(
    'create-mask execute-fail error-database',
    'is accepted, and fails the run without telling the password',
    async () => {
      const { status, body } = await server.call('POST', TASKS, { db_connection: connection });
      expect(status).toBe(201);
      const id = body.data.task_id;
      await execute(id);
      const settled = await server.settled(id);
      expect(settled).toMatchObject({
        status: 'failed',
        step_status: { ddl_generation: 'failed', qa_generation: 'pending' },
        parameters: { db_connection: 'postgresql://***@127.0.0.1:9/nowhere', db_name: 'nowhere' },
      });
      expect(settled.error_message).toMatch(/^数据库连接失败: /);
      expect(log(id)).toContain('步骤执行失败: ddl_generation - 数据库连接失败');
      const rows = await server.engine.pipeline.find({
        filter: {},
        orderBy: 'created',
        descending: true,
        limit: 1,
        offset: 0,
      });
      const shown = await Promise.all([
        server.call('GET', `${TASKS}?limit=50`),
        server.call('POST', `${TASKS}/query`, {}),
        server.call('GET', `${TASKS}/${id}/files`),
        server.call('GET', `${TASKS}/${id}/logs`),
        server.call('POST', '/database/tables', { db_connection: connection }),
        server.call('POST', '/database/tables', { db_connection: connection.replace('127.0.0.1', '192.0.2.7') }),
        server.call('POST', TASKS, { db_connection: connection.replace(':9/', ':port/') }),
      ]);
      expect(shown.map((one) => one.status)).toEqual([200, 200, 200, 200, 500, 400, 400]);
      const state = await openState({ home: server.home, logger: silentLogger, role: 'client' });
      const stored = await state.execute('SELECT * FROM querent.pipeline_tasks').finally(() => state.close());
      expect(stored.length).toBeGreaterThan(0);
      const files = readdirSync(server.directory(id)).map((name) => read(id, name));
      const api = readFileSync(join(server.home, 'logs', 'app.log'), 'utf8');
      const everything = [JSON.stringify([body, settled, rows, shown, stored]), log(id), api, ...files].join('\n');
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(encodeURIComponent(secret));
      expect(statSync(join(server.home, 'conf', 'pipeline.key')).mode & 0o777).toBe(0o600);
    },
    MINUTES,
  );
});

describe('many at once', () => {
  verifies(
    'execute-concurrent create-id',
    'twenty tasks are created and executed',
    async () => {
      const created = await Promise.all(
        Array.from({ length: 20 }, () => server.create({ enable_sql_validation: false })),
      );
      expect(new Set(created).size).toBe(20);
      const started = await Promise.all(
        created.map((id) => execute(id, { execution_mode: 'step', step_name: 'ddl_generation' })),
      );
      expect(started.map(({ status }) => status)).toEqual(Array(20).fill(202));
      const probe = performance.now();
      expect((await server.call('GET', `${TASKS}?limit=1`)).status).toBe(200);
      expect(performance.now() - probe).toBeLessThan(5_000);
      for (const id of created) {
        expect((await server.settled(id)).step_status.ddl_generation).toBe('completed');
        expect(readdirSync(server.directory(id)).filter((name) => name.endsWith('.ddl'))).toHaveLength(3);
      }
    },
    MINUTES,
  );

  verifies(
    'execute-concurrent create-id execute',
    'twenty whole executions end well, and what they all load is there once',
    async () => {
      const created = await Promise.all(Array.from({ length: 20 }, () => server.create({})));
      expect(new Set(created).size).toBe(20);
      const started = await Promise.all(created.map((id) => execute(id, { execution_mode: 'complete' })));
      expect(started.map(({ status }) => status)).toEqual(Array(20).fill(202));
      const questions = new Set<string>();
      for (const id of created) {
        const task = await server.settled(id);
        expect(task).toMatchObject({ status: 'completed', error_message: null });
        expect(Object.values(task.step_status)).toEqual(Array(4).fill('completed'));
        const files = readdirSync(server.directory(id));
        expect(files.filter((name) => name.startsWith('.'))).toEqual([]);
        const pairs = files.filter((name) => /^qs_.*_pair\.json$/.test(name));
        expect(pairs).toHaveLength(1);
        for (const { question } of JSON.parse(read(id, pairs[0]!)) as { question: string }[]) questions.add(question);
      }
      expect(questions.size).toBeGreaterThan(0);
      const state = await openState({ home: server.home, logger: silentLogger, role: 'client' });
      const loaded = await state
        .execute<{ question: string; times: string }>(
          `SELECT document::json ->> 'question' AS question, count(*) AS times FROM langchain_pg_embedding e
           JOIN langchain_pg_collection c ON c.uuid = e.collection_id WHERE c.name = 'sql' GROUP BY 1`,
        )
        .finally(() => state.close());
      const times = new Map(loaded.map((row) => [row.question, Number(row.times)]));
      expect([...questions].map((question) => times.get(question))).toEqual(Array(questions.size).fill(1));
    },
    MINUTES,
  );
});
