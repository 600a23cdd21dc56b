import type { DialectName } from '../dialects/dialect-name.ts';
import type { Column, ColumnType, DatabaseSchema, Table, TableRef } from '../schema/database-schema.ts';
import type { Expr, Plan, Source } from './plan.ts';
import { walkPlan } from './walk-plan.ts';

const tablesOf = new WeakMap<DatabaseSchema, ReadonlyMap<string, Table>>();
const columnsOf = new WeakMap<Table, ReadonlyMap<string, Column>>();

const refKey = (schema: string | null, name: string): string => `${schema ?? ''}\u0000${name}`;

/** The table that a reference names exactly; a missing schema means the default one. */
export function findTable(schema: DatabaseSchema, ref: TableRef): Table | undefined {
  let tables = tablesOf.get(schema);
  if (!tables) {
    const made = new Map<string, Table>();
    for (const table of schema.tables) {
      made.set(refKey(table.ref.schema, table.ref.name), table);
      if (table.ref.schema === null || table.ref.schema === schema.defaultSchema) {
        made.set(refKey(null, table.ref.name), table);
        made.set(refKey(schema.defaultSchema, table.ref.name), table);
      }
    }
    tables = made;
    tablesOf.set(schema, tables);
  }
  return tables.get(refKey(ref.schema, ref.name));
}

/** The column that a table spells exactly so. */
export function findColumn(table: Table, name: string): Column | undefined {
  let columns = columnsOf.get(table);
  if (!columns) {
    columns = new Map(table.columns.map((column) => [column.name, column]));
    columnsOf.set(table, columns);
  }
  return columns.get(name);
}

/** What the sources of a plan tree are, and which of them are used from inside a sub-query. */
export interface PlanScope {
  readonly schema: DatabaseSchema | null;
  readonly dialect: DialectName;
  readonly sources: ReadonlyMap<string, Source>;
  /** Aliases that a plan nested below their own refers to. */
  readonly correlated: ReadonlySet<string>;
}

/** Collects the sources of a plan tree. */
export function scopeOf(plan: Plan, dialect: DialectName, schema: DatabaseSchema | null): PlanScope {
  const sources = new Map<string, Source>();
  const correlated = new Set<string>();
  const stack: ReadonlySet<string>[] = [];
  walkPlan(plan, {
    enterPlan(entered) {
      const own = new Set<string>();
      if (entered.kind === 'select') {
        for (const source of entered.sources) {
          sources.set(source.alias, source);
          own.add(source.alias);
        }
      }
      stack.push(own);
    },
    leavePlan() {
      stack.pop();
    },
    expr(expr) {
      if (expr.kind === 'column' && !stack.at(-1)?.has(expr.source)) correlated.add(expr.source);
    },
  });
  return { schema, dialect, sources, correlated };
}

/** The column of the schema behind a source's column; undefined for derived tables and without a schema. */
export function schemaColumn(scope: PlanScope, alias: string, name: string): Column | undefined {
  const source = scope.sources.get(alias);
  if (!scope.schema || source?.kind !== 'table') return undefined;
  const table = findTable(scope.schema, source.table);
  return table && findColumn(table, name);
}

/** Name of an output column: its alias, its column's own name, or null when the renderer makes one. */
export function itemName(item: { readonly expr: Expr; readonly alias: string | null }): string | null {
  return item.alias ?? (item.expr.kind === 'column' ? item.expr.column : null);
}

/** The type of an expression as far as schema and shape tell; null when unknown. */
export function typeOf(expr: Expr, scope: PlanScope): ColumnType | null {
  switch (expr.kind) {
    case 'column': {
      const source = scope.sources.get(expr.source);
      if (source?.kind === 'plan') return namedOutputType(source.plan, expr.column, scope);
      return schemaColumn(scope, expr.source, expr.column)?.type ?? null;
    }
    case 'literal':
      if (expr.type === 'null') return null;
      return expr.type === 'decimal' && scope.dialect === 'sqlite' ? 'float' : expr.type;
    case 'aggregate':
      if (expr.fn === 'count') return 'integer';
      if (expr.fn === 'min' || expr.fn === 'max') return typeOf(expr.arg, scope);
      if (expr.fn === 'sum') return numberType(typeOf(expr.arg, scope));
      if (expr.fn === 'avg') return scope.dialect === 'sqlite' || scope.dialect === 'duckdb' ? 'float' : 'decimal';
      return 'float';
    case 'arithmetic':
      return arithmeticType(expr.op, typeOf(expr.left, scope), typeOf(expr.right, scope));
    case 'negate':
      return typeOf(expr.arg, scope);
    case 'date-trunc':
      return expr.grain === 'hour' ? 'timestamp' : 'date';
    case 'date-part':
    case 'date-diff':
      return 'integer';
    case 'date-add':
      return expr.unit === 'hour' || typeOf(expr.arg, scope) === 'timestamp' ? 'timestamp' : 'date';
    case 'case': {
      for (const branch of [...expr.whens.map((when) => when.then), expr.otherwise]) {
        const type = branch && typeOf(branch, scope);
        if (type) return type;
      }
      return null;
    }
    case 'cast':
      return expr.to;
    case 'function':
      return functionType(expr.name, expr.args, scope);
    case 'window':
      if (expr.fn.kind === 'aggregate') return typeOf(expr.fn, scope);
      return expr.fn.kind === 'lag' ? typeOf(expr.fn.arg, scope) : 'integer';
    case 'scalar-plan':
      return outputType(expr.plan, scope);
    case 'star':
    case 'ordinal':
      return null;
  }
}

function numberType(type: ColumnType | null): ColumnType | null {
  return type === 'integer' || type === 'decimal' || type === 'float' ? type : null;
}

function arithmeticType(op: string, left: ColumnType | null, right: ColumnType | null): ColumnType | null {
  if (op === 'div') return 'integer';
  if (left === 'float' || right === 'float') return 'float';
  if (left === null || right === null) return op === '/' ? 'decimal' : null;
  if (op === '/' || left === 'decimal' || right === 'decimal') return 'decimal';
  return left === 'integer' && right === 'integer' ? 'integer' : null;
}

function functionType(name: string, args: readonly Expr[], scope: PlanScope): ColumnType | null {
  switch (name) {
    case 'lower':
    case 'upper':
    case 'concat':
    case 'trim':
    case 'substring':
      return 'text';
    case 'length':
      return 'integer';
    default:
      return args[0] ? typeOf(args[0], scope) : null;
  }
}

/** The type of a plan's first output column. */
export function outputType(plan: Plan, scope: PlanScope): ColumnType | null {
  if (plan.kind === 'set') return outputType(plan.left, scope);
  const item = plan.items[0];
  return item ? typeOf(item.expr, scope) : null;
}

function namedOutputType(plan: Plan, column: string, scope: PlanScope): ColumnType | null {
  if (plan.kind === 'set') return namedOutputType(plan.left, column, scope);
  for (const item of plan.items) {
    if (itemName(item) === column) return typeOf(item.expr, scope);
    if (item.expr.kind === 'star') {
      for (const source of plan.sources) {
        if (item.expr.source !== null && item.expr.source !== source.alias) continue;
        const type = typeOf({ kind: 'column', source: source.alias, column }, scope);
        if (type) return type;
      }
    }
  }
  return null;
}
