/**
 * Fits the arbiter between the builtin planner's generators: how likely each of their candidates is right in the light of all.
 *
 *   node_modules/.bin/node scripts/train-arbiter.ts [--weights FOLDER] [--data DIR] [--folds K] [--fold I,J] [--limit N]
 *     [--fresh] [--parts N] [--out FILE] [--dry-run]
 *
 * The learned weights are those that `npm run eval` keeps per fold, so that their questions' databases were not trained on;
 * several folds give more questions. Business questions and conversations come from test/questions, how much each set counts
 * from SHARES. The public questions' candidates are kept beside the weights, as finding them takes minutes: `--fresh` after a
 * change of the grammar or of the weights.
 * Prints figures cross-validated by database in `--parts` (0: none), then writes src/planning/builtin/weights/arbiter.bin.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Arbiter, arbitrate, encodeArbiter } from '../src/planning/builtin/arbitration/arbitrate.ts';
import { judgedCandidates, SIGN_NAMES } from '../src/planning/builtin/arbitration/signs.ts';
import { DEFAULT_THRESHOLDS } from '../src/planning/builtin/builtin-planner.ts';
import { createLearnedPlanner, type LearnedPlanner } from '../src/planning/builtin/learned/learned-planner.ts';
import { decodeWeights } from '../src/planning/builtin/learned/weights.ts';
import { loadParser, planKey } from '../src/sql/index.ts';
import { dataFolder } from './eval/data-folder.ts';
import { type Item, loadSpider } from './eval/datasets.ts';
import { type ArbiterCase, businessCases, type Planners, publicCases } from './train/arbiter-cases.ts';
import { foldOf } from './train/base-models.ts';
import { chineseData } from './train/chinese-data.ts';
import { englishConversations } from './train/english-conversations.ts';
import { Databases } from './train/examples.ts';
import { TREE_DEFAULTS, type TreeExample, trainTrees } from './train/tree-trainer.ts';

const { values: args } = parseArgs({
  options: {
    data: { type: 'string' },
    weights: { type: 'string', default: join(tmpdir(), 'querent-eval') },
    folds: { type: 'string', default: '4' },
    fold: { type: 'string', default: '0' },
    limit: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    parts: { type: 'string', default: '6' },
    out: { type: 'string', default: join(import.meta.dirname, '../src/planning/builtin/weights/arbiter.bin') },
    'dry-run': { type: 'boolean', default: false },
  },
});
const data = dataFolder(args.data);
const SPLIT_SEED = 7;
/** Chinese questions generated over databases that the weights have not seen. */
const GENERATED = 1_500;

for (const dialect of ['sqlite', 'duckdb', 'postgres'] as const) await loadParser(dialect);
function learnedPlanner(language: 'en' | 'zh', fold: string): LearnedPlanner {
  const name = language === 'zh' ? 'chinese' : language;
  const file = join(args.weights, `${name}-${args.folds}-${fold}.bin`);
  if (!existsSync(file)) {
    const suite = language === 'en' ? 'spider' : 'chinese-spider';
    throw new Error(
      `no weights of fold ${fold} at ${file}: run \`npm run eval -- --suite ${suite} --fold ${fold}\` first`,
    );
  }
  return createLearnedPlanner(decodeWeights(readFileSync(file)));
}

/** A case, and how much it counts. */
interface Weighted {
  readonly one: ArbiterCase;
  readonly weight: number;
}

/** Candidates that neither side puts first are many and easily told: they count less. */
const LOWER = 0.4;
/** A leaf of a few business questions would know them by heart. */
const OPTIONS = { ...TREE_DEFAULTS, rate: 0.05, leastWeight: 30, leastExamples: 60 };

function train(cases: readonly Weighted[]): Arbiter {
  const examples = cases.flatMap(({ one, weight }): TreeExample[] => {
    const { composed, learned } = one.contest;
    if (composed.length === 0 || learned.length === 0) return [];
    const first = [composed[0]!, learned[0]!].map(({ plan }) => planKey(plan));
    return judgedCandidates(one.contest).map(({ key, signs }) => ({
      features: signs,
      yes: one.right.includes(key),
      weight: first.includes(key) ? weight : weight * LOWER,
    }));
  });
  const mean = examples.reduce((sum, one) => sum + one.weight, 0) / examples.length;
  return {
    names: SIGN_NAMES,
    trees: trainTrees(
      examples.map((one) => ({ ...one, weight: one.weight / mean })),
      OPTIONS,
    ),
  };
}

