/** The text is not in the small SQL, or names something unknown. */
export class ExpressionError extends Error {}

export type Token =
  | { readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'symbol'; readonly text: string }
  | { readonly kind: 'template'; readonly text: string };

const TOKEN =
  /\s*(?:(?<template>\{\{[^}]*\}\})|(?<number>\d+(?:\.\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_$]*)|"(?<quoted>(?:[^"]|"")*)"|'(?<string>(?:[^']|'')*)'|(?<symbol>--|<>|!=|<=|>=|::|[-+*/%()<>=,.]))/uy;

/** Cuts an expression into tokens. Throws {@link ExpressionError} where nothing fits. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw new ExpressionError(`cannot read "${text.slice(at).trim().slice(0, 20)}"`);
    at = TOKEN.lastIndex;
    for (const kind of ['template', 'number', 'name', 'quoted', 'string', 'symbol'] as const) {
      const found = match.groups?.[kind];
      if (found === undefined) continue;
      const quote = kind === 'quoted' ? '"' : "'";
      tokens.push({
        kind,
        text: kind === 'quoted' || kind === 'string' ? found.replaceAll(quote + quote, quote) : found,
      });
    }
  }
  return tokens;
}
