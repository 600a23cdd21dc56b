/** Binds the entries of a FROM clause: tables, CTEs, sub-queries, functions, VALUES, pivots, nested joins. */
import type { DialectName } from '../dialects/dialect-name.ts';
import type { NameNode, TreeNode, TreeObject, TreeValue } from '../parse/index.ts';
import { treeData, treeList, treeName, treeNode } from '../parse/index.ts';
import type { DatabaseSchema } from '../schema/database-schema.ts';
import type { BindOptions, QueryOutput } from './bind-statement.ts';
import type { BindingCollector } from './binding-collector.ts';
import { findTable, namesMatch } from './names.ts';
import {
  type ColumnUse,
  type CteEntry,
  type CteScope,
  newScope,
  type OutputColumn,
  type Relation,
  type Scope,
} from './scope.ts';

/** What FROM binding needs from the statement's binder. */
export interface FromBinder {
  readonly collector: BindingCollector;
  readonly schema: DatabaseSchema;
  readonly dialect: DialectName;
  readonly options: BindOptions;
  query(value: TreeValue | undefined, outer: Scope | null, ctes: CteScope | null): QueryOutput;
  expression(value: TreeValue | undefined, scope: Scope, ctes: CteScope | null, use: ColumnUse): void;
  joins(joins: readonly TreeValue[], scope: Scope, ctes: CteScope | null): void;
}

/** Columns of table functions whose names are fixed. */
const FUNCTION_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  json_each: ['key', 'value', 'type', 'atom', 'id', 'parent', 'fullkey', 'path'],
  json_tree: ['key', 'value', 'type', 'atom', 'id', 'parent', 'fullkey', 'path'],
  jsonb_each: ['key', 'value'],
  json_each_text: ['key', 'value'],
  jsonb_each_text: ['key', 'value'],
};
const FUNCTION_VARIANTS = /^(?:function|unnest|generate_series|explode|j_s_o_n_table|rows_from|method_call|sequence)$/;

/** Adds what one FROM entry offers to `scope`. */
export function bindFromEntry(
  binder: FromBinder,
  value: TreeValue | undefined,
  scope: Scope,
  ctes: CteScope | null,
): void {
  const node = treeNode(value);
  if (node === null) {
    unsupported(binder, 'This entry of FROM');
    return;
  }
  const { variant, data } = node;
  if (variant === 'table') scope.relations.push(bindTable(binder, data, scope, ctes));
  else if (variant === 'subquery') bindDerived(binder, data, data, scope, ctes);
  else if (variant === 'alias') bindAliased(binder, data, scope, ctes);
  else if (variant === 'joined_table') bindJoined(binder, data, scope, ctes);
  else if (variant === 'paren') bindParenthesised(binder, data, scope, ctes);
  else if (variant === 'values') addOutput(binder, binder.query(value, scope, ctes), data, scope);
  else if (variant === 'pivot' || variant === 'unpivot') bindPivot(binder, node, scope, ctes);
  else if (variant === 'lateral') bindLateral(binder, data, scope, ctes);
  else if (FUNCTION_VARIANTS.test(variant)) bindFunction(binder, value, node, null, [], scope, ctes);
  else if (variant === 'table_sample') bindFromEntry(binder, data.this, scope, ctes);
  else unsupported(binder, `"${variant.replaceAll('_', ' ')}" in FROM`);
}

