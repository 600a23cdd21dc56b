/** Type names that the catalog's own columns have: enums and domains of the database, to which a query may cast. */
import type { DatabaseSchema } from '../schema/database-schema.ts';

const remembered = new WeakMap<DatabaseSchema, ReadonlySet<string>>();

/** The lower-case words of the columns' native types. Postgres's object identifier types never count. */
export function schemaTypes(schema: DatabaseSchema): ReadonlySet<string> {
  let types = remembered.get(schema);
  if (types === undefined) {
    const native = new Set(
      schema.tables.flatMap((table) => table.columns.map((column) => column.nativeType.toLowerCase())),
    );
    const words = [...native].flatMap((type) => type.replace(/\(.*$/s, '').match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
    types = new Set(words.filter((word) => !/^(?:reg|pg_|oid|xml)/.test(word)));
    remembered.set(schema, types);
  }
  return types;
}
