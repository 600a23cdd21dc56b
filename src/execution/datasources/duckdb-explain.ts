import { z } from 'zod';
import type { ExplainNode } from '../datasource.ts';

interface RawNode {
  readonly name: string;
  readonly children: readonly RawNode[];
  readonly extra_info: Readonly<Record<string, unknown>>;
}

const rawNode: z.ZodType<RawNode> = z.lazy(() =>
  z.object({
    name: z.string(),
    children: z.array(rawNode).default([]),
    extra_info: z.record(z.string(), z.unknown()).default({}),
  }),
);

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function toNode(raw: RawNode): ExplainNode {
  const { Table: table, 'Estimated Cardinality': rows, ...rest } = raw.extra_info;
  const estimate = Number(rows);
  return {
    operation: raw.name.trim(),
    table: table === undefined ? null : (textOf(table).split('.').at(-1) ?? null),
    index: raw.name.includes('INDEX') ? textOf(rest.Index ?? raw.name.trim()) : null,
    estimatedRows: rows === undefined || Number.isNaN(estimate) ? null : estimate,
    estimatedCost: null,
    detail: Object.entries(rest)
      .map(([key, value]) => `${key}: ${textOf(value)}`)
      .join('; '),
    children: raw.children.map(toNode),
  };
}

/** Parses the output of `EXPLAIN (FORMAT JSON)`. */
export function parseDuckDbExplain(text: string): ExplainNode | null {
  const parsed = z.array(rawNode).safeParse(JSON.parse(text));
  const first = parsed.success ? parsed.data[0] : undefined;
  return first === undefined ? null : toNode(first);
}
