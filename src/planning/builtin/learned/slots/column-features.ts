/** Features of a column for one slot, given what is filled already. */
import type { PhraseMatch } from '../linking/phrase-match.ts';
import { F } from './feature-names.ts';
import type { FeatureVector } from './feature-vector.ts';
import type { ColumnSlot } from './program.ts';
import type { QuestionContext } from './question-context.ts';
import { ROLES, type Role } from './role-tagger.ts';
import { type Frame, type Spot, type State, topOf } from './state.ts';

const ROLE_OF: Readonly<Record<ColumnSlot | 'pair', Role>> = {
  select: 'select',
  order: 'order',
  group: 'group',
  having: 'order',
  left: 'where',
  null: 'where',
  pair: 'where',
};

/** Words that announce an aggregate. */
const AGGREGATE_CUES: Readonly<Record<string, ReadonlySet<string>>> = {
  max: new Set([
    'maximum',
    'max',
    'highest',
    'largest',
    'most',
    'greatest',
    'biggest',
    'longest',
    'oldest',
    'latest',
    'top',
    '最',
    '高',
    '大',
    '多',
  ]),
  min: new Set([
    'minimum',
    'min',
    'lowest',
    'smallest',
    'least',
    'shortest',
    'youngest',
    'earliest',
    'fewest',
    '最',
    '低',
    '小',
    '少',
  ]),
  avg: new Set(['average', 'mean', 'avg', '均']),
  sum: new Set(['total', 'sum', 'combined', 'overall', 'altogether', '总', '合']),
  c: new Set(['different', 'distinct', 'many', 'number', 'count', 'unique', '种', '个', '同']),
};

/** The mention of the column that this slot would consume: the best one not used yet. */
export function spotFor(context: QuestionContext, column: number, state: State): PhraseMatch | null {
  const l = context.linking.columns[column]!;
  let fallback: PhraseMatch | null = null;
  for (const m of l.short && l.short.coverage === 1 && (l.matches[0]?.coverage ?? 0) < 1
    ? [l.short, ...l.matches]
    : l.matches) {
    fallback ??= m;
    if (m.coverage < 0.99 && fallback !== m && fallback.coverage > m.coverage) continue;
    if (!isUsed(state, m)) return m;
  }
  return fallback;
}

export function isUsed(state: State, spot: Spot): boolean {
  for (const s of state.spots) if (spot.start < s.end && s.start < spot.end) return true;
  return false;
}

/** Adds the features of the column; returns the mention that it would consume. */
export function columnFeatures(
  out: FeatureVector,
  context: QuestionContext,
  state: State,
  slot: ColumnSlot | 'pair',
  tag: string,
  id: number,
): PhraseMatch | null {
  const { linking } = context;
  const { schema } = linking;
  const column = schema.columns[id]!;
  const frame = topOf(state);
  const fixed = context.fixed(id);
  for (let i = 0; i < fixed.index.length; i++) out.add(fixed.index[i]!, fixed.value[i]!);
  const spot = spotFor(context, id, state);
  usage(out, frame, id, tag);
  distances(out, context, frame, column.table);
  placing(out, context, state, spot);
  if (spot) {
    const roles = context.roles(spot.start, spot.end);
    const wanted: Role = slot === 'select' && tag !== 'n' ? 'agg' : ROLE_OF[slot];
    const p = roles[ROLES.indexOf(wanted)]!;
    out.add(F.role, p);
    out.add(F['role-none'], roles[5]!);
    let best = Number.NEGATIVE_INFINITY;
    for (const r of roles) if (r > best) best = r;
    out.flag(F['role-best'], p === best);
  }
  out.flag(F['same-table-as-last'], state.lastColumn >= 0 && schema.columns[state.lastColumn]!.table === column.table);
  surroundings(out, context, state, frame, id);
  if (tag !== 'n' && spot) aggregateCues(out, context, tag, spot);
  return spot;
}

