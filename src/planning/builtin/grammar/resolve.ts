import type { Measure } from '../../planner.ts';
import { type Choice, dimChoices, measureChoices, tableChoices } from './choices.ts';
import type { Condition, DimSlot, Frame, MeasureSlot, OrderSlot, ValueFilter } from './frame.ts';
import type { SchemaIndex, ValueHit } from './schema-index.ts';
import { tableDistance } from './table-distance.ts';
import type { Unit } from './units.ts';

export interface ResolvedFilter {
  readonly filter: ValueFilter;
  readonly hits: readonly ValueHit[];
  /** For text that no sample holds: the column to search. */
  readonly column: { readonly table: number; readonly column: number } | null;
}

/** A frame whose every slot has its table or column. */
export interface Resolution {
  readonly measures: readonly { readonly slot: MeasureSlot; readonly choice: Choice | null }[];
  readonly dims: readonly { readonly slot: DimSlot; readonly choice: Choice | null }[];
  readonly entity: Choice | null;
  readonly columns: readonly Choice[];
  readonly filters: readonly ResolvedFilter[];
  readonly conditions: readonly { readonly condition: Condition; readonly choice: Choice | null }[];
  readonly order: readonly { readonly order: OrderSlot; readonly choice: Choice | null }[];
  readonly flags: readonly { readonly unit: Unit; readonly value: boolean; readonly choice: Choice }[];
  readonly anchor: Choice | null;
  readonly absent: readonly { readonly unit: Unit; readonly choice: Choice }[];
  readonly context: readonly Choice[];
  readonly score: number;
  readonly weights: readonly number[];
}

interface State {
  readonly picks: readonly (Pick | null)[];
  readonly tables: readonly number[];
  readonly score: number;
  readonly weights: readonly number[];
}

type Pick =
  | { readonly choice: Choice }
  | { readonly filter: ResolvedFilter; readonly table: number; readonly weight: number };

interface Slot {
  readonly role:
    | 'flag'
    | 'anchor'
    | 'entity'
    | 'dim'
    | 'measure'
    | 'condition'
    | 'order'
    | 'column'
    | 'filter'
    | 'absent'
    | 'context';
  readonly position: number;
  options(tables: readonly number[]): readonly Pick[];
  readonly optional: boolean;
}

export interface ResolveContext {
  readonly index: SchemaIndex;
  readonly text?: string;
  readonly units: readonly Unit[];
  readonly measures: readonly Measure[];
  /** Table that each knowledge measure starts from; -1 when it is not of this schema. */
  readonly measureTables: readonly number[];
  /** Tables of the previous answer: what lies near them fits best. */
  readonly seeds?: readonly number[];
}

const BEAM = 10;
const CUSTOMERS = /customer|client|客户|顾客/i;

/** Assigns tables and columns to the slots of a frame, the best assignments first. */
export function resolveFrame(frame: Frame, context: ResolveContext): Resolution[] {
  const slots = slotsOf(frame, context);
  const named = new Set(
    context.units.flatMap((unit) =>
      unit.hits.filter((hit) => hit.target.kind === 'table' && hit.weight >= 0.8).map((hit) => hit.target.table),
    ),
  );
  let beam: State[] = [{ picks: [], tables: context.seeds ?? [], score: 0, weights: [] }];
  for (const slot of slots) {
    const next: State[] = [];
    for (const state of beam) {
      const options = slot.options(state.tables);
      if (options.length === 0) {
        if (slot.optional) next.push({ ...state, picks: [...state.picks, null] });
        continue;
      }
      for (const pick of options.slice(0, 8)) next.push(extend(state, pick, context.index, named));
    }
    beam = next.sort((a, b) => b.score - a.score).slice(0, BEAM);
  }
  return beam.map((state) => toResolution(frame, slots, state));
}

function extend(state: State, pick: Pick, index: SchemaIndex, named: ReadonlySet<number>): State {
  const table = 'choice' in pick ? pick.choice.table : pick.table;
  const weight = 'choice' in pick ? pick.choice.weight : pick.weight;
  let score = Math.log(Math.max(weight, 0.01)) * 1.4;
  if (named.has(table)) score += 0.12;
  // Where sales come from is where the customers are, unless said otherwise.
  if ('choice' in pick && pick.choice.kind === 'column' && CUSTOMERS.test(index.tables[table]!.table.ref.name))
    score += 0.09;
  if (state.tables.length > 0 && !state.tables.includes(table))
    score -= 0.13 * Math.min(...state.tables.map((other) => tableDistance(index, other, table)));
  return {
    picks: [...state.picks, pick],
    tables: state.tables.includes(table) ? state.tables : [...state.tables, table],
    score: state.score + score,
    weights: [...state.weights, Math.min(1, weight)],
  };
}

