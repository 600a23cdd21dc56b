/** Makes a plain UTF-8 copy of a text file where DuckDB cannot read the file as it is. */
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Encoding } from './text-dialect.ts';

function decoder(encoding: Encoding): Transform {
  const decode = new TextDecoder(encoding);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, Buffer.from(decode.decode(chunk, { stream: true }), 'utf8'));
    },
    flush(done) {
      done(null, Buffer.from(decode.decode(), 'utf8'));
    },
  });
}

/** Unpacks a gzip file. */
export async function gunzipTo(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createGunzip(), createWriteStream(to, { mode: 0o600 }));
}

/** Rewrites a file as UTF-8. */
export async function transcodeTo(from: string, to: string, encoding: Encoding): Promise<void> {
  await pipeline(createReadStream(from), decoder(encoding), createWriteStream(to, { mode: 0o600 }));
}
