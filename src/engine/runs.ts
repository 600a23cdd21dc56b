/** Durable runs: workflows as tasks, their events as the tasks' log. */
import { EngineError, fail, type Logger, type Outcome, ok } from '../kernel/index.ts';
import type { ReferenceSqlStore } from '../knowledge/index.ts';
import { createModelBudget, type ModelBudget } from '../llm/index.ts';
import type { Json, NewEvent, Task, TaskContext, TaskEnd, TaskService } from '../tasks/index.ts';
import {
  type InputRequest,
  isDurable,
  type PersonInput,
  type RunEvent,
  type RunRequest,
  type RunServices,
  runResearch,
  runWorkflow,
} from '../workflows/index.ts';
import type {
  InputFailure,
  Run,
  RunChannel,
  RunFeedback,
  RunRecord,
  RunResult,
  RunSubmission,
  RunUsage,
} from './engine.ts';
import { createReplayFilter } from './resumed-events.ts';

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
  sendInput(owner: string, id: string, input: PersonInput): Promise<Outcome<InputRequest, InputFailure>>;
  recordFeedback(owner: string, id: string, status: RunFeedback['status']): Promise<Date | null>;
}

export interface RunParts {
  readonly tasks: TaskService;
  readonly services: RunServices;
  readonly references: ReferenceSqlStore;
  readonly logger: Logger;
}

