/** Random rights over the shop, and random queries of many forms over its tables. */
import fc from 'fast-check';
import type { Column, DatabaseSchema, Rights, RowRule, Table } from '../../src/sql/index.ts';
import { SHOP_TABLES } from './corpus/shop-database.ts';

const usableTables = (schema: DatabaseSchema): Table[] =>
  schema.tables.filter((table) => ['customers', 'products', 'orders', 'order_items'].includes(table.ref.name));

const plainColumns = (table: Table): Column[] =>
  table.columns.filter((column) => ['integer', 'text'].includes(column.type));

/** Values that occur in the column, and some that do not. */
function valueIn(table: Table, column: Column): fc.Arbitrary<string | number> {
  const definition = SHOP_TABLES.find((candidate) => candidate.name === table.ref.name);
  const index = definition?.columns.findIndex(([name]) => name === column.name) ?? -1;
  const present = (definition?.rows ?? []).map((row) => row[index] ?? null).filter((value) => value !== null);
  const absent = column.type === 'integer' ? [0, -1, 100] : ['zz', "'; DROP TABLE orders; --", 'a\\', ''];
  return fc.constantFrom(...present, ...absent);
}

const pattern = fc.constantFrom('%a%', 'B%', '%n', '_a%', "%'%", '%上%', '%');

function ruleOf(table: Table): fc.Arbitrary<RowRule> {
  const leaf: fc.Arbitrary<RowRule> = fc.constantFrom(...plainColumns(table)).chain((column) => {
    const name = column.name;
    const value = valueIn(table, column);
    // The order of texts is a matter of collations, which the engines do not share.
    const signs = column.type === 'text' ? ['eq', 'not_eq'] : ['eq', 'not_eq', 'lt', 'le', 'gt', 'ge'];
    const compare = fc.record({
      kind: fc.constantFrom(...signs),
      column: fc.constant(name),
      value,
    });
    const lists = fc.record({
      kind: fc.constantFrom('in', 'not_in'),
      column: fc.constant(name),
      values: fc.array(value, { maxLength: 4 }),
    });
    const tests = fc.record({ kind: fc.constantFrom('null', 'not_null'), column: fc.constant(name) });
    if (column.type !== 'text') return fc.oneof(compare, lists, tests) as fc.Arbitrary<RowRule>;
    const emptiness = fc.record({ kind: fc.constantFrom('empty', 'not_empty'), column: fc.constant(name) });
    // LIKE folds ASCII case in SQLite only; patterns of the corpus do not depend on it.
    const likes = fc.record({
      kind: fc.constantFrom('like', 'not_like'),
      column: fc.constant(name),
      value: pattern.filter((p) => !/[A-Za-z]/.test(p)),
    });
    return fc.oneof(compare, lists, tests, emptiness, likes) as fc.Arbitrary<RowRule>;
  });
  return fc.letrec<{ rule: RowRule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 2 },
      leaf,
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        rules: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
      }),
    ) as fc.Arbitrary<RowRule>,
  })).rule;
}

/** Rights over each table: hidden columns, a rule, or no access at all. */
export function randomRights(schema: DatabaseSchema): fc.Arbitrary<Rights> {
  const entries = usableTables(schema).map((table) =>
    fc.record({
      table: fc.constant(table.ref),
      allowed: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      hiddenColumns: fc.subarray(
        table.columns.slice(1).map((column) => column.name),
        { maxLength: 2 },
      ),
      rows: fc.option(ruleOf(table), { freq: 3 }),
    }),
  );
  return fc.tuple(...entries).map((tables) => ({ tables, otherTables: 'allowed' as const }));
}

interface Source {
  readonly table: Table;
  readonly alias: string;
}

const columnOf = (source: Source): fc.Arbitrary<string> =>
  fc.constantFrom(...source.table.columns.map((column) => `${source.alias}.${column.name}`));

function conditionOf(source: Source, schema: DatabaseSchema): fc.Arbitrary<string> {
  const tables = usableTables(schema);
  const column = fc.constantFrom(...plainColumns(source.table));
  const compare = fc
    .tuple(column, fc.constantFrom('=', '<>', '<', '>='), fc.integer({ min: 0, max: 9 }))
    .map(([c, sign, n]) =>
      c.type === 'integer'
        ? `${source.alias}.${c.name} ${sign} ${n}`
        : `${source.alias}.${c.name} IS ${sign === '=' ? '' : 'NOT '}NULL`,
    );
  const inner = fc
    .constantFrom(...tables)
    .chain((table) =>
      fc.constantFrom(...table.columns.filter((c) => c.type === 'integer')).map((c) => ({ table, column: c.name })),
    );
  const integers = source.table.columns.filter((c) => c.type === 'integer');
  const outer = fc.constantFrom(...integers).map((c) => `${source.alias}.${c.name}`);
  const exists = fc
    .tuple(outer, inner, fc.boolean())
    .map(
      ([left, right, not]) =>
        `${not ? 'NOT ' : ''}EXISTS (SELECT 1 FROM ${right.table.ref.name} x WHERE x.${right.column} = ${left})`,
    );
  const within = fc
    .tuple(outer, inner)
    .map(([left, right]) => `${left} IN (SELECT ${right.column} FROM ${right.table.ref.name})`);
  return fc.oneof(compare, exists, within);
}

