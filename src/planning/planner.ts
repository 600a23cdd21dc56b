/**
 * The port of the planners: a question and what is known about a database go in; a ranked list of candidate
 * plans, a clarification, or a reasoned refusal comes out. The builtin planner needs no model and no network.
 */
import type { SemanticLayer } from '../knowledge/index.ts';
import type { ModelBudget, ModelDelta } from '../llm/index.ts';
import type { DatabaseSchema, Plan } from '../sql/index.ts';

export type Language = 'en' | 'zh';

/** One earlier exchange of the same conversation, oldest first. */
export interface Turn {
  readonly question: string;
  /** Null when the turn was answered with SQL that could not be read back as a plan. */
  readonly plan: Plan | null;
  readonly sql: string;
  /** How sure its answer was, where nobody has looked at it; absent when a person went on from it. */
  readonly confidence?: number;
}

/** A business term with its synonyms, from the knowledge base. */
export interface Term {
  readonly word: string;
  readonly synonyms: readonly string[];
  readonly description: string;
}

/** A verified question–SQL pair. */
export interface Example {
  readonly question: string;
  readonly sql: string;
}

/** A named measure defined by the knowledge base, already compiled to the plan language over `schema`. */
export interface Measure {
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly description: string;
  /** One select item (the measure's value), its sources and filters; groups, periods and limits are added to it. */
  readonly plan: Plan;
  /** The column that dates the measure's facts. */
  readonly timeColumn: { readonly source: string; readonly column: string } | null;
}

export interface PlanningKnowledge {
  readonly terms: readonly Term[];
  readonly examples: readonly Example[];
  readonly measures: readonly Measure[];
  /** The semantic models and metrics that this database can answer, for metrics that no single measure carries. */
  readonly semantics?: SemanticLayer | null;
  /** Free text for a model's context (documents, external knowledge of the request). */
  readonly notes: readonly string[];
}

export interface PlanRequest {
  readonly question: string;
  readonly schema: DatabaseSchema;
  /** The day that "today" means, `YYYY-MM-DD`. */
  readonly today: string;
  readonly previous: readonly Turn[];
  readonly knowledge: PlanningKnowledge;
}

/** Which words of the question were read as what. */
export interface Mapping {
  readonly phrase: string;
  readonly meaning: string;
}

export interface Candidate {
  readonly plan: Plan | null;
  readonly sql: string;
  /** Calibrated probability that this candidate answers the question, 0 to 1. */
  readonly confidence: number;
  readonly mappings: readonly Mapping[];
  /** One sentence, in the question's language: how the question was read. */
  readonly reading: string;
}

export interface ClarifyOption {
  readonly label: string;
  readonly candidate: Candidate;
}

export type PlannerName = 'builtin' | 'llm' | 'example';

interface PlanResultBase {
  readonly planner: PlannerName;
  readonly language: Language;
}

export type PlanResult =
  /** `candidates[0]` is the answer; the rest are alternatives for reflection, best first. */
  | (PlanResultBase & { readonly kind: 'answer'; readonly candidates: readonly Candidate[] })
  | (PlanResultBase & { readonly kind: 'clarify'; readonly reason: string; readonly options: readonly ClarifyOption[] })
  | (PlanResultBase & { readonly kind: 'cannot'; readonly reason: string; readonly suggestions: readonly string[] });

export interface PlanOptions {
  readonly signal?: AbortSignal;
  /** Return the best candidate as an answer even when unsure (measurement only). */
  readonly alwaysAnswer?: boolean;
  /**
   * Runs a candidate's SQL within the caller's probe budget and tells its rows; absent or null: never touch the database.
   * Resolves to null when the budget is used up or the statement fails.
   */
  readonly probe?: ((sql: string) => Promise<readonly (readonly unknown[])[] | null>) | null;
  /** Receives a model's answer piece by piece, for showing; planners without a model never call it. */
  readonly onDelta?: (delta: ModelDelta) => void;
  /** The run's account of model calls; without one, each plan has an account of its own. */
  readonly modelBudget?: ModelBudget;
}

export interface Planner {
  readonly name: PlannerName;
  plan(request: PlanRequest, options?: PlanOptions): Promise<PlanResult>;
}
