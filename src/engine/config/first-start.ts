/** Files of a fresh home. Each missing file is written by itself; an existing one is never touched. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface HomePaths {
  readonly home: string;
  readonly config: string;
  readonly authClients: string;
}

export const homePaths = (home: string): HomePaths => ({
  home,
  config: join(home, 'conf', 'agent.yml'),
  authClients: join(home, 'conf', 'auth_clients.yml'),
});

const agentYml = `# Querent: what can be asked, and how. Every key is described in docs/configuration.md.
agent:
  namespace:
    demo:            # a retail shop, generated at first start
      type: duckdb
      name: demo
      uri: duckdb:///\${QUERENT_HOME}/demo/demo.duckdb
    highway:         # motorway service areas, in the embedded Postgres
      type: embedded
      name: highway
      uri: \${QUERENT_HOME}/demo/highway
      database: highway_db
  # models:          # optional: a model for questions that the builtin planner is not sure about
  #   main:
  #     type: openai-compatible
  #     base_url: https://your-endpoint/v1
  #     api_key: \${YOUR_API_KEY}
  #     model: your-model
  # target: main
`;

const authYml =
  (): string => `# Clients that may ask for a token at POST /auth/token, and the key that signs the tokens.
clients:
  querent: ${randomBytes(24).toString('base64url')}
jwt:
  secret_key: ${randomBytes(32).toString('hex')}
  algorithm: HS256
  expiration_hours: 2
`;

/** Writes what is missing; returns the paths that were written. Secrets are random and readable by the owner alone. */
export function writeMissingFiles(home: string): readonly string[] {
  const paths = homePaths(home);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return [...writeIfMissing(paths.config, agentYml, 0o600), ...writeIfMissing(paths.authClients, authYml(), 0o600)];
}

function writeIfMissing(path: string, content: string, mode: number): string[] {
  if (existsSync(path)) return [];
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let file: number;
  try {
    file = openSync(path, 'wx', mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return [];
    throw error;
  }
  try {
    writeSync(file, content);
  } finally {
    closeSync(file);
  }
  return [path];
}
