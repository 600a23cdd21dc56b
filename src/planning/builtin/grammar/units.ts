import type { PlanningKnowledge } from '../../planner.ts';
import { paraphrases } from '../lexicon/concept-index.ts';
import { CUES, type Cue, STOPS } from '../lexicon/cues.ts';
import type { NumberSpan } from '../numbers/number-span.ts';
import { parseNumbers } from '../numbers/parse-numbers.ts';
import { type GrainMention, parseGrains } from '../periods/parse-grains.ts';
import { parsePeriods } from '../periods/parse-periods.ts';
import type { Period } from '../periods/period.ts';
import { type Token, tokenize } from '../text/tokenizer.ts';
import { type Hit, keyOfStems, phraseKeyOf, type SchemaIndex, type ValueHit } from './schema-index.ts';

/** A stretch of the question that was read as one thing; several readings of it may stand side by side. */
export interface Unit {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly cues: readonly Cue[];
  readonly hits: readonly Hit[];
  readonly values: readonly ValueHit[];
  /** Indices into the knowledge base's measures. */
  readonly measures: readonly number[];
  readonly number: NumberSpan | null;
  readonly period: Period | null;
  readonly grain: GrainMention | null;
  /** Text in quotes. */
  readonly literal: string | null;
  readonly stop: boolean;
  /** A content word that nothing explains. */
  readonly unknown: boolean;
  /** Words: 2 each, Chinese characters: 1 each. */
  readonly size: number;
  /** A table's rows asked for by name: "customer names". */
  readonly names?: boolean;
  /** Nothing but white space lies between this unit and the one before. */
  readonly glued: boolean;
}

interface Reading {
  readonly from: number;
  readonly to: number;
  readonly score: number;
  readonly unit: Omit<Unit, 'glued'>;
}

const MAX_SPAN = 12;
const EMPTY = {
  cues: [],
  hits: [],
  values: [],
  measures: [],
  number: null,
  period: null,
  grain: null,
  literal: null,
  stop: false,
  unknown: false,
} as const;

export interface UnitContext {
  readonly index: SchemaIndex;
  readonly today: string;
  readonly knowledge: PlanningKnowledge;
  readonly fiscalYearStartMonth?: number;
}

/** Splits a normalised question into its most plausible sequence of units. */
export function readUnits(text: string, context: UnitContext): Unit[] {
  const tokens = tokenize(text);
  const readings: Reading[][] = tokens.map(() => []);
  for (const reading of fixedReadings(text, tokens, context)) readings[reading.from]!.push(reading);
  const terms = termIndex(context.knowledge);
  for (let from = 0; from < tokens.length; from += 1) {
    if (tokens[from]!.kind === 'punctuation' && !STOPS.has(tokens[from]!.text) && !CUES.has(tokens[from]!.text))
      continue;
    for (let to = from + 1; to <= Math.min(tokens.length, from + MAX_SPAN); to += 1) {
      const reading = wordReading(text, tokens, from, to, context, terms);
      if (reading !== null) readings[from]!.push(reading);
    }
  }
  return bestSequence(text, tokens, readings);
}

const sizeOf = (tokens: readonly Token[], from: number, to: number): number => {
  let size = 0;
  for (let i = from; i < to; i += 1) size += tokens[i]!.kind === 'han' ? 1 : tokens[i]!.kind === 'punctuation' ? 0 : 2;
  return size;
};

/** Periods, time grains, numbers and quoted text: found on the characters, then laid over tokens. */
function fixedReadings(text: string, tokens: readonly Token[], context: UnitContext): Reading[] {
  const result: Reading[] = [];
  const place = (start: number, end: number, bonus: number, part: Partial<Unit>): void => {
    const from = tokens.findIndex((token) => token.end > start);
    let to = from;
    while (to < tokens.length && tokens[to]!.start < end) to += 1;
    if (from < 0 || to <= from) return;
    const size = Math.max(1, sizeOf(tokens, from, to));
    result.push({
      from,
      to,
      score: size * bonus + (part.number === undefined ? 0.8 : 0.15),
      unit: { ...EMPTY, text: text.slice(start, end), start, end, size, ...part },
    });
  };
  for (const period of parsePeriods(text, context.today, { fiscalYearStartMonth: context.fiscalYearStartMonth })) {
    place(period.offset, period.offset + period.originalText.length, 1.35, { period });
  }
  for (const grain of parseGrains(text)) place(grain.start, grain.end, 1.4, { grain });
  for (const number of parseNumbers(text)) place(number.start, number.end, 1.1, { number });
  for (const match of text.matchAll(
    /"([^"]{1,80})"|(?<![\p{L}\d])'([^']{1,80})'(?![\p{L}\d])|“([^”]{1,80})”|「([^」]{1,80})」|《([^》]{1,80})》/gu,
  )) {
    const literal = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5])!.trim();
    const values =
      context.index.values.get(
        keyOfStems(
          tokenize(literal)
            .filter((token) => token.kind !== 'punctuation')
            .map((token) => token.text.toLowerCase()),
        ),
      ) ??
      context.index.values.get(phraseKeyOf(literal)) ??
      [];
    place(match.index, match.index + match[0].length, 3, { literal, values });
  }
  return result;
}

