/**
 * Binds every table and column of a statement to the catalog. Scopes follow SQL: FROM entries, then the clauses,
 * sub-queries see what surrounds them, CTEs hide tables. What it does not know it reports as a problem; it never guesses
 * that an unknown form is harmless.
 */
import type { NameNode, ParsedStatement, TreeNode, TreeObject, TreeValue } from '../parse/index.ts';
import { isTreeObject, treeData, treeList, treeName, treeNode } from '../parse/index.ts';
import type { DatabaseSchema, Table } from '../schema/database-schema.ts';
import { bindFromEntry, type FromBinder } from './bind-from.ts';
import type { Binding, ColumnUsage } from './binding.ts';
import { BindingCollector } from './binding-collector.ts';
import { namesMatch } from './names.ts';
import { type ColumnUse, type CteScope, newScope, type OutputColumn, type Relation, type Scope } from './scope.ts';

/** The columns of a query's result. `open`: it may have more that are not known here. */
export interface QueryOutput {
  readonly columns: readonly OutputColumn[];
  readonly open: boolean;
}

/** Names that stand where a column could, but are units, keywords or flags. */
const UNIT_FUNCTIONS =
  /^(?:timestampdiff|timestampadd|date_diff|datediff|date_part|extract|timestamp_diff|timestamp_add)$/i;
const UNIT_WORDS =
  /^(?:(?:micro|milli|nano)?seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|decades?|century|centuries|epoch|dow|doy|isodow|isoyear|(?:second|minute|hour|day|year)_(?:microsecond|second|minute|hour|month))$/i;
/** Types that CONVERT(x, type) takes. */
const MYSQL_TYPES =
  /^(?:signed|unsigned|integer|char|nchar|binary|date|datetime|time|year|decimal|double|float|json)$/i;
const QUERY_VARIANTS = new Set(['select', 'union', 'intersect', 'except', 'values', 'pivot']);
const NO_COLUMNS: QueryOutput = { columns: [], open: false };

export interface BindOptions {
  /** Tables that are not read as stored, so that they have no row number (`rowid`). */
  readonly withoutRowId?: { has(table: Table): boolean };
}

/** Binds a parsed statement. Problems are returned, not thrown; the guard refuses a statement that has any. */
export function bindStatement(parsed: ParsedStatement, schema: DatabaseSchema, options: BindOptions = {}): Binding {
  const binder = new StatementBinder(parsed, schema, options);
  const output = binder.query({ [parsed.tree.variant]: parsed.tree.data }, null, null);
  return binder.collector.binding(output.columns);
}

class StatementBinder implements FromBinder {
  readonly collector: BindingCollector;
  readonly schema: DatabaseSchema;
  readonly dialect: ParsedStatement['dialect'];

  readonly options: BindOptions;

  constructor(parsed: ParsedStatement, schema: DatabaseSchema, options: BindOptions) {
    this.options = options;
    this.schema = schema;
    this.dialect = parsed.dialect;
    this.collector = new BindingCollector(parsed.sql, schema);
  }

  /** Binds a query in any form: select, set operation, VALUES, parenthesised. */
  query(value: TreeValue | undefined, outer: Scope | null, ctes: CteScope | null): QueryOutput {
    const node = treeNode(value);
    if (node === null) return this.unsupported('this form of query');
    const { variant, data } = node;
    switch (variant) {
      case 'select':
        return this.select(data, outer, ctes);
      case 'union':
      case 'intersect':
      case 'except':
        return this.setOperation(data, outer, ctes);
      case 'values':
        return this.values(data, outer, ctes);
      case 'subquery':
        return this.wrappedQuery(data, outer, ctes);
      case 'paren':
        return this.query(data.this, outer, ctes);
      case 'pivot': {
        const inner = data.with ? this.withClause(data.with, outer, ctes) : ctes;
        bindFromEntry(this, { pivot: data }, newScope(outer), inner);
        return { columns: [], open: true };
      }
      default:
        this.collector.problem(
          'sql-not-read-only',
          `Only queries are allowed; this is ${describe(variant)}.`,
          null,
          [],
          null,
        );
        return NO_COLUMNS;
    }
  }

  private unsupported(what: string): QueryOutput {
    this.collector.problem('form-not-supported', `${what} is not supported here.`, null, [], null);
    return { columns: [], open: true };
  }

