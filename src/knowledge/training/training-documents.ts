/** Training data as documents of the vector tables, written as Vanna's PGVector store writes them. */
import { createHash } from 'node:crypto';
import type { Metadata, StateSession, VectorStore } from '../../storage/index.ts';
import type { Embedder } from '../embedding/embedder.ts';

/** The collections of training data, by kind. */
export const TRAINING_COLLECTIONS = {
  sql: 'sql',
  ddl: 'ddl',
  documentation: 'documentation',
  errorSql: 'error_sql',
} as const;

export type TrainingItem =
  | { readonly kind: 'sql'; readonly question: string; readonly sql: string }
  | { readonly kind: 'ddl' | 'documentation'; readonly text: string };

const SUFFIX = { sql: 'sql', ddl: 'ddl', documentation: 'doc' } as const;

/** What is stored: for a pair, JSON text with `question` and `sql`. */
export const documentText = (item: TrainingItem): string =>
  item.kind === 'sql' ? JSON.stringify({ question: item.question, sql: item.sql }) : item.text;

/** What is compared with a question: of a pair its question alone. */
const embeddedText = (item: TrainingItem): string => (item.kind === 'sql' ? item.question : item.text);

/** `<uuid>-sql`, `<uuid>-ddl`, `<uuid>-doc`; the uuid is made from the content, so that the same content has the same id. */
export function trainingId(item: TrainingItem): string {
  const hash = createHash('sha256')
    .update(`${item.kind}\u0000${documentText(item)}`)
    .digest('hex');
  const variant = ((Number.parseInt(hash[16]!, 16) & 0x3) | 0x8).toString(16);
  const uuid = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ];
  return `${uuid.join('-')}-${SUFFIX[item.kind]}`;
}

export interface StoredCounts {
  readonly added: number;
  readonly known: number;
}

const EMBED_BATCH = 256;

/** Vectors of the items, in order. @throws Error with the provider's message */
export async function embedItems(
  items: readonly TrainingItem[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<readonly (readonly number[])[]> {
  const vectors: (readonly number[])[] = [];
  for (let from = 0; from < items.length; from += EMBED_BATCH) {
    const texts = items.slice(from, from + EMBED_BATCH).map(embeddedText);
    const outcome = await embedder.embed(texts, { signal });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    vectors.push(...outcome.value);
  }
  return vectors;
}

/** Stores items with their vectors in one session; what is there with the same model's vector stays as it is. */
export async function storeItems(
  store: VectorStore,
  session: StateSession,
  items: readonly TrainingItem[],
  vectors: readonly (readonly number[])[],
  facts: { readonly model: string; readonly metadata: Metadata },
): Promise<StoredCounts> {
  let added = 0;
  for (const kind of ['sql', 'ddl', 'documentation'] as const) {
    const documents = items.flatMap((item, index) =>
      item.kind === kind
        ? [
            {
              id: trainingId(item),
              document: documentText(item),
              metadata: { ...facts.metadata, id: trainingId(item), embedding_model: facts.model },
              embedding: vectors[index]!,
            },
          ]
        : [],
    );
    if (documents.length === 0) continue;
    // Vectors of an earlier model are of no use to this one: such documents are written anew.
    await session.execute(
      `DELETE FROM langchain_pg_embedding WHERE id = ANY($1) AND cmetadata->>'embedding_model' IS DISTINCT FROM $2`,
      [documents.map(({ id }) => id), facts.model],
    );
    added += (await store.add(TRAINING_COLLECTIONS[kind], documents, session)).added;
  }
  return { added, known: items.length - added };
}
