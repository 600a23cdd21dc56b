/** Brings the vector tables back from a backup: all of it in one transaction, or nothing. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../../kernel/index.ts';
import type { State, StateSession } from '../../../storage/index.ts';
import { loggedChecksum } from './backup-log.ts';
import type { TruncatedTable } from './backup-vector-tables.ts';
import type { CsvField } from './csv.ts';
import { measureCsv, readCsv } from './csv-file.ts';
import { countRows, LAYOUTS, VECTOR_TABLES, type VectorTableName } from './vector-tables.ts';

export interface RestoredTable {
  readonly file: string;
  readonly rows: number;
  readonly fileSize: number;
  readonly seconds: number;
  readonly error?: string;
}

export interface VectorRestoreResult {
  readonly timestamp: string;
  readonly truncated: Readonly<Record<string, TruncatedTable>>;
  readonly restored: Readonly<Record<string, RestoredTable>>;
  readonly seconds: number;
}

export interface RestoreOptions {
  readonly state: State;
  /** Where the CSV files lie. */
  readonly directory: string;
  readonly timestamp: string;
  /** Default: both. */
  readonly tables?: readonly string[];
  readonly truncateFirst: boolean;
  readonly signal: AbortSignal;
}

const BATCH = 100;
const secondsSince = (started: number): number => Math.round(performance.now() - started) / 1_000;

/**
 * Restores tables from the files of one backup. Rows that are there are replaced by those of the backup.
 *
 * @throws EngineError `request-invalid` (unknown table, damaged file), `not-found` (no such file); the tables are as before
 */
export async function restoreVectorTables(options: RestoreOptions): Promise<VectorRestoreResult> {
  const { state, directory, timestamp, truncateFirst, signal } = options;
  const started = performance.now();
  if (!/^\d{8}_\d{6}$/.test(timestamp)) {
    throw new EngineError('request-invalid', 'timestamp must be YYYYMMDD_HHMMSS.', { data: { timestamp } });
  }
  const wanted = options.tables?.length ? options.tables : VECTOR_TABLES;
  const unknown = wanted.find((name) => !(VECTOR_TABLES as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new EngineError(
      'request-invalid',
      `There is no vector table ${unknown}; they are ${VECTOR_TABLES.join(', ')}.`,
    );
  }
  const tables = VECTOR_TABLES.filter((table) => wanted.includes(table));
  const files = new Map<VectorTableName, { file: string; bytes: number }>();
  for (const table of tables) files.set(table, await checkedFile(directory, table, timestamp));
  const truncated: Record<string, TruncatedTable> = {};
  const restored: Record<string, RestoredTable> = {};
  try {
    await state.transaction(async (session) => {
      if (truncateFirst) {
        for (const table of [...tables].reverse()) truncated[table] = await emptied(session, table);
      }
      // Collections may exist under another id by now: their documents are filed under the one that is there.
      const moved = await movedCollections(session, directory, timestamp, tables, signal);
      for (const table of tables) {
        const begun = performance.now();
        const { file, bytes } = files.get(table)!;
        const rows = await insertAll(session, table, readCsv(join(directory, file), LAYOUTS[table].columns), moved, {
          hasVectorType: state.hasVectorType,
          signal,
        });
        restored[table] = { file, rows, fileSize: bytes, seconds: secondsSince(begun) };
      }
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new EngineError(
      'request-invalid',
      `The backup ${timestamp} could not be restored, nothing was changed: ${message}`,
      {
        cause: error,
      },
    );
  }
  return { timestamp, truncated, restored, seconds: secondsSince(started) };
}

async function checkedFile(
  directory: string,
  table: VectorTableName,
  timestamp: string,
): Promise<{ file: string; bytes: number }> {
  const file = `${table}_${timestamp}.csv`;
  const path = join(directory, file);
  await stat(path).catch(() => {
    throw new EngineError('not-found', `There is no backup file ${file}.`, { data: { file } });
  });
  const expected = await loggedChecksum(directory, file);
  const measured = await measureCsv(path, LAYOUTS[table].columns).catch((error: Error) => {
    throw new EngineError('request-invalid', `${file} is damaged: ${error.message}.`, { data: { file } });
  });
  if (expected !== null && expected !== measured.sha256) {
    throw new EngineError('request-invalid', `${file} is damaged: it is not what was backed up (checksum).`, {
      data: { file },
    });
  }
  return { file, bytes: measured.bytes };
}

async function emptied(session: StateSession, table: VectorTableName): Promise<TruncatedTable> {
  const started = performance.now();
  const rowsBefore = await countRows(session, table);
  await session.execute(`DELETE FROM ${table}`);
  return { rowsBefore, rowsAfter: await countRows(session, table), seconds: secondsSince(started) };
}

async function movedCollections(
  session: StateSession,
  directory: string,
  timestamp: string,
  tables: readonly VectorTableName[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const moved = new Map<string, string>();
  const path = join(directory, `langchain_pg_collection_${timestamp}.csv`);
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  if (!exists || !tables.includes('langchain_pg_embedding')) return moved;
  const present = await session.execute<{ uuid: string; name: string }>(
    'SELECT uuid::text AS uuid, name FROM langchain_pg_collection',
  );
  const byName = new Map(present.map(({ uuid, name }) => [name, uuid]));
  for await (const [uuid, name] of readCsv(path, LAYOUTS.langchain_pg_collection.columns)) {
    signal.throwIfAborted();
    const now = byName.get(name ?? '');
    if (uuid && now !== undefined && now !== uuid) moved.set(uuid, now);
  }
  return moved;
}

async function insertAll(
  session: StateSession,
  table: VectorTableName,
  rows: AsyncIterable<readonly CsvField[]>,
  moved: ReadonlyMap<string, string>,
  options: { readonly hasVectorType: boolean; readonly signal: AbortSignal },
): Promise<number> {
  const { columns } = LAYOUTS[table];
  const casts: Readonly<Record<string, string>> = {
    uuid: '::uuid',
    collection_id: '::uuid',
    cmetadata: table === 'langchain_pg_collection' ? '::json' : '::jsonb',
    embedding: options.hasVectorType ? '::vector' : '::double precision[]',
  };
  const isCollection = table === 'langchain_pg_collection';
  const replaced = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  const conflict = isCollection
    ? 'ON CONFLICT (name) DO UPDATE SET cmetadata = excluded.cmetadata'
    : `ON CONFLICT (id) DO UPDATE SET ${replaced.join(', ')}`;
  let total = 0;
  let batch: (readonly CsvField[])[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const values = batch.map(
      (row, index) =>
        `(${row.map((_, at) => `$${index * columns.length + at + 1}${casts[columns[at]!] ?? ''}`).join(', ')})`,
    );
    const parameters = batch.flatMap((row) =>
      row.map((field, at) => {
        if (field === null) return null;
        if (columns[at] === 'collection_id') return moved.get(field) ?? field;
        if (columns[at] !== 'embedding') return field;
        return options.hasVectorType
          ? field.replace('{', '[').replace('}', ']')
          : field.replace('[', '{').replace(']', '}');
      }),
    );
    await session.execute(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values.join(', ')} ${conflict}`,
      parameters,
    );
    total += batch.length;
    batch = [];
  };
  for await (const row of rows) {
    options.signal.throwIfAborted();
    batch.push(row);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  return total;
}
