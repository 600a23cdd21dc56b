/**
 * The client examples of the document that this API replaces, as printed, and our own, on the highway demo.
 *
 * What is changed in a printed example: the host, and the names of files, which hold the time at which they are made. Tasks
 * have the printed id, as they are created at the time that it says. What is put around an example: what the document calls
 * and does not define (named where it is), and the call of a function that is only defined.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { loadAuthClients } from '../../../src/engine/index.ts';
import { projectRoot, requestToken } from '../../support/process.ts';
import { hasPython, PYTHON } from '../../support/python.ts';
import { describeWithPostgres, postgresUrl } from '../../support/services.ts';
import { type PipelineServer, startPipeline } from './pipeline-server.ts';
import { indentedPython, javascriptLines, pythonLines, shellLines } from './restore-lines.ts';
import { verifies } from './verifies.ts';

const MINUTES = 300_000;
const seeds = join(projectRoot, '..', 'shared', 'seeds');
const PRINTED_HOST = 'http://localhost:8084';
const PRINTED_TASK = 'task_20250627_143052';
const PRINTED_TIME = new Date(2025, 5, 27, 14, 30, 52);
const PRINTED_SERVER = '192.168.67.1:5432';
interface Pair {
  readonly question: string;
  readonly sql: string;
}
const plain = (sql: string): string =>
  sql
    .replace(/;\s*$/, '')
    .replace(/[\s"]+/g, ' ')
    .trim()
    .toLowerCase();
const here = mkdtempSync(join(tmpdir(), 'querent-examples-'));
let server: PipelineServer;

const run = (command: string, args: readonly string[], cwd = here): Promise<string> =>
  new Promise((resolve, reject) =>
    execFile(
      command,
      [...args],
      {
        cwd,
        env: { ...process.env, QUERENT_PIPELINE_URL: server.url, PYTHONIOENCODING: 'utf-8' },
        maxBuffer: 10_000_000,
      },
      (error, stdout, stderr) => (error ? reject(new Error(`${error.message}\n${stdout}${stderr}`)) : resolve(stdout)),
    ),
  );
/** Runs a command that does not end, until it has said what is waited for. */
const runUntil = (command: string, said: RegExp, cwd: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', command], { cwd, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    let isOver = false;
    child.on('exit', () => (isOver ? resolve(output) : reject(new Error(`${command} ended:\n${output}`))));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (isOver || !said.test(output)) return;
      isOver = true;
      process.kill(-child.pid!, 'SIGTERM');
    });
  });
