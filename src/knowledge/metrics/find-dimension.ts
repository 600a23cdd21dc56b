import type { DateGrain } from '../../sql/index.ts';
import { DATE_GRAINS } from './expression.ts';
import { MetricCompileError } from './metric-query.ts';
import { nearest } from './nearest.ts';
import type { Dimension, Entity, SemanticLayer, SemanticModel } from './semantic-layer.ts';

/** One many-to-one (or one-to-one) step: it never multiplies the rows of `from`. */
export interface JoinStep {
  readonly from: SemanticModel;
  readonly fromEntity: Entity;
  readonly to: SemanticModel;
  readonly toEntity: Entity;
}

export interface ReachableModel {
  readonly model: SemanticModel;
  /** Steps from the base model; empty for the base model itself. */
  readonly path: readonly JoinStep[];
}

export interface FoundDimension extends ReachableModel {
  readonly field: Dimension | Entity;
  /** Set when the name ended in a grain. */
  readonly grain: DateGrain | null;
}

/** The models that can be joined to `base` without multiplying its rows, nearest first. */
export function reachableModels(layer: SemanticLayer, base: SemanticModel): ReachableModel[] {
  const reached: ReachableModel[] = [{ model: base, path: [] }];
  const seen = new Set([base]);
  for (const { model: from, path } of reached) {
    for (const fromEntity of from.entities) {
      for (const to of layer.models) {
        if (seen.has(to)) continue;
        const toEntity = to.entities.find((entity) => entity.name === fromEntity.name && identifiesRows(entity));
        if (toEntity === undefined) continue;
        seen.add(to);
        reached.push({ model: to, path: [...path, { from, fromEntity, to, toEntity }] });
      }
    }
  }
  return reached;
}

/** Finds a dimension (or an entity) by name from the point of view of `base`. Throws {@link MetricCompileError}. */
export function findDimension(layer: SemanticLayer, base: SemanticModel, name: string): FoundDimension {
  const reachable = reachableModels(layer, base);
  const parts = name.split('__');
  const last = DATE_GRAINS.find((candidate) => candidate === parts.at(-1)?.toLowerCase());
  if (last !== undefined && parts.length > 1) {
    const found = match(reachable, parts.slice(0, -1), name);
    if (found !== null && 'granularity' in found.field && found.field.type === 'time') return { ...found, grain: last };
  }
  const found = match(reachable, parts, name);
  if (found !== null) return { ...found, grain: null };
  const known = reachable.flatMap((entry) => fieldsOf(entry.model).map((field) => qualifiedName(entry, field)));
  const close = nearest(name, [...known, ...known.map((full) => full.split('__').at(-1)!)]);
  throw new MetricCompileError(
    'unknown-dimension',
    `"${name}" is not a dimension of ${base.name} nor of what it can be joined to; ${
      close === null ? `known: ${known.join(', ')}` : `did you mean "${close}"?`
    }`,
  );
}

/** `entity__dimension`: the name under which a dimension is always found. */
export function qualifiedName(entry: ReachableModel, field: Dimension | Entity): string {
  const prefix = entry.path.at(-1)?.toEntity.name ?? entry.model.primaryEntity;
  return prefix === null || prefix === field.name ? field.name : `${prefix}__${field.name}`;
}

function match(
  reachable: readonly ReachableModel[],
  parts: readonly string[],
  name: string,
): Omit<FoundDimension, 'grain'> | null {
  const wanted = parts.at(-1)!;
  const prefix = parts.slice(0, -1);
  const hits = reachable.flatMap((entry) =>
    fieldsOf(entry.model)
      .filter((field) => field.name === wanted && leadsTo(entry, prefix))
      .map((field) => ({ ...entry, field })),
  );
  const shortest = Math.min(...hits.map((hit) => hit.path.length));
  const nearestHits = hits.filter((hit) => hit.path.length === shortest);
  if (nearestHits.length > 1 && nearestHits.some((hit) => hit.model !== nearestHits[0]!.model)) {
    const names = nearestHits.map((hit) => qualifiedName(hit, hit.field)).join(' or ');
    throw new MetricCompileError('ambiguous-dimension', `"${name}" can be ${names}; write which one`);
  }
  return nearestHits[0] ?? null;
}

/** Dimensions first: an entity of the same name is then its key. */
const fieldsOf = (model: SemanticModel): readonly (Dimension | Entity)[] => [...model.dimensions, ...model.entities];

const identifiesRows = (entity: Entity): boolean => entity.type === 'primary' || entity.type === 'unique';

function leadsTo(entry: ReachableModel, prefix: readonly string[]): boolean {
  if (prefix.length === 0) return true;
  if (prefix.length === 1 && prefix[0] === entry.model.primaryEntity) return true;
  const steps = entry.path.map((step) => step.toEntity.name);
  const start = entry.path[0]?.from.primaryEntity ?? null;
  const full = start === null ? steps : [start, ...steps];
  return prefix.length <= full.length && prefix.every((part, i) => full[full.length - prefix.length + i] === part);
}
