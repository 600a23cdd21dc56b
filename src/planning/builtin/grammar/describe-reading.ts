import { type DatabaseSchema, describePlan, type Plan } from '../../../sql/index.ts';
import type { Language } from '../../planner.ts';

/** One sentence on how the question was read. */
export function describeReading(plan: Plan, language: Language, schema: DatabaseSchema): string {
  return describePlan(plan, schema, language);
}
