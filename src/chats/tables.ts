import { index, integer, json, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { querentSchema } from '../storage/index.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Conversations. A chat belongs to one user; its datasource is chosen once and stays. */
export const chats = querentSchema.table(
  'chats',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    userId: integer('user_id').notNull(),
    workspaceId: integer('workspace_id').notNull(),
    datasourceId: integer('datasource_id'),
    /** The first question names the chat. */
    title: text('title'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('chats_user').on(table.userId, table.id.desc())],
);

/** One exchange of a chat. */
export const chatRecords = querentSchema.table(
  'chat_records',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    chatId: integer('chat_id')
      .notNull()
      .references(() => chats.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['ask', 'analysis', 'prediction'] }).notNull(),
    question: text('question').notNull(),
    /** The record that is analysed, predicted from or asked again. */
    sourceRecordId: integer('source_record_id'),
    /** The durable run that answers it. */
    runId: text('run_id'),
    /** Mark of the rights under which its rows were read; null: not known, so its rows are shown to nobody again. */
    rights: text('rights'),
    sql: text('sql'),
    /** The logical query, as far as there is one. */
    plan: json('plan'),
    /** Columns and rows, as they were shown. */
    result: json('result'),
    chart: json('chart'),
    /** Text of an analysis. */
    content: text('content'),
    error: text('error'),
    /** Name under which the chart's picture can be fetched, and until when. */
    imageName: text('image_name'),
    imageExpiresAt: moment('image_expires_at'),
    createdAt: moment('created_at').notNull(),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    index('chat_records_chat').on(table.chatId, table.id),
    uniqueIndex('chat_records_image').on(table.imageName),
  ],
);
