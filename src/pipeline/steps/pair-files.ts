/** Files of question–SQL pairs: ours, and what Vanna and its relatives export. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, type Outcome, ok } from '../../kernel/index.ts';

export interface Pair {
  readonly question: string;
  readonly sql: string;
}

const text = z.string().trim().min(1);
const asObject = z.object({ question: text, sql: text });
/** Vanna's own export of training data: rows, or columns of a data frame. */
const asTrainingRow = z.object({ training_data_type: z.string(), question: z.string().nullish(), content: z.string() });
const asColumns = z.object({
  question: z.record(z.string(), z.string().nullable()),
  content: z.record(z.string(), z.string().nullable()),
});

function pairOf(item: unknown): Pair | null {
  const plain = asObject.safeParse(item);
  if (plain.success) return plain.data;
  const row = asTrainingRow.safeParse(item);
  if (row.success && row.data.training_data_type === 'sql' && row.data.question?.trim()) {
    return { question: row.data.question.trim(), sql: row.data.content.trim() };
  }
  // A document of the vector table holds the pair as JSON text.
  if (typeof item !== 'object' || item === null) return null;
  const { document, page_content: content } = item as { document?: unknown; page_content?: unknown };
  for (const nested of [document, content]) {
    if (typeof nested !== 'string') continue;
    try {
      const inner = asObject.safeParse(JSON.parse(nested));
      if (inner.success) return inner.data;
    } catch {
      // Not a pair: another kind of document.
    }
  }
  return null;
}

/** Reads pairs from JSON: an array of objects, of Vanna's rows, or a data frame by columns. */
export function readPairs(json: string): Outcome<readonly Pair[], string> {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    return fail(`it is no JSON: ${(error as Error).message}`);
  }
  const columns = asColumns.safeParse(value);
  if (columns.success) {
    const { question, content } = columns.data;
    return ok(Object.keys(question).flatMap((key) => pairOf({ question: question[key], sql: content[key] }) ?? []));
  }
  if (!Array.isArray(value)) return fail('it holds no list of pairs');
  return ok(value.flatMap((item) => pairOf(item) ?? []));
}

/** The newest `qs_*_pair.json` of a task's directory, else any other pair file; null when there is none. */
export async function findPairFile(directory: string): Promise<string | null> {
  const names = (await readdir(directory)).filter((name) => /_pairs?\.json$/.test(name) && !name.startsWith('.'));
  const own = names.filter((name) => name.startsWith('qs_'));
  const stamp = (name: string): string => /_(\d{8}_\d{6})_pairs?\.json$/.exec(name)?.[1] ?? '';
  const dated = await Promise.all(
    (own.length > 0 ? own : names).map(async (name) => ({
      name,
      stamp: stamp(name),
      at: (await stat(join(directory, name))).mtimeMs,
    })),
  );
  dated.sort((a, b) => b.stamp.localeCompare(a.stamp) || b.at - a.at);
  return dated[0]?.name ?? null;
}

export const readPairFile = async (path: string): Promise<Outcome<readonly Pair[], string>> =>
  readPairs(await readFile(path, 'utf8'));
