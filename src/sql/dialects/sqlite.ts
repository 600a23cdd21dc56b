import type { DateOperand, Dialect } from './dialect.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

const field = (format: string, sql: string): string => `CAST(STRFTIME('${format}', ${sql}) AS INTEGER)`;

/** The year as text or constant. Columns of mixed text (`1998`, `1998-03`, full dates) all begin with it. */
function yearText({ sql, type }: DateOperand): string {
  const constant = /^'(\d{4})-\d{2}-\d{2}[^']*'$/.exec(sql);
  if (constant?.[1]) return constant[1];
  return type === 'text' ? `SUBSTR(${sql}, 1, 4)` : `STRFTIME('%Y', ${sql})`;
}

/** SQLite 3.39 and later. Dates are ISO text, with or without a time of day. */
export const sqlite: Dialect = {
  name: 'sqlite',
  label: 'SQLite',
  identifierQuote: '"',
  bareIdentifier: /^[A-Za-z_][A-Za-z0-9_]*$/,
  reservedWords: RESERVED_WORDS.sqlite,
  maxAliasBytes: 1_000,
  caseSensitiveNames: false,
  backslash: 'plain',
  nul: { kind: 'call', sql: 'CHAR(0)' },
  typedDateLiterals: false,
  booleanLiterals: false,
  insensitiveLike: 'LIKE',
  sensitiveLike: 'glob',
  likeEscapesByDefault: false,
  strictTypes: false,
  nullsWithout: { ascending: 'first', descending: 'last' },
  nullsClause: true,
  filterClause: true,
  setOperandGrouping: 'sub-select',
  intersectBindsTighter: false,
  unlimited: '-1',
  limitInMembership: true,
  strictGrouping: false,
  divisionCast: 'float',
  zeroDivisionIsNull: true,
  wholeDivision: (left, right) => `${left} / ${right}`,
  concatOperator: true,
  castTypes: { integer: 'INTEGER', decimal: 'REAL', float: 'REAL', text: 'TEXT', date: 'TEXT', timestamp: 'TEXT' },
  castCall: (to, arg) => (to === 'date' ? `DATE(${arg})` : to === 'timestamp' ? `DATETIME(${arg})` : undefined),
  truncate: () => null,
  lengthFunction: 'LENGTH',
  substringFunction: 'SUBSTR',
  roundNeedsDecimal: false,
  median: () => null,
  stddev: (arg) =>
    `SQRT((SUM(1.0 * ${arg} * ${arg}) - 1.0 * SUM(${arg}) * SUM(${arg}) / COUNT(${arg})) / NULLIF(COUNT(${arg}) - 1, 0))`,
  dateTrunc(grain, { sql }) {
    switch (grain) {
      case 'year':
      case 'month':
        return `DATE(${sql}, 'start of ${grain}')`;
      case 'quarter':
        return `DATE(${sql}, 'start of month', '-' || ((STRFTIME('%m', ${sql}) - 1) % 3) || ' months')`;
      case 'week':
        return `DATE(${sql}, '-6 days', 'weekday 1')`;
      case 'day':
        return `DATE(${sql})`;
      case 'hour':
        return `STRFTIME('%Y-%m-%d %H:00:00', ${sql})`;
    }
  },
  datePart(part, { sql }) {
    switch (part) {
      case 'year':
        return field('%Y', sql);
      case 'quarter':
        return `((STRFTIME('%m', ${sql}) + 2) / 3)`;
      case 'month':
        return field('%m', sql);
      case 'week':
        return `((STRFTIME('%j', DATE(${sql}, '-3 days', 'weekday 4')) - 1) / 7 + 1)`;
      case 'day':
        return field('%d', sql);
      case 'weekday':
        return `((STRFTIME('%w', ${sql}) + 6) % 7 + 1)`;
      case 'hour':
        return field('%H', sql);
    }
  },
  dateAdd(amount, unit, { sql, type }) {
    const size = `'${amount < 0 ? '-' : '+'}${Math.abs(amount)} ${unit}${Math.abs(amount) === 1 ? '' : 's'}'`;
    // `floor` keeps the last day of a shorter month, as every other engine does.
    const modifiers = unit === 'year' || unit === 'month' ? `${size}, 'floor'` : size;
    return `${type === 'timestamp' || unit === 'hour' ? 'DATETIME' : 'DATE'}(${sql}, ${modifiers})`;
  },
  dateDiff(unit, from, to) {
    if (unit === 'day') return `CAST(JULIANDAY(DATE(${to.sql})) - JULIANDAY(DATE(${from.sql})) AS INTEGER)`;
    const years = `${yearText(to)} - ${yearText(from)}`;
    if (unit === 'year') return `(${years})`;
    return `((${years}) * 12 + STRFTIME('%m', ${to.sql}) - STRFTIME('%m', ${from.sql}))`;
  },
};
