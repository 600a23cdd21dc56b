import type { Expr, Plan, Predicate } from '../../../sql/index.ts';
import type { Measure } from '../../planner.ts';
import type { Choice } from './choices.ts';
import type { Frame } from './frame.ts';
import type { Resolution } from './resolve.ts';
import type { SchemaIndex } from './schema-index.ts';
import type { SourceBuilder } from './source-builder.ts';
import type { Unit } from './units.ts';

export interface Compiled {
  readonly plan: Plan;
  /** Named reasons to trust the plan less, each with a cost. */
  readonly doubts: readonly { readonly name: string; readonly cost: number }[];
  readonly mappings: readonly { readonly unit: Unit; readonly meaning: string }[];
}

export interface CompileContext {
  readonly index: SchemaIndex;
  readonly measures: readonly Measure[];
  /** The question, normalised. */
  readonly text: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** One compilation: the state that its parts share. */
export interface Compilation extends CompileContext {
  readonly frame: Frame;
  readonly resolution: Resolution;
  readonly sources: SourceBuilder;
  readonly doubts: { name: string; cost: number }[];
  readonly mappings: { unit: Unit; meaning: string }[];
  readonly extra: Predicate[];
  /** Date column that knowledge measures name. */
  timeColumn: Expr | null;
}

export function tableName(state: CompileContext, table: number): string {
  return state.index.tables[table]!.table.ref.name;
}

export function same(a: Choice, b: Choice): boolean {
  if (a.kind !== b.kind || a.table !== b.table) return false;
  if (a.kind === 'column' && b.kind === 'column') return a.column === b.column;
  if (a.kind === 'measure' && b.kind === 'measure') return a.measure === b.measure;
  return true;
}
