/**
 * A copy of the enabled terms and confirmed examples beside the embedded state. Commands that answer one question read
 * it: opening the state would take longer than answering, and a server may own it.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../kernel/index.ts';
import type { State } from '../../storage/index.ts';
import { createReferenceSqlStore } from '../reference-sql/reference-sql-store.ts';
import { createTermStore } from '../terms/term-store.ts';

const snapshotSchema = z.object({
  terms: z.array(
    z.object({
      word: z.string(),
      synonyms: z.array(z.string()),
      description: z.string(),
      datasources: z.array(z.string()),
      enabled: z.boolean(),
    }),
  ),
  examples: z.array(
    z.object({ namespace: z.string(), database: z.string().nullable(), question: z.string(), sql: z.string() }),
  ),
});

export type KnowledgeSnapshot = z.infer<typeof snapshotSchema>;

const EMPTY: KnowledgeSnapshot = { terms: [], examples: [] };

const snapshotPath = (home: string): string => join(home, 'state', 'terms-and-examples.json');

/** The copy; empty when there is none. @throws Error when the file is damaged */
export async function readSnapshot(home: string): Promise<KnowledgeSnapshot> {
  let text: string;
  try {
    text = await readFile(snapshotPath(home), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY;
    throw error;
  }
  return snapshotSchema.parse(JSON.parse(text));
}

/** Writes the copy anew, whole or not at all. */
export async function writeSnapshot(home: string, state: State): Promise<void> {
  const terms = await createTermStore(state).list();
  const examples = await createReferenceSqlStore(state).all({ status: 'confirmed' });
  const snapshot: KnowledgeSnapshot = {
    terms: terms
      .filter((term) => term.enabled)
      .map(({ word, synonyms, description, datasources, enabled }) => ({
        word,
        synonyms: [...synonyms],
        description,
        datasources: [...datasources],
        enabled,
      })),
    examples: examples.map(({ namespace, database, question, sql }) => ({ namespace, database, question, sql })),
  };
  const path = snapshotPath(home);
  await mkdir(join(home, 'state'), { recursive: true });
  await writeFileAtomically(path, JSON.stringify(snapshot));
}
