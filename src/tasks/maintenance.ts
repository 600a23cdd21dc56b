/** What has to happen from time to time: leases, lost processes, missed cancels, retention. */
import type { Logger } from '../kernel/index.ts';
import type { State } from '../storage/index.ts';
import type { Clock } from './clock.ts';
import type { Handlers } from './handlers.ts';
import type { JobQueue } from './job-queue.ts';
import { requeue } from './requeue.ts';
import type { Runner } from './runner.ts';
import * as store from './task-store.ts';

export interface Retention {
  /** Tasks that ended longer ago than this are deleted, with their events. */
  readonly taskDays: number;
  /** Durable events (but the terminal one) of tasks that ended longer ago than this are trimmed. */
  readonly eventDays: number;
  /** Deltas are trimmed this long after the end. */
  readonly deltaSeconds: number;
}

export interface Maintenance {
  readonly state: State;
  readonly queue: JobQueue;
  readonly runner: Runner;
  readonly handlers: Handlers;
  readonly instance: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly retention: Retention;
  /** How often in a row each attempt was seen to be overdue. */
  readonly overdue: Map<string, number>;
}

/**
 * A lease has to be seen over so often in a row, about a second apart: after a pause of the whole machine all leases
 * are over, and whoever lives gets the time to renew them.
 */
const OVERDUE_LOOKS = 5;

/** Tasks whose process is no longer there, or has not renewed its lease, go back to the queue; how many. */
export async function recoverLost(maintenance: Maintenance): Promise<number> {
  const { state, queue, runner, handlers, instance, logger, overdue } = maintenance;
  const leases = (await store.readLeases(state)).filter(({ id, kind }) => !runner.isRunning(id) && handlers.has(kind));
  const absent = new Set(await state.absent([...new Set(leases.map(({ worker }) => worker))]));
  const looks = new Map(
    leases
      .filter(({ expired }) => expired)
      .map(({ id, attempt }) => [`${id} ${attempt}`, (overdue.get(`${id} ${attempt}`) ?? 0) + 1]),
  );
  overdue.clear();
  for (const [key, count] of looks) overdue.set(key, count);
  const lost = leases.filter(
    ({ id, attempt, worker }) => absent.has(worker) || (looks.get(`${id} ${attempt}`) ?? 0) >= OVERDUE_LOOKS,
  );
  let count = 0;
  for (const task of lost) if (await requeue(state, queue, task, 'lost', instance)) count += 1;
  if (count > 0) logger.warn({ tasks: count }, 'tasks of a lost process go back to the queue');
  return count;
}

/** Cancels that were asked for while nobody listened. */
export async function applyCancels({ state, runner }: Maintenance): Promise<void> {
  const ids = runner.runningIds;
  if (ids.length === 0) return;
  const rows = await state.execute<{ id: string }>(
    'SELECT id FROM querent.tasks WHERE id = ANY($1) AND cancel_requested_at IS NOT NULL',
    [ids],
  );
  for (const { id } of rows) runner.cancel(id);
}

/** Deletes and trims what the retention no longer keeps. */
export async function applyRetention({ state, clock, retention }: Maintenance): Promise<void> {
  const before = (seconds: number): Date => new Date(clock.now().getTime() - seconds * 1_000);
  await state.execute(
    `WITH trimmed AS (
       UPDATE querent.tasks SET has_deltas = false WHERE has_deltas AND finished_at < $1 RETURNING id)
     DELETE FROM querent.task_events e USING trimmed WHERE e.task_id = trimmed.id AND e.sequence IS NULL`,
    [before(retention.deltaSeconds)],
  );
  await state.execute(
    `WITH trimmed AS (
       UPDATE querent.tasks SET trimmed_through = last_sequence - 1
       WHERE finished_at < $1 AND trimmed_through < last_sequence - 1 RETURNING id, trimmed_through)
     DELETE FROM querent.task_events e USING trimmed WHERE e.task_id = trimmed.id AND e.sequence <= trimmed.trimmed_through`,
    [before(retention.eventDays * 86_400)],
  );
  await state.execute('DELETE FROM querent.tasks WHERE finished_at < $1', [before(retention.taskDays * 86_400)]);
}
