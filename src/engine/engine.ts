/** The facade that surfaces speak to. It owns every resource; `close` releases them all. */
import type { FirstAdmin } from '../accounts/index.ts';
import type { Outcome } from '../kernel/index.ts';
import type { ModelCall } from '../llm/index.ts';
import type { Pipeline } from '../pipeline/index.ts';
import type { Plan } from '../sql/index.ts';
import type { InputRequest, PersonInput, RunEvent, RunProblem, RunRequest, RunRows } from '../workflows/index.ts';
import type { Ask } from './ask/ask.ts';
import type { Config } from './config/schema.ts';

export type RunStatus = 'running' | 'completed' | 'failed' | 'cancelled';

/** What a finished run leaves behind. */
export interface RunResult {
  readonly status: Exclude<RunStatus, 'running'>;
  readonly sql: string | null;
  readonly rows: RunRows | null;
  readonly problem: RunProblem | null;
  readonly planner: string | null;
  readonly confidence: number | null;
  readonly reading: string | null;
  /** The logical query that was answered, as far as there is one. */
  readonly plan: Plan | null;
  readonly elapsedMs: number;
  readonly nodesExecuted: number;
  readonly reflectionRounds: number;
  /** What the run spent on models. */
  readonly usage: RunUsage;
}

/** The account of a run's model calls; tokens are prompt and answer together. */
export interface RunUsage {
  readonly tokens: number;
  /** Null when no price is configured for any of the calls. */
  readonly cost: number | null;
  readonly calls: readonly ModelCall[];
}

/** How a run was asked for; codecs use it to show tasks, the engine does not read it. */
export type RunChannel = 'workflow_sync' | 'workflow_stream' | 'chat_research' | 'ask';

export interface RunSubmission {
  /** Null lets the engine make one: `{owner}_{YYYYMMDDHHMMSS}`, with a suffix only on collision. */
  readonly id: string | null;
  readonly owner: string;
  readonly channel: RunChannel;
  readonly request: RunRequest;
}

export interface Run {
  readonly id: string;
  readonly owner: string;
  readonly channel: RunChannel;
  readonly status: RunStatus;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly request: RunRequest;
  readonly result: RunResult | null;
  readonly feedback: RunFeedback | null;
  /** What a live run waits for a person to say, or null. */
  readonly waiting: InputRequest | null;
}

/** Why an input was not taken. */
export type InputFailure =
  | { readonly code: 'not-found' }
  | { readonly code: 'over'; readonly status: RunStatus }
  | { readonly code: 'not-waiting' }
  | { readonly code: 'unknown-action'; readonly actions: readonly string[] };

export interface RunFeedback {
  readonly status: 'success' | 'failed';
  readonly recordedAt: Date;
}

/** One event of a run as it is stored, or a marker for history that was trimmed. */
export type RunRecord =
  | {
      readonly kind: 'event' /** Null for deltas, which are never stored. */;
      readonly seq: number | null;
      readonly time: Date;
      readonly event: RunEvent;
    }
  | { readonly kind: 'gap'; readonly from: number; readonly to: number };

export interface Health {
  /** Per namespace; `unknown` until the first probe is back. */
  readonly databases: Readonly<Record<string, 'success' | 'error' | 'unknown'>>;
  readonly model: 'success' | 'error' | 'unknown';
}

export interface Engine {
  readonly home: string;
  readonly config: Config;
  /** Jobs that turn tables into training data, with their files and logs. */
  readonly pipeline: Pipeline;
  /** Users, their datasources and chats. */
  readonly ask: Ask;
  /** Set by the one start that made the first administrator. */
  readonly firstAdmin: FirstAdmin | null;
  /** Never waits for a database or a model: the last known state. */
  health(): Health;
  /** Accepts a run durably. `id-taken` reveals nothing about the run that has the id. */
  submitRun(submission: RunSubmission): Promise<Outcome<{ readonly id: string }, { readonly code: 'id-taken' }>>;
  /** The run's events after a sequence number, then live ones; ends after the terminal event. Null: not the owner's. */
  followRun(
    owner: string,
    id: string,
    options: { readonly after: number; readonly signal: AbortSignal },
  ): Promise<AsyncIterable<RunRecord> | null>;
  /** The owner's run, or null. */
  findRun(owner: string, id: string): Promise<Run | null>;
  /** The owner's live runs, then those that ended and were created since a time; newest first. */
  listRuns(owner: string, since: Date): Promise<readonly Run[]>;
  /** Asks a live run to stop; the statement in flight is cancelled at its database. */
  cancelRun(owner: string, id: string): Promise<Run | null>;
  /** Gives a run that waits for a person its input; it is stored before the run sees it. */
  sendInput(owner: string, id: string, input: PersonInput): Promise<Outcome<InputRequest, InputFailure>>;
  recordFeedback(owner: string, id: string, status: RunFeedback['status']): Promise<Date | null>;
  /** Takes no new work and waits for what runs; what is not done in time goes back to the queue. */
  drain(): Promise<void>;
  close(): Promise<void>;
}
