/** Predicts sketches: four part models and one over frequent whole sketches; parts are recombined. */
import { classify, type TextClassifier } from '../model/text-classifier.ts';
import { recombine, type Sketch, selectPart, setPart, sketchKey, tailPart, wherePart } from '../query/sketch.ts';

export interface SketchModel {
  readonly select: TextClassifier;
  readonly where: TextClassifier;
  readonly tail: TextClassifier;
  readonly set: TextClassifier;
  readonly full: TextClassifier;
  /** How often each tag stands in the select list, apart: finds lists that training never saw as a whole. */
  readonly tags?: Readonly<Record<string, TextClassifier>>;
  /** Every sketch seen in training, with its count. */
  readonly seen: readonly { readonly sketch: Sketch; readonly count: number }[];
}

export interface ScoredSketch {
  readonly sketch: Sketch;
  readonly key: string;
  readonly score: number;
  readonly parts: readonly [select: number, where: number, tail: number, set: number];
  readonly full: number;
  readonly known: boolean;
}

interface Inventory {
  readonly select: Map<string, Sketch>;
  readonly where: Map<string, Sketch>;
  readonly tail: Map<string, Sketch>;
  readonly set: Map<string, Sketch>;
  readonly keys: Map<string, Sketch>;
  readonly pairs: Set<string>;
}

const inventories = new WeakMap<SketchModel, Inventory>();

function inventoryOf(model: SketchModel): Inventory {
  let inventory = inventories.get(model);
  if (inventory === undefined) {
    inventory = {
      select: new Map(),
      where: new Map(),
      tail: new Map(),
      set: new Map(),
      keys: new Map(),
      pairs: new Set(),
    };
    for (const { sketch } of model.seen) {
      inventory.select.set(selectPart(sketch), sketch);
      inventory.where.set(wherePart(sketch), sketch);
      inventory.tail.set(tailPart(sketch), sketch);
      inventory.set.set(setPart(sketch), sketch);
      inventory.keys.set(sketchKey(sketch), sketch);
      inventory.pairs.add(`${selectPart(sketch)}|${tailPart(sketch)}`);
    }
    inventories.set(model, inventory);
  }
  return inventory;
}

/** Score given to a whole sketch that the full model does not know. */
const UNKNOWN = -9;
/** The same for models that also compose select lists: new lists are expected there. */
const UNSEEN = -6;
const NOTHING: Sketch = {
  select: [],
  where: [],
  any: false,
  group: 0,
  having: '',
  havingSub: null,
  order: [],
  limited: false,
  extra: 0,
  setOp: '',
  right: null,
};

/** Tags in the order in which select lists are spelt; what is not listed comes last. */
export const TAG_ORDER: readonly string[] = ['*', 'n', 'c*', 'c', 'sum', 'avg', 'min', 'max'];
const tagRank = (tag: string): number => (TAG_ORDER.includes(tag) ? TAG_ORDER.indexOf(tag) : TAG_ORDER.length);

/** The likeliest select lists by how often each tag stands in them, with their log-probabilities. */
function composeSelect(
  tags: Readonly<Record<string, TextClassifier>>,
  features: readonly string[],
): ReadonlyMap<string, number> {
  const WIDTH = 12;
  let beam: { readonly list: readonly string[]; readonly score: number }[] = [{ list: [], score: 0 }];
  for (const [tag, model] of Object.entries(tags).sort((a, b) => tagRank(a[0]) - tagRank(b[0]))) {
    const logs = classify(model, features);
    beam = beam
      .flatMap(({ list, score }) =>
        model.labels.map((count, i) => ({
          list: [...list, ...new Array<string>(Number(count)).fill(tag)],
          score: score + logs[i]!,
        })),
      )
      .sort((a, b) => b.score - a.score)
      .slice(0, WIDTH);
  }
  return new Map(
    beam.filter(({ list }) => list.length > 0 && list.length <= 5).map(({ list, score }) => [list.join(' '), score]),
  );
}

