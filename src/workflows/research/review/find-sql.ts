/** The statement inside a task such as "please review this SQL: SELECT …", and the words around it. */
export interface FoundSql {
  readonly sql: string;
  readonly words: string;
}

const STATEMENT =
  /(?:^|[\s:：,，。;；(（"'“`])((?:--[^\n]*\n\s*)*(?:with\s+(?:recursive\s+)?["`\w\u4e00-\u9fff]+\s*(?:\([^)]*\))?\s*as\b|select\b|insert\s+into\b|update\s+\S+\s+set\b|delete\s+from\b|create\s+(?:table|view|or)\b|drop\s+\w+\b|alter\s+\w+\b|truncate\b|merge\s+into\b)[\s\S]*)$/i;

/** Null when the task holds no statement. */
export function findSql(task: string): FoundSql | null {
  const fenced = /```[^\n`]*\n([\s\S]*?)```/.exec(task);
  if (fenced?.[1]?.trim()) {
    return {
      sql: clean(fenced[1]),
      words: `${task.slice(0, fenced.index)} ${task.slice(fenced.index + fenced[0].length)}`.trim(),
    };
  }
  const match = STATEMENT.exec(task);
  if (!match?.[1]) return null;
  const start = match.index + match[0].length - match[1].length;
  return { sql: clean(match[1]), words: task.slice(0, start).trim() };
}

const clean = (sql: string): string =>
  sql
    .trim()
    .replace(/[;；\s]+$/, '')
    .replace(/["'”`]$/, (quote) => (unbalanced(sql, quote) ? '' : quote));

const unbalanced = (sql: string, quote: string): boolean => quote === '”' || sql.split(quote).length % 2 === 0;
