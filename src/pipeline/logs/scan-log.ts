/**
 * Finds entries in logs of any size with memory for one block: the first pass counts matches per block, the second
 * reads again only the blocks that the wanted page is in. Logs grow at their end, so that the order of the file is the
 * order of time, and the counts of whole blocks stay true. Counting reads the next block while it looks at one.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { type LogEntry, parseEntry } from './log-entry.ts';
import type { LogFilter, LogOrder, LogQuery } from './log-query.ts';
import { createMatcher, type EntryMatcher } from './match-entry.ts';

const BLOCK = 1024 * 1024;
/** An entry longer than this is cut. */
const LONGEST_ENTRY = 64 * 1024;
/** Enough of the next block to see whether a line begins an entry. */
const OVERLAP = 16;
/** `YYYY-MM-DD HH:MM:SS` */
const TIME_LENGTH = 19;
const NEWLINE = 10;
const SPACE = 32;
const DASH = 45;

interface Part {
  readonly bytes: Buffer;
  readonly length: number;
}

export interface ScanResult {
  readonly entries: readonly LogEntry[];
  readonly total: number;
  readonly size: number;
  readonly modifiedAt: number;
  readonly lines: number | null;
}

interface BlockCount {
  readonly lines: number;
  /** Matches by the text that the order sorts by. */
  readonly matches: ReadonlyMap<string, number>;
}

/** Counts of blocks that are whole; they are true as long as the file is the same one. */
export interface CountCache {
  get(key: string): BlockCount[] | undefined;
  set(key: string, counts: BlockCount[]): void;
}

/** Null when there is no such file. */
export async function scanLog(path: string, query: LogQuery, cache: CountCache): Promise<ScanResult | null> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!file) return null;
  try {
    const { size, mtimeMs, ino } = await file.stat();
    const scan = new Scan(file, size, query.filter);
    const found =
      query.kind === 'tail' ? await scan.tail(query.limit) : await scan.page(query, cache, `${ino} ${path}`);
    return { ...found, size, modifiedAt: mtimeMs };
  } finally {
    await file.close();
  }
}

class Scan {
  readonly #file: FileHandle;
  readonly #size: number;
  readonly #filter: LogFilter;
  readonly #everything: boolean;
  readonly #keyword: Buffer | null;
  readonly #level: Buffer | null;
  readonly #matches: EntryMatcher;
  readonly #buffers = [Buffer.allocUnsafe(BLOCK + LONGEST_ENTRY), Buffer.allocUnsafe(BLOCK + LONGEST_ENTRY)] as const;
  #ahead: { readonly block: number; readonly read: Promise<Part> } | null = null;

  constructor(file: FileHandle, size: number, filter: LogFilter) {
    this.#file = file;
    this.#size = size;
    this.#filter = filter;
    this.#everything = Object.values(filter).every((value) => value === null);
    this.#keyword = filter.keyword === null ? null : Buffer.from(filter.keyword);
    this.#level = filter.level === null ? null : Buffer.from(` [${filter.level}] `);
    this.#matches = createMatcher(filter);
  }

  async tail(limit: number): Promise<{ entries: LogEntry[]; total: number; lines: null }> {
    const found: LogEntry[][] = [];
    let count = 0;
    for (let block = this.#blocks - 1; block >= 0 && count < limit; block -= 1) {
      const entries = await this.#entries(block, 0);
      found.unshift(entries);
      count += entries.length;
    }
    const entries = found.flat().slice(-limit);
    return { entries, total: entries.length, lines: null };
  }

