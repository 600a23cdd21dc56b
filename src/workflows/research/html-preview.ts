import type { Cell } from '../../execution/index.ts';
import type { RunRows } from '../events.ts';

const ROWS = 5;

/** The first rows as an HTML table; every text is escaped. */
export function htmlPreview({ columns, rows }: RunRows): string {
  const head = columns.map((column) => `<th>${escapeHtml(column.name)}</th>`).join('');
  const body = rows
    .slice(0, ROWS)
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(text(cell))}</td>`).join('')}</tr>`)
    .join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

const text = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (value: string): string =>
  value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
