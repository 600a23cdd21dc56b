/** Multipart bodies read as streams: the first file of the field `file`, and the fields before it. */
import { PassThrough, type Readable } from 'node:stream';
import busboy, { type BusboyHeaders } from '@fastify/busboy';
import type { FastifyRequest } from 'fastify';
import { invalid } from './errors.ts';

export interface ReceivedFile {
  readonly name: string;
  readonly content: Readable;
  /** Fields that came before the file. */
  readonly fields: Readonly<Record<string, string>>;
}

const NO_FILE = '请选择要上传的文件';

/** Gives the file as soon as it begins; its stream errors when the body breaks off. */
export function receiveFile(request: FastifyRequest, noFile = NO_FILE): Promise<ReceivedFile> {
  const body = request.body;
  if (!isReadable(body)) return Promise.reject(invalid('INVALID_FILE', noFile, 'file'));
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    let parser: InstanceType<typeof busboy.Busboy>;
    try {
      parser = new busboy.Busboy({
        headers: request.headers as BusboyHeaders,
        limits: { files: 1, fields: 20, fieldSize: 4_096, headerPairs: 50 },
      });
    } catch {
      body.resume();
      reject(invalid('INVALID_FILE', noFile, 'file'));
      return;
    }
    const content = new PassThrough();
    let found = false;
    const fail = (): void => {
      const error = invalid('INVALID_FILE', '上传的内容不完整或格式不正确', 'file');
      if (found) content.destroy(error);
      else reject(error);
    };
    parser.on('field', (name, value) => {
      fields[name] = value;
    });
    parser.on('file', (field, stream, filename) => {
      stream.on('error', fail);
      if (field !== 'file' || found || !filename) {
        stream.resume();
        return;
      }
      found = true;
      stream.pipe(content);
      resolve({ name: filename, content, fields });
    });
    parser.on('finish', () => {
      if (!found) reject(invalid('INVALID_FILE', noFile, 'file'));
    });
    parser.on('error', fail);
    body.on('aborted', fail);
    body.on('error', fail);
    body.pipe(parser);
  });
}

/** The whole file, as far as it is not larger than `limit`. */
export async function readWhole(content: Readable, limit: number, tooLarge: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped, so that the answer reaches a client that is still sending.
    if (size <= limit) chunks.push(chunk);
  }
  if (size > limit) throw invalid('INVALID_FILE', tooLarge, 'file');
  return Buffer.concat(chunks);
}

const isReadable = (body: unknown): body is Readable => typeof (body as Readable | null)?.pipe === 'function';
