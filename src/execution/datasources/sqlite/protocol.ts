/** What the parent and its SQLite child say to each other. Every request gets any number of `rows`, then `done` or `failed`. */

import type { DatabaseSchema } from '../../../sql/index.ts';
import type { Cell, ExplainResult, ResultColumn, RunFailure } from '../../datasource.ts';

export type Request =
  | { readonly type: 'check'; readonly path: string }
  | {
      readonly type: 'run';
      readonly path: string;
      readonly sql: string;
      readonly maxRows: number;
      readonly maxBytes?: number;
    }
  | { readonly type: 'explain'; readonly path: string; readonly sql: string }
  | { readonly type: 'introspect'; readonly path: string };

export interface RunDone {
  readonly columns: readonly ResultColumn[];
  readonly truncated: boolean;
  readonly elapsedMs: number;
}

export type Reply =
  | { readonly type: 'rows'; readonly rows: readonly (readonly Cell[])[] }
  | { readonly type: 'done'; readonly value: RunDone | ExplainResult | DatabaseSchema | null }
  | { readonly type: 'failed'; readonly failure: RunFailure };
