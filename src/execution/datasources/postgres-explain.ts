import { z } from 'zod';
import type { ExplainNode } from '../datasource.ts';

interface RawPlan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Plan Rows'?: number;
  readonly 'Total Cost'?: number;
  readonly Plans?: readonly RawPlan[];
  readonly [key: string]: unknown;
}

const rawPlan: z.ZodType<RawPlan> = z.lazy(() =>
  z.looseObject({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Index Name': z.string().optional(),
    'Plan Rows': z.number().optional(),
    'Total Cost': z.number().optional(),
    Plans: z.array(rawPlan).optional(),
  }),
);

const DETAILS = [
  'Strategy',
  'Join Type',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'Index Cond',
  'Filter',
  'Sort Key',
  'Group Key',
];

function toNode(raw: RawPlan): ExplainNode {
  return {
    operation: raw['Node Type'],
    table: raw['Relation Name'] ?? null,
    index: raw['Index Name'] ?? null,
    estimatedRows: raw['Plan Rows'] ?? null,
    estimatedCost: raw['Total Cost'] ?? null,
    detail: DETAILS.filter((key) => raw[key] !== undefined)
      .map((key) => `${key}: ${String(raw[key])}`)
      .join('; '),
    children: (raw.Plans ?? []).map(toNode),
  };
}

/** Parses the output of `EXPLAIN (FORMAT JSON)`. */
export function parsePostgresExplain(text: string): ExplainNode | null {
  const parsed = z.array(z.object({ Plan: rawPlan })).safeParse(JSON.parse(text));
  const first = parsed.success ? parsed.data[0] : undefined;
  return first === undefined ? null : toNode(first.Plan);
}
