/** Values as SQL literals that no engine setting can read as anything but that value. */
import type { DialectName } from '../dialects/dialect-name.ts';
import type { ColumnType, Scalar } from '../schema/database-schema.ts';

const NUMERIC = /^[+-]?\d+(?:\.\d+)?$/;
const NUMERIC_TYPES: ReadonlySet<ColumnType> = new Set<ColumnType>(['integer', 'decimal', 'float']);

/** A name in the dialect's quotes. SQLite reads an unknown name in double quotes as text, in backticks never. */
export function quotedName(dialect: DialectName, name: string): string {
  const quote = dialect === 'mysql' || dialect === 'sqlite' ? '`' : '"';
  if (name.includes('\0')) throw new Error('a name of the catalog holds a NUL character');
  return quote + name.replaceAll(quote, quote + quote) + quote;
}

/** The literal of `value` for a comparison with a column of type `type`. */
export function ruleLiteral(dialect: DialectName, value: Scalar, type: ColumnType): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') {
    if (type === 'text') return textLiteral(dialect, String(value));
    if (NUMERIC_TYPES.has(type)) return value ? '1' : '0';
    return value ? 'TRUE' : 'FALSE';
  }
  if (typeof value === 'number') {
    // An infinite or undefined number equals nothing; NULL compares to nothing, too.
    if (!Number.isFinite(value)) return 'NULL';
    return type === 'text' ? textLiteral(dialect, String(value)) : plainNumber(value);
  }
  if (NUMERIC_TYPES.has(type)) return NUMERIC.test(value) ? value : 'NULL';
  return textLiteral(dialect, value);
}

/** A text literal. Postgres cannot hold NUL in a text, so nothing equals such a value. */
export function textLiteral(dialect: DialectName, text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) return 'NULL';
  if (dialect === 'mysql' && text.includes('\\')) {
    // Whether a backslash escapes depends on the session; hexadecimal does not.
    return `CONVERT(x'${Buffer.from(text, 'utf8').toString('hex')}' USING utf8mb4)`;
  }
  return `'${text.replaceAll("'", "''")}'`;
}

function plainNumber(value: number): string {
  const text = String(value);
  return value < 0 ? `(${text})` : text;
}
