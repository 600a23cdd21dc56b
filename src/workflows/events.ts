/**
 * The one stream of a run. Every event is plain data, stored before it is shown (text deltas apart), and every
 * surface is a codec between this union and its own wire format. Surfaces add nothing: what a client sees after a
 * replay equals what it saw live.
 */
import type { Cell, ResultColumn } from '../execution/index.ts';
import type { Language, Mapping, PlannerName } from '../planning/index.ts';
import type { Plan } from '../sql/index.ts';
import type { NodeType } from './node.ts';

export type TodoStatus = 'pending' | 'in_progress' | 'completed' | 'failed';
export interface Todo {
  readonly id: string;
  readonly content: string;
  readonly status: TodoStatus;
}

/** Rows as they are shown: typed cells, at most the row cap. */
export interface RunRows {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly truncated: boolean;
}

/** Why a run did not answer; `clarify` and `cannot` are honest outcomes, `failure` is a fault. */
export type RunProblemKind = 'clarify' | 'cannot' | 'failure' | 'cancelled';
export interface RunProblem {
  readonly kind: RunProblemKind;
  /** A failure code of the engine, e.g. `unknown-namespace`, `sql-not-read-only`, a run failure code. */
  readonly code: string;
  readonly message: string;
  /** Nearest answerable questions, or the readings to choose from. */
  readonly suggestions: readonly string[];
}

export type NodeStatus = 'processing' | 'success' | 'failed';

export type RunEvent =
  | { readonly type: 'run-start'; readonly workflow: string; readonly owner: string; readonly question: string }
  | { readonly type: 'run-progress'; readonly action: string; readonly message: string; readonly percent: number }
  | { readonly type: 'node-start'; readonly nodeId: string; readonly nodeType: NodeType; readonly description: string }
  | {
      readonly type: 'node-detail';
      readonly nodeId: string;
      readonly nodeType: NodeType;
      readonly action: string;
      readonly status: NodeStatus;
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: 'node-end';
      readonly nodeId: string;
      readonly nodeType: NodeType;
      readonly status: NodeStatus;
      readonly message: string;
    }
  | {
      readonly type: 'text-delta';
      readonly nodeId: string;
      readonly nodeType: NodeType;
      readonly channel: 'thinking' | 'output';
      readonly text: string;
      /** What this node has shown so far is void; the text begins anew. */
      readonly restart?: true;
    }
  | {
      readonly type: 'sql-generated';
      readonly nodeId: string;
      readonly sql: string;
      readonly planner: PlannerName;
      readonly confidence: number;
      readonly reading: string;
      readonly mappings: readonly Mapping[];
      /** The logical query behind the SQL, for follow-ups; surfaces do not show it. */
      readonly plan?: Plan | null;
    }
  | {
      readonly type: 'tool-call';
      readonly nodeId: string;
      readonly todoId: string | null;
      readonly callId: string;
      readonly toolName: string;
      readonly input: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: 'tool-result';
      readonly nodeId: string;
      readonly todoId: string | null;
      readonly callId: string;
      readonly toolName: string;
      readonly data: unknown;
      readonly error: boolean;
    }
  | {
      readonly type: 'sql-start';
      readonly nodeId: string;
      readonly todoId: string | null;
      readonly callId: string;
      readonly sql: string;
      readonly datasource: string;
      readonly estimatedRows: number | null;
      /** What the preparation of the statement took (its check, its estimate); absent when nothing was measured. */
      readonly preparedMs?: number;
    }
  | {
      readonly type: 'sql-result';
      readonly nodeId: string;
      readonly todoId: string | null;
      readonly callId: string;
      readonly sql: string;
      readonly result: RunRows;
      readonly elapsedMs: number;
    }
  | {
      readonly type: 'sql-error';
      readonly nodeId: string;
      readonly todoId: string | null;
      readonly callId: string;
      readonly sql: string;
      /** A run failure code of the execution port, or the guard's code. */
      readonly code: string;
      readonly message: string;
    }
  | {
      readonly type: 'message';
      readonly nodeId: string | null;
      readonly todoId: string | null;
      readonly role: 'note' | 'answer' | 'report';
      readonly markdown: string;
      /** The query that an answer rests on, and what it cost in tokens. */
      readonly sql?: string | null;
      readonly tokens?: number;
    }
  | { readonly type: 'plan-update'; readonly todos: readonly Todo[] }
  | {
      readonly type: 'input-needed';
      readonly nodeId: string;
      readonly prompt: string;
      readonly actions: readonly string[];
    }
  | { readonly type: 'input-received'; readonly nodeId: string; readonly action: string }
  | { readonly type: 'report-ready'; readonly url: string; readonly html: string }
  | {
      readonly type: 'output-ready';
      readonly sql: string | null;
      readonly result: RunRows | null;
      readonly language: Language;
    }
  | {
      readonly type: 'run-end';
      readonly status: 'completed' | 'failed' | 'cancelled';
      readonly problem: RunProblem | null;
      readonly elapsedMs: number;
      readonly nodesExecuted: number;
      readonly reflectionRounds: number;
    };

/** Deltas may be trimmed after the end of a run; everything else is durable. */
export const isDurable = (event: RunEvent): boolean => event.type !== 'text-delta';
