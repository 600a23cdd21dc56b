/** Fitted by scripts/train-arbiter.ts; see docs/decisions on how and from what. */
import type { ArbiterWeights } from './arbitrate.ts';

export const ARBITER_WEIGHTS: ArbiterWeights = { gate: {}, agreed: {}, composed: {}, learned: {} };
