/** Values of the question that the database spells differently: `beijng`, `BEIJING` and `Beijing ` are `Beijing`. */
import { distance } from 'fastest-levenshtein';
import type { Plan, Predicate, SelectPlan } from '../../sql/index.ts';
import { mapPlan, safeRenderPlan, scopeOf, walkPlan } from '../../sql/index.ts';
import type { OpenedDatasource, RunServices } from '../node.ts';
import { guardStatement } from '../statement.ts';

export interface ValueReplacement {
  readonly source: string;
  readonly column: string;
  readonly written: string;
  readonly stored: string;
}

interface TextFilter {
  readonly source: string;
  readonly column: string;
  readonly value: string;
}

const VALUES_READ = 500;

/** Text constants that a plan compares columns with, for equality. */
export function textFilters(plan: Plan): TextFilter[] {
  const found: TextFilter[] = [];
  walkPlan(plan, {
    predicate(predicate: Predicate) {
      if (predicate.kind === 'comparison' && predicate.op === '=' && predicate.left.kind === 'column') {
        const { left, right } = predicate;
        if (right.kind === 'literal' && right.type === 'text' && typeof right.value === 'string')
          found.push({ source: left.source, column: left.column, value: right.value });
      }
      if (predicate.kind === 'in' && predicate.arg.kind === 'column') {
        for (const value of predicate.values) {
          if (value.kind === 'literal' && value.type === 'text' && typeof value.value === 'string')
            found.push({ source: predicate.arg.source, column: predicate.arg.column, value: value.value });
        }
      }
    },
  });
  return found;
}

/** What the database calls the values that it does not have as written; only where exactly one stored value is near. */
export async function rematchValues(
  plan: Plan,
  source: OpenedDatasource,
  services: RunServices,
  signal: AbortSignal,
): Promise<ValueReplacement[]> {
  const scope = scopeOf(plan, source.schema.dialect, source.schema);
  const replacements: ValueReplacement[] = [];
  for (const filter of textFilters(plan)) {
    const table = scope.sources.get(filter.source);
    if (table?.kind !== 'table') continue;
    const stored = await storedValues(table.table, filter, source, services, signal);
    if (stored === null || stored.includes(filter.value)) continue;
    const near = nearestValue(filter.value, stored);
    if (near !== null) replacements.push({ ...filter, written: filter.value, stored: near });
  }
  return replacements;
}

/** The plan with the database's own spellings. */
export function replaceValues(plan: Plan, replacements: readonly ValueReplacement[]): Plan {
  const storedOf = (source: string, column: string, value: unknown): string | undefined =>
    replacements.find((one) => one.source === source && one.column === column && one.written === value)?.stored;
  return mapPlan(plan, {
    predicate(predicate) {
      if (predicate.kind === 'comparison' && predicate.left.kind === 'column' && predicate.right.kind === 'literal') {
        const stored = storedOf(predicate.left.source, predicate.left.column, predicate.right.value);
        return stored === undefined ? predicate : { ...predicate, right: { ...predicate.right, value: stored } };
      }
      if (predicate.kind === 'in' && predicate.arg.kind === 'column') {
        const { source, column } = predicate.arg;
        return {
          ...predicate,
          values: predicate.values.map((value) => {
            const stored = value.kind === 'literal' ? storedOf(source, column, value.value) : undefined;
            return stored === undefined || value.kind !== 'literal' ? value : { ...value, value: stored };
          }),
        };
      }
      return predicate;
    },
  });
}

/** The one stored value that a written one must mean, or null when none or several might be meant. */
export function nearestValue(written: string, stored: readonly string[]): string | null {
  const plain = folded(written);
  if (plain === '') return null;
  const same = stored.filter((value) => folded(value) === plain);
  if (same.length > 0) return same.length === 1 ? (same[0] ?? null) : null;
  const allowed = /[\u3400-\u9fff]/.test(plain) ? 0 : plain.length >= 8 ? 2 : plain.length >= 4 ? 1 : 0;
  const near = stored
    .map((value) => ({ value, cost: distance(folded(value), plain) }))
    .filter(({ cost }) => cost <= allowed)
    .sort((a, b) => a.cost - b.cost);
  const [first, second] = near;
  if (first) return second && second.cost === first.cost ? null : first.value;
  const containing = stored.filter((value) => plain.length >= 2 && folded(value).includes(plain));
  return containing.length === 1 ? (containing[0] ?? null) : null;
}

/** Case, width, spaces and punctuation do not make another value. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}_]+/gu, '');

async function storedValues(
  table: { readonly schema: string | null; readonly name: string },
  filter: TextFilter,
  source: OpenedDatasource,
  services: RunServices,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const known = source.schema.tables
    .find((one) => one.ref.name === table.name && one.ref.schema === table.schema)
    ?.columns.find((column) => column.name === filter.column);
  if (known?.type !== 'text') return null;
  if (known.values?.complete) return known.values.list.filter((value): value is string => typeof value === 'string');
  const sql = safeRenderPlan(distinctValues(table, filter.column), source.schema.dialect, { schema: source.schema });
  if (!sql.ok) return null;
  const limits = { ...services.limits, rows: VALUES_READ };
  const guarded = await guardStatement(sql.value, source, { limits });
  if (!guarded.ok) return null;
  const run = await source.datasource.run(guarded.value.sql, {
    signal,
    timeoutMs: Math.min(services.limits.statementTimeoutMs, 5_000),
    maxRows: VALUES_READ,
  });
  if (!run.ok || run.value.truncated) return null;
  return run.value.rows.map((row) => row[0]).filter((value): value is string => typeof value === 'string');
}

const distinctValues = (
  table: { readonly schema: string | null; readonly name: string },
  column: string,
): SelectPlan => ({
  kind: 'select',
  distinct: true,
  items: [{ expr: { kind: 'column', source: 'v', column }, alias: null }],
  sources: [{ kind: 'table', alias: 'v', table, join: null }],
  where: null,
  groupBy: [],
  having: null,
  orderBy: [],
  limit: VALUES_READ,
  offset: null,
});
