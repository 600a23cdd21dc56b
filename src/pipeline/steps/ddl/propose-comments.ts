/** Comments for what has none, asked of a model; what it does not answer is made from names. */
import { z } from 'zod';
import { completeObject, type ModelClient } from '../../../llm/index.ts';
import type { Language } from '../../../planning/index.ts';
import type { Table } from '../../../sql/index.ts';
import type { ProposedComments } from './table-text.ts';

const answer = z.object({
  table: z.string().nullish(),
  columns: z.record(z.string(), z.string()).default({}),
});
const LONGEST_COMMENT = 200;

const isMissing = (comment: string | null): boolean => comment === null || comment.trim() === '';

/** True when the table or one of its columns has no comment. */
export const lacksComments = (table: Table): boolean =>
  isMissing(table.comment) || table.columns.some((column) => isMissing(column.comment));

/** The model's comments; null when it failed. */
export async function proposeComments(
  model: ModelClient,
  table: Table,
  options: { readonly businessContext: string; readonly language: Language; readonly signal: AbortSignal },
): Promise<ProposedComments | null> {
  const columns = table.columns.map((column) => {
    const values = column.values?.list.slice(0, 3).join(', ') ?? '';
    return `- ${column.name} ${column.nativeType}${column.comment ? ` : ${column.comment}` : ''}${values ? ` [${values}]` : ''}`;
  });
  const outcome = await completeObject(model, {
    system: 'You write short comments for database tables and columns. Answer with one JSON object.',
    prompt: [
      `Business: ${options.businessContext}`,
      `Table ${table.ref.name}${table.comment ? ` : ${table.comment}` : ''}`,
      ...columns,
      `Write the missing comments in ${options.language === 'zh' ? 'Chinese' : 'English'}, a few words each, as`,
      '{"table": "…", "columns": {"column name": "…"}}',
    ].join('\n'),
    schema: answer,
    signal: options.signal,
  });
  if (!outcome.ok) return null;
  const { value } = outcome.value;
  const names = new Set(table.columns.map((column) => column.name));
  const said: [string, string][] = [
    ['', value.table ?? ''],
    ...Object.entries(value.columns).filter(([name]) => names.has(name)),
  ];
  return new Map(
    said.filter(([, text]) => text.trim() !== '').map(([name, text]) => [name, text.trim().slice(0, LONGEST_COMMENT)]),
  );
}