/** Works with a database of a name that others may want, too: one after the other. */
async function withDatabase<T>(name: string, sql: string, work: () => Promise<T>): Promise<T> {
  const mark = 'made by a test';
  const server = new pg.Client({ connectionString: postgresUrl });
  await server.connect();
  try {
    await server.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const known = await server.query<{ mark: string | null }>(
      "SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = $1",
      [name],
    );
    const [left] = known.rows;
    if (left && left.mark !== mark) throw new Error(`The database ${name} is somebody's; this test needs the name.`);
    if (left) await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.query(`CREATE DATABASE ${name}`);
    try {
      await server.query(`COMMENT ON DATABASE ${name} IS '${mark}'`);
      const database = new pg.Client({ connectionString: new URL(`/${name}`, postgresUrl).href });
      await database.connect();
      await database.query(sql).finally(() => database.end());
      return await work();
    } finally {
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  } finally {
    await server.end();
  }
}

const has = async (command: string, ...args: string[]): Promise<boolean> =>
  new Promise((resolve) => execFile(command, args, (error) => resolve(error === null)));

const withTools = await has('jq', '--version');
const needed = (name: string, present: boolean): boolean => {
  if (!present && process.env.REQUIRE_SERVICES === '1')
    throw new Error(`${name} is not installed and REQUIRE_SERVICES=1`);
  return present;
};

beforeAll(async () => {
  const highway = {
    type: 'embedded',
    name: 'highway',
    uri: '$' + '{QUERENT_HOME}/demo/highway',
    database: 'highway_db',
  };
  server = await startPipeline({
    config: { agent: { namespace: { highway } } },
    pipeline: { default_connection: null, working_directory: here },
  });
  writeFileSync(join(here, 'tables.txt'), 'bss_company\nbss_service_area\n');
}, MINUTES);
afterAll(async () => {
  await server?.close();
  rmSync(here, { recursive: true, force: true });
});

describe('our examples', () => {
  verifies(
    'default-database examples',
    'list the tables of the highway demo',
    async () => {
      const output = await run(process.execPath, [join(projectRoot, 'examples', 'pipeline', 'tables.mjs')]);
      expect(output).toMatch(/^highway_db: \d+ tables\n {2}public\.bss_/);
      expect(output).toMatch(/^## bss_/m);
    },
    MINUTES,
  );

  const shell = needed('jq', withTools) ? describe : describe.skip;
  shell(`with curl and jq${withTools ? '' : ' (skipped: jq is not installed)'}`, () => {
    verifies(
      'examples',
      'make pairs of some tables',
      async () => {
        const output = await run('bash', [join(projectRoot, 'examples', 'pipeline', 'pipeline.sh')]);
        expect(output).toMatch(/downloaded: qs_highway_db_\d{8}_\d{6}_pair\.json \(\d+ pairs\)/);
      },
      MINUTES,
    );
  });
});

describe('what a complete run loaded', () => {
  verifies(
    'execute loaded-answers',
    'answers the questions of its pairs at once, with their SQL',
    async () => {
      const id = await server.create({ business_context: '高速公路服务区管理系统' });
      await server.call('POST', `/data_pipeline/tasks/${id}/table-list`, { table_names: ['bss_company'] });
      await server.call('POST', `/data_pipeline/tasks/${id}/execute`, { execution_mode: 'complete' });
      expect(await server.settled(id)).toMatchObject({ status: 'completed', error_message: null });
      const name = readdirSync(server.directory(id)).find((file) => file.endsWith('_pair.json')) ?? '';
      const [pair] = JSON.parse(readFileSync(join(server.directory(id), name), 'utf8')) as Pair[];
      const [clientId = '', secret = ''] = Object.entries(loadAuthClients(server.home, {}).clients)[0] ?? [];
      const response = await fetch(`${server.url}/workflows/run`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await requestToken(server.url, clientId, secret)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ workflow: 'nl2sql', namespace: 'highway', mode: 'sync', task: pair?.question }),
      });
      const answer = (await response.json()) as { status: string; sql: string; metadata: { planner: string } };
      expect(answer).toMatchObject({ status: 'completed', metadata: { planner: 'example' } });
      expect(plain(answer.sql)).toContain(plain(pair?.sql ?? ''));
    },
    MINUTES,
  );
});

