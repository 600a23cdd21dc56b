/** A result as an aligned text table; Chinese and emoji take two columns, control characters are shown, not sent. */
import stringWidth from 'string-width';
import type { Cell, RunRows } from '../../engine/index.ts';

const MAX_CELL = 60;
const MAX_ROWS = 50;

/** A cell as one line of plain text. NULL is empty in CSV and `∅` in tables. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return JSON.stringify(cell);
  return String(cell);
}

const printable = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '·');

function shortened(text: string): string {
  if (stringWidth(text) <= MAX_CELL) return text;
  let width = 0;
  let out = '';
  for (const character of text) {
    width += stringWidth(character);
    if (width > MAX_CELL - 1) break;
    out += character;
  }
  return `${out}…`;
}

/** Numbers are right-aligned; at most 50 rows are drawn, the rest is counted in a last line. */
export function formatTable(result: RunRows, more: (hidden: number) => string): string {
  const shown = result.rows.slice(0, MAX_ROWS);
  const texts = shown.map((row) => row.map((cell) => (cell === null ? '∅' : shortened(printable(cellText(cell))))));
  const names = result.columns.map((column) => shortened(printable(column.name)));
  const numeric = result.columns.map((column) => ['integer', 'decimal', 'float'].includes(column.type));
  const widths = names.map((name, i) => Math.max(stringWidth(name), ...texts.map((row) => stringWidth(row[i] ?? ''))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, i) => {
        const padding = ' '.repeat(Math.max(0, (widths[i] ?? 0) - stringWidth(text)));
        return numeric[i] ? padding + text : text + padding;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const hidden = result.rows.length - shown.length;
  return [line(names), rule, ...texts.map(line), ...(hidden > 0 ? [more(hidden)] : [])].join('\n');
}

/** A GitHub-flavoured Markdown table. */
export function formatMarkdown(result: RunRows): string {
  const escaped = (text: string): string => printable(text).replace(/([|\\])/g, '\\$1');
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(result.columns.map((column) => escaped(column.name))),
    row(result.columns.map((column) => (['integer', 'decimal', 'float'].includes(column.type) ? '---:' : '---'))),
    ...result.rows.map((cells) => row(cells.map((cell) => escaped(cellText(cell))))),
  ].join('\n');
}
