import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshHome, runQuerent, startQuerent } from '../support/process.ts';
import {
  createMysqlDatabase,
  createPostgresDatabase,
  describeWithMysql,
  describeWithPostgres,
} from '../support/services.ts';

const { home, remove } = freshHome();
const folder = mkdtempSync(join(tmpdir(), 'querent-ask-'));

interface Printed {
  readonly outcome: string;
  readonly sql: string | null;
  readonly columns: { name: string; type: string }[];
  readonly rows: Record<string, unknown>[];
  readonly suggestions: string[];
}

async function askJson(...args: string[]): Promise<Printed & { code: number | null; stderr: string }> {
  const { code, stdout, stderr } = await runQuerent(['ask', ...args, '--format', 'json'], { home });
  return { ...(JSON.parse(stdout) as Printed), code, stderr };
}

beforeAll(() => {
  writeFileSync(
    join(folder, 'sales.csv'),
    'region,product,amount,sold_on\nNorth,Tea,10.50,2026-01-05\nSouth,Tea,20.25,2026-02-06\nNorth,Coffee,5.25,2026-02-07\n',
  );
  const database = new DatabaseSync(join(folder, 'shop.sqlite'));
  database.exec(`CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT);
    INSERT INTO customers VALUES (1,'Ann','Oslo'),(2,'Bob','Rome'),(3,'Cy','Oslo')`);
  database.close();
});
afterAll(() => {
  remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('querent ask', () => {
  it('ends quietly when its reader goes away', async () => {
    const { child, finished } = startQuerent(['ask', 'customers by city', '--db', join(folder, 'shop.sqlite')], {
      home,
    });
    child.stdout?.destroy();
    const { code, stderr } = await finished;
    expect([code, stderr]).toEqual([0, '']);
  });

  it('answers over a CSV file without any configuration', async () => {
    const answer = await askJson('total amount by region', '--db', join(folder, 'sales.csv'));
    expect(answer).toMatchObject({ outcome: 'answer', code: 0 });
    const totals = answer.rows.map((row) => [
      row.region,
      Number(Object.values(row).find((value) => value !== row.region)),
    ]);
    expect(totals.sort()).toEqual([
      ['North', 15.75],
      ['South', 20.25],
    ]);
  });

  it('answers over a SQLite file, in Chinese, too', async () => {
    expect(
      (await askJson('how many customers are there', '--db', join(folder, 'shop.sqlite'))).rows.map(Object.values),
    ).toEqual([[3]]);
    expect((await askJson('有多少客户', '--db', join(folder, 'shop.sqlite'))).rows.map(Object.values)).toEqual([[3]]);
  });

  it('prints a header line and the rows as CSV, nothing else', async () => {
    const { stdout, code } = await runQuerent(
      ['ask', 'how many customers per city', '--db', join(folder, 'shop.sqlite'), '--format', 'csv'],
      { home },
    );
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^city,/);
    expect(lines.slice(1).sort()).toEqual(['Oslo,2', 'Rome,1']);
  });

  it('shows SQL, a table, the reading and the confidence on plain output', async () => {
    const { stdout } = await runQuerent(['ask', 'top 5 products by revenue'], { home });
    expect(stdout).toMatch(/SELECT/);
    expect(stdout).toMatch(/──/);
    expect(stdout).toMatch(/confidence \d+ %/);
    expect(stdout).not.toMatch(/\u001b\[/);
  });

  it.each(['what is the meaning of life', '帮我写一首诗', 'delete all customers', '删除所有订单'])(
    'refuses %j with code 3 and no SQL',
    async (question) => {
      const answer = await askJson(question);
      expect(answer).toMatchObject({ outcome: 'cannot', code: 3, sql: null, rows: [] });
      expect(answer.suggestions.length).toBeLessThanOrEqual(3);
    },
  );

  it.each([
    ['a missing file', join(folder, 'none.csv'), /none\.csv/],
    ['an unknown namespace', 'no-such-name', /no-such-name/],
    ['an unknown host', 'postgres://user:secret-pw@no-such-host.invalid:5432/db', /no-such-host\.invalid/],
  ])('explains %s in one message without secrets', async (_name, db, message) => {
    const { code, stdout, stderr } = await runQuerent(['ask', 'how many rows', '--db', db], { home });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/secret-pw|at .*\.(ts|js):\d+/);
  });

  it('explains a corrupt SQLite file', async () => {
    const file = join(folder, 'broken.sqlite');
    writeFileSync(file, 'SQLite format 3\u0000 and then nothing that is a database');
    const { code, stderr } = await runQuerent(['ask', 'how many rows', '--db', file], { home });
    expect(code).toBe(1);
    expect(stderr).toMatch(/broken\.sqlite/);
    expect(stderr).not.toMatch(/at .*\.(ts|js):\d+/);
  });

  it('refuses an empty and an overlong question', async () => {
    expect((await runQuerent(['ask', ''], { home })).code).toBe(1);
    expect((await runQuerent(['ask', 'x'.repeat(10_001)], { home })).stderr).toMatch(/10001 characters/);
  });
});

describeWithPostgres('querent ask over a postgres:// URL', () => {
  it('answers', async () => {
    const { url, drop } = await createPostgresDatabase();
    try {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(
        "CREATE TABLE customers (id int PRIMARY KEY, name text, city text); INSERT INTO customers VALUES (1,'Ann','Oslo'),(2,'Bob','Rome')",
      );
      await client.end();
      expect((await askJson('how many customers are there', '--db', url)).rows.map(Object.values)).toEqual([[2]]);
    } finally {
      await drop();
    }
  });
});

describeWithMysql('querent ask over a mysql:// URL', () => {
  it('answers', async () => {
    const { url, drop } = await createMysqlDatabase();
    try {
      const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
      await connection.query(
        "CREATE TABLE customers (id int PRIMARY KEY, name text, city text); INSERT INTO customers VALUES (1,'Ann','Oslo'),(2,'Bob','Rome')",
      );
      await connection.end();
      expect((await askJson('how many customers are there', '--db', url)).rows.map(Object.values)).toEqual([[2]]);
    } finally {
      await drop();
    }
  });
});
