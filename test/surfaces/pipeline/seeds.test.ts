/** The client examples of the document that this API replaces, as printed, and our own, on the highway demo. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { loadAuthClients } from '../../../src/engine/index.ts';
import { projectRoot, requestToken } from '../../support/process.ts';
import { type PipelineServer, startPipeline } from './pipeline-server.ts';
import { javascriptLines, pythonLines, shellLines } from './restore-lines.ts';
import { verifies } from './verifies.ts';

const MINUTES = 300_000;
const seeds = join(projectRoot, '..', 'shared', 'seeds');
const PRINTED_HOST = 'http://localhost:8084';
const PRINTED_TASK = 'task_20250627_143052';
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
const has = async (command: string, ...args: string[]): Promise<boolean> =>
  new Promise((resolve) => execFile(command, args, (error) => resolve(error === null)));

const [withTools, withRequests] = await Promise.all([has('jq', '--version'), has('python3', '-c', 'import requests')]);
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
  cpSync(join(projectRoot, 'examples', 'pipeline', 'tables.txt'), join(here, 'tables.txt'));
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
    /** The blocks of one language in a section of the document, on this server. */
    const blocks = (from: string, to: string, language: string): string[] => {
      const name = readdirSync(seeds).find((file) => file.startsWith('003_')) ?? '';
      const text = readFileSync(join(seeds, name), 'utf8');
      const start = text.lastIndexOf(from);
      const section = text.slice(start, text.indexOf(to, start));
      return [...section.matchAll(/```(\w+) ([\s\S]*?) ```/g)].flatMap(([, found, block = '']) =>
        found === language ? [block.replaceAll(PRINTED_HOST, server.url)] : [],
      );
    };

    (withTools ? describe : describe.skip)('shell', () => {
      verifies(
        'seed-shell',
        'work one after the other',
        async () => {
          let task = '';
          let pairs = '';
          const printed = blocks('### 8.1', '### 8.5', 'bash');
          expect(printed).toHaveLength(11);
          for (const block of printed) {
            for (const command of shellLines(block).startsWith('#!')
              ? [shellLines(block)]
              : shellLines(block).split('\n\n')) {
              if (command.includes('_pair.json')) {
                const { files } = (await server.call('GET', `/data_pipeline/tasks/${task}/files`)).body.data;
                pairs = files.find((file: { is_primary: boolean }) => file.is_primary).file_name;
              }
              const real = command
                .replaceAll(`qs_highway_db_20250627_143052_pair.json`, pairs)
                .replaceAll(PRINTED_TASK, task);
              const output = await run('bash', ['-c', real.replace(/^curl /, 'curl -s ')]);
              if (command.startsWith('curl -O')) {
                expect(Array.isArray(JSON.parse(readFileSync(join(here, pairs), 'utf8')))).toBe(true);
              } else if (command.includes('| \\\n')) {
                expect(output).toContain('langchain_pg_embedding');
              } else if (command.startsWith('curl')) {
                const answer = JSON.parse(output) as { success: boolean; data: Record<string, unknown> };
                expect([command, answer.success]).toEqual([command, true]);
                if (/\/tasks \\/.test(command)) task = String(answer.data.task_id);
                if (command.includes('/execute')) await server.settled(task);
              } else expect(output).toContain('任务状态: completed');
            }
          }
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

    (needed('Python with requests', withRequests) ? describe : describe.skip)(
      `with Python${withRequests ? '' : ' (skipped: requests is not installed)'}`,
      () => {
        verifies(
          'seed-python',
          'the Python client',
          async () => {
            const [block = ''] = blocks('### 8.6', '## 9.', 'python');
            writeFileSync(join(here, 'client.py'), pythonLines(block));
            const output = await run('python3', ['client.py']);
            expect(output).toContain('任务状态: completed');
            expect(output).toMatch(/主要输出文件已下载: qs_highway_db_\d{8}_\d{6}_pair\.json/);
          },
          MINUTES,
        );
      },
    );
  },
);
