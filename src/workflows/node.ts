/** What a workflow node is: a small function over the run's state that emits events and says how to go on. */

import type { Datasource } from '../execution/index.ts';
import type { Logger } from '../kernel/index.ts';
import type { MetricReading, SemanticLayer } from '../knowledge/index.ts';
import type { ModelBudget, ModelLimits, Models } from '../llm/index.ts';
import type {
  Candidate,
  Example,
  Language,
  LlmPlanner,
  Period,
  Planner,
  PlannerName,
  PlanningKnowledge,
  PlanResult,
  ReflectionClass,
  Turn,
} from '../planning/index.ts';
import type { DatabaseSchema, ReadOnlySql, Rights } from '../sql/index.ts';
import type { RunEvent, RunProblem, RunRows } from './events.ts';
import type { ReflectionNodes } from './reflection/strategies.ts';
import type { ResearchOptions } from './research/research-options.ts';
import type { Step, WorkflowCatalog } from './workflow.ts';

/** Every node type that a workflow may name (contract of the workflow API, §8). */
export const NODE_TYPES = [
  'start',
  'hitl',
  'reflect',
  'parallel',
  'selection',
  'subworkflow',
  'schema_linking',
  'generate_sql',
  'execute_sql',
  'output',
  'reasoning',
  'doc_search',
  'fix',
  'search_metrics',
  'compare',
  'date_parser',
  'chat',
  'gensql',
  'semantic',
  'sql_summary',
  'intent_analysis',
  'intent_clarification',
  'schema_discovery',
  'schema_validation',
  'sql_validate',
  'result_validation',
  'knowledge_enhancement',
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** What the person asked for, independent of any surface. */
export interface RunRequest {
  readonly workflow: string;
  readonly namespace: string;
  readonly question: string;
  readonly database: string | null;
  readonly schemaName: string | null;
  /** `YYYY-MM-DD`: what "today" means. */
  readonly today: string;
  readonly notes: readonly string[];
  readonly subjectPath: readonly string[];
  readonly planMode: boolean;
  readonly previous: readonly Turn[];
  /** Whose rights restrict what the run may read; absent or null: nobody's. */
  readonly account?: RunAccount | null;
  /** Present for a deep-research run: its mode decides what runs instead of `workflow` alone. */
  readonly research?: ResearchOptions | null;
}

/** The user and the registered datasource that rights are kept for. */
export interface RunAccount {
  readonly userId: number;
  readonly datasourceId: number;
  /** Mark of the rights under which the run was asked for; it reads nothing under others. Absent: whatever they are. */
  readonly rights?: string;
}

/** One database, opened and known. */
export interface OpenedDatasource {
  readonly name: string;
  readonly datasource: Datasource;
  /** What the caller may know of; everything that plans, suggests or explains reads only this. */
  readonly schema: DatabaseSchema;
  /** The whole database and the caller's rights to it: what the guard needs. Absent: `schema` is the whole. */
  readonly restricted?: { readonly whole: DatabaseSchema; readonly rights: Rights } | null;
}

/** Settings of a node, from `agent.nodes`, the workflow's `config` and the step itself; each node reads its own. */
export type NodeOptions = Readonly<Record<string, unknown>>;

/** A passage of a document, found for a question. */
export interface FoundDocument {
  readonly title: string;
  readonly text: string;
}

/** What nodes need from the outside; the engine supplies it. */
export interface RunServices {
  /**
   * `refresh` reads the structure of the database again.
   *
   * @throws EngineError `not-found` naming the namespace or database, `datasource-unavailable`
   */
  openDatasource(
    request: RunRequest,
    signal: AbortSignal,
    options?: { readonly refresh?: boolean },
  ): Promise<OpenedDatasource>;
  readonly planner: Planner;
  /** The planner over a model alone, for repairs; null without a model. */
  readonly llmPlanner: LlmPlanner | null;
  readonly models: Models;
  /** What one run may spend on models. */
  readonly modelLimits: Partial<ModelLimits>;
  readonly workflows: WorkflowCatalog;
  /** `agent.nodes`: settings by node type. */
  readonly nodeOptions: Readonly<Record<string, NodeOptions>>;
  knowledge(request: RunRequest, source: OpenedDatasource): Promise<PlanningKnowledge>;
  /** The semantic layer of a database, or null. */
  metrics(request: RunRequest, source: OpenedDatasource): Promise<SemanticLayer | null>;
  /** Passages of the namespace's documents that fit a text, best first. */
  documents(request: RunRequest, text: string, limit: number): Promise<readonly FoundDocument[]>;
  /** Question–SQL pairs of the namespace that somebody confirmed, newest first; absent where nothing stores any. */
  readonly referenceSql?: (request: RunRequest, limit: number) => Promise<readonly Example[]>;
  /** Research in plan mode reads the glossary as notes when its request brings no knowledge. */
  readonly injectTerms?: boolean;
  readonly fiscalYearStartMonth: number;
  /** Which nodes each strategy of reflection inserts. */
  readonly reflectionNodes: ReflectionNodes;
  readonly limits: {
    readonly rows: number;
    readonly resultBytes: number;
    readonly statementTimeoutMs: number;
    readonly reflectionRounds: number;
    /** Nodes that one run may execute at most, inserted ones included. */
    readonly nodes: number;
    readonly probeStatements: number;
    readonly probeMs: number;
  };
  readonly logger: Logger;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** What a person sends to a run that waits for input: an action, with whatever that action takes. */
export interface PersonInput {
  readonly action: string;
  readonly [key: string]: unknown;
}

/** What a run waits for. */
export interface InputRequest {
  readonly nodeId: string;
  readonly prompt: string;
  /** The actions that go on; any other input is ignored. */
  readonly actions: readonly string[];
}

/** A statement that the guard accepted for the run's datasource. */
export interface GuardedStatement {
  readonly sql: ReadOnlySql;
  /** The statement as written, before the row cap. */
  readonly text: string;
}

/** The run's blackboard. Nodes read what earlier nodes left and write their own part. */
export interface RunState {
  readonly request: RunRequest;
  language: Language;
  source: OpenedDatasource | null;
  knowledge: PlanningKnowledge;
  planned: PlanResult | null;
  /** Candidates still to be tried, best first; `candidate` is the one in use. */
  alternatives: Candidate[];
  candidate: Candidate | null;
  planner: PlannerName;
  statement: GuardedStatement | null;
  result: RunRows | null;
  resultMs: number;
  /** Set by validation or execution; reflection decides what to do about it. */
  problem: RunProblem | null;
  validation: SqlValidation | null;
  linkedTables: readonly string[];
  reflectionRounds: number;
  /** How often each strategy of reflection was chosen. */
  strategies: Partial<Record<ReflectionClass, number>>;
  /** Every statement that was tried, with what came of it, oldest first. */
  attempts: Attempt[];
  periods: readonly Period[];
  /** The question with names spelt as the catalog spells them; suggested when the question itself has no answer. */
  corrected: string | null;
  /** The question read as metrics, by `search_metrics`. */
  metrics: MetricReading | null;
  documents: readonly FoundDocument[];
  /** What reflection wants `doc_search` to look up. */
  lookup: readonly string[];
  /** Alternatives that ran side by side, until one is chosen. */
  branches: readonly Branch[];
}

/** One statement and its outcome. */
export interface Attempt {
  readonly candidate: Candidate;
  readonly planner: PlannerName;
  readonly statement: GuardedStatement | null;
  readonly result: RunRows | null;
  readonly resultMs: number;
  readonly problem: RunProblem | null;
}

/** What one alternative of a `parallel` step left behind. */
export interface Branch {
  readonly name: string;
  readonly state: RunState;
  readonly problem: RunProblem | null;
}

export interface SqlValidation {
  readonly isValid: boolean;
  readonly syntaxValid: boolean;
  readonly tablesExist: boolean;
  readonly columnsExist: boolean;
  readonly hasDangerousOps: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export interface NodeContext {
  readonly nodeId: string;
  readonly nodeType: NodeType;
  readonly state: RunState;
  readonly services: RunServices;
  readonly options: NodeOptions;
  /** The run's one account of model calls. */
  readonly budget: ModelBudget;
  readonly signal: AbortSignal;
  emit(event: RunEvent): Promise<void>;
  /** Announces what is asked (`input-needed`) and waits, as long as it takes, for one of the actions. */
  askPerson(request: Omit<InputRequest, 'nodeId'>): Promise<PersonInput>;
}

/** How the run goes on after a node. */
export type NodeOutcome =
  | { readonly kind: 'continue' }
  /** These steps run next, before the rest of the workflow; their ids begin with `idPrefix`. */
  | { readonly kind: 'insert'; readonly steps: readonly Step[]; readonly idPrefix: string | null }
  /** The run cannot be answered; it ends failed with this problem. */
  | { readonly kind: 'stop'; readonly problem: RunProblem };

export interface WorkflowNode {
  readonly type: NodeType;
  run(context: NodeContext): Promise<NodeOutcome>;
}

export const proceed: NodeOutcome = { kind: 'continue' };
