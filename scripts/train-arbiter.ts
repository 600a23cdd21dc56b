/**
 * Fits the arbiter between the builtin planner's generators: which one wins where they disagree, and how sure the winner is.
 *
 *   node_modules/.bin/node scripts/train-arbiter.ts [--weights FOLDER] [--data DIR] [--folds K] [--fold I,J]
 *
 * The learned weights are those that `npm run eval` keeps per fold, so that their questions' databases were not trained on;
 * several folds give more questions. Business questions and conversations come from test/questions, how much each set counts
 * from SHARES. Prints cross-validated figures (by database), then writes src/planning/builtin/arbitration/weights.generated.ts.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  type ArbiterWeights,
  arbitrate,
  confidenceFeatures,
  type LogisticWeights,
  score,
  sigmoid,
  type Winner,
  winnerOf,
} from '../src/planning/builtin/arbitration/arbitrate.ts';
import { type Contest, contestFacts, GATE_FEATURES } from '../src/planning/builtin/arbitration/features.ts';
import { createBuiltinPlanner, DEFAULT_THRESHOLDS } from '../src/planning/builtin/builtin-planner.ts';
import type { GeneratedCandidate } from '../src/planning/builtin/grammar/candidate.ts';
import { createLearnedPlanner, type LearnedPlanner } from '../src/planning/builtin/learned/learned-planner.ts';
import { mergeByResult, type ProbePlan } from '../src/planning/builtin/learned/probe.ts';
import { decodeWeights } from '../src/planning/builtin/learned/weights.ts';
import { detectLanguage } from '../src/planning/builtin/text/language.ts';
import type { PlanningKnowledge, Turn } from '../src/planning/planner.ts';
import { type DatabaseSchema, loadParser, type Plan, planFromSql, planKey, safeRenderPlan } from '../src/sql/index.ts';
import {
  expectedRows,
  judge,
  makeDemos,
  type Place,
  sampleBackground,
} from '../test/questions/business/ask-questions.ts';
import { DEMO_QUESTIONS, REFUSED_QUESTIONS, SAMPLE_QUESTIONS } from '../test/questions/business/index.ts';
import { openSqlite } from '../test/questions/business/query-runner.ts';
import { type BusinessQuestion, TODAY as TODAY_OF } from '../test/questions/business/question.ts';
import { openSamples, SAMPLE_NAMES } from '../test/questions/business/sample-databases.ts';
import { DEMO_CONVERSATIONS, SAMPLE_CONVERSATIONS } from '../test/questions/conversations/index.ts';
import { dataFolder } from './eval/data-folder.ts';
import { type Item, loadSpider } from './eval/datasets.ts';
import { ordersRows } from './eval/execution.ts';
import { foldOf } from './train/base-models.ts';
import { chineseData } from './train/chinese-data.ts';
import { englishConversations } from './train/english-conversations.ts';
import { Databases } from './train/examples.ts';

const { values: args } = parseArgs({
  options: {
    data: { type: 'string' },
    weights: { type: 'string', default: join(tmpdir(), 'querent-eval') },
    folds: { type: 'string', default: '4' },
    fold: { type: 'string', default: '0' },
    limit: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
});
const data = dataFolder(args.data);
const SPLIT_SEED = 7;
const CANDIDATES = 8;
/** Chinese questions generated over databases that the weights have not seen. */
const GENERATED = 1_500;
const TODAY = '2026-11-22';
const NOTHING: PlanningKnowledge = { terms: [], examples: [], measures: [], notes: [] };

/** One question with both sides' candidates, and which of them are right. */
interface Case {
  readonly set: string;
  readonly db: string;
  readonly contest: Contest;
  readonly right: ReadonlySet<string>;
  weight: number;
}

for (const dialect of ['sqlite', 'duckdb', 'postgres'] as const) await loadParser(dialect);
const composer = createBuiltinPlanner({ learned: null });
function learnedPlanner(name: 'en' | 'chinese', fold: string): LearnedPlanner {
  const file = join(args.weights, `${name}-${args.folds}-${fold}.bin`);
  if (!existsSync(file)) {
    const suite = name === 'en' ? 'spider' : 'chinese-spider';
    throw new Error(
      `no weights of fold ${fold} at ${file}: run \`npm run eval -- --suite ${suite} --fold ${fold}\` first`,
    );
  }
  return createLearnedPlanner(decodeWeights(readFileSync(file)));
}
type Planners = Readonly<Record<'en' | 'zh', LearnedPlanner>>;

