import { randomUUID } from 'node:crypto';
import type { State } from '../storage/index.ts';
import type { JobQueue } from './job-queue.ts';
import * as store from './task-store.ts';

/** Why an attempt ended before the task did. */
export type Interruption = 'shutdown' | 'lost' | 'failed';

const LONGEST_PAUSE_SECONDS = 60;

/**
 * Offers an interrupted attempt's task again, to any process: after a failure with a pause that doubles, else at once.
 * False when the attempt is not the current one.
 */
export async function requeue(
  state: State,
  queue: JobQueue,
  task: { readonly id: string; readonly kind: string; readonly attempt: number; readonly priority: number },
  why: Interruption,
  sender: string,
): Promise<boolean> {
  const jobId = randomUUID();
  return state.transaction(async (tx) => {
    const fence = { taskId: task.id, attempt: task.attempt };
    const requeued = await store.requeueTask(tx, fence, {
      jobId,
      counts: why !== 'shutdown',
      unlessHeld: why === 'lost',
    });
    if (requeued === null) return false;
    const pauseSeconds = why === 'failed' ? Math.min(2 ** (requeued.losses - 1), LONGEST_PAUSE_SECONDS) : 0;
    await queue.send(tx, task.kind, { id: jobId, taskId: task.id, priority: task.priority, pauseSeconds });
    if (pauseSeconds === 0) await tx.notify(store.CHANNEL, `${sender} work ${task.kind}`);
    return true;
  });
}