  private wrappedQuery(data: TreeObject, outer: Scope | null, ctes: CteScope | null): QueryOutput {
    const output = this.query(data.this, outer, ctes);
    this.orderAndLimit(data, output, outer, ctes);
    return output;
  }

  private setOperation(data: TreeObject, outer: Scope | null, ctes: CteScope | null): QueryOutput {
    const inner = data.with ? this.withClause(data.with, outer, ctes) : ctes;
    this.collector.count('setOperations');
    const left = this.query(data.left, outer, inner);
    const right = this.query(data.right, outer, inner);
    const output =
      data.by_name === true
        ? { columns: [...left.columns, ...right.columns], open: left.open || right.open }
        : { columns: mergeSources(left.columns, right.columns), open: left.open };
    this.orderAndLimit(data, output, outer, inner);
    return output;
  }

  /** ORDER BY, LIMIT and OFFSET of a set operation or a parenthesised query see its result columns. */
  private orderAndLimit(data: TreeObject, output: QueryOutput, outer: Scope | null, ctes: CteScope | null): void {
    const scope = newScope(outer);
    scope.relations.push(resultRelation(output));
    this.expression(data.order_by, scope, ctes, 'order');
    this.expression(data.limit, scope, ctes, 'limit');
    this.expression(data.offset, scope, ctes, 'limit');
  }

  private values(data: TreeObject, outer: Scope | null, ctes: CteScope | null): QueryOutput {
    const scope = newScope(outer);
    const rows = treeList(data.expressions);
    for (const row of rows) this.expression(row, scope, ctes, 'select');
    const first = isTreeObject(rows[0]) ? treeList(rows[0].expressions) : [];
    const start = this.dialect === 'duckdb' ? 0 : 1;
    const prefix = this.dialect === 'duckdb' ? 'col' : this.dialect === 'mysql' ? 'column_' : 'column';
    return {
      columns: first.map((_, index) => ({ name: `${prefix}${index + start}`, source: null, unnamed: false })),
      open: false,
    };
  }

  private select(data: TreeObject, outer: Scope | null, ctes: CteScope | null): QueryOutput {
    this.collector.count('selects');
    const inner = data.with ? this.withClause(data.with, outer, ctes) : ctes;
    const scope = newScope(outer);
    for (const entry of treeList((data.from as TreeObject | null)?.expressions))
      bindFromEntry(this, entry, scope, inner);
    this.joins(treeList(data.joins), scope, inner);
    for (const view of treeList(data.lateral_views)) bindFromEntry(this, view, scope, inner);
    const aliases = selectAliases(data);
    const sees = (names: boolean): Scope =>
      names ? { ...scope, names: new Set([...scope.names, ...aliases]) } : scope;
    const duckdb = this.dialect === 'duckdb';
    const withAliases = sees(true);
    const output = this.selectList(treeList(data.expressions), scope, inner);
    this.expression(data.distinct_on, withAliases, inner, 'group');
    this.expression(data.where_clause, sees(duckdb || this.dialect === 'sqlite'), inner, 'filter');
    this.expression(data.group_by, withAliases, inner, 'group');
    this.expression(data.having, sees(this.dialect !== 'postgres'), inner, 'having');
    this.expression(data.windows, sees(duckdb), inner, 'window');
    this.expression(data.qualify, withAliases, inner, 'filter');
    this.expression(data.order_by, withAliases, inner, 'order');
    for (const key of ['limit', 'offset', 'fetch', 'sample']) this.expression(data[key], scope, inner, 'limit');
    for (const key of UNSUPPORTED_SELECT_PARTS) {
      const part = data[key];
      if (part !== null && part !== undefined && part !== false && !(Array.isArray(part) && part.length === 0)) {
        this.unsupportedPart(key);
      }
    }
    return output;
  }

  private unsupportedPart(key: string): void {
    if (key === 'into' || key === 'locks') {
      const what = key === 'into' ? 'SELECT … INTO writes' : 'A locking clause (FOR UPDATE, FOR SHARE) locks rows';
      this.collector.problem('sql-not-read-only', `${what}; only plain queries are allowed.`, null, [], null);
    } else this.unsupported(`The clause "${key.replaceAll('_', ' ')}"`);
  }

