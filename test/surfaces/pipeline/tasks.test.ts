import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type PipelineServer, startPipeline } from './pipeline-server.ts';
import { verifies } from './verifies.ts';

const TASKS = '/data_pipeline/tasks';
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
const STEPS = ['ddl_generation', 'qa_generation', 'sql_validation', 'training_load'];

let server: PipelineServer;
beforeAll(async () => {
  server = await startPipeline();
});
afterAll(() => server?.close());

describe('creating a task', () => {
  verifies('create create-no-list envelope times', 'answers in the documented envelope', async () => {
    const { status, body } = await server.call('POST', TASKS, {
      task_name: '任务一',
      business_context: '商店',
      db_name: 'shop_db',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ success: true, code: 201, message: '任务创建成功' });
    expect(body.data).toMatchObject({
      task_name: '任务一',
      status: 'pending',
      file_upload_mode: true,
      next_step: `POST /api/v0/data_pipeline/tasks/${body.data.task_id}/upload-table-list`,
      response: '任务创建成功，请上传表清单文件后再执行任务',
    });
    expect(body.data.created_at).toMatch(ISO);
    expect(body.data.timestamp).toMatch(ISO);
    const { data } = (await server.call('GET', `${TASKS}/${body.data.task_id}`)).body;
    expect(data.parameters).toEqual({
      table_list_file: null,
      business_context: '商店',
      db_name: 'shop_db',
      task_name: '任务一',
      enable_sql_validation: true,
      enable_llm_repair: true,
      modify_original_file: true,
      enable_training_data_load: true,
      backup_vector_tables: false,
      truncate_vector_tables: false,
    });
    expect(Object.keys(data.step_status)).toEqual(STEPS);
  });

  verifies('status create', 'shows every field of a new task', async () => {
    const id = await server.create({ truncate_vector_tables: true });
    const { body } = await server.call('GET', `${TASKS}/${id}`);
    expect(body.message).toBe('获取任务状态成功');
    expect(body.data).toMatchObject({
      task_id: id,
      task_name: null,
      status: 'pending',
      started_at: null,
      completed_at: null,
      result: null,
      error_message: null,
      current_step: null,
      total_steps: 4,
    });
    expect(body.data.parameters).toMatchObject({
      business_context: '数据库管理系统',
      db_name: 'shop',
      backup_vector_tables: true,
      truncate_vector_tables: true,
    });
    expect(body.data.steps).toEqual(
      STEPS.map((step_name) => ({
        step_name,
        step_status: 'pending',
        started_at: null,
        completed_at: null,
        error_message: null,
        progress: null,
      })),
    );
  });

  verifies('create-id', 'gives tasks of one second different ids', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => server.create()));
    expect(new Set(ids).size).toBe(12);
    for (const id of ids) expect(id).toMatch(/^task_\d{8}_\d{6}(_\d+)?$/);
  });

  verifies('create-list-file path-safety', 'takes a list of the server, from its working directory only', async () => {
    writeFileSync(join(server.workingDirectory, 'tables.txt'), 'region\ncustomer\n');
    const id = await server.create({ table_list_file: 'tables.txt' });
    const { data } = (await server.call('GET', `${TASKS}/${id}/table-list-info`)).body;
    expect(data).toMatchObject({ has_table_list: true, table_count: 2, tables: ['region', 'customer'] });

    symlinkSync('/etc/hostname', join(server.workingDirectory, 'link.txt'));
    mkdirSync(join(server.workingDirectory, 'folder.txt'));
    for (const name of [
      'missing.txt',
      '../outside.txt',
      '/etc/passwd',
      'link.txt',
      'folder.txt',
      'a\u0001.txt',
      'tables.json',
    ]) {
      const refused = await server.call('POST', TASKS, { table_list_file: name });
      expect([name, refused.status]).toEqual([name, 400]);
      expect(refused.body.error).toMatchObject({ type: 'ValidationError', invalid_params: ['table_list_file'] });
      expect(JSON.stringify(refused.body)).not.toContain(server.workingDirectory);
    }
  });

  verifies('error-body envelope-error', 'names what is wrong with a body', async () => {
    const cases: [unknown, string[]][] = [
      [{ task_name: 'x'.repeat(101) }, ['task_name']],
      [{ enable_llm_repair: 'yes', db_name: 5 }, ['db_name', 'enable_llm_repair']],
      ['{"task_name":', []],
      ['[1]', ['body']],
    ];
    for (const [body, invalid] of cases) {
      const { status, body: answer } = await server.call('POST', TASKS, body);
      expect(status).toBe(400);
      expect(answer).toMatchObject({ success: false, code: 400, message: '请求参数错误' });
      expect(answer.error?.type).toBe('ValidationError');
      expect(answer.error?.timestamp).toMatch(ISO);
      expect((answer.error?.invalid_params ?? []).sort()).toEqual(invalid);
      expect(answer.data).toMatchObject({ error_type: 'invalid_params', response: answer.error?.details });
    }
  });

  verifies('envelope-error', 'is sent for paths and methods that do not exist', async () => {
    expect(await server.call('GET', '/data_pipeline/nothing')).toMatchObject({
      status: 404,
      body: { success: false, code: 404, message: '资源未找到', error: { code: 'NOT_FOUND' } },
    });
    expect(await server.call('PUT', TASKS, {})).toMatchObject({
      status: 405,
      body: { success: false, code: 405, error: { code: 'METHOD_NOT_ALLOWED' } },
    });
  });

  verifies('error-body list query', 'tells each fault once, in the language of the API', async () => {
    const { body } = await server.call('POST', `${TASKS}/query`, { sort_by: 'size', created_time_start: 'then' });
    expect(body.error?.details).toBe(
      'created_time_start: 时间格式无效; sort_by: 无效的值，支持: created_at, started_at, completed_at, task_name, status',
    );
  });
});