/** A query over one or two tables: plain, grouped, joined, nested, in a CTE, a set operation, a window. */
export function randomQuery(schema: DatabaseSchema): fc.Arbitrary<string> {
  const tables = usableTables(schema);
  const first = fc.constantFrom(...tables).map((table): Source => ({ table, alias: 'a' }));
  const second = fc.constantFrom(...tables).map((table): Source => ({ table, alias: 'b' }));
  const star = fc
    .tuple(fc.constantFrom(...tables), fc.boolean())
    .map(([t, qualified]) => `SELECT * FROM ${qualified ? prefix(schema) : ''}${t.ref.name}`);
  const plain = first.chain((a) =>
    fc
      .tuple(columnOf(a), columnOf(a), conditionOf(a, schema))
      .map(([x, y, where]) => `SELECT ${x}, ${y} FROM ${a.table.ref.name} a WHERE ${where}`),
  );
  const grouped = first.chain((a) =>
    fc
      .tuple(columnOf(a), columnOf(a))
      .map(
        ([x, y]) => `SELECT ${x}, COUNT(*), MAX(${y}) FROM ${a.table.ref.name} AS a GROUP BY ${x} HAVING COUNT(*) >= 1`,
      ),
  );
  const joined = fc
    .tuple(first, second)
    .chain(([a, b]) =>
      fc
        .tuple(columnOf(a), columnOf(b), fc.constantFrom('JOIN', 'LEFT JOIN'), joinColumn(a), joinColumn(b))
        .map(
          ([x, y, join, l, r]) =>
            `SELECT ${x}, ${y} FROM ${a.table.ref.name} a ${join} ${b.table.ref.name} b ON ${l} = ${r}`,
        ),
    );
  const derived = first.chain((a) =>
    fc
      .tuple(columnOf(a), conditionOf(a, schema))
      .map(
        ([x, where]) =>
          `SELECT COUNT(*), COUNT(t.v) FROM (SELECT ${x} AS v FROM ${a.table.ref.name} a WHERE ${where}) t`,
      ),
  );
  const cte = first.chain((a) =>
    columnOf(a).map(
      (x) =>
        `WITH ${a.table.ref.name} AS (SELECT * FROM ${sameName(schema, a)} ) SELECT ${x} FROM ${a.table.ref.name} a`,
    ),
  );
  const set = fc
    .tuple(first, second, fc.constantFrom('UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT'))
    .map(
      ([a, b, op]) =>
        `SELECT ${firstInteger(a)} AS n FROM ${a.table.ref.name} a ${op} SELECT ${firstInteger(b)} FROM ${b.table.ref.name} b`,
    );
  const windowed = first.chain((a) =>
    fc
      .tuple(columnOf(a), columnOf(a))
      .map(([x, y]) => `SELECT ${x}, COUNT(*) OVER (PARTITION BY ${y}) FROM ${a.table.ref.name} a`),
  );
  const scalar = fc
    .tuple(first, second)
    .chain(([a, b]) =>
      fc
        .tuple(columnOf(a), columnOf(b))
        .map(([x, y]) => `SELECT ${x}, (SELECT MIN(${y}) FROM ${b.table.ref.name} b) FROM ${a.table.ref.name} a`),
    );
  const qualified = fc
    .constantFrom(...tables)
    .chain((t) =>
      fc
        .constantFrom(...t.columns)
        .map(
          (c) =>
            `SELECT ${prefix(schema)}${t.ref.name}.${c.name}, ${t.ref.name}.${c.name} FROM ${prefix(schema)}${t.ref.name}`,
        ),
    );
  return fc.oneof(star, plain, grouped, joined, derived, cte, set, windowed, scalar, qualified);
}

/** The qualifier of the default schema; MySQL has none that the catalog knows. */
const prefix = (schema: DatabaseSchema): string =>
  ({ duckdb: 'main.', sqlite: 'main.', postgres: 'public.', mysql: '' })[schema.dialect];

/** A table expression may bear its table's name when it reads the table by its qualified name. */
const sameName = (schema: DatabaseSchema, source: Source): string => `${prefix(schema)}${source.table.ref.name}`;

const firstInteger = (source: Source): string =>
  `${source.alias}.${source.table.columns.find((c) => c.type === 'integer')?.name}`;

const joinColumn = (source: Source): fc.Arbitrary<string> =>
  fc.constantFrom(...source.table.columns.filter((c) => c.type === 'integer').map((c) => `${source.alias}.${c.name}`));