  private selectList(list: readonly TreeValue[], outer: Scope, ctes: CteScope | null): QueryOutput {
    const columns: OutputColumn[] = [];
    // DuckDB lets an item use the aliases of the items before it.
    const earlier = new Set(outer.names);
    const scope = this.dialect === 'duckdb' ? { ...outer, names: earlier } : outer;
    let open = false;
    for (const item of list) {
      const node = treeNode(item);
      if (node === null) continue;
      if (node.variant === 'star') {
        const star = this.star(node.data, scope, ctes);
        columns.push(...star.columns);
        open ||= star.open;
        continue;
      }
      this.expression(item, scope, ctes, 'select');
      if (node.variant === 'alias') {
        const alias = treeName(node.data.alias);
        if (alias !== null) earlier.add(alias.name.toLowerCase());
        if (alias !== null)
          columns.push({ name: this.folded(alias), source: this.plainColumn(node.data.this, scope), unnamed: false });
      } else if (node.variant === 'column') {
        const name = treeName(node.data.name);
        if (name !== null)
          columns.push({ name: this.folded(name), source: this.plainColumn(item, scope), unnamed: false });
      } else if (node.variant === 'dot') {
        const field = treeName(node.data.field);
        if (field !== null && field.name !== '*')
          columns.push({ name: this.folded(field), source: null, unnamed: false });
        else open = true;
      } else if (/^(?:columns|unnest|star_map)$/i.test(calledName(node) ?? '')) open = true;
      else columns.push({ name: calledName(node)?.toLowerCase() ?? '?column?', source: null, unnamed: true });
    }
    return { columns, open };
  }

  private folded(name: { readonly name: string; readonly quoted: boolean }): string {
    return this.dialect === 'postgres' && !name.quoted ? name.name.toLowerCase() : name.name;
  }

  /** The base column when the expression is nothing but a column. */
  private plainColumn(value: TreeValue | undefined, scope: Scope): OutputColumn['source'] {
    const column = treeData(value, 'column');
    const name = column === null ? null : treeName(column.name);
    return name === null ? null : (this.collector.resolve(scope, treeName(column?.table), name)?.source ?? null);
  }

  private star(data: TreeObject, scope: Scope, ctes: CteScope | null): QueryOutput {
    const qualifier = treeName(data.table);
    let relations: readonly Relation[] = scope.relations;
    if (qualifier !== null) {
      const relation = this.collector.findRelation(scope, qualifier);
      if (relation === null) {
        const struct = this.dialect === 'duckdb' ? this.collector.resolve(scope, null, qualifier) : null;
        if (struct === null) this.collector.unknownQualifier(scope, qualifier);
        else this.collector.useOutput(struct, 'select');
        return { columns: [], open: true };
      }
      relations = [relation];
    }
    const open = relations.some((relation) => relation.open);
    const columns = relations.flatMap((relation) => relation.columns);
    const excluded = treeList(data.except).map(treeName);
    for (const name of excluded) {
      if (name !== null && !open && !columns.some((column) => namesMatch(this.dialect, name, column.name))) {
        this.collector.unknownColumn(scope, null, name);
      }
    }
    for (const replacement of treeList(data.replace)) {
      this.expression(
        isTreeObject(replacement) && 'this' in replacement ? replacement.this : replacement,
        scope,
        ctes,
        'select',
      );
    }
    const kept = columns.filter(
      (column) => !excluded.some((name) => name !== null && namesMatch(this.dialect, name, column.name)),
    );
    for (const column of kept) this.collector.useOutput(column, 'select');
    const renamed = treeList(data.rename).flatMap((pair) =>
      Array.isArray(pair) ? [treeName(pair[1] as TreeValue)] : [],
    );
    const extra = renamed.flatMap((name) => (name === null ? [] : [{ name: name.name, source: null, unnamed: false }]));
    return { columns: [...kept, ...extra], open };
  }

  /** Binds joins one after the other; ON sees everything up to and including the joined entry. */
  joins(joins: readonly TreeValue[], scope: Scope, ctes: CteScope | null): void {
    for (const join of joins) {
      if (!isTreeObject(join)) continue;
      const before = [...scope.relations];
      bindFromEntry(this, join.this, scope, ctes);
      const added = scope.relations.slice(before.length);
      for (const column of treeList(join.using)) this.usingColumn(treeName(column), before, added, scope);
      this.expression(join.on, scope, ctes, 'join');
      this.expression(join.match_condition, scope, ctes, 'join');
      if (treeList(join.pivots).length > 0) this.unsupported('PIVOT on a join');
      const kind = typeof join.kind === 'string' ? join.kind : 'Inner';
      this.collector.join(kind, [...this.usingPairs(join, before, added), ...this.equalities(join.on, scope)]);
    }
  }

