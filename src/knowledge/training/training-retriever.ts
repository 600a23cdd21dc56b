/** What was loaded as training data, for a question: by vectors, then by the words they share. */
import { type DatabaseSchema, guardReadOnly } from '../../sql/index.ts';
import { createVectorStore, type FoundDocument, type State } from '../../storage/index.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { lexicalVector } from '../embedding/lexical-vector.ts';
import { TRAINING_COLLECTIONS } from './training-documents.ts';

export interface RetrievedPair {
  readonly question: string;
  readonly sql: string;
  /** From 0 to 1. */
  readonly similarity: number;
}

export interface TrainingRetriever {
  /** Pairs for a question that the given database can answer, the nearest first. */
  pairs(question: string, schema: DatabaseSchema, options?: RetrieveOptions): Promise<readonly RetrievedPair[]>;
  /** Documents about the database for a question, the nearest first. */
  documents(question: string, schema: DatabaseSchema, options?: RetrieveOptions): Promise<readonly string[]>;
}

export interface RetrieveOptions {
  readonly limit?: number;
  /** Leaves out pairs that were stored for another namespace. */
  readonly namespace?: string;
  readonly signal?: AbortSignal;
}

/** Found by vectors before the words decide, and before pairs of other databases are sorted out. */
const CANDIDATES = 40;
const LEAST_SIMILARITY = 0.2;
/** A document says much besides what is asked. */
const LEAST_DOCUMENT_SIMILARITY = 0.03;
/** How much the shared words count beside a model's vector. */
const LEXICAL_SHARE = 0.4;

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

function pairOf(document: string): { question: string; sql: string } | null {
  try {
    const value = JSON.parse(document) as { question?: unknown; sql?: unknown };
    return typeof value.question === 'string' && typeof value.sql === 'string'
      ? { question: value.question, sql: value.sql }
      : null;
  } catch {
    return null;
  }
}

/** Makes a retriever over the state's vector tables. */
export function createTrainingRetriever(state: State, embedder: Embedder): TrainingRetriever {
  const store = createVectorStore(state);

  async function nearest(collection: string, question: string, signal?: AbortSignal): Promise<FoundDocument[]> {
    // A provider is not asked for the vector of a question that has nothing to be compared with.
    if ((await store.list(collection, { limit: 1 })).length === 0) return [];
    const outcome = await embedder.embed([question], { signal });
    const [vector] = outcome.ok ? outcome.value : [];
    if (vector === undefined || vector.every((value) => value === 0)) return [];
    const found = await store.search(collection, vector, { limit: CANDIDATES });
    // Vectors of different models are never compared; other programs do not say whose theirs are.
    return found.filter(({ metadata }) => (metadata.embedding_model ?? embedder.model) === embedder.model);
  }

  return {
    async pairs(question, schema, { limit = 8, namespace, signal } = {}) {
      const asked = lexicalVector(question);
      const ranked = (await nearest(TRAINING_COLLECTIONS.sql, question, signal))
        .flatMap((found) => {
          const pair = pairOf(found.document);
          const home = found.metadata.namespace;
          if (pair === null || (namespace !== undefined && typeof home === 'string' && home !== namespace)) return [];
          const words = dot(asked, lexicalVector(pair.question));
          return [{ ...pair, similarity: found.similarity * (1 - LEXICAL_SHARE) + words * LEXICAL_SHARE }];
        })
        .filter(({ similarity }) => similarity >= LEAST_SIMILARITY)
        .sort((a, b) => b.similarity - a.similarity);
      const usable: RetrievedPair[] = [];
      for (const pair of ranked) {
        if (usable.length >= limit) break;
        // A pair belongs to a database when its names are all there; the guard is the judge of that.
        const guarded = await guardReadOnly(pair.sql, { schema, maxRows: 1 });
        if (guarded.ok) usable.push(pair);
      }
      return usable;
    },

    async documents(question, schema, { limit = 3, signal } = {}) {
      const tables = new Set(schema.tables.map(({ ref }) => ref.name));
      const found = await nearest(TRAINING_COLLECTIONS.documentation, question, signal);
      return found
        .filter(({ similarity, metadata }) => {
          const { table } = metadata as { table?: unknown };
          return similarity >= LEAST_DOCUMENT_SIMILARITY && typeof table === 'string' && tables.has(table);
        })
        .slice(0, limit)
        .map(({ document }) => document);
    },
  };
}
