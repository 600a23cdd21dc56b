export { type AutoPlannerParts, createAutoPlanner, type PlanningMode } from './auto/auto-planner.ts';
export {
  type BuiltinPlannerOptions,
  type CandidateGenerator,
  createBuiltinPlanner,
  type Thresholds,
} from './builtin/builtin-planner.ts';
export { createLearnedGenerator, type LearnedGenerator } from './builtin/learned/generator.ts';
export { conceptGroups } from './builtin/lexicon/concept-index.ts';
export { parseGrains } from './builtin/periods/parse-grains.ts';
export { parsePeriods } from './builtin/periods/parse-periods.ts';
export type { Period, PeriodOptions } from './builtin/periods/period.ts';
export { catalogQuestions } from './builtin/refusal/catalog-questions.ts';
export { expandIdentifier } from './builtin/text/identifier.ts';
export { detectLanguage } from './builtin/text/language.ts';
export { createExamplePlanner } from './example/example-planner.ts';
export {
  classifyOutcome,
  REFLECTIONS,
  type Reflection,
  type ReflectionClass,
  type ReflectionOptions,
  type ReflectionRequest,
} from './llm/classify-outcome.ts';
export {
  createLlmPlanner,
  type FailedSql,
  type LlmPlanner,
  type LlmPlannerLimits,
  type LlmPlannerParts,
} from './llm/llm-planner.ts';
export { createMetricPlanner } from './metric/metric-planner.ts';
export type {
  Candidate,
  ClarifyOption,
  Example,
  Language,
  Mapping,
  Measure,
  Planner,
  PlannerName,
  PlanningKnowledge,
  PlanOptions,
  PlanRequest,
  PlanResult,
  Term,
  Turn,
} from './planner.ts';
