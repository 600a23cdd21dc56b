/** The second authority for Postgres: PostgreSQL's own parser. Both trees must be harmless and name the same tables. */
import type { BaseReference } from '../analyse/index.ts';
import type { ParsedStatement, TreeValue } from '../parse/index.ts';
import { isTreeObject, treeList } from '../parse/index.ts';
import { nameSet } from './functions/common-functions.ts';
import { POSTGRES_FUNCTIONS } from './functions/postgres-functions.ts';
import type { GuardFailure, GuardFailureCode } from './guard-failure.ts';

const NODES = nameSet(`
SelectStmt ResTarget ColumnRef String Integer Float Boolean BitString A_Const A_Expr A_Star A_ArrayExpr A_Indices A_Indirection BoolExpr
CaseExpr CaseWhen CoalesceExpr MinMaxExpr NullTest BooleanTest SubLink FuncCall TypeCast TypeName CollateClause RowExpr SortBy
WindowDef JoinExpr RangeVar RangeSubselect RangeFunction RangeTableSample Alias WithClause CommonTableExpr GroupingSet GroupingFunc
SQLValueFunction List NamedArgExpr ColumnDef JsonFuncExpr JsonValueExpr JsonFormat JsonOutput JsonReturning JsonObjectConstructor
JsonArrayConstructor JsonArrayQueryConstructor JsonKeyValue JsonAggConstructor JsonObjectAgg JsonArrayAgg JsonIsPredicate JsonArgument JsonBehavior JsonScalarExpr
`);
const TYPES = nameSet(`
int2 int4 int8 numeric float4 float8 bool text varchar bpchar char date time timetz timestamp timestamptz interval json jsonb uuid
bytea bit varbit money inet cidr macaddr point tsvector tsquery int4range int8range numrange daterange tsrange tstzrange
record name
`);
const VALUE_FUNCTIONS = /^SVFOP_(?:CURRENT_(?:DATE|TIME|TIMESTAMP)(?:_N)?|LOCALTIME(?:STAMP)?(?:_N)?)$/;

/** The first thing in PostgreSQL's own tree that is not allowed, or null. */
export function checkPostgresTree(
  parsed: ParsedStatement,
  references: readonly BaseReference[],
  types: ReadonlySet<string>,
): GuardFailure | null {
  const tree = parsed.postgresTree;
  if (tree === null) return refuse('sql-unparsable', 'The statement was not read by the Postgres parser.');
  if (!isTreeObject(tree.SelectStmt)) {
    const form = (Object.keys(tree)[0] ?? '').replace(/Stmt$/, '').toUpperCase();
    return refuse('sql-not-read-only', `Only queries are allowed; this is "${form}".`);
  }
  const found: Found = { types, tables: [], expressions: new Set() };
  const failure = walk(tree, found);
  return failure ?? compareTables(parsed.sql, found, references);
}

/** The relations of PostgreSQL's tree and the names of its table expressions. */
interface Found {
  /** Types of the catalog's columns. */
  readonly types: ReadonlySet<string>;
  readonly tables: { readonly name: string; readonly qualified: boolean; readonly location: number }[];
  readonly expressions: Set<string>;
}

/** Every relation must be a base table that we bound at that place, or a table expression of the statement. */
function compareTables(sql: string, found: Found, references: readonly BaseReference[]): GuardFailure | null {
  const offset = utf16Offsets(sql);
  const bound = new Map(references.map((reference) => [reference.start, reference.table.ref.name.toLowerCase()]));
  let matched = 0;
  for (const { name, qualified, location } of found.tables) {
    if (bound.get(offset(location)) === name.toLowerCase()) matched += 1;
    else if (qualified || !found.expressions.has(name)) return differs();
  }
  return matched === references.length ? null : differs();
}

const differs = (): GuardFailure =>
  refuse('sql-unparsable', 'The two readings of the statement differ; write it more plainly.');

/** PostgreSQL counts bytes of UTF-8; strings count UTF-16 units. */
function utf16Offsets(sql: string): (byte: number) => number {
  if (/^[\x00-\x7f]*$/.test(sql)) return (byte) => byte;
  const bytes = Buffer.from(sql, 'utf8');
  return (byte) => bytes.subarray(0, byte).toString('utf8').length;
}

