/** A partly filled query while its sketch is being decoded; never changed in place. */
import { type Condition, EMPTY_QUERY, type Query, type SetOp, type Term } from '../query/query.ts';
import type { FrameRole } from './program.ts';

export interface Frame {
  readonly role: FrameRole;
  readonly query: Query;
  /** What the sub-query is compared with. */
  readonly left: Term | null;
  /** Where the closed frame goes in the frame below. */
  readonly use: 'where' | 'having' | 'set';
  readonly setOp: '' | SetOp;
  /** Mention of the last filled column of this frame, for the choices made next to it. */
  readonly tables: readonly number[];
}

export interface Spot {
  readonly start: number;
  readonly end: number;
}

export interface State {
  readonly frames: readonly Frame[];
  /** Sum of log-probabilities. */
  readonly score: number;
  /** Per kind of step, for the reranker. */
  readonly scores: readonly number[];
  readonly count: number;
  /** Mentions used so far, in order of use. */
  readonly spots: readonly Spot[];
  /** Place of the last chosen mention, -1 before the first. */
  readonly last: number;
  /** Value mentions used (bit set). */
  readonly values: number;
  /** Mention that the last pair or number step used. */
  readonly value: number;
  readonly lastColumn: number;
  readonly lastSpot: Spot | null;
}

export const frameOf = (
  role: FrameRole,
  any: boolean,
  use: Frame['use'] = 'where',
  left: Term | null = null,
  setOp: Frame['setOp'] = '',
): Frame => ({
  role,
  query: { ...EMPTY_QUERY, any },
  left,
  use,
  setOp,
  tables: [],
});

export const topOf = (state: State): Frame => state.frames[state.frames.length - 1]!;

export function withTop(state: State, frame: Frame): State {
  return { ...state, frames: [...state.frames.slice(0, -1), frame] };
}

export function addTable(frame: Frame, table: number): Frame {
  return frame.tables.includes(table) ? frame : { ...frame, tables: [...frame.tables, table] };
}

export function addCondition(frame: Frame, condition: Condition): Frame {
  return { ...frame, query: { ...frame.query, where: [...frame.query.where, condition] } };
}

/** Replaces the last condition's operator. */
export function setOperator(
  conditions: readonly Condition[],
  op: Condition['op'],
  values?: Condition['values'],
): Condition[] {
  const last = conditions[conditions.length - 1]!;
  return [...conditions.slice(0, -1), { ...last, op, values: values ?? last.values }];
}
