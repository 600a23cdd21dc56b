/** Another reading of the candidate in use that the data suggests: a value as it is stored, a period that has data. */
import type { Candidate } from '../../planning/index.ts';
import { type Plan, safeRenderPlan } from '../../sql/index.ts';
import type { NodeContext } from '../node.ts';
import { periodsOf } from '../nodes/metric-plan.ts';
import { openedSource } from '../nodes/opened-source.ts';
import { rematchValues, replaceValues } from './rematch-values.ts';
import { rereadPeriod, shiftPlan } from './reread-periods.ts';

export interface Rereading {
  readonly candidate: Candidate;
  /** What was read differently, for the reader. */
  readonly changes: readonly { readonly phrase: string; readonly meaning: string }[];
}

/** How much less sure a reading is that the data had to correct. */
const CORRECTED = 0.9;

/** Null when the data suggests nothing, or only what was tried before. */
export async function findRereading(context: NodeContext): Promise<Rereading | null> {
  const { state, services, signal } = context;
  const { candidate } = state;
  if (!candidate?.plan) return null;
  const source = openedSource(state);
  const values = await rematchValues(candidate.plan, source, services, signal);
  let plan: Plan = values.length > 0 ? replaceValues(candidate.plan, values) : candidate.plan;
  const changes = values.map((one) => ({ phrase: one.written, meaning: `${one.column} = ${one.stored}` }));
  const periods = state.periods.length > 0 ? state.periods : periodsOf(context);
  const period = rereadPeriod(plan, periods, source);
  if (period && periods[0]) {
    plan = shiftPlan(plan, periods[0], period.years);
    changes.push({ phrase: period.phrase, meaning: `${period.from} – ${period.to}` });
  }
  if (changes.length === 0) return null;
  const sql = safeRenderPlan(plan, source.schema.dialect, { schema: source.schema });
  if (!sql.ok || state.attempts.some((attempt) => attempt.candidate.sql === sql.value)) return null;
  const told = changes.map(({ phrase, meaning }) => `“${phrase}” → ${meaning}`).join('; ');
  return {
    changes,
    candidate: {
      plan,
      sql: sql.value,
      confidence: Math.round(candidate.confidence * CORRECTED * 1000) / 1000,
      mappings: [...candidate.mappings, ...changes],
      reading: `${candidate.reading} (${told})`,
    },
  };
}
