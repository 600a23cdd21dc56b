/** Resolves names in scopes and collects what a statement reads and what is wrong with it. */
import type { DialectName } from '../dialects/dialect-name.ts';
import type { DatabaseSchema, Table, TableRef } from '../schema/database-schema.ts';
import type {
  BaseReference,
  Binding,
  BindingCode,
  BindingProblem,
  ColumnUsage,
  JoinUsage,
  SchemaQualifiedColumn,
} from './binding.ts';
import { findTable, namesMatch, nearestNames } from './names.ts';
import type { ColumnUse, OutputColumn, Relation, Scope } from './scope.ts';

interface Name {
  readonly name: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

type Counter = keyof Binding['counts'];

export class BindingCollector {
  readonly schema: DatabaseSchema;
  readonly dialect: DialectName;
  private readonly sql: string;
  private problems: BindingProblem[] = [];
  private references = new Map<number, BaseReference>();
  private schemaQualifiedColumns = new Map<number, SchemaQualifiedColumn>();
  private columns = new Map<string, ColumnUsage>();
  private joinList: JoinUsage[] = [];
  private functions = new Set<string>();
  private tableFunctions = new Set<string>();
  private counts = { selects: 0, subqueries: 0, ctes: 0, setOperations: 0, windows: 0 };

  constructor(sql: string, schema: DatabaseSchema) {
    this.sql = sql;
    this.schema = schema;
    this.dialect = schema.dialect;
  }

  binding(output: readonly OutputColumn[]): Binding {
    return {
      problems: this.problems,
      references: [...this.references.values()],
      schemaQualified: [...this.schemaQualifiedColumns.values()],
      columns: [...this.columns.values()],
      joins: this.joinList,
      output,
      functions: [...this.functions],
      tableFunctions: [...this.tableFunctions],
      counts: this.counts,
    };
  }

  problem(
    code: BindingCode,
    message: string,
    name: string | null,
    nearest: readonly string[],
    position: number | null,
  ): void {
    if (
      !this.problems.some((p) => p.code === code && p.position === position && p.name === name && p.message === message)
    ) {
      this.problems.push({ code, message, name, nearest, position });
    }
  }

  /** Runs `work` and forgets the problems that it reports and what it counts. */
  quietly<T>(work: () => T): T {
    const { problems, counts, joinList } = this;
    this.problems = [];
    this.counts = { ...counts };
    this.joinList = [];
    try {
      return work();
    } finally {
      this.problems = problems;
      this.counts = counts;
      this.joinList = joinList;
    }
  }

  /** The problems that `work` reports, without keeping them. */
  problemsOf(work: () => unknown): readonly BindingProblem[] {
    return this.quietly(() => {
      work();
      return this.problems;
    });
  }

  /** Keeps those problems that say a recursive CTE is used where it may not be. */
  adoptSelfReferences(problems: readonly BindingProblem[]): void {
    for (const p of problems) {
      if (p.code === 'form-not-supported') this.problem(p.code, p.message, p.name, p.nearest, p.position);
    }
  }

  count(counter: Counter): void {
    this.counts[counter] += 1;
  }

  called(name: string | null): void {
    if (name !== null) this.functions.add(name);
  }

  calledInFrom(name: string): void {
    this.tableFunctions.add(name);
  }

  join(kind: string, equalities: JoinUsage['equalities']): void {
    this.joinList.push({ kind, equalities });
  }

  reference(reference: BaseReference): void {
    this.references.set(reference.start, reference);
  }

  findRelation(scope: Scope | null, name: { readonly name: string; readonly quoted: boolean }): Relation | null {
    for (let at = scope; at !== null; at = at.parent) {
      const found = at.relations.find((r) => r.name !== null && this.sameAlias(r.name, name));
      if (found !== undefined) return found;
    }
    return null;
  }

  private sameAlias(alias: { text: string; quoted: boolean }, name: { name: string; quoted: boolean }): boolean {
    if (this.dialect !== 'postgres') return alias.text.toLowerCase() === name.name.toLowerCase();
    const fold = (text: string, quoted: boolean) => (quoted ? text : text.toLowerCase());
    return fold(alias.text, alias.quoted) === fold(name.name, name.quoted);
  }

  /** The column that a reference means; null when nothing offers it or an open relation may. */
  resolve(scope: Scope, qualifier: Name | null, name: Name): OutputColumn | null {
    if (qualifier !== null) {
      const relation = this.findRelation(scope, qualifier);
      return relation === null ? null : this.columnOf(relation, name);
    }
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      for (const relation of at.relations) {
        const column = this.columnOf(relation, name);
        if (column !== null) return column;
      }
    }
    return null;
  }

  private columnOf(relation: Relation, name: { name: string; quoted: boolean }): OutputColumn | null {
    const named = relation.columns.filter((column) => !column.unnamed && namesMatch(this.dialect, name, column.name));
    const exact = named.find((column) => column.name === name.name) ?? named[0];
    if (exact !== undefined) return exact;
    return relation.columns.find((column) => column.unnamed && this.matchesUnnamed(name, column)) ?? null;
  }

  /** Engines name a bare expression after its function (Postgres) or its text, which only quotes can spell. */
  private matchesUnnamed(name: { name: string; quoted: boolean }, column: OutputColumn): boolean {
    return this.dialect === 'postgres' ? name.name === column.name : name.quoted && /\W/.test(name.name);
  }

  useOutput(column: OutputColumn, use: ColumnUse): void {
    if (column.source !== null) this.usage(column.source.table, column.source.column, use);
  }

