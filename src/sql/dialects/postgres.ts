import type { DateOperand, Dialect } from './dialect.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/** Text holding dates must be cast before a date function takes it. */
const dated = (arg: DateOperand): string => (arg.type === 'text' ? `CAST(${arg.sql} AS timestamp)` : arg.sql);
const asDate = (arg: DateOperand): string => (arg.type === 'date' ? arg.tight : `CAST(${arg.sql} AS date)`);

const parts = {
  year: 'YEAR',
  quarter: 'QUARTER',
  month: 'MONTH',
  week: 'WEEK',
  day: 'DAY',
  weekday: 'ISODOW',
  hour: 'HOUR',
} as const;

const part = (name: keyof typeof parts, arg: DateOperand): string => `EXTRACT(${parts[name]} FROM ${dated(arg)})`;

/** PostgreSQL 12 and later, and PGlite. */
export const postgres: Dialect = {
  name: 'postgres',
  label: 'PostgreSQL',
  identifierQuote: '"',
  bareIdentifier: /^[a-z_][a-z0-9_]*$/,
  reservedWords: RESERVED_WORDS.postgres,
  maxAliasBytes: 63,
  caseSensitiveNames: true,
  backslash: 'e-string',
  nul: null,
  typedDateLiterals: true,
  booleanLiterals: true,
  insensitiveLike: 'ILIKE',
  sensitiveLike: 'like',
  likeEscapesByDefault: true,
  strictTypes: true,
  nullsWithout: { ascending: 'last', descending: 'first' },
  nullsClause: true,
  filterClause: true,
  setOperandGrouping: 'parentheses',
  intersectBindsTighter: true,
  unlimited: null,
  limitInMembership: true,
  strictGrouping: true,
  divisionCast: 'decimal',
  zeroDivisionIsNull: false,
  wholeDivision: (left, right) => `CAST(DIV(${left}, ${right}) AS bigint)`,
  concatOperator: true,
  castTypes: {
    integer: 'bigint',
    decimal: 'numeric',
    float: 'double precision',
    text: 'text',
    date: 'date',
    timestamp: 'timestamp',
  },
  castCall: () => undefined,
  truncate: (arg) => `TRUNC(${arg})`,
  lengthFunction: 'LENGTH',
  substringFunction: 'SUBSTRING',
  roundNeedsDecimal: true,
  median: (arg) => `PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ${arg})`,
  stddev: (arg) => `STDDEV_SAMP(${arg})`,
  dateTrunc(grain, arg) {
    if (grain === 'day') return `CAST(${arg.sql} AS date)`;
    const truncated = `DATE_TRUNC('${grain}', ${dated(arg)})`;
    return grain === 'hour' ? truncated : `CAST(${truncated} AS date)`;
  },
  datePart: (name, arg, loose) => (loose ? part(name, arg) : `CAST(${part(name, arg)} AS integer)`),
  dateAdd(amount, unit, arg) {
    if (unit === 'day' && arg.type === 'date') {
      return `(${arg.tight} ${amount < 0 ? '-' : '+'} ${Math.abs(amount)})`;
    }
    const size = `${Math.abs(amount)} ${unit}${Math.abs(amount) === 1 ? '' : 's'}`;
    const sum = `${arg.type === 'text' ? dated(arg) : arg.tight} ${amount < 0 ? '-' : '+'} INTERVAL '${size}'`;
    return arg.type === 'timestamp' || unit === 'hour' ? `(${sum})` : `CAST(${sum} AS date)`;
  },
  dateDiff(unit, from, to) {
    if (unit === 'day') return `(${asDate(to)} - ${asDate(from)})`;
    const years = `${part('year', to)} - ${part('year', from)}`;
    if (unit === 'year') return `CAST(${years} AS integer)`;
    return `CAST((${years}) * 12 + ${part('month', to)} - ${part('month', from)} AS integer)`;
  },
};
