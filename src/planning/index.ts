export { type AutoPlannerParts, createAutoPlanner, type PlanningMode } from './auto/auto-planner.ts';
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
