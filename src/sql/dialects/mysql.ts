import type { Dialect } from './dialect.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/** MySQL 8.0.31 and later, MariaDB 10.5 and later. */
export const mysql: Dialect = {
  name: 'mysql',
  label: 'MySQL',
  identifierQuote: '`',
  bareIdentifier: /^[A-Za-z_][A-Za-z0-9_]*$/,
  reservedWords: RESERVED_WORDS.mysql,
  maxAliasBytes: 250,
  caseSensitiveNames: true,
  backslash: 'doubled',
  nul: { kind: 'escape', sql: '\\0' },
  typedDateLiterals: true,
  booleanLiterals: true,
  insensitiveLike: 'LIKE',
  sensitiveLike: 'like-collate-binary',
  likeEscapesByDefault: true,
  strictTypes: false,
  nullsWithout: { ascending: 'first', descending: 'last' },
  nullsClause: false,
  filterClause: false,
  setOperandGrouping: 'parentheses',
  intersectBindsTighter: true,
  unlimited: '18446744073709551615',
  limitInMembership: false,
  // MySQL 8 by default; MariaDB only when told so.
  strictGrouping: true,
  divisionCast: 'float',
  zeroDivisionIsNull: true,
  wholeDivision: (left, right) => `${left} DIV ${right}`,
  concatOperator: false,
  castTypes: {
    integer: 'SIGNED',
    decimal: 'DECIMAL(38, 10)',
    float: 'DOUBLE',
    text: 'CHAR',
    date: 'DATE',
    timestamp: 'DATETIME',
  },
  castCall: () => undefined,
  truncate: (arg) => `TRUNCATE(${arg}, 0)`,
  lengthFunction: 'CHAR_LENGTH',
  substringFunction: 'SUBSTRING',
  roundNeedsDecimal: false,
  median: () => null,
  stddev: (arg) => `STDDEV_SAMP(${arg})`,
  dateTrunc(grain, { sql }) {
    switch (grain) {
      case 'year':
        return `CAST(DATE_FORMAT(${sql}, '%Y-01-01') AS DATE)`;
      case 'quarter':
        return `DATE_ADD(MAKEDATE(YEAR(${sql}), 1), INTERVAL QUARTER(${sql}) - 1 QUARTER)`;
      case 'month':
        return `CAST(DATE_FORMAT(${sql}, '%Y-%m-01') AS DATE)`;
      case 'week':
        return `DATE_SUB(DATE(${sql}), INTERVAL WEEKDAY(${sql}) DAY)`;
      case 'day':
        return `DATE(${sql})`;
      case 'hour':
        return `CAST(DATE_FORMAT(${sql}, '%Y-%m-%d %H:00:00') AS DATETIME)`;
    }
  },
  datePart(part, { sql }) {
    switch (part) {
      case 'week':
        return `WEEK(${sql}, 3)`;
      case 'weekday':
        return `(WEEKDAY(${sql}) + 1)`;
      default:
        return `${part.toUpperCase()}(${sql})`;
    }
  },
  dateAdd(amount, unit, { sql, type }) {
    const arg = type === 'text' ? `CAST(${sql} AS DATETIME)` : sql;
    const sum = `${amount < 0 ? 'DATE_SUB' : 'DATE_ADD'}(${arg}, INTERVAL ${Math.abs(amount)} ${unit.toUpperCase()})`;
    return type === 'text' && unit !== 'hour' ? `DATE(${sum})` : sum;
  },
  dateDiff(unit, from, to) {
    if (unit === 'day') return `DATEDIFF(${to.sql}, ${from.sql})`;
    if (unit === 'year') return `(YEAR(${to.sql}) - YEAR(${from.sql}))`;
    return `PERIOD_DIFF(DATE_FORMAT(${to.sql}, '%Y%m'), DATE_FORMAT(${from.sql}, '%Y%m'))`;
  },
};
