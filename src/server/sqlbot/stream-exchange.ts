/** Sends an exchange piece by piece. It is read to its end also when the reader has gone. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AskEvent } from '../../engine/index.ts';
import { encodePiece, errorPiece } from './encode-stream.ts';

export async function streamExchange(
  request: FastifyRequest,
  reply: FastifyReply,
  chatId: number,
  events: AsyncIterable<AskEvent>,
  imageUrl: (name: string) => string,
): Promise<void> {
  const raw = reply.raw;
  reply.hijack();
  const inherited = Object.fromEntries(
    Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
  raw.writeHead(200, {
    ...inherited,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
    'X-SQLBOT-CHAT-ID': String(chatId),
  });
  raw.flushHeaders();
  try {
    for await (const event of events) {
      const piece = encodePiece(event, imageUrl);
      if (piece !== '' && !raw.destroyed) raw.write(piece);
    }
  } catch (error) {
    request.log.error({ err: error }, 'an answer ended early');
    if (!raw.destroyed) raw.write(errorPiece('Internal server error'));
  } finally {
    raw.end();
  }
}
