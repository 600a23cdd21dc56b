/** What the parent and the thread that runs the embedded Postgres say to each other; one request at a time. */
import type { PostgresRows } from '../postgres-session.ts';

export type Request =
  | { readonly type: 'open'; readonly path: string }
  | { readonly type: 'setup'; readonly sql: string }
  | { readonly type: 'query'; readonly sql: string };

export type Reply =
  | { readonly ok: true; readonly rows: PostgresRows | null }
  | { readonly ok: false; readonly message: string; readonly code: string | null; readonly hint: string | null };
