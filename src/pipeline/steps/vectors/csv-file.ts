/** CSV files that are written and read as streams, with a checksum of what they hold. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeAtomically } from '../../../kernel/index.ts';
import { type CsvField, csvRow, csvRows } from './csv.ts';

export interface WrittenCsv {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

const BUFFER = 256 * 1024;

/** Writes a header and rows to a draft and renames it when it is whole and on disk. */
export async function writeCsv(
  path: string,
  header: readonly string[],
  rows: AsyncIterable<readonly CsvField[]>,
  signal: AbortSignal,
): Promise<WrittenCsv> {
  const hash = createHash('sha256');
  let bytes = 0;
  let count = 0;
  await writeAtomically(path, async (file) => {
    let buffer = csvRow(header);
    const flush = async (): Promise<void> => {
      const data = Buffer.from(buffer);
      buffer = '';
      hash.update(data);
      bytes += data.length;
      await file.writeFile(data);
    };
    for await (const row of rows) {
      signal.throwIfAborted();
      buffer += csvRow(row);
      count += 1;
      if (buffer.length > BUFFER) await flush();
    }
    await flush();
  });
  return { rows: count, bytes, sha256: hash.digest('hex') };
}

/** The rows of a file after its header. @throws Error when the header is another one */
export async function* readCsv(path: string, header: readonly string[]): AsyncGenerator<readonly CsvField[]> {
  let first = true;
  for await (const row of csvRows(createReadStream(path, { encoding: 'utf8' }))) {
    if (first) {
      first = false;
      if (row.join(',') !== header.join(',')) throw new Error(`its columns are not ${header.join(', ')}`);
      continue;
    }
    if (row.length !== header.length) throw new Error(`a row has ${row.length} fields instead of ${header.length}`);
    yield row;
  }
  if (first) throw new Error('it is empty');
}

/** Reads a file once more from disk. */
export async function measureCsv(path: string, header: readonly string[]): Promise<WrittenCsv> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
  }
  let rows = 0;
  for await (const _ of readCsv(path, header)) rows += 1;
  return { rows, bytes, sha256: hash.digest('hex') };
}
