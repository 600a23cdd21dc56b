/** Documents with vectors, in LangChain's PGVector tables: with pgvector's type, or as arrays with exact search. */
import { createHash } from 'node:crypto';
import type { Row, State, StateSession } from '../state.ts';

export type Metadata = { readonly [key: string]: unknown };

export interface VectorDocument {
  /** By default {@link contentId}: the same content has the same id, so that a second load adds nothing. */
  readonly id?: string;
  readonly document: string;
  readonly metadata: Metadata;
  readonly embedding: readonly number[];
}

export interface FoundDocument {
  readonly id: string;
  readonly document: string;
  readonly metadata: Metadata;
  /** Cosine similarity, from -1 to 1. */
  readonly similarity: number;
}

export interface SearchOptions {
  readonly limit: number;
  /** Only documents whose metadata contain this. */
  readonly filter?: Metadata;
  readonly minSimilarity?: number;
}

export interface VectorStore {
  /** Adds what is not there yet, all or nothing; how many were new. Pass a transaction's session to be part of it. */
  add(collection: string, documents: readonly VectorDocument[], session?: StateSession): Promise<{ added: number }>;
  /** The nearest first; documents whose vectors have another length are left out. */
  search(collection: string, embedding: readonly number[], options: SearchOptions): Promise<FoundDocument[]>;
  /** The ones with these ids, without their vectors. */
  get(collection: string, ids: readonly string[]): Promise<Omit<FoundDocument, 'similarity'>[]>;
  /** In the order of their ids, a page at a time. */
  list(
    collection: string,
    options: { readonly after?: string; readonly limit: number; readonly filter?: Metadata },
  ): Promise<Omit<FoundDocument, 'similarity'>[]>;
  count(collection: string, filter?: Metadata): Promise<number>;
  /** By ids, by metadata, or all of the collection's documents; how many. */
  remove(collection: string, what: { readonly ids?: readonly string[]; readonly filter?: Metadata }): Promise<number>;
  collections(): Promise<{ name: string; metadata: Metadata | null; documents: number }[]>;
  /** With all its documents; false when there is none of that name. */
  dropCollection(collection: string): Promise<boolean>;
}

/** Documents per statement; keeps a load of many thousands flat in memory. */
const BATCH = 200;

/** The id of a document in a collection: its content, metadata included, hashed. */
export function contentId(collection: string, document: string, metadata: Metadata): string {
  return createHash('sha256')
    .update(JSON.stringify([collection, document, sorted(metadata)]))
    .digest('hex')
    .slice(0, 32);
}

