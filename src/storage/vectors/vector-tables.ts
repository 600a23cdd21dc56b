/**
 * The vector tables in LangChain's own PGVector layout, so that its programs read what we write. They are not among
 * the generated migrations: their one difference, the type of `embedding`, depends on the server.
 */
import type { Logger } from '../../kernel/index.ts';
import type { Backend } from '../connection/backend.ts';
import { runStatement } from '../connection/drizzle-client.ts';

/** Makes the tables when they are missing; true when `embedding` has pgvector's type. */
export async function ensureVectorTables(backend: Backend, logger: Logger): Promise<boolean> {
  const existing = await embeddingType(backend);
  if (existing !== null) return existing === 'vector';
  const hasVectorType = await enableExtension(backend);
  if (!hasVectorType) {
    logger.warn({}, 'the state server has no pgvector extension: vectors are stored as arrays and searched exactly');
  }
  await backend.exec(`
    CREATE TABLE IF NOT EXISTS langchain_pg_collection (
      uuid uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar NOT NULL UNIQUE, cmetadata json);
    CREATE TABLE IF NOT EXISTS langchain_pg_embedding (
      id varchar PRIMARY KEY,
      collection_id uuid REFERENCES langchain_pg_collection (uuid) ON DELETE CASCADE,
      embedding ${hasVectorType ? 'vector' : 'double precision[]'},
      document varchar,
      cmetadata jsonb);
    CREATE INDEX IF NOT EXISTS ix_langchain_pg_embedding_collection ON langchain_pg_embedding (collection_id);
    CREATE INDEX IF NOT EXISTS ix_cmetadata_gin ON langchain_pg_embedding USING gin (cmetadata jsonb_path_ops);`);
  return (await embeddingType(backend)) === 'vector';
}

async function embeddingType(backend: Backend): Promise<string | null> {
  const { rows } = await runStatement(
    backend,
    `SELECT format_type(atttypid, NULL) AS type FROM pg_attribute
      WHERE attrelid = to_regclass('langchain_pg_embedding') AND attname = 'embedding' AND NOT attisdropped`,
    [],
  );
  return (rows[0] as { type: string } | undefined)?.type ?? null;
}

async function enableExtension(backend: Backend): Promise<boolean> {
  try {
    await backend.exec('CREATE EXTENSION IF NOT EXISTS vector');
    return true;
  } catch {
    return false;
  }
}
