/** Calls in the text of a statement that a parser may refuse: found outside of texts and quoted names. */

/** The statement with the inside of texts and comments blanked; offsets stay. */
export function masked(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith("'") ? `'${' '.repeat(found.length - 2)}'` : ' '.repeat(found.length),
  );
}

export interface Call {
  readonly start: number;
  readonly end: number;
  readonly args: readonly string[];
}

/** The first call of a function, with its arguments as written; null when it is not called. */
export function findCall(sql: string, name: RegExp): Call | null {
  const text = masked(sql);
  for (const match of text.matchAll(/[A-Za-z_][\w$]*(?=\s*\()/g)) {
    if (!name.test(match[0]) || /[\w$."]/.test(text[match.index - 1] ?? ' ')) continue;
    const open = text.indexOf('(', match.index);
    let depth = 0;
    let from = open + 1;
    const args: string[] = [];
    for (let at = open; at < text.length; at++) {
      const character = text[at];
      if (character === '(') depth += 1;
      else if (character === ')') depth -= 1;
      if ((character === ',' && depth === 1) || (character === ')' && depth === 0)) {
        args.push(sql.slice(from, at).trim());
        from = at + 1;
      }
      if (depth === 0) {
        return { start: match.index, end: at + 1, args: args.length === 1 && args[0] === '' ? [] : args };
      }
    }
  }
  return null;
}

/** Replaces every call of a function; a result of null leaves the statement as it is. */
export function replaceCalls(sql: string, name: RegExp, write: (args: readonly string[]) => string | null): string {
  let text = sql;
  for (let round = 0; round < 20; round++) {
    const call = findCall(text, name);
    const written = call && write(call.args);
    if (call === null || written === null || text.slice(call.start, call.end) === written) return text;
    text = text.slice(0, call.start) + written + text.slice(call.end);
  }
  return text;
}
