/**
 * Loads files into a DuckDB database file. Text is read with a dialect of our own finding and nothing is skipped: a row that is
 * too short is filled with NULL and reported, a row that is too long stops the file with its line.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { EngineError, siblingModule } from '../../../kernel/index.ts';
import { messageOf, scrubMessage } from '../../failure.ts';
import type { ExcelSheet, ExcelTask } from './excel-worker.ts';
import type { SourceFile } from './find-sources.ts';
import { gunzipTo, transcodeTo } from './plain-text.ts';
import { refineColumns } from './refine-columns.ts';
import { detectDialect, detectEncoding, readSample, type TextDialect, uniqueNames } from './text-dialect.ts';

export interface LoadTarget {
  readonly databasePath: string;
  readonly scratch: string;
  readonly memoryLimit: string;
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

class BadFile extends Error {}

interface Loading {
  readonly connection: DuckDBConnection;
  readonly scratch: string;
  readonly warnings: string[];
  temporary: number;
}

function temporaryPath(loading: Loading, extension: string): string {
  loading.temporary += 1;
  return join(loading.scratch, `text-${loading.temporary}.${extension}`);
}

interface CsvAttempt {
  readonly padded: boolean;
  readonly scanAll: boolean;
  /** Lines may be longer than usual; costs memory. */
  readonly longLines: boolean;
  /** Quotes are ordinary characters, as in some tab-separated files. */
  readonly noQuotes: boolean;
  /** Columns whose values have no one type. */
  readonly asText: readonly string[];
}

const FIRST_ATTEMPT: CsvAttempt = { padded: false, scanAll: false, longLines: false, noQuotes: false, asText: [] };
/** DuckDB keeps sixteen lines of the greatest length in each of its buffers. */
const LONG_LINE = 16 * 1024 * 1024;

function readCsv(path: string, dialect: TextDialect, attempt: CsvAttempt, diagnosing = false): string {
  const options = [
    `delim = ${quote(dialect.delimiter)}`,
    attempt.noQuotes ? "quote = '', escape = ''" : "quote = '\"', escape = '\"'",
    `comment = '', header = ${dialect.hasHeader}, skip = 0`,
    ...(attempt.longLines ? [`max_line_size = ${LONG_LINE}`] : []),
    ...(attempt.padded ? ['null_padding = true, parallel = false'] : []),
  ];
  if (diagnosing) {
    const columns = dialect.names.map((name) => `${quote(name)}: 'VARCHAR'`).join(', ');
    options.push(`auto_detect = false, columns = {${columns}}`);
  } else {
    options.push(`auto_detect = true, names = [${dialect.names.map(quote).join(', ')}]`);
    options.push(`sample_size = ${attempt.scanAll ? -1 : 20_480}`);
    if (attempt.asText.length > 0) {
      options.push(`types = {${attempt.asText.map((name) => `${quote(name)}: 'VARCHAR'`).join(', ')}}`);
    }
  }
  return `read_csv(${quote(path)}, ${options.join(', ')})`;
}

interface RowTrouble {
  readonly line: number;
  readonly expected: number;
  readonly found: number | null;
  readonly message: string;
}

/** Reads the file with fixed columns, which makes DuckDB name the line that does not fit. */
async function diagnose(
  loading: Loading,
  path: string,
  dialect: TextDialect,
  attempt: CsvAttempt,
): Promise<RowTrouble | null> {
  const columns = dialect.names.map((name) => `count(${identifier(name)})`).join(', ');
  try {
    await loading.connection.run(`SELECT ${columns} FROM ${readCsv(path, dialect, attempt, true)}`);
    return null;
  } catch (error) {
    const message = messageOf(error);
    const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
    return {
      line: Number(/on Line: (\d+)/.exec(message)?.[1] ?? 0),
      expected: Number(counts?.[1] ?? dialect.names.length),
      found: counts === null ? null : Number(counts[2]),
      message,
    };
  }
}

