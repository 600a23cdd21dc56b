/** Reads what a SQLite database contains. Types are declared ones corrected by the first values, because SQLite enforces none. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Column, type DatabaseSchema, type ForeignKey, readDefault, type Table } from '../../../sql/index.ts';
import { makeSchema } from '../../fingerprint.ts';
import { observedType } from '../../observed-type.ts';
import { sqliteCell } from './sqlite-read.ts';

const PROBE_ROWS = 200;
/** Above this many rows the highest rowid stands for the count: counting reads the whole table. */
const EXACT_COUNT_LIMIT = 2_000_000;

type Row = Record<string, unknown>;

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const text = (value: unknown): string => String(value);

function groupBy(rows: readonly Row[], key: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(text(row[key]));
    if (group === undefined) {
      groups.set(text(row[key]), [row]);
    } else {
      group.push(row);
    }
  }
  return groups;
}

function attempt<T>(work: () => T, fallback: T): T {
  try {
    return work();
  } catch {
    return fallback;
  }
}

function countRows(db: DatabaseSync, table: string): number | null {
  const highest = attempt(() => db.prepare(`SELECT max(rowid) AS n FROM ${quote(table)}`).get() as Row, { n: 0 });
  if (Number(highest.n ?? 0) > EXACT_COUNT_LIMIT) {
    return Number(highest.n);
  }
  return attempt(() => Number((db.prepare(`SELECT count(*) AS n FROM ${quote(table)}`).get() as Row).n), null);
}

function probe(db: DatabaseSync, table: string): unknown[][] {
  return attempt(() => {
    const statement: StatementSync = db.prepare(`SELECT * FROM ${quote(table)} LIMIT ${PROBE_ROWS}`);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    return statement.all() as unknown as unknown[][];
  }, []);
}

function readColumns(db: DatabaseSync, table: string, isView: boolean, infos: readonly Row[]): Column[] {
  // A view may compute for as long as it likes, so only tables are probed.
  const rows = isView ? [] : probe(db, table);
  return infos.map((info, i) => {
    const declaration = text(info.type);
    const values = rows.map((row) => sqliteCell(row[i]));
    const found = readDefault(info.dflt_value === null ? null : text(info.dflt_value), 'sqlite');
    return {
      name: text(info.name),
      type: observedType(declaration, values),
      nativeType: declaration,
      nullable: Number(info.notnull) === 0 && Number(info.pk) === 0,
      comment: null,
      synonyms: [],
      values: null,
      ...(found && { default: found }),
    };
  });
}

function readForeignKeys(rows: readonly Row[], primaryKeyOf: (table: string) => readonly string[]): ForeignKey[] {
  return [...groupBy(rows, 'id').values()].map((parts) => {
    const name = text(parts[0]!.to_table);
    const implicit = parts.some((part) => part.to === null);
    return {
      columns: parts.map((part) => text(part.from)),
      referenced: { schema: null, name },
      referencedColumns: implicit ? primaryKeyOf(name) : parts.map((part) => text(part.to)),
      origin: 'declared',
    };
  });
}

/** The schema of the open database. */
export function introspectSqlite(db: DatabaseSync): DatabaseSchema {
  const all = (sql: string): Row[] => attempt(() => db.prepare(sql).all() as Row[], []);
  const listed = db
    .prepare(
      `SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .all() as Row[];
  const from = `FROM sqlite_schema m JOIN`;
  const infos = groupBy(
    all(
      `SELECT m.name AS owner, c.* ${from} pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND c.hidden <> 1 ORDER BY m.name, c.cid`,
    ),
    'owner',
  );
  const references = groupBy(
    all(
      `SELECT m.name AS owner, f.id, f."table" AS to_table, f."from", f."to" ${from} pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f.id DESC, f.seq`,
    ),
    'owner',
  );
  const uniques = groupBy(
    all(
      `SELECT m.name AS owner, i.name AS id, c.name AS col ${from} pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c WHERE m.type = 'table' AND i."unique" = 1 AND i.partial = 0 AND i.origin <> 'pk' ORDER BY m.name, i.seq, c.seqno`,
    ),
    'owner',
  );
  // Spelling in REFERENCES may differ in case from the table's own name.
  const spelling = new Map(listed.map((row) => [text(row.name).toLowerCase(), text(row.name)]));
  const primaryKeyOf = (table: string): string[] =>
    (infos.get(spelling.get(table.toLowerCase()) ?? table) ?? [])
      .filter((info) => Number(info.pk) > 0)
      .sort((a, b) => Number(a.pk) - Number(b.pk))
      .map((info) => text(info.name));
  const tables = listed.map((entry): Table => {
    const name = text(entry.name);
    const isView = entry.type === 'view';
    const columns =
      infos.get(name) ?? all(`SELECT * FROM pragma_table_xinfo('${name.replaceAll("'", "''")}') WHERE hidden <> 1`);
    return {
      ref: { schema: null, name },
      kind: isView ? 'view' : 'table',
      comment: null,
      synonyms: [],
      columns: readColumns(db, name, isView, columns),
      primaryKey: primaryKeyOf(name),
      uniqueKeys: [...groupBy(uniques.get(name) ?? [], 'id').values()]
        .filter((parts) => parts.every((part) => part.col !== null))
        .map((parts) => parts.map((part) => text(part.col))),
      foreignKeys: readForeignKeys(references.get(name) ?? [], primaryKeyOf).map((key) => ({
        ...key,
        referenced: { schema: null, name: spelling.get(key.referenced.name.toLowerCase()) ?? key.referenced.name },
      })),
      rowCount: isView ? null : countRows(db, name),
    };
  });
  return makeSchema('sqlite', null, tables);
}