async function makeCase(
  planners: Planners,
  set: string,
  db: string,
  language: 'en' | 'zh',
  question: string,
  schema: DatabaseSchema,
  today: string,
  previous: readonly Turn[],
  knowledge: PlanningKnowledge,
  isRight: (plan: Plan, sql: string) => Promise<boolean> | boolean,
  probe: ProbePlan | null,
): Promise<Case> {
  const learner = planners[language];
  const request = { question, schema, today, previous, knowledge };
  const planned = await composer.plan(request, { alwaysAnswer: true });
  const composed: GeneratedCandidate[] = (planned.kind === 'answer' ? planned.candidates : []).flatMap((one) =>
    one.plan
      ? [
          {
            plan: one.plan,
            confidence: one.confidence,
            mappings: one.mappings,
            generator: 'grammar' as const,
            features: {},
          },
        ]
      : [],
  );
  const scored = learner.candidates({ question, schema, today, previous }, { limit: CANDIDATES });
  const learned: GeneratedCandidate[] = (probe ? await mergeByResult(scored, probe) : scored).map((one) => ({
    plan: one.plan,
    confidence: one.probability,
    mappings: one.mappings,
    generator: 'learned' as const,
    features: {},
  }));
  const right = new Set<string>();
  for (const one of [...composed.slice(0, 4), ...learned]) {
    const key = planKey(one.plan);
    const sql = safeRenderPlan(one.plan, schema.dialect, { schema });
    if (!right.has(key) && sql.ok && (await isRight(one.plan, sql.value))) right.add(key);
  }
  return {
    set,
    db,
    contest: { question, schema, hasPrevious: previous.length > 0, composed, learned },
    right,
    weight: 1,
  };
}

const databases = new Databases(join(tmpdir(), 'querent-results'));

/** Follow-ups are reported apart. */
const setOf = (item: Item): string =>
  item.id.startsWith('synthetic') ? 'generated' : `${item.set}${item.previous.length > 0 ? '+' : ''}`;

