/** Puts questions to the builtin planner, as the engine does, and judges its answers by their rows. */
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createCatalog } from '../../../src/catalog/index.ts';
import { loadDemoSemanticLayer } from '../../../src/engine/demo/demo-knowledge.ts';
import { highwaySql } from '../../../src/engine/demo/highway-sql.ts';
import { generateShop } from '../../../src/engine/demo/shop-data.ts';
import { buildShopDatabase } from '../../../src/engine/demo/shop-database.ts';
import { openDatasource } from '../../../src/execution/index.ts';
import { addSemanticNames, layerForSchema, metricMeasures } from '../../../src/knowledge/index.ts';
import {
  createBuiltinPlanner,
  createLearnedGenerator,
  createMetricPlanner,
  type PlanningKnowledge,
  type PlanResult,
  type Turn,
} from '../../../src/planning/index.ts';
import { type DatabaseSchema, type Plan, renderPlan } from '../../../src/sql/index.ts';
import { holdsRows } from './compare-rows.ts';
import { openDuckdb, openPglite, type PlainRow, type QueryRunner } from './query-runner.ts';
import { type BusinessQuestion, TODAY } from './question.ts';

export interface Background {
  readonly schema: DatabaseSchema;
  readonly knowledge: PlanningKnowledge;
}

/** Values are read to the end, however busy the machine: what was sampled must not decide which questions are answered. */
const catalog = () => createCatalog({ sampleBudgetMs: 600_000 });

const NOTHING_KNOWN: PlanningKnowledge = { terms: [], examples: [], measures: [], notes: [] };

/** What the planner knows about a sample database: its schema with sampled values. */
export async function sampleBackground(path: string): Promise<Background> {
  const datasource = await openDatasource({ kind: 'sqlite', path });
  try {
    return { schema: await catalog().snapshot(datasource, { key: path }), knowledge: NOTHING_KNOWN };
  } finally {
    await datasource.close();
  }
}

/** The same for a demo, with its synonyms and metrics. */
async function demoBackground(kind: 'duckdb' | 'embedded', path: string): Promise<Background> {
  const datasource = await openDatasource({ kind, path }, { scratchDirectory: `${path}-scratch` });
  try {
    const schema = await catalog().snapshot(datasource, { key: path });
    const layer = layerForSchema(await loadDemoSemanticLayer(), schema);
    return {
      schema: addSemanticNames(schema, layer),
      knowledge: { ...NOTHING_KNOWN, measures: metricMeasures(layer), semantics: layer },
    };
  } finally {
    await datasource.close();
  }
}

export interface Place {
  readonly background: Background;
  readonly runner: QueryRunner;
}

/** Both demos, made in a folder, each with what the planner knows about it and a way to run SQL. */
export async function makeDemos(folder: string): Promise<ReadonlyMap<string, Place>> {
  const shop = join(folder, 'shop.duckdb');
  await buildShopDatabase(shop, generateShop(TODAY.demo));
  const highway = join(folder, 'highway');
  const loader = await PGlite.create(highway);
  await loader.transaction(async (transaction) => {
    for (const statement of highwaySql({ today: TODAY.highway })) await transaction.exec(statement);
  });
  await loader.close();
  return new Map([
    ['demo', { background: await demoBackground('duckdb', shop), runner: await openDuckdb(shop) }],
    ['highway', { background: await demoBackground('embedded', highway), runner: await openPglite(highway) }],
  ]);
}

const planner = createMetricPlanner(createBuiltinPlanner({ learned: createLearnedGenerator() }));

type Asked = Pick<BusinessQuestion, 'question' | 'db'> & Partial<Pick<BusinessQuestion, 'after'>>;

/** Asks the planner, without letting it touch the database, after the given turns of a conversation. */
export async function askAfter(
  previous: readonly Turn[],
  { question, db }: Pick<BusinessQuestion, 'question' | 'db'>,
  { schema, knowledge }: Background,
): Promise<PlanResult> {
  return planner.plan({ question, schema, knowledge, today: TODAY[db], previous });
}

/** The same, asking the earlier questions of the conversation first. */
export async function ask(asked: Asked, background: Background): Promise<PlanResult> {
  const previous: Turn[] = [];
  for (const question of asked.after ?? []) {
    const result = await askAfter(previous, { question, db: asked.db }, background);
    if (result.kind !== 'answer') return result;
    const { plan: made, sql } = result.candidates[0]!;
    previous.push({ question, plan: made, sql });
  }
  return askAfter(previous, asked, background);
}

export type Verdict = 'right' | 'wrong' | 'failed' | 'clarify' | 'cannot';

export interface Judgement {
  readonly verdict: Verdict;
  /** The SQL that was run, or the reason for not answering. */
  readonly detail: string;
}

/** Runs the best candidate's plan on an engine and compares its rows with the expected ones. */
export async function judge(
  question: Pick<BusinessQuestion, 'ordered'>,
  result: PlanResult,
  runner: QueryRunner,
  schema: DatabaseSchema,
  expected: readonly (readonly PlainRow[])[],
): Promise<Judgement> {
  if (result.kind !== 'answer') return { verdict: result.kind, detail: result.reason };
  const best = result.candidates[0]!;
  let sql = best.sql;
  try {
    sql = best.plan === null ? best.sql : renderFor(best.plan, runner, schema);
    const rows = await runner.rows(sql);
    const right = expected.some((wanted) => holdsRows(rows, wanted, question.ordered ?? false));
    return { verdict: right ? 'right' : 'wrong', detail: sql };
  } catch (error) {
    return { verdict: 'failed', detail: `${(error as Error).message}\n${sql}` };
  }
}

/** The rows of the hand-written SQL and of its alternatives. */
export async function expectedRows(
  question: Pick<BusinessQuestion, 'sql' | 'alternatives'>,
  runner: QueryRunner,
): Promise<PlainRow[][]> {
  const answers: PlainRow[][] = [];
  for (const sql of [question.sql, ...(question.alternatives ?? [])]) answers.push(await runner.rows(sql));
  return answers;
}

const renderFor = (plan: Plan, runner: QueryRunner, schema: DatabaseSchema): string =>
  renderPlan(plan, runner.dialect, runner.dialect === schema.dialect ? { schema } : {});
