/**
 * Gives one single-connection database to many peers. Statements run one at a time in the order of arrival; while a
 * session is held only its own statements run. A peer that goes away loses its waiting statements, and its open
 * transaction is rolled back; so is one that is left idle: a paused peer must not hold up the others for good.
 */
import type { RawResult, Statement } from '../connection/backend.ts';
import { errorFields } from '../connection/database-error.ts';
import type { Channel, Given, Message, Request } from './protocol.ts';

/** The one connection; PGlite in the product. */
export interface SingleConnection {
  query(statement: Statement): Promise<RawResult>;
  exec(text: string): Promise<readonly RawResult[]>;
  listen(channel: string, onNotification: (payload: string) => void): Promise<() => Promise<void>>;
}

const IDLE_SESSION_MS = 60_000;

interface Peer {
  readonly channel: Channel<Message, Request>;
  readonly listening: Set<string>;
  readonly names: Set<string>;
  gone: boolean;
}

interface Waiting {
  readonly peer: Peer;
  readonly request: Request;
}

interface Holder {
  readonly session: number;
  readonly peer: Peer;
  expired: boolean;
}

export class SessionHost {
  readonly #connection: SingleConnection;
  readonly #peers = new Set<Peer>();
  readonly #channels = new Map<string, () => Promise<void>>();
  #queue: Waiting[] = [];
  #holder: Holder | null = null;
  #running: Promise<void> | null = null;
  #nextSession = 1;
  #idleTimer: NodeJS.Timeout | null = null;
  readonly #idleSessionMs: number;

  constructor(connection: SingleConnection, { idleSessionMs = IDLE_SESSION_MS } = {}) {
    this.#connection = connection;
    this.#idleSessionMs = idleSessionMs;
  }

  /** Serves one peer until its channel closes. */
  attach(channel: Channel<Message, Request>): void {
    const peer: Peer = { channel, listening: new Set(), names: new Set(), gone: false };
    this.#peers.add(peer);
    channel.onMessage((request) => {
      this.#queue.push({ peer, request });
      this.#wake();
    });
    channel.onClose(() => {
      peer.gone = true;
      this.#peers.delete(peer);
      this.#queue = this.#queue.filter((waiting) => waiting.peer !== peer);
      this.#wake();
    });
  }

  /** Resolves when nothing runs and nothing that can run waits. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #wake(): void {
    this.#running ??= this.#drain().finally(() => {
      this.#running = null;
      if (this.#runnable() !== -1 || this.#holder?.peer.gone) this.#wake();
    });
  }

  async #drain(): Promise<void> {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    for (;;) {
      if (this.#holder?.peer.gone || this.#holder?.expired) {
        await this.#rollBack();
        this.#holder = null;
      }
      const index = this.#runnable();
      if (index === -1) {
        if (this.#holder) this.#limitIdle(this.#holder);
        return;
      }
      const [waiting] = this.#queue.splice(index, 1);
      await this.#serve(waiting!);
    }
  }

  #limitIdle(holder: Holder): void {
    this.#idleTimer = setTimeout(() => {
      holder.expired = true;
      this.#wake();
    }, this.#idleSessionMs);
    this.#idleTimer.unref();
  }

  #runnable(): number {
    const holder = this.#holder;
    if (holder === null) return this.#queue.length === 0 ? -1 : 0;
    return this.#queue.findIndex(
      ({ peer, request }) => peer === holder.peer && 'session' in request && request.session === holder.session,
    );
  }

  async #serve({ peer, request }: Waiting): Promise<void> {
    const reply = (message: Message): void => {
      if (!peer.gone) peer.channel.send(message);
    };
    try {
      reply({ id: request.id, ok: true, ...(await this.#perform(peer, request)) });
    } catch (error) {
      if (this.#holder === null) await this.#rollBack();
      reply({ id: request.id, ok: false, error: errorFields(error) });
    }
  }

  async #perform(peer: Peer, request: Request): Promise<Given> {
    if ('session' in request && request.session !== null && request.session !== this.#holder?.session) {
      throw new Error('this session has been released');
    }
    switch (request.op) {
      case 'query':
        return { results: [await this.#connection.query(request.statement)] };
      case 'exec':
        return { results: await this.#connection.exec(request.text) };
      case 'acquire': {
        const session = this.#nextSession++;
        this.#holder = { session, peer, expired: false };
        return { session };
      }
      case 'release':
        if (request.broken) await this.#rollBack();
        this.#holder = null;
        return {};
      case 'listen':
        peer.listening.add(request.channel);
        await this.#subscribe(request.channel);
        return {};
      case 'unlisten':
        peer.listening.delete(request.channel);
        return {};
      case 'announce':
        peer.names.add(request.name);
        return {};
      case 'absent': {
        const present = new Set([...this.#peers].flatMap(({ names }) => [...names]));
        return { names: request.names.filter((name) => !present.has(name)) };
      }
    }
  }

  async #subscribe(channel: string): Promise<void> {
    if (this.#channels.has(channel)) return;
    const unsubscribe = await this.#connection.listen(channel, (payload) => {
      for (const peer of this.#peers) if (peer.listening.has(channel)) peer.channel.send({ channel, payload });
    });
    this.#channels.set(channel, unsubscribe);
  }

  async #rollBack(): Promise<void> {
    await this.#connection.exec('ROLLBACK').catch(() => {});
  }
}
