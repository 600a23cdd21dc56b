/** Reads logs in a thread of its own, so that a large one keeps nobody else waiting. */
import { Worker } from 'node:worker_threads';
import { EngineError, siblingModule } from '../../kernel/index.ts';
import type { LogPage, LogQuery } from './log-query.ts';
import type { ScanResult } from './scan-log.ts';

export type { LogPage, LogQuery } from './log-query.ts';

const IDLE_MS = 30_000;

export interface ScanRequest {
  readonly id: number;
  readonly path: string;
  readonly query: LogQuery;
}

export type ScanReply =
  | { readonly id: number; readonly result: ScanResult | null }
  | { readonly id: number; readonly error: string };

export interface LogReader {
  /** `shownPath` is what people see instead of the file's place. */
  read(path: string, shownPath: string, query: LogQuery, signal: AbortSignal): Promise<LogPage>;
  close(): Promise<void>;
}

export function createLogReader(): LogReader {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;
  const waiting = new Map<number, { resolve(result: ScanResult | null): void; reject(error: Error): void }>();

  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = null;
    await ending?.terminate();
  };

  const start = (): Worker => {
    const started = new Worker(siblingModule(import.meta.url, './log-worker'));
    started.unref();
    started.on('message', (reply: ScanReply) => {
      const caller = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('error' in reply) caller?.reject(new EngineError('internal', reply.error));
      else caller?.resolve(reply.result);
    });
    const lost = (error?: Error): void => {
      if (worker === started) worker = null;
      for (const caller of waiting.values())
        caller.reject(error ?? new EngineError('cancelled', 'the reader was closed'));
      waiting.clear();
    };
    started.on('error', lost);
    started.on('exit', () => lost());
    return started;
  };

  return {
    async read(path, shownPath, query, signal) {
      signal.throwIfAborted();
      clearTimeout(idle);
      worker ??= start();
      lastId += 1;
      const request: ScanRequest = { id: lastId, path, query };
      try {
        const scanned = await new Promise<ScanResult | null>((resolve, reject) => {
          waiting.set(request.id, { resolve, reject });
          worker?.postMessage(request);
        });
        if (!scanned) return { entries: [], total: 0, file: null };
        const { entries, total, size, modifiedAt, lines } = scanned;
        return { entries, total, file: { path: shownPath, size, modifiedAt: new Date(modifiedAt), lines } };
      } finally {
        if (waiting.size === 0) idle = setTimeout(() => void end(), IDLE_MS).unref();
      }
    },
    close: end,
  };
}
