/**
 * Measures a built server as a user meets it: time to ready, resident memory, asks per second, planning time, and the
 * answer time of /health while a long statement runs. Prints a Markdown table; `--write` puts it into docs/performance.md.
 *
 *   npm run build && node_modules/.bin/node scripts/measure-server.ts [--asks 1000] [--write]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { milliseconds as ms, type PerformanceRow, quantile, renderRows, writePerformance } from './performance-page.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values: args } = parseArgs({
  options: { asks: { type: 'string', default: '1000' }, write: { type: 'boolean', default: false } },
});

const QUESTIONS = [
  'top 5 products by revenue',
  'Show me monthly revenue by product category',
  '查询最近30天订单总额',
  '各地区订单数',
  'Show me users',
  '本月销售额是多少',
  'what is the meaning of life',
];

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
  readonly readyMs: number;
}

async function start(home: string): Promise<Server> {
  const started = performance.now();
  const child = spawn(
    join(root, 'node_modules', 'node', 'bin', 'node'),
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'dist', 'main.js'),
      'serve',
      '--port',
      '0',
      '--pipeline-port',
      '0',
    ],
    {
      env: { PATH: process.env.PATH ?? '', HOME: home, QUERENT_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (data: Buffer) => {
      output += data.toString();
      const match = /ready at (http:\/\/\S+)/.exec(output);
      if (match?.[1]) resolve(match[1]);
    });
    child.on('close', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, url, readyMs: performance.now() - started };
}

async function stop({ child }: Server): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Resident memory of a process and its children, in MB. */
function residentMb(pid: number): number {
  const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  const children = readdirSync(`/proc/${pid}/task`)
    .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '))
    .filter(Boolean);
  return own + children.reduce((sum, child) => sum + residentMb(Number(child)), 0);
}

async function token(server: Server, home: string): Promise<string> {
  const { clients } = parse(readFileSync(join(home, 'conf', 'auth_clients.yml'), 'utf8')) as {
    clients: Record<string, string>;
  };
  const [client_id = '', client_secret = ''] = Object.entries(clients)[0] ?? [];
  const response = await fetch(`${server.url}/auth/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id, client_secret, grant_type: 'client_credentials' }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function ask(server: Server, bearer: string, task: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(`${server.url}/workflows/run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ workflow: 'nl2sql', namespace: 'demo', task }),
  });
  await response.json();
  return performance.now() - started;
}

async function healthWhile(server: Server, work: Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let done = false;
  void work.finally(() => {
    done = true;
  });
  while (!done && times.length < 300) {
    const started = performance.now();
    await (await fetch(`${server.url}/health`)).text();
    times.push(performance.now() - started);
  }
  return times;
}

const home = mkdtempSync(join(tmpdir(), 'querent-measure-'));
const rows: PerformanceRow[] = [];
try {
  const first = await start(home);
  rows.push(['first start on an empty home, ready', ms(first.readyMs), '']);
  await stop(first);
  const server = await start(home);
  rows.push(['second start, ready', ms(server.readyMs), '< 2 s']);
  const bearer = await token(server, home);
  const pid = server.child.pid ?? 0;
  await (await fetch(`${server.url}/health`)).text();
  rows.push(['resident memory, idle', `${residentMb(pid).toFixed(0)} MB`, '< 500 MB']);
  const count = Number(args.asks);
  const times: number[] = [];
  const began = performance.now();
  const askInTurn = async (lane: number): Promise<void> => {
    for (let i = lane; i < count; i += 4) times.push(await ask(server, bearer, QUESTIONS[i % QUESTIONS.length]!));
  };
  await Promise.all([0, 1, 2, 3].map(askInTurn));
  const seconds = (performance.now() - began) / 1000;
  rows.push([
    `${count} asks, 4 at a time`,
    `${(count / seconds).toFixed(0)} a second; p50 ${ms(quantile(times, 0.5))}, p95 ${ms(quantile(times, 0.95))}`,
    '',
  ]);
  rows.push([`resident memory after ${count} asks`, `${residentMb(pid).toFixed(0)} MB`, '< 900 MB']);
  const bursts = await healthWhile(
    server,
    Promise.all(Array.from({ length: 100 }, (_, i) => ask(server, bearer, QUESTIONS[i % QUESTIONS.length]!))),
  );
  rows.push([
    '/health during 100 concurrent asks',
    `p50 ${ms(quantile(bursts, 0.5))}, p95 ${ms(quantile(bursts, 0.95))}`,
    '',
  ]);
  await stop(server);
} finally {
  rmSync(home, { recursive: true, force: true });
}
process.stdout.write(`${renderRows(rows)}\n`);
if (args.write) writePerformance('server', rows);