describe('unknown tasks', () => {
  verifies('error-task-not-found path-safety', 'are 404 on every endpoint', async () => {
    for (const id of ['task_19990101_000000', '..%2f..%2fetc', '%252e%252e', 'a%00b', 'x'.repeat(200)]) {
      const calls = [
        server.call('GET', `${TASKS}/${id}`),
        server.call('POST', `${TASKS}/${id}/execute`, {}),
        server.call('POST', `${TASKS}/${id}/cancel`, {}),
        server.call('GET', `${TASKS}/${id}/files`),
        server.call('GET', `${TASKS}/${id}/files/x.json`),
        server.upload(`${TASKS}/${id}/files`, 'x.json', '{}'),
        server.upload(`${TASKS}/${id}/upload-table-list`, 'x.txt', 'region'),
        server.call('GET', `${TASKS}/${id}/table-list-info`),
        server.call('POST', `${TASKS}/${id}/table-list`, { table_names: ['region'] }),
        server.call('GET', `${TASKS}/${id}/logs`),
        server.call('POST', `${TASKS}/${id}/logs/query`, {}),
      ];
      for (const { status, body } of await Promise.all(calls)) {
        expect([id, status, body.error?.code]).toEqual([id, 404, 'TASK_NOT_FOUND']);
        expect(body.data.error_type).toBe('resource_not_found');
      }
    }
  });
});

describe('modes and steps', () => {
  verifies('error-mode', 'are checked before the task', async () => {
    const id = 'task_19990101_000000';
    const ask = async (body: unknown) => (await server.call('POST', `${TASKS}/${id}/execute`, body)).body;
    const mode = await ask({ execution_mode: 'all', step_name: 'nothing' });
    expect(mode).toMatchObject({
      code: 400,
      error: { code: 'INVALID_EXECUTION_MODE', invalid_params: ['execution_mode'] },
    });
    expect(mode.error?.details).toBe("无效的执行模式，必须是 'complete' 或 'step'");
    expect(await ask({ execution_mode: 'step' })).toMatchObject({
      code: 400,
      error: { code: 'MISSING_STEP_NAME', missing_params: ['step_name'] },
    });
    for (const step of ['ddl', 7, {}]) {
      expect(await ask({ execution_mode: 'step', step_name: step })).toMatchObject({
        code: 400,
        error: { code: 'INVALID_STEP_NAME', invalid_params: ['step_name'] },
      });
    }
    expect(await ask({})).toMatchObject({ code: 404, error: { code: 'TASK_NOT_FOUND' } });
  });
});

