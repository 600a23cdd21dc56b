/** Files as tables: what people have on their disks, well formed and not. */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Datasource, openDatasource, type ResultSet } from '../../src/execution/index.ts';
import { temporaryFolder } from '../support/engines.ts';
import { unguarded } from '../support/unguarded.ts';

describe('files as tables', () => {
  let folder: { path: string; remove: () => void };
  let scratch: { path: string; remove: () => void };
  let count = 0;
  let directory: string;
  beforeAll(() => {
    folder = temporaryFolder();
    scratch = temporaryFolder();
  });
  beforeEach(() => {
    count += 1;
    directory = join(folder.path, String(count));
    mkdirSync(directory);
  });
  afterAll(() => {
    folder.remove();
    scratch.remove();
  });

  const put = (name: string, content: string | Buffer): string => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };
  const open = (...paths: string[]): Promise<Datasource> =>
    openDatasource({ kind: 'files', paths }, { scratchDirectory: scratch.path });
  const withFiles = async <T>(paths: string[], work: (datasource: Datasource) => Promise<T>): Promise<T> => {
    const datasource = await open(...paths);
    try {
      return await work(datasource);
    } finally {
      await datasource.close();
    }
  };
  const read = async (datasource: Datasource, sql: string): Promise<ResultSet> => {
    const outcome = await datasource.run(unguarded(sql), { timeoutMs: 20_000, maxRows: 1_000 });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return outcome.value;
  };
  const readAll = (path: string, table: string): Promise<ResultSet & { warnings: readonly string[] }> =>
    withFiles([path], async (datasource) => ({
      ...(await read(datasource, `SELECT * FROM "${table}"`)),
      warnings: datasource.warnings ?? [],
    }));
  const names = (result: ResultSet): string[] => result.columns.map((column) => column.name);
  const types = (result: ResultSet): string[] => result.columns.map((column) => column.type);
  const messageOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'no error',
      (error: Error) => error.message,
    );

  it('keeps header names, makes repeated ones unique, and finds types and dates', async () => {
    const path = put(
      'sales 2024.csv',
      'id,Order Date,金额,🎉 note,name,Name,,zip\n1,2024-01-31,12.50,"a, ""b""\nc",x,y,q,01234\n2,2024/2/1,3,,x,y,,00501\n',
    );
    const result = await readAll(path, 'sales 2024');
    expect(names(result)).toEqual(['id', 'Order Date', '金额', '🎉 note', 'name', 'Name_2', 'column_7', 'zip']);
    expect(types(result)).toEqual(['integer', 'date', 'decimal', 'text', 'text', 'text', 'text', 'text']);
    expect(result.rows).toEqual([
      [1, '2024-01-31', '12.5', 'a, "b"\nc', 'x', 'y', 'q', '01234'],
      [2, '2024-02-01', '3.0', null, 'x', 'y', null, '00501'],
    ]);
  });

  it('adds money up exactly, and understands grouped thousands and Chinese dates', async () => {
    const rows = Array.from(
      { length: 1_000 },
      (_, i) => `0.1,"${i % 2 === 0 ? '1,234.50' : '7'}",2024年${(i % 12) + 1}月5日,${i / 7}`,
    );
    await withFiles([put('money.csv', `a,b,c,d\n${rows.join('\n')}\n`)], async (datasource) => {
      const result = await read(datasource, 'SELECT sum(a), sum(b), min(c), max(c) FROM money');
      expect(result.rows).toEqual([['100.0', '620750.0', '2024-01-05', '2024-12-05']]);
      expect(types(await read(datasource, 'SELECT * FROM money'))).toEqual(['decimal', 'decimal', 'date', 'float']);
    });
  });

  it.each([
    ['semicolons', 'a;b\n1,5;x\n2,5;y\n', ';'],
    ['tabs', 'a\tb\n1\tx\n2\ty\n', '\t'],
    ['pipes', 'a|b\n1|x\n2|y\n', '|'],
  ])('finds %s as the delimiter', async (name, content) => {
    const result = await readAll(put(`${name}.csv`, content), name);
    expect(names(result)).toEqual(['a', 'b']);
    expect(result.rows.length).toBe(2);
  });

  it('names the columns of a file without a header, and keeps its first row', async () => {
    const result = await readAll(put('plain.csv', '1,2024-01-01,x\n2,2024-01-02,y\n'), 'plain');
    expect(names(result)).toEqual(['column_1', 'column_2', 'column_3']);
    expect(result.rows.length).toBe(2);
  });

  it('takes years in a header for names', async () => {
    const result = await readAll(put('years.csv', 'region,2023,2024\nnorth,1,2\n'), 'years');
    expect(names(result)).toEqual(['region', '2023', '2024']);
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from('\uFEFF姓名,n\n张三,1\n')],
    ['UTF-16 LE', Buffer.from('\uFEFF姓名,n\n张三,1\n', 'utf16le')],
    ['UTF-16 BE', Buffer.from('\uFEFF姓名,n\n张三,1\n', 'utf16le').swap16()],
    // 姓名,n and 张三,1 in GBK
    ['GBK', Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x6e, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0x31, 0x0a])],
  ])('reads %s', async (_name, content) => {
    const result = await readAll(put('people.csv', content), 'people');
    expect(names(result)).toEqual(['姓名', 'n']);
    expect(result.rows).toEqual([['张三', 1]]);
  });

  it('fills short rows with NULL and says which line was the first', async () => {
    const result = await readAll(put('short.csv', 'a,b,c\n1,2,3\n4,5\n6,7,8\n'), 'short');
    expect(result.rows).toEqual([
      [1, 2, 3],
      [4, 5, null],
      [6, 7, 8],
    ]);
    expect(result.warnings).toEqual([
      'short.csv: rows with fewer values than the header were filled with NULL (the first one is line 3).',
    ]);
  });

  it('stops at a row with too many values and names the file and the line', async () => {
    const message = await messageOf(open(put('long.csv', 'a,b,c\n1,2,3\n4,5,6,7\n6,7,8\n')));
    expect(message).toContain('long.csv, line 3: 4 values where the header names 3');
    expect(message).not.toContain(directory);
  });

  it('finds a row with too many values far behind short ones', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => (i === 10 ? '1' : i === 45_000 ? '1,2,3' : `${i},x`));
    const message = await messageOf(open(put('late.csv', `a,b\n${rows.join('\n')}\n`)));
    expect(message).toContain('late.csv, line 45002');
  });

  it('reads a column as text when a word comes late', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `${i},${i}`);
    const result = await readAll(put('late.csv', `a,b\n${rows.join('\n')}\nx,N/A\n`), 'late');
    expect(types(result)).toEqual(['text', 'text']);
  });

  it('reads a header without rows', async () => {
    const result = await readAll(put('head.csv', 'a,b\n'), 'head');
    expect(names(result)).toEqual(['a', 'b']);
    expect(result.rows).toEqual([]);
  });

  it.each([
    ['empty.csv', '', 'empty.csv is empty'],
    ['blank.csv', '\n\n', 'blank.csv has no rows'],
    ['broken.json', '{"a": ', 'broken.json'],
    ['broken.parquet', 'PAR1 nothing', 'broken.parquet'],
    ['broken.xlsx', 'not a zip', 'broken.xlsx is not a readable Excel workbook'],
    ['image.png', 'x', 'files of this kind are not read'],
  ])('refuses %s with a clear message', async (name, content, expected) => {
    const message = await messageOf(open(put(name, content)));
    expect(message).toContain(expected);
    expect(message).not.toContain(directory);
    expect(message).not.toContain(scratch.path);
  });

  it('says which file does not exist', async () => {
    expect(await messageOf(open(join(directory, 'nope.csv')))).toContain('There is no file or folder nope.csv');
  });

  it('reads TSV, gzip, JSON, JSON lines and Parquet', async () => {
    put('one.tsv', 'a\tb\n1\t"x\n');
    put('two.csv.gz', gzipSync('a,b\n1,x\n'));
    put('three.json', '[{"a": 1, "d": "2024-01-01", "n": {"x": [1, 2]}}, {"a": 9007199254740993, "d": null}]');
    put('four.jsonl', '{"a": 1}\n{"a": 2.5}\n');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT 1.50::DECIMAL(10,2) AS d) TO '${join(directory, 'five.parquet')}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    await withFiles([directory], async (datasource) => {
      const schema = await datasource.introspect();
      expect(schema.tables.map((table) => table.ref.name)).toEqual(['five', 'four', 'one', 'three', 'two']);
      expect((await read(datasource, 'SELECT * FROM one')).rows).toEqual([[1, '"x']]);
      expect((await read(datasource, 'SELECT * FROM two')).rows).toEqual([[1, 'x']]);
      const three = await read(datasource, 'SELECT * FROM three ORDER BY a');
      expect(types(three)).toEqual(['integer', 'date', 'json']);
      expect(three.rows).toEqual([
        [1, '2024-01-01', { x: [1, 2] }],
        ['9007199254740993', null, null],
      ]);
      expect((await read(datasource, 'SELECT sum(a) FROM four')).rows).toEqual([[3.5]]);
      expect((await read(datasource, 'SELECT * FROM five')).rows).toEqual([['1.50']]);
    });
  });

  it('reads the sheets of a workbook: a title above, dates, formulas, text with leading zeros', async () => {
    const book = new ExcelJS.Workbook();
    const orders = book.addWorksheet('订单');
    orders.addRow(['Report of January']);
    orders.addRow([]);
    orders.addRow(['id', '日期', 'total', 'code', 'paid']);
    orders.addRow([1, new Date(Date.UTC(2024, 0, 31)), { formula: '1+1.5', result: 2.5 }, '007', true]);
    orders.addRow([2, new Date(Date.UTC(1899, 11, 31)), 3, '008', false]);
    book.addWorksheet('empty');
    book.addWorksheet('second').addRows([
      ['a', 'b'],
      [1, { richText: [{ text: 'x' }, { text: 'y' }] }],
    ]);
    const path = join(directory, 'book.xlsx');
    await book.xlsx.writeFile(path);
    await withFiles([path], async (datasource) => {
      const schema = await datasource.introspect();
      expect(schema.tables.map((table) => table.ref.name)).toEqual(['second', '订单']);
      const result = await read(datasource, 'SELECT * FROM "订单"');
      expect(names(result)).toEqual(['id', '日期', 'total', 'code', 'paid']);
      expect(types(result)).toEqual(['integer', 'date', 'decimal', 'text', 'boolean']);
      expect(result.rows).toEqual([
        [1, '2024-01-31', '2.5', '007', true],
        [2, '1899-12-31', '3.0', '008', false],
      ]);
      expect((await read(datasource, 'SELECT * FROM second')).rows).toEqual([[1, 'xy']]);
    });
  });

  it('leaves out a bad file among good ones, with a warning', async () => {
    put('good.csv', 'a\n1\n');
    put('bad.csv', 'a,b\n1,2,3\n');
    await withFiles([join(directory, '*.csv')], async (datasource) => {
      expect((await datasource.introspect()).tables.map((table) => table.ref.name)).toEqual(['good']);
      expect(datasource.warnings?.[0]).toContain('Not read: bad.csv, line 2');
    });
  });

  it('reads a changed file again when the schema is read', async () => {
    const path = put('live.csv', 'a\n1\n');
    await withFiles([path], async (datasource) => {
      expect((await read(datasource, 'SELECT * FROM live')).rows).toEqual([[1]]);
      put('live.csv', 'a,b\n1,2\n3,4\n');
      expect((await datasource.introspect()).tables[0]?.columns.length).toBe(2);
      expect((await read(datasource, 'SELECT * FROM live')).rows).toEqual([
        [1, 2],
        [3, 4],
      ]);
    });
  });

  it('reads nothing but the loaded tables, leaves the file as it is and removes its copy', async () => {
    const path = put('only.csv', 'a\n1\n');
    const before = statSync(path).mtimeMs;
    await withFiles([path], async (datasource) => {
      for (const sql of [`SELECT * FROM '${path}'`, `SELECT * FROM read_csv('${path}')`, 'DROP TABLE only']) {
        expect((await datasource.run(unguarded(sql), { timeoutMs: 5_000, maxRows: 10 })).ok).toBe(false);
      }
    });
    expect(statSync(path).mtimeMs).toBe(before);
    expect(await readdir(scratch.path)).toEqual([]);
  });
});
