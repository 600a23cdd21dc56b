/** Starts the worker thread with the embedded database and speaks to it; the lock is held by whoever calls. */
import { mkdir } from 'node:fs/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { EngineError, keepWasmSmall, type Logger, siblingModule, silentLogger } from '../../kernel/index.ts';
import type { Backend } from '../connection/backend.ts';
import { revivingBackend } from '../connection/reviving-backend.ts';
import { portChannel } from './port-channel.ts';
import type { Message, Request, WorkerControl, WorkerStatus } from './protocol.ts';
import { remoteBackend } from './remote-backend.ts';

const CLOSE_MS = 8_000;

export interface EmbeddedBackend extends Backend {
  /** Lets other processes of this user in through a Unix socket. */
  serve(socketPath: string): Promise<void>;
  stopServing(): void;
}

interface PgliteWorker {
  readonly backend: Backend;
  serve(socketPath: string): Promise<void>;
  stopServing(): void;
}

/**
 * Opens the embedded database; should its thread die, it is opened again.
 *
 * @param dataDirectory where the database lives; `null` keeps it in memory, for tests.
 */
export async function openEmbedded(
  dataDirectory: string | null,
  logger: Logger = silentLogger,
): Promise<EmbeddedBackend> {
  let worker: PgliteWorker | null = null;
  let serving: string | null = null;
  const backend = await revivingBackend(async (onLost) => {
    if (dataDirectory === null && worker) throw new Error('a state in memory is lost with its thread');
    worker = await startWorker(dataDirectory, onLost);
    if (serving !== null) await worker.serve(serving);
    return worker.backend;
  }, logger);
  return {
    ...backend,
    async serve(socketPath) {
      serving = socketPath;
      await worker!.serve(socketPath);
    },
    stopServing() {
      serving = null;
      worker!.stopServing();
    },
  };
}

async function startWorker(dataDirectory: string | null, onLost: (reason: string) => void): Promise<PgliteWorker> {
  if (dataDirectory !== null) await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  keepWasmSmall();
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(siblingModule(import.meta.url, './pglite-worker'), {
    workerData: { dataDirectory, port: port2 },
    transferList: [port2],
    // The embedded database allocates on its own heap; without a limit V8 gives the thread 50 MB for young objects.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const control = (message: WorkerControl): void => worker.postMessage(message);
  let running = true;
  worker.once('exit', () => {
    running = false;
  });
  worker.on('error', () => {});
  try {
    await started(worker);
  } catch (error) {
    await worker.terminate();
    port1.close();
    throw error;
  }

  async function closeWorker(): Promise<void> {
    if (!running) return;
    const closed = nextStatus(worker, 'closed', CLOSE_MS);
    control({ control: 'close' });
    try {
      const { error } = await closed;
      if (error !== null) throw new Error(`the state database did not close cleanly: ${error}`);
    } finally {
      await worker.terminate();
    }
  }

  return {
    backend: remoteBackend(portChannel<Request, Message>(port1), closeWorker, onLost),
    async serve(socketPath) {
      const serving = nextStatus(worker, 'serving', CLOSE_MS);
      control({ control: 'serve', socketPath });
      const { error } = await serving;
      if (error !== null) {
        throw new EngineError('state-unavailable', `Cannot serve the state database at ${socketPath}: ${error}`);
      }
    },
    stopServing: () => control({ control: 'stop-serving' }),
  };
}

async function started(worker: Worker): Promise<void> {
  const status = await new Promise<WorkerStatus>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the worker thread ended')));
  }).catch((error: Error): WorkerStatus => ({ status: 'failed', error: { message: error.message } }));
  if (status.status === 'failed') {
    throw new EngineError('state-unavailable', `The embedded state database does not open: ${status.error.message}`);
  }
}

function nextStatus<S extends WorkerStatus['status']>(
  worker: Worker,
  wanted: S,
  timeoutMs: number,
): Promise<Extract<WorkerStatus, { status: S }>> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('exit', onExit);
      act();
    };
    const onMessage = (status: WorkerStatus): void => {
      if (status.status === wanted) settle(() => resolve(status as Extract<WorkerStatus, { status: S }>));
    };
    const onExit = (): void => settle(() => reject(new Error('the worker thread of the state database ended')));
    const timer = setTimeout(
      () => settle(() => reject(new Error(`the state database did not answer within ${timeoutMs} ms`))),
      timeoutMs,
    );
    worker.on('message', onMessage);
    worker.once('exit', onExit);
  });
}
