/** PostgreSQL's types and text values as ours. */
import type { ColumnType } from '../../sql/index.ts';
import { binaryCell, decimalCell, floatCell, integerCell, jsonCell } from '../cells.ts';
import type { Cell } from '../datasource.ts';

const SCALARS: Readonly<Record<number, ColumnType>> = {
  16: 'boolean',
  17: 'binary',
  20: 'integer',
  21: 'integer',
  23: 'integer',
  26: 'integer',
  114: 'json',
  3802: 'json',
  700: 'float',
  701: 'float',
  1700: 'decimal',
  1082: 'date',
  1083: 'time',
  1266: 'time',
  1114: 'timestamp',
  1184: 'timestamp',
  1186: 'interval',
  2950: 'uuid',
};

/** Array type → element type. */
const ARRAYS: Readonly<Record<number, number>> = {
  1000: 16,
  1001: 17,
  1005: 21,
  1007: 23,
  1016: 20,
  1028: 26,
  199: 114,
  3807: 3802,
  1021: 700,
  1022: 701,
  1231: 1700,
  1182: 1082,
  1183: 1083,
  1270: 1266,
  1115: 1114,
  1185: 1184,
  1187: 1186,
  2951: 2950,
  1009: 25,
  1015: 1043,
  1014: 1042,
  1003: 19,
};

/** The logical type of a type's number. Types without a row (text, enums, network addresses…) are text. */
export function postgresColumnType(oid: number): ColumnType {
  return SCALARS[oid] ?? (ARRAYS[oid] === undefined ? 'text' : 'array');
}

function scalarCell(text: string, oid: number): Cell {
  switch (SCALARS[oid]) {
    case 'boolean':
      return text === 't' || text === 'true';
    case 'integer':
      return integerCell(text);
    case 'decimal':
      return decimalCell(text);
    case 'float':
      return floatCell(Number(text));
    case 'json':
      return jsonCell(text);
    case 'binary':
      return text.startsWith('\\x') ? binaryCell(Buffer.from(text.slice(2), 'hex')) : text;
    default:
      return text;
  }
}

/** Reads PostgreSQL's array text, e.g. `{1,NULL,"a,b",{2}}` and `[0:1]={1,2}`. */
function arrayCell(text: string, element: number): Cell {
  let at = text.indexOf('{');
  const quoted = (): string => {
    let out = '';
    for (at += 1; text[at] !== '"'; at += 1) {
      if (text[at] === '\\') {
        at += 1;
      }
      out += text[at];
    }
    at += 1;
    return out;
  };
  const item = (): Cell => {
    if (text[at] === '{') {
      return list();
    }
    if (text[at] === '"') {
      return scalarCell(quoted(), element);
    }
    const from = at;
    while (at < text.length && text[at] !== ',' && text[at] !== '}') {
      at += 1;
    }
    const word = text.slice(from, at);
    return word === 'NULL' ? null : scalarCell(word, element);
  };
  const list = (): Cell[] => {
    const items: Cell[] = [];
    at += 1;
    while (at < text.length && text[at] !== '}') {
      items.push(item());
      if (text[at] === ',') {
        at += 1;
      }
    }
    at += 1;
    return items;
  };
  return at < 0 ? text : list();
}

/** One value, as PostgreSQL writes it in text format, as a cell. */
export function postgresCell(text: string | null, oid: number): Cell {
  if (text === null) {
    return null;
  }
  const element = ARRAYS[oid];
  return element === undefined ? scalarCell(text, oid) : arrayCell(text, element);
}
