/** What a result column can be in a chart: a time axis, a measure, or a category. */
import { type Cell, type ResultColumn, uniqueColumnNames } from '../../execution/index.ts';

export type ColumnRole = 'time' | 'measure' | 'category' | 'identifier' | 'other';

export interface RoledColumn {
  readonly index: number;
  readonly name: string;
  readonly role: ColumnRole;
  readonly distinct: number;
}

export interface ChartData {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

const TIME_TYPES = new Set(['date', 'timestamp', 'time']);
const NUMBER_TYPES = new Set(['integer', 'decimal', 'float']);
const PERIOD_TEXT =
  /^\d{4}([-/年](0?[1-9]|1[0-2])([-/月](0?[1-9]|[12]\d|3[01])日?)?月?|[-\s]?Q[1-4]|[-\s]?W\d{1,2}|年)?$/i;
const TIME_NAME =
  /(^|[^a-z])(date|day|week|month|quarter|year|time|period)s?($|[^a-z])|日期|时间|月份|年份|季度|年月|年度|^[年月日周]$/i;
const YEAR_NAME = /(^|[^a-z])years?($|[^a-z])|年份|年度|^年$/i;
const IDENTIFIER_NAME = /(^|_)(id|code|no|number|zip|phone)$|Id$|编号|编码|代码/;

/** A number that arithmetic makes sense with; exact decimals come as text. */
export function numberOf(cell: Cell): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell === 'string' && /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(cell)) return Number(cell);
  return null;
}

/** The role of each column, from its type, its name and its values. Of columns with one name the later ones are numbered. */
export function columnRoles({ columns, rows }: ChartData): RoledColumn[] {
  const names = uniqueColumnNames(columns.map((column) => column.name));
  return columns.map((column, index) => {
    const values = rows.map((row) => row[index] ?? null);
    const present = values.filter((value) => value !== null);
    return {
      index,
      name: names[index] ?? column.name,
      role: roleOf(column, present),
      distinct: new Set(present.map(String)).size,
    };
  });
}

function roleOf(column: ResultColumn, present: readonly Cell[]): ColumnRole {
  if (TIME_TYPES.has(column.type)) return 'time';
  const numeric =
    NUMBER_TYPES.has(column.type) || (present.length > 0 && present.every((value) => typeof value === 'number'));
  if (numeric) {
    if (YEAR_NAME.test(column.name) && present.every((value) => isYear(value))) return 'time';
    if (TIME_NAME.test(column.name) && present.every((value) => isSmallPeriod(value))) return 'time';
    return IDENTIFIER_NAME.test(column.name) ? 'identifier' : 'measure';
  }
  if (column.type === 'text' || column.type === 'boolean' || column.type === 'uuid' || column.type === 'other') {
    const dated = present.length > 0 && present.every((value) => typeof value === 'string' && PERIOD_TEXT.test(value));
    return dated ? 'time' : 'category';
  }
  return 'other';
}

const isYear = (cell: Cell): boolean => {
  const value = numberOf(cell);
  return value !== null && Number.isInteger(value) && value >= 1000 && value <= 2999;
};

const isSmallPeriod = (cell: Cell): boolean => {
  const value = numberOf(cell);
  return value !== null && Number.isInteger(value) && value >= 0 && (value <= 366 || isYear(cell));
};
