/** One server process: opens the engine, listens, and ends cleanly: new work refused, running work drained, streams ended. */
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { createAuthClientsReader, type Engine, type LoadedConfig, openEngine } from '../../engine/index.ts';
import { createServer, type HttpServer } from '../app.ts';
import { listen } from './listen.ts';

/** Where the process listens. */
export interface Addresses {
  readonly address: string;
  readonly pipelineAddress: string | null;
}

/** Streams of runs that ended during the drain get this long to deliver their last event. */
const LAST_EVENTS_MS = 1_000;
/** After the drain's own time and this, the process ends whatever is still open. */
const FORCED_EXIT_MS = 15_000;

export interface ServeHereOptions {
  readonly loaded: LoadedConfig;
  readonly stateRole: 'owner' | 'client';
  /** True when the pipeline port was asked for by name. */
  readonly pipelineExplicit: boolean;
  onReady(addresses: Addresses): void;
  onStopping(): void;
  readonly stop: Promise<void>;
}

type Logger = Parameters<typeof createServer>[0]['logger'];

/** Serves until `stop` resolves. */
export async function serveHere(options: ServeHereOptions): Promise<void> {
  const { loaded } = options;
  const { server } = loaded.config;
  const logger = pino({ level: server.log_level }, pino.destination({ fd: 2, sync: true }));
  const engine = await openEngine(loaded, { logger, stateRole: options.stateRole });
  const { firstAdmin } = engine;
  if (firstAdmin?.generatedPassword) {
    const { username, generatedPassword } = firstAdmin;
    process.stdout.write(`First administrator: ${username}, password ${generatedPassword}   (shown once)\n`);
  }
  const servers: HttpServer[] = [];
  const closing = new AbortController();
  try {
    const authClients = createAuthClientsReader(loaded.home, logger);
    const parts = { engine, authClients, logger, closing: closing.signal };
    const main = await createServer(parts);
    servers.push(main);
    const address = await listen(main, server.host, server.port);
    const pipelineAddress = await listenPipeline(parts, loaded, servers, options.pipelineExplicit);
    options.onReady({ address, pipelineAddress });
    await options.stop;
    options.onStopping();
    setTimeout(() => process.exit(1), server.shutdown_timeout_seconds * 1000 + FORCED_EXIT_MS).unref();
    await drain(engine, servers, closing);
  } finally {
    closing.abort();
    await Promise.allSettled(servers.map((one) => one.close()));
    await engine.close();
  }
}

/** No new connections, then the runs in flight, then what is left of the streams. */
async function drain(engine: Engine, servers: readonly HttpServer[], closing: AbortController): Promise<void> {
  const closed = Promise.allSettled(servers.map((one) => one.close()));
  await engine.drain();
  const waiting = new AbortController();
  await Promise.race([closed, delay(LAST_EVENTS_MS, undefined, { signal: waiting.signal }).catch(() => {})]);
  waiting.abort();
  closing.abort();
  await closed;
}

/** The pipeline's own port is a convenience: taken by another program, the surface stays on the main port. */
async function listenPipeline(
  parts: Parameters<typeof createServer>[0] & { readonly logger: Logger },
  loaded: LoadedConfig,
  servers: HttpServer[],
  explicit: boolean,
): Promise<string | null> {
  const { host: address, pipeline_port: port, port: mainPort } = loaded.config.server;
  if (port === 0 || port === mainPort) return null;
  const app = await createServer({ ...parts, face: 'pipeline' });
  try {
    const bound = await listen(app, address, port);
    servers.push(app);
    return bound;
  } catch (error) {
    await app.close();
    if (explicit) throw error;
    parts.logger.warn({ port }, 'the pipeline port is in use; the pipeline API is on the main port only');
    return null;
  }
}
