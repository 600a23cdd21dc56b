/**
 * Measures the builtin planner on public sets, on databases that its weights never saw:
 * `npm run eval -- --suite spider|chinese-spider|dusql|chase --data DIR [--limit N] [--folds K] [--fold I] [--shipped] [--record]`.
 * The databases are split by a seed; weights are trained on one part (kept in the temporary folder between runs) and
 * measured on the other. `--shipped` measures the checked-in weights instead (which have seen the training sets).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createLearnedPlanner } from '../src/planning/builtin/learned/learned-planner.ts';
import { mergeByResult, type ProbePlan } from '../src/planning/builtin/learned/probe.ts';
import {
  decodeWeights,
  encodeWeights,
  type LearnedWeights,
  shippedWeights,
} from '../src/planning/builtin/learned/weights.ts';
import { loadParser, safeRenderPlan } from '../src/sql/index.ts';
import { type Item, loadChase, loadDusql, loadSpider } from './eval/datasets.ts';
import { recordReport } from './eval/history.ts';
import { measureItem, type Outcome } from './eval/measure.ts';
import { renderReport, reportOf } from './eval/report.ts';
import { foldOf } from './train/base-models.ts';
import { chineseData, trainingMix } from './train/chinese-data.ts';
import { Databases } from './train/examples.ts';
import { TRAIN_DEFAULTS, type TrainOptions, trainPlanner } from './train/train-planner.ts';

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: 'spider' },
    data: { type: 'string' },
    limit: { type: 'string' },
    folds: { type: 'string', default: '4' },
    fold: { type: 'string', default: '0' },
    threshold: { type: 'string', default: '0.75' },
    shipped: { type: 'boolean', default: false },
    probe: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    train: { type: 'string', default: '9000' },
    note: { type: 'string', default: '' },
    errors: { type: 'string' },
  },
});
if (values.suite === 'business') {
  // The business questions have their own measurement, with the product's planner on real engines.
  const script = fileURLToPath(new URL('./measure-business.ts', import.meta.url));
  const env = values.data === undefined ? process.env : { ...process.env, QUERENT_DATA_DIR: values.data };
  const run = spawnSync(process.execPath, ['--no-warnings', script], { stdio: 'inherit', env });
  process.exit(run.status ?? 1);
}
if (values.data === undefined) {
  console.error(
    'usage: npm run eval -- --suite spider|chinese-spider|dusql|chase --data DIR [--limit N] [--folds K] [--fold I] [--shipped] [--record]',
  );
  process.exit(2);
}
const data = values.data;
const cache = join(tmpdir(), 'querent-eval');
mkdirSync(cache, { recursive: true });
const databases = new Databases(join(tmpdir(), values.suite === 'spider' ? 'querent-results' : 'querent-results-zh'));
const SPLIT_SEED = 7;
const folds = Number(values.folds);
const isHeldOut = (item: Item): boolean => foldOf(item.db, folds, SPLIT_SEED) === Number(values.fold);
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

const SYNTHETIC = 4000;

/** Chinese questions of the other folds' databases; DuSQL's are in none of them. */
function chineseTraining(): Training {
  const free = (db: string): boolean =>
    db.startsWith('invented') || foldOf(db, folds, SPLIT_SEED) !== Number(values.fold);
  const made = chineseData(data, databases, free, SYNTHETIC);
  const items = trainingMix(made, Number(values.train));
  return { items, options: { vocabulary: made.vocabulary, pairs: made.pairs } };
}

function suite(): { items: readonly Item[]; weights: LearnedWeights } {
  switch (values.suite) {
    case 'spider': {
      const all = loadSpider(data);
      return {
        items: all.filter((i) => isHeldOut(i) && i.id.startsWith('train_spider')),
        weights: weightsFor('en', () => ({ items: all.filter((i) => !isHeldOut(i)), options: {} })),
      };
    }
    case 'chase':
      return { items: loadChase(data, true).filter(isHeldOut), weights: weightsFor('zh', chineseTraining) };
    case 'chinese-spider': {
      const held = (db: string): boolean => foldOf(db, folds, SPLIT_SEED) === Number(values.fold);
      const { english } = chineseData(data, databases, held, 0);
      return { items: english.filter((i) => i.previous.length === 0), weights: weightsFor('zh', chineseTraining) };
    }
    case 'dusql':
      return { items: loadDusql(data), weights: weightsFor('zh', chineseTraining) };
    default:
      throw new Error(`unknown suite ${values.suite}: use spider, chinese-spider, dusql or chase`);
  }
}

await loadParser('sqlite');
const { items, weights } = suite();
const step = values.limit === undefined ? 1 : Math.max(1, Math.floor(items.length / Number(values.limit)));
const chosen = items.filter((_, i) => i % step === 0);
log(`${chosen.length} questions on ${new Set(chosen.map((i) => i.db)).size} databases`);
const planner = createLearnedPlanner(weights);
const outcomes: Outcome[] = [];
/** As the product probes: a few statements with a small LIMIT. */
const probeOf =
  (item: Item): ProbePlan =>
  async (plan) => {
    const sql = safeRenderPlan(plan, 'sqlite');
    return sql.ok ? (databases.runner(item).rows(`select * from (${sql.value}) limit 50`) ?? null) : null;
  };
for (const item of chosen) {
  planner.prepare(databases.schema(item));
  const outcome = await measureItem(item, databases, async (i, schema, previous) => {
    const candidates = planner.candidates({ question: i.question, schema, today: '2024-01-01', previous });
    return values.probe ? mergeByResult(candidates, probeOf(i)) : candidates;
  });
  if (outcome) outcomes.push(outcome);
}
databases.save();
const report = reportOf(outcomes, Number(values.threshold));
const title = `${values.suite}${values.shipped ? ' (shipped weights)' : ` fold ${values.fold} of ${folds}`}${values.probe ? ' with probing' : ''}${values.note ? ` · ${values.note}` : ''}`;
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
