import type { DateOperand, Dialect } from './dialect.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/** Text holding dates must be cast before a date function takes it. */
const dated = (arg: DateOperand): string => (arg.type === 'text' ? `CAST(${arg.sql} AS TIMESTAMP)` : arg.sql);

const parts = {
  year: 'YEAR',
  quarter: 'QUARTER',
  month: 'MONTH',
  week: 'WEEK',
  day: 'DAY',
  weekday: 'ISODOW',
  hour: 'HOUR',
} as const;

/** DuckDB 1.x. */
export const duckdb: Dialect = {
  name: 'duckdb',
  label: 'DuckDB',
  identifierQuote: '"',
  bareIdentifier: /^[A-Za-z_][A-Za-z0-9_]*$/,
  reservedWords: RESERVED_WORDS.duckdb,
  maxAliasBytes: 1_000,
  caseSensitiveNames: false,
  backslash: 'plain',
  nul: { kind: 'call', sql: 'CHR(0)' },
  typedDateLiterals: true,
  booleanLiterals: true,
  insensitiveLike: 'ILIKE',
  sensitiveLike: 'like',
  likeEscapesByDefault: false,
  strictTypes: true,
  nullsWithout: { ascending: 'last', descending: 'last' },
  nullsClause: true,
  filterClause: true,
  setOperandGrouping: 'parentheses',
  intersectBindsTighter: true,
  unlimited: null,
  limitInMembership: true,
  strictGrouping: true,
  divisionCast: null,
  zeroDivisionIsNull: false,
  // The integer division operator is not in every parser.
  wholeDivision: (left, right) => `CAST(TRUNC(${left} / ${right}) AS BIGINT)`,
  concatOperator: true,
  castTypes: {
    integer: 'BIGINT',
    decimal: 'DECIMAL(38, 10)',
    float: 'DOUBLE',
    text: 'VARCHAR',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
  },
  castCall: () => undefined,
  truncate: (arg) => `TRUNC(${arg})`,
  lengthFunction: 'LENGTH',
  substringFunction: 'SUBSTRING',
  roundNeedsDecimal: false,
  // The median of decimals would be rounded to their digits.
  median: (arg) => `MEDIAN(CAST(${arg} AS DOUBLE))`,
  stddev: (arg) => `STDDEV_SAMP(${arg})`,
  dateTrunc(grain, arg) {
    if (grain === 'day') return `CAST(${dated(arg)} AS DATE)`;
    const truncated = `DATE_TRUNC('${grain}', ${dated(arg)})`;
    return grain === 'hour' ? truncated : `CAST(${truncated} AS DATE)`;
  },
  datePart: (part, arg) => `EXTRACT(${parts[part]} FROM ${dated(arg)})`,
  dateAdd(amount, unit, arg) {
    const sum = `${arg.type === 'text' ? dated(arg) : arg.tight} ${amount < 0 ? '-' : '+'} INTERVAL ${Math.abs(amount)} ${unit.toUpperCase()}`;
    return arg.type === 'timestamp' || unit === 'hour' ? `(${sum})` : `CAST(${sum} AS DATE)`;
  },
  dateDiff: (unit, from, to) => `DATE_DIFF('${unit}', ${dated(from)}, ${dated(to)})`,
};
