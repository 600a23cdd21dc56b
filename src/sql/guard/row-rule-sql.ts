/** A row rule as the condition of a WHERE clause. */
import type { DialectName } from '../dialects/dialect-name.ts';
import type { Column, Scalar, Table } from '../schema/database-schema.ts';
import { quotedName, ruleLiteral, textLiteral } from './literal.ts';
import { findStoredColumn, type RowRule, type RuleComparison } from './rights.ts';

const SIGN: Readonly<Record<Exclude<RuleComparison, 'like' | 'not_like'>, string>> = {
  eq: '=',
  not_eq: '<>',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};

/** Writes `rule` over the columns of `table`, fully bracketed. */
export function rowRuleSql(dialect: DialectName, table: Table, rule: RowRule): string {
  if ('rules' in rule) {
    if (rule.rules.length === 0) return rule.kind === 'and' ? '1 = 1' : '1 = 0';
    const parts = rule.rules.map((inner) => rowRuleSql(dialect, table, inner));
    return `(${parts.join(rule.kind === 'and' ? ' AND ' : ' OR ')})`;
  }
  const column = findStoredColumn(table, rule.column);
  if (column === null) throw new Error(`a row rule names a column that is not there: ${rule.column}`);
  const name = quotedName(dialect, column.name);
  switch (rule.kind) {
    case 'null':
      return `${name} IS NULL`;
    case 'not_null':
      return `${name} IS NOT NULL`;
    case 'empty':
      return `${asText(dialect, column)} = ''`;
    case 'not_empty':
      return `${asText(dialect, column)} <> ''`;
    case 'in':
    case 'not_in':
      return listSql(dialect, column, rule.kind, rule.values);
    case 'like':
    case 'not_like':
      return likeSql(dialect, column, rule.kind, rule.value);
    default:
      return `${name} ${SIGN[rule.kind]} ${ruleLiteral(dialect, rule.value, column.type)}`;
  }
}

function listSql(dialect: DialectName, column: Column, kind: 'in' | 'not_in', values: readonly Scalar[]): string {
  if (values.length === 0) return kind === 'in' ? '1 = 0' : '1 = 1';
  const list = values.map((value) => ruleLiteral(dialect, value, column.type)).join(', ');
  return `${quotedName(dialect, column.name)} ${kind === 'in' ? 'IN' : 'NOT IN'} (${list})`;
}

function likeSql(dialect: DialectName, column: Column, kind: 'like' | 'not_like', value: Scalar): string {
  const pattern = value === null ? 'NULL' : textLiteral(dialect, String(value));
  return `${asText(dialect, column)} ${kind === 'like' ? 'LIKE' : 'NOT LIKE'} ${pattern}`;
}

function asText(dialect: DialectName, column: Column): string {
  const name = quotedName(dialect, column.name);
  if (column.type === 'text') return name;
  const type = { duckdb: 'VARCHAR', sqlite: 'TEXT', postgres: 'text', mysql: 'CHAR' }[dialect];
  return `CAST(${name} AS ${type})`;
}
