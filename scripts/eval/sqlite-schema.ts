/** A database schema with sampled values, read from an SQLite file alone. */
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Column, ColumnType, DatabaseSchema, ForeignKey, Scalar, Table } from '../../src/sql/index.ts';

const SAMPLE = 2000;

export function openDatabase(file: string): DatabaseSync {
  return new DatabaseSync(file, { readOnly: true, enableDoubleQuotedStringLiterals: true });
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

type Row = Record<string, Scalar | Uint8Array | bigint>;

export function readSchema(db: DatabaseSync): DatabaseSchema {
  const names = (
    db
      .prepare(
        "select name, type from sqlite_master where type in ('table','view') and name not like 'sqlite_%' order by rowid",
      )
      .all() as Row[]
  ).map((r) => String(r.name));
  const tables = names.map((name) => readTable(db, name));
  const fingerprint = createHash('sha256')
    .update(
      JSON.stringify(tables.map((t) => [t.ref.name, t.columns.map((c) => [c.name, c.nativeType]), t.foreignKeys])),
    )
    .digest('hex');
  return { dialect: 'sqlite', defaultSchema: null, tables, fingerprint };
}

function readTable(db: DatabaseSync, name: string): Table {
  const info = db.prepare(`pragma table_info(${quote(name)})`).all() as Row[];
  const fks = db.prepare(`pragma foreign_key_list(${quote(name)})`).all() as Row[];
  const grouped = new Map<string, Row[]>();
  for (const fk of fks) grouped.set(String(fk.id), [...(grouped.get(String(fk.id)) ?? []), fk]);
  const primaryKey = info.filter((r) => Number(r.pk) > 0).map((r) => String(r.name));
  const foreignKeys = [...grouped.values()].reverse().map(
    (rows): ForeignKey => ({
      columns: rows.map((r) => String(r.from)),
      referenced: { schema: null, name: String(rows[0]!.table) },
      referencedColumns: rows.every((r) => r.to !== null) ? rows.map((r) => String(r.to)) : [],
      origin: 'declared',
    }),
  );
  const count = db.prepare(`select count(*) as n from ${quote(name)}`).get() as Row;
  return {
    ref: { schema: null, name },
    kind: 'table',
    comment: null,
    synonyms: [],
    columns: info.map((r) => readColumn(db, name, String(r.name), String(r.type), Number(r.notnull) === 0)),
    primaryKey,
    uniqueKeys: [],
    foreignKeys,
    rowCount: Number(count.n),
  };
}

function readColumn(db: DatabaseSync, table: string, name: string, nativeType: string, nullable: boolean): Column {
  const type = columnType(nativeType);
  let list: Scalar[] = [];
  try {
    const rows = db
      .prepare(
        `select ${quote(name)} as v from ${quote(table)} where ${quote(name)} is not null group by 1 order by count(*) desc limit ${SAMPLE + 1}`,
      )
      .all() as Row[];
    list = rows.map((r) => r.v).filter((v): v is Scalar => !(v instanceof Uint8Array) && typeof v !== 'bigint');
  } catch {
    list = [];
  }
  return {
    name,
    type,
    nativeType,
    nullable,
    comment: null,
    synonyms: [],
    values: { list: list.slice(0, SAMPLE), complete: list.length <= SAMPLE, min: null, max: null },
  };
}

function columnType(native: string): ColumnType {
  const t = native.toLowerCase();
  if (/int/.test(t)) return 'integer';
  if (/bool|^bit/.test(t)) return 'boolean';
  if (/datetime|timestamp/.test(t)) return 'timestamp';
  if (/date/.test(t)) return 'date';
  if (/time/.test(t)) return 'time';
  if (/real|floa|doub/.test(t)) return 'float';
  if (/dec|num/.test(t)) return 'decimal';
  if (/blob|binary/.test(t)) return 'binary';
  return 'text';
}
