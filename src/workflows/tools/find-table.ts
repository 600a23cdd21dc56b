import type { DatabaseSchema, Table } from '../../sql/index.ts';
import { closestNames } from './similar-names.ts';
import { failed, type ToolContext, type ToolResult } from './tool.ts';

/** The table of a name as people write it: any case, with or without its schema or quotes. */
export function tableNamed(schema: DatabaseSchema, name: string): Table | null {
  const wanted = name
    .replace(/["`[\]]/g, '')
    .trim()
    .toLowerCase();
  if (wanted === '') return null;
  const exact = schema.tables.find((table) => fullName(table).toLowerCase() === wanted);
  if (exact) return exact;
  const short = wanted.split('.').at(-1) ?? wanted;
  const sameName = schema.tables.filter((table) => table.ref.name.toLowerCase() === short);
  return (
    sameName.find((table) => table.ref.schema === null || table.ref.schema === schema.defaultSchema) ??
    sameName[0] ??
    null
  );
}

/** The table that an input names, or the failure that says which names are near. */
export function requireTable(name: string, { source }: ToolContext): Table | ToolResult {
  const table = tableNamed(source.schema, name);
  if (table) return table;
  const names = source.schema.tables.map((one) => one.ref.name);
  const near = closestNames(name, names, 3);
  return failed(
    name === ''
      ? 'table_name is missing'
      : `Table '${name}' does not exist${near.length > 0 ? `; did you mean ${near.join(', ')}?` : ''}`,
  );
}

export const isTable = (value: Table | ToolResult): value is Table => 'ref' in value;

export const fullName = ({ ref }: Pick<Table, 'ref'>): string =>
  ref.schema === null ? ref.name : `${ref.schema}.${ref.name}`;