function bindTable(binder: FromBinder, data: TreeObject, scope: Scope, ctes: CteScope | null): Relation {
  const { collector, schema, dialect } = binder;
  const name = treeName(data.name);
  const qualifier = treeName(data.schema);
  const alias = treeName(data.alias);
  const relationName = alias ?? name;
  const shown = relationName === null ? null : { text: relationName.name, quoted: relationName.quoted };
  const nothing: Relation = { name: shown, table: null, columns: [], open: true, hasRowId: false };
  if (name === null) return nothing;
  if (data.when || data.version || data.changes || data.identifier_func || data.system_time) {
    unsupported(binder, 'A table at another point in time');
  }
  if (data.table_sample) binder.expression(data.table_sample, scope, ctes, 'limit');
  const cte = qualifier === null ? findCte(dialect, ctes, name) : null;
  if (cte !== null) {
    // MySQL may tell names apart by their case alone: then the table of that spelling would be read instead.
    if (!cte.usable || (dialect === 'mysql' && cte.name.name !== name.name)) {
      collector.problem(
        'form-not-supported',
        `The table expression "${name.name}" is not in reach under this spelling; give it a name of its own.`,
        name.name,
        [],
        name.start,
      );
      return nothing;
    }
    const columns = renameColumns(binder, cte.output.columns, treeList(data.column_aliases));
    return { name: shown, table: null, columns, open: cte.output.open, hasRowId: false };
  }
  if (dialect === 'mysql' && qualifier === null && /^dual$/i.test(name.name)) return { ...nothing, open: false };
  const table = data.catalog ? null : findTable(schema, qualifier, name);
  if (table === null) {
    collector.unknownTable(name, qualifier);
    return nothing;
  }
  const columns: OutputColumn[] = table.columns.map((column) => ({
    name: column.name,
    source: { table: table.ref, column: column.name },
    unnamed: false,
  }));
  collector.reference({
    table,
    start: qualifier?.start ?? name.start,
    end: name.end,
    writtenName: name.name,
    alias: alias === null ? null : { text: alias.name, quoted: alias.quoted },
    tableOnly:
      data.only === true ||
      treeList(data.partitions).length > 0 ||
      treeList(data.hints).length > 0 ||
      Boolean(data.table_sample),
  });
  return {
    name: shown,
    table,
    columns: renameColumns(binder, columns, treeList(data.column_aliases)),
    open: false,
    hasRowId: (dialect === 'sqlite' || dialect === 'duckdb') && binder.options.withoutRowId?.has(table) !== true,
  };
}

function findCte(dialect: DialectName, ctes: CteScope | null, name: NameNode): CteEntry | null {
  for (let at = ctes; at !== null; at = at.parent) {
    const found = at.entries.findLast((entry) =>
      dialect === 'postgres'
        ? namesMatch(dialect, name, entry.name.quoted ? entry.name.name : entry.name.name.toLowerCase())
        : namesMatch(dialect, name, entry.name.name),
    );
    if (found !== undefined) return found;
  }
  return null;
}

function bindDerived(
  binder: FromBinder,
  data: TreeObject,
  naming: TreeObject,
  scope: Scope,
  ctes: CteScope | null,
): void {
  const inner = treeNode(data.this);
  if (inner !== null && /^(?:joined_table|table)$/.test(inner.variant)) {
    bindFromEntry(binder, data.this, scope, ctes);
    return;
  }
  const lateral = data.lateral === true || naming.lateral === true || binder.dialect === 'duckdb';
  const output = binder.query({ subquery: data }, lateral ? scope : scope.parent, ctes);
  binder.collector.count('subqueries');
  addOutput(binder, output, naming, scope);
}

function addOutput(binder: FromBinder, output: QueryOutput, naming: TreeObject, scope: Scope): void {
  const alias = treeName(naming.alias);
  scope.relations.push({
    name: alias === null ? null : { text: alias.name, quoted: alias.quoted },
    table: null,
    columns: renameColumns(binder, output.columns, treeList(naming.column_aliases)),
    open: output.open,
    hasRowId: false,
  });
}

function bindAliased(binder: FromBinder, data: TreeObject, scope: Scope, ctes: CteScope | null): void {
  const inner = treeNode(data.this);
  if (inner === null) unsupported(binder, 'This entry of FROM');
  else if (inner.variant === 'subquery') bindDerived(binder, inner.data, data, scope, ctes);
  else if (inner.variant === 'values') addOutput(binder, binder.query(data.this, scope, ctes), data, scope);
  else if (FUNCTION_VARIANTS.test(inner.variant)) {
    bindFunction(binder, data.this, inner, treeName(data.alias), treeList(data.column_aliases), scope, ctes);
  } else unsupported(binder, `"${inner.variant.replaceAll('_', ' ')}" in FROM`);
}

function bindFunction(
  binder: FromBinder,
  value: TreeValue | undefined,
  node: TreeNode,
  alias: NameNode | null,
  columnAliases: readonly TreeValue[],
  scope: Scope,
  ctes: CteScope | null,
): void {
  // A JSON_TABLE names its columns in its own schema; only its input is an expression here.
  if (node.variant === 'j_s_o_n_table') binder.expression(node.data.this, scope, ctes, 'select');
  else binder.expression(value, scope, ctes, 'select');
  const called = (typeof node.data.name === 'string' ? node.data.name : node.variant).toLowerCase();
  binder.collector.calledInFrom(called);
  const named = columnAliases.flatMap((item) => {
    const name = treeName(item);
    return name === null ? [] : [plain(name.name)];
  });
  const fixed = FUNCTION_COLUMNS[called]?.map(plain) ?? [];
  const own = alias === null ? [plain(called)] : [plain(alias.name), plain(called)];
  const name = alias === null ? { text: called, quoted: false } : { text: alias.name, quoted: alias.quoted };
  const known = named.length > 0 || fixed.length > 0 || called === 'generate_series' || called === 'range';
  const columns = named.length > 0 ? named : [...fixed, ...own];
  scope.relations.push({ name, table: null, columns, open: !known, hasRowId: false });
}

