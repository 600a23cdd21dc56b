/** The question with what the rules for measures ask of it again and again. */
import type { Arithmetic } from '../../query/query.ts';
import type { Figure } from './figures.ts';
import { beginsWithEnd, commonEnd } from './overlap.ts';

/** `left op right` of two columns of one table, and the characters of the question that name it. */
export interface Measure {
  readonly op: Arithmetic;
  readonly left: number;
  readonly right: number;
  readonly start: number;
  readonly end: number;
}

export interface NamedSpan {
  readonly start: number;
  readonly end: number;
}

export class MeasureText {
  readonly text: string;
  readonly figures: readonly Figure[];
  private readonly named: readonly NamedSpan[];

  constructor(text: string, figures: readonly Figure[], named: readonly NamedSpan[]) {
    this.text = text.toLowerCase();
    this.figures = figures;
    this.named = named;
  }

  /** Every place of a cue that is no part of a column's own name. */
  *places(cue: RegExp): Generator<RegExpExecArray> {
    for (const m of this.text.matchAll(cue)) {
      const end = m.index + m[0].length;
      if (!this.named.some((n) => n.start < m.index && n.end >= end)) yield m;
    }
  }

  /** Whether a column's own name stands there. */
  isNamed(start: number, end: number): boolean {
    return this.named.some((n) => n.start <= start && n.end >= end);
  }

  /** The figure that the characters before a place name best, by its end, with where they begin. */
  before(place: number): { figure: Figure; start: number } | null {
    let best: { figure: Figure; start: number; size: number } | null = null;
    const tail = this.text.slice(0, place);
    for (const cut of [tail, tail.replace(/(的|平均|实际|总|数量|人数|次数|数)+$/u, '')])
      for (const figure of this.figures)
        for (const name of [figure.label, figure.stem]) {
          const k = Math.max(commonEnd(cut, name), beginsWithEnd(cut, name));
          if ((k >= 2 || k === name.length) && k * 2 >= name.length && k > (best?.size ?? 0))
            best = { figure, start: cut.length - k, size: k };
        }
    return best;
  }

  has(label: string): boolean {
    return this.figures.some((f) => f.label === label);
  }
}

export type Rule = (text: MeasureText) => Iterable<Measure>;
