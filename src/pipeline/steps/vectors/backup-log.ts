/** `vector_backup_log.txt`: what was backed up when, with the checksums that a restore compares. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../../kernel/index.ts';
import type { VectorManagementResult } from './backup-vector-tables.ts';

export const BACKUP_LOG = 'vector_backup_log.txt';
const RULE = '='.repeat(50);
const MOST_LOG = 512 * 1024;

function sizeText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const step = bytes === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return step === 0 ? `${bytes} B` : `${(bytes / 1024 ** step).toFixed(1)} ${units[step]}`;
}

const existing = (directory: string): Promise<string> =>
  readFile(join(directory, BACKUP_LOG), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });

/** Puts an entry on top of the log. */
export async function writeBackupLog(
  directory: string,
  facts: {
    readonly taskId: string | null;
    readonly checksums: Readonly<Record<string, string>>;
    readonly truncateFailure: string | null;
  },
  result: VectorManagementResult,
): Promise<void> {
  const { taskId, checksums, truncateFailure } = facts;
  const time = result.timestamp.replace(/(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)/, '$1-$2-$3 $4:$5:$6');
  const truncated = Object.entries(result.truncated);
  const entry = [
    RULE,
    'Vector Table Backup Log',
    RULE,
    `Backup Time: ${time}`,
    `Task ID: ${taskId ?? 'none'}`,
    `Duration: ${result.seconds.toFixed(2)}s`,
    '',
    'Tables Backup Status:',
    ...Object.entries(result.tables).flatMap(([name, table]) => [
      `✓ ${name}: ${table.rowCount} rows -> ${table.file} (${sizeText(table.fileSize)})`,
      `  sha256 ${checksums[name]}  ${table.file}`,
    ]),
    '',
    'Truncate Status:',
    ...truncated.map(([name, table]) => `✓ ${name}: ${table.rowsBefore} rows -> ${table.rowsAfter} rows`),
    ...(truncateFailure === null ? [] : [`✗ langchain_pg_embedding: ${truncateFailure}`]),
    ...(truncated.length === 0 && truncateFailure === null ? ['- Not performed'] : []),
    '',
  ].join('\n');
  const before = await existing(directory);
  await writeFileAtomically(join(directory, BACKUP_LOG), `${entry}\n${before}`.slice(0, MOST_LOG));
}

/** The checksum that the log has for a file; null when it has none. */
export async function loggedChecksum(directory: string, file: string): Promise<string | null> {
  const lines = (await existing(directory)).split('\n');
  const line = lines.find((text) => text.trim().startsWith('sha256 ') && text.trim().endsWith(`  ${file}`));
  return /sha256 ([0-9a-f]{64})/.exec(line ?? '')?.[1] ?? null;
}