const present = existsSync(seeds);
(present ? describe : describe.skip)(
  `the documented examples${present ? '' : ' (skipped: ../shared is absent)'}`,
  () => {
    const document = (): string => {
      const name = readdirSync(seeds).find((file) => file.startsWith('003_')) ?? '';
      return readFileSync(join(seeds, name), 'utf8');
    };
    const printedIn = (text: string, language: string): string[] =>
      [...text.matchAll(/```(\w+) ([\s\S]*?) ```/g)].flatMap(([, found, block = '']) =>
        found === language ? [block] : [],
      );
    const taken = new Set<string>();
    /** The blocks of one language in a section of the document, on this server. */
    const blocks = (from: string, to: string, language: string): string[] => {
      const text = document();
      const start = text.lastIndexOf(from);
      const end = text.indexOf(to, start);
      const section = text.slice(start, end < 0 ? undefined : end);
      return printedIn(section, language).map((block) => {
        taken.add(block);
        return block.replaceAll(PRINTED_HOST, server.url);
      });
    };

    /** Lets `create` make the task of the printed id; an earlier one makes room for it. */
    async function atPrintedTime(create: () => Promise<string>): Promise<string> {
      const earlier = { task_ids: [PRINTED_TASK], confirm: true, delete_database_records: true };
      await server.call('DELETE', '/data_pipeline/tasks', earlier);
      vi.useFakeTimers({ toFake: ['Date'], now: PRINTED_TIME });
      try {
        return await create();
      } finally {
        vi.useRealTimers();
      }
    }

    /** Runs the commands of printed blocks in their order. */
    async function runShell(printed: readonly string[]): Promise<void> {
      let pairs = '';
      const commands = printed.flatMap((block) => {
        const lines = shellLines(block);
        return lines.startsWith('#!') ? [lines] : lines.split('\n\n');
      });
      for (const command of commands) {
        if (command.includes('_pair.json')) {
          const { files } = (await server.call('GET', `/data_pipeline/tasks/${PRINTED_TASK}/files`)).body.data;
          pairs = files.find((file: { is_primary: boolean }) => file.is_primary).file_name;
        }
        const real = command.replaceAll('qs_highway_db_20250627_143052_pair.json', pairs);
        const runIt = (): Promise<string> => run('bash', ['-c', real]);
        const creates = /\/tasks \\/.test(command);
        const output = await (creates ? atPrintedTime(runIt) : runIt());
        if (command.startsWith('curl -O')) {
          expect(Array.isArray(JSON.parse(readFileSync(join(here, pairs), 'utf8')))).toBe(true);
        } else if (command.includes('| \\\n')) {
          expect(output).toContain('langchain_pg_embedding');
        } else if (command.startsWith('curl')) {
          const answer = JSON.parse(output) as { success: boolean; data: Record<string, unknown> };
          expect([command, answer.success]).toEqual([command, true]);
          if (creates) expect(answer.data.task_id).toBe(PRINTED_TASK);
          if (command.includes('/execute')) await server.settled(PRINTED_TASK);
        } else expect(output).toContain('任务状态: completed');
      }
    }

    (withTools ? describe : describe.skip)('shell', () => {
      verifies(
        'seed-shell',
        'of each endpoint, and of the logs',
        async () => {
          const printed = [
            ...blocks('### 3.1', '### 7.1', 'bash'),
            ...blocks('### 7.5', '## 8.', 'bash').slice(0, 1),
            ...blocks('### 9.4', '## 10.', 'bash'),
          ];
          expect(printed).toHaveLength(13);
          // The one that names a database of its own is below.
          await runShell(printed.filter((block) => !block.includes('db_connection')));
          const [, files = ''] = blocks('### 7.5', '## 8.', 'bash');
          const [follow = '', find = '', ...more] = shellLines(files).split('\n');
          expect(more).toEqual([]);
          const failed = await server.create({ db_connection: 'postgresql://a:b@127.0.0.1:9/nowhere' });
          await server.call('POST', `/data_pipeline/tasks/${failed}/execute`, {});
          await server.settled(failed);
          await runUntil(follow, / \[INFO\] \S+: /, server.home);
          expect(await run('bash', ['-c', find], server.home)).toMatch(/ \[ERROR\] .*数据库连接失败/);
        },
        MINUTES,
      );

      verifies(
        'seed-shell log-format',
        'that says where the log of requests is',
        async () => {
          const [block = ''] = blocks('### 7.3.1', '### 7.3.2', 'bash');
          const log = new URL('../../../src/server/pipeline/api-log.ts', import.meta.url).href;
          const fastify = import.meta.resolve('fastify');
          const program = `import { fastify } from '${fastify}'; import { openApiLog } from '${log}';
            const app = fastify(); openApiLog(app, '.'); await app.inject('/nowhere'); await app.close();
            console.log(process.env.DATA_PIPELINE_LOG_LEVEL);`;
          writeFileSync(join(here, 'request.mjs'), program);
          const node = `'${process.execPath}' request.mjs`;
          expect(await run('bash', ['-c', `${shellLines(block)}\n${node}`])).toBe('DEBUG\n');
          const text = readFileSync(join(here, 'logs', 'data_pipeline', 'app.log'), 'utf8');
          expect(text).toMatch(/^\S+ \S+ \[WARNING\] unified_api: GET \/nowhere - 404\n$/);
        },
        MINUTES,
      );

      describeWithPostgres('on PostgreSQL', () => {
        verifies(
          'seed-shell tables',
          'that names a database',
          async () => {
            const [block = ''] = blocks('### 6.1', '### 6.2', 'bash');
            expect(block).toContain(`@${PRINTED_SERVER}/highway_db`);
            const real = shellLines(block).replace(PRINTED_SERVER, new URL(postgresUrl).host);
            const tables =
              'CREATE TABLE bss_car (id int); CREATE TABLE other (id int); CREATE SCHEMA ods; CREATE TABLE ods.bss_company (id int)';
            const output = await withDatabase('highway_db', tables, () => run('bash', ['-c', real]));
            expect(JSON.parse(output)).toMatchObject({
              success: true,
              data: {
                tables: ['ods.bss_company', 'public.bss_car'],
                schemas: ['public', 'ods'],
                db_connection_info: { database: 'highway_db' },
              },
            });
          },
          MINUTES,
        );
      });

      verifies(
        'seed-shell',
        'work one after the other',
        async () => {
          const printed = blocks('### 8.1', '### 8.5', 'bash');
          expect(printed).toHaveLength(11);
          await runShell(printed);
        },
        MINUTES,
      );
    });

    verifies(
      'seed-javascript',
      'the JavaScript client',
      async () => {
        const [block = ''] = blocks('### 8.5', '### 8.6', 'javascript');
        writeFileSync(join(here, 'client.mjs'), `${javascriptLines(block)}\nawait runDataPipelineWorkflow();\n`);
        const output = await run(process.execPath, ['client.mjs']);
        expect(output).toMatch(/任务创建成功: task_\d{8}_\d{6}/);
        expect(output).toContain('任务状态: completed');
        expect(output).toContain('生成的文件:');
      },
      MINUTES,
    );

    verifies(
      'seed-javascript error-task-not-found',
      'the JavaScript of error handling and monitoring',
      async () => {
        const [client = ''] = blocks('### 8.5', '### 8.6', 'javascript');
        const [errors = ''] = blocks('### 9.3', '### 9.4', 'javascript');
        const [monitor = ''] = blocks('### 10.1', '### 10.2', 'javascript');
        const task = await server.create();
        await server.call('POST', `/data_pipeline/tasks/${task}/table-list`, { table_names: ['bss_company'] });
        await server.call('POST', `/data_pipeline/tasks/${task}/execute`, { execution_mode: 'complete' });
        await server.settled(task);
        const program = [client, errors, monitor].map(javascriptLines);
        // In a page an address without a host is on the host of the page.
        program.unshift(`
          const { fetch: fetchFrom } = globalThis;
          globalThis.fetch = (address, options) => fetchFrom(new URL(address, '${server.url}'), options);\n`);
        // What the monitor is told to call, and its task.
        const given = `
          const api = new DataPipelineAPI();
          const taskId = '${task}';
          const updateProgressBar = (steps) => console.log('steps', Object.keys(steps).length);
          const downloadResultFiles = (data) => console.log('results of', data.task_id);
          const showErrorDialog = (message) => console.log('dialog', message);\n`;
        program.splice(3, 0, given);
        writeFileSync(join(here, 'handling.mjs'), program.join('\n'));
        const output = await run(process.execPath, ['handling.mjs']);
        expect(output.trim().split('\n')).toEqual([
          '任务不存在,请检查任务ID',
          '任务状态更新: completed',
          'steps 4',
          '任务完成,开始下载结果文件',
          `results of ${task}`,
        ]);
      },
      MINUTES,
    );

    (needed('the Python of scripts/install-python-interop.sh', hasPython) ? describe : describe.skip)(
      `with Python${hasPython ? '' : ' (skipped: scripts/install-python-interop.sh was not run)'}`,
      () => {
        verifies(
          'seed-python',
          'the Python client',
          async () => {
            const [block = ''] = blocks('### 8.6', '## 9.', 'python');
            writeFileSync(join(here, 'client.py'), pythonLines(block));
            const output = await run(PYTHON, ['client.py']);
            expect(output).toContain('任务状态: completed');
            expect(output).toMatch(/主要输出文件已下载: qs_highway_db_\d{8}_\d{6}_pair\.json/);
          },
          MINUTES,
        );

        const clientModule = (): void => {
          const [block = ''] = blocks('### 8.6', '## 9.', 'python');
          writeFileSync(join(here, 'client.py'), pythonLines(block));
        };

        verifies(
          'seed-python',
          'the Python of error handling, practice and monitoring',
          async () => {
            const unreachable = await atPrintedTime(() =>
              server.create({ db_connection: 'postgresql://a:b@127.0.0.1:9/nowhere' }),
            );
            expect(unreachable).toBe(PRINTED_TASK);
            const between = await server.create();
            await server.call('POST', `/data_pipeline/tasks/${between}/table-list`, { table_names: ['bss_company'] });
            for (const task of [unreachable, between]) {
              const step = { execution_mode: 'step', step_name: 'ddl_generation' };
              await server.call('POST', `/data_pipeline/tasks/${task}/execute`, step);
              await server.settled(task);
            }
            const [retry = ''] = blocks('### 9.3', '### 9.4', 'python');
            const [errors = ''] = blocks('### 9.4', '## 10.', 'python');
            const [names = ''] = blocks('### 10.1', '### 10.2', 'python');
            const [, caching = ''] = blocks('### 10.2', '### 10.3', 'python');
            const [secure = '', parameters = ''] = blocks('### 10.3', '### 10.4', 'python');
            const [health = '', metrics = ''] = blocks('### 10.4', '\u0000', 'python');
            const program = [
              `import asyncio\nfrom client import DataPipelineAPI as Client\n`,
              // The printed client has no list of tasks, which the monitor asks for.
              `class DataPipelineAPI(Client):\n    def get_tasks_list(self, status_filter):\n        return self.session.get(f'{self.base_url}/api/v0/data_pipeline/tasks', params={'status': status_filter}).json()\n`,
              'api = DataPipelineAPI()\n',
              indentedPython(retry, '0000011111100'),
              `print('missing', response.status_code)\n`,
              indentedPython(errors, '011111223232323100'),
              indentedPython(names, '0'),
              `print('named', [api.create_task(task_name=name)['success'] for name in task_name_patterns.values()])\n`,
              indentedPython(caching, '00011222333445333210112112'),
              `cached = CachedDataPipelineAPI()\nprint('cached', cached.get_task_status('${between}') is cached.get_task_status('${between}'))\n`,
              indentedPython(secure, '0122312'),
              `print('secure', SecureDataPipelineAPI('${server.url}', 'key').get_task_files('${between}')['success'])\n`,
              indentedPython(parameters, '01112312231210101'),
              indentedPython(health, '00012221222231222223342233401121200'),
              `asyncio.run(monitor.check_task_health(api.get_task_status('${unreachable}')['data']))\n`,
              indentedPython(metrics, '012122232222221220122122233332333'),
              `measured = InstrumentedDataPipelineAPI()\nmeasured._make_request('get', '${server.url}/api/v0/data_pipeline/tasks')\nprint('calls', measured.metrics.get_report()['summary']['total_calls'])\n`,
            ];
            clientModule();
            writeFileSync(join(here, 'practice.py'), program.join(''));
            const output = await run(PYTHON, ['practice.py']);
            expect(output.trim().split('\n')).toEqual([
              'missing 404',
              expect.stringMatching(/^错误类型统计: .*'DATABASE_CONNECTION': [1-9]/),
              'named [True, True, True]',
              'cached True',
              'secure True',
              `❌ 任务错误告警: ${unreachable}`,
              'calls 1',
            ]);
          },
          MINUTES,
        );

        verifies(
          'seed-python',
          'the Python that creates several tasks',
          async () => {
            const [several = ''] = blocks('### 10.2', '### 10.3', 'python');
            const code = indentedPython(several, '00012212212312223452201122');
            for (const table of [1, 2, 3, 4, 5]) writeFileSync(join(here, `tables_${table}.txt`), 'bss_company\n');
            writeFileSync(join(here, 'several.py'), `${code}asyncio.run(batch_create_tasks())\n`);
            const { total: before } = (await server.call('GET', '/data_pipeline/tasks')).body.data;
            expect(await run(PYTHON, ['several.py'])).toBe('创建了 5 个任务\n');
            expect((await server.call('GET', '/data_pipeline/tasks')).body.data.total).toBe(before + 5);
          },
          MINUTES,
        );

        verifies(
          'seed-python log-format',
          'the method that names the log of a task',
          async () => {
            const [fragment = ''] = blocks('#### 7.3.2', '### 7.4', 'python');
            const task = await server.create();
            // The object that it is a method of.
            const program = `import logging\nfrom pathlib import Path\nfrom types import SimpleNamespace as Object\n${indentedPython(fragment, '0111')}
files = Object(get_task_directory=lambda task: Path('${server.directory('')}') / task)
executor = Object(task_id='${task}', file_manager=files)
_setup_task_directory_logger(executor)
handler = logging.FileHandler(files.get_task_directory('${task}') / 'data_pipeline.log', encoding='utf-8')
handler.setFormatter(logging.Formatter('%(asctime)s [%(levelname)s] %(name)s: %(message)s', '%Y-%m-%d %H:%M:%S'))
executor.task_dir_logger.addHandler(handler)
executor.task_dir_logger.warning('theirs')\n`;
            writeFileSync(join(here, 'logger.py'), program);
            await run(PYTHON, ['logger.py']);
            const { logs } = (await server.call('GET', `/data_pipeline/tasks/${task}/logs`)).body.data;
            expect(logs.at(-1)).toMatchObject({ level: 'WARNING', logger: `TaskDir_${task}`, message: 'theirs' });
            expect(logs.map(({ logger }: { logger: string }) => logger).slice(0, -1)).toContain(`TaskDir_${task}`);
          },
          MINUTES,
        );

        // The last of this file: it looks at what the others took.
        verifies('seed-shell seed-javascript seed-python', 'all of them were run', () => {
          const printed = ['bash', 'javascript', 'python'].flatMap((language) => printedIn(document(), language));
          expect(printed.filter((block) => !taken.has(block))).toEqual([]);
        });
      },
    );
  },
);
