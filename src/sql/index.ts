export { DIALECT_NAMES, type DialectName } from './dialects/dialect-name.ts';
export type * from './plan/plan.ts';
export type { ReadOnlySql } from './read-only-sql.ts';
export {
  COLUMN_TYPES,
  type Column,
  type ColumnType,
  type ColumnValues,
  type DatabaseSchema,
  type ForeignKey,
  type Scalar,
  type Table,
  type TableRef,
} from './schema/database-schema.ts';