type TermIndex = ReadonlyMap<string, { readonly keys: readonly string[]; readonly measures: readonly number[] }>;

/** Terms and measures of the knowledge base by the key of each of their names. */
function termIndex(knowledge: PlanningKnowledge): TermIndex {
  const map = new Map<string, { keys: string[]; measures: number[] }>();
  const entry = (key: string): { keys: string[]; measures: number[] } => {
    let found = map.get(key);
    if (found === undefined) {
      found = { keys: [], measures: [] };
      map.set(key, found);
    }
    return found;
  };
  for (const term of knowledge.terms) {
    const keys = [term.word, ...term.synonyms].map(phraseKeyOf);
    for (const key of keys) entry(key).keys.push(...keys.filter((other) => other !== key));
  }
  for (const [i, measure] of knowledge.measures.entries()) {
    for (const name of [measure.name.replaceAll('_', ' '), ...measure.synonyms])
      entry(phraseKeyOf(name)).measures.push(i);
  }
  // A term that is another word for a measure means that measure.
  const borrowed = [...map.values()]
    .filter(({ measures }) => measures.length === 0)
    .map((one) => ({ one, measures: new Set(one.keys.flatMap((key) => map.get(key)?.measures ?? [])) }));
  for (const { one, measures } of borrowed) one.measures.push(...measures);
  return map;
}

