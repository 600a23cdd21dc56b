/**
 * The session alone: every attack goes straight to the datasource, with no guard in front, as the most powerful user there is.
 * Nothing may be written, nothing may stay behind for the next statement, and no file may be read, except by what is listed here.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Datasource, openDatasource, type RunFailure } from '../../src/execution/index.ts';
import type { Outcome } from '../../src/kernel/index.ts';
import { TEST_ENGINES, type TestDatabase, type TestEngine } from '../support/engines.ts';
import { unguarded } from '../support/unguarded.ts';
import { ATTACK_STATEMENTS } from './corpus/attacks.ts';
import { SHOP_TABLES, shopStatements } from './corpus/shop-database.ts';

type Kind = TestEngine['kind'];

/**
 * What a session lets a powerful user do, and only the guard refuses. None of it writes to the database or stays behind:
 * - waiting until the time limit: pg_sleep, SLEEP, BENCHMARK, sleep_ms, MASTER_POS_WAIT, huge blobs and cross joins;
 * - reading the server's own tables and settings: pg_shadow, pg_authid, pg_settings, mysql.user, information_schema, sqlite_master, duckdb_settings;
 * - reading files of the server as superuser or with FILE: pg_read_file, pg_ls_dir, pg_stat_file, LOAD_FILE;
 * - speaking to other sessions as superuser: pg_terminate_backend, pg_cancel_backend, pg_reload_conf, RELEASE_ALL_LOCKS;
 * - what is undone at the end: set_config, advisory locks, GET_LOCK, large objects, user variables, notifications (never committed).
 * A database user with SELECT on the wanted tables and nothing else closes all but the first. Below: those that read a known file.
 */
const GUARD_ONLY: Readonly<Record<Kind, readonly RegExp[]>> = {
  duckdb: [],
  sqlite: [],
  embedded: [],
  postgres: [/pg_read_file\('\/etc\/passwd'\)/],
  mysql: [/load_file/i],
};

/** What the corpus does not know: functions of the database's own that write. */
const OWN_ATTACKS: Readonly<Record<Kind, readonly string[]>> = {
  duckdb: [
    "SELECT nextval('s')",
    "COPY (SELECT 1) TO '{folder}/stolen.csv'",
    "ATTACH '{folder}/other.duckdb'",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    'SET VARIABLE x = 1',
    'CREATE TEMP TABLE leak AS SELECT 1',
    'PREPARE leak AS SELECT 1',
    'CHECKPOINT',
  ],
  sqlite: [
    "ATTACH '{folder}/other.sqlite' AS other",
    "VACUUM INTO '{folder}/copy.sqlite'",
    'PRAGMA query_only = OFF',
    'PRAGMA writable_schema = ON',
    "PRAGMA journal_mode = 'delete'",
    'CREATE TEMP TABLE leak AS SELECT 1',
    "SELECT load_extension('/tmp/x')",
    "SELECT writefile('{folder}/x', 'y')",
    "SELECT readfile('/etc/passwd')",
    'INSERT INTO customers (id) VALUES (99) RETURNING id',
  ],
  postgres: [
    'SELECT evil()',
    "SELECT nextval('s')",
    "SELECT setval('s', 7)",
    "SELECT lo_from_bytea(0, 'x')",
    'TABLE customers; DELETE FROM customers',
    "SELECT set_config('statement_timeout', '0', false), set_config('search_path', 'pg_catalog', false)",
    'SELECT pg_advisory_lock(4711)',
    'SELECT pg_current_xact_id()',
    "SELECT pg_create_logical_replication_slot('leak', 'test_decoding')",
  ],
  embedded: ['SELECT evil()', "SELECT nextval('s')", 'SELECT pg_advisory_lock(4711)', "SELECT lo_from_bytea(0, 'x')"],
  mysql: [
    'SELECT evil()',
    'CALL evil_procedure()',
    'SELECT NEXTVAL(s)',
    'SELECT 1 INTO @leak',
    'SELECT @leak := 1',
    "SELECT GET_LOCK('leak', 1)",
    "SELECT * FROM customers INTO OUTFILE '{folder}/stolen.txt'",
    "SELECT 'x' INTO DUMPFILE '{folder}/stolen.bin'",
    "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE customers",
    'SET SESSION TRANSACTION READ WRITE',
    'CREATE TABLE stolen AS SELECT * FROM customers',
    '/*!50000 DELETE FROM customers */',
    'SELECT 1 /*!50000 ; DELETE FROM customers */',
    'HANDLER customers OPEN',
    'XA START "x"',
    'COMMIT',
  ],
};

