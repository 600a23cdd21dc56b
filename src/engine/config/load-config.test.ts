import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadAuthClients, loadConfig, requireResolved } from './load-config.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'querent-config-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const load = (yaml: string, environment: Record<string, string> = {}) => {
  const file = join(home, 'agent.yml');
  writeFileSync(file, yaml);
  return loadConfig({ environment: { QUERENT_HOME: home, ...environment }, file });
};

it('writes both files of a fresh home with random secrets, and keeps them afterwards', () => {
  const first = loadConfig({ environment: { QUERENT_HOME: home } });
  expect(first.written).toHaveLength(2);
  const clients = join(home, 'conf', 'auth_clients.yml');
  expect(statSync(clients).mode & 0o777).toBe(0o600);
  const before = readFileSync(clients, 'utf8');
  expect(loadConfig({ environment: { QUERENT_HOME: home } }).written).toEqual([]);
  expect(readFileSync(clients, 'utf8')).toBe(before);
  expect(Object.keys(first.config.agent.namespace)).toEqual(['demo', 'highway']);
});

it('takes a Datus file as it is and suggests the nearest key for a misspelt one', () => {
  const { config, warnings } = load(`agent:
  target: main
  models:
    main: {type: deepseek, base_url: https://example.org, api_key: k, model: m}
  nodes:
    schema_linking: {model: main, matching_rate: fast}
  namespace:
    shop: {type: sqlite, name: shop, uri: "sqlite:///shop.db"}
  worklow: {plan: fixed}
`);
  expect(config.agent.target).toBe('main');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/agent\.worklow: unknown key, ignored; did you mean `workflow`/);
});

it('resolves references, and fails only where an unset one is needed', () => {
  const loaded = load(
    'agent:\n  namespace:\n    a: {type: postgres, password: "${SET}"}\n    b: {type: postgres, password: "${UNSET}", host: "${ALSO:-localhost}"}\n',
    {
      SET: 'x',
    },
  );
  expect(loaded.config.agent.namespace.a?.password).toBe('x');
  expect(loaded.config.agent.namespace.b?.host).toBe('localhost');
  expect(() => requireResolved(loaded, 'agent.namespace.a')).not.toThrow();
  expect(() => requireResolved(loaded, 'agent.namespace.b')).toThrow(/agent\.namespace\.b\.password.*UNSET/);
  expect(() => load('pipeline:\n  api_key: "${UNSET}"\n')).toThrow(/pipeline\.api_key.*UNSET/);
});

it.each([
  ['server:\n  port: 99999\n', /agent\.yml: server\.port/],
  ['limits:\n  rowz: 5\n', /agent\.yml: limits: .*rowz/],
  ['agent:\n  target: none\n  models: {a: {type: openai, model: m}}\n', /agent\.target: there is no model `none`/],
  ['agent: [1\n', /agent\.yml:\d+: not valid YAML/],
  ['- a\n', /must be a mapping/],
])('names key, file and fix: %j', (yaml, message) => {
  expect(() => load(yaml)).toThrow(message);
});

it('has no built-in client secret or key, and lets the environment override the key', () => {
  loadConfig({ environment: { QUERENT_HOME: home } });
  const path = join(home, 'conf', 'auth_clients.yml');
  writeFileSync(path, 'clients: {a: s}\njwt: {secret_key: short}\n');
  expect(() => loadAuthClients(home, {})).toThrow(/jwt\.secret_key: needs at least 16/);
  const key = 'k'.repeat(32);
  expect(loadAuthClients(home, { JWT_SECRET_KEY: key }).jwt.secret_key).toBe(key);
  writeFileSync(path, 'clients: {a: "${NOT_SET}"}\njwt: {secret_key: "0123456789abcdef0123"}\n');
  expect(() => loadAuthClients(home, {})).toThrow(/clients\.a.*NOT_SET/);
});
