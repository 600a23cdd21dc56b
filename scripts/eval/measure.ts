/** Runs a planner over a set's questions and compares the rows of its answers with the gold rows. */

import type { ScoredCandidate } from '../../src/planning/builtin/learned/learned-planner.ts';
import type { Turn } from '../../src/planning/planner.ts';
import { type DatabaseSchema, planFromSql, safeRenderPlan } from '../../src/sql/index.ts';
import type { Databases } from '../train/examples.ts';
import { constructsOf } from './constructs.ts';
import type { Item } from './datasets.ts';
import { ordersRows } from './execution.ts';

export interface Outcome {
  readonly item: Item;
  /** Position of the first right candidate, -1 when none of those offered is. */
  readonly rank: number;
  readonly confidence: number;
  readonly answered: boolean;
  readonly ms: number;
  readonly constructs: readonly string[];
  readonly predicted: string | null;
  readonly failure: string | null;
}

/** The candidates for a question, best first, and the milliseconds that planning took. */
export type PlanFunction = (
  item: Item,
) => Promise<{ readonly candidates: readonly ScoredCandidate[]; readonly ms: number }>;

/** The earlier turns of a question as their authors meant them. */
export function goldTurns(item: Item, schema: DatabaseSchema): Turn[] {
  return item.previous.map((p) => {
    const read = planFromSql(p.sql, 'sqlite', schema);
    return { question: p.question, sql: p.sql, plan: read.ok ? read.value : null };
  });
}

/** Gold statements that fail or give no measure are left out (null). */
export async function measureItem(item: Item, databases: Databases, plan: PlanFunction): Promise<Outcome | null> {
  const runner = databases.runner(item);
  const ordered = ordersRows(item.sql);
  const gold = runner.signature(item.sql, ordered);
  if (gold === null) return null;
  const { candidates, ms } = await plan(item);
  let rank = -1;
  let predicted: string | null = null;
  for (let i = 0; i < candidates.length && rank < 0; i++) {
    const rendered = safeRenderPlan(candidates[i]!.plan, 'sqlite');
    const sql = rendered.ok ? rendered.value : null;
    if (i === 0) predicted = sql;
    if (sql !== null && runner.signature(sql, ordered) === gold) rank = i;
  }
  const constructs = constructsOf(item);
  return {
    item,
    rank,
    confidence: candidates[0]?.probability ?? 0,
    answered: candidates.length > 0,
    ms,
    constructs,
    predicted,
    failure:
      rank === 0
        ? null
        : candidates.length === 0
          ? 'no candidate'
          : rank > 0
            ? 'right one ranked lower'
            : 'right one not found',
  };
}
