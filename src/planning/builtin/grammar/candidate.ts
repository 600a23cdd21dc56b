import type { Plan } from '../../../sql/index.ts';
import type { Mapping } from '../../planner.ts';

/** A plan proposed by one of the generators, before ranking. */
export interface GeneratedCandidate {
  readonly plan: Plan;
  /** Calibrated probability that it is right, 0 to 1; comparable between generators. */
  readonly confidence: number;
  readonly mappings: readonly Mapping[];
  readonly generator: 'grammar' | 'learned' | 'follow-up';
  readonly features: Readonly<Record<string, number>>;
}
