import { index, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { querentSchema } from '../storage/index.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Question–SQL pairs: `candidate` until somebody confirms them, `confirmed` ones are answers and examples. */
export const referenceSql = querentSchema.table(
  'reference_sql',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    namespace: text('namespace').notNull(),
    question: text('question').notNull(),
    sql: text('sql').notNull(),
    status: text('status', { enum: ['candidate', 'confirmed', 'rejected'] }).notNull(),
    /** Where it came from, e.g. `feedback`. */
    origin: text('origin').notNull(),
    /** The run whose answer it is. */
    runId: text('run_id'),
    owner: text('owner').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('reference_sql_namespace').on(table.namespace, table.status),
    uniqueIndex('reference_sql_run').on(table.runId),
  ],
);
