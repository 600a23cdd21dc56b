/**
 * What the arbiter learns from: questions with the candidates of both generators and which of them are right, of the public
 * sets (over databases that the given weights have not seen) and of the business questions and conversations.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCatalog } from '../../src/catalog/index.ts';
import { openDatasource } from '../../src/execution/index.ts';
import { type Contest, rowsOf } from '../../src/planning/builtin/arbitration/contest.ts';
import { createBuiltinPlanner } from '../../src/planning/builtin/builtin-planner.ts';
import { compose } from '../../src/planning/builtin/compose.ts';
import type { GeneratedCandidate } from '../../src/planning/builtin/grammar/candidate.ts';
import { buildSchemaIndex, type SchemaIndex } from '../../src/planning/builtin/grammar/schema-index.ts';
import type { LearnedPlanner } from '../../src/planning/builtin/learned/learned-planner.ts';
import { mergeByResult, type ProbePlan } from '../../src/planning/builtin/learned/probe.ts';
import { detectLanguage } from '../../src/planning/builtin/text/language.ts';
import { normalizeQuestion } from '../../src/planning/builtin/text/normalize.ts';
import type { PlanningKnowledge, Turn } from '../../src/planning/planner.ts';
import { type DatabaseSchema, type Plan, planFromSql, planKey, safeRenderPlan } from '../../src/sql/index.ts';
import {
  expectedRows,
  judge,
  makeDemos,
  type Place,
  sampleBackground,
} from '../../test/questions/business/ask-questions.ts';
import { DEMO_QUESTIONS, REFUSED_QUESTIONS, SAMPLE_QUESTIONS } from '../../test/questions/business/index.ts';
import { openSqlite } from '../../test/questions/business/query-runner.ts';
import { type BusinessQuestion, TODAY as TODAY_OF } from '../../test/questions/business/question.ts';
import { openSamples, SAMPLE_NAMES } from '../../test/questions/business/sample-databases.ts';
import { DEMO_CONVERSATIONS, SAMPLE_CONVERSATIONS } from '../../test/questions/conversations/index.ts';
import { BoundedRunner } from '../eval/bounded-runner.ts';
import type { Item } from '../eval/datasets.ts';
import { ordersRows } from '../eval/execution.ts';
import type { Databases } from './examples.ts';

/** One question with both sides' candidates, and which of them are right; JSON. */
export interface ArbiterCase {
  readonly set: string;
  readonly db: string;
  readonly contest: Contest;
  /** Keys of the plans that give the right rows. */
  readonly right: readonly string[];
}

export type Planners = Readonly<Record<'en' | 'zh', LearnedPlanner>>;

const CANDIDATES = 8;
const TODAY = '2026-11-22';
const NOTHING: PlanningKnowledge = { terms: [], examples: [], measures: [], notes: [] };
const composer = createBuiltinPlanner({ learned: null });
const indexes = new Map<DatabaseSchema, SchemaIndex>();

function indexOf(schema: DatabaseSchema): SchemaIndex {
  const index = indexes.get(schema) ?? buildSchemaIndex(schema);
  indexes.set(schema, index);
  return index;
}

interface Asked {
  readonly set: string;
  readonly db: string;
  readonly question: string;
  readonly schema: DatabaseSchema;
  readonly today: string;
  readonly previous: readonly Turn[];
  readonly knowledge: PlanningKnowledge;
  readonly isRight: (plan: Plan, sql: string) => Promise<boolean> | boolean;
  readonly probe: ProbePlan | null;
}

async function makeCase(learner: LearnedPlanner, asked: Asked): Promise<ArbiterCase> {
  const { question, schema, today, previous, knowledge, probe } = asked;
  const text = normalizeQuestion(question);
  const language = detectLanguage(text);
  const { candidates: composed } = compose({ text, language, index: indexOf(schema), today, knowledge }, previous);
  const scored = learner.candidates({ question, schema, today, previous }, { limit: CANDIDATES });
  const merged = probe ? await mergeByResult(scored, probe) : scored;
  const learned = merged.map(
    ({ plan, probability, mappings }): GeneratedCandidate => ({
      plan,
      confidence: probability,
      mappings,
      generator: 'learned',
      features: {},
    }),
  );
  const right = new Set<string>();
  for (const { plan } of [...composed, ...learned]) {
    const key = planKey(plan);
    const sql = safeRenderPlan(plan, schema.dialect, { schema });
    if (!right.has(key) && sql.ok && (await asked.isRight(plan, sql.value))) right.add(key);
  }
  const contest: Contest = {
    question: text,
    rows: rowsOf(schema),
    hasPrevious: previous.length > 0,
    composed,
    learned,
  };
  return { set: asked.set, db: asked.db, contest, right: [...right] };
}

/** Chinese questions over English schemas, and follow-ups, are sets of their own. */
function setOf({ id, set, question, previous }: Item): string {
  if (id.startsWith('synthetic')) return 'generated';
  const name = detectLanguage(question) === 'en' ? 'spider' : id.endsWith('-en') ? 'chinese-spider' : set;
  return `${name}${previous.length > 0 ? '+' : ''}`;
}