function badRow(label: string, trouble: RowTrouble, dialect: TextDialect): BadFile {
  const delimiter = dialect.delimiter === '\t' ? 'tab' : `"${dialect.delimiter}"`;
  const line = trouble.line > 0 ? `, line ${trouble.line}` : '';
  return new BadFile(
    trouble.found === null
      ? `${label}${line}: ${/quote/i.test(trouble.message) ? 'a quoted value is not closed properly' : trouble.message.split('\n')[0]}`
      : `${label}${line}: ${trouble.found} values where the header names ${trouble.expected}. Put values that contain a ${delimiter} in double quotes, or mend the row.`,
  );
}

/** What to try after a failure that another way of reading may mend; null when there is none. */
function nextAttempt(message: string, attempt: CsvAttempt, dialect: TextDialect): CsvAttempt | null {
  if (/[Mm]aximum line size/.test(message) && !attempt.longLines) {
    return { ...attempt, longLines: true };
  }
  if (!/Could not convert|Conversion Error/.test(message)) {
    return null;
  }
  if (!attempt.scanAll) {
    return { ...attempt, scanAll: true };
  }
  const column = /Error when converting column "(.*?)"\. Could not/s.exec(message)?.[1];
  return column !== undefined && dialect.names.includes(column) && !attempt.asText.includes(column)
    ? { ...attempt, asText: [...attempt.asText, column] }
    : null;
}

async function loadCsv(
  loading: Loading,
  table: string,
  label: string,
  path: string,
  dialect: TextDialect,
): Promise<void> {
  let attempt = FIRST_ATTEMPT;
  for (;;) {
    try {
      await loading.connection.run(
        `CREATE TABLE ${identifier(table)} AS SELECT * FROM ${readCsv(path, dialect, attempt)}`,
      );
      return await refineColumns(loading.connection, table);
    } catch (error) {
      const message = messageOf(error);
      const next = nextAttempt(message, attempt, dialect);
      if (next !== null) {
        attempt = next;
        continue;
      }
      if (/Invalid unicode|not utf-8|Out of Memory/i.test(message)) {
        throw error;
      }
      const trouble = await diagnose(loading, path, dialect, attempt);
      if (trouble?.found === null && dialect.delimiter === '\t' && !attempt.noQuotes) {
        attempt = { ...attempt, noQuotes: true };
        continue;
      }
      if (trouble === null) {
        throw error;
      }
      if (attempt.padded || trouble.found === null || trouble.found > trouble.expected) {
        throw badRow(label, trouble, dialect);
      }
      loading.warnings.push(
        `${label}: rows with fewer values than the header were filled with NULL (the first one is line ${trouble.line}).`,
      );
      attempt = { ...attempt, padded: true };
    }
  }
}

async function loadText(loading: Loading, table: string, file: SourceFile, path: string): Promise<void> {
  const sample = await readSample(path);
  if (sample.length === 0) {
    throw new BadFile(`${file.label} is empty.`);
  }
  const encoding = detectEncoding(sample);
  const text = new TextDecoder(encoding).decode(sample);
  const dialect = detectDialect(text, file.format === 'tsv' ? '\t' : null);
  if (dialect === null) {
    throw new BadFile(`${file.label} has no rows.`);
  }
  const load = (from: string): Promise<void> => loadCsv(loading, table, file.label, from, dialect);
  const transcoded = async (from: 'gb18030' | typeof encoding): Promise<void> => {
    const copy = temporaryPath(loading, 'csv');
    await transcodeTo(path, copy, from);
    await load(copy);
  };
  if (encoding !== 'utf-8') {
    return transcoded(encoding);
  }
  try {
    await load(path);
  } catch (error) {
    if (!/Invalid unicode|not utf-8/i.test(messageOf(error))) {
      throw error;
    }
    await transcoded('gb18030');
  }
}

function convertExcel(task: ExcelTask): Promise<ExcelSheet[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(siblingModule(import.meta.url, './excel-worker'), {
      workerData: task,
      execArgv: ['--no-warnings'],
      resourceLimits: { maxOldGenerationSizeMb: 1_024 },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the reader ended early')));
  });
}

