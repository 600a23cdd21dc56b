/** An exclusive lock of the operating system on a file, through SQLite: the only portable one Node has built in. */
import type { DatabaseSync } from 'node:sqlite';
import { EngineError } from '../../kernel/index.ts';

export interface KernelLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/** `null` when another process, or another owner in this one, holds it. */
export async function tryKernelLock(file: string): Promise<KernelLock | null> {
  const { DatabaseSync } = await loadSqlite();
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    const held = database;
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY) return null;
    throw new EngineError('state-unavailable', `Cannot lock ${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Node announces on standard error that this module is experimental; our users cannot do anything about it. */
async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  const emit = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return await import('node:sqlite');
  } finally {
    process.emitWarning = emit;
  }
}
