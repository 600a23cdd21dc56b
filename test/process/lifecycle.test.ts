import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freshHome, runQuerent, startServer } from '../support/process.ts';

const homes: { remove(): void }[] = [];
const newHome = (): string => {
  const made = freshHome();
  homes.push(made);
  return made.home;
};
afterEach(() => {
  for (const made of homes.splice(0)) made.remove();
});

describe('a server process', () => {
  it('writes what a fresh home lacks, readable by the owner alone, and keeps what is there', async () => {
    const home = newHome();
    const first = await startServer({ home });
    const clients = join(home, 'conf', 'auth_clients.yml');
    expect(statSync(clients).mode & 0o777).toBe(0o600);
    expect(first.process.output()).toContain(clients);
    expect(first.process.output()).not.toContain(first.clientSecret);
    await first.stop();
    const edited = readFileSync(clients, 'utf8').replace('querent:', 'renamed:');
    writeFileSync(clients, edited);
    const second = await startServer({ home });
    expect(readFileSync(clients, 'utf8')).toBe(edited);
    expect(second.clientId).toBe('renamed');
    await second.stop();
  });

  it('prints a curl line that works when pasted', async () => {
    const server = await startServer({ home: newHome() });
    const line = server.process
      .output()
      .split('\n')
      .find((text) => text.startsWith('curl '));
    const { execFile } = await import('node:child_process');
    const body = await new Promise<string>((resolve, reject) =>
      execFile('bash', ['-c', line ?? 'false'], (error, stdout) => (error ? reject(error) : resolve(stdout))),
    );
    expect(JSON.parse(body)).toMatchObject({ status: 'completed' });
    await server.stop();
  });

  it('refuses a second live process by name of its pid, and takes over after kill -9', async () => {
    const home = newHome();
    const first = await startServer({ home });
    const refused = await runQuerent(['serve', '--port', '0', '--pipeline-port', '0'], { home });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(String(first.process.child.pid));
    await first.stop('SIGKILL');
    const second = await startServer({ home });
    expect((await fetch(`${second.url}/health`)).status).toBe(200);
    await second.stop();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends cleanly on %s', async (signal) => {
    const server = await startServer({ home: newHome() });
    const ended = await server.stop(signal);
    expect(ended.code).toBe(0);
    expect(existsSync(join(server.home, 'state', 'state.lock'))).toBe(false);
  });

  it('says which port is taken and how to choose another', async () => {
    const server = await startServer({ home: newHome() });
    const port = new URL(server.url).port;
    const refused = await runQuerent(['serve', '--port', port, '--pipeline-port', '0'], { home: newHome() });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(port);
    expect(refused.stderr).toContain('--port');
    await server.stop();
  });

  it.each([
    ['a missing configuration file', ['--config', '/nowhere/agent.yml'], /\/nowhere\/agent\.yml.*--config/],
    ['a port that is no port', ['--port', '99999'], /65535/],
  ])('names %s', async (_name, args, message) => {
    const refused = await runQuerent(['serve', ...args], { home: newHome() });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(message);
  });

  it('names the key, the file and the fix in a bad configuration', async () => {
    const home = newHome();
    const file = join(home, 'bad.yml');
    writeFileSync(
      file,
      'server:\n  port: eighty\nagent:\n  namespace:\n    shop: {}\n  models:\n    m: {type: openai, model: x, api_key: "${NOT_SET}"}\n',
    );
    const refused = await runQuerent(['serve', '--config', file], { home });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`${file}: server.port`);
    expect(refused.stderr).toContain(`${file}: agent.namespace.shop.type`);
  });
});
