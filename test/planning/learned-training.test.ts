/** Training on a tiny made-up set: the same seed gives the same file, and what was learned is used. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../scripts/eval/datasets.ts';
import { Databases } from '../../scripts/train/examples.ts';
import { RERANK_DEFAULTS } from '../../scripts/train/rerank-trainer.ts';
import { TRAIN_DEFAULTS, trainPlanner } from '../../scripts/train/train-planner.ts';
import { TREE_DEFAULTS, trainTrees } from '../../scripts/train/tree-trainer.ts';
import { createLearnedPlanner } from '../../src/planning/builtin/learned/learned-planner.ts';
import { decodeWeights, encodeWeights } from '../../src/planning/builtin/learned/weights.ts';
import { treesProbability } from '../../src/planning/builtin/model/boosted-trees.ts';
import { renderPlan } from '../../src/sql/index.ts';

const NOUNS = ['boat', 'garden', 'lamp', 'violin', 'castle', 'tunnel'] as const;
const OPTIONS = {
  ...TRAIN_DEFAULTS,
  folds: 2,
  slotHidden: 4,
  rerank: { ...RERANK_DEFAULTS, seeds: 1, h1: 8, h2: 4, networkEpochs: 2 },
};
let folder: string;

function databaseOf(noun: string): string {
  const file = join(folder, `${noun}.sqlite`);
  const db = new DatabaseSync(file);
  db.exec(`create table ${noun} (${noun}_id integer primary key, name text, weight integer, colour text)`);
  db.exec(
    `insert into ${noun} values (1, 'Ada ${noun}', 30, 'red'), (2, 'Bo ${noun}', 50, 'blue'), (3, 'Cy ${noun}', 70, 'red')`,
  );
  db.close();
  return file;
}

function itemsOf(noun: string): Item[] {
  const file = databaseOf(noun);
  const rows: readonly (readonly [string, string])[] = [
    [`How many ${noun}s are there?`, `SELECT count(*) FROM ${noun}`],
    [`Count the ${noun}s.`, `SELECT count(*) FROM ${noun}`],
    [`List the name of all ${noun}s.`, `SELECT name FROM ${noun}`],
    [`What are the names of the ${noun}s?`, `SELECT name FROM ${noun}`],
    [`Show the colour of each ${noun}.`, `SELECT colour FROM ${noun}`],
    [`What is the average weight of the ${noun}s?`, `SELECT avg(weight) FROM ${noun}`],
    [`Which ${noun}s have a weight above 40? Give their names.`, `SELECT name FROM ${noun} WHERE weight > 40`],
    [`Show names of ${noun}s with weight above 60.`, `SELECT name FROM ${noun} WHERE weight > 60`],
    [`Show names of ${noun}s whose colour is "red".`, `SELECT name FROM ${noun} WHERE colour = 'red'`],
  ];
  return rows.map(([question, sql], i) => ({
    id: `${noun}-${i}`,
    set: 'spider',
    db: noun,
    file,
    question,
    sql,
    previous: [],
  }));
}

let items: Item[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'querent-training-'));
  items = NOUNS.flatMap(itemsOf);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('training the learned planner', () => {
  it('gives the same weights from the same seed', () => {
    const first = encodeWeights(trainPlanner(items, new Databases(), OPTIONS));
    const second = encodeWeights(trainPlanner(items, new Databases(), OPTIONS));
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });

  it('carries what was learned to a database that it never saw', () => {
    const weights = decodeWeights(
      encodeWeights(
        trainPlanner(
          items.filter((i) => i.db !== 'tunnel'),
          new Databases(),
          OPTIONS,
        ),
      ),
    );
    const unseen = items.find((i) => i.db === 'tunnel')!;
    const schema = new Databases().schema(unseen);
    const best = createLearnedPlanner(weights).candidates({
      question: 'How many tunnels are there?',
      schema,
      today: '2024-01-01',
    })[0]!;
    expect(renderPlan(best.plan, 'sqlite').toLowerCase()).toMatch(/count\(\*\)[\s\S]*tunnel/);
    expect(best.probability).toBeGreaterThan(0);
    expect(best.probability).toBeLessThan(1);
  });
});

describe('boosted trees', () => {
  /** Yes where exactly one of two signs is on, which no sum of them tells. */
  const examples = Array.from({ length: 400 }, (_, i) => {
    const [a, b] = [i % 2, Math.floor(i / 2) % 3 > 0 ? 1 : 0] as const;
    return { features: Float32Array.of(a, b, 1), yes: a !== b, weight: 1 };
  });

  it('learn what takes two signs at once', () => {
    const model = trainTrees(examples, { ...TREE_DEFAULTS, featureShare: 1 });
    for (const [signs, least, most] of [
      [[1, 0], 0.9, 1],
      [[0, 1], 0.9, 1],
      [[0, 0], 0, 0.1],
      [[1, 1], 0, 0.1],
    ] as const) {
      expect(treesProbability(model, signs), `${signs}`).toBeGreaterThanOrEqual(least);
      expect(treesProbability(model, signs), `${signs}`).toBeLessThanOrEqual(most);
    }
  });
  it('believe heavy examples, and are the same for the same seed', () => {
    const mostlyNo = examples
      .map((e) => ({ ...e, yes: true, weight: 0.1 }))
      .concat(examples.map((e) => ({ ...e, yes: false })));
    expect(treesProbability(trainTrees(mostlyNo), [1, 0])).toBeCloseTo(0.1 / 1.1, 1);
    expect(trainTrees(examples)).toEqual(trainTrees(examples));
  });
});
