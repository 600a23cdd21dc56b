/**
 * Measures the builtin planner alone: time per question over the sample databases and over a schema of a thousand tables,
 * and the memory of weights, lexicons and indexes. Prints a Markdown table; `--write` puts it into docs/performance.md.
 *
 *   node_modules/.bin/node --expose-gc scripts/measure-planning.ts [--write]
 */
import { parseArgs } from 'node:util';
import { wideSchema } from '../src/planning/builtin/wide-schema.fixture.ts';
import { createBuiltinPlanner, createLearnedGenerator } from '../src/planning/index.ts';
import { type DatabaseSchema, loadParser } from '../src/sql/index.ts';
import { type Background, sampleBackground } from '../test/questions/business/ask-questions.ts';
import { SAMPLE_QUESTIONS } from '../test/questions/business/index.ts';
import { openSamples, SAMPLE_NAMES } from '../test/questions/business/sample-databases.ts';
import { milliseconds, type PerformanceRow, quantile, renderRows, writePerformance } from './performance-page.ts';

const { values: args } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const TODAY = '2026-01-15';
const NOTHING_KNOWN = { terms: [], examples: [], measures: [], notes: [] };

/** Megabytes in use after garbage collection; buffers are given back some turns after the objects that held them. */
async function collect(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 6; turn++) {
    (globalThis as { gc?: () => void }).gc?.();
    await new Promise((resolve) => setImmediate(resolve));
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, (heapUsed + external) / 1e6);
  }
  return least;
}

for (const dialect of ['sqlite', 'duckdb', 'postgres'] as const) await loadParser(dialect);
const samples = await openSamples();
const backgrounds = new Map<string, Background>();
for (const name of SAMPLE_NAMES) backgrounds.set(name, await sampleBackground(samples.path(name)));
const before = await collect();
const planner = createBuiltinPlanner({ learned: createLearnedGenerator() });
const plan = async (question: string, schema: DatabaseSchema): Promise<number> => {
  const began = performance.now();
  await planner.plan({ question, schema, today: TODAY, previous: [], knowledge: NOTHING_KNOWN });
  return performance.now() - began;
};
const asked = SAMPLE_QUESTIONS.filter((one) => (one.after ?? []).length === 0 && backgrounds.has(one.db));
for (const one of asked) await plan(one.question, backgrounds.get(one.db)!.schema);
const memory = (await collect()) - before;
const times: number[] = [];
for (const one of asked) times.push(await plan(one.question, backgrounds.get(one.db)!.schema));

const wide = wideSchema(1000);
const QUESTIONS = [
  'how many order customer are there',
  'total amount of payment budget by status',
  'the names of the product invoice with amount above 20',
  'which store region has the highest amount',
  'list the status of every ticket campaign created after 2025',
];
for (const question of QUESTIONS) await plan(question, wide);
const wideTimes: number[] = [];
for (let round = 0; round < 4; round += 1) for (const question of QUESTIONS) wideTimes.push(await plan(question, wide));
await samples.close();

const rows: PerformanceRow[] = [
  [`planning, ${times.length} questions on the sample databases, p50`, milliseconds(quantile(times, 0.5)), '< 25 ms'],
  [`planning, ${times.length} questions on the sample databases, p95`, milliseconds(quantile(times, 0.95)), '< 100 ms'],
  ['planning over 1,000 tables, p50', milliseconds(quantile(wideTimes, 0.5)), '< 150 ms'],
  ['planning over 1,000 tables, slowest', milliseconds(quantile(wideTimes, 1)), ''],
  [
    'memory: weights of both languages, lexicons, indexes of the sample databases',
    `${memory.toFixed(0)} MB`,
    '< 150 MB',
  ],
];
process.stdout.write(`${renderRows(rows)}\n`);
if (args.write) writePerformance('planner', rows);
