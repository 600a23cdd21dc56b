/** What a model may do on the run's datasource: look at the catalog, and read. */
import { fail, ok } from '../../kernel/index.ts';
import type { AgentTool } from '../../llm/index.ts';
import type { Table } from '../../sql/index.ts';
import type { NodeContext } from '../node.ts';
import { openedSource } from '../nodes/opened-source.ts';
import { guardStatement, runAnnounced } from '../statement.ts';
import { searchTables } from '../tools/search-tables.ts';

const SHOWN_ROWS = 30;
const SHOWN_VALUES = 20;

/** Tools for one node; each statement that a model reads with is guarded and announced like any other. */
export function exploreTools(context: NodeContext): AgentTool[] {
  const source = openedSource(context.state);
  const { schema } = source;
  let reads = 0;
  const find = (name: unknown): Table | undefined =>
    schema.tables.find((table) => table.ref.name.toLowerCase() === String(name).toLowerCase());
  return [
    {
      name: 'search_tables',
      description: 'Finds tables whose names, comments, columns or values fit a text.',
      inputSchema: parameters({ query: 'words to look for' }),
      run: async (input) =>
        ok(JSON.stringify(searchTables(schema, String(input.query ?? ''), 8).map(({ table }) => summary(table)))),
    },
    {
      name: 'describe_table',
      description: 'Columns of one table with types, comments, keys and sampled values.',
      inputSchema: parameters({ table: 'name of the table' }),
      run: async (input) => {
        const table = find(input.table);
        return table ? ok(JSON.stringify(details(table))) : fail(`there is no table "${String(input.table)}"`);
      },
    },
    {
      name: 'read_query',
      description: 'Runs one read-only SQL query and returns its first rows.',
      inputSchema: parameters({ sql: 'one SELECT statement' }),
      run: async (input) => {
        const limits = { ...context.services.limits, rows: SHOWN_ROWS };
        const guarded = await guardStatement(String(input.sql ?? ''), source, { limits });
        if (!guarded.ok) return fail(`${guarded.failure.code}: ${guarded.failure.message}`);
        reads += 1;
        const quiet = { ...context, services: { ...context.services, limits } };
        const run = await runAnnounced(guarded.value, source, quiet, { callId: `${context.nodeId}_read_${reads}` });
        if (!run.ok) return fail(`${run.failure.code}: ${run.failure.message}`);
        const { columns, rows, truncated } = run.value.rows;
        return ok(JSON.stringify({ columns: columns.map((column) => column.name), rows, truncated }));
      },
    },
  ];
}

const parameters = (properties: Readonly<Record<string, string>>) => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(properties).map(([name, description]) => [name, { type: 'string', description }]),
  ),
  required: Object.keys(properties),
});

const summary = (table: Table) => ({
  table: table.ref.name,
  comment: table.comment,
  columns: table.columns.map((column) => column.name),
});

const details = (table: Table) => ({
  ...summary(table),
  columns: table.columns.map((column) => ({
    name: column.name,
    type: column.nativeType,
    comment: column.comment,
    values: column.values?.list.slice(0, SHOWN_VALUES) ?? [],
  })),
  primary_key: table.primaryKey,
  foreign_keys: table.foreignKeys.map((key) => ({
    columns: key.columns,
    references: `${key.referenced.name}(${key.referencedColumns.join(', ')})`,
  })),
});
