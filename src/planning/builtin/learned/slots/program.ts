/** A sketch as a list of decisions to take, left to right; sub-queries open and close a frame of their own. */
import type { Arithmetic } from '../query/query.ts';
import type { ConditionShape, Sketch } from '../query/sketch.ts';

export type FrameRole = 'top' | 'sub' | 'set';

export type Step =
  /** Choose a column. `tag` is the term's tag; `arith` attaches it as right operand of the previous term. */
  | {
      readonly kind: 'column';
      readonly slot: ColumnSlot;
      readonly tag: string;
      readonly arith: '' | Arithmetic;
      /** It is the right side inside the previous term's aggregate. */
      readonly within?: boolean;
      /** It is one side of an arithmetic expression. */
      readonly operand?: boolean;
    }
  /** Choose a column and a value to compare it with. */
  | { readonly kind: 'pair' }
  | { readonly kind: 'range' }
  /** Choose a number: the limit, or what a having condition compares with. */
  | { readonly kind: 'number'; readonly slot: 'limit' | 'having' }
  /** Choose a table joined without any column. */
  | { readonly kind: 'table' }
  | { readonly kind: 'choice'; readonly slot: ChoiceSlot }
  | {
      readonly kind: 'open';
      readonly role: FrameRole;
      readonly sketch: Sketch;
      readonly use: 'where' | 'having' | 'set';
      readonly setOp: Sketch['setOp'];
    }
  | { readonly kind: 'close' };

export type ColumnSlot = 'select' | 'order' | 'group' | 'having' | 'left' | 'null';
export type ChoiceSlot =
  | 'operator'
  | 'having-operator'
  | 'direction'
  | 'distinct'
  | 'membership'
  | 'sub-operator'
  | 'null';

const WITHIN = /^(sum|avg|min|max)\(n([-+*/])n\)$/;
const ARITHMETIC = /^(.+?)([-+*/])(.+)$/;

export function programOf(sketch: Sketch, role: FrameRole = 'top'): Step[] {
  const steps: Step[] = [];
  for (const tag of sketch.select) addTerm(steps, 'select', tag);
  for (const shape of sketch.where) addCondition(steps, shape);
  for (let g = 0; g < sketch.group; g++) steps.push({ kind: 'column', slot: 'group', tag: 'n', arith: '' });
  if (sketch.having !== '') {
    addTerm(steps, 'having', sketch.having);
    if (sketch.havingSub)
      steps.push(
        { kind: 'open', role: 'sub', sketch: sketch.havingSub, use: 'having', setOp: '' },
        ...programOf(sketch.havingSub, 'sub'),
      );
    else steps.push({ kind: 'number', slot: 'having' });
    steps.push({ kind: 'choice', slot: 'having-operator' });
  }
  for (const tag of sketch.order) addTerm(steps, 'order', tag);
  if (sketch.order.length > 0) steps.push({ kind: 'choice', slot: 'direction' });
  if (sketch.limited) steps.push({ kind: 'number', slot: 'limit' });
  for (let e = 0; e < sketch.extra; e++) steps.push({ kind: 'table' });
  if (role === 'top' && sketch.right === null) steps.push({ kind: 'choice', slot: 'distinct' });
  if (sketch.right !== null)
    steps.push(
      { kind: 'open', role: 'set', sketch: sketch.right, use: 'set', setOp: sketch.setOp },
      ...programOf(sketch.right, 'set'),
    );
  if (role !== 'top') steps.push({ kind: 'close' });
  return steps;
}

function addTerm(steps: Step[], slot: 'select' | 'order' | 'having', tag: string): void {
  const inner = WITHIN.exec(tag);
  if (inner) {
    steps.push(
      { kind: 'column', slot, tag: inner[1]!, arith: '', operand: true },
      { kind: 'column', slot, tag: 'n', arith: inner[2] as Arithmetic, operand: true, within: true },
    );
    return;
  }
  const parts = ARITHMETIC.exec(tag);
  if (parts && tag !== 'c*') {
    steps.push(
      { kind: 'column', slot, tag: parts[1]!, arith: '', operand: true },
      { kind: 'column', slot, tag: parts[3]!, arith: parts[2] as Arithmetic, operand: true },
    );
  } else steps.push({ kind: 'column', slot, tag, arith: '' });
}

function addCondition(steps: Step[], shape: ConditionShape): void {
  if (shape.kind === 'cmp') steps.push({ kind: 'pair' }, { kind: 'choice', slot: 'operator' });
  else if (shape.kind === 'btw') steps.push({ kind: 'range' });
  else if (shape.kind === 'null')
    steps.push({ kind: 'column', slot: 'null', tag: 'n', arith: '' }, { kind: 'choice', slot: 'null' });
  else {
    const sub = shape.sub!;
    steps.push({ kind: 'column', slot: 'left', tag: 'n', arith: '' });
    steps.push({ kind: 'open', role: 'sub', sketch: sub, use: 'where', setOp: '' }, ...programOf(sub, 'sub'));
    steps.push({ kind: 'choice', slot: shape.kind === 'in' ? 'membership' : 'sub-operator' });
  }
}