function bindJoined(binder: FromBinder, data: TreeObject, scope: Scope, ctes: CteScope | null): void {
  const alias = treeName(data.alias);
  const inner: Scope = alias === null ? scope : newScope(scope.parent);
  bindFromEntry(binder, data.left, inner, ctes);
  binder.joins(treeList(data.joins), inner, ctes);
  if (alias === null) return;
  const columns = inner.relations.flatMap((relation) => relation.columns);
  const open = inner.relations.some((relation) => relation.open);
  scope.relations.push({
    name: { text: alias.name, quoted: alias.quoted },
    table: null,
    columns,
    open,
    hasRowId: false,
  });
}

function bindParenthesised(binder: FromBinder, data: TreeObject, scope: Scope, ctes: CteScope | null): void {
  // `(SHOW …)` and its kind come as a parenthesised table; a real one is a join or a query.
  if (treeData(data.this, 'table') !== null && binder.dialect === 'duckdb')
    unsupported(binder, 'A bracketed table name');
  else bindFromEntry(binder, data.this, scope, ctes);
}

function bindPivot(binder: FromBinder, node: TreeNode, scope: Scope, ctes: CteScope | null): void {
  const { data } = node;
  const source = newScope(scope.parent);
  const bare = treeData(data.this, 'column');
  if (bare !== null && bare.table === null) {
    source.relations.push(bindTable(binder, { name: bare.name as TreeValue }, source, ctes));
  } else if (bare !== null) {
    source.relations.push(
      bindTable(binder, { name: bare.name as TreeValue, schema: bare.table as TreeValue }, source, ctes),
    );
  } else bindFromEntry(binder, data.this, source, ctes);
  if (data.into) unsupported(binder, 'UNPIVOT … INTO');
  if (node.variant === 'pivot') {
    for (const key of ['expressions', 'fields', 'using', 'group']) binder.expression(data[key], source, ctes, 'group');
  } else binder.expression(data.columns, source, ctes, 'select');
  const alias = treeName(data.alias);
  scope.relations.push({
    name: alias === null ? null : { text: alias.name, quoted: alias.quoted },
    table: null,
    columns: source.relations.flatMap((relation) => relation.columns),
    open: true,
    hasRowId: false,
  });
}

function bindLateral(binder: FromBinder, data: TreeObject, scope: Scope, ctes: CteScope | null): void {
  const inner = treeNode(data.this);
  const alias = typeof data.alias === 'string' ? { text: data.alias, quoted: data.alias_quoted === true } : null;
  const names = treeList(data.column_aliases).flatMap((name) => (typeof name === 'string' ? [plain(name)] : []));
  if (inner?.variant === 'subquery') {
    const output = binder.query(data.this, scope, ctes);
    const columns = names.length > 0 ? names : output.columns;
    scope.relations.push({ name: alias, table: null, columns, open: output.open, hasRowId: false });
  } else if (inner !== null && FUNCTION_VARIANTS.test(inner.variant)) {
    binder.expression(data.this, scope, ctes, 'select');
    binder.collector.calledInFrom(
      (typeof inner.data.name === 'string' ? inner.data.name : inner.variant).toLowerCase(),
    );
    scope.relations.push({ name: alias, table: null, columns: names, open: names.length === 0, hasRowId: false });
  } else unsupported(binder, 'This LATERAL entry');
}

function renameColumns(
  binder: FromBinder,
  columns: readonly OutputColumn[],
  aliases: readonly TreeValue[],
): readonly OutputColumn[] {
  if (aliases.length === 0) return columns;
  return [
    ...aliases.flatMap((alias, index) => {
      const name = treeName(alias);
      if (name === null) return [];
      const text = binder.dialect === 'postgres' && !name.quoted ? name.name.toLowerCase() : name.name;
      return [{ name: text, source: columns[index]?.source ?? null, unnamed: false }];
    }),
    ...columns.slice(aliases.length),
  ];
}

const plain = (name: string): OutputColumn => ({ name, source: null, unnamed: false });

function unsupported(binder: FromBinder, what: string): void {
  binder.collector.problem('form-not-supported', `${what} is not supported.`, null, [], null);
}