interface Judged {
  readonly set: string;
  readonly confidence: number;
  readonly rank: number;
}

function judgeAll(cases: readonly Weighted[], arbiter: Arbiter): Judged[] {
  return cases.map(({ one }) => {
    const ranked = arbitrate(one.contest, arbiter);
    return {
      set: one.set,
      confidence: ranked[0]?.confidence ?? 0,
      rank: ranked.findIndex((candidate) => one.right.includes(planKey(candidate.plan))),
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

const databases = new Databases(join(tmpdir(), 'querent-results'));

async function foldCases(language: 'en' | 'zh', fold: string): Promise<ArbiterCase[]> {
  const held = (db: string): boolean => foldOf(db, Number(args.folds), SPLIT_SEED) === Number(fold);
  const cases: ArbiterCase[] = [];
  const learner = learnedPlanner(language, fold);
  const add = async (items: readonly Item[]): Promise<void> => {
    cases.push(...(await publicCases(learner, databases, sample(items))));
  };
  if (language === 'en') {
    await add(loadSpider(data, ['train_spider']).filter((item) => held(item.db)));
    await add(englishConversations(data, held).followUps);
  } else {
    const { chinese, english, synthetic } = chineseData(data, databases, held, GENERATED);
    for (const items of [chinese, english, synthetic]) await add(items);
  }
  return cases;
}

/** The kept cases, or those that `make` finds. */
async function kept(name: string, make: () => Promise<ArbiterCase[]>): Promise<ArbiterCase[]> {
  const file = join(args.weights, `arbiter-${name}.jsonl`);
  if (!args.fresh && existsSync(file))
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ArbiterCase);
  const cases = await make();
  writeFileSync(file, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
  console.error(`${cases.length} cases kept in ${file}`);
  return cases;
}

const folds = args.fold.split(',');
const found: ArbiterCase[] = [];
for (const fold of folds)
  for (const language of ['en', 'zh'] as const)
    found.push(
      ...(await kept(`${language}-${args.folds}-${fold}-${args.limit ?? 'all'}`, () => foldCases(language, fold))),
    );
const planners: Planners = { en: learnedPlanner('en', folds[0]!), zh: learnedPlanner('zh', folds[0]!) };
found.push(...(await businessCases(planners)));
/** Few business questions must not outweigh thousands of others by too much; generated ones are worded as the generator does. */
const SHARES: Readonly<Record<string, number>> = {
  business: 2.2,
  'business+': 1.4,
  little: 1.2,
  'little+': 0.9,
  refused: 0.3,
  spider: 1.5,
  'spider+': 0.7,
  generated: 0.4,
};
/** Our own questions are all asked over much data; people ask the same of little. */
const LITTLE = [40, 400, 1_500] as const;
const ours = found.filter((one) => one.set.startsWith('business'));
found.push(
  ...ours.map((one, i) => ({
    ...one,
    set: one.set.replace('business', 'little'),
    contest: { ...one.contest, rows: LITTLE[i % LITTLE.length]! },
  })),
);
const sets = [...new Set(found.map((one) => one.set))];
const size = new Map(sets.map((set) => [set, found.filter((one) => one.set === set).length]));
const cases = found.map(
  (one): Weighted => ({ one, weight: ((SHARES[one.set] ?? 1) * 1_000) / (size.get(one.set) ?? 1) }),
);

const reportAll = (title: string, judged: readonly Judged[]): void => {
  console.log(title);
  for (const set of sets)
    report(
      set,
      judged.filter((one) => one.set === set),
    );
};
const parts = Number(args.parts);
const judged = Array.from({ length: parts }, (_, part) => part).flatMap((part) => {
  const inPart = ({ one }: Weighted): boolean => foldOf(one.db, parts, 11) === part;
  return judgeAll(cases.filter(inPart), train(cases.filter((one) => !inPart(one))));
});
if (parts > 0) reportAll('cross-validated by database:', judged);
const arbiter = train(cases);
reportAll('fitted on everything:', judgeAll(cases, arbiter));
if (!args['dry-run']) writeFileSync(args.out, encodeArbiter(arbiter));
process.exit(0);
