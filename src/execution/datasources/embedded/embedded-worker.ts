/** The thread that runs the embedded Postgres: its calls block, and ending the thread is the only way to stop one. */
import { parentPort } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { SESSION_SETTINGS } from '../postgres-session.ts';
import type { Reply, Request } from './protocol.ts';

let db: PGlite | null = null;

async function open(path: string): Promise<void> {
  db = await PGlite.create({ dataDir: path, relaxedDurability: true });
  // Values stay in text format; the caller turns them into cells.
  db.parsers = new Proxy({}, { get: () => (text: string) => text });
  for (const [name, value] of Object.entries(SESSION_SETTINGS)) {
    await db.exec(`SET ${name} = '${value}'`);
  }
}

async function answer(request: Request): Promise<Reply> {
  if (request.type === 'open') {
    await open(request.path);
    return { ok: true, rows: null };
  }
  if (db === null) {
    throw new Error('the embedded database is not open');
  }
  if (request.type === 'setup') {
    await db.exec(request.sql);
    return { ok: true, rows: null };
  }
  const result = await db.query<(string | null)[]>(request.sql, [], { rowMode: 'array' });
  const columns = result.fields.map((field) => ({ name: field.name, oid: field.dataTypeID }));
  return { ok: true, rows: { columns, rows: result.rows } };
}

parentPort?.on('message', (request: Request) => {
  answer(request).then(
    (reply) => parentPort?.postMessage(reply),
    (error: unknown) => {
      const { message, code, hint } = error as { message?: string; code?: string; hint?: string };
      const reply: Reply = { ok: false, message: message ?? String(error), code: code ?? null, hint: hint ?? null };
      parentPort?.postMessage(reply);
    },
  );
});
