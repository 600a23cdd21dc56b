/** docs/performance.md: each measuring script owns the table between its two marks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

export type PerformanceRow = readonly [what: string, measured: string, wanted: string];

export const renderRows = (rows: readonly PerformanceRow[]): string =>
  ['| what | measured | wanted |', '|---|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');

/** Replaces the named section's table, with the machine and the day. */
export function writePerformance(section: string, rows: readonly PerformanceRow[]): void {
  const page = join(import.meta.dirname, '..', 'docs', 'performance.md');
  const [start, end] = [`<!-- ${section}: start -->`, `<!-- ${section}: end -->`] as const;
  const text = readFileSync(page, 'utf8');
  const at = [text.indexOf(start), text.indexOf(end)] as const;
  if (at[0] < 0 || at[1] < at[0]) throw new Error(`docs/performance.md has no section ${section}: add its two marks`);
  const note = `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${new Date().toISOString().slice(0, 10)}.`;
  writeFileSync(page, `${text.slice(0, at[0])}${start}\n${note}\n\n${renderRows(rows)}\n${text.slice(at[1])}`);
}

/** The value below which a share of the values lies. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