const EXTRAS: Readonly<Record<Kind, readonly string[]>> = {
  duckdb: ['CREATE SEQUENCE s'],
  sqlite: [],
  postgres: [
    'CREATE SEQUENCE s',
    'CREATE FUNCTION evil() RETURNS int LANGUAGE sql AS $$ DELETE FROM orders; SELECT 1 $$',
  ],
  embedded: [
    'CREATE SEQUENCE s',
    'CREATE FUNCTION evil() RETURNS int LANGUAGE sql AS $$ DELETE FROM orders; SELECT 1 $$',
  ],
  mysql: [
    'CREATE SEQUENCE s',
    'CREATE FUNCTION evil() RETURNS INT MODIFIES SQL DATA BEGIN DELETE FROM orders; RETURN 1; END',
    'CREATE PROCEDURE evil_procedure() DELETE FROM orders',
  ],
};

/** Everything that a statement could have left in its session or in the database, as one row of the session itself. */
const SESSION_STATE: Readonly<Record<Kind, string>> = {
  duckdb: `SELECT (SELECT string_agg(name || '=' || value, ',' ORDER BY name) FROM duckdb_settings() WHERE name NOT LIKE '%memory%'),
    (SELECT count(*) FROM duckdb_tables()), (SELECT count(*) FROM duckdb_databases()), (SELECT count(*) FROM duckdb_prepared_statements()),
    (SELECT count(*) FROM duckdb_variables()), (SELECT last_value FROM duckdb_sequences())`,
  sqlite: `SELECT (SELECT group_concat(name) FROM pragma_database_list), (SELECT query_only FROM pragma_query_only),
    (SELECT count(*) FROM sqlite_schema), (SELECT count(*) FROM sqlite_temp_schema), (SELECT journal_mode FROM pragma_journal_mode)`,
  postgres: `SELECT (SELECT string_agg(name || '=' || setting, ',' ORDER BY name) FROM pg_settings WHERE source = 'session' OR name IN
      ('search_path', 'role', 'transaction_read_only', 'default_transaction_read_only', 'session_replication_role')),
    (SELECT count(*) FROM pg_class WHERE relpersistence = 't'), (SELECT count(*) FROM pg_prepared_statements),
    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())),
    (SELECT count(*) FROM pg_listening_channels()), (SELECT count(*) FROM pg_largeobject_metadata), (SELECT last_value::text || is_called FROM s)`,
  embedded: `SELECT (SELECT string_agg(name || '=' || setting, ',' ORDER BY name) FROM pg_settings WHERE name IN
      ('search_path', 'role', 'transaction_read_only', 'default_transaction_read_only')),
    (SELECT count(*) FROM pg_class WHERE relpersistence = 't'), (SELECT count(*) FROM pg_prepared_statements),
    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'), (SELECT count(*) FROM pg_largeobject_metadata), (SELECT last_value::text || is_called FROM s)`,
  mysql: `SELECT @@session.sql_mode, @@session.autocommit, @@session.sql_select_limit, @@session.character_set_results, @@session.tx_read_only,
    @leak, IS_USED_LOCK('leak'), (SELECT next_not_cached_value FROM s)`,
};

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

