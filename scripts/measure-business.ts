/**
 * How the builtin planner does on the business questions: numbers by database and kind. `--show` also names each
 * question that was not answered rightly, with the SQL; `--db NAME` takes one database only; `--gaps` prints the list for
 * `known-gaps.ts`: what is refused, and what is answered wrongly and has to be refused or mended.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  ask,
  expectedRows,
  judge,
  makeDemos,
  type Place,
  sampleBackground,
} from '../test/questions/business/ask-questions.ts';
import { DEMO_QUESTIONS, REFUSED_QUESTIONS, SAMPLE_QUESTIONS } from '../test/questions/business/index.ts';
import { openSqlite } from '../test/questions/business/query-runner.ts';
import type { SampleName } from '../test/questions/business/question.ts';
import { hasSamples, openSamples, SAMPLE_NAMES } from '../test/questions/business/sample-databases.ts';

const { values: options } = parseArgs({
  options: { show: { type: 'boolean' }, db: { type: 'string' }, gaps: { type: 'boolean' } },
});
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const places = new Map<string, Place>();
const folder = await mkdtemp(join(tmpdir(), 'querent-measure-'));
const samples = hasSamples ? await openSamples() : null;
try {
  for (const name of SAMPLE_NAMES) {
    if (samples === null || (options.db !== undefined && options.db !== name)) continue;
    const path = samples.path(name as SampleName);
    places.set(name, { background: await sampleBackground(path), runner: await openSqlite(path) });
  }
  if (options.db === undefined || options.db === 'demo' || options.db === 'highway') {
    for (const [name, place] of await makeDemos(folder)) places.set(name, place);
  }

  const tally = new Map<string, Record<string, number>>();
  const count = (row: string, verdict: string): void => {
    const counts = tally.get(row) ?? {};
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    tally.set(row, counts);
  };
  const times: number[] = [];
  const gaps: string[] = [];
  for (const question of [...SAMPLE_QUESTIONS, ...DEMO_QUESTIONS]) {
    const place = places.get(question.db);
    if (place === undefined) continue;
    const started = performance.now();
    const result = await ask(question, place.background);
    times.push(performance.now() - started);
    const expected = await expectedRows(question, place.runner);
    const { verdict, detail } = await judge(question, result, place.runner, place.background.schema, expected);
    count(`${question.db} ${question.language} ${question.kind}`, verdict);
    count(`= ${question.db}`, verdict);
    count('= all', verdict);
    if (verdict !== 'right')
      gaps.push(`  '${question.id}',${verdict === 'wrong' || verdict === 'failed' ? ' // answered wrongly' : ''}`);
    if (options.show && verdict !== 'right') print(`${question.id} ${verdict}: ${question.question}\n${detail}\n`);
  }
  for (const question of REFUSED_QUESTIONS) {
    const place = places.get(question.db);
    if (place === undefined) continue;
    const result = await ask(question, place.background);
    count(`= to be refused (${question.why})`, result.kind === 'answer' ? 'wrong' : 'right');
    if (options.show && result.kind === 'answer') {
      print(`${question.id} answered: ${question.question}\n${result.candidates[0]?.sql ?? ''}\n`);
    }
  }
  if (options.gaps) print(gaps.join('\n'));
  const verdicts = ['right', 'clarify', 'cannot', 'wrong', 'failed'];
  print(`${''.padEnd(36)}${verdicts.map((verdict) => verdict.padStart(9)).join('')}`);
  for (const [row, counts] of [...tally].sort(([a], [b]) => (a < b ? -1 : 1))) {
    print(`${row.padEnd(36)}${verdicts.map((verdict) => String(counts[verdict] ?? 0).padStart(9)).join('')}`);
  }
  times.sort((a, b) => a - b);
  print(
    `planning: median ${times[Math.floor(times.length / 2)]?.toFixed(1)} ms, slowest ${times.at(-1)?.toFixed(1)} ms`,
  );
} finally {
  for (const { runner } of places.values()) await runner.close();
  await samples?.close();
  await rm(folder, { recursive: true, force: true });
}
