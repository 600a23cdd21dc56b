/** What the steps of an edit share: the follow-up as it was read, and the plan as far as it has been edited. */
import type { AggregateName, SelectPlan } from '../../../../sql/index.ts';
import type { Choice } from '../../grammar/choices.ts';
import type { Frame, PeriodFilter } from '../../grammar/frame.ts';
import type { GenerateRequest } from '../../grammar/generate.ts';
import { firstMeasure } from '../../grammar/plan-parts.ts';
import type { Resolution } from '../../grammar/resolve.ts';
import type { Shift } from '../../grammar/shift-periods.ts';
import type { FollowUpCues } from '../cues/follow-up-cues.ts';
import type { Threshold } from '../cues/measure-reference.ts';
import type { Beside } from '../plan/beside.ts';
import type { Reordered } from '../plan/order-layer.ts';
import { JoinedSources } from '../plan/previous-frame.ts';
import type { Things } from '../things/shown-things.ts';

/** A follow-up as it was read. */
export interface Edit {
  readonly frame: Frame;
  readonly resolution: Resolution;
  readonly cues: FollowUpCues;
  /** Other aggregates of the measure that is there. */
  readonly aggregates: readonly AggregateName[];
  /** A limit on the measure that is there. */
  readonly threshold: Threshold | null;
  /** How far back the period that is there moves. */
  readonly earlier: Shift | 'same-day' | null;
  /** The period to compare with. */
  readonly compared: PeriodFilter | null;
  /** The things that the question means; null when none are shown. */
  readonly things: Things | null;
  /** All that the answer before shows. */
  readonly shown: readonly Things[];
  /** Columns of theirs that the form of the question asks for. */
  readonly attributes: readonly Choice[];
  readonly text: string;
  /** The plan that is edited stands beside the one that the question means. */
  readonly beside?: boolean;
}

/** The state of one edit: the plan so far, and the tables it may join. */
export interface Draft {
  plan: SelectPlan;
  sources: JoinedSources;
  edited: boolean;
  beside: Beside | null;
  order: Reordered | null;
}

/** An edit that has not begun. */
export const draftOf = (plan: SelectPlan, request: GenerateRequest): Draft => ({
  plan,
  sources: new JoinedSources(request.index, plan),
  edited: false,
  beside: null,
  order: null,
});

/** One part of the edit; false when what the question says of it has no place in the plan. */
export type Step = (draft: Draft, edit: Edit, request: GenerateRequest) => boolean;

/** Goes on with another plan. */
export function move(draft: Draft, plan: SelectPlan, request: GenerateRequest): void {
  draft.plan = plan;
  draft.sources = new JoinedSources(request.index, plan);
  draft.edited = true;
}

/** Rows as they are, nothing counted or added up. */
export const isList = (plan: SelectPlan): boolean => plan.groupBy.length === 0 && firstMeasure(plan) === undefined;
