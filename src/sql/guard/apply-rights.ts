/** Puts a caller's rights into the text of a statement: each restricted base table becomes the query of what is visible. */
import type { BaseReference, Binding } from '../analyse/index.ts';
import type { DialectName } from '../dialects/dialect-name.ts';
import type { DatabaseSchema, Table } from '../schema/database-schema.ts';
import type { GuardFailure } from './guard-failure.ts';
import type { TextEdit } from './limit-rows.ts';
import { quotedName } from './literal.ts';
import type { Restriction } from './rights.ts';
import { rowRuleSql } from './row-rule-sql.ts';

/** The edits of the text, or why a reference cannot be restricted. */
export function restrictReferences(
  binding: Binding,
  schema: DatabaseSchema,
  restrictions: ReadonlyMap<Table, Restriction>,
): { readonly edits: readonly TextEdit[]; readonly failure: GuardFailure | null } {
  const edits: TextEdit[] = [];
  for (const reference of binding.references) {
    if (schema.dialect === 'mysql' && reference.writtenName !== reference.table.ref.name) {
      return { edits: [], failure: otherSpelling(reference) };
    }
    const restriction = restrictions.get(reference.table);
    if (restriction === undefined) continue;
    if (reference.tableOnly) return { edits: [], failure: notRestrictable(reference) };
    edits.push(restrictedTable(reference, restriction, schema));
  }
  for (const column of binding.schemaQualified) {
    if (!restrictions.has(column.table)) continue;
    edits.push({ start: column.start, end: column.end, text: quotedName(schema.dialect, column.table.ref.name) });
  }
  return { edits, failure: null };
}

/**
 * Ends the query of the visible rows so that the engine's optimiser may not move the statement's own conditions into
 * it: evaluated on hidden rows, a failing cast or an overflow would tell their values in its error.
 */
const FENCE: Readonly<Record<DialectName, string>> = {
  duckdb: ' LIMIT 9223372036854775807',
  sqlite: ' LIMIT -1',
  postgres: ' OFFSET 0',
  mysql: ' LIMIT 18446744073709551615',
};

function restrictedTable(reference: BaseReference, restriction: Restriction, schema: DatabaseSchema): TextEdit {
  const { dialect } = schema;
  const { stored, visibleColumns, rows } = restriction;
  const columns = visibleColumns.map((column) => quotedName(dialect, column.name)).join(', ');
  const where = rows === null ? '' : ` WHERE ${rowRuleSql(dialect, stored, rows)}${FENCE[dialect]}`;
  const alias = reference.alias === null ? ` AS ${quotedName(dialect, stored.ref.name)}` : '';
  const text = `(SELECT ${columns} FROM ${qualifiedName(dialect, stored, schema.defaultSchema)}${where})${alias}`;
  return { start: reference.start, end: reference.end, text };
}

/** Qualified wherever the schema is known, so that no table expression of the statement can stand in for the table. */
function qualifiedName(dialect: DialectName, table: Table, defaultSchema: string | null): string {
  const schema = table.ref.schema ?? defaultSchema ?? (dialect === 'sqlite' || dialect === 'duckdb' ? 'main' : null);
  const name = quotedName(dialect, table.ref.name);
  return schema === null ? name : `${quotedName(dialect, schema)}.${name}`;
}

const notRestrictable = (reference: BaseReference): GuardFailure => ({
  code: 'form-not-supported',
  message: `"${reference.table.ref.name}" must be named plainly here, without sample, partition, index hint or ONLY.`,
  name: reference.table.ref.name,
  nearest: [],
  position: reference.start,
});

/** On MySQL another spelling may be another table, which the rights do not speak of. */
const otherSpelling = (reference: BaseReference): GuardFailure => ({
  code: 'unknown-table',
  message: `There is no table "${reference.writtenName}"; did you mean "${reference.table.ref.name}"?`,
  name: reference.writtenName,
  nearest: [reference.table.ref.name],
  position: reference.start,
});
