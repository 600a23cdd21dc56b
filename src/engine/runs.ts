/** Durable runs: workflows as tasks, their events as the tasks' log. */
import { EngineError, fail, type Logger, type Outcome, ok } from '../kernel/index.ts';
import type { Json, NewEvent, Task, TaskContext, TaskEnd, TaskService } from '../tasks/index.ts';
import {
  isDurable,
  type RunEvent,
  type RunRequest,
  type RunRows,
  type RunServices,
  runWorkflow,
} from '../workflows/index.ts';
import type { Run, RunChannel, RunFeedback, RunRecord, RunResult, RunSubmission } from './engine.ts';

const KIND = 'run';
/** Runs that one process works on at a time; their statements queue at the datasource's own bulkhead. */
const CONCURRENT_RUNS = 32;
const MAX_LISTED = 500;

interface RunPayload {
  readonly channel: RunChannel;
  readonly request: RunRequest;
}

export interface Runs {
  submit(submission: RunSubmission): Promise<Outcome<{ readonly id: string }, { readonly code: 'id-taken' }>>;
  follow(
    owner: string,
    id: string,
    options: { readonly after: number; readonly signal: AbortSignal },
  ): Promise<AsyncIterable<RunRecord> | null>;
  find(owner: string, id: string): Promise<Run | null>;
  list(owner: string, since: Date): Promise<readonly Run[]>;
  cancel(owner: string, id: string): Promise<Run | null>;
  recordFeedback(owner: string, id: string, status: RunFeedback['status']): Promise<Date | null>;
}

/** Registers the work and gives the facade's run part. Call before `tasks.start()`. */
export function createRuns(tasks: TaskService, services: RunServices, logger: Logger): Runs {
  tasks.registerHandler(KIND, (context) => executeRun(context, services, logger), {
    concurrency: CONCURRENT_RUNS,
    terminalEvent: (end) => stored(endWithoutHandler(end)),
  });
  const owned = async (owner: string, id: string): Promise<Task | null> => {
    const task = await tasks.get(id);
    return task && task.kind === KIND && task.owner === owner ? task : null;
  };
  return {
    submit: (submission) => submit(tasks, submission),
    async follow(owner, id, options) {
      return (await owned(owner, id)) ? records(tasks, id, options) : null;
    },
    async find(owner, id) {
      const task = await owned(owner, id);
      return task && runOf(task);
    },
    async list(owner, since) {
      const found = await tasks.list({ owner, kinds: [KIND], limit: MAX_LISTED });
      return found.filter((task) => task.createdAt >= since).map(runOf);
    },
    async cancel(owner, id) {
      const task = await owned(owner, id);
      if (!task) return null;
      await tasks.cancel(id);
      return runOf(task);
    },
    async recordFeedback(owner, id, status) {
      if (!(await owned(owner, id))) return null;
      const recordedAt = new Date();
      await tasks.setFeedback(id, { status, recordedAt: recordedAt.toISOString() });
      return recordedAt;
    },
  };
}

const json = (value: unknown): Json => value as Json;
const stored = (event: RunEvent): NewEvent => ({ type: event.type, data: json(event) });

async function submit(tasks: TaskService, { id, owner, channel, request }: RunSubmission) {
  const payload = json({ channel, request } satisfies RunPayload);
  const base = id ?? generatedId(owner, new Date());
  for (let n = 1; n < 1_000; n += 1) {
    const wanted = n === 1 ? base : `${base}_${n}`;
    const submitted = await tasks.submit({ id: wanted, kind: KIND, owner, payload });
    if (submitted.ok) return ok({ id: wanted });
    if (id !== null) return fail({ code: 'id-taken' as const });
  }
  throw new EngineError('busy', 'too many runs were started within this second; try again');
}