function wordReading(
  text: string,
  tokens: readonly Token[],
  from: number,
  to: number,
  context: UnitContext,
  terms: TermIndex,
): Reading | null {
  const part = tokens.slice(from, to);
  if (to - from > 1 && part.some((token) => token.kind === 'punctuation' && !/[-/.&']/.test(token.text))) return null;
  const start = part[0]!.start;
  const end = part.at(-1)!.end;
  const raw = text.slice(start, end).toLowerCase();
  const words = part.filter((token) => token.kind !== 'punctuation');
  const key = keyOfStems(words.map((token) => token.stem.toLowerCase()));
  const cues = CUES.get(raw.replace(/\s+/g, ' ')) ?? [];
  const stop = to - from === 1 && STOPS.has(raw) ? true : STOPS.has(raw);
  if (words.length === 0 && cues.length === 0 && !stop) return null;
  const term = terms.get(key);
  const hits = key === '' ? [] : hitsOf(key, raw, term?.keys ?? [], context.index);
  const rawKey = keyOfStems(words.map((token) => token.text.toLowerCase()));
  const { values: known } = context.index;
  const sameValue = [rawKey, key, ...(term?.keys ?? [])].find((name) => known.has(name));
  const values = key === '' || sameValue === undefined ? [] : (known.get(sameValue) ?? []);
  const measures = term?.measures ?? [];
  if (cues.length === 0 && hits.length === 0 && values.length === 0 && measures.length === 0 && !stop) return null;
  const size = sizeOf(tokens, from, to);
  const single = size === 1;
  const best = hits.reduce((max, hit) => Math.max(max, hit.weight), 0) * (single ? 0.55 : 1);
  const bestValue =
    values.length === 0
      ? 0
      : valueWeight(raw, text.slice(start, end), values, stop || cues.length > 0) * (single ? 0.8 : 1);
  let score = 0;
  if (stop) score = Math.max(score, size * 0.75);
  if (cues.length > 0) score = Math.max(score, size * 1.02 + (words.length > 1 ? 0.25 : 0));
  const longer = (words.length - 1) * 0.22;
  if (best > 0) score = Math.max(score, size * (0.35 + 0.72 * best) + longer);
  if (bestValue > 0) score = Math.max(score, size * (0.4 + 0.68 * bestValue) + longer);
  if (measures.length > 0) score = Math.max(score, size * 1.2 + 0.3 + longer);
  const plainStop = stop && cues.length === 0 && best < 0.9 && bestValue < 0.9 && measures.length === 0;
  return {
    from,
    to,
    score,
    unit: {
      ...EMPTY,
      text: text.slice(start, end),
      start,
      end,
      size,
      cues,
      hits: cues.length > 0 && best < 0.6 && !keepsHits(cues) ? [] : hits,
      values: bestValue < 0.5 ? [] : values,
      measures,
      stop: plainStop,
      ...(plainStop ? { hits: [], values: [] } : {}),
    },
  };
}

/** 人数 counts people: which ones is told by the words' weak hits. */
function keepsHits(cues: readonly Cue[]): boolean {
  return cues.some((cue) => cue.kind === 'stock');
}

/** Short common words that happen to be cell values count only when written like one. */
function valueWeight(raw: string, original: string, values: readonly ValueHit[], common: boolean): number {
  const best = Math.max(...values.map((hit) => hit.weight));
  if (!/[a-z]/.test(raw)) return best;
  if (common) return /^[A-Z]/.test(original) ? best * 0.75 : 0.2;
  if (raw.length <= 2)
    return original === original.toUpperCase() || values.some((hit) => hit.value === original) ? best * 0.8 : 0.2;
  return best;
}

function hitsOf(key: string, raw: string, termKeys: readonly string[], index: SchemaIndex): Hit[] {
  const byTarget = new Map<number, Hit>();
  const add = (list: readonly Hit[] | undefined, factor: number): void => {
    for (const hit of list ?? []) {
      const weight = hit.weight * factor;
      const id = hit.target.table * 4096 + hit.target.column;
      const same = byTarget.get(id);
      if (same === undefined || same.weight < weight) byTarget.set(id, { target: hit.target, weight });
    }
  };
  add(index.phrases.get(key), 1);
  for (const other of termKeys) add(index.phrases.get(other), 1);
  // What names a table outright is no other word for another table.
  const named = (index.phrases.get(key) ?? []).filter((hit) => hit.target.kind === 'table' && hit.weight >= 0.95);
  const fits = ({ target }: Hit): boolean =>
    target.kind !== 'table' || named.length === 0 || named.some((one) => one.target.table === target.table);
  for (const other of paraphrases(raw)) add(index.phrases.get(phraseKeyOf(other.text))?.filter(fits), other.weight);
  const found = [...byTarget.values()].sort((a, b) => b.weight - a.weight);
  const floor = Math.max(0.2, (found[0]?.weight ?? 0) * 0.5);
  return found.filter((hit) => hit.weight >= floor).slice(0, 12);
}

function bestSequence(text: string, tokens: readonly Token[], readings: readonly (readonly Reading[])[]): Unit[] {
  const best: { score: number; reading: Reading | null; previous: number }[] = [
    { score: 0, reading: null, previous: -1 },
  ];
  for (let i = 1; i <= tokens.length; i += 1)
    best.push({ score: Number.NEGATIVE_INFINITY, reading: null, previous: i - 1 });
  for (let i = 0; i < tokens.length; i += 1) {
    const here = best[i]!.score;
    if (here > best[i + 1]!.score) best[i + 1] = { score: here, reading: null, previous: i };
    for (const reading of readings[i]!) {
      if (here + reading.score > best[reading.to]!.score)
        best[reading.to] = { score: here + reading.score, reading, previous: i };
    }
  }
  const units: Unit[] = [];
  for (let at = tokens.length; at > 0; ) {
    const step = best[at]!;
    const token = tokens[at - 1]!;
    if (step.reading !== null) units.unshift({ ...step.reading.unit, glued: false });
    else if (token.kind !== 'punctuation') {
      units.unshift({
        ...EMPTY,
        text: token.text,
        start: token.start,
        end: token.end,
        unknown: true,
        size: token.kind === 'han' ? 1 : 2,
        glued: false,
      });
    }
    at = step.previous;
  }
  return mergeUnknown(text, units).map((unit, i, all) => ({
    ...unit,
    glued: i > 0 && text.slice(all[i - 1]!.end, unit.start).trim() === '',
  }));
}

/** Neighbouring unknown words are one unknown phrase: a name that the catalog has not seen. */
function mergeUnknown(text: string, units: readonly Unit[]): Unit[] {
  const result: Unit[] = [];
  for (const unit of units) {
    const last = result.at(-1);
    if (last?.unknown && unit.unknown && text.slice(last.end, unit.start).trim() === '') {
      result[result.length - 1] = {
        ...last,
        text: text.slice(last.start, unit.end),
        end: unit.end,
        size: last.size + unit.size,
      };
    } else result.push(unit);
  }
  return result;
}