function usage(out: FeatureVector, frame: Frame, id: number, tag: string): void {
  const q = frame.query;
  const selected = q.select.some((t) => t.col === id);
  out.flag(F.selected, selected);
  out.flag(
    F['selected-same-agg'],
    selected && q.select.some((t) => t.col === id && (t.agg === '' ? 'n' : t.agg) === tag),
  );
  const grouped = q.group.includes(id);
  out.flag(F.grouped, grouped);
  const filtered = q.where.some((c) => c.left.col === id);
  out.flag(F.filtered, filtered);
  const ordered = q.order.some((t) => t.col === id);
  out.flag(F.ordered, ordered);
  out.flag(F['used-anywhere'], selected || grouped || filtered || ordered);
}

function distances(out: FeatureVector, context: QuestionContext, frame: Frame, table: number): void {
  if (frame.tables.length === 0) {
    out.add(F['no-table-yet']);
    return;
  }
  if (frame.tables.includes(table)) {
    out.add(F['table-used']);
    out.flag(F['first-table'], frame.tables[0] === table);
    return;
  }
  const { graph } = context.linking.schema;
  let d = Number.POSITIVE_INFINITY;
  for (const t of frame.tables) d = Math.min(d, graph.distance[t * graph.size + table]!);
  out.add(d < 1.9 ? F['distance-1'] : d < 3.5 ? F['distance-2'] : d < 50 ? F['distance-3'] : F.unconnected);
}

export function placing(out: FeatureVector, context: QuestionContext, state: State, spot: Spot | null): void {
  if (spot === null) return;
  out.flag(F['spot-used'], isUsed(state, spot));
  if (state.last >= 0) {
    const gap = spot.start - state.last;
    out.add(gap >= 0 ? F['after-last'] : F['before-last']);
    const size = Math.abs(gap);
    out.flag(F['gap-1'], size <= 2);
    out.flag(F['gap-3'], size > 2 && size <= 4);
    out.add(F['gap-log'], Math.log(1 + size) / 3);
  }
  const relative = spot.start / Math.max(1, context.linking.question.units.length);
  out.flag(F.early, relative < 0.34);
  out.flag(F.late, relative > 0.67);
}

function surroundings(out: FeatureVector, context: QuestionContext, state: State, frame: Frame, id: number): void {
  const { schema } = context.linking;
  const column = schema.columns[id]!;
  if (frame.left) {
    const outer = frame.left.col;
    if (outer >= 0) {
      out.flag(F['outer-same'], outer === id);
      out.flag(F['outer-linked'], schema.linked[outer]!.includes(id));
      out.flag(
        F['outer-same-name'],
        outer !== id && schema.columns[outer]!.name.toLowerCase() === column.name.toLowerCase(),
      );
      out.flag(F['outer-table'], schema.columns[outer]!.table === column.table);
    }
  }
  if (frame.role === 'set') {
    const below = state.frames[state.frames.length - 2]!;
    const twin = below.query.select[frame.query.select.length];
    out.flag(F['left-same'], (twin?.col ?? -1) === id);
    out.flag(F['left-table'], below.tables.includes(column.table));
    out.flag(F['outer-linked'], twin !== undefined && twin.col >= 0 && schema.linked[twin.col]!.includes(id));
  }
  const first = frame.query.select[0];
  if (first && first.col >= 0) {
    const selected = schema.columns[first.col]!;
    out.flag(F['selects-table-naming'], selected.table === column.table && selected.naming);
    out.flag(F['group-key-of-selected'], column.primary && selected.table === column.table && first.col !== id);
    out.flag(
      F['group-fk-of-table'],
      schema.linked[id]!.some((o) => schema.columns[o]!.table === selected.table),
    );
  }
}

function aggregateCues(out: FeatureVector, context: QuestionContext, tag: string, spot: Spot): void {
  const cues = AGGREGATE_CUES[tag];
  if (cues === undefined) return;
  const { units } = context.linking.question;
  let nearest = 99;
  let before = false;
  units.forEach((u, i) => {
    if (!cues.has(u.raw)) return;
    const d = i < spot.start ? spot.start - i : i >= spot.end ? i - spot.end + 1 : 0;
    if (d < nearest) {
      nearest = d;
      before = i <= spot.start;
    }
  });
  out.flag(F['cue-near'], nearest <= 2);
  out.flag(F['cue-before'], nearest <= 4 && before);
  out.flag(F['cue-far'], nearest > 4);
}