async function loadExcel(
  loading: Loading,
  file: SourceFile,
  several: boolean,
  nameTable: (name: string) => string,
): Promise<void> {
  const directory = temporaryPath(loading, 'sheets');
  await mkdir(directory);
  const sheets = (
    await convertExcel({ path: file.path, directory }).catch((error: unknown) => {
      throw new BadFile(`${file.label} is not a readable Excel workbook (${messageOf(error).split('\n')[0]}).`);
    })
  ).filter((sheet) => sheet.rows > 0);
  if (sheets.length === 0) {
    throw new BadFile(`${file.label} has no sheet with rows.`);
  }
  for (const sheet of sheets) {
    const wanted = sheets.length === 1 ? file.stem : several ? `${file.stem}_${sheet.name}` : sheet.name;
    const text = new TextDecoder().decode(await readSample(sheet.path));
    const dialect = detectDialect(text, ',');
    if (dialect !== null) {
      await loadCsv(loading, nameTable(wanted), `${file.label}, sheet ${sheet.name}`, sheet.path, dialect);
    }
  }
}

/** Objects of up to 16 MB are read cheaply; larger ones cost a multiple of their size in memory. */
async function loadJson(loading: Loading, table: string, path: string): Promise<void> {
  const load = (objectBytes: number): Promise<unknown> =>
    loading.connection.run(
      `CREATE TABLE ${identifier(table)} AS SELECT * FROM read_json(${quote(path)}, maximum_object_size = ${objectBytes})`,
    );
  try {
    await load(16 * 1024 * 1024);
  } catch (error) {
    if (!/maximum_object_size/.test(messageOf(error))) {
      throw error;
    }
    await load(128 * 1024 * 1024);
  }
}

async function loadOne(
  loading: Loading,
  file: SourceFile,
  several: boolean,
  nameTable: (name: string) => string,
): Promise<void> {
  let path = file.path;
  if (file.gzipped) {
    path = temporaryPath(loading, 'plain');
    await gunzipTo(file.path, path);
  }
  switch (file.format) {
    case 'csv':
    case 'tsv':
      return loadText(loading, nameTable(file.stem), file, path);
    case 'excel':
      return loadExcel(loading, file, several, nameTable);
    case 'parquet':
      await loading.connection.run(
        `CREATE TABLE ${identifier(nameTable(file.stem))} AS SELECT * FROM read_parquet(${quote(path)})`,
      );
      return;
    case 'json':
      return loadJson(loading, nameTable(file.stem), path);
  }
}

function describe(error: unknown, file: SourceFile, scratch: string): string {
  if (error instanceof BadFile) {
    return error.message;
  }
  const line = /[Ll]ine:? (\d+)/.exec(messageOf(error))?.[1];
  const why = scrubMessage(messageOf(error).split('\n')[0]!, [], [file.path, join(scratch, 'x')]);
  return `${file.label}${line === undefined ? '' : `, line ${line}`}: ${why}`;
}

/**
 * Loads every file into a new database. One file that cannot be read stops a single-file datasource; among several it becomes a warning.
 *
 * @returns the warnings
 */
export async function loadFiles(sources: readonly SourceFile[], target: LoadTarget): Promise<string[]> {
  const instance = await DuckDBInstance.create(target.databasePath, { memory_limit: target.memoryLimit });
  try {
    const connection = await instance.connect();
    await connection.run(`SET temp_directory = ${quote(join(target.scratch, 'spill'))}`);
    await connection.run('SET autoinstall_known_extensions = false');
    const loading: Loading = { connection, scratch: target.scratch, warnings: [], temporary: 0 };
    const tables: string[] = [];
    const nameTable = (wanted: string): string => {
      tables.push(uniqueNames([...tables, wanted], (n) => `table_${n}`).at(-1)!);
      return tables.at(-1)!;
    };
    const troubles: string[] = [];
    for (const file of sources) {
      try {
        await loadOne(loading, file, sources.length > 1, nameTable);
      } catch (error) {
        troubles.push(describe(error, file, target.scratch));
      }
    }
    if (troubles.length === sources.length) {
      throw new EngineError('datasource-unavailable', `Cannot read ${troubles.join(' ')}`);
    }
    connection.closeSync();
    return [...troubles.map((trouble) => `Not read: ${trouble}`), ...loading.warnings];
  } finally {
    instance.closeSync();
  }
}