/** `{owner}_{YYYYMMDDHHMMSS}` in local time; characters that task ids cannot have become `-`. */
function generatedId(owner: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const stamp = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `${owner.replace(/[^A-Za-z0-9_.:-]/g, '-').slice(0, 100)}_${stamp}`;
}

async function executeRun(context: TaskContext, services: RunServices, logger: Logger): Promise<TaskEnd> {
  const { request } = context.payload as unknown as RunPayload;
  const started = context.attempt > 1 && (await context.history()).some((event) => event.type === 'run-start');
  let sql: Extract<RunEvent, { type: 'sql-generated' }> | null = null;
  let rows: RunRows | null = null;
  const emit = async (event: RunEvent): Promise<void> => {
    if (event.type === 'run-start' && started) return;
    if (event.type === 'sql-generated') sql = event;
    if (event.type === 'output-ready') rows = event.result;
    // Order is kept by the log; an attempt that lost its claim is told by its signal, not by its events.
    context
      .emit(stored(event), { durable: isDurable(event) })
      .catch((error: Error) => logger.debug({ reason: error.message, taskId: context.taskId }, 'an event was refused'));
  };
  const end = await runWorkflow(request, services, { owner: context.owner, signal: context.signal, emit });
  const last = sql as Extract<RunEvent, { type: 'sql-generated' }> | null;
  const result: RunResult = {
    status: end.status,
    sql: end.status === 'completed' ? (last?.sql ?? null) : null,
    rows: end.status === 'completed' ? rows : null,
    problem: end.problem,
    planner: last?.planner ?? null,
    confidence: last?.confidence ?? null,
    reading: last?.reading ?? null,
    elapsedMs: end.elapsedMs,
    nodesExecuted: end.nodesExecuted,
    reflectionRounds: end.reflectionRounds,
  };
  const event = stored(end);
  switch (end.status) {
    case 'completed':
      return { status: 'completed', result: json(result), event };
    case 'cancelled':
      return { status: 'cancelled', result: json(result), event };
    case 'failed': {
      const problem = end.problem ?? { code: 'internal', message: 'Workflow execution failed' };
      return { status: 'failed', error: { code: problem.code, message: problem.message }, result: json(result), event };
    }
  }
}

/** The terminal event of a run whose process was lost or that was cancelled before it began. */
function endWithoutHandler(end: TaskEnd): RunEvent {
  const base = { type: 'run-end' as const, elapsedMs: 0, nodesExecuted: 0, reflectionRounds: 0 };
  if (end.status === 'completed') return { ...base, status: 'completed', problem: null };
  if (end.status === 'cancelled') {
    return {
      ...base,
      status: 'cancelled',
      problem: { kind: 'cancelled', code: 'cancelled', message: 'Task was cancelled', suggestions: [] },
    };
  }
  return {
    ...base,
    status: 'failed',
    problem: { kind: 'failure', code: end.error.code, message: end.error.message, suggestions: [] },
  };
}

async function* records(
  tasks: TaskService,
  id: string,
  options: { readonly after: number; readonly signal: AbortSignal },
): AsyncGenerator<RunRecord, void, void> {
  for await (const event of tasks.events(id, options)) {
    yield event.kind === 'gap'
      ? { kind: 'gap', from: event.from, to: event.to }
      : { kind: 'event', seq: event.sequence, time: event.at, event: event.data as unknown as RunEvent };
  }
}

function runOf(task: Task): Run {
  const { channel, request } = task.payload as unknown as RunPayload;
  const feedback = task.feedback as { status: RunFeedback['status']; recordedAt: string } | null;
  return {
    id: task.id,
    owner: task.owner,
    channel,
    status: task.status === 'queued' ? 'running' : task.status,
    createdAt: task.createdAt,
    updatedAt: task.finishedAt ?? task.startedAt ?? task.createdAt,
    request,
    result: task.result === null ? null : (task.result as unknown as RunResult),
    feedback: feedback && { status: feedback.status, recordedAt: new Date(feedback.recordedAt) },
  };
}
