import { EngineError } from '../../kernel/index.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { LiteralExpr } from '../plan/plan.ts';

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** A constant in the dialect's spelling. Throws `request-invalid` when the value is not of its stated type. */
export function literal(expr: LiteralExpr, dialect: Dialect): string {
  const { value, type } = expr;
  if (value === null || type === 'null') return 'NULL';
  switch (type) {
    case 'text':
      return textLiteral(String(value), dialect);
    case 'integer':
      return checked(Number.isInteger(value) ? BigInt(value).toString() : String(value), INTEGER, type);
    case 'decimal': {
      const text = checked(String(value), DECIMAL, type);
      // A whole number would divide, and be typed, as an integer.
      return INTEGER.test(text) ? `${text}.0` : text;
    }
    case 'boolean': {
      const truth = value === true || value === 1 || value === 'true' || value === '1';
      if (!dialect.booleanLiterals) return truth ? '1' : '0';
      return truth ? 'TRUE' : 'FALSE';
    }
    case 'date':
      return temporal('DATE', checked(String(value), DATE, type), dialect);
    case 'timestamp':
      return temporal('TIMESTAMP', checked(String(value), TIMESTAMP, type).replace('T', ' '), dialect);
  }
}

function temporal(keyword: string, text: string, dialect: Dialect): string {
  return dialect.typedDateLiterals ? `${keyword} '${text}'` : `'${text}'`;
}

function checked(text: string, shape: RegExp, type: string): string {
  if (!shape.test(text)) {
    throw new EngineError('request-invalid', `the constant ${JSON.stringify(text)} is not a ${type}`, {
      data: { text, type },
    });
  }
  return text;
}

/** A string constant that reads back as exactly `text`. */
export function textLiteral(text: string, dialect: Dialect): string {
  const { nul } = dialect;
  if (text.includes('\0') && nul?.kind !== 'escape') {
    if (nul === null) {
      throw new EngineError('request-invalid', `${dialect.label} text cannot hold a NUL character`);
    }
    const parts = text.split('\0').map((part) => plainText(part, dialect));
    return `(${parts.join(` || ${nul.sql} || `)})`;
  }
  return plainText(text, dialect);
}

function plainText(text: string, dialect: Dialect): string {
  const doubled = text.replaceAll("'", "''");
  if (dialect.backslash === 'plain') return `'${doubled}'`;
  const escaped = doubled.replaceAll('\\', '\\\\');
  if (dialect.backslash === 'e-string') return text.includes('\\') ? `E'${escaped}'` : `'${doubled}'`;
  return `'${dialect.nul?.kind === 'escape' ? escaped.replaceAll('\0', dialect.nul.sql) : escaped}'`;
}
