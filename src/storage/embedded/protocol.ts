/**
 * The messages between the owner of the embedded database (its worker thread) and its users: this process over a
 * message port, other processes over a private Unix socket. Requests carry an id; each gets one reply.
 *
 * `session` names an exclusive turn: from `acquire` to `release` (or until the peer goes away) only statements of that
 * session run, so a transaction is never mixed with other work.
 */
import type { RawResult, Statement } from '../connection/backend.ts';
import type { DatabaseErrorFields } from '../connection/database-error.ts';

export type Request =
  | { readonly id: number; readonly op: 'query'; readonly session: number | null; readonly statement: Statement }
  | { readonly id: number; readonly op: 'exec'; readonly session: number | null; readonly text: string }
  | { readonly id: number; readonly op: 'acquire' }
  | { readonly id: number; readonly op: 'release'; readonly session: number; readonly broken: boolean }
  | { readonly id: number; readonly op: 'listen'; readonly channel: string }
  | { readonly id: number; readonly op: 'unlisten'; readonly channel: string }
  | { readonly id: number; readonly op: 'announce'; readonly name: string }
  | { readonly id: number; readonly op: 'absent'; readonly names: readonly string[] };

/** What a request gave: results of statements, the new session's number, or names. */
export interface Given {
  readonly results?: readonly RawResult[];
  readonly session?: number;
  readonly names?: readonly string[];
}

export type Reply =
  | ({ readonly id: number; readonly ok: true } & Given)
  | { readonly id: number; readonly ok: false; readonly error: DatabaseErrorFields };

export type Message = Reply | { readonly channel: string; readonly payload: string };

/** Both ends of a connection look like this to the code that speaks the protocol. */
export interface Channel<Outgoing, Incoming> {
  send(message: Outgoing): void;
  onMessage(handler: (message: Incoming) => void): void;
  /** Called once, when no further message can come. */
  onClose(handler: (reason: string) => void): void;
  close(): void;
}

/** What the owning process says to the worker thread beside the peers' messages. */
export type WorkerControl =
  | { readonly control: 'serve'; readonly socketPath: string }
  | { readonly control: 'stop-serving' }
  | { readonly control: 'close' };

export type WorkerStatus =
  | { readonly status: 'ready' }
  | { readonly status: 'failed'; readonly error: DatabaseErrorFields }
  | { readonly status: 'serving'; readonly error: string | null }
  | { readonly status: 'closed'; readonly error: string | null };
