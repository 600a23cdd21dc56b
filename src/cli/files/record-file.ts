/** Tables of text in CSV and Excel files, for import and export. */
import { readFile, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { CellValue } from 'exceljs';
import { EngineError } from '../../kernel/index.ts';

/** A column of such a file: the name that is written, and every name that is read. */
export interface RecordColumn<Name extends string> {
  readonly name: Name;
  readonly alsoRead: readonly string[];
  readonly required?: boolean;
}

export interface FileRecord<Name extends string> {
  /** Where it stands in the file, as spreadsheets count. */
  readonly line: number;
  readonly values: Readonly<Partial<Record<Name, string>>>;
}

const MAX_BYTES = 20 * 1024 * 1024;
const MAX_ROWS = 50_000;

const kindOf = (path: string): 'csv' | 'xlsx' => {
  const extension = extname(path).toLowerCase();
  if (extension === '.csv') return 'csv';
  if (extension === '.xlsx') return 'xlsx';
  throw new EngineError('request-invalid', `${path}: the name must end in .csv or .xlsx`);
};

/** Reads the rows below a header line. Empty rows are left out. @throws EngineError naming file, line and column */
export async function readRecords<Name extends string>(
  path: string,
  columns: readonly RecordColumn<Name>[],
): Promise<readonly FileRecord<Name>[]> {
  const kind = kindOf(path);
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new EngineError('request-invalid', `${path} cannot be read (${error.code ?? error.message})`);
  });
  if (content.byteLength > MAX_BYTES) throw new EngineError('request-invalid', `${path} is larger than 20 MB`);
  let rows: readonly (readonly string[])[];
  try {
    rows = kind === 'csv' ? csvRows(content) : await excelRows(content);
  } catch (error) {
    throw new EngineError('request-invalid', `${path} is not a ${kind} file: ${(error as Error).message}`);
  }
  const [header = [], ...body] = rows;
  if (body.length > MAX_ROWS) throw new EngineError('request-invalid', `${path} has more than ${MAX_ROWS} rows`);
  const named = (text: string): RecordColumn<Name> | undefined => {
    const wanted = text.trim().toLowerCase();
    return columns.find((column) => [column.name, ...column.alsoRead].some((name) => name.toLowerCase() === wanted));
  };
  const order = header.map(named);
  const missing = columns.find((column) => column.required && !order.includes(column));
  if (missing) {
    const known = columns.map((column) => column.name).join(', ');
    throw new EngineError(
      'request-invalid',
      `${path}, line 1: there is no column \`${missing.name}\` (columns: ${known})`,
    );
  }
  return body.flatMap((row, index) => {
    if (row.every((cell) => cell.trim() === '')) return [];
    const values: Partial<Record<Name, string>> = {};
    for (const [at, column] of order.entries()) if (column) values[column.name] = row[at] ?? '';
    return [{ line: index + 2, values }];
  });
}

/** Writes rows below a header line; Excel opens the CSV as UTF-8. */
export async function writeRecords<Name extends string>(
  path: string,
  columns: readonly RecordColumn<Name>[],
  records: readonly Readonly<Record<Name, string>>[],
): Promise<void> {
  const names = columns.map((column) => column.name);
  const rows = [names, ...records.map((record) => names.map((name) => record[name]))];
  const content = kindOf(path) === 'csv' ? `\uFEFF${stringify(rows)}` : await workbook(rows);
  await writeFile(path, content).catch((error: NodeJS.ErrnoException) => {
    throw new EngineError('request-invalid', `${path} cannot be written (${error.code ?? error.message})`);
  });
}

const csvRows = (content: Buffer): string[][] =>
  parse(new TextDecoder('utf-8', { fatal: true }).decode(content), {
    bom: true,
    relax_column_count: true,
    skip_empty_lines: false,
  });

async function excelRows(content: Buffer): Promise<string[][]> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(content as unknown as Parameters<typeof book.xlsx.load>[0]);
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow({ includeEmpty: true }, (row) => {
    const cells: string[] = [];
    for (let at = 1; at <= row.cellCount; at += 1) cells.push(textOf(row.getCell(at).value));
    rows.push(cells);
  });
  return rows;
}

function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('text' in value) return String(value.text);
  if ('result' in value) return textOf(value.result as CellValue);
  return '';
}

async function workbook(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Sheet1');
  for (const row of rows) sheet.addRow([...row]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
