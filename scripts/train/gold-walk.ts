/** Follows a gold query through its sketch's program, showing every decision with its options to a collector. */
import type { Query, Term } from '../../src/planning/builtin/learned/query/query.ts';
import { conditionsInSketchOrder, sketchOf } from '../../src/planning/builtin/learned/query/sketch.ts';
import { choiceFeatures } from '../../src/planning/builtin/learned/slots/choices.ts';
import {
  applyStep,
  enumerate,
  initialState,
  isAutomatic,
  kindOf,
  type Option,
} from '../../src/planning/builtin/learned/slots/decoder.ts';
import { FeatureVector, type SparseVector } from '../../src/planning/builtin/learned/slots/feature-vector.ts';
import { measured } from '../../src/planning/builtin/learned/slots/literals.ts';
import { type ChoiceSlot, programOf, type Step } from '../../src/planning/builtin/learned/slots/program.ts';
import type { QuestionContext } from '../../src/planning/builtin/learned/slots/question-context.ts';
import { type State, topOf } from '../../src/planning/builtin/learned/slots/state.ts';

export interface Collector {
  slot?(kind: string, options: readonly SparseVector[], gold: readonly number[]): void;
  choice?(slot: ChoiceSlot, features: readonly string[], label: string): void;
  /** A column of the gold query, with the step that uses it and the mention that the gold option consumes. */
  column?(step: Step, option: Option, state: State): void;
  missed?(step: Step): void;
}

interface Answer {
  readonly column: number;
  readonly literals: readonly (string | number)[];
  readonly table: number;
  readonly label: string;
}

const NONE: Answer = { column: -1, literals: [], table: -1, label: '' };

/** Gold answers in the order of `programOf(sketchOf(query))`. */
export function goldAnswers(query: Query, role: 'top' | 'sub' | 'set' = 'top'): Answer[] {
  const out: Answer[] = [];
  const term = (t: Term): void => {
    out.push({ ...NONE, column: t.col });
    if (t.within) out.push({ ...NONE, column: t.within.right });
    if (t.arith) term(t.arith.right);
  };
  for (const t of query.select) term(t);
  for (const c of conditionsInSketchOrder(query)) {
    if (c.op === 'null' || c.op === 'not null') out.push({ ...NONE, column: c.left.col }, { ...NONE, label: c.op });
    else if (c.sub)
      out.push({ ...NONE, column: c.left.col }, NONE, ...goldAnswers(c.sub, 'sub'), { ...NONE, label: c.op });
    else if (c.op === 'between') out.push({ ...NONE, column: c.left.col, literals: c.values });
    else out.push({ ...NONE, column: c.left.col, literals: c.values }, { ...NONE, label: c.op });
  }
  for (const g of query.group) out.push({ ...NONE, column: g });
  const having = query.having[0];
  if (having) {
    term(having.left);
    if (having.sub) out.push(NONE, ...goldAnswers(having.sub, 'sub'));
    else out.push({ ...NONE, literals: having.values });
    out.push({ ...NONE, label: having.op });
  }
  for (const t of query.order) term(t);
  if (query.order.length > 0) out.push({ ...NONE, label: query.descending ? 'desc' : 'asc' });
  if (query.limit !== null) out.push({ ...NONE, literals: [query.limit] });
  for (const t of query.extra) out.push({ ...NONE, table: t });
  if (role === 'top' && query.set === null) out.push({ ...NONE, label: query.distinct ? 'distinct' : 'all' });
  if (query.set) out.push(NONE, ...goldAnswers(query.set.right, 'set'));
  if (role !== 'top') out.push(NONE);
  return out;
}

const plain = (v: string | number): string => String(v).toLowerCase().replaceAll('%', '').replace(/\.0+$/, '').trim();

function matches(option: Option, answer: Answer, step: Step): boolean {
  if (step.kind === 'column') return option.column === answer.column;
  if (step.kind === 'table') return option.table === answer.table;
  if (step.kind !== 'number' && option.column !== answer.column) return false;
  return (
    option.literals.length === answer.literals.length &&
    option.literals.every((l, i) => {
      const wanted = answer.literals[i]!;
      return plain(l) === plain(wanted) || (typeof wanted === 'number' && measured(l) === wanted);
    })
  );
}

/** False when some decision had no right option (the walk goes on with the gold answer all the same). */
export function walkGold(context: QuestionContext, query: Query, collector: Collector): boolean {
  const sketch = sketchOf(query);
  const steps = programOf(sketch);
  const answers = goldAnswers(query);
  if (steps.length !== answers.length) throw new Error('the gold walk lost its way');
  let state = initialState(sketch);
  let complete = true;
  const vector = new FeatureVector();
  steps.forEach((step, i) => {
    const answer = answers[i]!;
    const forced: Option = { ...answer, value: -1, spot: null };
    if (isAutomatic(step)) {
      state = applyStep(context, state, step, forced, 0);
      return;
    }
    if (step.kind === 'choice') {
      collector.choice?.(step.slot, choiceFeatures(context, state, step.slot), answer.label);
      state = applyStep(context, state, step, forced, 0);
      return;
    }
    const vectors: SparseVector[] = [];
    const right: Option[] = [];
    const gold: number[] = [];
    enumerate(context, state, step, vector, (option) => {
      if (matches(option, answer, step)) {
        gold.push(vectors.length);
        right.push(option);
      }
      if (collector.slot) vectors.push(vector.copy());
      else vectors.push(EMPTY);
    });
    if (right.length === 0) {
      complete = false;
      collector.missed?.(step);
      state = applyStep(context, state, step, forced, 0);
      return;
    }
    if (vectors.length > 1) collector.slot?.(kindOf(step, state), vectors, gold);
    const option = bestOf(context, right, state);
    if (option.column >= 0) collector.column?.(step, option, state);
    state = applyStep(context, state, step, option, 0);
  });
  return complete;
}

const EMPTY: SparseVector = { index: new Uint16Array(0), value: new Float32Array(0) };

/** Among equally right options the one with an unused, strong value. */
function bestOf(context: QuestionContext, options: readonly Option[], state: State): Option {
  if (options.length === 1) return options[0]!;
  const rank = (o: Option): number =>
    o.value < 0
      ? 0
      : ((state.values & (1 << o.value)) === 0 ? 2 : 0) +
        (context.linking.values[o.value]!.strong ? 1 : 0) +
        (topOf(state).role === 'top' ? 0.1 : 0);
  return [...options].sort((a, b) => rank(b) - rank(a))[0]!;
}
