/** Terms and examples from the commands to the answers, over a SQLite file. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportExamples, importExamples } from '../../src/cli/commands/examples.ts';
import { exportTerms, importTerms } from '../../src/cli/commands/terms.ts';
import type { CommandHost } from '../../src/cli/host.ts';
import {
  type Answer,
  type KnowledgeBase,
  type LoadedConfig,
  loadConfig,
  openKnowledgeBase,
  openQueryEngine,
} from '../../src/engine/index.ts';
import { silentLogger } from '../../src/kernel/index.ts';
import { openState, serveState, stateSocketPath } from '../../src/storage/index.ts';
import { runQuerent } from '../support/process.ts';
import { createTestHome } from '../support/state.ts';

const signal = new AbortController().signal;
let home: string;
let remove: () => Promise<void>;
let loaded: LoadedConfig;

beforeAll(async () => {
  ({ home, remove } = await createTestHome());
  const database = new DatabaseSync(join(home, 'club.sqlite'));
  database.exec(`CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT);
    INSERT INTO customers VALUES (1,'Ann','Oslo'),(2,'Bob','Rome'),(3,'Cy','Oslo');
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers, total REAL);
    INSERT INTO orders VALUES (1,1,5),(2,1,6),(3,2,7),(4,3,8),(5,3,9)`);
  database.close();
  mkdirSync(join(home, 'conf'), { recursive: true });
  writeFileSync(
    join(home, 'conf', 'agent.yml'),
    `agent:\n  namespace:\n    club:\n      type: sqlite\n      name: club\n      uri: sqlite:///${join(home, 'club.sqlite')}\n`,
  );
  loaded = loadConfig({ environment: { QUERENT_HOME: home } });
});
afterAll(() => remove());

async function withBase<T>(work: (base: KnowledgeBase) => Promise<T>): Promise<T> {
  const base = await openKnowledgeBase(loaded, { logger: silentLogger });
  try {
    return await work(base);
  } finally {
    await base.close();
  }
}

/** Answers as `querent ask` does, without the state. */
async function ask(question: string): Promise<Answer> {
  const engine = await openQueryEngine(loaded, { logger: silentLogger });
  try {
    return await engine.answer({ question, database: 'club', language: null, signal });
  } finally {
    await engine.close();
  }
}

function recordingHost(): { readonly host: CommandHost; readonly lines: string[] } {
  const lines: string[] = [];
  const say = (text: string): void => void lines.push(text);
  const host: CommandHost = {
    isTerminal: false,
    stopOnSignals: () => signal,
    logger: silentLogger,
    out: say,
    outRaw: say,
    error: say,
    loadConfig: () => loaded,
  };
  return { host, lines };
}

it('answers with a word that only the terms know, misspelled as well', async () => {
  await withBase((base) =>
    base.saveTerms([
      { word: 'grufflet', synonyms: ['customer'], description: 'who buys', datasources: ['club'], enabled: true },
      { word: 'blimmer', synonyms: ['order'], description: '', datasources: ['club/club'], enabled: true },
    ]),
  );
  for (const [question, count] of [
    ['how many grufflets are there', 3],
    ['how many gruffletts are there', 3],
    ['how many blimmers are there', 5],
  ] as const) {
    const answer = await ask(question);
    expect(answer, question).toMatchObject({ outcome: 'answer', planner: 'builtin' });
    expect(answer.rows?.rows).toEqual([[count]]);
  }
  const unknown = { word: 'x', synonyms: [], description: '', datasources: ['clab'], enabled: true };
  await expect(withBase((base) => base.saveTerms([unknown]))).rejects.toThrow('there is no datasource `clab`');
});

it('keeps an example only when its SQL runs, and answers the same question with it', async () => {
  const [good, write, gone] = await withBase(async (base) => {
    const save = (question: string, sql: string) =>
      base.saveExample({ datasource: 'club', question, sql, enabled: true }, signal);
    return [
      await save('How many customers are there?', "SELECT count(*) AS n FROM customers WHERE city = 'Oslo';"),
      await save('Clear everything', 'DELETE FROM customers'),
      await save('Wages', 'SELECT sum(wage) FROM staff'),
    ] as const;
  });
  expect(good).toMatchObject({ rows: 1, pair: { status: 'confirmed', problem: null } });
  expect(write.pair).toMatchObject({ status: 'rejected', verifiedAt: null });
  expect(gone.pair.problem).toContain('staff');

  const answer = await ask('how many CUSTOMERS are there');
  expect(answer).toMatchObject({ outcome: 'answer', planner: 'example', confidence: 1 });
  expect(answer.rows?.rows).toEqual([[2]]);

  await withBase((base) => base.disableExample(good.pair));
  expect((await ask('how many CUSTOMERS are there')).rows?.rows).toEqual([[3]]);
  await withBase((base) => base.verifyExample(good.pair, signal));
});

