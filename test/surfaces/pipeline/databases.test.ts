import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { silentLogger } from '../../../src/kernel/index.ts';
import { openState, type State } from '../../../src/storage/index.ts';
import { createPostgresDatabase, describeWithPostgres } from '../../support/services.ts';
import { type Data, type PipelineServer, startPipeline } from './pipeline-server.ts';
import { verifies } from './verifies.ts';

let server: PipelineServer;
beforeAll(async () => {
  server = await startPipeline();
});
afterAll(() => server?.close());

describe('tables of a database', () => {
  verifies('tables', 'are listed with their schema, by pattern', async () => {
    const { body } = await server.call('POST', '/database/tables', {});
    expect(body.message).toBe('获取表列表成功');
    expect(body.data.tables).toEqual(['main.customer', 'main.region', 'main.sales_order']);
    expect(body.data).toMatchObject({ total: 3, schemas: ['main'], db_connection_info: { database: 'shop' } });
    expect(body.data).not.toHaveProperty('table_name_pattern');
    const some = (
      await server.call('POST', '/database/tables', { table_name_pattern: 'sales*', schema: 'main, other' })
    ).body;
    expect(some.data).toMatchObject({
      tables: ['main.sales_order'],
      schemas: ['main', 'other'],
      table_name_pattern: 'sales*',
    });
    expect((await server.call('POST', '/database/tables')).status).toBe(200);
  });

  verifies('table-ddl', 'are shown as DDL, as a document, or both', async () => {
    const ask = async (body: unknown) => (await server.call('POST', '/database/table/ddl', body)).body;
    const ddl = await ask({ table: 'customer' });
    expect(ddl.message).toBe('获取表DDL成功');
    expect(ddl.data.ddl).toMatch(/create table .*customer \(/);
    expect(ddl.data).not.toHaveProperty('md');
    expect(ddl.data.table_info).toMatchObject({
      table_name: 'customer',
      schema_name: 'main',
      full_name: 'main.customer',
      field_count: 3,
      row_count: 12,
    });
    expect(ddl.data.fields[0]).toMatchObject({ column_name: 'id', name: 'id', is_primary_key: true, is_enum: false });
    expect(ddl.data.fields[2]).toMatchObject({ column_name: 'region_id', is_foreign_key: true, is_nullable: true });
    expect(ddl.data.generation_info).toMatchObject({ output_type: 'ddl', has_llm_comments: false, database: 'shop' });
    const both = (await ask({ table: 'main.sales_order', type: 'both', business_context: '商店' })).data;
    expect(both.md).toMatch(/^## sales_order/);
    expect(both.ddl).toContain('sales_order');
    expect(both.generation_info).toMatchObject({ business_context: '商店', has_llm_comments: true });
    const md = await ask({ table: 'region', type: 'md' });
    expect([md.message, 'ddl' in md.data]).toEqual(['获取表MD成功', false]);
    expect(await ask({})).toMatchObject({
      code: 400,
      error: { details: '缺少必需参数：table', missing_params: ['table'] },
    });
    expect(await ask({ table: 'region', type: 'sql' })).toMatchObject({
      code: 400,
      error: { invalid_params: ['type'] },
    });
    expect(await ask({ table: 'nothing' })).toMatchObject({ code: 404, error: { code: 'TABLE_NOT_FOUND' } });
  });

  verifies('error-database', 'that cannot be reached are 500 without the password', async () => {
    const db_connection = 'postgresql://someone:secret-word@127.0.0.1:9/nowhere';
    for (const [path, body, failed] of [
      ['/database/tables', { db_connection }, '获取表列表失败: '],
      ['/database/table/ddl', { db_connection, table: 't' }, '获取表DDL失败: '],
    ] as const) {
      const { status, body: answer } = await server.call('POST', path, body);
      expect(status).toBe(500);
      expect(answer).toMatchObject({
        success: false,
        message: '数据库连接失败',
        error: { type: 'DatabaseError', code: 'DATABASE_CONNECTION_ERROR', details: expect.stringContaining(failed) },
      });
      expect(JSON.stringify(answer)).not.toContain('secret-word');
    }
  });
});

describeWithPostgres('a PostgreSQL database named in a request', () => {
  verifies('tables connection-policy', 'is looked at by schemas', async () => {
    const { url, drop } = await createPostgresDatabase();
    try {
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(
        'CREATE TABLE bss_a (id int); CREATE TABLE other (id int); CREATE SCHEMA ods; CREATE TABLE ods.bss_b (id int)',
      );
      await client.end();
      const db_connection = url.replace(/^postgres:/, 'postgresql:');
      const body = { db_connection, schema: 'public,ods', table_name_pattern: 'bss_*' };
      const { data } = (await server.call('POST', '/database/tables', body)).body;
      expect(data.tables).toEqual(['ods.bss_b', 'public.bss_a']);
      expect(data.schemas).toEqual(['public', 'ods']);
      expect((await server.call('POST', '/database/tables', { db_connection })).body.data.tables).toEqual([
        'public.bss_a',
        'public.other',
      ]);
    } finally {
      await drop();
    }
  });
});

describe('vector tables', () => {
  const VECTOR = '/data_pipeline/vector';
  let id: string;
  const load = async (): Promise<Data> => {
    writeFileSync(
      join(server.directory(id), 'qs_shop_20250101_000000_pair.json'),
      JSON.stringify([{ question: 'how many customers', sql: 'SELECT count(*) FROM customer;' }]),
    );
    await server.call('POST', `/data_pipeline/tasks/${id}/execute`, {
      execution_mode: 'step',
      step_name: 'training_load',
    });
    return server.settled(id);
  };
  const backup = async (body: unknown) => (await server.call('POST', `${VECTOR}/backup`, body)).body;
  beforeAll(async () => {
    id = await server.create();
    expect((await load()).step_status.training_load).toBe('completed');
  }, 120_000);

  verifies('vector-backup vector-list vector-restore', 'are backed up, listed and restored', async () => {
    const made = await backup({ task_id: id });
    expect(made.data).toMatchObject({ task_id: id, backup_performed: true, truncate_performed: false });
    const rows = made.data.tables_backed_up.langchain_pg_embedding.row_count;
    expect(rows).toBeGreaterThan(0);
    const global = await backup({});
    expect(global.data.backup_directory).toBe('./data_pipeline/training_data/vector_bak');
    expect((await backup({ backup_vector_tables: false })).data.backup_performed).toBe(false);
    const list = (await server.call('GET', `${VECTOR}/restore/list`)).body.data;
    expect(list.summary).toMatchObject({
      total_locations: 2,
      total_backup_sets: 2,
      global_backups: 1,
      task_backups: 1,
    });
    expect((await server.call('GET', `${VECTOR}/restore/list?global_only=true`)).body.data.summary.task_backups).toBe(
      0,
    );
    const own = (await server.call('GET', `${VECTOR}/restore/list?task_id=${id}`)).body.data.backup_locations;
    expect(own).toMatchObject([{ type: 'task', task_id: id, backups: [{ has_log: true }] }]);
    const request = { backup_path: own[0].relative_path, timestamp: own[0].backups[0].timestamp };
    const restored = (await server.call('POST', `${VECTOR}/restore`, { ...request, truncate_before_restore: true }))
      .body.data;
    expect(restored).toMatchObject({
      restore_performed: true,
      truncate_performed: true,
      restore_results: { langchain_pg_embedding: { success: true, rows_restored: rows } },
      errors: [],
    });
  });

  verifies('vector-restore path-safety', 'are restored from backups only', async () => {
    const ask = async (body: unknown) => (await server.call('POST', `${VECTOR}/restore`, body)).body;
    const timestamp = '20250101_000000';
    for (const backup_path of ['../..', '/etc', `${id}/../vector_bak`, `./data_pipeline/training_data/${id}`]) {
      expect([backup_path, (await ask({ backup_path, timestamp })).error?.code]).toEqual([backup_path, 'INVALID_PATH']);
    }
    expect(await ask({ backup_path: 'vector_bak', timestamp })).toMatchObject({
      code: 404,
      error: { code: 'FILE_NOT_FOUND' },
    });
    expect(await ask({ backup_path: 'vector_bak', timestamp: 'x' })).toMatchObject({ code: 400 });
    expect(await ask({ backup_path: 'vector_bak', timestamp, tables: ['users'] })).toMatchObject({ code: 400 });
    expect(await ask({})).toMatchObject({ code: 400, error: { missing_params: ['backup_path', 'timestamp'] } });
    expect((await backup({ task_id: 'nothing' })).error?.code).toBe('TASK_NOT_FOUND');
    expect((await backup({ task_id: '../x' })).error?.code).toBe('TASK_NOT_FOUND');
  });

  const stored = (state: State): Promise<unknown> =>
    state.execute(
      'SELECT id, collection_id::text AS c, md5(embedding::text) AS e, document, cmetadata FROM langchain_pg_embedding ORDER BY id',
    );
  const truncate = async (): Promise<Data> => {
    const flags = { execution_mode: 'step', step_name: 'training_load', truncate_vector_tables: true };
    await server.call('POST', `/data_pipeline/tasks/${id}/execute`, flags);
    return server.settled(id);
  };
  const withState = async (work: (state: State) => Promise<void>): Promise<void> => {
    const state = await openState({ home: server.home, logger: silentLogger, role: 'client' });
    await work(state).finally(() => state.close());
  };

  verifies(
    'error-vector-truncate',
    'stay as they are when they can be backed up but not emptied',
    () =>
      withState(async (state) => {
        const before = await stored(state);
        // What refers to a table keeps it from being truncated, not from being read.
        await state.execute('CREATE TABLE in_use (id varchar REFERENCES langchain_pg_embedding (id))');
        try {
          const task = await truncate();
          expect(task).toMatchObject({ status: 'failed', step_status: { training_load: 'failed' } });
          expect(task.error_message).toMatch(/^VECTOR_TRUNCATE_FAILED: /);
          const log = readFileSync(join(server.directory(id), 'data_pipeline.log'), 'utf8');
          expect(log).toMatch(
            /langchain_pg_embedding 备份完成: [1-9]\d* 行[\s\S]*\[ERROR\] \S+: VECTOR_TRUNCATE_FAILED/,
          );
          expect(log).not.toContain('VECTOR_BACKUP_FAILED');
          expect(await stored(state)).toEqual(before);
        } finally {
          await state.execute('DROP TABLE in_use');
        }
        expect(readdirSync(join(server.directory(id), 'vector_bak'))).toContainEqual(
          expect.stringMatching(/_embedding_.*csv$/),
        );
      }),
    120_000,
  );

  verifies(
    'error-vector-backup',
    'stay as they are when a backup cannot be written',
    () =>
      withState(async (state) => {
        const before = await stored(state);
        const directory = server.directory(id);
        rmSync(join(directory, 'vector_bak'), { recursive: true, force: true });
        writeFileSync(join(directory, 'vector_bak'), 'in the way');
        expect(await backup({ task_id: id })).toMatchObject({
          code: 500,
          error: { type: 'VectorTableError', code: 'VECTOR_BACKUP_FAILED' },
        });
        const task = await truncate();
        expect(task).toMatchObject({ status: 'failed', step_status: { training_load: 'failed' } });
        expect(task.error_message).toMatch(/^VECTOR_BACKUP_FAILED: /);
        expect(task.error_message).not.toContain(server.home);
        expect(await stored(state)).toEqual(before);
      }),
    120_000,
  );
});
