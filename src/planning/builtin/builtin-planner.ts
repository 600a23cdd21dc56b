/**
 * The planner that needs no model: the business grammar (and, when given, the learned parser) propose plans; one
 * ranked list without duplicates decides between answering, asking back with options, and refusing with a reason.
 */
import { type DatabaseSchema, type Plan, planKey, safeRenderPlan } from '../../sql/index.ts';
import type { Candidate, ClarifyOption, Language, Planner, PlanOptions, PlanRequest, PlanResult } from '../planner.ts';
import { type Arbiter, arbitrate } from './arbitration/arbitrate.ts';
import { rowsOf } from './arbitration/contest.ts';
import { coveredShare } from './arbitration/related.ts';
import { compose, MAX_CANDIDATES, NOTHING_SHOWN } from './compose.ts';
import { matchExample } from './example-match.ts';
import type { FollowUps } from './follow-up/follow-up-candidates.ts';
import type { GeneratedCandidate } from './grammar/candidate.ts';
import { describeReading } from './grammar/describe-reading.ts';
import { type Generated, generateCandidates } from './grammar/generate.ts';
import { buildSchemaIndex, type SchemaIndex } from './grammar/schema-index.ts';
import { REASONS } from './refusal/reasons.ts';
import { suggestedQuestions } from './refusal/suggestions.ts';
import { isStatement, isWriteIntent } from './refusal/write-intent.ts';
import { detectLanguage } from './text/language.ts';
import { normalizeQuestion } from './text/normalize.ts';

export interface Thresholds {
  /** At least this sure: answer. */
  readonly answer: number;
  /** At least this sure: ask back with the best readings as options. */
  readonly clarify: number;
}

/** Another source of candidates, e.g. a learned parser; its confidences are calibrated like the grammar's. */
export type CandidateGenerator = (
  request: PlanRequest,
  options: PlanOptions,
) => readonly GeneratedCandidate[] | Promise<readonly GeneratedCandidate[]>;

export interface BuiltinPlannerOptions {
  readonly thresholds?: Partial<Thresholds>;
  readonly learned?: CandidateGenerator | null;
  /** Month in which fiscal years begin; default January. */
  readonly fiscalYearStartMonth?: number;
  /** Judges the candidates of the rules and of the learned parser; default the shipped one. */
  readonly arbiter?: Arbiter;
}

/** With this, over unseen public databases 85 % and more of all answers to first questions were right (docs/decisions/2026-11-30-doubts-among-candidates.md). */
export const DEFAULT_THRESHOLDS: Thresholds = { answer: 0.74, clarify: 0.25 };

/** Below this a guess of the learned parser alone is not offered as a reading. */
const WEAK_GUESS = 0.5;
/** Share of a question's content words that such a reading has to account for, and the share that makes a weak one worth offering. */
const LEAST_COVERED = 0.25;
const WELL_COVERED = 0.8;
/** At most this sure is a reading that leaves out what the question points at. */
const LEFT_OUT = 0.7;
const MAX_INDEXES = 16;

/** Creates the builtin planner. Linking indexes are kept per schema fingerprint. */
export function createBuiltinPlanner(options: BuiltinPlannerOptions = {}): Planner {
  const thresholds = { ...DEFAULT_THRESHOLDS, ...options.thresholds };
  const indexes = new Map<string, SchemaIndex>();

  const indexOf = (schema: DatabaseSchema): SchemaIndex => {
    const key = `${schema.dialect}:${schema.fingerprint}`;
    const known = indexes.get(key);
    if (known !== undefined && known.schema === schema) return known;
    const index = known !== undefined && sameValues(known.schema, schema) ? known : buildSchemaIndex(schema);
    indexes.delete(key);
    indexes.set(key, index);
    if (indexes.size > MAX_INDEXES) indexes.delete(indexes.keys().next().value!);
    return index;
  };

  const generate = async (
    request: PlanRequest,
    text: string,
    language: Language,
    index: SchemaIndex,
    planOptions: PlanOptions,
  ): Promise<{ ranked: GeneratedCandidate[]; understood: boolean }> => {
    const base = {
      text,
      language,
      index,
      today: request.today,
      knowledge: request.knowledge,
      fiscalYearStartMonth: options.fiscalYearStartMonth,
    };
    const { candidates: composed, generated, followUps } = compose(base, request.previous);
    // The learned parser does not know the company's own words: a sure reading with them is not contested.
    const ownWords = request.knowledge.terms.length > 0 && (composed[0]?.confidence ?? 0) >= thresholds.answer;
    const learned = options.learned == null || ownWords ? [] : await options.learned(request, planOptions);
    const hasPrevious = request.previous.length > 0;
    const ranked = trusting(
      withoutContext(
        arbitrate({ question: text, rows: rowsOf(request.schema), hasPrevious, composed, learned }, options.arbiter),
        generated,
        followUps,
      ),
      request.previous.at(-1)?.confidence ?? 1,
    );
    return {
      ranked: ranked.slice(0, MAX_CANDIDATES),
      understood: (composed[0]?.confidence ?? 0) >= thresholds.clarify,
    };
  };

  return {
    name: 'builtin',
    async plan(request, planOptions = {}): Promise<PlanResult> {
      const text = normalizeQuestion(request.question);
      const language = detectLanguage(text);
      const example = matchExample(text, request.knowledge.examples);
      if (example !== null)
        return { kind: 'answer', planner: 'example', language, candidates: [exampleCandidate(example.sql, language)] };
      const index = indexOf(request.schema);
      const cannot = async (reason: string): Promise<PlanResult> => ({
        kind: 'cannot',
        planner: 'builtin',
        language,
        reason,
        suggestions: suggestions(request, language, index, thresholds, options.fiscalYearStartMonth),
      });
      if (isWriteIntent(text)) return cannot(REASONS.write[language]);
      if (isStatement(text)) return cannot(REASONS.statement[language]);
      if (text.replace(/[\s\p{P}\p{S}]/gu, '').length < 2) return cannot(REASONS.empty[language]);
      if (index.tables.length === 0) return cannot(REASONS.noTables[language]);
      const { ranked, understood } = await generate(request, text, language, index, planOptions);
      const candidates = render(ranked, request, language);
      const best = candidates[0];
      if (best === undefined) return cannot(REASONS.unrelated[language]);
      // The learned parser always proposes something. Where the grammar understood nothing, a reading that leaves most
      // words unexplained, or a weak one, is no reading at all.
      const covered = coveredShare(text, best.mappings);
      const weak = best.confidence < WEAK_GUESS && covered < WELL_COVERED;
      const guess = !understood && (weak || covered < LEAST_COVERED);
      if (guess && !planOptions.alwaysAnswer) return cannot(REASONS.unrelated[language]);
      if (best.confidence >= thresholds.answer || planOptions.alwaysAnswer)
        return { kind: 'answer', planner: 'builtin', language, candidates };
      if (best.confidence < thresholds.clarify) return cannot(REASONS.unrelated[language]);
      const choices: ClarifyOption[] = candidates
        .filter((one) => one.confidence >= best.confidence * 0.4)
        .slice(0, 3)
        .map((candidate) => ({ label: candidate.reading, candidate }));
      return { kind: 'clarify', planner: 'builtin', language, reason: REASONS.unsure[language], options: choices };
    },
  };
}

