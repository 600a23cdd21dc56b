/** Training data in the vector tables of both kinds of state: loading, finding, backup, truncate, restore. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEmbedder, createTrainingRetriever } from '../../src/knowledge/index.ts';
import type { StepFlags } from '../../src/pipeline/step.ts';
import { backupVectorTables, restoreVectorTables, steps } from '../../src/pipeline/steps/index.ts';
import { createVectorStore, type State } from '../../src/storage/index.ts';
import { TEST_ENGINES, type TestDatabase } from '../support/engines.ts';
import { createTestStore, describeOnBothStates, type TestStore } from '../support/state.ts';
import { openBench, type StepBench } from './step-context.ts';

const SHOP = [
  'CREATE TABLE regions (id INTEGER PRIMARY KEY, region_name TEXT NOT NULL)',
  'CREATE TABLE orders (id INTEGER PRIMARY KEY, region_id INTEGER NOT NULL REFERENCES regions (id), amount DECIMAL(10,2) NOT NULL)',
  "INSERT INTO regions VALUES (1, '华东'), (2, '华南'), (3, '西北')",
  'INSERT INTO orders VALUES (1, 1, 10.5), (2, 1, 20), (3, 2, 7.25)',
];
const PAIRS = [
  {
    question: '各区域的订单金额合计是多少？',
    sql: 'SELECT r.region_name, SUM(o.amount) AS total FROM orders o JOIN regions r ON r.id = o.region_id GROUP BY r.region_name;',
  },
  { question: '一共有多少个订单？', sql: 'SELECT COUNT(*) AS n FROM orders;' },
  { question: '列出所有区域名称', sql: 'SELECT region_name FROM regions;' },
];
const UNPROVEN = [
  { question: '不存在的表', sql: 'SELECT 1 FROM nowhere;' },
  { question: '没有结果', sql: 'SELECT id FROM orders WHERE amount > 1000000;' },
];

describeOnBothStates('training data', (kind) => {
  let store: TestStore;
  let state: State;
  let database: TestDatabase;
  let bench: StepBench;
  const signal = new AbortController().signal;
  const path = (name: string): string => join(bench.directory, name);
  const flags = (changes: Partial<StepFlags>): StepFlags => ({ ...bench.context().flags, ...changes });
  const load = async (changes: Partial<StepFlags> = {}) =>
    (await steps.training_load(bench.context({ state: async () => state, dbName: 'shop', flags: flags(changes) })))
      .result;
  const everything = async (): Promise<unknown> => [
    await state.execute('SELECT uuid::text AS uuid, name FROM langchain_pg_collection ORDER BY name'),
    await state.execute(
      "SELECT id, collection_id::text AS c, md5(translate(embedding::text, '{}', '[]')) AS e, document, cmetadata FROM langchain_pg_embedding ORDER BY id",
    ),
  ];
  const backup = (truncate: boolean, second: number) =>
    backupVectorTables({
      state,
      directory: bench.directory,
      taskId: null,
      truncate,
      now: new Date(2026, 2, 15, 12, 0, second),
      log: () => {},
      signal,
    });
  const folder = (): string => path('vector_bak');

  beforeAll(async () => {
    store = await createTestStore(kind);
    state = await store.open();
    database = await TEST_ENGINES.find((engine) => engine.kind === 'sqlite')!.create(...SHOP);
    bench = await openBench(database.config);
    await steps.ddl_generation(bench.context());
    writeFileSync(path('qs_shop_20260315_120000_pair.json'), JSON.stringify([...PAIRS, ...UNPROVEN]));
  });
  afterAll(async () => {
    await bench?.close();
    await database?.drop();
    await state?.close();
    await store?.remove();
  });

  it('loads structure, documents and the pairs that were proven', async () => {
    expect(await load()).toMatchObject({
      load_successful: true,
      total_records: 7,
      records_added: 7,
      pairs_left_out: 2,
      data_type_counts: { sql: 3, documentation: 2, ddl: 2 },
    });
    const collections = await createVectorStore(state).collections();
    expect(collections.map(({ name, documents }) => [name, documents])).toEqual([
      ['ddl', 2],
      ['documentation', 2],
      ['sql', 3],
    ]);
    const [row] = await state.execute(
      `SELECT id, document FROM langchain_pg_embedding WHERE id LIKE '%-sql' ORDER BY id`,
    );
    expect(row!.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-sql$/);
    expect(Object.keys(JSON.parse(String(row!.document)) as object)).toEqual(['question', 'sql']);
  });

  it('adds nothing when the same content is loaded again', async () => {
    const before = await everything();
    expect(await load()).toMatchObject({ total_records: 7, records_added: 0, records_known: 7 });
    expect(await everything()).toEqual(before);
  });

  it('finds the pairs for a question at once, those of the same database only', async () => {
    const retriever = createTrainingRetriever(state, createEmbedder(null));
    const { schema } = bench.context();
    const found = await retriever.pairs('每个区域的订单金额合计', schema);
    expect(found[0]).toMatchObject(PAIRS[0]!);
    const regions = { ...schema, tables: schema.tables.filter(({ ref }) => ref.name === 'regions') };
    expect((await retriever.pairs('每个区域的订单金额合计', regions)).map(({ sql }) => sql)).not.toContain(
      PAIRS[0]!.sql,
    );
    expect((await retriever.documents('orders 表有哪些字段', schema))[0]).toContain('## orders');
  });

  it('reads pairs back that Vanna exported', async () => {
    const question = '西北有多少订单？';
    const sql = "SELECT COUNT(*) AS n FROM orders o JOIN regions r ON r.id = o.region_id WHERE r.region_name = '西北'";
    writeFileSync(
      path('vanna_pairs.json'),
      JSON.stringify([
        { id: 'a-sql', training_data_type: 'sql', question, content: sql },
        { id: 'b-ddl', training_data_type: 'ddl', question: null, content: 'create table x (id int)' },
      ]),
    );
    expect(await load()).toMatchObject({ records_added: 1, data_type_counts: { sql: 4 } });
    const retriever = createTrainingRetriever(state, createEmbedder(null));
    expect((await retriever.pairs(question, bench.context().schema))[0]).toMatchObject({ question, sql: `${sql};` });
  });

  it('backs both tables up with checksums, empties the documents only, and restores them exactly', async () => {
    const before = await everything();
    const result = await backup(true, 1);
    expect(result).toMatchObject({
      timestamp: '20260315_120001',
      tables: { langchain_pg_collection: { rowCount: 3 }, langchain_pg_embedding: { rowCount: 8 } },
      truncated: { langchain_pg_embedding: { rowsBefore: 8, rowsAfter: 0 } },
    });
    expect(readFileSync(join(folder(), 'langchain_pg_embedding_20260315_120001.csv'), 'utf8')).toMatch(
      /^id,collection_id,embedding,document,cmetadata\n/,
    );
    expect(readFileSync(join(folder(), 'vector_backup_log.txt'), 'utf8')).toMatch(
      /✓ langchain_pg_collection: 3 rows -> /,
    );
    expect(await createVectorStore(state).count('sql')).toBe(0);
    expect(await state.execute('SELECT name FROM langchain_pg_collection')).toHaveLength(3);
    const restored = await restoreVectorTables({
      state,
      directory: folder(),
      timestamp: '20260315_120001',
      tables: [],
      truncateFirst: false,
      signal,
    });
    expect(restored.restored).toMatchObject({
      langchain_pg_collection: { rows: 3 },
      langchain_pg_embedding: { rows: 8 },
    });
    expect(await everything()).toEqual(before);
  });

  it('restores into collections that were made anew meanwhile', async () => {
    const { timestamp } = await backup(false, 2);
    const vectors = createVectorStore(state);
    for (const { name } of await vectors.collections()) await vectors.dropCollection(name);
    await vectors.add('sql', [{ document: 'other', metadata: {}, embedding: [1, 0] }]);
    await restoreVectorTables({ state, directory: folder(), timestamp, truncateFirst: false, signal });
    expect(await vectors.count('sql')).toBe(5);
    await vectors.remove('sql', {
      filter: {},
      ids: [(await vectors.list('sql', { limit: 9 })).find(({ document }) => document === 'other')!.id],
    });
  });

  it('refuses a damaged or missing backup and changes nothing', async () => {
    const { timestamp } = await backup(false, 3);
    const file = join(folder(), `langchain_pg_embedding_${timestamp}.csv`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('订单', '定单'));
    const before = await everything();
    const restore = (at: string) =>
      restoreVectorTables({ state, directory: folder(), timestamp: at, truncateFirst: true, signal });
    await expect(restore(timestamp)).rejects.toMatchObject({
      code: 'request-invalid',
      message: expect.stringContaining('checksum'),
    });
    await expect(restore('20200101_000000')).rejects.toMatchObject({ code: 'not-found' });
    await expect(restore('../../etc')).rejects.toMatchObject({ code: 'request-invalid' });
    expect(await everything()).toEqual(before);
  });

  it('leaves the documents alone when the backup cannot be written', async () => {
    const before = await everything();
    writeFileSync(path('a-file'), '');
    await expect(
      backupVectorTables({
        state,
        directory: path('a-file'),
        taskId: null,
        truncate: true,
        now: new Date(),
        log: () => {},
        signal,
      }),
    ).rejects.toMatchObject({ code: 'VECTOR_BACKUP_FAILED' });
    expect(await everything()).toEqual(before);
  });

  it('leaves the documents alone when they cannot be truncated, and says so in the log of the backup', async () => {
    const before = await everything();
    await state.execute('CREATE TABLE blocker (id varchar REFERENCES langchain_pg_embedding (id))');
    await expect(backup(true, 4)).rejects.toMatchObject({ code: 'VECTOR_TRUNCATE_FAILED' });
    await state.execute('DROP TABLE blocker');
    expect(await everything()).toEqual(before);
    expect(readFileSync(join(folder(), 'vector_backup_log.txt'), 'utf8')).toContain('✗ langchain_pg_embedding');
    expect(readdirSync(folder()).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('backs up and empties before it loads, and loads nothing when told so', async () => {
    expect(await load({ truncateVectorTables: true, skipTraining: true })).toMatchObject({
      skipped: true,
      vector: {
        truncate_performed: true,
        truncate_results: { langchain_pg_embedding: { rows_before: 8, rows_after: 0 } },
      },
    });
    expect(await load({ backupVectorTables: true })).toMatchObject({
      records_added: 8,
      vector: { backup_performed: true, truncate_performed: false },
    });
  });
});
