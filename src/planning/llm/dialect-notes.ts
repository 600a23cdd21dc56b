/** What models most often get wrong in each dialect, and how it quotes. */
import type { DialectName } from '../../sql/index.ts';

export interface DialectNotes {
  readonly title: string;
  readonly quoting: string;
  readonly notes: readonly string[];
}

export const DIALECT_NOTES: Readonly<Record<DialectName, DialectNotes>> = {
  duckdb: {
    title: 'DuckDB',
    quoting: 'double quotes',
    notes: [
      "Periods: date_trunc('month', d), year(d), month(d), quarter(d); strftime(d, '%Y-%m') takes the value first.",
      "Date arithmetic: d + INTERVAL 7 DAY, date_diff('day', a, b). Two dates subtract to whole days.",
      'Division of integers with / is exact; // is the whole-number division.',
      'Rows beside aggregates: use QUALIFY with row_number(), or a window function. ILIKE ignores case.',
      'Functions that read files or settings are not available.',
    ],
  },
  sqlite: {
    title: 'SQLite',
    quoting: 'double quotes',
    notes: [
      "Dates are text: strftime('%Y-%m', d), date(d, '-30 days'), julianday(a) - julianday(b). There is no date_trunc, EXTRACT or INTERVAL.",
      'Division of integers truncates: multiply by 1.0 first. There is no boolean type: compare with 1 and 0.',
      'Text comparison with = heeds case, LIKE does not (for ASCII). There is no ILIKE; concatenate with ||.',
      'There is no RIGHT-aligned PIVOT, QUALIFY or DISTINCT ON; use window functions in a sub-query.',
    ],
  },
  postgres: {
    title: 'PostgreSQL',
    quoting: 'double quotes',
    notes: [
      "Periods: date_trunc('month', d), EXTRACT(YEAR FROM d), to_char(d, 'YYYY-MM'). Date arithmetic: d + INTERVAL '7 days'.",
      'Division of integers truncates: cast one side to numeric. round(x, n) needs a numeric x.',
      'Every selected column that is not aggregated must be in GROUP BY. Aliases cannot be used in WHERE or HAVING.',
      'Unquoted names are folded to lower case. ILIKE ignores case. FILTER (WHERE …) works on aggregates.',
    ],
  },
  mysql: {
    title: 'MySQL / MariaDB',
    quoting: 'backticks',
    notes: [
      "Periods: DATE_FORMAT(d, '%Y-%m'), YEAR(d), QUARTER(d). Date arithmetic: d + INTERVAL 7 DAY, DATEDIFF(a, b).",
      'Strings are in single quotes; double quotes are strings, too. Concatenate with CONCAT(); || means OR.',
      'There is no FULL JOIN, FILTER clause, QUALIFY or NULLS LAST; use SUM(CASE WHEN … END).',
      'Division with / is exact; DIV is the whole-number division.',
    ],
  },
};
