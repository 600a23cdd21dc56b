import { sql } from 'drizzle-orm';
import { boolean, index, integer, json, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { querentSchema } from '../storage/index.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const id = () => integer('id').primaryKey().generatedAlwaysAsIdentity();

/** People who may ask. Names differ by more than case; a password is kept as an argon2id hash only. */
export const users = querentSchema.table(
  'users',
  {
    id: id(),
    username: text('username').notNull(),
    passwordHash: text('password_hash').notNull(),
    /** Rights do not restrict an administrator. */
    isAdmin: boolean('is_admin').notNull().default(false),
    disabled: boolean('disabled').notNull().default(false),
    /** Names of the roles that grants may speak of. */
    roles: json('roles').$type<readonly string[]>().notNull(),
    /** Values that row rules may use by name. */
    variables: json('variables').$type<Readonly<Record<string, VariableValue>>>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('users_username').on(sql`lower(${table.username})`)],
);

/** What a user variable may hold; a list serves `in` and `not in`. */
export type VariableValue = string | number | boolean | readonly (string | number | boolean)[];

/** Who works together: datasources belong to one workspace, users to one or more. */
export const workspaces = querentSchema.table(
  'workspaces',
  { id: id(), name: text('name').notNull(), createdAt: moment('created_at').notNull() },
  (table) => [uniqueIndex('workspaces_name').on(table.name)],
);

export const workspaceMembers = querentSchema.table(
  'workspace_members',
  {
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    workspaceId: integer('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.userId, table.workspaceId] })],
);

/** Configured datasources by number, so that a number stays with its datasource whatever else comes and goes. */
export const datasources = querentSchema.table(
  'datasources',
  {
    id: id(),
    workspaceId: integer('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Namespace of the configuration, and the database in it. */
    namespace: text('namespace').notNull(),
    database: text('database').notNull(),
    /** What people see; the namespace, or `namespace/database` where a namespace has several. */
    name: text('name').notNull(),
    description: text('description'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('datasources_place').on(table.namespace, table.database),
    index('datasources_workspace').on(table.workspaceId),
  ],
);

/** What a user or a role may read of a table; `*` speaks of all tables that have no entry. */
export const grants = querentSchema.table(
  'grants',
  {
    id: id(),
    subjectKind: text('subject_kind', { enum: ['user', 'role'] }).notNull(),
    /** The user's id as text, or the role's name. */
    subject: text('subject').notNull(),
    datasourceId: integer('datasource_id')
      .notNull()
      .references(() => datasources.id, { onDelete: 'cascade' }),
    /** Empty: the default schema. */
    schemaName: text('schema_name').notNull().default(''),
    tableName: text('table_name').notNull(),
    allowed: boolean('allowed').notNull(),
    hiddenColumns: json('hidden_columns').$type<readonly string[]>().notNull(),
    /** An `AccessRule`, or null. */
    rows: json('rows'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('grants_subject_table').on(
      table.subjectKind,
      table.subject,
      table.datasourceId,
      table.schemaName,
      table.tableName,
    ),
    index('grants_datasource').on(table.datasourceId),
  ],
);

/** Sign-ins that failed, one row for the account and one for the address, until they no longer count. */
export const loginFailures = querentSchema.table(
  'login_failures',
  {
    id: id(),
    /** `account:<name>` or `address:<address>`. */
    subject: text('subject').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('login_failures_subject').on(table.subject, table.at), index('login_failures_at').on(table.at)],
);
