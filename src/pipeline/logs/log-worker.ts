/** The thread of the log reader. */
import { parentPort } from 'node:worker_threads';
import type { ScanReply, ScanRequest } from './log-reader.ts';
import { type CountCache, scanLog } from './scan-log.ts';

const MAX_CACHED = 64;

const counts = new Map<string, Parameters<CountCache['set']>[1]>();
const cache: CountCache = {
  get: (key) => counts.get(key),
  set(key, value) {
    counts.delete(key);
    counts.set(key, value);
    const oldest = counts.keys().next().value;
    if (counts.size > MAX_CACHED && oldest !== undefined) counts.delete(oldest);
  },
};

parentPort?.on('message', async ({ id, path, query }: ScanRequest) => {
  let reply: ScanReply;
  try {
    reply = { id, result: await scanLog(path, query, cache) };
  } catch (error) {
    reply = { id, error: `the log cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}` };
  }
  parentPort?.postMessage(reply);
});
