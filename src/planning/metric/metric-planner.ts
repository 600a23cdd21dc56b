/**
 * Questions that name a metric of the knowledge base and are understood to the last word are compiled from the metric's
 * definition: metrics over several tables, ratios, growth, accumulation. Everything else goes on to the planner behind.
 */
import {
  compileMetrics,
  type DayPeriod,
  type MetricQuery,
  type MetricReading,
  readMetricQuestion,
  type SemanticLayer,
} from '../../knowledge/index.ts';
import { type Plan, safeRenderPlan } from '../../sql/index.ts';
import { parsePeriods } from '../builtin/periods/parse-periods.ts';
import { detectLanguage } from '../builtin/text/language.ts';
import type { Candidate, Language, Planner, PlanRequest } from '../planner.ts';
import { continuedQuestion } from './continued-question.ts';
import { describeMetrics } from './describe-metrics.ts';
import { compileComparison, isComparison, readComparison } from './metric-comparison.ts';

/** A definition applied to a question without a word left over is as sure as a planner without a model gets. */
const CONFIDENCE = 0.96;
const BEGINNING = '1900-01-01';
const END = '9998-12-31';

export interface MetricPlannerOptions {
  /** Month in which fiscal years begin; default January. */
  readonly fiscalYearStartMonth?: number;
}

/** Puts the metrics of `request.knowledge.semantics` before another planner. */
export function createMetricPlanner(inner: Planner, options: MetricPlannerOptions = {}): Planner {
  return {
    name: inner.name,
    async plan(request, planOptions) {
      const candidate = metricCandidate(request, options);
      if (candidate === null) return inner.plan(request, planOptions);
      return {
        kind: 'answer',
        planner: 'builtin',
        language: detectLanguage(request.question),
        candidates: [candidate],
      };
    },
  };
}

function metricCandidate(request: PlanRequest, options: MetricPlannerOptions): Candidate | null {
  const { question, schema, today, knowledge } = request;
  const layer = knowledge.semantics ?? null;
  if (layer === null) return null;
  const carried = new Set(knowledge.measures.map((measure) => measure.name));
  // What one select answers is left to the planner behind: it reads more than names, values and ranks.
  const read = (text: string): MetricReading | null => {
    const periods = parsePeriods(text, today, options).map((found) => ({
      phrase: found.originalText,
      period: { from: found.start ?? BEGINNING, to: found.end ?? END },
    }));
    const reading = readMetricQuestion(text, layer, { schema, periods });
    if (reading === null || reading.unread.length > 0) return null;
    return reading.metrics.every((metric) => carried.has(metric)) ? null : reading;
  };
  const understood = understand(question, layer, request, read);
  const continued = understood === null ? continuedQuestion(request, read) : null;
  const { reading, compiled } =
    understood ?? (continued === null ? null : understand(continued, layer, { ...request, previous: [] }, read)) ?? {};
  if (reading === undefined || compiled === undefined) return null;
  const sql = safeRenderPlan(compiled.plan, schema.dialect, { schema });
  if (!sql.ok) return null;
  const language: Language = detectLanguage(question);
  return {
    plan: compiled.plan,
    sql: sql.value,
    confidence: CONFIDENCE,
    mappings: reading.mappings,
    reading: describeMetrics(layer, reading.metrics, compiled.query, language),
  };
}

interface Understood {
  readonly reading: MetricReading;
  readonly compiled: CompiledQuery;
}

interface CompiledQuery {
  readonly plan: Plan;
  readonly query: MetricQuery;
}

/** A question read to its last word, as metrics or as the comparison of one. */
function understand(
  text: string,
  layer: SemanticLayer,
  request: PlanRequest,
  read: (text: string) => MetricReading | null,
): Understood | null {
  const plain = read(text);
  if (plain !== null && !comparesOther(plain, request)) {
    const query = accumulatedWithin(layer, plain.metrics, comparable(plain.query, request.today));
    const compiled = compiledPlan(layer, plain, query);
    return compiled === null ? null : { reading: plain, compiled };
  }
  const compared = readComparison(text);
  const reading = compared === null ? null : read(compared.rest);
  const [metric, ...more] = reading?.metrics ?? [];
  if (compared === null || reading === null || metric === undefined || more.length > 0) return null;
  const compiled = compileComparison(layer, metric, reading.query, compared.base, request.today);
  return compiled === null ? null : { reading, compiled };
}

/**
 * A comparison that bears the name of a metric ("growth") is not that metric when it stands beside another one, or when
 * it may compare what the conversation is about.
 */
function comparesOther(reading: MetricReading, request: PlanRequest): boolean {
  const compares = reading.mappings.some((mapping) => isComparison(mapping.phrase));
  return compares && (request.previous.length > 0 || reading.metrics.length > 1);
}

/** A running period is compared up to today, so that the earlier one is cut at the same place. */
function comparable(query: MetricQuery, today: string): MetricQuery {
  const period: DayPeriod | null = query.period ?? null;
  return period !== null && period.from <= today && period.to > today
    ? { ...query, period: { ...period, to: today } }
    : query;
}

/** "Cumulative revenue in 2025" accumulates from the beginning of 2025, not from the beginning of time. */
function accumulatedWithin(layer: SemanticLayer, metrics: readonly string[], query: MetricQuery): MetricQuery {
  const period = query.period ?? null;
  if (period === null) return query;
  const dates = metrics.map((name) => {
    const metric = layer.metrics.find((candidate) => candidate.name === name);
    if (metric?.type !== 'cumulative' || metric.window !== null || metric.grainToDate !== null) return null;
    const measures = layer.models.flatMap((model) => model.measures);
    return measures.find((measure) => measure.name === metric.input.measure)?.timeDimension ?? null;
  });
  const [date] = dates;
  if (date == null || dates.some((other) => other !== date)) return query;
  const start = { dimension: date, op: '>=', values: [period.from] } as const;
  return { ...query, filters: [...(query.filters ?? []), start] };
}

/** A comparison with earlier periods for which the question names none is shown month by month. */
function compiledPlan(layer: SemanticLayer, reading: MetricReading, query: MetricQuery): CompiledQuery | null {
  const compiled = compileMetrics(layer, reading.metrics, query);
  if (compiled.ok) return { plan: compiled.value, query };
  if (compiled.failure.code !== 'needs-period' || query.orderBy !== undefined || query.having !== undefined)
    return null;
  const monthly: MetricQuery = { ...query, grain: 'month' };
  const again = compileMetrics(layer, reading.metrics, monthly);
  return again.ok ? { plan: again.value, query: monthly } : null;
}