/** A pronoun that a reading has no place for says that it is not what was asked. */
function withoutContext(
  ranked: readonly GeneratedCandidate[],
  { candidates }: Generated,
  followUps: FollowUps,
): GeneratedCandidate[] {
  const edits = new Set(followUps.candidates.map((one) => planKey(one.plan)));
  const alone = new Set(candidates.map((one) => planKey(one.plan)));
  const left = (one: GeneratedCandidate): boolean => {
    const key = planKey(one.plan);
    return followUps.pointing && (alone.has(key) || followUps === NOTHING_SHOWN) && !edits.has(key);
  };
  return ranked.map((one) => (left(one) ? { ...one, confidence: Math.min(one.confidence, LEFT_OUT) } : one));
}

/** Share of the questions in a conversation that are right although the answer before them is wrong. */
const STANDS_ALONE = 0.75;

/** A question that leans on an answer is as sure as that answer allows. */
const trusting = (ranked: GeneratedCandidate[], previous: number): GeneratedCandidate[] =>
  previous >= 1
    ? ranked
    : ranked.map((one) => ({
        ...one,
        confidence: one.confidence * (previous + (1 - previous) * STANDS_ALONE),
      }));

/** The same catalog read again: values may have been refreshed under an unchanged fingerprint. */
function sameValues(a: DatabaseSchema, b: DatabaseSchema): boolean {
  return (
    a.tables.length === b.tables.length &&
    a.tables.every(
      (table, i) =>
        table.columns.length === b.tables[i]!.columns.length &&
        table.columns.every((column, j) => column.values?.list.length === b.tables[i]!.columns[j]!.values?.list.length),
    )
  );
}

function render(candidates: readonly GeneratedCandidate[], request: PlanRequest, language: Language): Candidate[] {
  const result: Candidate[] = [];
  for (const { plan, confidence, mappings } of candidates) {
    const sql = safeRenderPlan(plan, request.schema.dialect, { schema: request.schema });
    if (!sql.ok) continue;
    result.push({
      plan,
      sql: sql.value,
      confidence: Math.round(confidence * 1000) / 1000,
      mappings,
      reading: describeReading(plan as Plan, language, request.schema),
    });
  }
  return result;
}

function exampleCandidate(sql: string, language: Language): Candidate {
  return { plan: null, sql, confidence: 1, mappings: [], reading: REASONS.example[language] };
}

/** Up to three questions from the catalog that this planner really answers. */
function suggestions(
  request: PlanRequest,
  language: Language,
  index: SchemaIndex,
  thresholds: Thresholds,
  fiscalYearStartMonth: number | undefined,
): string[] {
  const kept: string[] = [];
  for (const question of suggestedQuestions(index, language)) {
    const { candidates } = generateCandidates({
      text: question,
      language,
      index,
      today: request.today,
      knowledge: request.knowledge,
      fiscalYearStartMonth,
    });
    if ((candidates[0]?.confidence ?? 0) >= thresholds.answer) kept.push(question);
    if (kept.length === 3) break;
  }
  return kept;
}
