/**
 * The session's own look at a statement's first word, for engines whose read-only sessions still let other
 * statements change their own state (PRAGMA, SET, KILL…). It is not the guard: it parses nothing.
 */
const BLANK = /^(?:\s+|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*(?![!M])[\s\S]*?\*\/|\()/;
const BLANK_WITHOUT_HASH = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*(?![!M])[\s\S]*?\*\/|\()/;

/** C libraries end a text at NUL, so that what follows would be seen by nobody. */
export const hasNul = (sql: string): boolean => sql.includes('\u0000');

/** True when the statement begins as a query. Comments that MySQL executes do not count as comments. */
export function beginsAsQuery(
  sql: string,
  options: { readonly hashComments: boolean } = { hashComments: false },
): boolean {
  if (hasNul(sql)) {
    return false;
  }
  const blank = options.hashComments ? BLANK : BLANK_WITHOUT_HASH;
  let rest = sql;
  for (let match = blank.exec(rest); match !== null; match = blank.exec(rest)) {
    rest = rest.slice(match[0].length);
  }
  return /^(select|with|values|table)\b/i.test(rest);
}

/** True when nothing but blanks, comments and semicolons is left. */
export function isBlank(sql: string): boolean {
  return (
    sql
      .replace(/--[^\n]*(\n|$)/g, ' ')
      .replace(/\/\*[\s\S]*?\*\//g, ' ')
      .replace(/[\s;]/g, '') === ''
  );
}
