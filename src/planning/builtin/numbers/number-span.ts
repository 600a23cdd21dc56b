/** A number written in a question. */
export interface NumberSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  /** `percent`: `value` is the fraction (20% → 0.2). `ordinal`: third, 第三. */
  readonly kind: 'cardinal' | 'percent' | 'ordinal' | 'fraction';
}
