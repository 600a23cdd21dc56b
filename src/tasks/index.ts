export { type Clock, systemClock } from './clock.ts';
export type { FollowOptions } from './follow-events.ts';
export type { Retention } from './maintenance.ts';
export {
  type EventGap,
  type FinalStatus,
  type FollowedEvent,
  type HandlerOptions,
  type Json,
  type NewEvent,
  type StoredEvent,
  type Task,
  type TaskContext,
  type TaskEnd,
  type TaskError,
  TaskFailure,
  type TaskHandler,
  type TaskStatus,
} from './task.ts';
export type { ListFilter, TaskCounts } from './task-list.ts';
export { createTaskService, type SubmitRequest, type TaskService, type TaskServiceOptions } from './task-service.ts';
export { type Attempt, holdAttempt } from './task-store.ts';
