/** Trains the models below the slots: sketches, roles, small choices and the lexicon. */
import { NAMED } from '../../src/planning/builtin/learned/linking/linker.ts';
import {
  type ClassifierOptions,
  type TextClassifier,
  type TrainingExample,
  trainClassifier,
} from '../../src/planning/builtin/learned/model/text-classifier.ts';
import { visitColumns } from '../../src/planning/builtin/learned/query/query.ts';
import {
  type Sketch,
  selectPart,
  setPart,
  sketchKey,
  sketchOf,
  tailPart,
  wherePart,
} from '../../src/planning/builtin/learned/query/sketch.ts';
import {
  namedPlacesOf,
  type Place,
  roleCounts,
  roleFeaturesOf,
} from '../../src/planning/builtin/learned/sketch/role-features.ts';
import { sketchFeatures } from '../../src/planning/builtin/learned/sketch/sketch-features.ts';
import type { SketchModel } from '../../src/planning/builtin/learned/sketch/sketch-model.ts';
import { choiceModel } from '../../src/planning/builtin/learned/slots/choices.ts';
import { createContext, type Lexicon } from '../../src/planning/builtin/learned/slots/question-context.ts';
import { roleFeatures, tagRoles } from '../../src/planning/builtin/learned/slots/role-tagger.ts';
import type { Example } from './examples.ts';
import { walkGold } from './gold-walk.ts';
import { LexiconCounts } from './lexicon-trainer.ts';

export interface BaseModels {
  readonly sketch: SketchModel;
  readonly tagger: TextClassifier;
  readonly choices: Readonly<Record<string, TextClassifier>>;
  readonly lexicon: Lexicon;
}

/** What one question contributes, computed once and shared by all folds. */
export interface BaseFacts {
  readonly example: Example;
  readonly sketch: Sketch;
  readonly features: readonly string[];
  readonly roles: readonly TrainingExample[];
  readonly choices: readonly { readonly slot: string; readonly example: TrainingExample }[];
  readonly columns: ReadonlySet<number>;
}

export function baseFacts(example: Example): BaseFacts {
  const query = example.query!;
  const context = createContext(example.linking, null, new Map());
  const roles: TrainingExample[] = [];
  const choices: { slot: string; example: TrainingExample }[] = [];
  const used: Place[] = [];
  const columns = new Set<number>();
  visitColumns(query, (c) => columns.add(c));
  walkGold(context, query, {
    choice: (slot, features, label) => choices.push({ slot: choiceModel(slot), example: { features, label } }),
    column: (step, option) => {
      if (!option.spot) {
        // "which singers": the name that is shown is said by the table's word alone.
        const isShown = step.kind === 'column' && step.slot === 'select' && step.tag === 'n';
        const place = isShown ? unusedTablePlace(example, option.column, used) : undefined;
        if (place === undefined) return;
        used.push(place);
        roles.push({ features: roleFeatures(example.linking, place.start, place.end), label: 'select' });
        return;
      }
      const slot = step.kind === 'column' ? step.slot : 'where';
      const label =
        slot === 'select'
          ? step.kind === 'column' && step.tag !== 'n'
            ? 'agg'
            : 'select'
          : slot === 'group'
            ? 'group'
            : slot === 'order' || slot === 'having'
              ? 'order'
              : 'where';
      used.push(option.spot);
      roles.push({ features: roleFeatures(example.linking, option.spot.start, option.spot.end), label });
    },
  });
  const seen = new Set<string>();
  for (const l of example.linking.columns) {
    const m = l.matches[0];
    if (m === undefined || m.coverage < 0.5 || seen.has(`${m.start}-${m.end}`)) continue;
    seen.add(`${m.start}-${m.end}`);
    if (!used.some((u) => m.start < u.end && u.start < m.end))
      roles.push({ features: roleFeatures(example.linking, m.start, m.end), label: 'none' });
  }
  for (const { start, end } of namedPlacesOf(example.linking))
    if (!seen.has(`${start}-${end}`) && !used.some((u) => start < u.end && u.start < end))
      roles.push({ features: roleFeatures(example.linking, start, end), label: 'none' });
  return { example, sketch: sketchOf(query), features: sketchFeatures(example.linking), roles, choices, columns };
}

function unusedTablePlace(example: Example, column: number, used: readonly Place[]): Place | undefined {
  const { schema, tables } = example.linking;
  const matches = tables[schema.columns[column]!.table]!.matches;
  return matches.find(
    (m) =>
      m.coverage >= NAMED &&
      m.coverage >= matches[0]!.coverage &&
      !used.some((u) => m.start < u.end && u.start < m.end),
  );
}

