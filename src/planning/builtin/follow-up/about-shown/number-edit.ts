/** Follow-ups on one number: whose it is, which rows lie above it, which rows it counts. */
import { type ComparisonOp, type Expr, type Predicate, renameAliases, type SelectPlan } from '../../../../sql/index.ts';
import type { Frame } from '../../grammar/frame.ts';
import { firstMeasure } from '../../grammar/plan-parts.ts';
import { and } from '../../grammar/predicates.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import type { Unit } from '../../grammar/units.ts';
import { COUNT_ROWS } from '../plan/plan-edits.ts';
import { JoinedSources } from '../plan/previous-frame.ts';

const WHOSE =
  /^\s*(?:and |so )?(?:whose|who(?:se)? (?:is|has|had|earns?|gets?|got)|which one (?:is|has)) (?:is )?(?:it|that|this)\s*[?.!]*$|^(?:那|这)?(?:是谁的?|谁的?|属于谁|是哪[个位条一]*的?)[?？]?$/i;
const WHO =
  /^\s*(?:and |so )?(?:who|which ones?|what|which) (?:are|were|is) (?:they|those|these|them)\s*[?.!]*$|^\s*(?:show|list|name)(?: me)?(?: all)?(?: of)? (?:them|those|these)(?: all)?\s*[?.!]*$|^(?:都|分别)?(?:是|有)(?:哪些|谁|哪几个)(?:人|个)?[?？]?$|^(?:把它们|请)?(?:都)?列出来[?？]?$/i;
/** A comparison with what was said before, and nothing behind it. */
const THAN =
  /(?<op>above|over|higher than|more than|greater than|exceeding|below|under|lower than|less than|高于|大于|超过|低于|小于)\s*(?:the |this |that |its |their )?(?<what>average|mean|that|it|this|average value|平均值?|均值|它|这个(?:数|值|金额)?|该值)?\s*(?:的.*)?[?.!？]*$/iu;
const LESS = /below|under|lower|less|低于|小于/i;

export interface Benchmark {
  readonly op: ComparisonOp;
  /** Compared with the average, not with the number itself. */
  readonly average: boolean;
}

export const asksWhose = (text: string): boolean => WHOSE.test(text);
export const asksWho = (text: string): boolean => WHO.test(text);

/** Takes "above the average", 高于它 out of a frame; null when there is none. */
export function takeBenchmark(text: string, frame: Frame, units: readonly Unit[]): Benchmark | null {
  const groups = THAN.exec(text)?.groups;
  if (groups?.what === undefined || frame.conditions.length > 0) return null;
  for (const unit of units)
    if (unit.cues.some((cue) => cue.kind === 'average-reference' || cue.kind === 'compare' || cue.kind === 'aggregate'))
      frame.used.add(unit);
  return { op: LESS.test(groups.op!) ? '<' : '>', average: /average|mean|均/i.test(groups.what) };
}

const theOne = (base: SelectPlan): Extract<Expr, { kind: 'aggregate' }> | null => {
  const [item, ...more] = base.items;
  const expr = item?.expr;
  if (expr?.kind !== 'aggregate' || more.length > 0 || base.groupBy.length > 0 || base.having !== null) return null;
  return expr;
};

/** The names of the things whose rows a plan without groups looks at: of its root, or of what its rows belong to. */
function namesOfRows(base: SelectPlan, index: SchemaIndex): SelectPlan | null {
  const sources = new JoinedSources(index, base);
  const [root] = sources.tables;
  if (root === undefined || !sources.known) return null;
  const parent = index.joins.edges[root]!.find((edge) => edge.toOne && index.tables[edge.to]!.labels.length > 0);
  const table = index.tables[root]!.labels.length > 0 ? root : parent?.to;
  if (table === undefined) return null;
  const items = index.tables[table]!.labels.map((at) => ({ expr: sources.column(table, at), alias: null }));
  if (items.some((item) => item.expr === null)) return null;
  const plan = { ...base, items: items.map((item) => ({ ...item, expr: item.expr! })), orderBy: [], limit: null };
  return sources.joined(plan);
}

/** "whose is it?" after the highest salary: who has it. */
export function whoseNumber(base: SelectPlan, index: SchemaIndex): SelectPlan | null {
  const measure = theOne(base);
  if (measure === null || (measure.fn !== 'max' && measure.fn !== 'min') || measure.filter !== null) return null;
  const named = namesOfRows(base, index);
  if (named === null) return null;
  const orderBy = [{ expr: measure.arg, descending: measure.fn === 'max', nulls: null }] as const;
  return { ...named, items: [...named.items, { expr: measure.arg, alias: null }], orderBy, limit: 1 };
}

/** "who are they?" after a number of rows: the rows by their names. */
export function countedThings(base: SelectPlan, index: SchemaIndex): SelectPlan | null {
  const measure = theOne(base);
  if (measure?.fn !== 'count' || measure.filter !== null) return null;
  const root = new JoinedSources(index, base).tables[0];
  const whole = measure.arg.kind === 'star' || (root !== undefined && isKey(measure.arg, root, index));
  if (!whole || root === undefined || index.tables[root]!.labels.length === 0) return null;
  return namesOfRows(base, index);
}

const isKey = (expr: Expr, table: number, index: SchemaIndex): boolean =>
  expr.kind === 'column' && index.tables[table]!.table.primaryKey.join() === expr.column;

/** "which products are above the average?" after a number of one column: the rows whose value lies above. */
export function beyondNumber(
  base: SelectPlan,
  { op, average }: Benchmark,
  asked: { readonly table: number | null; readonly counted: boolean },
  index: SchemaIndex,
): SelectPlan | null {
  const measure = theOne(base);
  const root = new JoinedSources(index, base).tables[0];
  if (measure === null || measure.fn === 'count' || measure.filter !== null || measure.arg.kind !== 'column')
    return null;
  if (root === undefined || (asked.table !== null && asked.table !== root)) return null;
  const value: Expr = average ? { ...measure, fn: 'avg' } : measure;
  if (!average && measure.fn === 'sum') return null;
  const inner = renameAliases(
    { ...base, items: [{ expr: value, alias: 'value' }], orderBy: [] },
    (name) => `${name}_all`,
  );
  const beyond: Predicate = { kind: 'comparison', op, left: measure.arg, right: { kind: 'scalar-plan', plan: inner } };
  const rows = { ...base, where: and([base.where, beyond]) };
  if (asked.counted) return { ...rows, items: [{ expr: COUNT_ROWS, alias: 'count' }] };
  return index.tables[root]!.labels.length > 0
    ? namesOfRows(rows, index)
    : { ...rows, items: [{ expr: { kind: 'star', source: null }, alias: null }] };
}

/** Rows without a number: nothing to say of it. */
export const isNumber = (base: SelectPlan): boolean => base.groupBy.length === 0 && firstMeasure(base) !== undefined;