export function createVectorStore(state: State): VectorStore {
  const vectorType = state.hasVectorType ? 'vector' : 'double precision[]';
  const encode = (embedding: readonly number[]): unknown =>
    state.hasVectorType ? `[${embedding.join(',')}]` : [...embedding];
  const collectionId = '(SELECT uuid FROM langchain_pg_collection WHERE name = $1)';

  async function addTo(
    session: StateSession,
    collection: string,
    documents: readonly VectorDocument[],
  ): Promise<number> {
    const [row] = await session.execute<{ uuid: string }>(
      `INSERT INTO langchain_pg_collection (uuid, name) VALUES (gen_random_uuid(), $1)
       ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING uuid::text`,
      [collection],
    );
    let added = 0;
    for (let start = 0; start < documents.length; start += BATCH) {
      const batch = documents.slice(start, start + BATCH).map(({ id, embedding, ...content }) => {
        const document = withoutNul(content.document);
        const metadata = metadataWithoutNul(content.metadata);
        return {
          id: id ?? contentId(collection, document, metadata),
          document,
          metadata,
          embedding: encode(finite(embedding)),
        };
      });
      const values = batch.map((_, index) => {
        const first = index * 4 + 2;
        return `($1, $${first}, $${first + 1}, $${first + 2}::jsonb, $${first + 3}::${vectorType})`;
      });
      const rows = await session.execute(
        `INSERT INTO langchain_pg_embedding (collection_id, id, document, cmetadata, embedding)
         VALUES ${values.join(', ')} ON CONFLICT (id) DO NOTHING RETURNING id`,
        [
          row!.uuid,
          ...batch.flatMap((item) => [item.id, item.document, JSON.stringify(item.metadata), item.embedding]),
        ],
      );
      added += rows.length;
    }
    return added;
  }

  return {
    async add(collection, documents, session) {
      if (documents.length === 0) return { added: 0 };
      const add = (into: StateSession): Promise<number> => addTo(into, collection, documents);
      return { added: session ? await add(session) : await state.transaction(add) };
    },

    async search(collection, embedding, { limit, filter = {}, minSimilarity = -1 }) {
      const { similarity, sameLength } = state.hasVectorType ? pgvectorSearch : arraySearch;
      const rows = await state.execute(
        `SELECT id, document, cmetadata, similarity FROM (
           SELECT id, document, cmetadata, ${similarity} AS similarity FROM langchain_pg_embedding
           WHERE collection_id = ${collectionId} AND ${sameLength} AND COALESCE(cmetadata, '{}') @> $4::jsonb) found
         WHERE similarity >= $5 ORDER BY similarity DESC, id LIMIT $3`,
        [collection, encode(finite(embedding)), limit, JSON.stringify(filter), minSimilarity, Math.hypot(...embedding)],
      );
      return rows.map((row) => ({ ...documentOf(row), similarity: Number(row.similarity) }));
    },

    async get(collection, ids) {
      const rows = await state.execute(
        `SELECT id, document, cmetadata FROM langchain_pg_embedding
         WHERE collection_id = ${collectionId} AND id = ANY($2) ORDER BY id`,
        [collection, ids],
      );
      return rows.map(documentOf);
    },

    async list(collection, { after = '', limit, filter = {} }) {
      const rows = await state.execute(
        `SELECT id, document, cmetadata FROM langchain_pg_embedding
         WHERE collection_id = ${collectionId} AND id > $2 AND COALESCE(cmetadata, '{}') @> $4::jsonb ORDER BY id LIMIT $3`,
        [collection, after, limit, JSON.stringify(filter)],
      );
      return rows.map(documentOf);
    },

    async count(collection, filter = {}) {
      const [row] = await state.execute(
        `SELECT count(*) AS documents FROM langchain_pg_embedding
         WHERE collection_id = ${collectionId} AND COALESCE(cmetadata, '{}') @> $2::jsonb`,
        [collection, JSON.stringify(filter)],
      );
      return Number(row!.documents);
    },

    async remove(collection, { ids, filter = {} }) {
      const rows = await state.execute(
        `DELETE FROM langchain_pg_embedding WHERE collection_id = ${collectionId}
           AND ($2::text[] IS NULL OR id = ANY($2)) AND COALESCE(cmetadata, '{}') @> $3::jsonb RETURNING id`,
        [collection, ids ?? null, JSON.stringify(filter)],
      );
      return rows.length;
    },

    async collections() {
      const rows = await state.execute(
        `SELECT c.name, c.cmetadata, count(e.id) AS documents FROM langchain_pg_collection c
         LEFT JOIN langchain_pg_embedding e ON e.collection_id = c.uuid GROUP BY c.uuid ORDER BY c.name`,
      );
      return rows.map((row) => ({
        name: String(row.name),
        metadata: (row.cmetadata ?? null) as Metadata | null,
        documents: Number(row.documents),
      }));
    },

    async dropCollection(collection) {
      const rows = await state.execute('DELETE FROM langchain_pg_collection WHERE name = $1 RETURNING uuid', [
        collection,
      ]);
      return rows.length === 1;
    },
  };
}

/** The query is `$2`, its length `$6`; a vector of length zero is similar to nothing. */
const pgvectorSearch = {
  similarity: `CASE WHEN $6::double precision = 0 THEN 0
    ELSE COALESCE(NULLIF(1 - (embedding <=> $2::vector), double precision 'NaN'), 0) END`,
  sameLength: 'vector_dims(embedding) = vector_dims($2::vector)',
};

const arraySearch = {
  similarity: `COALESCE((SELECT sum(a * b) / NULLIF(sqrt(sum(a * a)) * $6::double precision, 0)
    FROM unnest(embedding, $2::double precision[]) AS pair (a, b)), 0)`,
  sameLength: 'cardinality(embedding) = cardinality($2::double precision[])',
};

/** PostgreSQL's text has no NUL, nor has its jsonb. */
const withoutNul = (text: string): string => text.replaceAll('\u0000', '');

const metadataWithoutNul = (metadata: Metadata): Metadata =>
  JSON.parse(JSON.stringify(metadata, (_, value: unknown) => (typeof value === 'string' ? withoutNul(value) : value)));

function finite(embedding: readonly number[]): readonly number[] {
  if (embedding.length > 0 && embedding.every(Number.isFinite)) return embedding;
  throw new Error('an embedding is empty or has a value that is not a finite number (NaN or infinite)');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

function documentOf(row: Row): Omit<FoundDocument, 'similarity'> {
  return {
    id: String(row.id),
    document: String(row.document ?? ''),
    metadata: (row.cmetadata ?? {}) as Metadata,
  };
}
