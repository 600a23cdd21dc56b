/** A file as an attachment: streamed, with one range when it is asked for. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TaskFile } from '../../engine/index.ts';
import { fileTypeOf } from './encode.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  ddl: 'text/plain; charset=utf-8',
  sql: 'text/plain; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  log: 'text/plain; charset=utf-8',
};

export function sendFile(request: FastifyRequest, reply: FastifyReply, file: TaskFile): FastifyReply {
  const etag = `"${file.size.toString(16)}-${file.modifiedAt.getTime().toString(16)}"`;
  const plainName = file.name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  reply
    .header('content-type', CONTENT_TYPES[fileTypeOf(file.name)] ?? 'application/octet-stream')
    .header(
      'content-disposition',
      `attachment; filename="${plainName}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    )
    .header('x-content-type-options', 'nosniff')
    .header('accept-ranges', 'bytes')
    .header('last-modified', file.modifiedAt.toUTCString())
    .header('etag', etag);
  const ifRange = request.headers['if-range'];
  const asked = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
  const range = rangeOf(asked, file.size);
  if (range === 'outside') {
    return reply.code(416).header('content-range', `bytes */${file.size}`).header('content-length', 0).send('');
  }
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${file.size}`);
  reply.header('content-length', end - start + 1);
  if (request.method === 'HEAD' || file.size === 0) return reply.send(Readable.from([]));
  // A log grows meanwhile: no byte beyond what was announced.
  return reply.send(createReadStream(file.path, { start, end }));
}

/** One range; several at once, and what is not understood, are answered with the whole file. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | 'outside' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [, first = '', last = ''] = match;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && first !== '' && Number(last) < Number(first)) return null;
  return start >= size || end < start ? 'outside' : { start, end };
}
