export { createEmbedder, type Embedder } from './embedding/embedder.ts';
export { LEXICAL_DIMENSIONS, LEXICAL_MODEL, lexicalVector } from './embedding/lexical-vector.ts';
export { hiddenNames, type Mentions } from './hidden-names.ts';
export {
  addSemanticNames,
  compileMetric,
  compileMetrics,
  type DayPeriod,
  describeProblem,
  layerForSchema,
  loadSemanticLayer,
  type Metric,
  type MetricCondition,
  type MetricDimension,
  type MetricFailure,
  type MetricFilter,
  type MetricMeasure,
  type MetricQuery,
  type MetricQuestionContext,
  type MetricReading,
  type MetricType,
  metricDimensions,
  metricMeasures,
  type NamedPeriod,
  readMetricQuestion,
  readSemanticFiles,
  type SemanticFile,
  type SemanticLayer,
  type SemanticMeasure,
  type SemanticModel,
  type SemanticProblem,
  visibleLayer,
} from './metrics/index.ts';
export {
  createReferenceSqlStore,
  type ReferenceSql,
  type ReferenceSqlStore,
  type ReferenceStatus,
} from './reference-sql/reference-sql-store.ts';
export {
  createKnowledgeRetriever,
  createSnapshotRetriever,
  type KnowledgeRetriever,
} from './retrieve/retriever.ts';
export { writeSnapshot } from './retrieve/snapshot.ts';
export { createTermStore, type StoredTerm, type TermContent, type TermStore } from './terms/term-store.ts';
export {
  documentText,
  embedItems,
  type StoredCounts,
  storeItems,
  TRAINING_COLLECTIONS,
  type TrainingItem,
  trainingId,
} from './training/training-documents.ts';
export {
  createTrainingRetriever,
  type RetrievedPair,
  type RetrieveOptions,
  type TrainingRetriever,
} from './training/training-retriever.ts';
