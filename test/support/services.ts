/**
 * Suites that need a database server: they run when one answers at `TEST_POSTGRES_URL` / `TEST_MYSQL_URL` or on
 * the standard port, are skipped by name otherwise, and fail under `REQUIRE_SERVICES=1` when none answers.
 */
import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { describe, expect, it } from 'vitest';

export const postgresUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
export const mysqlUrl = process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306/test';

async function postgresAnswers(): Promise<boolean> {
  const client = new pg.Client({ connectionString: postgresUrl, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function mysqlAnswers(): Promise<boolean> {
  try {
    const connection = await mysql.createConnection({ uri: mysqlUrl, connectTimeout: 2_000 });
    await connection.query('SELECT 1');
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

function describeWith(service: string, answers: boolean, name: string, body: () => void): void {
  if (answers) {
    describe(name, body);
  } else if (process.env.REQUIRE_SERVICES === '1') {
    describe(name, () => {
      it(`needs ${service}`, () => {
        expect.fail(`${service} does not answer and REQUIRE_SERVICES=1`);
      });
    });
  } else {
    describe.skip(`${name} (skipped: ${service} does not answer)`, body);
  }
}

const hasPostgres = await postgresAnswers();
const hasMysql = await mysqlAnswers();

/** A suite on a PostgreSQL server. */
export const describeWithPostgres = (name: string, body: () => void): void =>
  describeWith('PostgreSQL', hasPostgres, name, body);

/** A suite on a MariaDB or MySQL server. */
export const describeWithMysql = (name: string, body: () => void): void =>
  describeWith('MariaDB/MySQL', hasMysql, name, body);

/** Makes an empty database on the PostgreSQL server; `drop` removes it. */
export async function createPostgresDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `querent_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: postgresUrl });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** Makes an empty database on the MariaDB/MySQL server; `drop` removes it. */
export async function createMysqlDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `querent_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string): Promise<void> => {
    const connection = await mysql.createConnection({ uri: mysqlUrl });
    try {
      await connection.query(sql);
    } finally {
      await connection.end();
    }
  };
  await run(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = new URL(mysqlUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name}`) };
}
