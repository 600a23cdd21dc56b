/** What a workflow node is: a small function over the run's state that emits events and says how to go on. */

import type { Datasource } from '../execution/index.ts';
import type { Logger } from '../kernel/index.ts';
import type {
  Candidate,
  Language,
  Planner,
  PlannerName,
  PlanningKnowledge,
  PlanResult,
  Turn,
} from '../planning/index.ts';
import type { DatabaseSchema, ReadOnlySql } from '../sql/index.ts';
import type { RunEvent, RunProblem, RunRows } from './events.ts';

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
}

/** One database, opened and known. */
export interface OpenedDatasource {
  readonly name: string;
  readonly datasource: Datasource;
  readonly schema: DatabaseSchema;
}

/** What nodes need from the outside; the engine supplies it. */
export interface RunServices {
  /** @throws EngineError `not-found` naming the namespace or database, `datasource-unavailable` */
  openDatasource(request: RunRequest, signal: AbortSignal): Promise<OpenedDatasource>;
  readonly planner: Planner;
  knowledge(request: RunRequest, source: OpenedDatasource): Promise<PlanningKnowledge>;
  readonly limits: {
    readonly rows: number;
    readonly resultBytes: number;
    readonly statementTimeoutMs: number;
    readonly reflectionRounds: number;
    readonly probeStatements: number;
    readonly probeMs: number;
  };
  readonly logger: Logger;
  /** Milliseconds since the epoch. */
  now(): number;
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
  readonly signal: AbortSignal;
  emit(event: RunEvent): Promise<void>;
}

/** How the run goes on after a node. */
export type NodeOutcome =
  | { readonly kind: 'continue' }
  /** These nodes run next, before the rest of the workflow. */
  | { readonly kind: 'insert'; readonly nodes: readonly NodeType[] }
  /** The run cannot be answered; it ends failed with this problem. */
  | { readonly kind: 'stop'; readonly problem: RunProblem };

export interface WorkflowNode {
  readonly type: NodeType;
  run(context: NodeContext): Promise<NodeOutcome>;
}

export const proceed: NodeOutcome = { kind: 'continue' };