  private usage(table: TableRef, column: string, use: ColumnUse): void {
    this.columns.set(`${table.schema ?? ''}\u0000${table.name}\u0000${column}\u0000${use}`, { table, column, use });
  }

  /** Binds one column reference and records its use, or reports it. */
  useColumn(scope: Scope, qualifier: Name | null, name: Name, use: ColumnUse): void {
    const column = this.resolve(scope, qualifier, name);
    if (column !== null) {
      this.useOutput(column, use);
      return;
    }
    if (qualifier !== null) this.useQualified(scope, qualifier, name, use);
    else if (!this.isOtherName(scope, name, use)) this.unknownColumn(scope, null, name);
  }

  private useQualified(scope: Scope, qualifier: Name, name: Name, use: ColumnUse): void {
    const relation = this.findRelation(scope, qualifier);
    if (relation !== null) {
      if (!relation.open && !(relation.hasRowId && this.isRowId(name))) this.unknownColumn(scope, relation, name);
      return;
    }
    if (this.dialect === 'duckdb') {
      const struct = this.resolve(scope, null, qualifier);
      if (struct !== null) {
        this.useOutput(struct, use);
        return;
      }
      if (this.hasLocalName(scope, qualifier) || this.anyOpen(scope)) return;
    }
    this.unknownQualifier(scope, qualifier);
  }

  private isOtherName(scope: Scope, name: Name, use: ColumnUse): boolean {
    if (this.hasLocalName(scope, name) || this.anyOpen(scope)) return true;
    if ((this.dialect === 'postgres' || this.dialect === 'duckdb') && this.wholeRow(scope, name, use)) return true;
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      if (this.isRowId(name) && at.relations.some((relation) => relation.hasRowId)) return true;
    }
    return false;
  }

  /** `SELECT t FROM t`: the row as one value, which reads every column. */
  private wholeRow(scope: Scope, name: Name, use: ColumnUse): boolean {
    const relation = this.findRelation(scope, name);
    if (relation === null) return false;
    for (const column of relation.columns) this.useOutput(column, use);
    return true;
  }

  private hasLocalName(scope: Scope, name: Name): boolean {
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      if (at.names.has(name.name.toLowerCase())) return true;
    }
    return false;
  }

  private anyOpen(scope: Scope): boolean {
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      if (at.relations.some((relation) => relation.open)) return true;
    }
    return false;
  }

  private isRowId(name: { readonly name: string }): boolean {
    return this.dialect === 'sqlite' ? /^(?:rowid|_rowid_|oid)$/i.test(name.name) : /^rowid$/i.test(name.name);
  }

  /** Binds `schema.table.column`; false when the first two names are not a table of the FROM clause. */
  schemaQualified(scope: Scope, first: Name, second: Name, field: Name, use: ColumnUse): boolean {
    const table = findTable(this.schema, first, second);
    const relation = table === null ? null : this.findRelation(scope, second);
    if (table === null || relation?.table !== table) return false;
    const column = this.columnOf(relation, field);
    if (column === null) this.unknownColumn(scope, relation, field);
    else this.useOutput(column, use);
    this.schemaQualifiedColumns.set(first.start, { start: first.start, end: second.end, table });
    return true;
  }

  unknownTable(name: Name, qualifier: Name | null): void {
    const written = qualifier === null ? name.name : `${qualifier.name}.${name.name}`;
    const known = this.schema.tables.map((table) => displayName(table, this.schema.defaultSchema));
    const nearest = nearestNames(written, known);
    const hint = nearest.length > 0 ? `; did you mean ${listNames(nearest)}?` : `; the tables are ${sample(known)}.`;
    this.problem('unknown-table', `There is no table "${written}"${hint}`, written, nearest, name.start);
  }

  unknownQualifier(scope: Scope, qualifier: Name): void {
    const known = allRelations(scope).flatMap((relation) => relation.name?.text ?? []);
    const nearest = nearestNames(qualifier.name, known);
    const hint = known.length > 0 ? `; in reach are ${sample(known)}.` : '.';
    this.problem(
      'unknown-table',
      `"${qualifier.name}" names no table of this query${hint}`,
      qualifier.name,
      nearest,
      qualifier.start,
    );
  }

  unknownColumn(scope: Scope, relation: Relation | null, name: Name): void {
    const relations = relation === null ? allRelations(scope) : [relation];
    const known = relations.flatMap((r) => r.columns.filter((column) => !column.unnamed).map((column) => column.name));
    const nearest = nearestNames(name.name, known);
    const where = relation?.name ? ` in "${relation.name.text}"` : '';
    const text = this.sql.slice(name.start, name.end).startsWith('"') && this.dialect === 'sqlite';
    const hint =
      nearest.length > 0
        ? `; did you mean ${listNames(nearest)}?`
        : known.length > 0
          ? `; there are ${sample(known)}.`
          : '.';
    const quotes = text ? ' For a text value use single quotes.' : '';
    this.problem(
      'unknown-column',
      `There is no column "${name.name}"${where}${hint}${quotes}`,
      name.name,
      nearest,
      name.start,
    );
  }
}

const allRelations = (scope: Scope | null): Relation[] =>
  scope === null ? [] : [...scope.relations, ...allRelations(scope.parent)];

const listNames = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

const sample = (names: readonly string[]): string =>
  listNames(names.slice(0, 8)) + (names.length > 8 ? ` and ${names.length - 8} more` : '');

const displayName = (table: Table, defaultSchema: string | null): string =>
  table.ref.schema === null || table.ref.schema === defaultSchema
    ? table.ref.name
    : `${table.ref.schema}.${table.ref.name}`;