const asPicks = (choices: readonly Choice[]): Pick[] => choices.map((choice) => ({ choice }));

function slotsOf(frame: Frame, context: ResolveContext): Slot[] {
  const { index, measures, measureTables } = context;
  const slots: Slot[] = [];
  const measureSlot = (slot: MeasureSlot, role: Slot['role'], position: number): Slot => ({
    role,
    position,
    optional: slot.kind === 'count' && slot.unit === null,
    options: (tables) => {
      const near = tables.length > 0 ? tables : index.tables.map((table) => table.index);
      const choices = measureChoices(
        slot,
        index,
        measures,
        measureTables,
        near.map((table) => index.tables[table]!),
      );
      if (role === 'condition' && slot.kind === 'value') return asPicks(choices);
      return asPicks(choices);
    },
  });
  if (frame.entity !== null)
    slots.push({
      role: 'entity',
      position: 0,
      optional: false,
      options: () => asPicks(dimChoices(frame.entity!, index)),
    });
  frame.measures.forEach((slot, position) => {
    if (slot.kind === 'count') slots.push(measureSlot(slot, 'measure', position));
  });
  frame.dims.forEach((slot, position) => {
    if (slot.kind === 'unit')
      slots.push({ role: 'dim', position, optional: false, options: () => asPicks(dimChoices(slot.unit, index)) });
  });
  frame.measures.forEach((slot, position) => {
    if (slot.kind !== 'count') slots.push(measureSlot(slot, 'measure', position));
  });
  frame.context.forEach((unit, position) => {
    slots.push({ role: 'context', position, optional: true, options: () => asPicks(tableChoices(unit, index)) });
  });
  frame.columns.forEach((unit, position) => {
    slots.push({
      role: 'column',
      position,
      optional: false,
      options: (tables) =>
        asPicks([
          ...nameChoices(unit, tables, index),
          ...dimChoices(unit, index).map((choice) => unscale(choice, unit)),
        ]),
    });
  });
  frame.filters.forEach((filter, position) => {
    slots.push({
      role: 'filter',
      position,
      optional: false,
      options: (tables) => filterPicks(filter, tables, context),
    });
  });
  frame.conditions.forEach((condition, position) => {
    slots.push(measureSlot(condition.operand, 'condition', position));
  });
  frame.order.forEach((order, position) => {
    if (order.by !== 'first-measure') slots.push(measureSlot(order.by, 'order', position));
  });
  frame.flags.forEach((flag, position) => {
    slots.push({ role: 'flag', position, optional: false, options: () => asPicks(flagChoices(flag.unit, index)) });
  });
  if (frame.anchor !== null)
    slots.unshift({
      role: 'anchor',
      position: 0,
      optional: false,
      options: () => asPicks(timeChoices(frame.anchor!, index)),
    });
  frame.absent.forEach((unit, position) => {
    slots.push({ role: 'absent', position, optional: false, options: () => asPicks(tableChoices(unit, index)) });
  });
  return slots;
}

const NAME_WORD = /^(?:the )?(?:full )?(?:names?|titles?)$|^(?:名称|名字|姓名|名)$/i;

/** "the names of suppliers": whatever names the things already spoken of. */
function nameChoices(unit: Unit, tables: readonly number[], index: SchemaIndex): Choice[] {
  const first = tables[0];
  if (unit.hits.some((hit) => hit.target.kind === 'column' && hit.target.table === first && hit.weight >= 0.95))
    return [];
  if (first === undefined || !NAME_WORD.test(unit.text) || index.tables[first]!.labels.length === 0) return [];
  return [{ kind: 'table', table: first, weight: 1 }];
}

function flagChoices(unit: Unit, index: SchemaIndex): Choice[] {
  return columnChoices(unit, index, (table, column) => index.tables[table]!.columns[column]!.traits.flag).map(
    (choice) => {
      const type = choice.kind === 'column' ? index.tables[choice.table]!.columns[choice.column]!.column.type : null;
      return type === 'boolean' ? choice : { ...choice, weight: choice.weight * 0.98 };
    },
  );
}

function timeChoices(unit: Unit, index: SchemaIndex): Choice[] {
  return columnChoices(unit, index, (table, column) => index.tables[table]!.columns[column]!.traits.time !== null);
}

function columnChoices(unit: Unit, index: SchemaIndex, fits: (table: number, column: number) => boolean): Choice[] {
  void index;
  return unit.hits.flatMap((hit): Choice[] =>
    hit.target.kind === 'column' && fits(hit.target.table, hit.target.column)
      ? [{ kind: 'column', table: hit.target.table, column: hit.target.column, weight: hit.weight }]
      : [],
  );
}

/** A shown column may be a number as well as a text. */
function unscale(choice: Choice, unit: Unit): Choice {
  if (choice.kind !== 'column') return choice;
  const hit = unit.hits.find(
    (one) => one.target.kind === 'column' && one.target.table === choice.table && one.target.column === choice.column,
  );
  return { ...choice, weight: hit?.weight ?? choice.weight };
}

