/** Values of a table that the catalog had no time to sample: one bounded statement. */
import type { Datasource } from '../../../execution/index.ts';
import {
  type Column,
  type DatabaseSchema,
  guardReadOnly,
  type Scalar,
  safeRenderPlan,
  type Table,
} from '../../../sql/index.ts';

const ROWS = 1_000;
const TIMEOUT_MS = 5_000;
const SAMPLED = new Set(['integer', 'decimal', 'float', 'text', 'boolean', 'date', 'timestamp', 'uuid']);
const MOST_VALUES = 50;

/** The table with sampled values, or as it was when they are known or cannot be read. */
export async function withValues(
  datasource: Datasource,
  schema: DatabaseSchema,
  table: Table,
  signal: AbortSignal,
): Promise<Table> {
  const wanted = table.columns.filter((column) => SAMPLED.has(column.type));
  if (wanted.length === 0 || wanted.some((column) => column.values !== null)) return table;
  const bound: DatabaseSchema = { ...schema, tables: [table] };
  const rendered = safeRenderPlan(
    {
      kind: 'select',
      distinct: false,
      items: wanted.map((column) => ({ expr: { kind: 'column', source: 't', column: column.name }, alias: null })),
      sources: [{ kind: 'table', alias: 't', table: table.ref, join: null }],
      where: null,
      groupBy: [],
      having: null,
      orderBy: [],
      limit: ROWS,
      offset: null,
    },
    schema.dialect,
    { schema: bound, pretty: false },
  );
  if (!rendered.ok) return table;
  const guarded = await guardReadOnly(rendered.value, { schema: bound, maxRows: ROWS });
  if (!guarded.ok) return table;
  const outcome = await datasource.run(guarded.value.sql, {
    timeoutMs: TIMEOUT_MS,
    maxRows: ROWS,
    maxBytes: 4_000_000,
    signal,
  });
  if (!outcome.ok) return table;
  const { rows, truncated } = outcome.value;
  const whole = !truncated && rows.length < ROWS;
  const sampled = new Map(
    wanted.map((column, index) => [
      column.name,
      valuesOf(
        rows.map((row) => row[index]),
        whole,
      ),
    ]),
  );
  return {
    ...table,
    rowCount: whole ? rows.length : table.rowCount,
    columns: table.columns.map((column): Column => ({ ...column, values: sampled.get(column.name) ?? column.values })),
  };
}

function valuesOf(cells: readonly unknown[], whole: boolean): Column['values'] {
  const list = new Set<Scalar>();
  for (const cell of cells) {
    if (cell === null || typeof cell === 'object' || cell === undefined) continue;
    list.add(cell as Scalar);
  }
  const few = list.size <= MOST_VALUES;
  return { list: [...list].slice(0, MOST_VALUES), complete: whole && few, min: null, max: null };
}
