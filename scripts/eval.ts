/**
 * Measures the builtin planner on public sets, on databases that its weights never saw:
 * `npm run eval -- --suite spider|english-follow-ups|chinese-spider|dusql|chase|chase-chinese|business [--data DIR] [--product] [--own-turns] [--probe]
 * [--limit N] [--folds K] [--fold I] [--part validate|develop|all] [--shipped] [--record]`.
 * The databases are split by a seed; weights are trained on one part (kept in the temporary folder between runs) and
 * measured on the other. `--shipped` measures the checked-in weights instead (which have seen the training sets).
 * `--product` measures the whole planner as `querent predict` runs it instead of the learned parser alone, with the arbiter of
 * `--arbiter FILE` (scripts/train-arbiter.ts) instead of the shipped one, which has seen the training sets' questions.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { decodeArbiter } from '../src/planning/builtin/arbitration/arbitrate.ts';
import { DEFAULT_THRESHOLDS } from '../src/planning/builtin/builtin-planner.ts';
import { createLearnedPlanner } from '../src/planning/builtin/learned/learned-planner.ts';
import { mergeByResult } from '../src/planning/builtin/learned/probe.ts';
import {
  decodeWeights,
  encodeWeights,
  type LearnedWeights,
  shippedWeights,
} from '../src/planning/builtin/learned/weights.ts';
import { loadParser, safeRenderPlan } from '../src/sql/index.ts';
import { dataFolder } from './eval/data-folder.ts';
import { type Item, loadChase, loadDusql, loadSpider } from './eval/datasets.ts';
import type { Rows } from './eval/execution.ts';
import { recordReport } from './eval/history.ts';
import { goldTurns, measureItem, type Outcome, type PlanFunction } from './eval/measure.ts';
import { createProductPlanner } from './eval/product-planner.ts';
import { renderReport, reportOf } from './eval/report.ts';
import { foldOf } from './train/base-models.ts';
import { chineseData, trainingMix } from './train/chinese-data.ts';
import { englishConversations, englishTraining } from './train/english-conversations.ts';
import { Databases } from './train/examples.ts';
import { TRAIN_DEFAULTS, type TrainOptions, trainPlanner } from './train/train-planner.ts';

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: 'spider' },
    data: { type: 'string' },
    limit: { type: 'string' },
    folds: { type: 'string', default: '4' },
    fold: { type: 'string', default: '0' },
    threshold: { type: 'string', default: String(DEFAULT_THRESHOLDS.answer) },
    shipped: { type: 'boolean', default: false },
    probe: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    train: { type: 'string', default: '18000' },
    note: { type: 'string', default: '' },
    errors: { type: 'string' },
    product: { type: 'boolean', default: false },
    part: { type: 'string', default: 'validate' },
    'own-turns': { type: 'boolean', default: false },
    arbiter: { type: 'string' },
  },
});
if (values.suite === 'business') {
  // The business questions have their own measurement, with the product's planner on real engines.
  const script = fileURLToPath(new URL('./measure-business.ts', import.meta.url));
  const run = spawnSync(process.execPath, ['--no-warnings', script], { stdio: 'inherit' });
  process.exit(run.status ?? 1);
}
const data = dataFolder(values.data);
const cache = join(tmpdir(), 'querent-eval');
mkdirSync(cache, { recursive: true });
const databases = new Databases(join(tmpdir(), values.suite === 'spider' ? 'querent-results' : 'querent-results-zh'));
const SPLIT_SEED = 7;
const folds = Number(values.folds);
/** Sets that nothing is trained on are split as well: failures are read on one half only. */
const isPart = (item: Item): boolean =>
  values.part === 'all' || (foldOf(item.db, 2, SPLIT_SEED) === 0) === (values.part === 'develop');
const isHeldOutDatabase = (db: string): boolean => foldOf(db, folds, SPLIT_SEED) === Number(values.fold);
const isHeldOut = (item: Item): boolean => isHeldOutDatabase(item.db);
const started = Date.now();
const log = (line: string): void =>
  console.error(`${((Date.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}`);

interface Training {
  readonly items: readonly Item[];
  readonly options: Partial<TrainOptions>;
}

function weightsFor(language: 'en' | 'zh', training: () => Training): LearnedWeights {
  if (values.shipped) {
    const weights = shippedWeights(language);
    if (weights === null) throw new Error(`no weights are shipped for ${language}`);
    return weights;
  }
  const file = join(cache, `${language === 'zh' ? 'chinese' : language}-${folds}-${values.fold}.bin`);
  if (!values.fresh && existsSync(file)) return decodeWeights(readFileSync(file));
  const { items, options } = training();
  const weights = trainPlanner(items, databases, { ...TRAIN_DEFAULTS, language, log, ...options });
  writeFileSync(file, encodeWeights(weights));
  return weights;
}