/** Cases of one public set, over schemas as the catalog reads them. */
export async function publicCases(
  learner: LearnedPlanner,
  databases: Databases,
  items: readonly Item[],
): Promise<ArbiterCase[]> {
  const places = new Map<string, { readonly schema: DatabaseSchema; readonly bounded: BoundedRunner }>();
  const catalog = createCatalog();
  const placeOf = async (file: string): Promise<{ schema: DatabaseSchema; bounded: BoundedRunner }> => {
    const datasource = await openDatasource({ kind: 'sqlite', path: file });
    const schema = await catalog.snapshot(datasource, { key: file });
    await datasource.close();
    return { schema, bounded: new BoundedRunner(file, schema) };
  };
  const cases: ArbiterCase[] = [];
  for (const [position, item] of items.entries()) {
    const runner = databases.runner(item);
    const ordered = ordersRows(item.sql);
    const gold = runner.signature(item.sql, ordered);
    if (gold === null) continue;
    const place = places.get(item.file) ?? (await placeOf(item.file));
    places.set(item.file, place);
    const { schema, bounded } = place;
    // Some candidates over the few very large databases would take minutes.
    const big = databases.isBig(item);
    const previous = item.previous.map((turn): Turn => {
      const read = planFromSql(turn.sql, 'sqlite', schema);
      return { question: turn.question, sql: turn.sql, plan: read.ok ? read.value : null };
    });
    const probe: ProbePlan = async (plan) => {
      const sql = safeRenderPlan(plan, 'sqlite', { schema });
      if (!sql.ok) return null;
      return big ? bounded.rows(sql.value, 50) : runner.rows(`SELECT * FROM (${sql.value}) LIMIT 50`);
    };
    const made = await makeCase(learner, {
      set: setOf(item),
      db: item.db,
      question: item.question,
      schema,
      today: TODAY,
      previous,
      knowledge: NOTHING,
      isRight: async (_plan, sql) =>
        (big ? await bounded.signature(sql, ordered) : runner.signature(sql, ordered)) === gold,
      // Every other question is asked without probing: the product's owner may forbid it.
      probe: position % 2 === 0 ? probe : null,
    });
    cases.push(made);
  }
  for (const { bounded } of places.values()) await bounded.close();
  return cases;
}

/** The sample databases and demos that business questions are asked of, and what to do when they are no longer needed. */
async function openPlaces(): Promise<{ places: ReadonlyMap<string, Place>; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'querent-arbiter-'));
  const samples = await openSamples();
  const places = new Map<string, Place>();
  for (const name of SAMPLE_NAMES)
    places.set(name, {
      background: await sampleBackground(samples.path(name)),
      runner: await openSqlite(samples.path(name)),
    });
  for (const [name, place] of await makeDemos(folder)) places.set(name, place);
  const close = async (): Promise<void> => {
    for (const { runner } of places.values()) await runner.close();
    await samples.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { places, close };
}

type BusinessAsked = Pick<BusinessQuestion, 'db' | 'language' | 'question' | 'sql' | 'alternatives' | 'ordered'>;

async function placeCase(
  planners: Planners,
  set: string,
  asked: BusinessAsked,
  { background, runner }: Place,
  previous: readonly Turn[],
): Promise<ArbiterCase> {
  const expected = await expectedRows(asked, runner);
  return makeCase(planners[asked.language], {
    ...background,
    set,
    db: asked.db,
    question: asked.question,
    today: TODAY_OF[asked.db],
    previous,
    isRight: async (plan, sql) => {
      const candidate = { plan, sql, confidence: 1, mappings: [], reading: '' };
      const { language } = asked;
      const result = { kind: 'answer' as const, planner: 'builtin' as const, language, candidates: [candidate] };
      return (await judge(asked, result, runner, background.schema, expected)).verdict === 'right';
    },
    probe: null,
  });
}

/** What the composed side alone answers, to go on from. */
async function composedTurn(
  question: string,
  db: BusinessQuestion['db'],
  place: Place,
  previous: readonly Turn[],
): Promise<Turn | null> {
  const request = { ...place.background, question, today: TODAY_OF[db], previous };
  const planned = await composer.plan(request, { alwaysAnswer: true });
  const best = planned.kind === 'answer' ? planned.candidates[0] : undefined;
  return best ? { question, plan: best.plan, sql: best.sql } : null;
}

/** The business questions, those that have no answer, and the turns of the conversations. */
export async function businessCases(planners: Planners): Promise<ArbiterCase[]> {
  const { places, close } = await openPlaces();
  const cases: ArbiterCase[] = [];
  for (const asked of [...SAMPLE_QUESTIONS, ...DEMO_QUESTIONS]) {
    const place = places.get(asked.db)!;
    const previous: Turn[] = [];
    for (const question of asked.after ?? []) {
      const turn = await composedTurn(question, asked.db, place, previous);
      if (turn) previous.push(turn);
    }
    cases.push(await placeCase(planners, 'business', asked, place, previous));
  }
  // Questions that have no answer: whatever is proposed is wrong, and has to be unsure.
  for (const { db, question } of REFUSED_QUESTIONS)
    cases.push(
      await makeCase(planners[detectLanguage(question)], {
        ...places.get(db)!.background,
        set: 'refused',
        db,
        question,
        today: TODAY_OF[db],
        previous: [],
        isRight: () => false,
        probe: null,
      }),
    );
  // Each turn after the right answers to the turns before it where the composed side has them.
  for (const { db, turns } of [...SAMPLE_CONVERSATIONS, ...DEMO_CONVERSATIONS]) {
    const place = places.get(db)!;
    const previous: Turn[] = [];
    for (const turn of turns) {
      const asked = { ...turn, db, language: detectLanguage(turn.question) };
      const made = await placeCase(planners, previous.length > 0 ? 'business+' : 'business', asked, place, previous);
      cases.push(made);
      const right = made.contest.composed.find((one) => made.right.includes(planKey(one.plan)));
      const { schema } = place.background;
      const sql = right && safeRenderPlan(right.plan, schema.dialect, { schema });
      const next = sql?.ok
        ? { question: turn.question, plan: right!.plan, sql: sql.value }
        : await composedTurn(turn.question, db, place, previous);
      if (next) previous.push(next);
    }
  }
  await close();
  return cases;
}
