/** `querent catalog NAME`: what a datasource contains, as the planner sees it. */
import { type DatabaseSchema, openQueryEngine, type Table } from '../../engine/index.ts';
import type { CommandHost } from '../host.ts';

export async function showCatalog(
  name: string,
  options: { readonly format: 'text' | 'json'; readonly config?: string },
  host: CommandHost,
): Promise<number> {
  const engine = await openQueryEngine(host.loadConfig(options.config), { logger: host.logger });
  try {
    const schema = await engine.schemaOf(name, host.stopOnSignals());
    host.out(options.format === 'json' ? JSON.stringify(schema) : formatSchema(schema));
    return 0;
  } finally {
    await engine.close();
  }
}

const formatSchema = (schema: DatabaseSchema): string =>
  schema.tables.length === 0 ? 'no tables' : schema.tables.map((table) => formatTableDefinition(table)).join('\n\n');

function formatTableDefinition(table: Table): string {
  const qualified = table.ref.schema ? `${table.ref.schema}.${table.ref.name}` : table.ref.name;
  const rows = table.rowCount === null ? '' : `  ~${table.rowCount} rows`;
  const columns = table.columns.map((column) => {
    const marks = [
      table.primaryKey.includes(column.name) ? 'key' : '',
      column.nullable ? '' : 'not null',
      column.values ? `e.g. ${column.values.list.slice(0, 3).map(String).join(', ')}` : '',
      column.comment ?? '',
    ].filter(Boolean);
    return `  ${column.name}  ${column.nativeType}${marks.length > 0 ? `  — ${marks.join('; ')}` : ''}`;
  });
  const keys = table.foreignKeys.map(
    (key) =>
      `  → ${key.referenced.name} (${key.columns.join(', ')} = ${key.referencedColumns.join(', ')})${key.origin === 'inferred' ? '  inferred' : ''}`,
  );
  return [`${table.kind} ${qualified}${rows}${table.comment ? `  — ${table.comment}` : ''}`, ...columns, ...keys].join(
    '\n',
  );
}
