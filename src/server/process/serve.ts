/** The server's process: opens the engine, listens, prints one short screen, and ends cleanly on a signal. */
import { createServer as createNetServer } from 'node:net';
import pino from 'pino';
import {
  authClientsPath,
  type Config,
  createAuthClientsReader,
  type Engine,
  type LoadedConfig,
  openEngine,
} from '../../engine/index.ts';
import { EngineError } from '../../kernel/index.ts';
import { createServer, type HttpServer } from '../app.ts';
import { welcomeScreen } from './welcome.ts';

/** The terminal that started the server. */
export interface ServeHost {
  out(line: string): void;
  error(line: string): void;
  loadConfig(file?: string): LoadedConfig;
}

export interface ServeOptions {
  readonly host?: string;
  readonly port?: number;
  readonly pipelinePort?: number;
  readonly config?: string;
}

/** A repeat of a signal within this time is the process group's echo of the first one. */
const SIGNAL_ECHO_MS = 300;
/** After this the process ends whatever is still open. */
const FORCED_EXIT_MS = 15_000;

export async function serve(options: ServeOptions, host: ServeHost): Promise<number> {
  const loaded = withFlags(host.loadConfig(options.config), options);
  const { server } = loaded.config;
  const logger = pino({ level: server.log_level }, pino.destination({ fd: 2, sync: true }));
  const stop = stopSignal(host);
  await requireFreePort(server.host, server.port);
  host.error('Opening the state and the demo data …');
  const engine = await openEngine(loaded, { logger });
  const servers: HttpServer[] = [];
  try {
    const authClients = createAuthClientsReader(loaded.home, logger);
    const main = await createServer({ engine, authClients, logger });
    servers.push(main);
    const address = await listen(main, server.host, server.port);
    const pipelineAddress = await listenPipeline(
      engine,
      loaded,
      authClients,
      logger,
      servers,
      options.pipelinePort !== undefined,
    );
    for (const line of welcomeScreen({
      address,
      pipelineAddress,
      credentials: authClientsPath(loaded.home),
      clients: authClients(),
      written: loaded.written,
    })) {
      host.out(line);
    }
    await stop;
    host.error('Stopping …');
    setTimeout(() => process.exit(1), FORCED_EXIT_MS).unref();
    return 0;
  } finally {
    await Promise.allSettled(servers.map((one) => one.close()));
    await engine.close();
  }
}

/** Command-line flags win over the file. */
function withFlags(loaded: LoadedConfig, options: ServeOptions): LoadedConfig {
  const server: Config['server'] = {
    ...loaded.config.server,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.pipelinePort === undefined ? {} : { pipeline_port: options.pipelinePort }),
  };
  return { ...loaded, config: { ...loaded.config, server } };
}

/** Resolves at the first SIGINT, SIGTERM or SIGHUP; a second one, not an echo, ends the process at once. */
function stopSignal(host: ServeHost): Promise<void> {
  return new Promise((resolve) => {
    let first = 0;
    const onSignal = (): void => {
      const now = Date.now();
      if (first === 0) {
        first = now;
        resolve();
      } else if (now - first > SIGNAL_ECHO_MS) {
        host.error('Stopped at once.');
        process.exit(130);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}

/** Says early, before anything is opened, that the port is taken. */
function requireFreePort(address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createNetServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, address, port)));
    probe.listen(port, address, () => probe.close(() => resolve()));
  });
}

function listenError(error: NodeJS.ErrnoException, address: string, port: number): EngineError {
  const reason =
    error.code === 'EADDRINUSE'
      ? `port ${port} on ${address} is in use; stop the other program or choose another with --port`
      : error.code === 'EACCES'
        ? `port ${port} needs more rights; choose one above 1023 with --port`
        : error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND'
          ? `${address} is not an address of this machine; choose another with --host`
          : `cannot listen on ${address}:${port}: ${error.code ?? error.message}`;
  return new EngineError('config-invalid', reason, { cause: error });
}

async function listen(app: HttpServer, address: string, port: number): Promise<string> {
  try {
    await app.listen({ host: address, port });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, address, port);
  }
  const bound = app.server.address();
  const actual = bound !== null && typeof bound === 'object' ? bound.port : port;
  const shown = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${actual}`;
}

/** The pipeline's own port is a convenience: taken by another program, the surface stays on the main port. */
async function listenPipeline(
  engine: Engine,
  loaded: LoadedConfig,
  authClients: Parameters<typeof createServer>[0]['authClients'],
  logger: Parameters<typeof createServer>[0]['logger'],
  servers: HttpServer[],
  explicit: boolean,
): Promise<string | null> {
  const { host: address, pipeline_port: port, port: mainPort } = loaded.config.server;
  if (port === 0 || port === mainPort) return null;
  const app = await createServer({ engine, authClients, logger });
  try {
    const bound = await listen(app, address, port);
    servers.push(app);
    return bound;
  } catch (error) {
    await app.close();
    if (explicit) throw error;
    logger.warn({ port }, 'the pipeline port is in use; the pipeline API is on the main port only');
    return null;
  }
}
