/**
 * Trains the learned planner's weights: `npm run train -- [--language en|zh] [--data DIR] [--out FILE] [--limit N] [--folds N]`.
 * DIR holds the unpacked public sets; without it they are unpacked from ../shared/data. Seeded: the same data gives the same file.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeWeights } from '../src/planning/builtin/learned/weights.ts';
import { dataFolder } from './eval/data-folder.ts';
import { chineseData, trainingMix } from './train/chinese-data.ts';
import { englishTraining } from './train/english-conversations.ts';
import { Databases } from './train/examples.ts';
import { TRAIN_DEFAULTS, trainPlanner } from './train/train-planner.ts';

/** Generated questions to draw from, and how many questions to train on in all. */
const SYNTHETIC = 11800;
const CHINESE_QUESTIONS = 18000;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    language: { type: 'string', default: 'en' },
    out: { type: 'string' },
    limit: { type: 'string' },
    folds: { type: 'string', default: '3' },
  },
});
const data = dataFolder(values.data);
const started = Date.now();
const language = values.language === 'zh' ? 'zh' : 'en';
const databases = new Databases(join(tmpdir(), `querent-results-${language}`));
const chinese = language === 'zh' ? chineseData(data, databases, () => true, SYNTHETIC) : null;
const all =
  chinese === null
    ? englishTraining(data, () => true)
    : trainingMix(chinese, Number(values.limit ?? CHINESE_QUESTIONS));
const items =
  values.limit === undefined || chinese !== null
    ? all
    : all.filter((_, i) => i % Math.ceil(all.length / Number(values.limit)) === 0);
const weights = trainPlanner(items, databases, {
  ...TRAIN_DEFAULTS,
  language,
  folds: Number(values.folds),
  vocabulary: chinese?.vocabulary ?? null,
  pairs: chinese?.pairs ?? [],
  log: (line) => console.log(`${((Date.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}`),
});
const out = values.out ?? join(import.meta.dirname, `../src/planning/builtin/weights/learned-${language}.bin`);
mkdirSync(dirname(out), { recursive: true });
const bytes = encodeWeights(weights);
writeFileSync(out, bytes);
console.log(`${out}: ${(bytes.length / 1e6).toFixed(2)} MB`);
