/** A question about named metrics, compiled through the semantic layer. */
import {
  compileMetrics,
  layerForSchema,
  type MetricReading,
  readMetricQuestion,
  type SemanticLayer,
} from '../../knowledge/index.ts';
import { type Language, type Period, type PlanResult, parsePeriods } from '../../planning/index.ts';
import { safeRenderPlan } from '../../sql/index.ts';
import type { NodeContext } from '../node.ts';
import { openedSource } from './opened-source.ts';

/** How sure a reading is whose every word was understood. */
const CONFIDENCE = 0.95;

/** The periods of a question, by the run's own day and fiscal year. */
export const periodsOf = ({ state, services }: Pick<NodeContext, 'state' | 'services'>): readonly Period[] =>
  parsePeriods(state.request.question, state.request.today, { fiscalYearStartMonth: services.fiscalYearStartMonth });

/** The question read by the names of metrics; null when it names none or the database has no semantic layer. */
export async function readMetrics(context: Pick<NodeContext, 'state' | 'services'>): Promise<MetricReading | null> {
  const { state, services } = context;
  const source = openedSource(state);
  const whole = await services.metrics(state.request, source);
  if (!whole) return null;
  const layer = layerForSchema(whole, source.schema);
  const periods = state.periods.length > 0 ? state.periods : periodsOf(context);
  const closed = periods.flatMap(({ originalText, start, end }) =>
    start && end ? [{ phrase: originalText, period: { from: start, to: end } }] : [],
  );
  if (closed.length < periods.length) return null;
  return readMetricQuestion(state.request.question, layer, { schema: source.schema, periods: closed });
}

/**
 * The answer by metrics, when every word of the question was understood. It is preferred where the workflow searched
 * for metrics, and for metrics that no single table expression can say (ratios, growth, running totals).
 */
export async function planByMetrics(
  context: NodeContext,
): Promise<{ readonly result: PlanResult; readonly preferred: boolean } | null> {
  const { state, services } = context;
  if (state.attempts.length > 0 || state.request.previous.length > 0) return null;
  const searched = state.metrics;
  const reading = searched ?? (await readMetrics(context));
  if (!reading || reading.unread.length > 0) return null;
  const source = openedSource(state);
  const whole = await services.metrics(state.request, source);
  if (!whole) return null;
  const compiled = compileMetrics(layerForSchema(whole, source.schema), reading.metrics, reading.query);
  if (!compiled.ok) return null;
  const sql = safeRenderPlan(compiled.value, source.schema.dialect, { schema: source.schema });
  if (!sql.ok) return null;
  const simple = new Set(state.knowledge.measures.map((measure) => measure.name));
  return {
    preferred: searched !== null || reading.metrics.some((metric) => !simple.has(metric)),
    result: {
      kind: 'answer',
      planner: 'builtin',
      language: state.language,
      candidates: [
        {
          plan: compiled.value,
          sql: sql.value,
          confidence: CONFIDENCE,
          mappings: reading.mappings,
          reading: readingOf(reading, layerForSchema(whole, source.schema), state.language),
        },
      ],
    },
  };
}

/** What was understood, in the names of the semantic layer: the metrics, by what, for whom, when. */
function readingOf({ metrics, query }: MetricReading, layer: SemanticLayer, language: Language): string {
  const zh = language === 'zh';
  const named = metrics.map((name) => layer.metrics.find((metric) => metric.name === name)?.label ?? name);
  // `product__product_name`: the last part says it.
  const spoken = (name: string): string => (name.split('__').at(-1) ?? name).replaceAll('_', ' ');
  const groups = [...(query.grain ? [query.grain] : []), ...(query.dimensions ?? []).map(spoken)];
  const filters = (query.filters ?? []).map(
    ({ dimension, op, values }) => `${spoken(dimension)} ${op} ${values.join(', ')}`,
  );
  const join = zh ? '、' : ', ';
  return [
    named.join(join),
    ...(groups.length > 0 ? [zh ? `按 ${groups.join(join)}` : `by ${groups.join(join)}`] : []),
    ...(filters.length > 0 ? [zh ? `其中 ${filters.join(join)}` : `where ${filters.join(' and ')}`] : []),
    ...(query.period ? [`${query.period.from} – ${query.period.to}`] : []),
    ...(query.limit ? [zh ? `前 ${query.limit} 行` : `the first ${query.limit}`] : []),
  ].join(zh ? '，' : ', ');
}