function walk(value: TreeValue | undefined, found: Found): GuardFailure | null {
  if (Array.isArray(value)) {
    for (const item of value) {
      const failure = walk(item, found);
      if (failure !== null) return failure;
    }
    return null;
  }
  if (!isTreeObject(value)) return null;
  for (const [key, child] of Object.entries(value)) {
    if (/^[A-Z]/.test(key) && !NODES.has(key)) {
      return refuse('sql-not-read-only', `"${key.replace(/Stmt$/, '')}" is not allowed in a query that only reads.`);
    }
    if (key === 'intoClause')
      return refuse('sql-not-read-only', 'SELECT … INTO writes; only plain queries are allowed.');
    if (key === 'lockingClause') {
      return refuse(
        'sql-not-read-only',
        'A locking clause (FOR UPDATE, FOR SHARE) locks rows; only plain queries are allowed.',
      );
    }
    const failure = checkNode(key, child, found) ?? walk(child, found);
    if (failure !== null) return failure;
  }
  return null;
}

function checkNode(key: string, child: TreeValue | undefined, found: Found): GuardFailure | null {
  if (!isTreeObject(child)) return null;
  if (key === 'FuncCall') return checkCall(strings(child.funcname), child.location);
  if (key === 'TypeName' || key === 'typeName') return checkType(strings(child.names), child.location, found.types);
  if (key === 'RangeVar' || key === 'relation') {
    if (typeof child.relname === 'string') {
      // A location of zero is left out of the tree.
      const location = typeof child.location === 'number' ? child.location : 0;
      found.tables.push({ name: child.relname, qualified: Boolean(child.schemaname ?? child.catalogname), location });
    }
    return null;
  }
  if (key === 'CommonTableExpr') {
    if (typeof child.ctename === 'string') found.expressions.add(child.ctename);
    return null;
  }
  if (key === 'SQLValueFunction' && !VALUE_FUNCTIONS.test(String(child.op))) {
    return refuse('function-not-allowed', 'The current user, role, catalog and schema cannot be asked for.');
  }
  if (key === 'A_Expr') {
    const names = strings(child.name);
    if (names.length > 1 && names[0] !== 'pg_catalog') {
      return refuse(
        'function-not-allowed',
        `The operator ${names.join('.')} is not allowed; only built-in operators are.`,
      );
    }
  }
  return null;
}

function checkCall(names: readonly string[], location: TreeValue | undefined): GuardFailure | null {
  const name = names.at(-1) ?? '';
  const schemaOk = names.length === 1 || (names.length === 2 && names[0] === 'pg_catalog');
  if (schemaOk && POSTGRES_FUNCTIONS.has(name)) return null;
  return {
    ...refuse('function-not-allowed', `The function "${names.join('.')}" is not allowed.`),
    name: names.join('.'),
    position: typeof location === 'number' ? location : null,
  };
}

function checkType(
  names: readonly string[],
  location: TreeValue | undefined,
  types: ReadonlySet<string>,
): GuardFailure | null {
  const name = names.at(-1) ?? '';
  const schemaOk = names.length === 1 || (names.length === 2 && names[0] === 'pg_catalog');
  if (schemaOk && TYPES.has(name)) return null;
  if (names[0] !== 'pg_catalog' && types.has(name.toLowerCase())) return null;
  return {
    ...refuse(
      'type-not-allowed',
      `A cast to "${names.join('.')}" is not allowed; cast to a plain type such as text or numeric.`,
    ),
    name: names.join('.'),
    position: typeof location === 'number' ? location : null,
  };
}

/** The texts of a list of String nodes. */
function strings(value: TreeValue | undefined): string[] {
  return treeList(value).flatMap((item) => {
    const node = isTreeObject(item) ? item.String : undefined;
    return isTreeObject(node) && typeof node.sval === 'string' ? [node.sval] : [];
  });
}

const refuse = (code: GuardFailureCode, message: string): GuardFailure => ({
  code,
  message,
  name: null,
  nearest: [],
  position: null,
});
