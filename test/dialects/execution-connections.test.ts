/** Databases that cannot be opened, that hang, and connections that break: clear words, no password, no crash. */
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatasourceConfig, openDatasource, parseConnectionUrl } from '../../src/execution/index.ts';
import { EngineError } from '../../src/kernel/index.ts';
import { TEST_ENGINES, temporaryFolder } from '../support/engines.ts';
import { describeWithMysql, describeWithPostgres, mysqlUrl, postgresUrl } from '../support/services.ts';
import { unguarded } from '../support/unguarded.ts';

async function refusal(config: DatasourceConfig): Promise<EngineError> {
  const outcome = await openDatasource(config).then(
    (datasource) => datasource.close().then(() => null),
    (error: unknown) => error,
  );
  if (outcome instanceof EngineError) return outcome;
  throw new Error(`expected a refusal, got ${String(outcome)}`);
}

const portOf = (server: Server): number => (server.address() as { port: number }).port;

describe('files that are no databases', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const put = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder.path, name), content);
    return join(folder.path, name);
  };
  const damaged = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4_096, 0xab)]);

  it.each([
    [
      'a missing SQLite file',
      { kind: 'sqlite', path: join(folder.path, 'no.sqlite') },
      'There is no SQLite file no.sqlite',
    ],
    [
      'a missing DuckDB file',
      { kind: 'duckdb', path: join(folder.path, 'no.duckdb') },
      'There is no DuckDB file no.duckdb',
    ],
    [
      'a missing embedded folder',
      { kind: 'embedded', path: join(folder.path, 'pg') },
      'There is no embedded Postgres in the folder pg',
    ],
    [
      'text as SQLite',
      { kind: 'sqlite', path: put('text.sqlite', 'hello '.repeat(200)) },
      'not a SQLite database, or it is damaged',
    ],
    [
      'a damaged SQLite file',
      { kind: 'sqlite', path: put('bad.sqlite', damaged) },
      'Cannot read the SQLite file bad.sqlite',
    ],
    [
      'text as DuckDB',
      { kind: 'duckdb', path: put('text.duckdb', 'hello '.repeat(2_000)) },
      'Cannot open the DuckDB file text.duckdb',
    ],
    ['a folder as SQLite', { kind: 'sqlite', path: folder.path }, 'There is no SQLite file'],
  ] as const)('refuses %s', async (_name, config, expected) => {
    const error = await refusal(config);
    expect(error.code).toBe('datasource-unavailable');
    expect(error.message).toContain(expected);
    expect(error.message).not.toContain(folder.path);
  });

  it('reads a SQLite file of zero bytes as an empty database', async () => {
    const datasource = await openDatasource({ kind: 'sqlite', path: put('zero.sqlite', '') });
    expect((await datasource.introspect()).tables).toEqual([]);
    await datasource.close();
  });

  it('says what is wrong with a configuration', async () => {
    const error = await refusal({ kind: 'postgres', database: '', port: 99_999 });
    expect(error.code).toBe('config-invalid');
    expect(error.message).toContain('port');
    expect(error.message).toContain('database: name the database');
  });
});

describe('servers that are not there', () => {
  let silent: Server;
  let wrong: Server;
  beforeAll(async () => {
    silent = createServer(() => {});
    wrong = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await Promise.all(
      [silent, wrong].map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))),
    );
  });
  afterAll(() => {
    silent.close();
    wrong.close();
  });
  const config = (kind: 'postgres' | 'mysql', host: string, port: number): DatasourceConfig => ({
    kind,
    host,
    port,
    user: 'me',
    password: 'top-secret',
    database: 'shop',
    connectTimeoutMs: 700,
  });

  for (const kind of ['postgres', 'mysql'] as const) {
    it(`names an unknown host of ${kind}`, async () => {
      const error = await refusal(config(kind, 'no-such-host.invalid', 1_234));
      expect(error.message).toContain('no-such-host.invalid');
      expect(error.message).toContain('cannot be resolved');
      expect(error.message).not.toContain('top-secret');
    });

    it(`says that nothing listens on the port of ${kind}`, async () => {
      const error = await refusal(config(kind, '127.0.0.1', 1));
      expect(error.message).toContain('127.0.0.1:1');
      expect(error.message).toContain('nothing listens there');
    });

    it(`gives up on a ${kind} server that never answers`, async () => {
      const started = performance.now();
      const error = await refusal(config(kind, '127.0.0.1', portOf(silent)));
      expect(performance.now() - started).toBeLessThan(5_000);
      expect(error.message).toContain('does not answer in time');
    });

    it(`is not confused by something that is no ${kind} server`, async () => {
      const error = await refusal(config(kind, '127.0.0.1', portOf(wrong)));
      expect(error.code).toBe('datasource-unavailable');
      expect(error.message).not.toContain('top-secret');
    });
  }
});

const withDatabase = (url: string, change: (parsed: URL) => void): DatasourceConfig => {
  const parsed = new URL(url);
  change(parsed);
  return parseConnectionUrl(parsed.href);
};
const services = [
  ['PostgreSQL', describeWithPostgres, postgresUrl],
  ['MariaDB/MySQL', describeWithMysql, mysqlUrl],
] as const;

for (const [name, describeWith, url] of services) {
  describeWith(`a refusing ${name} server`, () => {
    it('says that the database does not exist', async () => {
      const error = await refusal(withDatabase(url, (parsed) => (parsed.pathname = '/no_such_database')));
      expect(error.message).toContain('there is no database "no_such_database"');
    });

    it('says that the user is refused, without the password', async () => {
      const error = await refusal(
        withDatabase(url, (parsed) => {
          parsed.username = 'no_such_user';
          parsed.password = 'top-secret';
        }),
      );
      expect(error.message).toContain('no_such_user');
      expect(error.message).not.toContain('top-secret');
    });
  });
}

for (const engine of TEST_ENGINES.filter(({ kind }) => kind === 'postgres' || kind === 'mysql')) {
  engine.describe(`a broken connection to ${engine.kind}`, () => {
    it('fails the running statement as a connection failure, and the next one works', async () => {
      const database = await engine.create('CREATE TABLE t (a INT)', 'INSERT INTO t VALUES (1)');
      const datasource = await openDatasource(database.config);
      try {
        const running = datasource.run(unguarded(engine.heavy), { timeoutMs: 30_000, maxRows: 1 });
        await killOthers(engine.kind, database.rows);
        const outcome = await running;
        expect(outcome.ok ? 'a result' : outcome.failure.code).toBe('connection');
        const next = await datasource.run(unguarded('SELECT a FROM t'), { timeoutMs: 10_000, maxRows: 1 });
        expect(next.ok ? next.value.rows : next.failure).toEqual([[1]]);
      } finally {
        await datasource.close();
        await database.drop();
      }
    });
  });
}

/** Ends the datasource's connections at the server once one of them works. */
async function killOthers(kind: string, rows: (sql: string) => Promise<unknown[][]>): Promise<void> {
  for (;;) {
    if (kind === 'postgres') {
      const killed = await rows(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'querent' AND state = 'active'`,
      );
      if (killed.length > 0) return;
    } else {
      const busy = await rows(
        `SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND command IN ('Query', 'Execute') AND id <> CONNECTION_ID() AND info LIKE '%RECURSIVE%'`,
      );
      for (const [id] of busy) await rows(`KILL CONNECTION ${Number(id)}`);
      if (busy.length > 0) return;
    }
  }
}
