import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect } from 'vitest';
import { type RunningServer, runQuerent, startQuerent, startServer } from '../support/process.ts';
import { collect } from '../support/sse-client.ts';
import { prepareHome, until } from '../surfaces/datus/live-server.ts';
import { verifies } from '../surfaces/datus/verifies.ts';
import { CONFIG, clientOf, freePort, isAlive, TOP } from './process-client.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function newHome(config: object = CONFIG): string {
  const made = prepareHome(config);
  cleanups.push(made.remove);
  return made.home;
}

describe('a server in the background', () => {
  verifies(
    'server-daemon',
    'starts, tells its state, restarts and stops by its pid file',
    async () => {
      const home = newHome();
      const port = await freePort();
      const files = ['--pid-file', join(home, 'my.pid'), '--daemon-log-file', join(home, 'my.log')];
      const querent = (...args: string[]) =>
        runQuerent(['serve', '--port', String(port), '--pipeline-port', '0', ...files, ...args], { home });
      expect(await querent('--action', 'status')).toMatchObject({ code: 1, stdout: 'stopped\n' });
      const started = await querent('--daemon');
      expect(started).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Daemon started successfully \(pid=\d+\)\n$/),
      });
      const pid = Number(readFileSync(join(home, 'my.pid'), 'utf8'));
      cleanups.push(() => isAlive(pid) && process.kill(pid, 'SIGKILL'));
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
      expect(await querent('--action', 'status')).toMatchObject({ code: 0, stdout: `running (pid=${pid})\n` });
      expect(await querent('--daemon')).toMatchObject({ code: 0, stdout: `Already running (pid=${pid})\n` });
      expect(await querent('--action', 'restart')).toMatchObject({ code: 0 });
      const next = Number(readFileSync(join(home, 'my.pid'), 'utf8'));
      cleanups.push(() => isAlive(next) && process.kill(next, 'SIGKILL'));
      expect(next).not.toBe(pid);
      expect(isAlive(pid)).toBe(false);
      expect(await querent('--action', 'stop')).toMatchObject({ code: 0, stdout: `Stopped (pid=${next})\n` });
      expect(existsSync(join(home, 'my.pid'))).toBe(false);
      expect(readFileSync(join(home, 'my.log'), 'utf8')).toContain('Querent is ready');
      expect(await querent('--action', 'stop')).toMatchObject({ code: 0 });
    },
    120_000,
  );

  verifies('server-daemon-reload', 'does not watch files', async () => {
    expect(await runQuerent(['serve', '--daemon', '--reload'], { home: newHome() })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--reload'),
    });
  });
});

describe('the flags of a server', () => {
  verifies(
    'server-flags server-root-path',
    'are all accepted, and a prefix is served with and without it',
    async () => {
      const args = [
        '--host',
        '127.0.0.1',
        '--workers',
        '1',
        '--debug',
        '--root-path',
        '/ask/',
        '--shutdown-timeout',
        '2.5',
        '--namespace',
        'demo',
        '--workflow',
        'nl2sql',
        '--max_steps',
        '20',
        '--load_cp',
        'cp.yml',
      ];
      const server = await startServer({ home: newHome(), args });
      cleanups.push(() => server.stop('SIGKILL'));
      expect(server.process.output()).toContain('--load_cp has no effect');
      expect((await fetch(`${server.url}/ask/health`)).status).toBe(200);
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
      expect(await (await fetch(`${server.url}/openapi.json`)).json()).toMatchObject({ servers: [{ url: '/ask' }] });
      const client = await clientOf(server.url);
      expect(
        await client.json('POST', '/workflows/run', { workflow: 'default', namespace: 'demo', task: TOP }),
      ).toMatchObject({ status: 'completed' });
      expect((await server.stop()).code).toBe(0);
    },
  );

  verifies('server-flags', 'name what is wrong', async () => {
    const home = newHome();
    const wrong = async (...args: string[]) => (await runQuerent(['serve', ...args], { home })).stderr;
    expect(await wrong('--workers', '0')).toMatch(/workers.*1 to 64/s);
    expect(await wrong('--namespace', 'dem')).toMatch(/did you mean demo/);
    expect(await wrong('--action', 'jump')).toMatch(/start, stop, restart, status/);
    expect(await wrong('--shutdown-timeout', 'soon')).toMatch(/seconds/);
  });

  verifies(
    'server-reload',
    'can make it start again when its configuration changes',
    async () => {
      const home = newHome();
      const running = startQuerent(['serve', '--port', '0', '--pipeline-port', '0', '--reload'], { home });
      cleanups.push(() => running.child.kill('SIGKILL'));
      const starts = () => running.output().split('Querent is ready').length - 1;
      await until(
        async () => starts(),
        (count) => count === 1,
        60_000,
      );
      utimesSync(join(home, 'conf', 'agent.yml'), new Date(), new Date());
      await until(
        async () => starts(),
        (count) => count === 2,
        60_000,
      );
      running.child.kill('SIGTERM');
      expect((await running.finished).code).toBe(0);
    },
    150_000,
  );
});

describe('a server that stops', () => {
  verifies(
    'server-drain',
    'lets running work end, and goes on with the rest after the next start',
    async () => {
      const home = newHome({ ...CONFIG, server: { shutdown_timeout_seconds: 1 } });
      let server: RunningServer = await startServer({ home });
      cleanups.push(() => server.stop('SIGKILL'));
      let client = await clientOf(server.url);
      const stream = await client.start({ workflow: 'asked', task_id: 'left' });
      const reading = collect(stream);
      await until(
        () => client.json('GET', '/workflows/tasks/left'),
        (task) => task.waiting_for != null,
      );
      const ended = await server.stop('SIGTERM');
      expect(ended.code).toBe(0);
      const seen = await reading;
      expect(seen.at(-1)?.event).not.toMatch(/done|error|cancelled/);
      server = await startServer({ home });
      client = await clientOf(server.url);
      await until(
        () => client.json('GET', '/workflows/tasks/left'),
        (task) => task.waiting_for != null,
      );
      await client.json('POST', '/workflows/tasks/left/input', { action: 'approve' });
      const all = await collect(await client.events('left'));
      expect(all.slice(0, seen.length)).toEqual(seen);
      expect(all.at(-1)?.event).toBe('done');
      await server.stop();
    },
    120_000,
  );
});
