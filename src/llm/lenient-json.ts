/**
 * JSON as models write it: inside prose, fences or thinking blocks, with trailing commas, single quotes, raw line
 * breaks in strings, Python's constants, comments, or cut off in the middle. Reads what is there; never throws.
 */

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

const MAX_DEPTH = 64;
const WORDS: Readonly<Record<string, JsonValue>> = {
  true: true,
  false: false,
  null: null,
  True: true,
  False: false,
  None: null,
  undefined: null,
  NaN: null,
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

class Reader {
  readonly text: string;
  at: number;
  /** Whether the text ended inside a value. */
  cut = false;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  value(depth: number): JsonValue | undefined {
    this.skip();
    const char = this.text[this.at];
    if (char === undefined) {
      this.cut = true;
      return undefined;
    }
    if (depth > MAX_DEPTH) return undefined;
    if (char === '{') return this.object(depth);
    if (char === '[') return this.array(depth);
    if (char === '"' || char === "'" || char === '`') return this.string(char);
    return this.word();
  }

  private object(depth: number): JsonValue {
    const result: Record<string, JsonValue> = {};
    this.at += 1;
    for (;;) {
      this.skip();
      const char = this.text[this.at];
      if (char === undefined) {
        this.cut = true;
        return result;
      }
      if (char === '}') {
        this.at += 1;
        return result;
      }
      if (char === ',') {
        this.at += 1;
        continue;
      }
      const quoted = char === '"' || char === "'";
      const key = quoted ? this.string(char) : this.bareKey();
      if (key === '' && !quoted) return result;
      this.skip();
      if (this.text[this.at] !== ':') {
        this.cut = this.cut || this.at >= this.text.length;
        return result;
      }
      this.at += 1;
      const value = this.value(depth + 1);
      if (value === undefined) return result;
      // A key such as __proto__ must stay an ordinary key.
      Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
      if (this.cut) return result;
    }
  }

  private array(depth: number): JsonValue {
    const result: JsonValue[] = [];
    this.at += 1;
    for (;;) {
      this.skip();
      const char = this.text[this.at];
      if (char === undefined) {
        this.cut = true;
        return result;
      }
      if (char === ']') {
        this.at += 1;
        return result;
      }
      if (char === ',') {
        this.at += 1;
        continue;
      }
      const value = this.value(depth + 1);
      if (value === undefined) return result;
      result.push(value);
      if (this.cut) return result;
    }
  }

  private string(quote: string): string {
    const triple = quote.repeat(3);
    const isTriple = this.text.startsWith(triple, this.at);
    const end = isTriple ? triple : quote;
    this.at += end.length;
    let result = '';
    while (this.at < this.text.length) {
      const char = this.text[this.at]!;
      if (char === '\\') {
        result += this.escape();
      } else if (this.text.startsWith(end, this.at) && (isTriple || this.closes(this.at + 1))) {
        this.at += end.length;
        return result;
      } else {
        result += char;
        this.at += 1;
      }
    }
    this.cut = true;
    return result;
  }

  private escape(): string {
    const next = this.text[this.at + 1];
    if (next === 'u') {
      const hex = this.text.slice(this.at + 2, this.at + 6);
      if (/^[0-9a-fA-F]{4}$/.test(hex)) {
        this.at += 6;
        return String.fromCharCode(Number.parseInt(hex, 16));
      }
    }
    this.at += 2;
    if (next === undefined) return '';
    if (next === '\n') return '\n';
    return ESCAPES[next] ?? next;
  }

  /** A quote ends a string only where JSON could go on; a stray one inside a text is part of it. */
  private closes(after: number): boolean {
    const rest = /^\s*(\S|$)/.exec(this.text.slice(after, after + 200));
    const next = rest?.[1] ?? '';
    return next === '' || ',}]:/#`'.includes(next) || after >= this.text.length;
  }

  private bareKey(): string {
    const match = /^[\p{L}_$][\p{L}\p{N}_$-]*/u.exec(this.text.slice(this.at, this.at + 200));
    this.at += match?.[0].length ?? 0;
    return match?.[0] ?? '';
  }

  private word(): JsonValue | undefined {
    const match = /^[^\s,\]}:]+/.exec(this.text.slice(this.at, this.at + 400));
    if (match === null) return undefined;
    const word = match[0];
    const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    if (known !== undefined) {
      this.at += word.length;
      return known;
    }
    if (/^[+-]?(\d|\.\d)/.test(word)) {
      const number = Number(word.replaceAll('_', ''));
      if (Number.isFinite(number)) {
        this.at += word.length;
        return number;
      }
    }
    return undefined;
  }

  private skip(): void {
    for (;;) {
      const rest = /^(\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*)/.exec(this.text.slice(this.at, this.at + 2_000));
      if (rest === null) return;
      this.at += rest[0].length;
    }
  }
}

export interface LenientJson {
  readonly value: JsonValue;
  /** True when the text ended inside the value. */
  readonly truncated: boolean;
}

/** The text without thinking blocks; an unclosed one hides everything behind it. */
export function withoutThinking(text: string): string {
  return text
    .replace(/<(think|thinking|reasoning)>[\s\S]*?<\/\1>/gi, '')
    .replace(/^[\s\S]*?<\/(think|thinking|reasoning)>/i, '')
    .replace(/<(think|thinking|reasoning)>[\s\S]*$/i, '');
}

/**
 * Finds the JSON object in a model's answer. Of several, the last complete one that satisfies `accepts` wins,
 * since models draft before they answer.
 */
export function findJsonObject(
  text: string,
  accepts: (value: Record<string, JsonValue>) => boolean = () => true,
): { value: Record<string, JsonValue>; truncated: boolean } | null {
  const clean = withoutThinking(text).slice(0, 400_000);
  let best: { value: Record<string, JsonValue>; truncated: boolean } | null = null;
  let from = 0;
  for (let tries = 0; tries < 200; tries++) {
    const start = clean.indexOf('{', from);
    if (start < 0) break;
    const reader = new Reader(clean, start);
    const value = reader.value(0);
    if (value !== undefined && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const usable = Object.keys(value).length > 0 && accepts(value);
      if (usable && (best === null || best.truncated || !reader.cut)) best = { value, truncated: reader.cut };
      from = usable ? Math.max(reader.at, start + 1) : start + 1;
    } else {
      from = start + 1;
    }
  }
  return best;
}

/** Reads one JSON value that starts the text; null when there is none. */
export function readLenientJson(text: string): LenientJson | null {
  const reader = new Reader(text, 0);
  const value = reader.value(0);
  return value === undefined ? null : { value, truncated: reader.cut };
}
