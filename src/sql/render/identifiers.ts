import { EngineError } from '../../kernel/index.ts';
import type { Dialect } from '../dialects/dialect.ts';

const spellings = new WeakMap<Dialect, Map<string, string>>();
const MAX_REMEMBERED = 20_000;

/** A name as the dialect writes it: bare when that means the same, quoted otherwise. */
export function identifier(name: string, dialect: Dialect): string {
  let known = spellings.get(dialect);
  if (!known) {
    known = new Map();
    spellings.set(dialect, known);
  }
  let text = known.get(name);
  if (text === undefined) {
    text = isBare(name, dialect) ? name : quoted(name, dialect);
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(name, text);
  }
  return text;
}

function isBare(name: string, dialect: Dialect): boolean {
  return dialect.bareIdentifier.test(name) && !dialect.reservedWords.has(name.toLowerCase());
}

function quoted(name: string, dialect: Dialect): string {
  if (name === '' || name.includes('\0')) {
    throw new EngineError(
      'request-invalid',
      `${dialect.label} cannot have a name that is empty or holds a NUL character`,
      { data: { name } },
    );
  }
  const quote = dialect.identifierQuote;
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}

/** An output column name: any text, made acceptable to the dialect (NUL removed, shortened to its limit). */
export function outputAlias(name: string, dialect: Dialect): string {
  let text = name.replaceAll('\0', '').trim();
  if (text === '') text = 'column';
  while (Buffer.byteLength(text) > dialect.maxAliasBytes) text = [...text].slice(0, -1).join('');
  return identifier(text, dialect);
}