it('uses the open state, recommends questions that run, and never shows an example whose columns are hidden', async () => {
  const state = await openState({ home, logger: silentLogger });
  const engine = await openQueryEngine(loaded, { logger: silentLogger, state });
  try {
    const answer = await engine.answer({
      question: 'How many customers are there',
      database: 'club',
      language: null,
      signal,
    });
    expect(answer.planner).toBe('example');
    const source = await engine.sources.open('club', null);
    const request = {
      workflow: 'text2sql',
      namespace: 'club',
      question: 'the number of customers there are',
      database: null,
      schemaName: null,
      today: '2026-01-31',
      notes: [],
      subjectPath: [],
      planMode: false,
      previous: [],
    };
    const near = await engine.knowledge.of(request, source);
    expect(near.examples.map((one) => one.sql)).toEqual(["SELECT count(*) AS n FROM customers WHERE city = 'Oslo'"]);
    const tables = source.schema.tables.map((table) => ({
      ...table,
      columns: table.columns.filter((column) => column.name !== 'city'),
    }));
    const restricted = { ...source, schema: { ...source.schema, tables, fingerprint: 'without city' } };
    expect((await engine.knowledge.of(request, restricted)).examples).toEqual([]);
    const elsewhere = await engine.knowledge.of({ ...request, namespace: 'other' }, source);
    expect(elsewhere.examples).toEqual([]);
    const wanted = { namespace: 'club', language: 'en', limit: 3, signal } as const;
    const questions = await engine.recommendQuestions(source, wanted);
    expect(questions[0]).toBe('How many customers are there?');
    expect(questions.length).toBeGreaterThan(1);
    for (const question of questions) {
      const { outcome } = await engine.answer({ question, database: 'club', language: null, signal });
      expect(outcome, question).toBe('answer');
    }
    expect(await engine.recommendQuestions(source, wanted)).toBe(questions);
  } finally {
    await engine.close();
    await state.close();
  }
});

it('exports and imports terms as Excel and examples as CSV', async () => {
  const termFile = join(home, 'terms.xlsx');
  const exampleFile = join(home, 'examples.csv');
  const { host, lines } = recordingHost();
  const description = '说明, "引号"\n第二行';
  const contents = (base: KnowledgeBase) =>
    base.terms().then((all) => all.map(({ id: _, createdAt: __, updatedAt: ___, ...content }) => content));
  const before = await withBase(async (base) => {
    await base.saveTerms([{ word: '老客', synonyms: ['会员', '买家'], description, datasources: [], enabled: false }]);
    return contents(base);
  });
  expect(await exportTerms(termFile, {}, host)).toBe(0);
  await withBase(async (base) => base.removeTerms((await base.terms()).map(({ id }) => id)));
  expect(await importTerms(termFile, {}, host)).toBe(0);
  expect(await withBase(contents)).toEqual(before);

  const states = (base: KnowledgeBase) =>
    base.examples().then((all) => all.map(({ question, status }) => `${status} ${question}`).sort());
  expect(await exportExamples(exampleFile, {}, host)).toBe(0);
  const known = await withBase(async (base) => {
    const all = await states(base);
    for (const pair of await base.examples()) await base.removeExample(pair);
    return all;
  });
  // Two of the three never ran; importing them says so again.
  expect(await importExamples(exampleFile, {}, host)).toBe(1);
  expect(lines.at(-1)).toBe('imported 1, failed 2');
  expect(await withBase(states)).toEqual(known);
});

it('names file, line and column of what cannot be imported', async () => {
  const { host } = recordingHost();
  const file = join(home, 'wrong.csv');
  writeFileSync(file, 'synonyms\nx\n');
  await expect(importTerms(file, {}, host)).rejects.toThrow(`${file}, line 1: there is no column \`word\``);
  writeFileSync(file, 'word,enabled\nx,perhaps\n');
  await expect(importTerms(file, {}, host)).rejects.toThrow(`${file}, line 2: enabled is \`yes\` or \`no\``);
  writeFileSync(file, 'word,datasources\nx,club\ny,clob\n');
  await expect(importTerms(file, {}, host)).rejects.toThrow('term `y`: there is no datasource `clob`');
  writeFileSync(file, '问题,示例SQL\nHow many?,SELECT 1\n');
  await expect(importExamples(file, {}, host)).rejects.toThrow(`${file}, line 2: there is no datasource`);
});

it('works beside a process that has the state open, and answers despite a damaged copy', async () => {
  const state = await openState({ home, logger: silentLogger });
  const served = await serveState(state, stateSocketPath(home));
  const added = await runQuerent(['terms', 'add', 'zibbel', '--synonym', 'customer'], { home });
  expect(added).toMatchObject({ code: 0, stdout: 'added term zibbel\n' });
  served.close();
  await state.close();
  expect((await ask('how many zibbels are there')).rows?.rows).toEqual([[3]]);

  const copy = join(home, 'state', 'terms-and-examples.json');
  writeFileSync(copy, readFileSync(copy, 'utf8').slice(0, 40));
  expect((await ask('list the city of customers')).outcome).toBe('answer');
});
