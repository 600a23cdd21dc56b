/** One server-sent-events response: frames with back-pressure, comment keep-alives, and a clean end. */
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

const KEEP_ALIVE_MS = 15_000;

export interface SseFrame {
  /** Only durable frames carry an id. */
  readonly id?: string;
  /** Absent: the browser's `message` event. */
  readonly event?: string;
  readonly data: unknown;
}

/** The text of one frame. JSON never contains a raw line break, so one `data:` line is enough. */
export function formatFrame({ id, event, data }: SseFrame): string {
  return `${id === undefined ? '' : `id: ${id}\n`}${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/**
 * Sends frames until the source ends or the client goes away. The source is told to stop (`signal`) when the client
 * disconnects; nothing else happens to the run behind it.
 */
export async function sendEventStream(
  reply: FastifyReply,
  frames: (signal: AbortSignal) => AsyncIterable<SseFrame>,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const gone = new AbortController();
  const raw = reply.raw;
  reply.hijack();
  raw.on('close', () => gone.abort());
  const inherited = Object.fromEntries(
    Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
  raw.writeHead(200, {
    ...inherited,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
    ...headers,
  });
  raw.flushHeaders();
  const keepAlive = setInterval(() => raw.write(': keep-alive\n\n'), KEEP_ALIVE_MS);
  try {
    for await (const frame of frames(gone.signal)) {
      if (gone.signal.aborted) break;
      if (!raw.write(formatFrame(frame))) await drained(raw, gone.signal);
    }
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    clearInterval(keepAlive);
    raw.end();
  }
}

function drained(raw: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      raw.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    raw.on('drain', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
