import { type Plan, planKey } from '../../../sql/index.ts';
import type { Language, PlanningKnowledge } from '../../planner.ts';
import type { GeneratedCandidate } from './candidate.ts';
import { compileFrame } from './compile.ts';
import { firstRows } from './first-rows.ts';
import { measureTable } from './knowledge-measure.ts';
import { type QuestionReading, readQuestion } from './read-question.ts';
import { resolveFrame } from './resolve.ts';
import type { SchemaIndex, ValueHit } from './schema-index.ts';
import { confidenceOf, featuresOf } from './score.ts';
import { readUnits } from './units.ts';

export interface GenerateRequest {
  /** Normalised question. */
  readonly text: string;
  readonly language: Language;
  readonly index: SchemaIndex;
  readonly today: string;
  readonly knowledge: PlanningKnowledge;
  readonly fiscalYearStartMonth?: number;
}

export interface Generated {
  readonly reading: QuestionReading;
  readonly candidates: readonly GeneratedCandidate[];
}

const MAX_CONTENT_UNITS = 60;

/** What a question asks for, without any plan. */
export function readRequest(request: GenerateRequest): QuestionReading {
  return readQuestion(request.text, request.language, request.index, readUnits(request.text, request));
}

/** Reads a question by the business grammar and proposes plans, best first. */
export function generateCandidates(request: GenerateRequest): Generated {
  const { index, text } = request;
  const reading = readRequest(request);
  if (reading.units.length > MAX_CONTENT_UNITS) return { reading, candidates: [] };
  const bare = firstRows(text, index);
  return { reading, candidates: bare === null ? candidatesOf(request, reading) : [bare] };
}

/** Plans for a reading, best first. */
function candidatesOf(request: GenerateRequest, reading: QuestionReading): GeneratedCandidate[] {
  const { index, knowledge, text, today } = request;
  const names = index.tables.map((table) => table.table.ref.name);
  const measureTables = knowledge.measures.map((measure) => measureTable(measure.plan, names));
  const context = { index, text, today, units: reading.units, measures: knowledge.measures, measureTables };
  const resolutions = resolveFrame(reading.frame, context);
  const best = resolutions[0]?.score ?? 0;
  const candidates: GeneratedCandidate[] = [];
  const rows = new Map<Plan, string>();
  for (const resolution of resolutions) {
    const compiled = compileFrame(reading.frame, resolution, context);
    if (compiled === null) continue;
    rows.set(compiled.plan, rowsKey(resolution, index));
    const features = featuresOf(reading.units, reading.frame, resolution, compiled, best);
    candidates.push({
      plan: compiled.plan,
      confidence: confidenceOf(features),
      mappings: mappingsOf(reading, compiled.mappings, resolution, index),
      generator: 'grammar',
      features: {
        ...features,
        ...Object.fromEntries(compiled.doubts.map((doubt) => [`doubt:${doubt.name}`, doubt.cost])),
      },
    });
  }
  return withMargin(
    candidates.sort((a, b) => b.confidence - a.confidence),
    (one) => rows.get(one.plan) ?? planKey(one.plan),
  );
}

/** What a resolution says, whichever column of a table a value was found in: two names of one row are no two meanings. */
function rowsKey(resolution: ReturnType<typeof resolveFrame>[number], index: SchemaIndex): string {
  const { score: _score, weights: _weights, filters, ...choices } = resolution;
  return JSON.stringify([
    Object.values(choices).map((part) =>
      JSON.stringify(part, (name, value) => (name === 'weight' ? undefined : value)),
    ),
    filters.map((one) => (one.hits[0] === undefined ? one.column : ownerOf(one.hits[0], index))),
  ]);
}

/** The table that a value is of: a copy of a parent's column beside the key to it is the parent's. */
function ownerOf({ table, column }: ValueHit, index: SchemaIndex): number {
  const { name } = index.tables[table]!.columns[column]!.column;
  const parent = index.joins.edges[table]!.find(
    (edge) => edge.toOne && index.tables[edge.to]!.columns.some((one) => one.column.name === name),
  );
  return parent?.to ?? table;
}

const CLOSE = 0.08;
const TIE = 0.45;

/** A best plan that another one nearly equals is a coin toss: its confidence drops with the closeness of the runner-up. */
function withMargin(
  candidates: readonly GeneratedCandidate[],
  keyOf: (one: GeneratedCandidate) => string,
): GeneratedCandidate[] {
  const [best, ...rest] = candidates;
  if (best === undefined) return [];
  const key = keyOf(best);
  const other = rest.find((one) => keyOf(one) !== key && planKey(one.plan) !== planKey(best.plan));
  const gap = other === undefined ? 1 : (other.features.behind ?? 0) - (best.features.behind ?? 0);
  if (gap >= CLOSE || other === undefined || other.confidence < best.confidence * 0.9) return [...candidates];
  const confidence = best.confidence * (1 - TIE * (1 - Math.max(0, gap) / CLOSE));
  return [
    { ...best, confidence, features: { ...best.features, gap } },
    ...rest.map((one) => ({ ...one, confidence: Math.min(one.confidence, confidence * 0.999) })),
  ];
}

function mappingsOf(
  reading: QuestionReading,
  compiled: readonly { unit: { text: string; start: number }; meaning: string }[],
  resolution: ReturnType<typeof resolveFrame>[number],
  index: SchemaIndex,
): { phrase: string; meaning: string }[] {
  const result: { phrase: string; meaning: string; at: number }[] = compiled.map(({ unit, meaning }) => ({
    phrase: unit.text,
    meaning,
    at: unit.start,
  }));
  const push = (
    unit: { text: string; start: number } | null,
    choice: (typeof resolution.columns)[number] | null,
  ): void => {
    if (unit === null || choice === null || result.some((other) => other.at === unit.start)) return;
    const table = index.tables[choice.table]!;
    const name = table.table.ref.name;
    const meaning =
      choice.kind === 'column'
        ? `${name}.${table.columns[choice.column]!.column.name}`
        : choice.kind === 'line-revenue'
          ? `${name}: ${table.columns[choice.quantity]!.column.name} × ${table.columns[choice.price]!.column.name}`
          : name;
    result.push({ phrase: unit.text, meaning, at: unit.start });
  };
  const { frame } = reading;
  push(frame.entity, resolution.entity);
  resolution.dims.forEach(({ slot, choice }) => {
    if (slot.kind === 'unit') push(slot.unit, choice);
  });
  resolution.measures.forEach(({ slot, choice }) => {
    push(slot.unit, choice);
  });
  resolution.conditions.forEach(({ condition, choice }) => {
    push(condition.operand.unit, choice);
  });
  resolution.order.forEach(({ order, choice }) => {
    if (order.by !== 'first-measure') push(order.by.unit, choice);
  });
  frame.columns.forEach((unit, i) => {
    push(unit, resolution.columns[i] ?? null);
  });
  return result.sort((a, b) => a.at - b.at).map(({ phrase, meaning }) => ({ phrase, meaning }));
}
