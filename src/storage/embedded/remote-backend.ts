/** The user's end of the protocol: a {@link Backend} over a channel to the embedded database. */
import { EngineError } from '../../kernel/index.ts';
import type { Backend, Session, Statement, StatementRunner } from '../connection/backend.ts';
import { DatabaseError } from '../connection/database-error.ts';
import type { Channel, Given, Message, Request } from './protocol.ts';

type Unnumbered = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

const DRAIN_MS = 3_000;

interface Pending {
  resolve(given: Given): void;
  reject(error: Error): void;
}

/**
 * @param onClose what else has to end when the backend is closed (the worker thread).
 * @param onLost called once when the other end goes away by itself.
 */
export function remoteBackend(
  channel: Channel<Request, Message>,
  onClose: () => Promise<void>,
  onLost: (reason: string) => void,
): Backend {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: string) => void>>();
  let nextId = 1;
  let ended: string | null = null;
  let closing: Promise<void> | null = null;
  let onDrained: (() => void) | null = null;

  channel.onMessage((message) => {
    if ('channel' in message) {
      for (const listener of listeners.get(message.channel) ?? []) listener(message.payload);
      return;
    }
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.ok) waiting?.resolve(message);
    else waiting?.reject(new DatabaseError(message.error));
    if (pending.size === 0) onDrained?.();
  });
  channel.onClose((reason) => {
    const unexpected = ended === null;
    end(reason);
    if (unexpected) onLost(reason);
  });

  function end(reason: string): void {
    ended ??= reason;
    for (const waiting of pending.values()) waiting.reject(unavailable(ended));
    pending.clear();
    onDrained?.();
  }

  /** Statements already sent get their answer, within reason. */
  function drained(): Promise<void> {
    if (pending.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, DRAIN_MS);
      onDrained = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function call(request: Unnumbered): Promise<Given> {
    return new Promise((resolve, reject) => {
      if (ended !== null) {
        reject(unavailable(ended));
        return;
      }
      const id = nextId++;
      pending.set(id, { resolve, reject });
      channel.send({ ...request, id } as Request);
    });
  }

  const runner = (session: number | null): StatementRunner => ({
    query: async (statement: Statement) => (await call({ op: 'query', session, statement })).results![0]!,
    exec: async (text: string) => (await call({ op: 'exec', session, text })).results!,
  });

  return {
    kind: 'embedded',
    ...runner(null),
    async connect(): Promise<Session> {
      const session = (await call({ op: 'acquire' })).session!;
      return {
        ...runner(session),
        release: async (broken = false) => {
          await call({ op: 'release', session, broken }).catch(() => {});
        },
      };
    },
    async listen(name, onNotification) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known);
      known.add(onNotification);
      await call({ op: 'listen', channel: name });
      return async () => {
        known.delete(onNotification);
        if (known.size === 0 && ended === null) await call({ op: 'unlisten', channel: name }).catch(() => {});
      };
    },
    announce: async (name) => {
      await call({ op: 'announce', name });
    },
    absent: async (names) => [...(await call({ op: 'absent', names })).names!],
    close() {
      closing ??= (async () => {
        ended ??= 'it has been closed';
        await drained();
        end(ended);
        try {
          await onClose();
        } finally {
          channel.close();
        }
      })();
      return closing;
    },
  };
}

function unavailable(reason: string): EngineError {
  return new EngineError('state-unavailable', `The state database cannot be reached: ${reason}.`);
}
