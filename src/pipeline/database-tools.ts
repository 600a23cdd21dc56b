/** Looks at a database: its tables, and one table as DDL and document. */
import type { Datasource } from '../execution/index.ts';
import { EngineError } from '../kernel/index.ts';
import type { ModelClient } from '../llm/index.ts';
import type { DatabaseSchema } from '../sql/index.ts';
import { findTable } from './child/chosen-tables.ts';
import type { Connection } from './connections.ts';
import { PipelineProblem } from './problem.ts';
import { describeTable, type TableField } from './steps/index.ts';

export interface OpenedDatabase {
  readonly datasource: Datasource;
  readonly schema: DatabaseSchema;
  readonly model: ModelClient | null;
  release(): Promise<void>;
}

export interface TableListing {
  readonly tables: readonly string[];
  readonly schemas: readonly string[];
  readonly database: string;
}

export interface TableDescription {
  readonly ddl: string;
  readonly md: string;
  readonly tableName: string;
  readonly schemaName: string;
  readonly comment: string | null;
  readonly rowCount: number | null;
  readonly fields: readonly TableField[];
  readonly database: string;
}

/** `connection`: a namespace or URL; null takes the default. Both throw PipelineProblem `database-unavailable`. */
export interface DatabaseTools {
  tables(
    request: {
      readonly connection: string | null;
      readonly schemas: readonly string[];
      readonly pattern: string | null;
    },
    signal: AbortSignal,
  ): Promise<TableListing>;
  /** @throws PipelineProblem `table-not-found` */
  describe(
    request: { readonly connection: string | null; readonly table: string; readonly businessContext: string | null },
    signal: AbortSignal,
  ): Promise<TableDescription>;
}

export function createDatabaseTools(parts: {
  connect(text: string | null): Promise<Connection>;
  open(connection: Connection, signal: AbortSignal): Promise<OpenedDatabase>;
}): DatabaseTools {
  const looking = async <T>(
    text: string | null,
    signal: AbortSignal,
    look: (opened: OpenedDatabase, connection: Connection) => T | Promise<T>,
  ): Promise<T> => {
    const connection = await parts.connect(text);
    const opened = await parts.open(connection, signal).catch((error: unknown) => {
      if (!(error instanceof EngineError) || error.code === 'cancelled') throw error;
      throw new PipelineProblem('database-unavailable', error.message, { subject: connection.label, cause: error });
    });
    try {
      return await look(opened, connection);
    } finally {
      await opened.release();
    }
  };
  return {
    tables: ({ connection: text, schemas, pattern }, signal) =>
      looking(text, signal, ({ schema }, { database }) => {
        const own = schema.defaultSchema ?? 'main';
        const wanted = schemas.length > 0 ? schemas : [own];
        const like = pattern === null ? null : likePattern(pattern);
        const tables = schema.tables
          .map(({ ref }) => ({ schema: ref.schema ?? own, name: ref.name }))
          .filter((table) => wanted.includes(table.schema) && (like === null || like.test(table.name)))
          .map((table) => `${table.schema}.${table.name}`)
          .sort();
        return { tables, schemas: wanted, database };
      }),
    describe: ({ connection: text, table: name, businessContext }, signal) =>
      looking(text, signal, async ({ datasource, schema, model }, { database }) => {
        const table = findTable(schema, name);
        if (!table) throw new PipelineProblem('table-not-found', `表不存在: ${name}`, { subject: name });
        const described = await describeTable({
          datasource,
          schema,
          table,
          businessContext: businessContext ?? '',
          model: businessContext === null ? null : model,
          signal,
        });
        return {
          ...described,
          tableName: table.ref.name,
          schemaName: table.ref.schema ?? schema.defaultSchema ?? 'main',
          database,
        };
      }),
  };
}

/** `*` and `%` stand for anything, `_` and `?` for themselves as file patterns have them. */
const likePattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split(/[*%]+/)
      .map((part) => part.replace(/[\\^$.+()[\]{}|]/g, '\\$&').replaceAll('?', '.'))
      .join('.*')}$`,
    'i',
  );
