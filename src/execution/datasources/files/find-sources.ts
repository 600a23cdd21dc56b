/** Which files a `files` datasource reads: files, folders and glob patterns, by their extension. */
import { glob, readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { EngineError } from '../../../kernel/index.ts';

export type SourceFormat = 'csv' | 'tsv' | 'parquet' | 'json' | 'excel';

export interface SourceFile {
  readonly path: string;
  /** The file's name with its extension, for messages. */
  readonly label: string;
  /** The file's name without extension: the table's name. */
  readonly stem: string;
  readonly format: SourceFormat;
  readonly gzipped: boolean;
  /** Changes when the file changes. */
  readonly stamp: string;
}

const FORMATS: Readonly<Record<string, SourceFormat>> = {
  '.csv': 'csv',
  '.txt': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.parquet': 'parquet',
  '.json': 'json',
  '.jsonl': 'json',
  '.ndjson': 'json',
  '.xlsx': 'excel',
  '.xlsm': 'excel',
};
const READABLE = 'CSV, TSV, Parquet, JSON, JSONL and Excel (.xlsx)';

/** The format that a file's name promises; null when we do not read such files. */
export function formatOf(path: string): { format: SourceFormat; gzipped: boolean; stem: string } | null {
  const gzipped = path.toLowerCase().endsWith('.gz');
  const plain = gzipped ? path.slice(0, -3) : path;
  const extension = extname(plain);
  const format = FORMATS[extension.toLowerCase()];
  const text = format === 'csv' || format === 'tsv' || format === 'json';
  return format === undefined || (gzipped && !text) ? null : { format, gzipped, stem: basename(plain, extension) };
}

async function expand(pattern: string): Promise<{ paths: string[]; named: boolean }> {
  const path = resolve(pattern);
  const info = await stat(path).catch(() => null);
  if (info?.isFile()) {
    return { paths: [path], named: true };
  }
  if (info?.isDirectory()) {
    return { paths: (await readdir(path)).map((name) => join(path, name)), named: false };
  }
  if (!/[*?[{]/.test(pattern)) {
    throw new EngineError('datasource-unavailable', `There is no file or folder ${basename(path)}; check the path.`);
  }
  const paths: string[] = [];
  for await (const match of glob(pattern)) {
    paths.push(resolve(match));
  }
  return { paths, named: false };
}

/** Lists the files in a steady order; throws when there is none, or a named one is of another format. */
export async function findSources(patterns: readonly string[]): Promise<SourceFile[]> {
  const sources = new Map<string, SourceFile>();
  for (const pattern of patterns) {
    const { paths, named } = await expand(pattern);
    for (const path of paths.sort()) {
      const known = formatOf(path);
      const info = await stat(path).catch(() => null);
      if (known !== null && info?.isFile() && !basename(path).startsWith('.')) {
        sources.set(path, { path, label: basename(path), ...known, stamp: `${path}:${info.size}:${info.mtimeMs}` });
      } else if (named) {
        throw new EngineError(
          'datasource-unavailable',
          `Cannot read ${basename(path)}: files of this kind are not read; save it as one of ${READABLE}.`,
        );
      }
    }
  }
  if (sources.size === 0) {
    throw new EngineError(
      'datasource-unavailable',
      `Nothing to read in ${patterns.map((p) => basename(p)).join(', ')}: no ${READABLE} file is there.`,
    );
  }
  return [...sources.values()];
}
