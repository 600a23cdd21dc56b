/** Statements that take a column for another type than it has. */
import { type Column, type ColumnType, type DatabaseSchema, parseSql, type Table } from '../../../sql/index.ts';

const NUMBERS: ReadonlySet<ColumnType> = new Set(['integer', 'decimal', 'float']);
const COMPARISONS = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);

function columnNamed(name: string, tables: readonly Table[]): Column | undefined {
  return tables.flatMap((table) => table.columns).find((column) => column.name.toLowerCase() === name.toLowerCase());
}

/** Numbers compared with texts are quoted, texts that are added up are cast, dates kept as text are compared as text. */
export async function typeCastCandidates(sql: string, schema: DatabaseSchema): Promise<string[]> {
  const parsed = await parseSql(sql, schema.dialect);
  if (!parsed.ok) return [];
  const { tokens, sql: text } = parsed.value;
  const names = new Set(tokens.map((token) => token.value.toLowerCase()));
  const tables = schema.tables.filter((table) => names.has(table.ref.name.toLowerCase()));
  const edits: { start: number; end: number; text: string }[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== 'word' && token.kind !== 'quoted') return;
    const column = columnNamed(token.value, tables);
    if (column === undefined) return;
    const long = /^[<>=!]$/.test(tokens[index + 2]?.text ?? '') ? 2 : 1;
    const operator = tokens
      .slice(index + 1, index + 1 + long)
      .map((part) => part.text)
      .join('');
    const value = tokens[index + 1 + long];
    const after = tokens[index + 2 + long];
    if (value && COMPARISONS.has(operator)) {
      if (column.type === 'text' && value.kind === 'number') {
        edits.push({ start: value.start, end: value.end, text: `'${value.text}'` });
      }
      if (column.type === 'text' && /^date$/i.test(value.text) && after?.kind === 'string') {
        edits.push({ start: value.start, end: after.start, text: '' });
      }
      if (NUMBERS.has(column.type) && value.kind === 'string' && /^-?\d+(?:\.\d+)?$/.test(value.value)) {
        edits.push({ start: value.start, end: value.end, text: value.value });
      }
    }
    const qualified = tokens[index - 1]?.text === '.';
    const open = qualified ? index - 3 : index - 1;
    const call = tokens[open - 1];
    if (column.type === 'text' && tokens[open]?.text === '(' && call && /^(?:sum|avg)$/i.test(call.text)) {
      const start = (qualified ? tokens[index - 2]! : token).start;
      const type = schema.dialect === 'mysql' ? 'decimal(38, 6)' : schema.dialect === 'sqlite' ? 'REAL' : 'decimal';
      edits.push({ start, end: token.end, text: `CAST(${text.slice(start, token.end)} AS ${type})` });
    }
  });
  if (edits.length === 0) return [];
  const changed = [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text);
  return [changed];
}
