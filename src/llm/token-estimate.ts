/**
 * How many tokens a text takes, without a tokenizer: about four Latin characters or one Chinese character a token,
 * rounded up so that budgets err on the safe side.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x2e80) wide++;
  return Math.ceil(wide + (text.length - wide) / 3.6);
}
