import { describe, expect, it } from 'vitest';
import { type CsvField, csvRow, csvRows } from './csv.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const read = async (text: string, size = 7): Promise<(readonly CsvField[])[]> => {
  const rows: (readonly CsvField[])[] = [];
  for await (const row of csvRows(inPieces(text, size))) rows.push(row);
  return rows;
};

describe('CSV of the vector tables', () => {
  const rows: CsvField[][] = [
    ['id', 'document'],
    ['1', 'a "quoted", text\r\nwith lines'],
    ['2', null],
    ['3', ''],
    ['4', '\\N'],
    [' 5', '中文，"引号"'],
  ];

  it.each([1, 2, 3, 7, 1000])('comes back as it was written, read in pieces of %i characters', async (size) => {
    expect(await read(rows.map(csvRow).join(''), size)).toEqual(rows);
  });

  it('tells NULL from the empty text', () => {
    expect(csvRow([null, '', 'x'])).toBe(',"",x\n');
  });

  it('reads a last line without an end', async () => {
    expect(await read('a,b\nc,"d"')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('refuses a text that ends inside quotes', async () => {
    await expect(read('a,"b')).rejects.toThrow('not closed');
  });
});
