import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Engine, type Run, type RunResult, rowObjects } from '../../engine/index.ts';
import type { ClientAuth } from '../shared/client-auth.ts';
import { sendEventStream } from '../shared/sse-writer.ts';
import { authenticate } from './bearer.ts';
import { decodeRunRequest } from './decode.ts';
import { encodeRunRecord } from './encode-run-events.ts';
import { HttpProblem, parseOrReject } from './errors.ts';
import { type RunRequestBody, type RunResponseBody, runRequestSchema, runResponseSchema } from './wire.ts';

/** `POST /workflows/run`, synchronous and as a stream. */
export function addRunRoutes(app: FastifyInstance, engine: Engine, auth: ClientAuth): void {
  const bodySchema = runRequestSchema(engine.config.limits.question_characters);
  app.post(
    '/workflows/run',
    {
      schema: {
        summary: 'Answer a question with a workflow',
        tags: ['workflows'],
        body: bodySchema,
        response: { 200: runResponseSchema },
      },
      attachValidation: true,
    },
    async (request, reply) => {
      const client = await authenticate(request, auth);
      const body = parseOrReject(bodySchema, request.body, 'body');
      if (body.mode === 'async' && !acceptsEventStream(request)) {
        throw new HttpProblem(400, "For async mode, Accept header must include 'text/event-stream'");
      }
      const after = lastEventId(request);
      const id = (await reattach(engine, client, body, after)) ?? (await submit(engine, client, body));
      if (body.mode === 'async') {
        await streamRun(engine, client, id, after ?? 0, reply);
        return reply;
      }
      return runResponse(body, await finishedRun(engine, client, id));
    },
  );
}

const acceptsEventStream = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('text/event-stream');

/** The cursor of a reconnecting client, or null. Ids are sequence numbers; anything else is a client's mistake. */
export function lastEventId(request: FastifyRequest): number | null {
  const header = request.headers['last-event-id'];
  if (header === undefined || header === '') return null;
  const value = Number(header);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new HttpProblem(400, 'Last-Event-ID must be an id that this server sent');
  return value;
}

/** A repeated stream request with a cursor continues the client's own run instead of starting one. */
async function reattach(
  engine: Engine,
  client: string,
  body: RunRequestBody,
  after: number | null,
): Promise<string | null> {
  if (after === null || !body.task_id || body.mode !== 'async') return null;
  const run = await engine.findRun(client, body.task_id);
  return run ? run.id : null;
}

async function submit(engine: Engine, client: string, body: RunRequestBody): Promise<string> {
  const submitted = await engine.submitRun({
    id: body.task_id ?? null,
    owner: client,
    channel: body.mode === 'async' ? 'workflow_stream' : 'workflow_sync',
    request: decodeRunRequest(body, new Date()),
  });
  if (!submitted.ok) throw new HttpProblem(409, `Task ${body.task_id} already exists. Please use a different task_id.`);
  return submitted.value.id;
}

/** Sends a run's frames from a cursor to its terminal frame; the run goes on when the client leaves. */
export async function streamRun(
  engine: Engine,
  client: string,
  id: string,
  after: number,
  reply: FastifyReply,
): Promise<void> {
  await sendEventStream(
    reply,
    async function* (signal) {
      const records = await engine.followRun(client, id, { after, signal });
      if (!records) return;
      for await (const record of records) {
        const frame = encodeRunRecord(id, record);
        if (frame) yield frame;
      }
    },
    { 'x-task-id': id },
  );
}

async function finishedRun(engine: Engine, client: string, id: string): Promise<Run> {
  const records = await engine.followRun(client, id, { after: 0, signal: new AbortController().signal });
  if (records) for await (const _ of records);
  const run = await engine.findRun(client, id);
  if (!run) throw new Error(`run ${id} vanished`);
  return run;
}

/** Contract §3.3: HTTP 200 also for a failed run. */
function runResponse(body: RunRequestBody, run: Run): RunResponseBody {
  const result = run.result;
  const seconds = result ? result.elapsedMs / 1000 : null;
  return {
    task_id: run.id,
    status: run.status === 'running' ? 'error' : wireStatus(run.status, result),
    workflow: body.workflow,
    sql: result?.sql ?? null,
    result: result?.rows ? rowObjects(result.rows) : null,
    metadata: result
      ? {
          execution_time: seconds,
          nodes_executed: result.nodesExecuted,
          reflection_rounds: result.reflectionRounds,
          planner: result.planner,
          confidence: result.confidence,
          reading: result.reading,
          truncated: result.rows?.truncated ?? false,
          outcome: result.problem ? result.problem.kind : 'answer',
          suggestions: result.problem?.suggestions ?? [],
        }
      : null,
    error: run.status === 'completed' ? null : (result?.problem?.message ?? 'Workflow execution failed'),
    execution_time: seconds,
  };
}

/** Names that do not exist are the caller's error; everything else that did not answer is a failed workflow. */
function wireStatus(status: Exclude<Run['status'], 'running'>, result: RunResult | null): RunResponseBody['status'] {
  const requestFault = ['not-found', 'request-invalid', 'config-invalid', 'datasource-unavailable', 'internal'];
  return status === 'failed' && requestFault.includes(result?.problem?.code ?? '') ? 'error' : status;
}
