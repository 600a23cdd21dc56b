/** A thread that turns an Excel workbook into one CSV file per sheet, row by row. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import ExcelJS from 'exceljs';

export interface ExcelTask {
  readonly path: string;
  readonly directory: string;
}

export interface ExcelSheet {
  readonly name: string;
  readonly path: string;
  readonly rows: number;
}

/** Titles above the table are skipped: the header is the first of these rows that fills at least half the width. */
const HEADER_SEARCH_ROWS = 20;

function dateText(date: Date): string {
  const iso = date.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 23).replace('T', ' ').replace('.000', '');
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? '' : dateText(value);
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  if ('error' in value) {
    return '';
  }
  if ('result' in value) {
    return cellText(value.result);
  }
  if ('richText' in value && Array.isArray(value.richText)) {
    return value.richText.map((part: { text?: unknown }) => String(part.text ?? '')).join('');
  }
  if ('text' in value) {
    return cellText(value.text);
  }
  return '';
}

function toLine(values: readonly unknown[], width: number): string {
  const cells = Array.from({ length: width }, (_, i) => {
    const text = cellText(values[i + 1]);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(',')}\n`;
}

const filled = (values: readonly unknown[]): number => values.filter((value) => cellText(value) !== '').length;
const widthOf = (values: readonly unknown[]): number => {
  let width = values.length - 1;
  while (width > 0 && cellText(values[width]) === '') {
    width -= 1;
  }
  return width;
};

async function convertSheet(rows: AsyncIterable<ExcelJS.Row>, path: string): Promise<number> {
  const out = createWriteStream(path, { mode: 0o600 });
  const held: (readonly unknown[])[] = [];
  let width = 0;
  let count = 0;
  const write = async (values: readonly unknown[]): Promise<void> => {
    if (filled(values) > 0) {
      count += 1;
      if (!out.write(toLine(values, width))) {
        await once(out, 'drain');
      }
    }
  };
  const begin = async (): Promise<void> => {
    width = Math.max(0, ...held.map(widthOf));
    const header = held.findIndex((values) => filled(values) >= width / 2);
    for (const values of held.splice(0).slice(Math.max(0, header))) {
      await write(values);
    }
  };
  for await (const row of rows) {
    const values = row.values as unknown[];
    if (width > 0) {
      await write(values);
    } else {
      held.push(values);
      if (held.length === HEADER_SEARCH_ROWS) {
        await begin();
      }
    }
  }
  if (width === 0) {
    await begin();
  }
  out.end();
  await once(out, 'finish');
  return count;
}

async function convert(task: ExcelTask): Promise<ExcelSheet[]> {
  const sheets: ExcelSheet[] = [];
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(task.path, {
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    worksheets: 'emit',
    entries: 'ignore',
  });
  for await (const sheet of reader) {
    const path = join(task.directory, `sheet-${sheets.length + 1}.csv`);
    const name = (sheet as unknown as { name?: string }).name ?? `Sheet${sheets.length + 1}`;
    sheets.push({ name, path, rows: await convertSheet(sheet, path) });
  }
  return sheets;
}

convert(workerData as ExcelTask).then(
  (sheets) => parentPort?.postMessage(sheets),
  (error: unknown) => {
    throw error;
  },
);
