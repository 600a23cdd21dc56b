/** A datasource as one user may see it. */
import { createHash } from 'node:crypto';
import { type DatabaseSchema, type Rights, visibleSchema } from '../../sql/index.ts';
import type { OpenedDatasource } from '../../workflows/index.ts';

/** Names rights: the same mark, the same rows and columns. */
export const rightsMark = (rights: Rights | null): string =>
  rights === null ? 'all' : createHash('sha256').update(JSON.stringify(rights)).digest('hex').slice(0, 32);

const named = new WeakMap<DatabaseSchema, DatabaseSchema>();

/** The same schema object for the same rights, under a fingerprint of its own: what is remembered by it is not shared. */
export function restrictSource(source: OpenedDatasource, rights: Rights | null): OpenedDatasource {
  if (rights === null) return source;
  const { schema } = visibleSchema(source.schema, rights);
  let visible = named.get(schema);
  if (visible === undefined) {
    visible = { ...schema, fingerprint: `${schema.fingerprint}-${rightsMark(rights)}` };
    named.set(schema, visible);
  }
  return { ...source, schema: visible, restricted: { whole: source.schema, rights } };
}
