/** What a model may do in the steps: comments, proposals, repairs. Whatever it says is proven before it is used. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createModels, type ModelClient, parseModelsConfig } from '../../src/llm/index.ts';
import { steps } from '../../src/pipeline/steps/index.ts';
import { TEST_ENGINES, type TestDatabase } from '../support/engines.ts';
import { answer, type ScriptedModelServer, startScriptedModelServer } from '../support/scripted-model-server.ts';
import { openBench, type StepBench } from './step-context.ts';

const PAIRS = 'qs_shop_20260315_120000_pair.json';

describe('the steps with a model', () => {
  let database: TestDatabase;
  let bench: StepBench;
  let server: ScriptedModelServer;
  let model: ModelClient;
  const file = (name: string): string => readFileSync(join(bench.directory, name), 'utf8');
  const context = () => bench.context({ model, dbName: 'shop', businessContext: 'a shop' });
  const written = (): { question: string; sql: string }[] => JSON.parse(file(PAIRS));

  beforeAll(async () => {
    database = await TEST_ENGINES.find(({ kind }) => kind === 'sqlite')!.create(
      'CREATE TABLE orders (id INTEGER PRIMARY KEY, ord_st TEXT NOT NULL, amount INTEGER NOT NULL)',
      "INSERT INTO orders VALUES (1, 'paid', 10), (2, 'paid', 20), (3, 'open', 5), (4, 'open', 6), (5, 'lost', 7), (6, 'lost', 9)",
    );
    bench = await openBench(database.config);
  });
  afterAll(async () => {
    await bench?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    server = await startScriptedModelServer();
    const definition = {
      type: 'openai-compatible',
      base_url: server.url,
      api_key: 'k',
      model: 'scripted',
      max_retries: 0,
    };
    model = createModels(parseModelsConfig({ target: 'main', models: { main: definition } })).client('pipeline');
  });
  afterEach(() => server.close());

  it('takes its comments, marked as generated, and makes them from names where it fails', async () => {
    server.script(
      answer(
        JSON.stringify({ table: 'Orders of the web shop', columns: { ord_st: 'state of the order', no_such: 'x' } }),
      ),
    );
    await steps.ddl_generation(context());
    expect(file('orders.ddl')).toContain('-- state of the order (generated)');
    expect(file('orders_detail.md')).toContain('Orders of the web shop (generated)');
    expect(file('orders.ddl')).toContain('-- amount (generated)');
    server.script(answer('I cannot help with that.'), answer('Still no.'));
    await steps.ddl_generation(context());
    expect(file('orders.ddl')).toContain('-- order state (generated)');
  });

  it('keeps those of its pairs that are proven, and no other', async () => {
    const good = {
      question: 'What is the largest paid order?',
      sql: "SELECT MAX(amount) AS m FROM orders WHERE ord_st = 'paid';",
    };
    server.script(
      answer(
        JSON.stringify({
          pairs: [
            good,
            { question: 'Delete everything', sql: 'DELETE FROM orders' },
            { question: 'Which planets are there?', sql: 'SELECT planet FROM planets' },
            { question: 'Orders of nobody', sql: "SELECT id FROM orders WHERE ord_st = 'nobody'" },
            { question: `${good.question} `, sql: 'SELECT 1 FROM orders' },
          ],
        }),
      ),
    );
    await steps.qa_generation(context());
    const questions = written().map(({ question }) => question);
    expect(written()).toContainEqual(good);
    expect(questions.filter((question) => question === good.question)).toHaveLength(1);
    for (const bad of ['Delete everything', 'Which planets are there?', 'Orders of nobody'])
      expect(questions).not.toContain(bad);
    expect(questions.length).toBeGreaterThan(8);
  });

  it('asks it for a repair only where rules do not help, and proves the answer', async () => {
    const hopeless = { question: 'Total of paid orders', sql: 'SELECT SOMETHING(THAT IS NO SQL' };
    const spelled = { question: 'Sum', sql: 'SELECT SUM(amuont) AS s FROM orders' };
    writeFileSync(
      join(bench.directory, PAIRS),
      JSON.stringify([spelled, hopeless, { ...hopeless, question: 'Other' }]),
    );
    server.otherwise((request) => {
      const prompt = JSON.stringify(request.body.messages);
      const sql = prompt.includes('Total of paid orders')
        ? "SELECT SUM(amount) AS total FROM orders WHERE ord_st = 'paid'"
        : 'DROP TABLE orders';
      return answer(JSON.stringify({ sql }));
    });
    const { result } = await steps.sql_validation(context());
    expect(result).toMatchObject({ repair_stats: { attempted: 3, successful: 2, failed: 1 } });
    expect(server.requests).toHaveLength(2);
    expect(written()).toEqual([
      { question: 'Sum', sql: 'SELECT SUM(amount) AS s FROM orders;' },
      { question: 'Total of paid orders', sql: "SELECT SUM(amount) AS total FROM orders WHERE ord_st = 'paid';" },
    ]);
  });

  it('does not ask it when that is not allowed', async () => {
    writeFileSync(
      join(bench.directory, PAIRS),
      JSON.stringify([{ question: 'x', sql: 'SELECT nothing FROM nowhere' }]),
    );
    await steps.sql_validation({ ...context(), flags: { ...context().flags, llmRepair: false } });
    expect(server.requests).toHaveLength(0);
  });
});