/** Registers the work and gives the facade's run part. Call before `tasks.start()`. */
export function createRuns(parts: RunParts): Runs {
  const { tasks, references } = parts;
  tasks.registerHandler(KIND, (context) => executeRun(context, parts), {
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
      const [live, newest] = await Promise.all([
        tasks.list({ owner, kinds: [KIND], statuses: ['queued', 'running'], limit: MAX_LISTED }),
        tasks.list({ owner, kinds: [KIND], statuses: ['completed', 'failed', 'cancelled'], limit: MAX_LISTED }),
      ]);
      return [...live, ...newest.filter((task) => task.createdAt >= since)].map(runOf);
    },
    async cancel(owner, id) {
      const task = await owned(owner, id);
      if (!task) return null;
      if (await tasks.cancel(id)) return runOf(task);
      const over = await owned(owner, id);
      return over && runOf(over);
    },
    async sendInput(owner, id, input) {
      const task = await owned(owner, id);
      if (!task) return fail({ code: 'not-found' });
      const run = runOf(task);
      if (run.status !== 'running') return fail({ code: 'over', status: run.status });
      const asked = askedOf(task);
      if (!asked) return fail({ code: 'not-waiting' });
      const { number, ...waiting } = asked;
      if (!waiting.actions.includes(input.action)) return fail({ code: 'unknown-action', actions: waiting.actions });
      // One answer to a question; a second one would answer nothing.
      const taken = await tasks.sendInput(id, json({ number, input }), {
        unless: (earlier) => earlier.some((sent) => (sent as { number?: number } | null)?.number === number),
      });
      if (taken) return ok(waiting);
      const now = await tasks.get(id);
      const status = now ? runOf(now).status : 'completed';
      return fail(status === 'running' ? { code: 'not-waiting' } : { code: 'over', status });
    },
    async recordFeedback(owner, id, status) {
      const task = await owned(owner, id);
      if (!task) return null;
      const recordedAt = new Date();
      await tasks.setFeedback(id, { status, recordedAt: recordedAt.toISOString() });
      const { request, result } = runOf(task);
      if (status === 'failed') await references.removeCandidate(id);
      else if (task.status === 'completed' && result?.sql) {
        const { namespace, question } = request;
        await references.addCandidate({ namespace, question, sql: result.sql, origin: 'feedback', runId: id, owner });
      }
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

async function executeRun(context: TaskContext, { tasks, services, logger }: RunParts): Promise<TaskEnd> {
  const { request } = context.payload as unknown as RunPayload;
  const earlier =
    context.attempt > 1 ? (await context.history()).map((event) => event.data as unknown as RunEvent) : [];
  const started = earlier.some((event) => event.type === 'run-start');
  // A research stream is read as one document: nothing in it is told twice.
  const isStored = createReplayFilter(request.research ? earlier : []);
  const budget = createModelBudget(services.modelLimits);
  const generated: Extract<RunEvent, { type: 'sql-generated' }>[] = [];
  let output: Extract<RunEvent, { type: 'output-ready' }> | null = null;
  const emit = async (event: RunEvent): Promise<void> => {
    if (event.type === 'run-start' && started) return;
    if (event.type === 'sql-generated') generated.push(event);
    if (event.type === 'output-ready') output = event;
    if (isStored(event)) return;
    // Order is kept by the log; an attempt that lost its claim is told by its signal, not by its events.
    context
      .emit(stored(event), { durable: isDurable(event) })
      .catch((error: Error) => logger.debug({ reason: error.message, taskId: context.taskId }, 'an event was refused'));
  };
  const execute = request.research ? runResearch : runWorkflow;
  const end = await execute(request, services, {
    owner: context.owner,
    signal: context.signal,
    emit,
    budget,
    ...personOf(context),
  });
  // A run that its process had to leave is not over: it goes back to the queue and starts again elsewhere.
  if (end.status === 'cancelled' && !(await tasks.get(context.taskId))?.cancelRequested) throw context.signal.reason;
  const shown = output as Extract<RunEvent, { type: 'output-ready' }> | null;
  const last = generated.findLast((one) => shown === null || one.sql === shown.sql) ?? null;
  const completed = end.status === 'completed';
  const result: RunResult = {
    status: end.status,
    sql: completed ? (shown?.sql ?? last?.sql ?? null) : null,
    rows: completed ? (shown?.result ?? null) : null,
    problem: end.problem,
    planner: last?.planner ?? null,
    confidence: last?.confidence ?? null,
    reading: last?.reading ?? null,
    plan: last?.plan ?? null,
    elapsedMs: end.elapsedMs,
    nodesExecuted: end.nodesExecuted,
    reflectionRounds: end.reflectionRounds,
    usage: usageOf(budget),
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

const usageOf = ({ tokens, calls }: ModelBudget): RunUsage => {
  const prices = calls.flatMap((call) => (call.cost === null ? [] : [call.cost]));
  return { tokens, cost: prices.length === 0 ? null : prices.reduce((sum, price) => sum + price, 0), calls };
};

/** A question to a person with its number in the run: an answer to an earlier one is no answer to it. */
interface Asked extends InputRequest {
  readonly number: number;
}

/**
 * How a run asks a person. What it waits for is stored with the task, so that any process can check and pass on an
 * input; an attempt that starts over asks the same questions and reads the same answers again.
 */
function personOf(context: TaskContext): {
  readonly nextInput: () => Promise<unknown>;
  readonly onWaiting: (waiting: InputRequest | null) => Promise<void>;
} {
  let number = 0;
  return {
    async onWaiting(waiting) {
      if (waiting) number += 1;
      await context.saveProgress(json({ asked: waiting && ({ number, ...waiting } satisfies Asked) }));
    },
    async nextInput() {
      for (;;) {
        const sent = (await context.nextInput()) as { number?: number; input?: unknown } | null;
        if (sent?.number === number) return sent.input;
      }
    },
  };
}

const askedOf = (task: Task): Asked | null => (task.progress as { asked?: Asked | null } | null)?.asked ?? null;

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
    waiting: task.status === 'running' || task.status === 'queued' ? waitingOf(task) : null,
    feedback: feedback && { status: feedback.status, recordedAt: new Date(feedback.recordedAt) },
  };
}

function waitingOf(task: Task): InputRequest | null {
  const asked = askedOf(task);
  return asked && { nodeId: asked.nodeId, prompt: asked.prompt, actions: asked.actions };
}
