import { randomUUID } from 'node:crypto';
import type { State } from '../storage/index.ts';
import type { JobQueue } from './job-queue.ts';
import * as store from './task-store.ts';

/** Offers an interrupted attempt's task again at once, to any process; false when the attempt is not the current one. */
export async function requeue(
  state: State,
  queue: JobQueue,
  task: { readonly id: string; readonly kind: string; readonly attempt: number; readonly priority: number },
  { lost, sender }: { lost: boolean; sender: string },
): Promise<boolean> {
  const jobId = randomUUID();
  return state.transaction(async (tx) => {
    if (!(await store.requeueTask(tx, { taskId: task.id, attempt: task.attempt }, { jobId, lost }))) return false;
    await queue.send(tx, task.kind, { id: jobId, taskId: task.id, priority: task.priority });
    await tx.notify(store.CHANNEL, `${sender} work ${task.kind}`);
    return true;
  });
}
