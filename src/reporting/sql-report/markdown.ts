/** Markdown that data cannot break out of. */
import type { Cell, ResultColumn } from '../../execution/index.ts';

export interface TableData {
  readonly columns: readonly Pick<ResultColumn, 'name'>[];
  readonly rows: readonly (readonly Cell[])[];
}

export const cellText = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? 'NULL' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);

const CELL_CHARACTERS = 120;

/** Text of one table cell. */
export const escapeCell = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ').replace(/[\\|`*<>[\]]/g, (character) => `\\${character}`);
  return plain.length > CELL_CHARACTERS ? `${plain.slice(0, CELL_CHARACTERS)}…` : plain;
};

/** A Markdown table of texts. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

/** The first rows of a result. */
export const resultTable = ({ columns, rows }: TableData, most: number): string =>
  markdownTable(
    columns.map((column) => column.name),
    rows.slice(0, most).map((row) => row.map(cellText)),
  );

/** A fenced block; the fence is longer than any run of backticks in the text. */
export function codeBlock(text: string, language = 'sql'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
