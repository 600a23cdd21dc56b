/** What people most often look up about each dialect, in our own words; `doc_search` finds them by the words of an error. */
import type { DialectName } from '../../sql/index.ts';
import type { FoundDocument } from '../node.ts';

const fact = (title: string, text: string): FoundDocument => ({ title, text });

export const DIALECT_FACTS: Readonly<Record<DialectName, readonly FoundDocument[]>> = {
  duckdb: [
    fact(
      'DuckDB: dates and periods',
      "date_trunc('month', d), year(d), quarter(d), strftime(d, '%Y-%m'); d + INTERVAL 7 DAY; date_diff('day', a, b).",
    ),
    fact(
      'DuckDB: casts and types',
      "CAST(x AS DOUBLE) or x::DOUBLE; TRY_CAST gives NULL instead of a conversion error; text dates need CAST(x AS DATE) or strptime(x, '%Y-%m-%d').",
    ),
    fact(
      'DuckDB: grouping',
      'Every selected column is aggregated or in GROUP BY; GROUP BY ALL groups by the rest. QUALIFY filters window functions.',
    ),
    fact(
      'DuckDB: functions',
      'string_agg(x, sep), list(x), median(x), quantile_cont(x, 0.9), coalesce, nullif. There is no DATE_FORMAT and no IFNULL with three arguments.',
    ),
  ],
  sqlite: [
    fact(
      'SQLite: dates and periods',
      "Dates are text: strftime('%Y-%m', d), date(d, '-30 days'), julianday(a) - julianday(b). No date_trunc, EXTRACT or INTERVAL.",
    ),
    fact(
      'SQLite: casts and types',
      'CAST(x AS REAL), CAST(x AS INTEGER); whole numbers divide as whole numbers, so multiply by 1.0. Booleans are 1 and 0.',
    ),
    fact(
      'SQLite: functions',
      'group_concat(x, sep), coalesce, ifnull(a, b), instr, substr, round. No concat_ws in old versions, no ILIKE; || joins text.',
    ),
    fact(
      'SQLite: grouping',
      'A bare column beside max() or min() comes from the row of the extreme; elsewhere name it in GROUP BY. No QUALIFY.',
    ),
  ],
  postgres: [
    fact(
      'PostgreSQL: dates and periods',
      "date_trunc('month', d), EXTRACT(YEAR FROM d), to_char(d, 'YYYY-MM'); d + INTERVAL '7 days'; age(a, b); a - b of dates is days.",
    ),
    fact(
      'PostgreSQL: casts and types',
      'Operators need matching types: CAST(x AS numeric), x::date, x::text. round(x, n) needs numeric. Text is not compared with numbers.',
    ),
    fact(
      'PostgreSQL: grouping',
      'Every selected column is aggregated or in GROUP BY; aliases cannot be used in WHERE or HAVING. FILTER (WHERE …) works on aggregates.',
    ),
    fact(
      'PostgreSQL: names',
      'Unquoted names are folded to lower case; names with capitals or spaces need double quotes. Other schemas are written schema.table.',
    ),
    fact(
      'PostgreSQL: functions',
      'string_agg(x, sep), coalesce, nullif, percentile_cont(0.5) WITHIN GROUP (ORDER BY x). No IFNULL, no DATE_FORMAT, no DATEDIFF.',
    ),
  ],
  mysql: [
    fact(
      'MySQL: dates and periods',
      "DATE_FORMAT(d, '%Y-%m'), YEAR(d), QUARTER(d); d + INTERVAL 7 DAY; DATEDIFF(a, b); CURDATE().",
    ),
    fact(
      'MySQL: casts and types',
      'CAST(x AS DECIMAL(18,4)), CAST(x AS SIGNED), CAST(x AS CHAR); text compares with numbers by its leading digits.',
    ),
    fact(
      'MySQL: grouping',
      'With ONLY_FULL_GROUP_BY every selected column is aggregated, in GROUP BY, or ANY_VALUE(x). Window functions since 8.0.',
    ),
    fact(
      'MySQL: functions and names',
      'GROUP_CONCAT(x SEPARATOR s), IFNULL, COALESCE, CONCAT; names are quoted with backticks. No FULL JOIN, no FILTER, no ILIKE.',
    ),
  ],
};
