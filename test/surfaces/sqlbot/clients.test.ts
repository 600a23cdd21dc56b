/** Clients as other people have them, against one running server: those of the original document, and our examples. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot, type RunningServer, startServer } from '../../support/process.ts';
import { createTestHome, type TestHome } from '../../support/state.ts';
import { askClient } from './ask-client.ts';
import { REQUIREMENTS, verifies } from './requirements.ts';

const KEY = 'gate-key-2';
const PASSWORD = 'admin-pass-2';
const seeds = join(projectRoot, '..', 'shared', 'seeds');
const document = existsSync(seeds) ? readdirSync(seeds).find((name) => name.startsWith('004_')) : undefined;
const hasPython = spawnSync('python3', ['-c', 'import requests']).status === 0;

let home: TestHome;
let server: RunningServer;

beforeAll(async () => {
  home = await createTestHome();
  server = await startServer({
    home: home.home,
    env: {
      OPEN_API_KEY: KEY,
      QUERENT_ADMIN_USERNAME: 'admin',
      QUERENT_ADMIN_PASSWORD: PASSWORD,
      OPEN_API_USERNAME: 'admin',
      OPEN_API_PASSWORD: PASSWORD,
    },
  });
});
afterAll(async () => {
  await server?.stop();
  await home?.remove();
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function runClient(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', PYTHONIOENCODING: 'utf-8', NO_PROXY: '*', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

/** The program in the document's fence of a language, with our host, key and password in it. */
function printedClient(language: 'python' | 'javascript'): string {
  const text = readFileSync(join(seeds, document ?? ''), 'utf8');
  const program = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1];
  if (!program) throw new Error(`the document has no ${language} program`);
  return program
    .replaceAll('http://127.0.0.1:8000', server.url)
    .replaceAll('your-open-key', KEY)
    .replaceAll('"123"', JSON.stringify(PASSWORD));
}

const title = `CLIENT-1: ${REQUIREMENTS['CLIENT-1']}`;
describe.skipIf(!document)(`${title}${document ? '' : ' (skipped: the document is not there)'}`, () => {
  it.skipIf(!hasPython)(`Python${hasPython ? '' : ' (skipped: no python3 with requests)'}`, async () => {
    const file = join(home.home, 'printed.py');
    writeFileSync(file, printedClient('python'));
    const { code, output } = await runClient('python3', [file]);
    expect(code, output).toBe(0);
    expect(output.match(/'success': True/g), output).toHaveLength(2);
  });

  it('Node', async () => {
    const file = join(home.home, 'printed.mjs');
    writeFileSync(file, printedClient('javascript'));
    const { code, output } = await runClient(process.execPath, [file]);
    expect(code, output).toBe(0);
    expect(output.match(/success: true/g), output).toHaveLength(2);
  });
});

verifies('CLIENT-2', async () => {
  const env = { QUERENT_URL: server.url, QUERENT_PASSWORD: PASSWORD, OPEN_API_KEY: KEY };
  const examples = join(projectRoot, 'examples', 'open-ask');
  const asked = await runClient(process.execPath, [join(examples, 'ask.mjs')], env);
  expect(asked.code, asked.output).toBe(0);
  expect(asked.output).toContain('East China');
  const streamed = await runClient('sh', [join(examples, 'stream.sh')], env);
  expect(streamed.output).toMatch(/^> 响应ID: \d+\n[\s\S]*\| East China \|/);
});

verifies('AUTH-7', async () => {
  const unnamed = askClient(server.url, KEY, {});
  expect((await unnamed.post('datasources', {})).status).toBe(200);
  expect((await unnamed.ask('how many orders', { datasource_id: 1 })).answer.success).toBe(true);
  expect((await unnamed.post('datasources', { username: 'admin' })).status).toBe(200);
  expect((await unnamed.post('datasources', { password: 'wrong' })).status).toBe(400);
});