  private usingColumn(
    name: ReturnType<typeof treeName>,
    before: readonly Relation[],
    added: readonly Relation[],
    scope: Scope,
  ): void {
    if (name === null) return;
    for (const side of [before, added]) {
      const column = side.flatMap((relation) => relation.columns).find((c) => namesMatch(this.dialect, name, c.name));
      if (column !== undefined) this.collector.useOutput(column, 'join');
      else if (!side.some((relation) => relation.open))
        this.collector.unknownColumn({ ...scope, relations: [...side] }, null, name);
    }
  }

  private usingPairs(join: TreeObject, before: readonly Relation[], added: readonly Relation[]) {
    const find = (side: readonly Relation[], name: { name: string; quoted: boolean }) =>
      side.flatMap((relation) => relation.columns).find((column) => namesMatch(this.dialect, name, column.name))
        ?.source;
    return treeList(join.using).flatMap((value) => {
      const name = treeName(value);
      const left = name === null ? null : find(before, name);
      const right = name === null ? null : find(added, name);
      return left && right ? [{ left: usage(left), right: usage(right) }] : [];
    });
  }

  private equalities(on: TreeValue | undefined, scope: Scope): { left: ColumnUsage; right: ColumnUsage }[] {
    const node = treeNode(on);
    if (node === null) return [];
    if (node.variant === 'paren') return this.equalities(node.data.this, scope);
    if (node.variant === 'and')
      return [...this.equalities(node.data.left, scope), ...this.equalities(node.data.right, scope)];
    if (node.variant !== 'eq') return [];
    const left = this.plainColumn(node.data.left, scope);
    const right = this.plainColumn(node.data.right, scope);
    return left !== null && right !== null ? [{ left: usage(left), right: usage(right) }] : [];
  }

  private withClause(value: TreeValue, outer: Scope | null, parent: CteScope | null): CteScope {
    const scope: CteScope = { entries: [], parent };
    const clause = value as TreeObject;
    const recursive = clause.recursive === true || this.dialect === 'sqlite';
    for (const item of treeList(clause.ctes)) {
      if (!isTreeObject(item)) continue;
      const name = treeName(item.alias);
      if (name === null) continue;
      this.collector.count('ctes');
      const declared = treeList(item.columns).flatMap((column) => treeName(column) ?? []);
      const body = treeNode(item.this);
      let output: QueryOutput;
      if (recursive && body !== null && /^(?:union|intersect|except)$/.test(body.variant)) {
        // The first branch may not use the CTE itself; the engines would read different things there.
        const hidden: CteScope = { entries: [...scope.entries, { name, output: NO_COLUMNS, usable: false }], parent };
        const first = this.rename(
          this.collector.quietly(() => this.query(leftMost(body), outer, hidden)),
          declared,
        );
        const own: CteScope = { entries: [...scope.entries, { name, output: first, usable: true }], parent };
        this.checkFirstBranch(body, outer, hidden);
        output = this.rename(this.query(item.this, outer, own), declared);
      } else {
        const hidden: CteScope = { entries: [...scope.entries, { name, output: NO_COLUMNS, usable: false }], parent };
        output = this.rename(this.query(item.this, outer, recursive ? hidden : scope), declared);
      }
      scope.entries.push({ name, output, usable: true });
    }
    if (clause.search) this.unsupported('SEARCH and CYCLE');
    return scope;
  }

  /** Binds the non-recursive branch once more with the CTE out of reach, to report a self-reference in it. */
  private checkFirstBranch(body: TreeNode, outer: Scope | null, hidden: CteScope): void {
    const problems = this.collector.problemsOf(() => this.query(leftMost(body), outer, hidden));
    this.collector.adoptSelfReferences(problems);
  }

  private rename(
    output: QueryOutput,
    declared: readonly { readonly name: string; readonly quoted: boolean }[],
  ): QueryOutput {
    if (declared.length === 0) return output;
    const columns = declared.map((name, index) => ({
      name: this.folded(name),
      source: output.columns[index]?.source ?? null,
      unnamed: false,
    }));
    return { columns: [...columns, ...output.columns.slice(declared.length)], open: false };
  }

