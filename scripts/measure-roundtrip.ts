/**
 * How much gold SQL the plan language holds: reads each query of a dataset as a plan, renders it for SQLite, runs
 * both and compares the rows.
 *
 *   node scripts/measure-roundtrip.ts --data DIR [--file NAME.json] [--show N] [--limit N] [--keep-null-order] [--native-division]
 *
 * DIR holds `database/<db_id>/<db_id>.sqlite` and JSON files of `{db_id, query | query_sqlite | turns}`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { introspectSqlite } from '../src/execution/datasources/sqlite/sqlite-introspect.ts';
import type { DatabaseSchema } from '../src/sql/index.ts';
import { loadParser } from '../src/sql/parse/index.ts';
import { planFromSql } from '../src/sql/read/plan-from-sql.ts';
import { safeRenderPlan } from '../src/sql/render/render-plan.ts';

interface Entry {
  readonly db_id: string;
  readonly query?: string;
  readonly query_sqlite?: string;
  readonly nonempty?: boolean;
  readonly turns?: readonly { readonly query: string; readonly exec?: boolean }[];
}

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    file: { type: 'string', multiple: true },
    show: { type: 'string', default: '20' },
    limit: { type: 'string', default: '0' },
    'native-division': { type: 'boolean', default: false },
    'keep-null-order': { type: 'boolean', default: false },
  },
});
if (!options.data) throw new Error('say where the dataset is: --data DIR');
const root = options.data;
const division = options['native-division'] ? 'native' : 'decimal';

function queriesOf(entry: Entry): readonly string[] {
  if (entry.turns) return entry.turns.filter((turn) => turn.exec !== false).map((turn) => turn.query);
  if (entry.nonempty === false) return [];
  if ('nonempty' in entry && entry.nonempty !== true) return [];
  const query = entry.query_sqlite ?? entry.query;
  return query === undefined ? [] : [query];
}

const databases = new Map<string, { readonly db: DatabaseSync; readonly schema: DatabaseSchema } | null>();

function database(id: string): { readonly db: DatabaseSync; readonly schema: DatabaseSchema } | null {
  let found = databases.get(id);
  if (found === undefined) {
    const file = join(root, 'database', id, `${id}.sqlite`);
    found = existsSync(file) ? open(file) : null;
    databases.set(id, found);
  }
  return found;
}

function open(file: string): { readonly db: DatabaseSync; readonly schema: DatabaseSchema } {
  const db = new DatabaseSync(file, { readOnly: true, enableDoubleQuotedStringLiterals: true });
  return { db, schema: introspectSqlite(db) };
}

function rowsOf(db: DatabaseSync, sql: string): unknown[][] {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement.all() as unknown as unknown[][];
}

const cell = (value: unknown): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(9))) : value === null ? '\u0000' : String(value);

function sameRows(one: unknown[][], other: unknown[][], ordered: boolean): boolean {
  if (one.length !== other.length) return false;
  const [left, right] = [one, other].map((rows) => rows.map((row) => row.map(cell).join('\u0001')));
  if (!left || !right) return false;
  if (!ordered) {
    left.sort();
    right.sort();
  }
  return left.every((row, index) => row === right[index]);
}

await loadParser('sqlite');
const files = options.file ?? ['train.json'];
const total = { queries: 0, read: 0, same: 0, goldFails: 0 };
const refusals = new Map<string, { count: number; example: string }>();
const differences: string[] = [];
let readTime = 0;
let renderTime = 0;
for (const file of files) {
  const entries = JSON.parse(readFileSync(join(root, file), 'utf8')) as readonly Entry[];
  for (const entry of Number(options.limit) > 0 ? entries.slice(0, Number(options.limit)) : entries) {
    for (const sql of queriesOf(entry)) measure(entry.db_id, sql);
  }
}

function measure(id: string, sql: string): void {
  const opened = database(id);
  if (!opened) return;
  let gold: unknown[][];
  try {
    gold = rowsOf(opened.db, sql);
  } catch {
    total.goldFails += 1;
    return;
  }
  total.queries += 1;
  const start = performance.now();
  const plan = planFromSql(sql, 'sqlite', opened.schema, { keepNullOrder: options['keep-null-order'], division });
  const middle = performance.now();
  readTime += middle - start;
  if (!plan.ok) {
    const key = `${plan.failure.code} ${plan.failure.construct}`;
    const seen = refusals.get(key);
    refusals.set(key, {
      count: (seen?.count ?? 0) + 1,
      example: seen?.example ?? `${id}: ${sql} (${plan.failure.message})`,
    });
    return;
  }
  total.read += 1;
  const rendered = safeRenderPlan(plan.value, 'sqlite', { schema: opened.schema, division });
  renderTime += performance.now() - middle;
  if (!rendered.ok) {
    differences.push(`${id}\n  ${sql}\n  ${rendered.failure.message}`);
    return;
  }
  try {
    if (sameRows(gold, rowsOf(opened.db, rendered.value), plan.value.orderBy.length > 0)) total.same += 1;
    else differences.push(`${id}\n  ${sql}\n  ${rendered.value.replaceAll('\n', ' ')}`);
  } catch (error) {
    differences.push(`${id}\n  ${sql}\n  ${rendered.value.replaceAll('\n', ' ')}\n  ${String(error)}`);
  }
}

const share = (part: number): string => `${((100 * part) / Math.max(1, total.queries)).toFixed(2)} %`;
console.log(`${total.queries} queries (${total.goldFails} more fail by themselves)`);
console.log(`read ${share(total.read)}, same rows ${share(total.same)}`);
console.log(
  `read ${(readTime / total.queries).toFixed(3)} ms, render ${(renderTime / total.queries).toFixed(3)} ms each`,
);
for (const [key, { count, example }] of [...refusals].sort((a, b) => b[1].count - a[1].count)) {
  console.log(`refused ${count} ${key}\n    ${example}`);
}
const wanted = Number(options.show);
const step = Math.max(1, Math.floor(differences.length / Math.max(1, wanted)));
for (let i = 0; i < differences.length && i / step < wanted; i += step) console.log(`differs ${differences[i]}`);
