import { and, count, desc, eq, inArray, lt, or } from 'drizzle-orm';
import type { State } from '../storage/index.ts';
import { tasks } from './tables.ts';
import type { Json, Task, TaskError, TaskStatus } from './task.ts';

export interface ListFilter {
  /** Without it, tasks of all owners. */
  readonly owner?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly statuses?: readonly TaskStatus[] | undefined;
  /** Default 100. */
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  /** Continues after the last task of a page. */
  readonly after?: { readonly createdAt: Date; readonly id: string } | undefined;
}

export type TaskCounts = Readonly<Record<TaskStatus, number>>;

/** Newest first. */
export async function listTasks(state: State, filter: ListFilter): Promise<Task[]> {
  const { owner, kinds, statuses, limit = 100, offset = 0, after } = filter;
  const rows = await state.db
    .select()
    .from(tasks)
    .where(
      and(
        owner === undefined ? undefined : eq(tasks.owner, owner),
        kinds === undefined ? undefined : inArray(tasks.kind, [...kinds]),
        statuses === undefined ? undefined : inArray(tasks.status, [...statuses]),
        after === undefined
          ? undefined
          : or(lt(tasks.createdAt, after.createdAt), and(eq(tasks.createdAt, after.createdAt), lt(tasks.id, after.id))),
      ),
    )
    .orderBy(desc(tasks.createdAt), desc(tasks.id))
    .limit(limit)
    .offset(offset);
  return rows.map(({ payload, progress, result, error, feedback, cancelRequestedAt, ...row }) => ({
    id: row.id,
    kind: row.kind,
    owner: row.owner,
    status: row.status,
    priority: row.priority,
    payload: (payload ?? null) as Json,
    progress: (progress ?? null) as Json,
    result: (result ?? null) as Json,
    error: (error ?? null) as TaskError | null,
    feedback: (feedback ?? null) as Json,
    attempt: row.attempt,
    lastSequence: row.lastSequence,
    cancelRequested: cancelRequestedAt !== null,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  }));
}

export async function countTasks(state: State): Promise<TaskCounts> {
  const rows = await state.db.select({ status: tasks.status, tasks: count() }).from(tasks).groupBy(tasks.status);
  const counts: Record<TaskStatus, number> = { queued: 0, running: 0, completed: 0, failed: 0, cancelled: 0 };
  for (const row of rows) counts[row.status] = Number(row.tasks);
  return counts;
}
