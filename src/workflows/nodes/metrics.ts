import { layerForSchema, type Metric } from '../../knowledge/index.ts';
import { type NodeContext, proceed, type WorkflowNode } from '../node.ts';
import { searchTerms } from '../tools/search-tables.ts';
import { periodsOf, readMetrics } from './metric-plan.ts';
import { openedSource } from './opened-source.ts';

const SHOWN = 5;

/** Finds the metrics that the question names, or those nearest to it. */
export const searchMetricsNode: WorkflowNode = {
  type: 'search_metrics',
  async run(context) {
    const { nodeId, nodeType, state, services, emit } = context;
    const source = openedSource(state);
    const whole = await services.metrics(state.request, source);
    const all = whole ? layerForSchema(whole, source.schema).metrics : [];
    state.metrics = await readMetrics(context);
    const named = new Set(state.metrics?.metrics ?? []);
    const found = [
      ...all.filter((metric) => named.has(metric.name)),
      ...nearest(all, state.request.question).filter((metric) => !named.has(metric.name)),
    ].slice(0, SHOWN);
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'search_metrics',
      status: 'success',
      message:
        state.language === 'zh'
          ? found.length === 0
            ? '没有匹配的业务指标'
            : `匹配的业务指标：${found.map((metric) => metric.label ?? metric.name).join('、')}`
          : found.length === 0
            ? 'No metric fits'
            : `Metrics: ${found.map((metric) => metric.label ?? metric.name).join(', ')}`,
      details: {
        metrics: found.map(({ name, label, description, type }) => ({
          name,
          label,
          description,
          type,
          named: named.has(name),
        })),
        mappings: state.metrics?.mappings ?? [],
        unread: state.metrics?.unread ?? [],
      },
    });
    return proceed;
  },
};

/** Metrics that share words with the question, most first. */
function nearest(metrics: readonly Metric[], question: string): Metric[] {
  const asked = new Set(searchTerms(question));
  return metrics
    .map((metric) => {
      const words = searchTerms([metric.name, metric.label ?? '', ...metric.synonyms].join(' '));
      return { metric, score: new Set(words.filter((word) => asked.has(word))).size };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ metric }) => metric);
}

/** Resolves the dates and periods that the question names, by the run's own day. */
export const dateParserNode: WorkflowNode = {
  type: 'date_parser',
  async run(context: NodeContext) {
    const { nodeId, nodeType, state, emit } = context;
    state.periods = periodsOf(context);
    if (state.metrics) state.metrics = await readMetrics(context);
    const spans = state.periods.map((period) => ({
      original_text: period.originalText,
      start_date: period.start,
      end_date: period.end,
      date_type: period.kind,
      confidence: period.confidence,
    }));
    const told = state.periods.map((one) => `${one.originalText} = ${one.start ?? '…'} – ${one.end ?? '…'}`);
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'date_parser',
      status: 'success',
      message:
        told.length > 0 ? told.join('; ') : state.language === 'zh' ? '问题中没有日期' : 'The question names no date',
      details: { current_date: state.request.today, extracted_dates: spans },
    });
    return proceed;
  },
};