  /** Binds every column and sub-query below `value`, whatever the expression is. */
  expression(value: TreeValue | undefined, scope: Scope, ctes: CteScope | null, use: ColumnUse): void {
    if (Array.isArray(value)) {
      for (const item of value) this.expression(item, scope, ctes, use);
      return;
    }
    if (!isTreeObject(value)) return;
    const node = treeNode(value);
    if (node !== null && this.special(node, scope, ctes, use)) return;
    for (const [key, child] of Object.entries(value)) {
      if (key !== 'span' && key !== 'inferred_type' && typeof child === 'object')
        this.expression(child, scope, ctes, use);
    }
  }

  private special({ variant, data }: TreeNode, scope: Scope, ctes: CteScope | null, use: ColumnUse): boolean {
    if (QUERY_VARIANTS.has(variant) || (variant === 'subquery' && isQueryBelow(data.this))) {
      this.collector.count('subqueries');
      this.query({ [variant]: data }, scope, ctes);
      return true;
    }
    switch (variant) {
      case 'column':
        this.column(data, scope, use);
        return true;
      case 'star':
        if (scope.relations.length > 0 || data.table) this.star(data, scope, ctes);
        return true;
      case 'dot':
        return this.dot(data, scope, use);
      case 'lambda': {
        const names = treeList(data.parameters).flatMap((p) => treeName(p)?.name.toLowerCase() ?? []);
        this.expression(data.body, { ...scope, names: new Set([...scope.names, ...names]) }, ctes, use);
        return true;
      }
      case 'comprehension':
        return this.comprehension(data, scope, ctes, use);
      case 'method_call':
        if (treeName(treeData(data.this, 'column')?.name)?.name !== 'pg_catalog') return false;
        this.expression(data.args, scope, ctes, use);
        return true;
      case 'in':
        if (data.is_field === true && this.dialect === 'sqlite') {
          this.unsupported('IN with a bare name (write IN (SELECT …))');
        }
        return false;
      case 'table':
        this.unsupported('A table in the place of an expression');
        return true;
      case 'introducer':
        return true;
      case 'window_function':
        this.collector.count('windows');
        this.expression(data.this, scope, ctes, use);
        this.expression(data.over, scope, ctes, 'window');
        return true;
      case 'function':
      case 'aggregate_function':
        return this.call(data, scope, ctes, use);
      default:
        this.collector.called(calledName({ variant, data }));
        return false;
    }
  }

  private call(data: TreeObject, scope: Scope, ctes: CteScope | null, use: ColumnUse): boolean {
    const name = typeof data.name === 'string' ? data.name : '';
    this.collector.called(name.toLowerCase());
    if (/^columns$/i.test(name) && this.dialect === 'duckdb') {
      const scopeWithName = { ...scope, names: new Set([...scope.names, 'name']) };
      for (const arg of treeList(data.args)) {
        if (treeData(arg, 'star') === null && treeData(arg, 'lambda') === null)
          this.expression(arg, scopeWithName, ctes, use);
      }
      return true;
    }
    if (this.dialect === 'mysql' && /^convert$/i.test(name)) {
      const [value, type, ...more] = treeList(data.args);
      const word = treeName(treeData(type, 'column')?.name);
      if (word !== null && !word.quoted && MYSQL_TYPES.test(word.name)) {
        this.expression([value ?? null, ...more], scope, ctes, use);
        return true;
      }
    }
    if (UNIT_FUNCTIONS.test(name)) {
      const [first, ...rest] = treeList(data.args);
      const unit = treeName(treeData(first, 'column')?.name);
      if (unit !== null && UNIT_WORDS.test(unit.name)) {
        this.expression(rest, scope, ctes, use);
        return true;
      }
    }
    return false;
  }

  private comprehension(data: TreeObject, scope: Scope, ctes: CteScope | null, use: ColumnUse): boolean {
    this.expression(data.iterator, scope, ctes, use);
    const variable = treeName(treeData(data.expression, 'column')?.name);
    const names = variable === null ? scope.names : new Set([...scope.names, variable.name.toLowerCase()]);
    const inner = { ...scope, names };
    this.expression(data.this, inner, ctes, use);
    this.expression(data.condition, inner, ctes, use);
    return true;
  }

