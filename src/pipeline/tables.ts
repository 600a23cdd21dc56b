import { boolean, index, integer, json, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { querentSchema } from '../storage/index.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Pipeline tasks as people see them; an execution of one is a task of the queue. */
export const pipelineTasks = querentSchema.table(
  'pipeline_tasks',
  {
    id: text('id').primaryKey(),
    name: text('name'),
    status: text('status', { enum: ['pending', 'in_progress', 'completed', 'failed', 'cancelled'] }).notNull(),
    businessContext: text('business_context').notNull(),
    dbName: text('db_name').notNull(),
    /** Flags and what the task was made from; never a secret. */
    parameters: json('parameters').notNull(),
    /** The connection, encrypted; null is the configured default. */
    connection: text('connection'),
    /** The queue's id of the execution that is under way. */
    liveExecution: text('live_execution'),
    liveSince: moment('live_since'),
    /** How many executions there have been; part of their ids. */
    executions: integer('executions').notNull().default(0),
    result: json('result'),
    errorMessage: text('error_message'),
    createdBy: text('created_by').notNull(),
    directoryExists: boolean('directory_exists').notNull().default(true),
    createdAt: moment('created_at').notNull(),
    startedAt: moment('started_at'),
    completedAt: moment('completed_at'),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('pipeline_tasks_created').on(table.createdAt.desc(), table.id.desc())],
);

export const pipelineSteps = querentSchema.table(
  'pipeline_steps',
  {
    taskId: text('task_id')
      .notNull()
      .references(() => pipelineTasks.id, { onDelete: 'cascade' }),
    step: text('step').notNull(),
    position: integer('position').notNull(),
    status: text('status', { enum: ['pending', 'running', 'completed', 'failed'] }).notNull(),
    executionId: text('execution_id'),
    progress: json('progress'),
    startedAt: moment('started_at'),
    completedAt: moment('completed_at'),
    errorMessage: text('error_message'),
  },
  (table) => [primaryKey({ columns: [table.taskId, table.step] })],
);
