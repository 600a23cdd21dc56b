/**
 * Measures the builtin planner on public sets, on databases that its weights never saw:
 * `npm run eval -- --suite spider|dusql|chase --data DIR [--limit N] [--folds K] [--fold I] [--shipped] [--record]`.
 * The databases are split by a seed; weights are trained on one part (kept in the temporary folder between runs) and
 * measured on the other. `--shipped` measures the checked-in weights instead (which have seen the training sets).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { Databases } from './train/examples.ts';
import { TRAIN_DEFAULTS, trainPlanner } from './train/train-planner.ts';

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
    note: { type: 'string', default: '' },
    errors: { type: 'string' },
  },
});
if (values.data === undefined) {
  console.error(
    'usage: npm run eval -- --suite spider|dusql|chase --data DIR [--limit N] [--folds K] [--fold I] [--shipped] [--record]',
  );
  process.exit(2);
}
const data = values.data;
const cache = join(tmpdir(), 'querent-eval');
mkdirSync(cache, { recursive: true });
const databases = new Databases(join(tmpdir(), 'querent-results'));
const SPLIT_SEED = 7;
const folds = Number(values.folds);
const isHeldOut = (item: Item): boolean => foldOf(item.db, folds, SPLIT_SEED) === Number(values.fold);
const started = Date.now();
const log = (line: string): void =>
  console.error(`${((Date.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}`);

function weightsFor(language: 'en' | 'zh', items: readonly Item[]): LearnedWeights {
  if (values.shipped) {
    const weights = shippedWeights(language);
    if (weights === null) throw new Error(`no weights are shipped for ${language}`);
    return weights;
  }
  const file = join(cache, `${language}-${folds}-${values.fold}.bin`);
  if (!values.fresh && existsSync(file)) return decodeWeights(readFileSync(file));
  const weights = trainPlanner(items, databases, { ...TRAIN_DEFAULTS, language, log });
  writeFileSync(file, encodeWeights(weights));
  return weights;
}

function suite(): { items: Item[]; weights: LearnedWeights } {
  switch (values.suite) {
    case 'spider': {
      const all = loadSpider(data);
      return {
        items: all.filter((i) => isHeldOut(i) && i.id.startsWith('train_spider')),
        weights: weightsFor(
          'en',
          all.filter((i) => !isHeldOut(i)),
        ),
      };
    }
    case 'chase': {
      const all = loadChase(data, true);
      return {
        items: all.filter(isHeldOut),
        weights: weightsFor(
          'zh',
          all.filter((i) => !isHeldOut(i)),
        ),
      };
    }
    case 'dusql':
      return { items: loadDusql(data), weights: weightsFor('zh', loadChase(data, true)) };
    default:
      throw new Error(`unknown suite ${values.suite}: use spider, dusql or chase`);
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
