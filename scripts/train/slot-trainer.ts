/** Trains the slot models from teacher-forced decisions: listwise softmax over each decision's options. */
import { seededRandom, shuffle } from '../../src/planning/builtin/learned/model/random.ts';
import { SLOT_FEATURES } from '../../src/planning/builtin/learned/slots/feature-names.ts';
import type { SparseVector } from '../../src/planning/builtin/learned/slots/feature-vector.ts';
import { emptySlotModel, type SlotModel } from '../../src/planning/builtin/learned/slots/slot-model.ts';

const D = SLOT_FEATURES.length;

/** Decisions, flat in memory. */
export class SlotInstances {
  private readonly kinds = new Map<string, number>();
  private readonly options: SparseVector[] = [];
  private readonly instances: { kind: number; from: number; to: number; gold: Int16Array }[] = [];

  add(kind: string, options: readonly SparseVector[], gold: readonly number[]): void {
    let k = this.kinds.get(kind);
    if (k === undefined) {
      k = this.kinds.size;
      this.kinds.set(kind, k);
    }
    const from = this.options.length;
    for (const o of options) this.options.push(o);
    this.instances.push({ kind: k, from, to: this.options.length, gold: Int16Array.from(gold) });
  }

  get size(): number {
    return this.instances.length;
  }

  train(options: {
    readonly epochs: number;
    readonly hidden: number;
    readonly seed: number;
    readonly rate: number;
    readonly decay: number;
  }): SlotModel {
    const kinds = [...this.kinds.keys()];
    const h = options.hidden;
    const random = seededRandom(options.seed);
    const model: SlotModel = {
      ...emptySlotModel(kinds),
      network:
        h === 0
          ? null
          : {
              hidden: h,
              first: Float32Array.from({ length: (D + kinds.length) * h }, () => (random() - 0.5) * 0.4),
              bias: new Float32Array(h),
              second: Float32Array.from({ length: h }, () => (random() - 0.5) * 0.4),
            },
    };
    const net = model.network;
    const { linear } = model;
    const gLinear = new Float32Array(linear.length).fill(0.01);
    const gFirst = new Float32Array(net?.first.length ?? 0).fill(0.05);
    const gBias = new Float32Array(h).fill(0.05);
    const gSecond = new Float32Array(h).fill(0.05);
    const order = this.instances.map((_, i) => i);
    let most = 1;
    for (const i of this.instances) most = Math.max(most, i.to - i.from);
    const hid = new Float32Array(most * Math.max(1, h));
    const score = new Float32Array(most);
    const delta = new Float32Array(most);
    const dh = new Float32Array(Math.max(1, h));
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      shuffle(order, random);
      const rate = options.rate * (1 - epoch / options.epochs) + 0.02 * options.rate;
      for (const at of order) {
        const { kind, from, to, gold } = this.instances[at]!;
        const n = to - from;
        const base = kind * D;
        let max = Number.NEGATIVE_INFINITY;
        for (let o = 0; o < n; o++) {
          const v = this.options[from + o]!;
          let s = 0;
          for (let i = 0; i < v.index.length; i++) s += linear[base + v.index[i]!]! * v.value[i]!;
          if (net) {
            const off = o * h;
            for (let j = 0; j < h; j++) hid[off + j] = net.bias[j]! + net.first[(D + kind) * h + j]!;
            for (let i = 0; i < v.index.length; i++) {
              const row = v.index[i]! * h;
              const x = v.value[i]!;
              for (let j = 0; j < h; j++) hid[off + j]! += net.first[row + j]! * x;
            }
            for (let j = 0; j < h; j++) if (hid[off + j]! > 0) s += hid[off + j]! * net.second[j]!;
          }
          score[o] = s;
          if (s > max) max = s;
        }
        let all = 0;
        for (let o = 0; o < n; o++) all += score[o] = Math.exp(score[o]! - max);
        let right = 0;
        for (const g of gold) right += score[g]!;
        for (let o = 0; o < n; o++) delta[o] = score[o]! / all;
        for (const g of gold) delta[g]! -= score[g]! / right;
        for (let o = 0; o < n; o++) {
          const d = delta[o]!;
          if (Math.abs(d) < 1e-4) continue;
          const v = this.options[from + o]!;
          for (let i = 0; i < v.index.length; i++) {
            const w = base + v.index[i]!;
            const g = d * v.value[i]! + options.decay * linear[w]!;
            gLinear[w]! += g * g;
            linear[w]! -= (rate * g) / Math.sqrt(gLinear[w]!);
          }
          if (!net) continue;
          const off = o * h;
          for (let j = 0; j < h; j++) {
            const z = hid[off + j]!;
            dh[j] = z > 0 ? d * net.second[j]! : 0;
            if (z > 0) {
              const g = d * z;
              gSecond[j]! += g * g;
              net.second[j]! -= (rate * 0.3 * g) / Math.sqrt(gSecond[j]!);
            }
          }
          for (let j = 0; j < h; j++) {
            const g = dh[j]!;
            if (g === 0) continue;
            gBias[j]! += g * g;
            net.bias[j]! -= (rate * 0.3 * g) / Math.sqrt(gBias[j]!);
            const w = (D + kind) * h + j;
            gFirst[w]! += g * g;
            net.first[w]! -= (rate * 0.3 * g) / Math.sqrt(gFirst[w]!);
          }
          for (let i = 0; i < v.index.length; i++) {
            const row = v.index[i]! * h;
            const x = v.value[i]!;
            for (let j = 0; j < h; j++) {
              const g = dh[j]! * x + (dh[j] === 0 ? 0 : options.decay * net.first[row + j]!);
              if (g === 0) continue;
              gFirst[row + j]! += g * g;
              net.first[row + j]! -= (rate * 0.3 * g) / Math.sqrt(gFirst[row + j]!);
            }
          }
        }
      }
    }
    return model;
  }
}
