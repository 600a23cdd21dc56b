/** The two parsers, loaded on first use and kept as one copy per process: their WASM takes tens of megabytes. */
import { keepWasmSmall } from '../../kernel/index.ts';
import type { DialectName } from '../dialects/dialect-name.ts';

type Polyglot = typeof import('@polyglot-sql/sdk');
type LibPgQuery = typeof import('libpg-query');

let polyglot: Polyglot | null = null;
let libPgQuery: LibPgQuery | null = null;
let loading: Promise<void> | null = null;
let loadingPostgres: Promise<void> | null = null;

async function loadPolyglot(): Promise<void> {
  const loaded = await import('@polyglot-sql/sdk');
  await loaded.init();
  polyglot = loaded;
}

async function loadLibPgQuery(): Promise<void> {
  const loaded = await import('libpg-query');
  await loaded.loadModule();
  libPgQuery = loaded;
}

/** Loads what the dialect needs; afterwards {@link parseSqlSync} and its users work without waiting. */
export async function loadParser(dialect: DialectName): Promise<void> {
  keepWasmSmall();
  loading ??= loadPolyglot();
  await loading;
  if (dialect !== 'postgres') return;
  loadingPostgres ??= loadLibPgQuery();
  await loadingPostgres;
}

export function polyglotParser(): Polyglot {
  if (polyglot === null) throw new Error('the SQL parser is not loaded: await loadParser(dialect) first');
  return polyglot;
}

export function postgresParser(): LibPgQuery {
  if (libPgQuery === null) throw new Error("the Postgres parser is not loaded: await loadParser('postgres') first");
  return libPgQuery;
}
