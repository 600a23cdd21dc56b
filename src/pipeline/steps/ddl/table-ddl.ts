/** A table as CREATE TABLE text that executes on an empty database of its kind, every column with a line comment. */
import {
  type Column,
  columnDefaultClause,
  type DatabaseSchema,
  DIALECTS,
  type DialectName,
  identifier,
  renderTableDdl,
  type Table,
} from '../../../sql/index.ts';
import { foreignKeyOf } from './column-facts.ts';
import type { TableText } from './table-text.ts';

const COMMENT_COLUMN = 30;
const LONGEST_DEFAULT = 120;
const SHORTER_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^character varying/, 'varchar'],
  [/^character\(/, 'char('],
];

const oneLine = (text: string): string => text.replace(/[\s\u0000]+/g, ' ').trim();

/** The schema that a statement has to name; PostgreSQL tables are always written with theirs. */
function shownSchema(table: Table, schema: DatabaseSchema): string | null {
  return table.ref.schema ?? (schema.dialect === 'postgres' ? schema.defaultSchema : null);
}

/** `public.bss_company`, or the bare name where the engine has no schemas. */
export function fullName(table: Table, schema: DatabaseSchema): string {
  const name = shownSchema(table, schema);
  return name === null ? table.ref.name : `${name}.${table.ref.name}`;
}

/** Whole numbers keep the engine's own word for their size. */
const WHOLE_NUMBER = /^u?(?:tiny|small|medium|big|huge)?int(?:eger)?\d?(?:\(\d+\))?(?: unsigned)?$/i;

function typeText(line: string, name: string, nativeType: string): string {
  let type = line.slice(name.length + 1).toLowerCase();
  if (WHOLE_NUMBER.test(nativeType)) type = type.replace(/^\w+(?:\(\d+\))?/, nativeType.toLowerCase());
  for (const [long, short] of SHORTER_TYPES) type = type.replace(long, short);
  return type;
}

/** Defaults that another database may not have are told, not declared. */
function untoldDefault(column: Column, clause: string | null): readonly string[] {
  if (!column.default || clause !== null) return [];
  return [column.default.sql.slice(0, LONGEST_DEFAULT)];
}

function columnComment(table: Table, index: number, clause: string | null, text: TableText): string {
  const column = table.columns[index]!;
  const key = foreignKeyOf(table, column.name);
  const words = text.words;
  const parts = [
    text.columns[index]!.comment,
    ...(table.primaryKey.includes(column.name) ? [words.primaryKey] : []),
    ...(key ? [`${words.foreignKey} ${key.referenced.name}.${key.referencedColumns[0]}`] : []),
    ...untoldDefault(column, clause).map((sql) => `${words.defaultValue} ${sql}`),
  ];
  return oneLine(parts.filter((part) => part !== '').join(words.comma));
}

/** Keys without the columns' own lines: primary and unique; foreign keys are told in comments, as tables stand alone. */
function bodyLines(table: Table, dialect: DialectName): string[] {
  const plain: Table = {
    ...table,
    comment: null,
    columns: table.columns.map((column) => ({ ...column, comment: null })),
  };
  const text = renderTableDdl({ ...plain, ref: { schema: null, name: table.ref.name } }, dialect, {
    foreignKeys: false,
  });
  return text
    .slice(text.indexOf('(\n') + 2, text.lastIndexOf('\n)'))
    .split('\n')
    .map((line) => line.trim().replace(/,$/, ''));
}

/** The DDL file of one table. */
export function tableDdl(table: Table, schema: DatabaseSchema, text: TableText): string {
  const dialect = DIALECTS[schema.dialect];
  const shown = shownSchema(table, schema);
  const path = [...(shown === null ? [] : [shown]), table.ref.name].map((part) => identifier(part, dialect)).join('.');
  const lines = bodyLines(table, schema.dialect);
  const body = lines.map((line, index) => {
    const comma = index < lines.length - 1 ? ',' : '';
    const column = table.columns[index];
    if (column === undefined)
      return `  ${line.replace(/^(?:PRIMARY KEY|UNIQUE)/, (word) => word.toLowerCase())}${comma}`;
    const name = identifier(column.name, dialect);
    const clause = columnDefaultClause(column, table, schema.dialect);
    const type = typeText(line, name, column.nativeType);
    const code = `  ${name} ${type}${clause === null ? '' : ` ${clause}`}${comma}`;
    const comment = columnComment(table, index, clause, text);
    return comment === '' ? code : `${code.padEnd(COMMENT_COLUMN - 1)} -- ${comment}`;
  });
  const needsSchema =
    table.ref.schema !== null && table.ref.schema !== schema.defaultSchema && schema.dialect !== 'sqlite';
  return [
    `-- ${text.words.name}: ${oneLine(text.short)}`,
    `-- ${text.words.description}: ${oneLine(text.comment)}`,
    ...(needsSchema ? [`create schema if not exists ${identifier(table.ref.schema!, dialect)};`] : []),
    `create table ${path} (`,
    ...body,
    ');',
    '',
  ].join('\n');
}
