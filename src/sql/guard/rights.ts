/** What one caller may read of one database: tables, columns and rows. User variables are resolved to values before. */
import { findTable } from '../analyse/index.ts';
import type { Column, DatabaseSchema, Scalar, Table, TableRef } from '../schema/database-schema.ts';

export const RULE_COMPARISONS = ['eq', 'not_eq', 'lt', 'le', 'gt', 'ge', 'like', 'not_like'] as const;
export type RuleComparison = (typeof RULE_COMPARISONS)[number];

/**
 * A condition that a row must meet to be visible. SQL's three-valued logic holds: a row whose condition is unknown (a
 * comparison with NULL) is not visible. `like` takes an SQL pattern (`%`, `_`). `empty` is the empty text.
 */
export type RowRule =
  | { readonly kind: 'and' | 'or'; readonly rules: readonly RowRule[] }
  | { readonly kind: RuleComparison; readonly column: string; readonly value: Scalar }
  | { readonly kind: 'in' | 'not_in'; readonly column: string; readonly values: readonly Scalar[] }
  | { readonly kind: 'null' | 'not_null' | 'empty' | 'not_empty'; readonly column: string };

export interface TableRights {
  readonly table: TableRef;
  /** False: the table does not exist for the caller. */
  readonly allowed: boolean;
  /** Columns that do not exist for the caller. */
  readonly hiddenColumns: readonly string[];
  /** Null: every row is visible. */
  readonly rows: RowRule | null;
}

export interface Rights {
  readonly tables: readonly TableRights[];
  /** Whether tables without an entry may be read. */
  readonly otherTables: 'allowed' | 'denied';
}

/** How a table that is only partly visible must be read. */
export interface Restriction {
  /** The table as the database has it; rules may use columns that are hidden from the caller. */
  readonly stored: Table;
  readonly visibleColumns: readonly Column[];
  readonly rows: RowRule | null;
}

/** A database as one caller sees it. */
export interface VisibleSchema {
  readonly schema: DatabaseSchema;
  /** By the table of `schema`: those whose rows or columns are restricted. */
  readonly restrictions: ReadonlyMap<Table, Restriction>;
}

/**
 * The part of a schema that the caller may know of: for catalogs, suggestions, prompts and the guard alike.
 * An entry that names no table or column of the database, and a rule over a column that is not there, hides the table
 * whole: rights fail closed.
 */
export function visibleSchema(schema: DatabaseSchema, rights: Rights): VisibleSchema {
  let ofSchema = remembered.get(schema);
  if (ofSchema === undefined) {
    ofSchema = new WeakMap();
    remembered.set(schema, ofSchema);
  }
  let visible = ofSchema.get(rights);
  if (visible === undefined) {
    visible = computeVisible(schema, rights);
    ofSchema.set(rights, visible);
  }
  return visible;
}

/** Schemas and rights are immutable: what one shows of the other is computed once. */
const remembered = new WeakMap<DatabaseSchema, WeakMap<Rights, VisibleSchema>>();

function computeVisible(schema: DatabaseSchema, rights: Rights): VisibleSchema {
  const restrictions = new Map<Table, Restriction>();
  const entries = new Map<Table, TableRights[]>();
  for (const entry of rights.tables) {
    const table = findStored(schema, entry.table);
    if (table !== null) entries.set(table, [...(entries.get(table) ?? []), entry]);
  }
  const tables = schema.tables.flatMap((stored) => {
    const own = entries.get(stored) ?? [];
    if (own.length === 0) return rights.otherTables === 'allowed' ? [stored] : [];
    const hidden = new Set(own.flatMap((entry) => entry.hiddenColumns.map((name) => name.toLowerCase())));
    const rules = own.flatMap((entry) => entry.rows ?? []);
    const visibleColumns = stored.columns.filter((column) => !hidden.has(column.name.toLowerCase()));
    const consistent = rules.every((rule) =>
      ruleColumns(rule).every((name) => findStoredColumn(stored, name) !== null),
    );
    if (own.some((entry) => !entry.allowed) || visibleColumns.length === 0 || !consistent) return [];
    if (visibleColumns.length === stored.columns.length && rules.length === 0) return [stored];
    const visible = withColumns(stored, visibleColumns, rules.length > 0);
    const rows =
      rules.length === 0 ? null : rules.length === 1 ? (rules[0] ?? null) : ({ kind: 'and', rules } as const);
    restrictions.set(visible, { stored, visibleColumns, rows });
    return [visible];
  });
  const seen = withoutDanglingKeys(tables);
  const bySeen = seen.flatMap((table, index) => {
    const restriction = restrictions.get(tables[index] as Table);
    return restriction === undefined ? [] : [[table, restriction] as const];
  });
  return { schema: { ...schema, tables: seen }, restrictions: new Map(bySeen) };
}

/** The stored column of a rule, found without regard to case. */
export function findStoredColumn(table: Table, name: string): Column | null {
  return (
    table.columns.find((column) => column.name === name) ??
    table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase()) ??
    null
  );
}

function findStored(schema: DatabaseSchema, ref: TableRef): Table | null {
  const quoted = (name: string) => ({ name, quoted: true });
  const found = findTable(schema, ref.schema === null ? null : quoted(ref.schema), quoted(ref.name));
  return found ?? schema.tables.find((table) => table.ref.schema === ref.schema && table.ref.name === ref.name) ?? null;
}

function ruleColumns(rule: RowRule): readonly string[] {
  return 'rules' in rule ? rule.rules.flatMap(ruleColumns) : [rule.column];
}

/** Sampled values and counts may come from hidden rows, so a row rule takes them away. */
function withColumns(stored: Table, columns: readonly Column[], hidesRows: boolean): Table {
  const has = (names: readonly string[]): boolean =>
    names.every((name) => columns.some((column) => column.name === name));
  return {
    ...stored,
    columns: hidesRows ? columns.map((column) => ({ ...column, values: null })) : columns,
    primaryKey: has(stored.primaryKey) ? stored.primaryKey : [],
    uniqueKeys: stored.uniqueKeys.filter(has),
    foreignKeys: stored.foreignKeys.filter((key) => has(key.columns)),
    rowCount: hidesRows ? null : stored.rowCount,
  };
}

/** Drops foreign keys to tables and columns that the caller does not see. Keeps the order and the number of tables. */
function withoutDanglingKeys(tables: readonly Table[]): Table[] {
  const key = (ref: TableRef): string => `${ref.schema ?? ''}\u0000${ref.name}`;
  const columns = new Map(tables.map((table) => [key(table.ref), new Set(table.columns.map((column) => column.name))]));
  return tables.map((table) => {
    const foreignKeys = table.foreignKeys.filter((foreign) => {
      const target = columns.get(key(foreign.referenced));
      return target !== undefined && foreign.referencedColumns.every((name) => target.has(name));
    });
    return foreignKeys.length === table.foreignKeys.length ? table : { ...table, foreignKeys };
  });
}
