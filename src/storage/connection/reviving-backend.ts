/**
 * A backend that opens itself again when what is underneath it goes away: the worker thread of the embedded database,
 * or the socket to the process that owns it. What was under way fails with `state-unavailable`; later statements wait
 * for the new one. Listeners and announced names move over, and listeners are told that they may have missed something.
 */
import { EngineError, type Logger } from '../../kernel/index.ts';
import type { Backend, StatementRunner } from './backend.ts';

/** `onLost` is called once, unless the backend is closed first. */
export type OpenBackend = (onLost: (reason: string) => void) => Promise<Backend>;

interface Subscription {
  readonly channel: string;
  readonly onNotification: (payload: string) => void;
  readonly onReconnect: (() => void) | undefined;
  stop: () => Promise<void>;
}

const PAUSES_MS = [0, 100, 500, 1_000, 2_000, 5_000, 10_000, 10_000];

export async function revivingBackend(open: OpenBackend, logger: Logger): Promise<Backend> {
  const subscriptions = new Set<Subscription>();
  const names = new Set<string>();
  let closed = false;
  let current: Promise<Backend> = openOne();
  await current;

  /** Opens once; only what was adopted is revived when it goes away, what was lost before that counts as not opened. */
  async function openOne(): Promise<Backend> {
    let adopted = false;
    let lost: string | null = null;
    const backend = await open((reason) => {
      lost = reason;
      if (adopted) onLost(reason);
    });
    try {
      await moveOver(backend);
      if (lost !== null) throw new Error(lost);
    } catch (error) {
      await backend.close().catch(() => {});
      throw error;
    }
    adopted = true;
    return backend;
  }

  function onLost(reason: string): void {
    if (closed) return;
    logger.error({ reason }, 'the state database went away and is opened again');
    current = revive();
    current.catch(() => {});
  }

  async function revive(): Promise<Backend> {
    for (const [attempt, pause] of PAUSES_MS.entries()) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (closed) break;
      try {
        const backend = await openOne();
        for (const { onReconnect } of subscriptions) onReconnect?.();
        return backend;
      } catch (error) {
        logger.error(
          { reason: (error as Error).message, attempt: attempt + 1 },
          'the state database does not open again',
        );
      }
    }
    throw new EngineError(
      'state-unavailable',
      'The state database cannot be reached: it went away and does not open again.',
    );
  }

  async function moveOver(backend: Backend): Promise<void> {
    for (const name of names) await backend.announce(name);
    for (const subscription of subscriptions) {
      subscription.stop = await backend.listen(
        subscription.channel,
        subscription.onNotification,
        subscription.onReconnect,
      );
    }
  }

  const runner: StatementRunner = {
    query: async (statement) => (await current).query(statement),
    exec: async (text) => (await current).exec(text),
  };
  return {
    kind: 'embedded',
    ...runner,
    connect: async () => (await current).connect(),
    async listen(channel, onNotification, onReconnect) {
      const stop = await (await current).listen(channel, onNotification, onReconnect);
      const subscription: Subscription = { channel, onNotification, onReconnect, stop };
      subscriptions.add(subscription);
      return async () => {
        subscriptions.delete(subscription);
        await subscription.stop();
      };
    },
    async announce(name) {
      await (await current).announce(name);
      names.add(name);
    },
    absent: async (wanted) => (await current).absent(wanted),
    async close() {
      closed = true;
      const backend = await current.catch(() => null);
      await backend?.close();
    },
  };
}
