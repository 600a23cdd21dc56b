/** What a delimited text file looks like: its encoding, delimiter and header, from its first bytes. */
import { open } from 'node:fs/promises';

const SAMPLE_BYTES = 256 * 1024;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

export interface TextDialect {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  /** Unique names, as written where possible. */
  readonly names: readonly string[];
}

/** The first bytes of a file. */
export async function readSample(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(SAMPLE_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, SAMPLE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** UTF-16 by its mark, UTF-8 when the bytes are valid, else GB 18030 (a superset of GBK and GB 2312). */
export function detectEncoding(sample: Buffer): Encoding {
  if (sample[0] === 0xff && sample[1] === 0xfe) {
    return 'utf-16le';
  }
  if (sample[0] === 0xfe && sample[1] === 0xff) {
    return 'utf-16be';
  }
  try {
    // A character may be cut in two at the end of the sample; streaming mode waits for the rest of it.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

/** Splits the first records of delimited text; quotes may hold delimiters and line ends. */
export function splitRecords(text: string, delimiter: string, limit: number): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length && records.length < limit; i += 1) {
    const char = text[i]!;
    if (quoted) {
      if (char !== '"') {
        field += char;
      } else if (text[i + 1] === '"') {
        field += char;
        i += 1;
      } else {
        quoted = false;
      }
    } else if (char === '"' && field === '') {
      quoted = true;
    } else if (char === delimiter) {
      record.push(field);
      field = '';
    } else if (char === '\n' || char === '\r') {
      i += char === '\r' && text[i + 1] === '\n' ? 1 : 0;
      records.push([...record, field]);
      record = [];
      field = '';
    } else {
      field += char;
    }
  }
  if (records.length < limit && (record.length > 0 || field !== '')) {
    records.push([...record, field]);
  }
  return records;
}

/** The delimiter that splits the first records into the most equal parts, and more than one. */
function detectDelimiter(text: string): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of [',', '\t', ';', '|']) {
    const [header = [], ...rest] = splitRecords(text, delimiter, 20);
    const alike = rest.filter((record) => record.length === header.length).length;
    const score =
      header.length < 2 ? 0 : (rest.length === 0 ? 1 : alike / rest.length + 0.1) * Math.log2(header.length);
    if (score > best.score) {
      best = { delimiter, score };
    }
  }
  return best.delimiter;
}

const VALUE = /^\s*([-+]?[\d.,]+%?|\d{4}[-/]\d{1,2}[-/]\d{1,2}([ T][\d:.]+)?|true|false)\s*$/i;
const YEAR = /^(19|20)\d\d$/;

/** A first record with values in it (numbers, dates, but not years as in a pivoted table) is no header. */
function looksLikeHeader(first: readonly string[]): boolean {
  const values = first.filter((cell) => VALUE.test(cell));
  return values.length === 0 || values.every((cell) => YEAR.test(cell.trim())) || values.length < first.length / 4;
}

/** Names as written; empty ones are named by position, repeated ones (in any case) numbered. */
export function uniqueNames(names: readonly string[], empty: (position: number) => string): string[] {
  const taken = new Set<string>();
  return names.map((name, i) => {
    const wanted = name.trim() === '' ? empty(i + 1) : name.trim();
    let unique = wanted;
    for (let n = 2; taken.has(unique.toLowerCase()); n += 1) {
      unique = `${wanted}_${n}`;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** Reads the dialect off the first records; null for a file without any. */
export function detectDialect(text: string, fixedDelimiter: string | null, header?: boolean): TextDialect | null {
  const delimiter = fixedDelimiter ?? detectDelimiter(text);
  const [first] = splitRecords(text, delimiter, 1);
  if (first === undefined || text.trim() === '') {
    return null;
  }
  const hasHeader = header ?? looksLikeHeader(first);
  const position = (n: number): string => `column_${n}`;
  const names = uniqueNames(hasHeader ? first : first.map(() => ''), position);
  return { delimiter, hasHeader, names };
}
