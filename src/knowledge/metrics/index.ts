export { compileMetric, compileMetrics } from './compile-metric.ts';
export {
  describeProblem,
  loadSemanticLayer,
  type SemanticFile,
  type SemanticProblem,
} from './load-semantic-layer.ts';
export {
  type MetricDimension,
  type MetricMeasure,
  metricDimensions,
  metricMeasures,
} from './metric-measures.ts';
export type { DayPeriod, MetricCondition, MetricFailure, MetricFilter, MetricQuery } from './metric-query.ts';
export {
  type MetricQuestionContext,
  type MetricReading,
  type NamedPeriod,
  readMetricQuestion,
} from './read-metric-question.ts';
export { readSemanticFiles } from './read-semantic-files.ts';
export { addSemanticNames, layerForSchema } from './schema-names.ts';
export type { Metric, MetricType, SemanticLayer, SemanticMeasure, SemanticModel } from './semantic-layer.ts';
export { visibleLayer } from './visible-layer.ts';