describe('finding tasks', () => {
  verifies('list', 'lists the newest first, with the total of all', async () => {
    const ids = [await server.create({ task_name: 'a' }), await server.create({ task_name: 'b' })];
    const { body } = await server.call('GET', `${TASKS}?limit=1`);
    expect(body.message).toBe('获取任务列表成功');
    expect(body.data).toMatchObject({ limit: 1, offset: 0 });
    expect(body.data.total).toBeGreaterThan(2);
    expect(body.data.tasks).toHaveLength(1);
    expect(body.data.tasks[0]).toMatchObject({
      task_id: ids[1],
      status: 'pending',
      created_by: 'guest',
      db_name: 'shop',
      directory_exists: true,
      step_status: { ddl_generation: 'pending' },
    });
    expect((await server.call('GET', `${TASKS}?limit=1&offset=1`)).body.data.tasks[0].task_id).toBe(ids[0]);
    expect((await server.call('GET', `${TASKS}?limit=5000`)).body.data.limit).toBe(100);
    for (const status of ['completed', 'running', 'partial_completed']) {
      expect((await server.call('GET', `${TASKS}?status=${status}`)).body.data).toMatchObject({ tasks: [], total: 0 });
    }
    for (const query of ['limit=0', 'limit=x', 'offset=-1', 'status=done']) {
      expect([query, (await server.call('GET', `${TASKS}?${query}`)).status]).toEqual([query, 400]);
    }
  });

  verifies('query', 'filters, orders and pages', async () => {
    const made = [];
    for (const name of ['Highway 100%', 'highway_b', 'HIGHWAY c'])
      made.push(await server.create({ task_name: name, db_name: 'q' }));
    const ask = async (body: unknown) => (await server.call('POST', `${TASKS}/query`, body)).body;
    const byName = await ask({
      task_name: 'highway',
      db_name: 'q',
      sort_by: 'task_name',
      sort_order: 'asc',
      page_size: 2,
    });
    expect(byName.message).toBe('查询任务列表成功');
    expect(byName.data.pagination).toEqual({
      page: 1,
      page_size: 2,
      total: 3,
      total_pages: 2,
      has_next: true,
      has_prev: false,
    });
    expect(byName.data.filters_applied).toEqual({ task_name: 'highway', db_name: 'q' });
    expect(byName.data.sort_applied).toEqual({ sort_by: 'task_name', sort_order: 'asc' });
    expect(byName.data.query_time).toMatch(/^\d+\.\d{3}s$/);
    expect((await ask({ task_name: '100%' })).data.pagination.total).toBe(1);
    expect((await ask({ task_name: '_b' })).data.pagination.total).toBe(1);
    expect((await ask({ db_name: 'q', created_by: 'guest', status: 'pending' })).data.tasks).toHaveLength(3);
    expect((await ask({ db_name: 'q', created_time_end: '2001-01-01T00:00:00' })).data.tasks).toEqual([]);
    expect((await ask({ db_name: 'q', created_time_start: '2001-01-01' })).data.pagination.total).toBe(3);
    expect((await ask({ db_name: 'q', page: 9 })).data.tasks).toEqual([]);
    for (const bad of [
      { page: 0 },
      { page: '1' },
      { page_size: 101 },
      { status: 'done' },
      { sort_by: 'id' },
      { sort_order: 'up' },
      { task_name: 'x'.repeat(101) },
      { created_time_start: 'yesterday' },
    ]) {
      const { code, error } = await ask(bad);
      expect([bad, code, error?.invalid_params]).toEqual([bad, 400, Object.keys(bad)]);
    }
  });
});

describe('deleting tasks', () => {
  verifies('delete', 'needs confirmation, and tells each task apart', async () => {
    const [first, second] = [await server.create(), await server.create()];
    expect((await server.call('DELETE', TASKS, { confirm: true })).body.error?.missing_params).toEqual(['task_ids']);
    expect((await server.call('DELETE', TASKS, { task_ids: [first] })).status).toBe(400);
    const { body } = await server.call('DELETE', TASKS, { task_ids: [first, 'task_x', '../..'], confirm: true });
    expect(body.data.summary).toEqual({ total_requested: 3, successfully_deleted: 1, failed: 2 });
    expect(body.data.deleted_tasks[0]).toMatchObject({
      success: true,
      task_id: first,
      directory_deleted: true,
      database_records_deleted: false,
      deleted_files_count: 1,
    });
    expect(body.data.failed_tasks).toMatchObject([{ error_code: 'TASK_NOT_FOUND' }, { error_code: 'TASK_NOT_FOUND' }]);
    expect((await server.call('POST', `${TASKS}/query`, { page_size: 100 })).body.data.tasks).toContainEqual(
      expect.objectContaining({ task_id: first, directory_exists: false }),
    );
    const query = `?task_ids=${second}&confirm=true&delete_database_records=true`;
    expect((await server.call('DELETE', TASKS + query)).body.data.deleted_tasks[0].database_records_deleted).toBe(true);
    expect((await server.call('GET', `${TASKS}/${second}`)).status).toBe(404);
  });
});