for (const engine of TEST_ENGINES) {
  engine.describe(`the session of ${engine.kind} alone`, () => {
    const isFile = engine.kind === 'duckdb' || engine.kind === 'sqlite';
    let database: TestDatabase;
    let datasource: Datasource;
    let folder: string;
    let before: { readonly rows: string; readonly file: string };
    let sessionBefore: unknown;

    const quote = (name: string): string => (engine.dialect === 'mysql' ? `\`${name}\`` : `"${name}"`);
    const pathOf = (): string => (database.config as { path: string }).path;
    const rowsDigest = async (): Promise<string> => {
      const tables: unknown[] = [];
      for (const { name } of SHOP_TABLES)
        tables.push((await database.rows(`SELECT * FROM ${quote(name)}`)).map(String));
      return digest(tables);
    };
    const fileDigest = (): string => (isFile ? digest(readFileSync(pathOf()).toString('base64')) : '');
    const run = (sql: string, timeoutMs: number): Promise<Outcome<{ rows: unknown }, RunFailure>> =>
      datasource.run(unguarded(sql), { timeoutMs, maxRows: 1_000 });
    const session = async (): Promise<unknown> => {
      const outcome = await run(SESSION_STATE[engine.kind], 20_000);
      if (!outcome.ok) throw new Error(outcome.failure.message);
      return outcome.value.rows;
    };
    const attacks = (): string[] =>
      [
        ...ATTACK_STATEMENTS.filter((attack) => attack.dialect === engine.dialect).map((attack) => attack.sql),
        ...OWN_ATTACKS[engine.kind],
      ].map((sql) => sql.replaceAll('{folder}', folder));

    beforeAll(async () => {
      database = await engine.create(...shopStatements(engine.dialect), ...EXTRAS[engine.kind]);
      folder = isFile || engine.kind === 'embedded' ? dirname(pathOf()) : '/tmp';
      before = { rows: await rowsDigest(), file: fileDigest() };
      // One at a time, so that every statement meets the session that the one before has left.
      datasource = await openDatasource(database.config, { limits: { concurrent: 1, queued: 10 } });
      sessionBefore = await session();
    });
    afterAll(async () => {
      await datasource?.close();
      await database?.drop();
    });

    it('lets no attack write, read a file, or leave anything behind', async () => {
      const filesBefore = isFile ? readdirSync(folder).sort() : [];
      const all = attacks();
      expect(all.length).toBeGreaterThan(40);
      const leaks: string[] = [];
      const traces: string[] = [];
      for (const sql of all) {
        const outcome = await run(sql, 300);
        if (outcome.ok && /root:[x*]?:0:0|etc\/passwd-/.test(JSON.stringify(outcome.value.rows))) leaks.push(sql);
        if (digest(await session()) !== digest(sessionBefore)) {
          traces.push(sql);
          sessionBefore = await session();
        }
      }
      expect(traces, 'statements that left something in the session').toEqual([]);
      const known = GUARD_ONLY[engine.kind];
      expect(leaks.filter((sql) => !known.some((pattern) => pattern.test(sql)))).toEqual([]);
      for (const pattern of known)
        expect(
          all.some((sql) => pattern.test(sql)),
          String(pattern),
        ).toBe(true);
      if (isFile) {
        expect(fileDigest()).toBe(before.file);
        expect(readdirSync(folder).sort()).toEqual(filesBefore);
        await datasource.close();
      }
      expect(await rowsDigest()).toBe(before.rows);
    }, 300_000);
  });
}

for (const engine of TEST_ENGINES.filter(({ kind }) => kind === 'postgres' || kind === 'mysql')) {
  engine.describe(`quotes in the session of ${engine.kind}`, () => {
    it('follow the rules that the guard reads by, whatever the server is set to', async () => {
      const database = await engine.create('CREATE TABLE t (a INT)');
      if (engine.kind === 'postgres') {
        const name = (database.config as { database: string }).database;
        await database.exec(`ALTER DATABASE ${name} SET standard_conforming_strings = off`);
      }
      const datasource = await openDatasource(database.config);
      try {
        for (let i = 0; i < 2; i += 1) {
          const sql =
            engine.kind === 'postgres'
              ? `SELECT current_setting('standard_conforming_strings'), length('\\')`
              : `SELECT @@session.sql_mode REGEXP 'ANSI_QUOTES|PIPES_AS_CONCAT|NO_BACKSLASH_ESCAPES|ORACLE|MSSQL', "x" = 'x'`;
          const outcome = await datasource.run(unguarded(sql), { timeoutMs: 10_000, maxRows: 1 });
          expect(outcome.ok ? outcome.value.rows : outcome.failure).toEqual(
            engine.kind === 'postgres' ? [['on', 1]] : [[0, 1]],
          );
        }
      } finally {
        await datasource.close();
        await database.drop();
      }
    });
  });
}
