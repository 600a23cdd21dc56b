import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../kernel/index.ts';
import { generateShop } from './shop-data.ts';
import { buildShopDatabase } from './shop-database.ts';

/** Raised whenever the generated tables change, so that files of an older shape are built again. */
const SHOP_VERSION = 1;
const LEFTOVER_AGE_MS = 10 * 60_000;

export interface DemoDataOptions {
  /** `$QUERENT_HOME`. */
  readonly home: string;
  /** The day up to which orders exist, `YYYY-MM-DD`. */
  readonly today: string;
  readonly logger: Logger;
}

export interface DemoData {
  /** The DuckDB file of the demo shop. */
  readonly demoPath: string;
  /** The newest day in it; never before `today`. */
  readonly newestDay: string;
  readonly rebuilt: boolean;
}

/** Where the demo shop's database lies under a home directory. */
export const demoDatabasePath = (home: string): string => join(home, 'demo', 'demo.duckdb');

/**
 * Sees to it that the demo shop exists and reaches up to today. Data that is new enough is left alone (one small file
 * is read); else it is built beside the old file and renamed over it, so readers and other processes that do the
 * same at the same time always find a whole database.
 */
export async function ensureDemoData(options: DemoDataOptions): Promise<DemoData> {
  const { home, today, logger } = options;
  const demoPath = demoDatabasePath(home);
  const existing = await readStamp(demoPath);
  if (existing !== null && existing >= today) return { demoPath, newestDay: existing, rebuilt: false };

  const started = performance.now();
  const folder = join(home, 'demo');
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
  const draft = `${demoPath}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    await buildShopDatabase(draft, generateShop(today));
    const { size } = await stat(draft);
    await rename(draft, demoPath);
    const stampDraft = `${draft}.stamp`;
    await writeFile(stampDraft, JSON.stringify({ version: SHOP_VERSION, newestDay: today, size }));
    await rename(stampDraft, stampPath(demoPath));
  } finally {
    await rm(draft, { force: true });
    await rm(`${draft}.wal`, { force: true });
    await rm(`${draft}.stamp`, { force: true });
  }
  logger.info({ newestDay: today, elapsedMs: Math.round(performance.now() - started) }, 'demo shop generated');
  return { demoPath, newestDay: today, rebuilt: true };
}

const stampPath = (demoPath: string): string => `${demoPath}.stamp`;

/** The newest day of a whole database of the current version, or null. */
async function readStamp(demoPath: string): Promise<string | null> {
  try {
    const stamp: unknown = JSON.parse(await readFile(stampPath(demoPath), 'utf8'));
    if (typeof stamp !== 'object' || stamp === null) return null;
    const { version, newestDay, size } = stamp as Record<string, unknown>;
    const file = await stat(demoPath);
    return version === SHOP_VERSION && typeof newestDay === 'string' && file.size === size ? newestDay : null;
  } catch {
    return null;
  }
}

/** Drafts of processes that were killed while building. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/\.tmp(\.wal|\.stamp)?$/.test(name)) continue;
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    if (info !== null && Date.now() - info.mtimeMs > LEFTOVER_AGE_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