function filterPicks(filter: ValueFilter, _tables: readonly number[], context: ResolveContext): Pick[] {
  const { index } = context;
  const first = filter.units[0]!;
  const qualifier = filter.qualifier;
  const qualifies = (table: number, column: number): number => {
    if (qualifier === null) return 0;
    let best = 0;
    for (const hit of qualifier.hits) {
      if (hit.target.kind === 'column' && hit.target.table === table && hit.target.column === column)
        best = Math.max(best, 0.4 * hit.weight);
      if (hit.target.kind === 'table' && hit.target.table === table) best = Math.max(best, 0.3 * hit.weight);
    }
    return best;
  };
  const picks: Pick[] = [];
  for (const hit of first.values) {
    const hits = filter.units.map(
      (unit) => unit.values.find((other) => other.table === hit.table && other.column === hit.column) ?? null,
    );
    if (hits.some((other) => other === null)) continue;
    const view = index.tables[hit.table]!.table.kind === 'view' ? 0.6 : 1;
    const own =
      filter.by && _tables.includes(hit.table) && index.tables[hit.table]!.labels.includes(hit.column) ? 0.6 : 1;
    // A name is rather that of the one thing a row belongs to than of one of its many parts.
    const parent =
      index.tables[hit.table]!.labels.includes(hit.column) &&
      _tables.some((table) => index.joins.edges[table]!.some((edge) => edge.toOne && edge.to === hit.table))
        ? 0.06
        : 0;
    const weight = own * Math.min(1.3, (hit.weight * 0.9 + parent + qualifies(hit.table, hit.column)) * view);
    picks.push({ table: hit.table, weight, filter: { filter, hits: hits as ValueHit[], column: null } });
  }
  if (picks.length === 0 && first.literal !== null) {
    const sources = qualifier === null ? [] : qualifier.hits;
    for (const hit of sources) {
      const table = index.tables[hit.target.table]!;
      const columns = hit.target.kind === 'column' ? [hit.target.column] : table.labels;
      for (const column of columns) {
        if (!table.columns[column]!.traits.text) continue;
        picks.push({
          table: table.index,
          weight: 0.7 * hit.weight,
          filter: { filter, hits: [], column: { table: table.index, column } },
        });
      }
    }
    if (picks.length === 0) {
      for (const table of _tables) {
        const column = index.tables[table]!.labels[0];
        if (column !== undefined)
          picks.push({
            table,
            weight: inPlace(context, first) ? 0.1 : 0.5,
            filter: { filter, hits: [], column: { table, column } },
          });
      }
    }
  }
  return picks.sort((a, b) => ('weight' in b ? b.weight : 0) - ('weight' in a ? a.weight : 0));
}

/** "in Oslo", where no cell says so: a place is no name of a thing. */
const inPlace = ({ text }: ResolveContext, unit: Unit): boolean =>
  text !== undefined && /\b(?:in|from|at|near|within)\s+(?:the\s+)?["'\u201c]?$/i.test(text.slice(0, unit.start));

function toResolution(frame: Frame, slots: readonly Slot[], state: State): Resolution {
  const pick = (role: Slot['role'], position: number): Pick | null => {
    const at = slots.findIndex((slot) => slot.role === role && slot.position === position);
    return at < 0 ? null : (state.picks[at] ?? null);
  };
  const choice = (role: Slot['role'], position: number): Choice | null => {
    const found = pick(role, position);
    return found !== null && 'choice' in found ? found.choice : null;
  };
  return {
    measures: frame.measures.map((slot, i) => ({ slot, choice: choice('measure', i) })),
    dims: frame.dims.map((slot, i) => ({ slot, choice: choice('dim', i) })),
    entity: choice('entity', 0),
    columns: frame.columns.flatMap((_unit, i) => choice('column', i) ?? []),
    filters: frame.filters.flatMap((_filter, i) => {
      const found = pick('filter', i);
      return found !== null && 'filter' in found ? [found.filter] : [];
    }),
    conditions: frame.conditions.map((condition, i) => ({ condition, choice: choice('condition', i) })),
    order: frame.order.map((order, i) => ({ order, choice: choice('order', i) })),
    flags: frame.flags.flatMap((flag, i) => {
      const found = choice('flag', i);
      return found === null ? [] : [{ ...flag, choice: found }];
    }),
    anchor: choice('anchor', 0),
    absent: frame.absent.flatMap((unit, i) => {
      const picked = choice('absent', i);
      return picked === null ? [] : [{ unit, choice: picked }];
    }),
    context: frame.context.flatMap((_unit, i) => choice('context', i) ?? []),
    score: state.score,
    weights: state.weights,
  };
}
