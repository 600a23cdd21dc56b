import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Data, type PipelineServer, startPipeline } from './pipeline-server.ts';
import { verifies } from './verifies.ts';

const TASKS = '/data_pipeline/tasks';
const LINES = [
  '2025-06-27 14:30:52 [INFO] SchemaWorkflowOrchestrator: 开始执行Schema工作流编排',
  '2025-06-27 14:30:53 [INFO] DDLMDGenerator: 开始处理表: bss_business_day_data',
  '2025-06-27 14:31:25 [ERROR] SQLValidator: SQL验证失败，尝试LLM修复',
  'Traceback: first',
  '  second',
  '2025-06-27 14:31:26 [WARNING] [QuestionSQLGenerationAgent] qs_agent.py:88 - 主题为空',
  '2025-06-27 14:32:00 [INFO] TaskDir_x: [training_load] 开始执行步骤: training_load',
];

let server: PipelineServer;
let id: string;
const logFile = (): string => join(server.directory(id), 'data_pipeline.log');
beforeAll(async () => {
  server = await startPipeline();
  id = await server.create();
});
afterAll(() => server?.close());

const query = async (body: unknown) => (await server.call('POST', `${TASKS}/${id}/logs/query`, body)).body;

describe('the log of a task', () => {
  verifies('logs', 'gives the last entries after the filter, oldest first', async () => {
    writeFileSync(logFile(), `${LINES.join('\n')}\n`);
    const { body } = await server.call('GET', `${TASKS}/${id}/logs?limit=2`);
    expect(body.message).toBe('获取任务日志成功');
    expect(body.data).toMatchObject({
      task_id: id,
      total: 2,
      source: 'file',
      log_file: `./data_pipeline/training_data/${id}/data_pipeline.log`,
    });
    expect(body.data.logs.map((entry: Data) => entry.level)).toEqual(['WARNING', 'INFO']);
    const errors = (await server.call('GET', `${TASKS}/${id}/logs?limit=1&level=error`)).body.data;
    expect(errors.logs).toEqual([
      {
        timestamp: '2025-06-27 14:31:25',
        level: 'ERROR',
        logger: 'SQLValidator',
        message: 'SQL验证失败，尝试LLM修复\nTraceback: first\n  second',
      },
    ]);
    for (const bad of ['limit=0', 'limit=x', 'level=LOUD']) {
      expect([bad, (await server.call('GET', `${TASKS}/${id}/logs?${bad}`)).status]).toEqual([bad, 400]);
    }
  });

  verifies('logs-query', 'is searched by every filter', async () => {
    const all = await query({});
    expect(all.message).toBe('高级日志查询成功');
    expect(all.data.pagination).toEqual({
      page: 1,
      page_size: 50,
      total: 5,
      total_pages: 1,
      has_next: false,
      has_prev: false,
    });
    expect(all.data.logs.map((entry: Data) => entry.line_number)).toEqual([7, 6, 3, 2, 1]);
    expect(all.data.log_file_info).toMatchObject({ exists: true, total_lines: 7 });
    const found = async (body: unknown) => (await query(body)).data.logs.map((entry: Data) => entry.line_number);
    expect(await found({ level: 'ERROR' })).toEqual([3]);
    expect(await found({ keyword: 'second' })).toEqual([3]);
    expect(await found({ logger_name: 'QuestionSQLGenerationAgent' })).toEqual([6]);
    expect(await found({ step_name: 'qa_generation' })).toEqual([6]);
    expect(await found({ step_name: 'training_load' })).toEqual([7]);
    expect(await found({ step_name: 'ddl_generation', level: 'ERROR' })).toEqual([]);
    expect(await found({ start_time: '2025-06-27T14:31:25', end_time: '2025-06-27 14:31:26' })).toEqual([6, 3]);
    expect(await found({ start_time: '2025-06-28' })).toEqual([]);
    expect(await found({ sort_order: 'asc', page: 2, page_size: 2 })).toEqual([3, 6]);
    expect(await found({ sort_by: 'level', sort_order: 'asc' })).toEqual([3, 1, 2, 7, 6]);
    expect(await found({ sort_by: 'line_number', sort_order: 'asc' })).toEqual([1, 2, 3, 6, 7]);
    expect((await query({ level: 'ERROR' })).data.logs[0]).toMatchObject({ step: 'sql_validation' });
    for (const bad of [
      { page: 0 },
      { page_size: 501 },
      { level: 'LOUD' },
      { start_time: 'now' },
      { keyword: 'x'.repeat(201) },
      { sort_by: 'size' },
      { sort_order: 'up' },
    ]) {
      const { code, error } = await query(bad);
      expect([bad, code, error?.invalid_params]).toEqual([bad, 400, Object.keys(bad)]);
    }
  });

  verifies('logs-query logs', 'may be absent', async () => {
    const other = await server.create();
    writeFileSync(join(server.directory(other), 'data_pipeline.log'), '');
    const { data } = (await server.call('POST', `${TASKS}/${other}/logs/query`, {})).body;
    expect(data).toMatchObject({
      logs: [],
      pagination: { total: 0, total_pages: 0 },
      log_file_info: { exists: true, file_size: 0 },
    });
  });

  verifies(
    'logs-large',
    'may be very large: pages come without loading it',
    async () => {
      let block = '';
      let entries = 0;
      for (; block.length < 1024 * 1024 - 200; entries += 1) {
        block += `2025-06-27 14:30:52 [${entries % 50 === 0 ? 'ERROR' : 'INFO'}] DDLMDGenerator: 开始处理表 ${entries}\n  ${'detail '.repeat(20)}\n`;
      }
      const file = openSync(logFile(), 'w');
      for (let n = 0; n < 500; n += 1) writeSync(file, block);
      writeSync(file, '2025-06-28 00:00:00 [INFO] Last: the end\n');
      closeSync(file);
      let keyword = 'detail ';
      const before = process.memoryUsage().rss;
      // The best of some tries: other programs of the machine are no part of what is measured.
      const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
        let best = Number.POSITIVE_INFINITY;
        for (let tries = 0; ; tries += 1) {
          const started = performance.now();
          const answer = await work();
          best = Math.min(best, performance.now() - started);
          if (best < 1_000 || tries === 9) return [answer, best];
        }
      };
      const [tail, tailMs] = await timed(() => server.call('GET', `${TASKS}/${id}/logs?limit=50`));
      expect(tail.body.data.logs.at(-1).message).toBe('the end');
      expect(tail.body.data.total).toBe(50);
      const [first, firstMs] = await timed(() => query({ page_size: 20 }));
      const total = entries * 500 + 1;
      expect(first.data.pagination.total).toBe(total);
      expect(first.data.logs[0]).toMatchObject({ message: 'the end', line_number: 2 * entries * 500 + 1 });
      const [common, commonMs] = await timed(() => {
        // Another end of what every entry says: each try counts anew.
        keyword += 'detail '[keyword.length % 7];
        return query({ page_size: 20, keyword });
      });
      expect(common.data.pagination.total).toBe(total - 1);
      const [again, againMs] = await timed(() => query({ page_size: 20, page: 5 }));
      expect(again.data.logs).toHaveLength(20);
      expect(tailMs).toBeLessThan(1_000);
      expect(againMs).toBeLessThan(1_000);
      expect(firstMs).toBeLessThan(1_000);
      expect(commonMs).toBeLessThan(1_000);
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    },
    120_000,
  );
});
