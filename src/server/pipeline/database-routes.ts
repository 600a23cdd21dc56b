/** Tools for databases: their tables, and one table as DDL and document. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Pipeline, PipelineProblem, type TableDescription } from '../../engine/index.ts';
import { sendData } from './envelope.ts';
import { parseOrReject } from './errors.ts';
import { tableDdlSchema, tablesSchema } from './wire.ts';

const tags = ['databases'];
const MESSAGES = { ddl: '获取表DDL成功', md: '获取表MD成功', both: '获取表DDL成功' } as const;

/** Looking at a database ends when the caller goes away. */
function callerSignal(request: FastifyRequest): AbortSignal {
  const abort = new AbortController();
  request.raw.socket?.once('close', () => abort.abort());
  return abort.signal;
}

/** A database that cannot be used is told with what was asked of it. */
const failedTo =
  (what: string) =>
  (error: unknown): never => {
    if (!(error instanceof PipelineProblem) || error.reason !== 'database-unavailable') throw error;
    const { reason, message, subject } = error;
    throw new PipelineProblem(reason, `${what}失败: ${message}`, { subject, cause: error });
  };

export function addDatabaseRoutes(app: FastifyInstance, pipeline: Pipeline): void {
  app.post(
    '/api/v0/database/tables',
    { schema: { summary: 'Tables of a database', tags, body: tablesSchema.optional() }, attachValidation: true },
    async (request, reply) => {
      const body = parseOrReject(tablesSchema, request.body);
      const schemas = (body.schema ?? '').split(',').map((one) => one.trim());
      const listing = await pipeline.database
        .tables(
          {
            connection: body.db_connection || null,
            schemas: [...new Set(schemas.filter(Boolean))],
            pattern: body.table_name_pattern || null,
          },
          callerSignal(request),
        )
        .catch(failedTo('获取表列表'));
      return sendData(reply, '获取表列表成功', {
        tables: listing.tables,
        total: listing.tables.length,
        schemas: listing.schemas,
        ...(body.table_name_pattern ? { table_name_pattern: body.table_name_pattern } : {}),
        db_connection_info: { database: listing.database },
      });
    },
  );

  app.post(
    '/api/v0/database/table/ddl',
    {
      schema: { summary: 'One table as DDL and document', tags, body: tableDdlSchema.optional() },
      attachValidation: true,
    },
    async (request, reply) => {
      const body = parseOrReject(tableDdlSchema, request.body);
      const described = await pipeline.database
        .describe(
          { connection: body.db_connection || null, table: body.table, businessContext: body.business_context || null },
          callerSignal(request),
        )
        .catch(failedTo('获取表DDL'));
      return sendData(reply, MESSAGES[body.type], {
        ...(body.type === 'md' ? {} : { ddl: described.ddl }),
        ...(body.type === 'ddl' ? {} : { md: described.md }),
        table_info: {
          table_name: described.tableName,
          schema_name: described.schemaName,
          full_name: `${described.schemaName}.${described.tableName}`,
          comment: described.comment,
          field_count: described.fields.length,
          row_count: described.rowCount,
        },
        fields: described.fields.map(encodeField),
        generation_info: {
          business_context: body.business_context ?? '',
          output_type: body.type,
          has_llm_comments: Boolean(body.business_context),
          database: described.database,
        },
      });
    },
  );
}

const encodeField = (field: TableDescription['fields'][number]): Record<string, unknown> => ({
  column_name: field.name,
  data_type: field.type.replace(/\s*\([^)]*\)/, ''),
  max_length: field.maxLength,
  is_nullable: field.nullable,
  is_primary_key: field.primaryKey,
  comment: field.comment,
  name: field.name,
  type: field.type,
  nullable: field.nullable,
  is_foreign_key: field.foreignKey,
  default_value: field.defaultValue,
  is_enum: field.enumValues !== null,
  enum_values: field.enumValues ?? [],
});