const SYNTHETIC = 11800;

/** Chinese questions of the other folds' databases; DuSQL's are in none of them. */
function chineseTraining(): Training {
  const made = chineseData(data, databases, (db) => !isHeldOutDatabase(db), SYNTHETIC);
  const items = trainingMix(made, Number(values.train));
  return { items, options: { vocabulary: made.vocabulary, pairs: made.pairs } };
}

const englishItems = (): Training => ({ items: englishTraining(data, (db) => !isHeldOutDatabase(db)), options: {} });

function suite(): { items: readonly Item[]; weights: LearnedWeights } {
  switch (values.suite) {
    case 'spider': {
      const items = loadSpider(data).filter((i) => isHeldOut(i) && i.id.startsWith('train_spider'));
      return { items, weights: weightsFor('en', englishItems) };
    }
    case 'english-follow-ups': {
      // Their wording is made by the same rules as in training; the databases are not the same.
      const { followUps } = englishConversations(data, (db) => isHeldOutDatabase(db));
      return { items: followUps, weights: weightsFor('en', englishItems) };
    }
    case 'chase':
      return { items: loadChase(data, true).filter(isHeldOut), weights: weightsFor('zh', chineseTraining) };
    case 'chinese-spider': {
      const { english } = chineseData(data, databases, isHeldOutDatabase, 0);
      return { items: english.filter((i) => i.previous.length === 0), weights: weightsFor('zh', chineseTraining) };
    }
    case 'chase-chinese': {
      // Conversations over databases with Chinese names that are in no training set.
      const trainable = new Set(loadChase(data, true).map((i) => i.id));
      const others = loadChase(data, false).filter((i) => !trainable.has(i.id));
      return { items: others.filter(isPart), weights: weightsFor('zh', chineseTraining) };
    }
    case 'dusql':
      return { items: loadDusql(data).filter(isPart), weights: weightsFor('zh', chineseTraining) };
    default:
      throw new Error(
        `unknown suite ${values.suite}: use spider, english-follow-ups, chinese-spider, dusql, chase, chase-chinese or business`,
      );
  }
}

await loadParser('sqlite');
const { items, weights } = suite();
const step = values.limit === undefined ? 1 : Math.max(1, Math.floor(items.length / Number(values.limit)));
const chosen = items.filter((_, i) => i % step === 0);
log(`${chosen.length} questions on ${new Set(chosen.map((i) => i.db)).size} databases`);
const threshold = Number(values.threshold);
/** As the product probes: a few statements with a small LIMIT. */
const probe = async (item: Item, sql: string): Promise<Rows | null> =>
  databases.runner(item).rows(`select * from (${sql}) limit 50`);

function learnedAlone(): PlanFunction {
  const planner = createLearnedPlanner(weights);
  return async (item) => {
    const schema = databases.schema(item);
    planner.prepare(schema);
    const previous = goldTurns(item, schema);
    const began = performance.now();
    const found = planner.candidates({ question: item.question, schema, today: '2024-01-01', previous });
    const candidates = values.probe
      ? await mergeByResult(found, async (plan) => {
          const sql = safeRenderPlan(plan, 'sqlite');
          return sql.ok ? probe(item, sql.value) : null;
        })
      : found;
    return { candidates, ms: performance.now() - began };
  };
}

function wholeProduct(): PlanFunction {
  const product = createProductPlanner(
    (language) => (language === weights.language ? weights : null),
    threshold,
    values.arbiter === undefined ? undefined : decodeArbiter(readFileSync(values.arbiter)),
  );
  return async (item) => {
    const schema = await product.schema(item);
    const previous = values['own-turns'] ? await product.ownTurns(item) : goldTurns(item, schema);
    return product.candidates(item, previous, values.probe ? (sql) => probe(item, sql) : null);
  };
}

const plan = values.product ? wholeProduct() : learnedAlone();
const outcomes: Outcome[] = [];
for (const item of chosen) {
  const outcome = await measureItem(item, databases, plan);
  if (outcome) outcomes.push(outcome);
}
databases.save();
const report = reportOf(outcomes, threshold);
const words = [
  values.suite,
  values.shipped ? '(shipped weights)' : `fold ${values.fold} of ${folds}`,
  values.product ? 'whole planner' : 'learned parser alone',
  values['own-turns'] ? 'on its own answers' : '',
  values.probe ? 'with probing' : '',
  values.note ? `· ${values.note}` : '',
];
const title = words.filter((word) => word !== '').join(' ');
console.log(renderReport(title, report));
if (values.errors)
  writeFileSync(
    values.errors,
    JSON.stringify(
      outcomes.filter((o) => o.rank !== 0),
      null,
      1,
    ),
  );
if (values.record) recordReport(join(import.meta.dirname, '../docs/quality'), values.suite, title, report);