async function publicCases(planners: Planners, items: readonly Item[], language: 'en' | 'zh'): Promise<Case[]> {
  const cases: Case[] = [];
  for (const item of items) {
    // Candidates over the few very large databases take minutes to run.
    if (databases.isBig(item)) continue;
    const runner = databases.runner(item);
    const ordered = ordersRows(item.sql);
    const gold = runner.signature(item.sql, ordered);
    if (gold === null) continue;
    const schema = databases.schema(item);
    const previous = item.previous.map((turn): Turn => {
      const read = planFromSql(turn.sql, 'sqlite', schema);
      return { question: turn.question, sql: turn.sql, plan: read.ok ? read.value : null };
    });
    const made = await makeCase(
      planners,
      setOf(item),
      item.db,
      language,
      item.question,
      schema,
      TODAY,
      previous,
      NOTHING,
      (_plan, sql) => runner.signature(sql, ordered) === gold,
      async (plan) => {
        const sql = safeRenderPlan(plan, 'sqlite', { schema });
        return sql.ok ? runner.rows(`SELECT * FROM (${sql.value}) LIMIT 50`) : null;
      },
    );
    cases.push(made);
  }
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

type Asked = Pick<BusinessQuestion, 'db' | 'language' | 'question' | 'sql' | 'alternatives' | 'ordered'>;

async function placeCase(
  planners: Planners,
  set: string,
  asked: Asked,
  { background, runner }: Place,
  previous: readonly Turn[],
): Promise<Case> {
  const expected = await expectedRows(asked, runner);
  return makeCase(
    planners,
    set,
    asked.db,
    asked.language,
    asked.question,
    background.schema,
    TODAY_OF[asked.db],
    previous,
    background.knowledge,
    async (plan, sql) => {
      const candidate = { plan, sql, confidence: 1, mappings: [], reading: '' };
      const result = {
        kind: 'answer' as const,
        planner: 'builtin' as const,
        language: asked.language,
        candidates: [candidate],
      };
      return (await judge(asked, result, runner, background.schema, expected)).verdict === 'right';
    },
    null,
  );
}

/** What the composed side alone answers, to go on from. */
async function composedTurn(
  question: string,
  db: BusinessQuestion['db'],
  place: Place,
  previous: readonly Turn[],
): Promise<Turn | null> {
  const { schema, knowledge } = place.background;
  const planned = await composer.plan(
    { question, schema, knowledge, today: TODAY_OF[db], previous },
    { alwaysAnswer: true },
  );
  const best = planned.kind === 'answer' ? planned.candidates[0] : undefined;
  return best ? { question, plan: best.plan, sql: best.sql } : null;
}

async function businessCases(planners: Planners, places: ReadonlyMap<string, Place>): Promise<Case[]> {
  const cases: Case[] = [];
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
  for (const refused of REFUSED_QUESTIONS) {
    const { schema, knowledge } = places.get(refused.db)!.background;
    const language = detectLanguage(refused.question);
    const today = TODAY_OF[refused.db];
    const never = () => false;
    cases.push(
      await makeCase(
        planners,
        'refused',
        refused.db,
        language,
        refused.question,
        schema,
        today,
        [],
        knowledge,
        never,
        null,
      ),
    );
  }
  return cases;
}

/** The turns of the conversations, each after the right answers to the turns before it where the composed side has them. */
async function conversationCases(planners: Planners, places: ReadonlyMap<string, Place>): Promise<Case[]> {
  const cases: Case[] = [];
  for (const { db, turns } of [...SAMPLE_CONVERSATIONS, ...DEMO_CONVERSATIONS]) {
    const place = places.get(db)!;
    const previous: Turn[] = [];
    for (const turn of turns) {
      const made = await placeCase(
        planners,
        'business+',
        { ...turn, db, language: detectLanguage(turn.question) },
        place,
        previous,
      );
      if (previous.length > 0) cases.push(made);
      const right = made.contest.composed.find((one) => made.right.has(planKey(one.plan)));
      const { schema } = place.background;
      const sql = right && safeRenderPlan(right.plan, schema.dialect, { schema });
      const next = sql?.ok
        ? { question: turn.question, plan: right!.plan, sql: sql.value }
        : await composedTurn(turn.question, db, place, previous);
      if (next) previous.push(next);
    }
  }
  return cases;
}

interface Sample {
  readonly features: Readonly<Record<string, number>>;
  readonly label: number;
  readonly weight: number;
}

/** Weighted logistic regression by Adam; deterministic. */
function fitLogistic(samples: readonly Sample[], names: readonly string[], l2 = 2e-3, steps = 600): LogisticWeights {
  const w = names.map(() => 0);
  const m = names.map(() => 0);
  const v = names.map(() => 0);
  const total = samples.reduce((sum, one) => sum + one.weight, 0) || 1;
  const rows = samples.map((one) => names.map((name) => one.features[name] ?? 0));
  for (let t = 1; t <= steps; t += 1) {
    const gradient = w.map((value, i) => (names[i] === 'bias' ? 0 : l2 * value));
    rows.forEach((x, row) => {
      const one = samples[row]!;
      const error = ((sigmoid(x.reduce((sum, value, i) => sum + value * w[i]!, 0)) - one.label) * one.weight) / total;
      x.forEach((value, i) => {
        gradient[i]! += error * value;
      });
    });
    gradient.forEach((g, i) => {
      m[i] = 0.9 * m[i]! + 0.1 * g;
      v[i] = 0.999 * v[i]! + 0.001 * g * g;
      w[i]! -= (0.05 * (m[i]! / (1 - 0.9 ** t))) / (Math.sqrt(v[i]! / (1 - 0.999 ** t)) + 1e-8);
    });
  }
  return Object.fromEntries(names.map((name, i) => [name, Math.round(w[i]! * 1000) / 1000]));
}

const isContested = (one: Case): boolean => one.contest.composed.length > 0 && one.contest.learned.length > 0;
const rightFirst = (one: Case, side: 'composed' | 'learned'): boolean => {
  const first = one.contest[side][0];
  return first !== undefined && one.right.has(planKey(first.plan));
};

function train(cases: readonly Case[]): ArbiterWeights {
  const contested = cases.filter(isContested).map((one) => ({ one, facts: contestFacts(one.contest) }));
  const gate = fitLogistic(
    contested
      .filter(({ one, facts }) => !facts.agree && rightFirst(one, 'composed') !== rightFirst(one, 'learned'))
      .map(({ one, facts }) => ({
        features: facts.features,
        label: rightFirst(one, 'composed') ? 1 : 0,
        weight: one.weight,
      })),
    GATE_FEATURES,
  );
  const byWinner: Record<Winner, Sample[]> = { agreed: [], composed: [], learned: [] };
  for (const { one, facts } of contested) {
    const margin = score(gate, facts.features);
    const winner = winnerOf(facts, margin);
    byWinner[winner].push({
      features: confidenceFeatures(facts, margin),
      label: rightFirst(one, winner === 'learned' ? 'learned' : 'composed') ? 1 : 0,
      weight: one.weight,
    });
  }
  const names = Object.keys(confidenceFeatures(contested[0]!.facts, 0));
  return {
    gate,
    agreed: fitLogistic(byWinner.agreed, names, 1e-2),
    composed: fitLogistic(byWinner.composed, names, 5e-3),
    learned: fitLogistic(byWinner.learned, names, 5e-3),
  };
}

interface Judged {
  readonly set: string;
  readonly confidence: number;
  readonly rank: number;
}

function judgeAll(cases: readonly Case[], weights: ArbiterWeights): Judged[] {
  return cases.map((one) => {
    const ranked = arbitrate(one.contest, weights);
    return {
      set: one.set,
      confidence: ranked[0]?.confidence ?? 0,
      rank: ranked.findIndex((candidate) => one.right.has(planKey(candidate.plan))),
    };
  });
}

function report(name: string, judged: readonly Judged[]): void {
  const n = judged.length || 1;
  const sorted = [...judged].sort((a, b) => b.confidence - a.confidence);
  const at = (coverage: number): string => {
    const part = sorted.slice(0, Math.max(1, Math.round(n * coverage)));
    return `${Math.round(coverage * 100)} %: ${(part.filter((one) => one.rank === 0).length / part.length).toFixed(3)} (≥ ${part.at(-1)!.confidence.toFixed(2)})`;
  };
  const sure = judged.filter((one) => one.confidence >= DEFAULT_THRESHOLDS.answer);
  const answered = `answered ${((sure.length / n) * 100).toFixed(1)} %, ${((sure.filter((one) => one.rank === 0).length / (sure.length || 1)) * 100).toFixed(1)} % right`;
  const share = (test: (one: Judged) => boolean): string => ((judged.filter(test).length / n) * 100).toFixed(1);
  console.log(
    `${name.padEnd(10)} n ${n}  first ${share((one) => one.rank === 0)} %  first three ${share((one) => one.rank >= 0 && one.rank < 3)} %  ${answered}  precision at ${[0.2, 0.3, 0.45, 0.6, 0.8].map(at).join(', ')}`,
  );
}

/** An even sample of at most `--limit` questions of a set. */
const sample = (items: readonly Item[]): Item[] => {
  const step = Math.max(1, Math.ceil(items.length / (args.limit ? Number(args.limit) : items.length)));
  return items.filter((_, index) => index % step === 0);
};
const cases: Case[] = [];
for (const [position, fold] of args.fold.split(',').entries()) {
  const planners: Planners = { en: learnedPlanner('en', fold), zh: learnedPlanner('chinese', fold) };
  const held = (db: string): boolean => foldOf(db, Number(args.folds), SPLIT_SEED) === Number(fold);
  const add = async (items: readonly Item[], language: 'en' | 'zh'): Promise<void> => {
    cases.push(...(await publicCases(planners, sample(items), language)));
  };
  await add(
    loadSpider(data, ['train_spider']).filter((item) => held(item.db)),
    'en',
  );
  await add(englishConversations(data, held).followUps, 'en');
  if (position === 0) {
    const { places, close } = await openPlaces();
    cases.push(...(await businessCases(planners, places)), ...(await conversationCases(planners, places)));
    await close();
  }
  const { chinese, english, synthetic } = chineseData(data, databases, held, GENERATED);
  for (const items of [chinese, english, synthetic]) await add(items, 'zh');
}
const sets = [...new Set(cases.map((one) => one.set))];
const size = new Map(sets.map((set) => [set, cases.filter((one) => one.set === set).length]));
/** Few business questions must not outweigh thousands of others by too much. */
const SHARES: Readonly<Record<string, number>> = {
  business: 0.8,
  'business+': 0.5,
  refused: 0.3,
  spider: 1.5,
  'spider+': 0.7,
};
for (const one of cases) one.weight = ((SHARES[one.set] ?? 1) * 1_000) / (size.get(one.set) ?? 1);

const PARTS = 4;
const judged = Array.from({ length: PARTS }, (_, part) => part).flatMap((part) => {
  const inPart = (one: Case): boolean => foldOf(one.db, PARTS, 11) === part;
  return judgeAll(cases.filter(inPart), train(cases.filter((one) => !inPart(one))));
});
console.log('cross-validated by database:');
for (const set of sets)
  report(
    set,
    judged.filter((one) => one.set === set),
  );
const weights = train(cases);
console.log('fitted on everything:');
for (const set of sets)
  report(
    set,
    judgeAll(cases, weights).filter((one) => one.set === set),
  );
if (!args['dry-run']) {
  const file = join(
    dirname(dirname(fileURLToPath(import.meta.url))),
    'src',
    'planning',
    'builtin',
    'arbitration',
    'weights.generated.ts',
  );
  const literal = JSON.stringify(weights, null, 2)
    .replace(/"([a-z]+)":/g, '$1:')
    .replace(/"/g, "'");
  writeFileSync(
    file,
    `/** Fitted by scripts/train-arbiter.ts; see docs/decisions on how and from what. */\nimport type { ArbiterWeights } from './arbitrate.ts';\n\nexport const ARBITER_WEIGHTS: ArbiterWeights = ${literal};\n`,
  );
}
process.exit(0);
