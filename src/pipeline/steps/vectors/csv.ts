/** CSV as PostgreSQL's COPY writes it: NULL is an empty field, the empty text is quoted. Read and written in pieces. */

export type CsvField = string | null;

/** One row with its line end. */
export const csvRow = (fields: readonly CsvField[]): string =>
  `${fields.map((field) => (field === null ? '' : field === '' || /[",\r\n\\]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\n`;

/** Rows of a text that comes in pieces; quoted fields may hold line ends. @throws Error for an open quote at the end */
export async function* csvRows(pieces: AsyncIterable<string>): AsyncGenerator<readonly CsvField[]> {
  let row: CsvField[] = [];
  let field = '';
  let state: 'start' | 'plain' | 'quoted' | 'after-quote' = 'start';
  let wasQuoted = false;
  const endField = (): void => {
    row.push(field === '' && !wasQuoted ? null : field);
    field = '';
    wasQuoted = false;
    state = 'start';
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const character = piece[at]!;
      if (state === 'quoted') {
        if (character !== '"') continue;
        field += piece.slice(from, at);
        state = 'after-quote';
        continue;
      }
      if (state === 'after-quote' && character === '"') {
        field += '"';
        from = at + 1;
        state = 'quoted';
        continue;
      }
      if (character === '"' && state === 'start') {
        wasQuoted = true;
        from = at + 1;
        state = 'quoted';
        continue;
      }
      if (character === ',' || character === '\n') {
        endField();
        if (character === '\n') {
          yield row;
          row = [];
        }
        continue;
      }
      if (character === '\r') continue;
      field += character;
      state = 'plain';
    }
    if (state === 'quoted') field += piece.slice(from);
  }
  if ((state as string) === 'quoted') throw new Error('a quoted field is not closed');
  if (row.length > 0 || field !== '' || wasQuoted) {
    endField();
    yield row;
  }
}
