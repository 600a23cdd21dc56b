/**
 * The document that this API replaces is stored with all its line breaks as blanks. These functions put them back, so
 * that its examples run; nothing else is changed.
 */

/** Commands of a shell block: continuation lines, comments and compound commands on lines of their own. */
export const shellLines = (block: string): string =>
  block
    .replace(/^#!\/bin\/bash /, '#!/bin/bash\n')
    .replace(/ \\ (?=-|jq)/g, ' \\\n  ')
    .replace(/(^| )# \S+ (?=curl |export |tail |grep )/g, '\n')
    .replace(/(?<!\$\()\b(?=curl )/g, (_, offset: number, text: string) => (text[offset - 1] === '(' ? '' : '\n'))
    .replace(/ (?=export |while true|STATUS=|echo |if \[\[|break |fi |sleep |done$)/g, '\n')
    .trim();

/** A line comment ends where the code goes on: at the first blank after its Chinese words. */
export const javascriptLines = (block: string): string =>
  block.replace(/\/\/ (?:\d+\. )?\S+ /g, (comment) => `${comment.trimEnd()}\n`);

const BLOCK_OF_ONE = /^(if|for|with|elif|else|except)\b/;
const KEYWORDS_INSIDE = new Set(['in', 'and', 'or', 'not', 'is', 'as', 'if', 'else', 'for']);

/** Statements of a Python block with their indentation: bodies of `if`, `for`, `with` and `except` are one statement. */
export function pythonLines(block: string): string {
  const statements = pythonStatements(block);
  const lines: string[] = [];
  const levels: { level: number; kind: string }[] = [];
  let inClass = false;
  for (const statement of statements) {
    const kind = /^\w+/.exec(statement)?.[0] ?? '';
    if (kind === 'import' || kind === 'from' || kind === 'class') levels.length = 0;
    if (kind === 'class') inClass = true;
    if (kind === 'def') levels.length = inClass && /\(self\b/.test(statement) ? 1 : 0;
    if (/^if __name__/.test(statement)) levels.length = 0;
    if (kind === 'elif' || kind === 'else') while (levels.at(-1)?.kind !== 'done-if') levels.pop();
    if (kind === 'except') while (levels.at(-1)?.kind !== 'try') levels.pop();
    if (kind === 'elif' || kind === 'else' || kind === 'except') levels.pop();
    else while (levels.at(-1)?.kind.startsWith('done-')) levels.pop();
    lines.push('    '.repeat(levels.length) + statement);
    const last = levels.at(-1);
    if (statement.endsWith(':')) levels.push({ level: levels.length, kind });
    else if (last && BLOCK_OF_ONE.test(last.kind)) last.kind = `done-${last.kind === 'elif' ? 'if' : last.kind}`;
  }
  return `${lines.join('\n')}\n`;
}

/** Statements of a Python block, without its comments. */
export const pythonStatements = (block: string): string[] =>
  splitPython(block.replace(/# (?:\d+\. |\.\.\. )?\S+(?: |$)/g, ''));

/** Statements of a Python block with the indentation of each, a digit per statement, where it cannot be inferred. */
export function indentedPython(block: string, indentation: string): string {
  const statements = pythonStatements(block);
  if (statements.length !== indentation.length) {
    throw new Error(`${statements.length} statements, ${indentation.length} indentations: ${statements[0]}`);
  }
  return `${statements.map((statement, index) => '    '.repeat(Number(indentation[index])) + statement).join('\n')}\n`;
}

/** A statement ends where, outside of brackets, a word follows what ends an expression, or a block opens. */
function splitPython(text: string): string[] {
  const tokens = text.match(/"""[\s\S]*?"""|[frb]?'(?:\\.|[^'\\])*'|[frb]?"(?:\\.|[^"\\])*"|[\w.]+|\s+|[^\s\w]/g) ?? [];
  const statements: string[] = [];
  let current = '';
  let depth = 0;
  let previous = '';
  for (const token of tokens) {
    if (/^\s+$/.test(token)) {
      current += ' ';
      continue;
    }
    const isWord = /^[\w@]/.test(token) || /^("""|[frb]?['"])/.test(token);
    const endsExpression = /[\w)\]}'"]$/.test(previous) && !STARTERS.has(previous) && !KEYWORDS_INSIDE.has(previous);
    const begins =
      token === 'import' ? !current.startsWith('from ') : STATEMENT_WORDS.has(token) || !KEYWORDS_INSIDE.has(token);
    const opened = previous === ':' && depth === 0;
    const inline =
      KEYWORDS_INSIDE.has(token) && !(token === 'if' && endsExpression) && !(token === 'for' && endsExpression);
    const breaks = depth === 0 && current.trim() !== '' && (opened || (isWord && endsExpression && begins && !inline));
    if (breaks && current.endsWith(' ')) {
      statements.push(current.trim());
      current = '';
    }
    current += token;
    if (/^[([{]$/.test(token)) depth += 1;
    if (/^[)\]}]$/.test(token)) depth -= 1;
    previous = token;
  }
  // `else` may belong to an expression before it; with a colon it does not.
  return [...statements, current.trim()].flatMap((one) => one.split(/ (?=else:$)/)).filter(Boolean);
}

/** Words that begin a statement and are followed by another word. */
const STARTERS = new Set([
  'import',
  'from',
  'async',
  'await',
  'class',
  'def',
  'return',
  'raise',
  'while',
  'with',
  'if',
  'elif',
  'for',
  'except',
  'in',
  'not',
]);
const STATEMENT_WORDS = new Set(['if', 'for', 'else', 'import']);
