/** Tasks of the calling client: list, detail, stream, input, cancel, feedback. Others' tasks do not exist for it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Engine, InputFailure, Run } from '../../engine/index.ts';
import type { ClientAuth } from '../shared/client-auth.ts';
import { authenticate } from './bearer.ts';
import { lastEventId, START } from './cursor.ts';
import { recentTask, runningTask, taskDetail, wireMoment } from './encode-task.ts';
import { HttpProblem, parseOrReject } from './errors.ts';
import { streamRun } from './stream-run.ts';
import { feedbackResponseSchema, feedbackSchema, inputSchema, TASK_ID } from './wire.ts';

const RECENT_MS = 24 * 3_600_000;

export interface TaskRouteParts {
  readonly engine: Engine;
  readonly auth: ClientAuth;
  readonly closing: AbortSignal;
}

export function addTaskRoutes(app: FastifyInstance, { engine, auth, closing }: TaskRouteParts): void {
  const tags = ['tasks'];

  app.get(
    '/workflows/tasks',
    { schema: { summary: 'Running and recent tasks of this client', tags } },
    async (request) => {
      const client = await authenticate(request, auth);
      const runs = await engine.listRuns(client, new Date(Date.now() - RECENT_MS));
      return {
        running_tasks: runs.filter((run) => run.status === 'running').map(runningTask),
        recent_tasks: runs.filter((run) => run.status !== 'running').map(recentTask),
      };
    },
  );

  app.get('/workflows/tasks/:task_id', { schema: { summary: 'One task', tags } }, async (request) =>
    taskDetail((await ownRun(request)).run),
  );

  app.get(
    '/workflows/tasks/:task_id/events',
    { schema: { summary: 'The events of a task, from the start or after Last-Event-ID', tags } },
    async (request, reply) => {
      const { run } = await ownRun(request);
      const after = lastEventId(request);
      if (after && after.part === null && isBrowser(request) && (await hasEndedBefore(engine, run, after.seq))) {
        // Tells a browser's EventSource not to come back.
        return reply.code(204).send();
      }
      await streamRun(reply, { engine, run, after: after ?? START, closing });
      return reply;
    },
  );

  app.post(
    '/workflows/tasks/:task_id/input',
    {
      schema: { summary: 'Answer a task that waits for a person', tags, body: inputSchema },
      attachValidation: true,
    },
    async (request) => {
      const { client, id } = await caller(request);
      const input = parseOrReject(inputSchema, request.body, 'body');
      const sent = await engine.sendInput(client, id, input);
      if (!sent.ok) throw inputProblem(id, sent.failure);
      return { task_id: id, status: 'accepted', action: input.action, node_id: sent.value.nodeId };
    },
  );

  app.delete('/workflows/tasks/:task_id', { schema: { summary: 'Cancel a task', tags } }, async (request) => {
    const { run, client } = await ownRun(request);
    const cancelled = run.status === 'running' ? await engine.cancelRun(client, run.id) : run;
    if (!cancelled) throw notFound(run.id);
    return cancelled.status === 'running'
      ? { task_id: run.id, status: 'cancelled', message: 'Task cancellation requested' }
      : { task_id: run.id, status: 'not_running', message: `Task is already ${cancelled.status}` };
  });

  app.post(
    '/workflows/feedback',
    {
      schema: {
        summary: 'Say whether an answer was right',
        tags,
        body: feedbackSchema,
        response: { 200: feedbackResponseSchema },
      },
      attachValidation: true,
    },
    async (request) => {
      const client = await authenticate(request, auth);
      const { task_id, status } = parseOrReject(feedbackSchema, request.body, 'body');
      const recorded = await engine.recordFeedback(client, task_id, status);
      return { task_id, acknowledged: recorded !== null, recorded_at: wireMoment(recorded ?? new Date()) };
    },
  );

  async function caller(request: FastifyRequest): Promise<{ readonly client: string; readonly id: string }> {
    const client = await authenticate(request, auth);
    const { task_id: id } = request.params as { task_id: string };
    if (!TASK_ID.test(id)) throw notFound(id.slice(0, 128));
    return { client, id };
  }

  async function ownRun(request: FastifyRequest): Promise<{ readonly client: string; readonly run: Run }> {
    const { client, id } = await caller(request);
    const run = await engine.findRun(client, id);
    if (!run) throw notFound(id);
    return { client, run };
  }
}

const notFound = (id: string): HttpProblem => new HttpProblem(404, `Task ${id} not found`);

function inputProblem(id: string, failure: InputFailure): HttpProblem {
  switch (failure.code) {
    case 'not-found':
      return notFound(id);
    case 'over':
      return new HttpProblem(409, `Task ${id} is already ${failure.status}`);
    case 'not-waiting':
      return new HttpProblem(409, `Task ${id} is not waiting for input`);
    case 'unknown-action':
      return new HttpProblem(422, [
        {
          type: 'enum',
          loc: ['body', 'action'],
          msg: `Input should be ${failure.actions.map((action) => `'${action}'`).join(' or ')}`,
          input: null,
        },
      ]);
  }
}

/** Only browsers send this header, and only they reconnect to a stream that has ended. */
const isBrowser = (request: FastifyRequest): boolean => request.headers['sec-fetch-dest'] !== undefined;

/** True when the run is over and the client has seen all of it. */
async function hasEndedBefore(engine: Engine, run: Run, after: number): Promise<boolean> {
  if (run.status === 'running') return false;
  const records = await engine.followRun(run.owner, run.id, { after, signal: new AbortController().signal });
  if (!records) return true;
  for await (const record of records) if (record.kind === 'gap' || record.seq !== null) return false;
  return true;
}
