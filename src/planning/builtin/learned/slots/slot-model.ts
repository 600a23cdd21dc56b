/** Scores slot candidates: per kind of slot a linear model and a small network shared by all kinds. */
import { SLOT_FEATURES } from './feature-names.ts';

export interface SlotModel {
  /** Slot kinds in the order of their weights. */
  readonly kinds: readonly string[];
  /** kinds × features. */
  readonly linear: Float32Array;
  /** Null where only the linear part is used. */
  readonly network: SlotNetwork | null;
}

export interface SlotNetwork {
  readonly hidden: number;
  /** (features + kinds) × hidden. */
  readonly first: Float32Array;
  readonly bias: Float32Array;
  /** hidden × 1. */
  readonly second: Float32Array;
}

/** Kinds of slots that have weights of their own: column slots by tag class and frame, pairs, numbers, tables. */
export function slotKind(kind: string, tag: string, role: string): string {
  const what =
    tag === 'n' || tag === ''
      ? kind
      : `${kind}-${tag === 'c' ? 'count' : tag === 'max' || tag === 'min' ? 'extreme' : 'total'}`;
  return role === 'top' ? what : `${role}:${what}`;
}

export interface VectorView {
  readonly index: Uint16Array;
  readonly value: Float32Array;
  readonly size: number;
}

const D = SLOT_FEATURES.length;

export function scoreSlot(model: SlotModel, kind: number, v: VectorView, scratch: Float32Array): number {
  let score = 0;
  const at = kind * D;
  for (let i = 0; i < v.size; i++) score += model.linear[at + v.index[i]!]! * v.value[i]!;
  const net = model.network;
  if (net === null) return score;
  const h = net.hidden;
  for (let j = 0; j < h; j++) scratch[j] = net.bias[j]! + net.first[(D + kind) * h + j]!;
  for (let i = 0; i < v.size; i++) {
    const row = v.index[i]! * h;
    const x = v.value[i]!;
    for (let j = 0; j < h; j++) scratch[j]! += net.first[row + j]! * x;
  }
  for (let j = 0; j < h; j++) {
    const z = scratch[j]!;
    if (z > 0) score += z * net.second[j]!;
  }
  return score;
}

export const emptySlotModel = (kinds: readonly string[]): SlotModel => ({
  kinds,
  linear: new Float32Array(kinds.length * D),
  network: null,
});
