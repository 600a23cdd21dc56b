import { sql } from 'drizzle-orm';
import { boolean, index, integer, json, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { querentSchema } from '../storage/index.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** `json`, not `jsonb`: documents come back exactly as they were stored, whatever characters they hold. */
export const tasks = querentSchema.table(
  'tasks',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    owner: text('owner').notNull(),
    status: text('status', { enum: ['queued', 'running', 'completed', 'failed', 'cancelled'] }).notNull(),
    priority: smallint('priority').notNull().default(0),
    payload: json('payload').notNull(),
    progress: json('progress'),
    result: json('result'),
    error: json('error'),
    feedback: json('feedback'),
    /** Grows with each claim; what an earlier attempt still tries to write is refused by it. */
    attempt: integer('attempt').notNull().default(0),
    /** Attempts whose process was lost. */
    losses: integer('losses').notNull().default(0),
    worker: text('worker'),
    /** The queue's job that offers the task; null while a process runs it directly. */
    jobId: uuid('job_id'),
    /** Until then nobody else may run it; the running process moves it on. */
    leaseUntil: moment('lease_until'),
    lastPosition: integer('last_position').notNull().default(0),
    lastSequence: integer('last_sequence').notNull().default(0),
    /** Durable events up to this number are no longer stored. */
    trimmedThrough: integer('trimmed_through').notNull().default(0),
    hasDeltas: boolean('has_deltas').notNull().default(false),
    cancelRequestedAt: moment('cancel_requested_at'),
    createdAt: moment('created_at').notNull(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    index('tasks_by_owner').on(table.owner, table.createdAt.desc()),
    index('tasks_running').on(table.worker).where(sql`status = 'running'`),
    index('tasks_finished').on(table.finishedAt).where(sql`finished_at IS NOT NULL`),
  ],
);

export const taskEvents = querentSchema.table(
  'task_events',
  {
    taskId: text('task_id')
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    /** The order of all events of a task. */
    position: integer('position').notNull(),
    /** The number of a durable event: 1, 2, 3…; null for a delta. */
    sequence: integer('sequence'),
    type: text('type').notNull(),
    data: json('data'),
    terminal: boolean('terminal').notNull().default(false),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.taskId, table.position] })],
);

/** What somebody sent to a running task, in order. */
export const taskInputs = querentSchema.table(
  'task_inputs',
  {
    taskId: text('task_id')
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    data: json('data').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.taskId, table.number] })],
);
