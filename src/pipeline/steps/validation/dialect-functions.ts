/** What other databases call a function or write a clause: said in the words of the statement's own dialect. */
import type { DialectName } from '../../../sql/index.ts';
import { masked, replaceCalls } from './sql-calls.ts';

const ISO_FORMATS: readonly (readonly [strftime: string, toChar: string])[] = [
  ['%Y', 'YYYY'],
  ['%m', 'MM'],
  ['%d', 'DD'],
  ['%H', 'HH24'],
  ['%i', 'MI'],
  ['%M', 'MI'],
  ['%S', 'SS'],
  ['%s', 'SS'],
];

const toCharFormat = (format: string): string =>
  ISO_FORMATS.reduce((text, [percent, letters]) => text.replaceAll(percent, letters), format);
const percentFormat = (format: string, minutes: '%i' | '%M'): string =>
  format
    .replace(/yyyy/gi, '%Y')
    .replace(/hh24|hh/gi, '%H')
    .replace(/mi/gi, minutes)
    .replace(/mm/gi, '%m')
    .replace(/dd/gi, '%d')
    .replace(/ss/gi, '%S');

function formatted(dialect: DialectName, value: string, format: string, isPercent: boolean): string {
  const percent = (minutes: '%i' | '%M'): string =>
    isPercent ? format.replaceAll('%i', minutes) : percentFormat(format, minutes);
  switch (dialect) {
    case 'postgres':
      return `to_char(${value}, ${isPercent ? toCharFormat(format) : format})`;
    case 'mysql':
      return `date_format(${value}, ${percent('%i')})`;
    case 'sqlite':
      return `strftime(${percent('%M')}, ${value})`;
    case 'duckdb':
      return `strftime(${value}, ${percent('%M')})`;
  }
}

function datePart(dialect: DialectName, part: string, value: string): string {
  if (dialect !== 'sqlite') return `extract(${part} FROM ${value})`;
  const format = { year: '%Y', month: '%m', day: '%d', hour: '%H' }[part] ?? '%Y';
  return `CAST(strftime('${format}', ${value}) AS INTEGER)`;
}

type Rewrite = (sql: string, dialect: DialectName) => string;

const REWRITES: readonly Rewrite[] = [
  (sql, dialect) =>
    dialect === 'mysql' ? sql : sql.replace(/`([^`]*)`/g, (_, name: string) => `"${name.replaceAll('"', '""')}"`),
  (sql) => {
    const top = /^(\s*select\s+(?:distinct\s+)?)top\s*\(?\s*(\d+)\s*\)?\s+/i.exec(sql);
    return top ? `${top[1]}${sql.slice(top[0].length)} LIMIT ${top[2]}` : sql;
  },
  (sql, dialect) => {
    const limit = /\blimit\s+(\d+)\s*,\s*(\d+)\s*$/i.exec(masked(sql));
    return limit && dialect === 'postgres' ? `${sql.slice(0, limit.index)}LIMIT ${limit[2]} OFFSET ${limit[1]}` : sql;
  },
  (sql) =>
    replaceCalls(sql, /^(?:ifnull|nvl|isnull)$/i, (args) =>
      args.length === 2 ? `coalesce(${args.join(', ')})` : null,
    ),
  (sql) => replaceCalls(sql, /^len$/i, (args) => `length(${args.join(', ')})`),
  (sql) => replaceCalls(sql, /^ucase$/i, (args) => `upper(${args.join(', ')})`),
  (sql) => replaceCalls(sql, /^lcase$/i, (args) => `lower(${args.join(', ')})`),
  (sql) => replaceCalls(sql, /^(?:curdate|current_date)$/i, () => 'CURRENT_DATE'),
  (sql) => replaceCalls(sql, /^(?:getdate|sysdate|sysdatetime)$/i, () => 'CURRENT_TIMESTAMP'),
  (sql, dialect) =>
    replaceCalls(sql, /^if$/i, (args) =>
      dialect !== 'mysql' && args.length === 3 ? `CASE WHEN ${args[0]} THEN ${args[1]} ELSE ${args[2]} END` : null,
    ),
  (sql, dialect) =>
    dialect === 'mysql'
      ? sql
      : ['year', 'month', 'day', 'hour'].reduce(
          (text, part) =>
            replaceCalls(text, new RegExp(`^${part}$`, 'i'), (args) =>
              args.length === 1 ? datePart(dialect, part, args[0]!) : null,
            ),
          sql,
        ),
  (sql, dialect) =>
    dialect === 'mysql'
      ? sql
      : replaceCalls(sql, /^date_format$/i, ([value, format]) =>
          value && format ? formatted(dialect, value, format, true) : null,
        ),
  (sql, dialect) =>
    dialect === 'postgres'
      ? sql
      : replaceCalls(sql, /^to_char$/i, ([value, format]) =>
          value && format ? formatted(dialect, value, format, false) : null,
        ),
  (sql, dialect) =>
    dialect === 'postgres' || dialect === 'mysql'
      ? replaceCalls(sql, /^strftime$/i, ([one, other]) => {
          if (!one || !other) return null;
          return one.startsWith("'") ? formatted(dialect, other, one, true) : formatted(dialect, one, other, true);
        })
      : sql,
  (sql, dialect) =>
    dialect === 'postgres'
      ? replaceCalls(sql, /^group_concat$/i, (args) =>
          args.length === 1 ? `string_agg(CAST(${args[0]} AS text), ',')` : null,
        )
      : sql,
  (sql, dialect) =>
    dialect === 'mysql'
      ? replaceCalls(
          sql,
          /^string_agg$/i,
          ([value, separator]) => `group_concat(${value}${separator ? ` SEPARATOR ${separator}` : ''})`,
        )
      : sql,
  (sql, dialect) =>
    dialect === 'postgres'
      ? replaceCalls(sql, /^round$/i, ([value, digits]) =>
          value && digits && !/^cast\(/i.test(value) ? `round(CAST(${value} AS numeric), ${digits})` : null,
        )
      : sql,
  (sql, dialect) => (dialect === 'mysql' || dialect === 'sqlite' ? sql.replace(/::\s*([a-z]+)(?=\W|$)/gi, '') : sql),
];

/** Statements with one habit of another database put right, and one with all of them; only those that differ. */
export function dialectCandidates(sql: string, dialect: DialectName): string[] {
  const single = REWRITES.map((rewrite) => rewrite(sql, dialect));
  const whole = REWRITES.reduce((text, rewrite) => rewrite(text, dialect), sql);
  return [...new Set([...single, whole])].filter((text) => text !== sql);
}
