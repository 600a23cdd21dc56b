/** What is asked about tables whose columns only their names explain. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { qaGeneration } from '../../src/pipeline/steps/questions/qa-generation.ts';
import { TEST_ENGINES, type TestDatabase } from '../support/engines.ts';
import { openBench, type StepBench } from './step-context.ts';

let database: TestDatabase;
let bench: StepBench;
let questions: string;

beforeAll(async () => {
  const rows = (make: (n: number) => string): string => Array.from({ length: 40 }, (_, n) => `(${make(n)})`).join(', ');
  database = await TEST_ENGINES.find(({ kind }) => kind === 'sqlite')!.create(
    `CREATE TABLE employee (employee_id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, title TEXT, fax TEXT,
       email TEXT, phone_number INTEGER, is_manager TEXT)`,
    `INSERT INTO employee VALUES ${rows((n) => `${n}, 'F${n % 9}', 'L${n}', 'Title ${n % 30}', '+1 ${n % 6}', 'e${n % 5}@x', 55500 + ${n}, '${n % 2}'`)}`,
    `CREATE TABLE invoice (invoice_id INTEGER PRIMARY KEY, employee_id INTEGER REFERENCES employee (employee_id),
       invoice_date DATE, ship_name TEXT, ship_region TEXT, wx NUMERIC, pay_sum NUMERIC, wx_order INTEGER, order_sum INTEGER,
       visitor_count INTEGER, reorderLevel INTEGER, discount REAL, units_in_stock INTEGER, total NUMERIC)`,
    `INSERT INTO invoice VALUES ${rows((n) => `${n}, ${n}, '2025-0${(n % 6) + 1}-1${n % 9}', 'Ship ${n % 4}', 'R${n % 3}', ${n}.5, ${n * 3}, ${n}, ${n * 2}, ${n % 7}, ${n % 5}, 0.1, ${n + 1}, ${n * 9}`)}`,
  );
  bench = await openBench(database.config);
  await qaGeneration(bench.context({ businessContext: 'orders of a company' }));
  const file = readdirSync(bench.directory).find((name) => name.endsWith('_pair.json'))!;
  const pairs = JSON.parse(readFileSync(join(bench.directory, file), 'utf8')) as { question: string }[];
  questions = pairs.map(({ question }) => question).join('\n');
});
afterAll(async () => {
  await bench?.close();
  await database?.drop();
});

it('calls amounts and numbers what they are', () => {
  expect(questions).toMatch(/total payment\b/);
  expect(questions).toMatch(/invoice total/);
  expect(questions).toMatch(/number of units in stock|number of orders/);
  expect(questions).not.toMatch(
    /pay(?:ment)? sum|order sum|WeChat(?! payment| order)|visitor count|(?<!invoice )\btotal (?:of|for|in|by)\b/,
  );
});

it('neither counts nor groups by what only reaches somebody or says yes or no', () => {
  expect(questions).not.toMatch(/fax|e-?mail|phone|manager/i);
});

it('neither adds up levels and rates nor takes a job for a person', () => {
  expect(questions).not.toMatch(/total (?:reorder level|discount)/);
  expect(questions).not.toMatch(/employees? "Title|\bships\b/);
});
