/** The vector tables as rows of text, the same whether vectors have pgvector's type or are arrays. */
import type { StateSession } from '../../../storage/index.ts';
import type { CsvField } from './csv.ts';

export const VECTOR_TABLES = ['langchain_pg_collection', 'langchain_pg_embedding'] as const;
export type VectorTableName = (typeof VECTOR_TABLES)[number];

interface Layout {
  readonly columns: readonly string[];
  readonly key: string;
  /** What is read, in the order of the columns. */
  readonly select: string;
}

export const LAYOUTS: Readonly<Record<VectorTableName, Layout>> = {
  langchain_pg_collection: {
    columns: ['uuid', 'name', 'cmetadata'],
    key: 'uuid::text',
    select: 'uuid::text AS uuid, name, cmetadata::text AS cmetadata',
  },
  langchain_pg_embedding: {
    columns: ['id', 'collection_id', 'embedding', 'document', 'cmetadata'],
    key: 'id',
    select:
      "id, collection_id::text AS collection_id, translate(embedding::text, '{}', '[]') AS embedding, document, cmetadata::text AS cmetadata",
  },
};

const PAGE = 200;

/** All rows in the order of the key, a page at a time. */
export async function* tableRows(session: StateSession, table: VectorTableName): AsyncGenerator<readonly CsvField[]> {
  const { columns, key, select } = LAYOUTS[table];
  for (let after: string | null = null; ; ) {
    const rows: Record<string, string | null>[] = await session.execute(
      `SELECT ${select} FROM ${table} WHERE $1::text IS NULL OR ${key} COLLATE "C" > $1 ORDER BY ${key} COLLATE "C" LIMIT ${PAGE}`,
      [after],
    );
    for (const row of rows) yield columns.map((column) => row[column] ?? null);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last[columns[0]!]!;
  }
}

export async function countRows(session: StateSession, table: VectorTableName): Promise<number> {
  const [row] = await session.execute<{ rows: string }>(`SELECT count(*)::text AS rows FROM ${table}`);
  return Number(row!.rows);
}
