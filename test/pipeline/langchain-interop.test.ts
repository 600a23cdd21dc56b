/** LangChain's own PGVector (Python) finds what training_load wrote, and what it writes is found by us. */
import { execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/kernel/index.ts';
import { createEmbedder, createTrainingRetriever, lexicalVector } from '../../src/knowledge/index.ts';
import { steps } from '../../src/pipeline/steps/index.ts';
import { openState, type State } from '../../src/storage/index.ts';
import { TEST_ENGINES, type TestDatabase, temporaryFolder } from '../support/engines.ts';
import { hasPython, PYTHON } from '../support/python.ts';
import { openBench, type StepBench } from './step-context.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

type Found = [text: string, metadata: Record<string, unknown>, distance: number];

describe.skipIf(!hasPython)('LangChain on our vector tables (needs scripts/install-python-interop.sh)', () => {
  const folder = temporaryFolder();
  let server: ReturnType<typeof spawn>;
  let url: string;
  let state: State;
  let database: TestDatabase;
  let bench: StepBench;
  const pair = {
    question: '各区域的销售额合计是多少？',
    sql: 'SELECT region, SUM(amount) AS total FROM sales GROUP BY region;',
  };
  const other = { question: '一共有多少条销售记录？', sql: 'SELECT COUNT(*) AS n FROM sales;' };

  const langchain = (job: { search?: [string, string][]; add?: [string, string, object][]; texts: string[] }) =>
    new Promise<Found[][]>((resolve, reject) => {
      const vectors = Object.fromEntries(job.texts.map((text) => [text, lexicalVector(text)]));
      const child = execFile(
        PYTHON,
        [at('interop/langchain_reader.py')],
        { timeout: 100_000 },
        (error, output, problems) =>
          error ? reject(new Error(`${error.message}\n${problems}`)) : resolve(JSON.parse(output) as Found[][]),
      );
      child.stdin!.end(JSON.stringify({ url, ...job, vectors }));
    });

  beforeAll(async () => {
    server = spawn(PYTHON, [at('interop/pgvector_server.py'), join(folder.path, 'pg')], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const lines = createInterface({ input: server.stdout! });
    url = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    state = await openState({ home: folder.path, url, logger: silentLogger });
    database = await TEST_ENGINES.find(({ kind }) => kind === 'sqlite')!.create(
      'CREATE TABLE sales (id INTEGER PRIMARY KEY, region TEXT, amount INTEGER)',
      "INSERT INTO sales VALUES (1, '华东', 10), (2, '华南', 20)",
    );
    bench = await openBench(database.config);
    const context = bench.context({ state: async () => state, dbName: 'sales', businessContext: '销售' });
    await steps.ddl_generation(context);
    writeFileSync(join(bench.directory, 'qs_sales_20260315_120000_pair.json'), JSON.stringify([pair, other]));
    await steps.training_load(context);
  }, 240_000);
  afterAll(async () => {
    await state?.close();
    await bench?.close();
    await database?.drop();
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.stdin!.end();
    await ended;
    folder.remove();
  });

  it('keeps vectors in the type of pgvector', () => {
    expect(state.hasVectorType).toBe(true);
  });

  it('finds the right pair, DDL and document for a question', async () => {
    const question = '每个区域的销售额';
    const [pairs, ddl, documents] = await langchain({
      texts: [question, 'sales 表'],
      search: [
        ['sql', question],
        ['ddl', 'sales 表'],
        ['documentation', 'sales 表'],
      ],
    });
    expect(pairs!.map(([text]) => JSON.parse(text) as unknown)).toEqual([pair, other]);
    expect(pairs![0]![2]).toBeLessThan(pairs![1]![2]);
    expect(pairs![0]![1]).toMatchObject({ db_name: 'sales', id: expect.stringMatching(/-sql$/) });
    expect(ddl![0]![0]).toContain('create table sales (');
    expect(documents![0]![0]).toContain('## sales');
  });

  it('lets us find at once what LangChain adds', async () => {
    const question = '销售额最高的区域是哪个？';
    const text = JSON.stringify({ question, sql: 'SELECT region FROM sales ORDER BY amount DESC LIMIT 1' });
    await langchain({ texts: [text], add: [['sql', text, { source: 'langchain' }]] });
    const retriever = createTrainingRetriever(state, createEmbedder(null));
    const found = await retriever.pairs(question, bench.context().schema);
    expect(found[0]).toMatchObject({ question });
  });
});
