/**
 * A sketch is a query without columns, values, comparison operators, directions, DISTINCT and limits: only its shape.
 * Its four parts are predicted separately and as a whole, and recombined.
 */
import type { Condition, Query, SetOp, Term } from './query.ts';

/** Shape of one condition: how many values it takes and what its sub-query looks like. */
export interface ConditionShape {
  /** `cmp` one value; `btw` two; `null` none; `in` `column [not] in (sub)`; `sub` `column op (sub)`. */
  readonly kind: 'cmp' | 'btw' | 'null' | 'in' | 'sub';
  readonly sub: Sketch | null;
}

export interface Sketch {
  /** One tag per select item: `n` plain, `*` the whole row, `c*` count of rows, `c` count distinct, `max`, `sum(n*n)`, … */
  readonly select: readonly string[];
  readonly where: readonly ConditionShape[];
  readonly any: boolean;
  readonly group: number;
  /** Aggregate of the having condition, '' for none. */
  readonly having: string;
  /** Shape of the having condition's right side. */
  readonly havingSub: Sketch | null;
  readonly order: readonly string[];
  readonly limited: boolean;
  readonly extra: number;
  readonly setOp: '' | SetOp;
  readonly right: Sketch | null;
}

export function termTag(t: Term): string {
  if (t.within) return `${t.agg}(n${t.within.op}n)`;
  const base = t.col < 0 ? (t.agg === 'count' ? 'c*' : '*') : t.agg === '' ? 'n' : t.agg === 'count' ? 'c' : t.agg;
  return t.arith ? `${base}${t.arith.op}${termTag(t.arith.right)}` : base;
}

function conditionShape(c: Condition): ConditionShape {
  if (c.op === 'null' || c.op === 'not null') return { kind: 'null', sub: null };
  if (c.sub !== null) return { kind: c.op === 'in' || c.op === 'not in' ? 'in' : 'sub', sub: sketchOf(c.sub) };
  return { kind: c.op === 'between' ? 'btw' : 'cmp', sub: null };
}

export function sketchOf(q: Query): Sketch {
  const having = q.having[0];
  return {
    select: q.select.map(termTag),
    where: q.where.map(conditionShape).sort((a, b) => rank(a) - rank(b)),
    any: q.any && q.where.length > 1,
    group: q.group.length,
    having: having ? termTag(having.left) : '',
    havingSub: having?.sub ? sketchOf(having.sub) : null,
    order: q.order.map(termTag),
    limited: q.limit !== null,
    extra: q.extra.length,
    setOp: q.set?.op ?? '',
    right: q.set ? sketchOf(q.set.right) : null,
  };
}

const RANK = { cmp: 0, btw: 1, null: 2, sub: 3, in: 4 } as const;
const rank = (c: ConditionShape): number => RANK[c.kind];

/** Conditions in the order in which a sketch lists them (stable within a kind). */
export function conditionsInSketchOrder(q: Query): Condition[] {
  return [...q.where].sort((a, b) => rank(conditionShape(a)) - rank(conditionShape(b)));
}

const conditionKey = (c: ConditionShape): string => (c.sub ? `${c.kind}(${sketchKey(c.sub)})` : c.kind);

export const selectPart = (s: Sketch): string => s.select.join(' ');
export const wherePart = (s: Sketch): string => `${s.any ? 'any ' : ''}${s.where.map(conditionKey).join(' ')}`;
export const tailPart = (s: Sketch): string =>
  `${s.group};${s.having}${s.havingSub ? `(${sketchKey(s.havingSub)})` : ''};${s.order.join(' ')}${s.limited ? ';l' : ''}`;
export const setPart = (s: Sketch): string => `${s.extra}${s.right ? `${s.setOp}(${sketchKey(s.right)})` : ''}`;

/** One string per sketch; equal exactly for equal sketches. */
export function sketchKey(s: Sketch): string {
  return `${selectPart(s)}|${wherePart(s)}|${tailPart(s)}|${setPart(s)}`;
}

/** The sketch made of the select part of one sketch, the where part of another, and so on. */
export function recombine(select: Sketch, where: Sketch, tail: Sketch, set: Sketch): Sketch {
  return {
    select: select.select,
    where: where.where,
    any: where.any,
    group: tail.group,
    having: tail.having,
    havingSub: tail.havingSub,
    order: tail.order,
    limited: tail.limited,
    extra: set.extra,
    setOp: set.setOp,
    right: set.right,
  };
}
