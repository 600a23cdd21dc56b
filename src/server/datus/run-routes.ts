import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Engine, type Run, type RunResult, rowObjects } from '../../engine/index.ts';
import { authenticate } from './bearer.ts';
import { type Cursor, lastEventId, START } from './cursor.ts';
import { decodeRunRequest } from './decode.ts';
import { HttpProblem, parseOrReject } from './errors.ts';
import { streamRun } from './stream-run.ts';
import type { TaskRouteParts } from './task-routes.ts';
import { type RunRequestBody, type RunResponseBody, runRequestSchema, runResponseSchema } from './wire.ts';

/** `POST /workflows/run`, synchronous and as a stream. */
export function addRunRoutes(app: FastifyInstance, { engine, auth, closing }: TaskRouteParts): void {
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
      const known = await reattach(engine, client, body, after);
      if (known) {
        await streamRun(reply, { engine, run: known, after: after ?? START, closing });
        return reply;
      }
      const run = await submit(engine, client, body);
      if (body.mode === 'async') {
        await streamRun(reply, { engine, run, after: START, closing });
        return reply;
      }
      return runResponse(body, await finishedRun(engine, client, run.id, closing));
    },
  );
}

const acceptsEventStream = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('text/event-stream');

/** A repeated stream request with a cursor continues the client's own run instead of starting one. */
async function reattach(
  engine: Engine,
  client: string,
  body: RunRequestBody,
  after: Cursor | null,
): Promise<Run | null> {
  if (after === null || !body.task_id || body.mode !== 'async') return null;
  return engine.findRun(client, body.task_id);
}

async function submit(
  engine: Engine,
  client: string,
  body: RunRequestBody,
): Promise<Pick<Run, 'id' | 'owner' | 'channel'>> {
  const channel = body.mode === 'async' ? 'workflow_stream' : 'workflow_sync';
  const submitted = await engine.submitRun({
    id: body.task_id ?? null,
    owner: client,
    channel,
    request: decodeRunRequest(body, new Date()),
  });
  if (!submitted.ok) throw new HttpProblem(409, `Task ${body.task_id} already exists. Please use a different task_id.`);
  return { id: submitted.value.id, owner: client, channel };
}

/** The run once it is over. A server that stops first says so; the run itself goes on after the next start. */
async function finishedRun(engine: Engine, client: string, id: string, closing: AbortSignal): Promise<Run> {
  const records = await engine.followRun(client, id, { after: 0, signal: closing });
  if (records) for await (const _ of records);
  const run = await engine.findRun(client, id);
  if (!run) throw new Error(`run ${id} vanished`);
  if (run.status === 'running') {
    throw new HttpProblem(503, `The server is stopping; task ${id} will go on: GET /workflows/tasks/${id}`, {
      'retry-after': '5',
    });
  }
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
          tokens_used: result.usage.tokens,
          cost: result.usage.cost,
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
