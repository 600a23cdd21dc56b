/**
 * Several server processes on one port. The primary holds the embedded state and the demo's files for the others and
 * answers no request itself; a worker that is lost is replaced, and its runs go on in another one.
 *
 * The workers share the listening socket and take connections from it themselves. Handed out by the primary, a connection
 * on its way to a worker that dies would be kept open and never answered.
 */
import cluster, { type Worker } from 'node:cluster';
import pino from 'pino';
import { type LoadedConfig, openPrimary } from '../../engine/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { Addresses } from './serve-here.ts';

export const isWorkerProcess = (): boolean => cluster.isWorker;

/** A worker tells its primary where it listens. */
export function reportReady(addresses: Addresses): void {
  process.send?.({ ready: addresses });
}

/** The channel to the primary would keep a finished worker alive. */
export function leavePrimary(): void {
  if (process.connected) process.disconnect();
}

/** So many losses within a minute are no accident. */
const MAX_LOSSES = 10;
const LOSSES_MS = 60_000;
/** Added to the drain's own time before a worker is ended by force. */
const KILL_AFTER_MS = 16_000;

export interface RunWorkersOptions {
  readonly loaded: LoadedConfig;
  onReady(addresses: Addresses): void;
  onStopping(): void;
  readonly stop: Promise<void>;
}

/** Runs the configured number of workers until `stop` resolves. */
export async function runWorkers({ loaded, onReady, onStopping, stop }: RunWorkersOptions): Promise<void> {
  const { workers: count, log_level, shutdown_timeout_seconds } = loaded.config.server;
  const logger = pino({ level: log_level }, pino.destination({ fd: 2, sync: true }));
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const primary = await openPrimary(loaded, { logger });
  const losses: number[] = [];
  let stopping = false;
  let giveUp: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  failed.catch(() => {});
  cluster.on('exit', (worker, code, signal) => {
    if (stopping) return;
    const now = Date.now();
    losses.push(now);
    logger.error({ pid: worker.process.pid, code, signal }, 'a worker ended; another takes its place');
    if (losses.filter((at) => now - at < LOSSES_MS).length > MAX_LOSSES) {
      giveUp(new EngineError('internal', 'the workers keep ending; see the messages above'));
    } else {
      cluster.fork();
    }
  });
  try {
    const onFailure = (): void => {
      stopping = true;
    };
    const started = (async () => {
      // The first one alone: what a fresh home lacks is made once, and a fault is told once.
      const first = await readyWorker(onFailure);
      await Promise.all(Array.from({ length: count - 1 }, () => readyWorker(onFailure)));
      onReady(first);
    })();
    started.catch(() => {});
    await Promise.race([Promise.all([started, stop]), stop, failed]);
    onStopping();
  } finally {
    stopping = true;
    await endWorkers(shutdown_timeout_seconds * 1000 + KILL_AFTER_MS);
    await primary.close();
  }
}

/** Starts a worker; one that ends before it listens has said why on its standard error. */
function readyWorker(onFailure: () => void): Promise<Addresses> {
  return new Promise((resolve, reject) => {
    const worker = cluster.fork();
    const onExit = (): void => {
      onFailure();
      reject(new EngineError('internal', 'a worker ended before it was ready'));
    };
    worker.prependOnceListener('exit', onExit);
    worker.on('message', (message: { ready?: Addresses }) => {
      if (!message.ready) return;
      worker.off('exit', onExit);
      resolve(message.ready);
    });
  });
}

async function endWorkers(killAfterMs: number): Promise<void> {
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  await Promise.all(workers.map((worker) => endWorker(worker, killAfterMs)));
}

function endWorker(worker: Worker, killAfterMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => worker.process.kill('SIGKILL'), killAfterMs);
    worker.process.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    if (worker.isDead()) {
      clearTimeout(timer);
      resolve();
    } else {
      worker.process.kill('SIGTERM');
    }
  });
}
