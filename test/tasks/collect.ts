import type { FollowedEvent, TaskService } from '../../src/tasks/index.ts';

/** The whole log of a task once it is over. */
export async function collect(tasks: TaskService, id: string, after = 0): Promise<FollowedEvent[]> {
  const events: FollowedEvent[] = [];
  for await (const event of tasks.events(id, { after })) events.push(event);
  return events;
}

/** Resolves with the first event of a type. */
export async function eventOf(tasks: TaskService, id: string, type: string, nth = 1): Promise<FollowedEvent> {
  let seen = 0;
  for await (const event of tasks.events(id)) {
    if (event.kind === 'event' && event.type === type) seen += 1;
    if (seen === nth) return event;
  }
  throw new Error(`the task ${id} ended without ${nth} × ${type}`);
}

export const numbers = (events: readonly FollowedEvent[]): (number | null)[] =>
  events.flatMap((event) => (event.kind === 'event' && event.sequence !== null ? [event.sequence] : []));