/** Whole lists and composed ones in one ranking: the mean where both are known. */
function bestSelect(
  whole: readonly (readonly [string, number])[],
  composed: ReadonlyMap<string, number>,
): (readonly [string, number])[] {
  if (composed.size === 0) return [...whole];
  const known = new Map(whole);
  const least = Math.min(...composed.values()) - 1;
  const lists = new Set([...known.keys(), ...composed.keys()]);
  return [...lists]
    .map((list): [string, number] => {
      const a = known.get(list);
      const b = composed.get(list) ?? least;
      return [list, a === undefined ? b - 0.7 : (a + b) / 2];
    })
    .sort((a, b) => b[1] - a[1])
    .slice(0, 10);
}

export function predictSketches(model: SketchModel, features: readonly string[], limit: number): ScoredSketch[] {
  const inventory = inventoryOf(model);
  const composed = model.tags === undefined ? new Map<string, number>() : composeSelect(model.tags, features);
  const select = bestSelect(best(model.select, features, 8), composed);
  const where = best(model.where, features, 8);
  const tail = best(model.tail, features, 8);
  const set = best(model.set, features, 6);
  const fullScores = classify(model.full, features);
  const full = new Map<string, number>();
  model.full.labels.forEach((l, i) => {
    full.set(l, fullScores[i]!);
  });
  const scored = new Map<string, ScoredSketch>();
  const logs = { select: logsOf(select), where: logsOf(where), tail: logsOf(tail), set: logsOf(set) };
  const add = (sketch: Sketch, known: boolean, pair: boolean): void => {
    const key = sketchKey(sketch);
    if (scored.has(key)) return;
    const parts = [
      logs.select.get(selectPart(sketch)) ?? UNKNOWN,
      logs.where.get(wherePart(sketch)) ?? UNKNOWN,
      logs.tail.get(tailPart(sketch)) ?? UNKNOWN,
      logs.set.get(setPart(sketch)) ?? UNKNOWN,
    ] as const;
    const f = Math.max(full.get(key) ?? (model.tags === undefined ? UNKNOWN : UNSEEN), UNKNOWN);
    const score = 0.6 * (parts[0] + parts[1] + parts[2] + parts[3]) + 0.5 * f - (known ? 0 : pair ? 1 : 1.5);
    scored.set(key, { sketch, key, score, parts, full: f, known });
  };
  for (const [key, value] of full) {
    const sketch = value > -6 ? inventory.keys.get(key) : undefined;
    if (sketch !== undefined) add(sketch, true, true);
  }
  for (const [s, a] of select)
    for (const [t, c] of tail) {
      if (a + c < -6) continue;
      const pair = inventory.pairs.has(`${s}|${t}`);
      const list = inventory.select.get(s) ?? { ...NOTHING, select: s.split(' ') };
      if (!pair && !fitTogether(list, inventory.tail.get(t)!)) continue;
      for (const [w, b] of where)
        for (const [x, d] of set) {
          if (a + b + c + d < -9) continue;
          const sketch = recombine(list, inventory.where.get(w)!, inventory.tail.get(t)!, inventory.set.get(x)!);
          add(sketch, inventory.keys.has(sketchKey(sketch)), pair);
        }
    }
  return [...scored.values()].sort((a, b) => b.score - a.score).slice(0, limit);
}

/** Groups go with a plain column beside aggregates; without groups there is only one of the two. */
function fitTogether({ select }: Sketch, tail: Sketch): boolean {
  const plain = select.filter((tag) => !/^(c\*?|count|sum|avg|min|max)/.test(tag)).length;
  if (select.includes('*')) return tail.group === 0 && tail.having === '';
  if (tail.group > 0) return plain > 0;
  return plain === 0 ? tail.order.length === 0 && !tail.limited : plain === select.length;
}

const logsOf = (list: readonly (readonly [string, number])[]): Map<string, number> => new Map(list);

function best(model: TextClassifier, features: readonly string[], limit: number): [string, number][] {
  const scores = classify(model, features);
  const list = model.labels.map((l, i): [string, number] => [l, scores[i]!]);
  return list.sort((a, b) => b[1] - a[1]).slice(0, limit);
}
