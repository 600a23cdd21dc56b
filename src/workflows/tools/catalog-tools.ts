/** Tools over the catalog: what the database contains, without running anything. */
import { renderTableDdl, type Table } from '../../sql/index.ts';
import { fullName, isTable, requireTable, tableNamed } from './find-table.ts';
import { searchTables, searchTerms } from './search-tables.ts';
import { closestNames } from './similar-names.ts';
import { countOf, failed, succeeded, type Tool, type ToolContext, textOf } from './tool.ts';

const SHOWN_VALUES = 10;
const tableName = { table_name: { type: 'string', description: 'name of the table', required: true } } as const;

const identifierOf = (table: Table, { source }: ToolContext): string => `${source.name}.${fullName(table)}`;

export const searchTableTool: Tool = {
  name: 'search_table',
  description: 'Finds tables whose names, comments, columns or values fit a text.',
  parameters: {
    query_text: { type: 'string', description: 'words to look for', required: true },
    top_n: { type: 'integer', description: 'how many tables, 5 by default' },
    simple_sample_data: { type: 'boolean', description: 'leave identifiers out of the sample data' },
  },
  async run(input, context) {
    const query = textOf(input, 'query_text');
    if (query === '') return failed('query_text is missing');
    const matches = searchTables(context.source.schema, query, countOf(input, 'top_n', 5, 50));
    const simple = input.simple_sample_data !== false;
    return succeeded({
      metadata: matches.map(({ table, score }) => ({
        ...(simple ? {} : { identifier: identifierOf(table, context) }),
        database_name: context.source.name,
        schema_name: table.ref.schema ?? context.source.schema.defaultSchema ?? '',
        table_name: table.ref.name,
        table_type: table.kind,
        comment: table.comment ?? '',
        definition: renderTableDdl(table, context.source.schema.dialect),
        score: Math.round(score * 100) / 100,
      })),
      sample_data: matches.map(({ table }) => ({
        table_name: table.ref.name,
        values: Object.fromEntries(
          table.columns.flatMap((column) => {
            const values = column.values?.list.slice(0, 5) ?? [];
            return values.length > 0 ? [[column.name, values]] : [];
          }),
        ),
      })),
    });
  },
};

export const listDatabasesTool: Tool = {
  name: 'list_databases',
  description: 'Names the databases that this run can read.',
  parameters: {},
  run: async (_, { source }) => succeeded([source.name]),
};

export const listSchemasTool: Tool = {
  name: 'list_schemas',
  description: 'Names the schemas of the database.',
  parameters: {},
  run: async (_, { source: { schema } }) =>
    succeeded([...new Set(schema.tables.flatMap((table) => table.ref.schema ?? schema.defaultSchema ?? []))]),
};

export const listTablesTool: Tool = {
  name: 'list_tables',
  description: 'Lists tables and views.',
  parameters: { schema_name: { type: 'string', description: 'only this schema' } },
  async run(input, { source: { schema } }) {
    const wanted = textOf(input, 'schema_name');
    const tables = schema.tables.filter(
      (table) => wanted === '' || (table.ref.schema ?? schema.defaultSchema ?? '') === wanted,
    );
    return succeeded(tables.map((table) => ({ type: table.kind, name: fullName(table) })));
  },
};

export const describeTableTool: Tool = {
  name: 'describe_table',
  description: 'Columns of one table with types, comments, keys and sampled values.',
  parameters: tableName,
  async run(input, context) {
    const table = requireTable(textOf(input, 'table_name'), context);
    if (!isTable(table)) return table;
    return succeeded({
      table_info: {
        name: table.ref.name,
        schema: table.ref.schema ?? context.source.schema.defaultSchema,
        type: table.kind,
        description: table.comment ?? '',
        row_count: table.rowCount,
        primary_key: table.primaryKey,
        foreign_keys: table.foreignKeys.map((key) => ({
          columns: key.columns,
          references: `${key.referenced.name}(${key.referencedColumns.join(', ')})`,
          origin: key.origin,
        })),
      },
      columns: table.columns.map((column) => ({
        name: column.name,
        type: column.nativeType,
        nullable: column.nullable,
        comment: column.comment ?? '',
        pk: table.primaryKey.includes(column.name),
        values: column.values?.list.slice(0, SHOWN_VALUES) ?? [],
      })),
    });
  },
};

export const getTableDdlTool: Tool = {
  name: 'get_table_ddl',
  description: 'The CREATE TABLE statement of one table.',
  parameters: tableName,
  async run(input, context) {
    const table = requireTable(textOf(input, 'table_name'), context);
    if (!isTable(table)) return table;
    const { schema, name } = context.source;
    return succeeded({
      identifier: identifierOf(table, context),
      catalog_name: '',
      database_name: name,
      schema_name: table.ref.schema ?? schema.defaultSchema ?? '',
      table_name: table.ref.name,
      table_type: table.kind,
      definition: renderTableDdl(table, schema.dialect),
    });
  },
};

export const checkTableExistsTool: Tool = {
  name: 'check_table_exists',
  description: 'Tells whether a table exists and which names are near.',
  parameters: tableName,
  async run(input, { source: { schema } }) {
    const name = textOf(input, 'table_name');
    if (name === '') return failed('table_name is missing');
    const names = schema.tables.map(fullName);
    const found = tableNamed(schema, name) !== null;
    return succeeded({
      table_exists: found,
      suggestions: found ? [] : closestNames(name, names, 5),
      available_tables: names.slice(0, 100),
    });
  },
};

export const searchTablesByCommentTool: Tool = {
  name: 'search_tables_by_comment',
  description: 'Finds tables by the words of their comments and their columns’ comments.',
  parameters: {
    query_text: { type: 'string', description: 'words to look for', required: true },
    top_n: { type: 'integer', description: 'how many tables, 5 by default' },
  },
  async run(input, { source: { schema } }) {
    const terms = searchTerms(textOf(input, 'query_text'));
    if (terms.length === 0) return failed('query_text is missing');
    const hits = schema.tables.map((table) => {
      const own = new Set(searchTerms(table.comment ?? ''));
      const columns = table.columns.filter((column) => {
        const words = new Set(searchTerms(column.comment ?? ''));
        return terms.some((term) => words.has(term));
      });
      const score = terms.filter((term) => own.has(term)).length * 2 + columns.length;
      return { table, score, columns };
    });
    return succeeded(
      hits
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, countOf(input, 'top_n', 5, 50))
        .map(({ table, score, columns }) => ({
          table_name: fullName(table),
          comment: table.comment ?? '',
          matching_columns: columns.map((column) => ({ name: column.name, comment: column.comment ?? '' })),
          score,
        })),
    );
  },
};
