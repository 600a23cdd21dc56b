/** Statements that would take minutes are stopped, and the file answers the next one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BoundedRunner } from '../../scripts/eval/bounded-runner.ts';
import { Runner } from '../../scripts/eval/execution.ts';
import { openDatabase, readSchema } from '../../scripts/eval/sqlite-schema.ts';

let folder: string;
let bounded: BoundedRunner;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bounded-runner-'));
  file = join(folder, 'numbers.sqlite');
  const db = new DatabaseSync(file);
  db.exec('CREATE TABLE numbers (n INTEGER)');
  const insert = db.prepare('INSERT INTO numbers VALUES (?)');
  db.exec('BEGIN');
  for (let n = 0; n < 3_000; n++) insert.run(n);
  db.exec('COMMIT');
  db.close();
  const opened = openDatabase(file);
  bounded = new BoundedRunner(file, readSchema(opened));
  opened.close();
});
afterAll(async () => {
  await bounded.close();
  rmSync(folder, { recursive: true, force: true });
});

it('stops what takes too long and goes on', async () => {
  const endless = 'SELECT COUNT(*) FROM numbers a JOIN numbers b ON a.n <> b.n JOIN numbers c ON c.n <> b.n + a.n';
  const began = performance.now();
  expect(await bounded.rows(endless, 10)).toBeNull();
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(await bounded.rows('SELECT MAX(n) FROM numbers', 10)).toEqual([[2_999]]);
});

it('says the same of a result as the runner without bounds', async () => {
  const runner = new Runner(file);
  for (const sql of [
    'SELECT n FROM numbers WHERE n < 5',
    'SELECT n, n * 2.5 FROM numbers',
    'SELECT nothing FROM numbers',
  ])
    expect(await bounded.signature(sql, false), sql).toBe(runner.signature(sql, false));
  runner.close();
});
