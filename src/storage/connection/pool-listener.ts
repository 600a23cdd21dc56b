/**
 * A connection of its own for LISTEN, which comes back after a loss, with a growing pause between attempts. It also
 * holds the advisory locks that say which processes live: the server drops them with the connection.
 */
import pg from 'pg';
import type { Logger } from '../../kernel/index.ts';
import type { Backend } from './backend.ts';

const PAUSE_MS = [50, 200, 1_000, 3_000];

interface Subscription {
  readonly channel: string;
  readonly onNotification: (payload: string) => void;
  readonly onReconnect: (() => void) | undefined;
}

/** The lock of a name, for `pg_advisory_lock…($1)`. */
export const PRESENCE_KEY = 'hashtextextended($1, 7103205932)';

export interface Listener {
  readonly listen: Backend['listen'];
  readonly announce: Backend['announce'];
  close(): Promise<void>;
}

export function openListener(url: string, logger: Logger): Listener {
  const subscriptions = new Set<Subscription>();
  const names = new Set<string>();
  let connected: Promise<pg.Client> | null = null;
  let retry: NodeJS.Timeout | null = null;
  let failures = 0;
  let closed = false;

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url, application_name: 'querent-listen', keepAlive: true });
    client.on('notification', ({ channel, payload }) => {
      for (const subscription of subscriptions) {
        if (subscription.channel === channel) subscription.onNotification(payload ?? '');
      }
    });
    client.on('error', () => {});
    await client.connect();
    for (const channel of new Set([...subscriptions].map((subscription) => subscription.channel))) {
      await client.query(`LISTEN "${channel}"`);
    }
    for (const name of names) await client.query(`SELECT pg_advisory_lock(${PRESENCE_KEY})`, [name]);
    client.once('end', () => {
      connected = null;
      if (!closed) reconnect();
    });
    failures = 0;
    return client;
  }

  function reconnect(): void {
    const pause = PAUSE_MS[Math.min(failures, PAUSE_MS.length - 1)]!;
    failures += 1;
    retry = setTimeout(() => {
      if (closed) return;
      connected = connect();
      connected.then(
        () => {
          for (const subscription of subscriptions) subscription.onReconnect?.();
        },
        (error: Error) => {
          connected = null;
          logger.warn({ reason: error.message }, 'the notification connection of the state is down');
          if (!closed) reconnect();
        },
      );
    }, pause);
  }

  return {
    async listen(channel, onNotification, onReconnect) {
      const subscription = { channel, onNotification, onReconnect };
      subscriptions.add(subscription);
      connected ??= connect();
      await (await connected).query(`LISTEN "${channel}"`);
      return async () => {
        subscriptions.delete(subscription);
        if ([...subscriptions].some((other) => other.channel === channel)) return;
        const client = await connected?.catch(() => null);
        await client?.query(`UNLISTEN "${channel}"`).catch(() => {});
      };
    },
    async announce(name) {
      names.add(name);
      connected ??= connect();
      const client = await connected;
      await client.query(`SELECT pg_advisory_lock(${PRESENCE_KEY})`, [name]);
    },
    async close() {
      closed = true;
      if (retry) clearTimeout(retry);
      const client = await connected?.catch(() => null);
      await client?.end().catch(() => {});
    },
  };
}
