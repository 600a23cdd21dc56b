import { boolean, index, integer, json, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { querentSchema } from '../storage/index.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Question–SQL pairs: `candidate` until somebody confirms them, `confirmed` ones are answers and examples. */
export const referenceSql = querentSchema.table(
  'reference_sql',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    namespace: text('namespace').notNull(),
    /** One database of the namespace; null: all of them. */
    database: text('database'),
    question: text('question').notNull(),
    /** The question without case, spaces and punctuation. */
    questionKey: text('question_key').notNull().default(''),
    sql: text('sql').notNull(),
    status: text('status', { enum: ['candidate', 'confirmed', 'rejected'] }).notNull(),
    /** Where it came from, e.g. `feedback`. */
    origin: text('origin').notNull(),
    /** The run whose answer it is. */
    runId: text('run_id'),
    owner: text('owner').notNull(),
    /** When its SQL last ran; null: never. */
    verifiedAt: moment('verified_at'),
    /** Why its SQL did not run at the last attempt. */
    problem: text('problem'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('reference_sql_namespace').on(table.namespace, table.status),
    index('reference_sql_question').on(table.namespace, table.questionKey),
    uniqueIndex('reference_sql_run').on(table.runId),
  ],
);

/** Business words: what people say for the names of a database, and what they mean by them. */
export const terms = querentSchema.table(
  'terms',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    word: text('word').notNull(),
    synonyms: json('synonyms').$type<readonly string[]>().notNull(),
    description: text('description').notNull(),
    /** `namespace` or `namespace/database`; none: everywhere. */
    datasources: json('datasources').$type<readonly string[]>().notNull(),
    /** Word and datasources in one form: the same word may mean something else elsewhere. */
    key: text('key').notNull(),
    enabled: boolean('enabled').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [uniqueIndex('terms_key').on(table.key)],
);