/**
 * The same facts with what a role tagger says of them that never saw their database: in use it will not have seen the
 * question's database either.
 */
function withRoles(facts: readonly BaseFacts[], seed: number): BaseFacts[] {
  const HALVES = 2;
  const half = (f: BaseFacts): number => foldOf(f.example.item.db, HALVES, seed + 300);
  const taggers = Array.from({ length: HALVES }, (_, k) =>
    trainTagger(
      facts.filter((f) => half(f) !== k),
      seed,
    ),
  );
  return facts.map((f) => {
    const { linking } = f.example;
    const counts = roleCounts(linking, (start, end) => tagRoles(taggers[half(f)]!, linking, start, end));
    return { ...f, features: [...f.features, ...roleFeaturesOf(counts)] };
  });
}

const trainTagger = (facts: readonly BaseFacts[], seed: number): TextClassifier =>
  trainClassifier(
    facts.flatMap((f) => f.roles),
    { epochs: 5, seed },
  );

export function trainBase(plain: readonly BaseFacts[], seed: number): BaseModels {
  const facts = withRoles(plain, seed);
  const label = (of: (s: Sketch) => string): TrainingExample[] =>
    facts.map((f) => ({ features: f.features, label: of(f.sketch) }));
  const chinese = facts[0]?.example.linking.question.chinese ?? false;
  const options = chinese ? { epochs: 6, seed, minFeature: 4 } : { epochs: 8, seed, minFeature: 3 };
  const seen = new Map<string, { sketch: Sketch; count: number }>();
  for (const f of facts) {
    const key = sketchKey(f.sketch);
    const entry = seen.get(key);
    if (entry) entry.count++;
    else seen.set(key, { sketch: f.sketch, count: 1 });
  }
  const sketch: SketchModel = {
    select: trainClassifier(label(selectPart), options),
    where: trainClassifier(label(wherePart), options),
    tail: trainClassifier(label(tailPart), options),
    set: trainClassifier(label(setPart), options),
    full: trainClassifier(label(sketchKey), { ...options, minLabel: chinese ? 5 : 3 }),
    ...(chinese ? { tags: trainTags(facts, options) } : {}),
    seen: [...seen.values()],
  };
  const bySlot = new Map<string, TrainingExample[]>();
  for (const f of facts) for (const c of f.choices) bySlot.set(c.slot, [...(bySlot.get(c.slot) ?? []), c.example]);
  const choices: Record<string, TextClassifier> = {};
  for (const [slot, examples] of bySlot) choices[slot] = trainClassifier(examples, { epochs: 8, seed, minFeature: 3 });
  const counts = new LexiconCounts();
  for (const f of facts) counts.add(createContextFor(f), f.columns);
  return {
    sketch,
    tagger: trainTagger(facts, seed),
    choices,
    lexicon: counts.build(),
  };
}

const MIN_TAG = 25;

/** One model per tag of select lists: how often it stands there. */
function trainTags(facts: readonly BaseFacts[], options: Partial<ClassifierOptions>): Record<string, TextClassifier> {
  const counts = new Map<string, number>();
  for (const f of facts) for (const tag of new Set(f.sketch.select)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const models: Record<string, TextClassifier> = {};
  for (const [tag, n] of counts) {
    if (n < MIN_TAG) continue;
    const label = (f: BaseFacts): string => String(f.sketch.select.filter((t) => t === tag).length);
    models[tag] = trainClassifier(
      facts.map((f) => ({ features: f.features, label: label(f) })),
      { ...options, minLabel: 8 },
    );
  }
  return models;
}

const contexts = new WeakMap<BaseFacts, ReturnType<typeof createContext>>();

function createContextFor(f: BaseFacts): ReturnType<typeof createContext> {
  let c = contexts.get(f);
  if (c === undefined) {
    c = createContext(f.example.linking, null, new Map());
    contexts.set(f, c);
  }
  return c;
}

/** Folds of databases: a number per question, equal within a database. */
export function foldOf(db: string, folds: number, seed: number): number {
  let h = seed * 2654435761;
  for (let i = 0; i < db.length; i++) h = Math.imul(h ^ db.charCodeAt(i), 0x01000193) >>> 0;
  h ^= h >>> 15;
  return (Math.imul(h, 0x2c1b3c6d) >>> 8) % folds;
}