  private column(data: TreeObject, scope: Scope, use: ColumnUse): void {
    const name = treeName(data.name);
    if (name === null) return;
    const qualifier = treeName(data.table);
    if (qualifier === null && /^all$/i.test(name.name) && !name.quoted && this.isAll(use)) {
      return;
    }
    this.collector.useColumn(scope, qualifier, name, use);
  }

  /** `ORDER BY ALL`, `GROUP BY ALL` and `LIMIT ALL` come as a column named so. */
  private isAll(use: ColumnUse): boolean {
    return use === 'limit' || ((use === 'order' || use === 'group') && this.dialect === 'duckdb');
  }

  /** `schema.table.column`, `table.struct.field` and `(expression).field`. */
  private dot(data: TreeObject, scope: Scope, use: ColumnUse): boolean {
    const base = treeData(data.this, 'column');
    const field = treeName(data.field);
    const first = treeName(base?.table);
    const second = treeName(base?.name);
    if (field !== null && first !== null && second !== null && this.collector.findRelation(scope, first) === null) {
      if (this.collector.schemaQualified(scope, first, second, field, use)) return true;
    }
    return this.dialect === 'postgres' && this.postgresField(data.this, field, scope, use);
  }

  /** Postgres reads `(t).f` as a column or as the call `f(t)`; only a column of a relation in reach is accepted. */
  private postgresField(value: TreeValue | undefined, field: NameNode | null, scope: Scope, use: ColumnUse): boolean {
    const base = treeData(treeData(value, 'paren')?.this, 'column');
    const name = treeName(base?.name);
    if (
      base !== null &&
      !base.table &&
      name !== null &&
      field !== null &&
      this.collector.findRelation(scope, name) !== null
    ) {
      if (field.name === '*') this.star({ table: base.name }, scope, null);
      else this.collector.useColumn(scope, name, field, use);
      return true;
    }
    this.unsupported('A field of an expression, "(…).field",');
    return true;
  }
}

const UNSUPPORTED_SELECT_PARTS = [
  'into',
  'locks',
  'prewhere',
  'distribute_by',
  'cluster_by',
  'sort_by',
  'limit_by',
  'top',
  'settings',
  'format',
  'hint',
  'connect',
  'for_xml',
  'for_json',
  'option',
  'exclude',
  'kind',
] as const;

function selectAliases(data: TreeObject): string[] {
  return treeList(data.expressions).flatMap((item) => {
    const alias = treeName(treeData(item, 'alias')?.alias);
    return alias === null ? [] : [alias.name.toLowerCase()];
  });
}

function calledName(node: TreeNode): string | null {
  const { variant, data } = node;
  if (typeof data.name === 'string') return data.name;
  if (variant === 'window_function' || variant === 'within_group' || variant === 'paren') {
    const inner = treeNode(data.this);
    return inner === null ? null : calledName(inner);
  }
  return variant;
}

function isQueryBelow(value: TreeValue | undefined): boolean {
  const node = treeNode(value);
  if (node === null) return false;
  if (node.variant === 'subquery' || node.variant === 'paren') return isQueryBelow(node.data.this);
  return QUERY_VARIANTS.has(node.variant);
}

function leftMost(body: TreeNode): TreeValue {
  let current = body;
  for (;;) {
    const left = /^(?:union|intersect|except)$/.test(current.variant) ? treeNode(current.data.left) : null;
    if (left === null) return { [current.variant]: current.data };
    current = left;
  }
}

/** A result column comes from a base column only when both branches agree. */
function mergeSources(left: readonly OutputColumn[], right: readonly OutputColumn[]): OutputColumn[] {
  return left.map((column, index) => {
    const other = right[index]?.source;
    const same =
      other && column.source && other.column === column.source.column && other.table.name === column.source.table.name;
    return same ? column : { ...column, source: null };
  });
}

const resultRelation = (output: QueryOutput): Relation => ({
  name: null,
  table: null,
  columns: output.columns,
  open: output.open,
  hasRowId: false,
});

const usage = (source: NonNullable<OutputColumn['source']>): ColumnUsage => ({ ...source, use: 'join' });

const describe = (variant: string): string =>
  `a statement of another kind (${variant.replaceAll('_', ' ').toUpperCase()})`;
