/**
 * Backup of the vector tables, and emptying one of them. All in one transaction: the collections are written first, then
 * the documents; both files are read back from disk and compared; only then the documents are truncated. While that is
 * under way nobody can add documents that the backup would miss. Whatever fails, the data is as it was.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { State, StateSession } from '../../../storage/index.ts';
import { type LogLevel, PipelineFailure } from '../../step.ts';
import { fileStamp } from '../file-stamp.ts';
import { writeBackupLog } from './backup-log.ts';
import { measureCsv, writeCsv } from './csv-file.ts';
import { countRows, LAYOUTS, tableRows, VECTOR_TABLES } from './vector-tables.ts';

export interface VectorManagementResult {
  readonly backupDirectory: string;
  readonly timestamp: string;
  readonly tables: Readonly<Record<string, BackedUpTable>>;
  readonly truncated: Readonly<Record<string, TruncatedTable>>;
  readonly seconds: number;
}

export interface BackedUpTable {
  readonly rowCount: number;
  readonly fileSize: number;
  readonly file: string;
  readonly seconds: number;
}

export interface TruncatedTable {
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  readonly seconds: number;
}

export interface BackupOptions {
  readonly state: State;
  /** The task's directory, or the one for backups without a task; files go to `vector_bak` in it. */
  readonly directory: string;
  readonly taskId: string | null;
  readonly truncate: boolean;
  /** Called inside the transaction, before the truncation; throws when it must not be done any more. */
  readonly hold?: (session: StateSession) => Promise<void>;
  readonly now: Date;
  readonly log: (level: LogLevel, message: string) => void;
  readonly signal: AbortSignal;
}

export const BACKUP_FOLDER = 'vector_bak';
const TRUNCATED = 'langchain_pg_embedding';

const secondsSince = (started: number): number => Math.round(performance.now() - started) / 1_000;
const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/(['"])\/[^'"]*\//g, '$1').slice(0, 300);

/**
 * Backs the vector tables up, and empties the one with the documents when told to.
 *
 * @throws PipelineFailure `VECTOR_BACKUP_FAILED`, `VECTOR_TRUNCATE_FAILED`
 */
export async function backupVectorTables(options: BackupOptions): Promise<VectorManagementResult> {
  const { state, truncate, now, log, signal, taskId } = options;
  const started = performance.now();
  const directory = join(options.directory, BACKUP_FOLDER);
  const timestamp = fileStamp(now);
  const tables: Record<string, BackedUpTable> = {};
  const truncated: Record<string, TruncatedTable> = {};
  const checksums: Record<string, string> = {};
  const result = (): VectorManagementResult => ({
    backupDirectory: BACKUP_FOLDER,
    timestamp,
    tables,
    truncated,
    seconds: secondsSince(started),
  });
  let backedUp = false;
  try {
    await mkdir(directory, { recursive: true });
    await state.transaction(async (session) => {
      if (truncate) await session.execute(`LOCK TABLE ${VECTOR_TABLES.join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
      else await session.execute('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      for (const table of VECTOR_TABLES) {
        const begun = performance.now();
        const file = `${table}_${timestamp}.csv`;
        const path = join(directory, file);
        const { columns } = LAYOUTS[table];
        const written = await writeCsv(path, columns, tableRows(session, table), signal);
        const onDisk = await measureCsv(path, columns);
        const inTable = await countRows(session, table);
        if (onDisk.sha256 !== written.sha256 || onDisk.rows !== inTable) {
          throw new Error(`${file} holds ${onDisk.rows} of ${inTable} rows, or not what was written`);
        }
        checksums[table] = written.sha256;
        tables[table] = { rowCount: inTable, fileSize: written.bytes, file, seconds: secondsSince(begun) };
        log('INFO', `${table} 备份完成: ${inTable} 行 -> ${file}`);
      }
      backedUp = true;
      if (truncate) await options.hold?.(session);
      if (truncate) truncated[TRUNCATED] = await truncateDocuments(session, tables[TRUNCATED]!.rowCount);
    });
  } catch (error) {
    signal.throwIfAborted();
    const message = reason(error);
    log('ERROR', `${backedUp ? 'VECTOR_TRUNCATE_FAILED' : 'VECTOR_BACKUP_FAILED'}: ${message}`);
    if (!backedUp) {
      throw new PipelineFailure('VECTOR_BACKUP_FAILED', `The vector tables could not be backed up: ${message}`, {
        cause: error,
      });
    }
    delete truncated[TRUNCATED];
    await writeBackupLog(directory, { taskId, checksums, truncateFailure: message }, result()).catch(() => {});
    throw new PipelineFailure(
      'VECTOR_TRUNCATE_FAILED',
      `${TRUNCATED} could not be emptied, its rows are all there: ${message}`,
      {
        cause: error,
      },
    );
  }
  if (truncate) log('INFO', `${TRUNCATED} 已清空: ${truncated[TRUNCATED]!.rowsBefore} 行`);
  await writeBackupLog(directory, { taskId, checksums, truncateFailure: null }, result()).catch((error: unknown) =>
    log('WARNING', `the backup's log could not be written: ${reason(error)}`),
  );
  return result();
}

async function truncateDocuments(session: StateSession, rowsBefore: number): Promise<TruncatedTable> {
  const started = performance.now();
  await session.execute(`TRUNCATE TABLE ${TRUNCATED}`);
  return { rowsBefore, rowsAfter: await countRows(session, TRUNCATED), seconds: secondsSince(started) };
}
