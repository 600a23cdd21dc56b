/**
 * Brings the schema up to date: the numbered files of `migrations/`, in their order, each once, all in one
 * transaction under an advisory lock, so that any number of processes may start at the same time.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { EngineError } from '../kernel/index.ts';
import type { Backend, Session } from './connection/backend.ts';
import { runStatement } from './connection/drizzle-client.ts';

/** Any number, the same in every version. */
const LOCK_KEY = 7_103_205_931;

export interface Migration {
  readonly number: number;
  readonly tag: string;
  readonly sql: string;
}

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly tag: string }[];
}

/** The files that were generated with this version of the code. */
export async function readMigrations(folder = new URL('./migrations/', import.meta.url)): Promise<Migration[]> {
  const journal = JSON.parse(await readFile(new URL('meta/_journal.json', folder), 'utf8')) as Journal;
  return Promise.all(
    journal.entries.map(async ({ idx, tag }) => ({
      number: idx,
      tag,
      sql: await readFile(new URL(`${tag}.sql`, folder), 'utf8'),
    })),
  );
}

/** Applies what is missing; a schema from a newer version of the code is refused with `state-too-new`. */
export async function migrate(backend: Backend, migrations: readonly Migration[]): Promise<{ applied: string[] }> {
  const session = await backend.connect();
  let broken = true;
  try {
    await session.exec('BEGIN');
    await session.exec(`SELECT pg_advisory_xact_lock(${LOCK_KEY})`);
    const applied = await applyMissing(session, migrations);
    await session.exec('COMMIT');
    broken = false;
    return { applied };
  } catch (error) {
    await session.exec('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    await session.release(broken);
  }
}

async function applyMissing(session: Session, migrations: readonly Migration[]): Promise<string[]> {
  if (!(await hasJournal(session))) {
    await session.exec(`CREATE SCHEMA IF NOT EXISTS querent;
      CREATE TABLE querent.schema_migrations (number integer PRIMARY KEY, tag text NOT NULL, hash text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now())`);
  }
  const { rows } = await runStatement(session, 'SELECT number, tag, hash FROM querent.schema_migrations', []);
  const present = new Map((rows as { number: number; tag: string; hash: string }[]).map((row) => [row.number, row]));
  refuseNewer(present, migrations);
  const missing = migrations.filter(({ number }) => !present.has(number));
  for (const migration of missing) {
    await session.exec(migration.sql.replaceAll('--> statement-breakpoint', ''));
    await runStatement(session, 'INSERT INTO querent.schema_migrations (number, tag, hash) VALUES ($1, $2, $3)', [
      migration.number,
      migration.tag,
      createHash('sha256').update(migration.sql).digest('hex'),
    ]);
  }
  return missing.map(({ tag }) => tag);
}

async function hasJournal(session: Session): Promise<boolean> {
  const { rows } = await runStatement(session, "SELECT to_regclass('querent.schema_migrations')::text AS name", []);
  return (rows[0] as { name: string | null }).name !== null;
}

function refuseNewer(present: ReadonlyMap<number, { tag: string }>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ number }) => number));
  const unknown = [...present].find(([number]) => !known.has(number));
  if (unknown === undefined) return;
  throw new EngineError(
    'state-too-new',
    `The state was written by a newer version of Querent (its schema has "${unknown[1].tag}"). ` +
      'Start that version, or choose another QUERENT_HOME or QUERENT_STATE_URL.',
    { data: { migration: unknown[1].tag } },
  );
}