  async page(
    query: Extract<LogQuery, { kind: 'page' }>,
    cache: CountCache,
    fileKey: string,
  ): Promise<{ entries: LogEntry[]; total: number; lines: number }> {
    const { orderBy, descending, offset, limit } = query;
    const cacheKey = `${fileKey} ${JSON.stringify([this.#filter, keyed(orderBy) ? orderBy : ''])}`;
    const counts = [...(cache.get(cacheKey) ?? [])].slice(0, Math.floor(this.#size / BLOCK));
    for (let block = counts.length; block < this.#blocks; block += 1) counts.push(await this.#count(block, orderBy));
    cache.set(cacheKey, counts.slice(0, Math.floor(this.#size / BLOCK)));

    const sign = descending ? -1 : 1;
    const keys = [...new Set(counts.flatMap(({ matches }) => [...matches.keys()]))].sort((a, b) =>
      a === b ? 0 : a < b ? -sign : sign,
    );
    const order = counts.map((_, block) => (descending ? counts.length - 1 - block : block));
    const entries: LogEntry[] = [];
    let total = 0;
    for (const key of keys) {
      for (const block of order) {
        const here = counts[block]!.matches.get(key) ?? 0;
        const from = Math.max(0, offset - total);
        const wanted = Math.min(here - from, limit - entries.length);
        total += here;
        if (wanted <= 0) continue;
        const firstLine = counts.slice(0, block).reduce((sum, { lines }) => sum + lines, 0);
        const all = (await this.#entries(block, firstLine)).filter((entry) => keyOf(entry, orderBy) === key);
        if (descending) all.reverse();
        entries.push(...all.slice(from, from + wanted));
      }
    }
    return { entries, total, lines: counts.reduce((sum, { lines }) => sum + lines, 0) };
  }

  get #blocks(): number {
    return Math.ceil(this.#size / BLOCK);
  }

  /** The bytes of a block and some of what follows it. */
  async #read(block: number, beyond: number): Promise<Part> {
    const buffer = this.#buffers[block % 2 === 0 ? 0 : 1];
    const start = block * BLOCK;
    const wanted = Math.min(BLOCK + beyond, this.#size - start);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#file.read(buffer, filled, wanted - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { bytes: buffer.subarray(0, filled), length: Math.min(BLOCK, filled) };
  }

  async #count(block: number, orderBy: LogOrder): Promise<BlockCount> {
    if (!keyed(orderBy)) {
      const { lines, entries } = this.#countMatches(await this.#readAhead(block), block === 0);
      return { lines, matches: entries === 0 ? new Map() : new Map([['', entries]]) };
    }
    const matches = new Map<string, number>();
    const entries = await this.#entries(block, 0);
    for (const entry of entries) {
      const key = keyOf(entry, orderBy);
      matches.set(key, (matches.get(key) ?? 0) + 1);
    }
    return { lines: this.#linesRead, matches };
  }

  /** A block, while the one after it is being read. */
  async #readAhead(block: number): Promise<Part> {
    const beyond = this.#everything ? OVERLAP : LONGEST_ENTRY;
    const part = await (this.#ahead?.block === block ? this.#ahead.read : this.#read(block, beyond));
    const next = block + 1;
    this.#ahead = next < this.#blocks ? { block: next, read: this.#read(next, beyond) } : null;
    this.#ahead?.read.catch(() => {});
    return part;
  }

  /** How many entries that begin in a block match, and how many lines end in it. */
  #countMatches({ bytes, length }: Part, isFirst: boolean): { lines: number; entries: number } {
    const matches = this.#matches;
    const everything = this.#everything;
    const none = this.#keyword !== null && bytes.indexOf(this.#keyword) === -1;
    let lines = 0;
    let entries = 0;
    let start = isFirst && beginsEntry(bytes, 0) ? 0 : -1;
    const count = (end: number): void => {
      if (start === -1 || none) return;
      const until = Math.min(end, start + LONGEST_ENTRY);
      if (everything || (matches(bytes, start, until) ?? this.#entry(bytes.subarray(start, until), 0) !== null)) {
        entries += 1;
      }
    };
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) {
      if (at < length) lines += 1;
      if (!beginsEntry(bytes, at + 1)) continue;
      count(at + 1);
      start = at < length ? at + 1 : -1;
      if (start === -1) break;
    }
    count(bytes.length);
    return { lines, entries };
  }

  #linesRead = 0;

  /** The matching entries that begin in a block: after one of its line ends, or at the start of the file. */
  async #entries(block: number, firstLine: number): Promise<LogEntry[]> {
    const { bytes, length } = await this.#read(block, LONGEST_ENTRY);
    const found: LogEntry[] = [];
    let hit = this.#keyword === null ? 0 : bytes.indexOf(this.#keyword);
    let line = firstLine;
    let start = -1;
    let startLine = 0;
    const begin = (at: number, atLine: number): void => {
      start = this.#mayMatch(bytes, at) ? at : -1;
      startLine = atLine;
    };
    const end = (until: number): void => {
      if (start === -1) return;
      if (this.#keyword !== null) {
        if (hit !== -1 && hit < start) hit = bytes.indexOf(this.#keyword, start);
        if (hit === -1 || hit >= until) return;
      }
      const entry = this.#entry(bytes.subarray(start, Math.min(until, start + LONGEST_ENTRY)), startLine);
      if (entry) found.push(entry);
    };
    if (block === 0 && beginsEntry(bytes, 0)) begin(0, 1);
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) {
      if (at < length) line += 1;
      if (!beginsEntry(bytes, at + 1)) continue;
      end(at + 1);
      start = -1;
      if (at >= length) break;
      begin(at + 1, line + 1);
    }
    end(bytes.length);
    this.#linesRead = line - firstLine;
    return found;
  }

  /** Looks at the level where writers without fractions of seconds put it; anything else is read. */
  #mayMatch(bytes: Buffer, at: number): boolean {
    if (this.#level === null || bytes[at + TIME_LENGTH] !== SPACE) return true;
    for (let index = 0; index < this.#level.length; index += 1) {
      if (bytes[at + TIME_LENGTH + index] !== this.#level[index]) return false;
    }
    return true;
  }

  #entry(bytes: Buffer, line: number): LogEntry | null {
    const { from, to, keyword, logger, step, level } = this.#filter;
    if (from !== null || to !== null) {
      const time = bytes.toString('latin1', 0, TIME_LENGTH);
      if ((from !== null && time < from) || (to !== null && time > to)) return null;
    }
    const entry = parseEntry(bytes.toString('utf8'), line);
    if (!entry) return null;
    if (level !== null && entry.level !== level) return null;
    if (logger !== null && entry.logger !== logger) return null;
    if (step !== null && entry.step !== step) return null;
    return keyword !== null && !entry.message.includes(keyword) ? null : entry;
  }
}

/** Orders that are not the order of the file. */
const keyed = (orderBy: LogOrder): boolean => orderBy !== 'timestamp' && orderBy !== 'line';

function keyOf(entry: LogEntry, orderBy: LogOrder): string {
  return orderBy === 'level' || orderBy === 'logger' || orderBy === 'step' ? (entry[orderBy] ?? '') : '';
}

/** `YYYY-MM-DD `; the rest is looked at when the entry is read. */
function beginsEntry(bytes: Buffer, at: number): boolean {
  return (
    bytes[at + 4] === DASH &&
    bytes[at + 7] === DASH &&
    isDigit(bytes[at]) &&
    isDigit(bytes[at + 3]) &&
    isDigit(bytes[at + 5]) &&
    isDigit(bytes[at + 9]) &&
    bytes[at + 10] === SPACE
  );
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
