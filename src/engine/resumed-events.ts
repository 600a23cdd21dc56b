/** A run that starts over after its process was lost tells again what its log already holds; this finds it out. */
import type { RunEvent } from '../workflows/index.ts';

/** What a second attempt measures anew. */
const MEASURED = new Set(['elapsedMs', 'preparedMs', 'estimatedRows', 'execution_time_ms']);

/**
 * @param stored the events of earlier attempts
 * @returns whether an event is one of them; each stored event stands for one
 */
export function createReplayFilter(stored: readonly RunEvent[]): (event: RunEvent) => boolean {
  const left = new Map<string, number>();
  for (const key of stored.map(keyOf)) left.set(key, (left.get(key) ?? 0) + 1);
  return (event) => {
    const key = keyOf(event);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count > 0;
  };
}

function keyOf(event: RunEvent): string {
  switch (event.type) {
    case 'run-start':
    case 'report-ready':
    case 'output-ready':
      return event.type;
    case 'tool-call':
    case 'tool-result':
    case 'sql-start':
      return `${event.type} ${event.callId}`;
    case 'sql-result':
    case 'sql-error':
      // A statement has one outcome in the log, whichever it was.
      return `sql-end ${event.callId}`;
    case 'message':
      // A report names how long things took; a note is its text.
      if (event.role === 'report') return `report ${event.nodeId} ${event.todoId}`;
  }
  return JSON.stringify(event, (name, value: unknown) => (MEASURED.has(name) ? undefined : value));
}
