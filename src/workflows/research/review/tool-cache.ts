/** Results of the review's tools, kept for a while: the same statement is often reviewed again after a small change. */
import type { DatabaseSchema } from '../../../sql/index.ts';
import type { ToolResult } from '../../tools/tool.ts';

const KEPT_MS = 300_000;
const MAX_KEPT = 100;

export interface ToolCache {
  /** What `call` gave for the key within the last 300 s, else what it gives now. Failures are not kept. */
  get(
    schema: DatabaseSchema,
    key: readonly unknown[],
    now: number,
    call: () => Promise<ToolResult>,
  ): Promise<ToolResult>;
}

/** Results belong to a schema as it was read for a caller: a structure that is read again begins anew. */
export function createToolCache(): ToolCache {
  const kept = new WeakMap<DatabaseSchema, Map<string, { readonly until: number; readonly result: ToolResult }>>();
  return {
    async get(schema, key, now, call) {
      const results = kept.get(schema) ?? new Map();
      kept.set(schema, results);
      const name = JSON.stringify(key);
      const known = results.get(name);
      if (known && now < known.until) return known.result;
      results.delete(name);
      const result = await call();
      if (result.success === 1) results.set(name, { until: now + KEPT_MS, result });
      for (const oldest of results.keys()) if (results.size > MAX_KEPT) results.delete(oldest);
      return result;
    },
  };
}
