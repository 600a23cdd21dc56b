/** `POST /workflows/chat_research`: a deep-research run as a stream of data-only frames. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isResearchMode, type RunRequest, researchModeOf } from '../../engine/index.ts';
import { authenticate } from './bearer.ts';
import { lastEventId, START } from './cursor.ts';
import { decodeRunRequest } from './decode.ts';
import { HttpProblem, parseOrReject } from './errors.ts';
import { streamRun } from './stream-run.ts';
import type { TaskRouteParts } from './task-routes.ts';
import { runRequestSchema } from './wire.ts';

const PROMPT_CHARACTERS = 20_000;

/** @param questionCharacters `limits.question_characters` */
export const researchRequestSchema = (questionCharacters: number) =>
  runRequestSchema(questionCharacters)
    .omit({ workflow: true, mode: true })
    .extend({
      auto_execute_plan: z.boolean().nullish(),
      prompt: z.string().max(PROMPT_CHARACTERS).nullish(),
      prompt_mode: z.enum(['append', 'replace']).nullish(),
      execution_mode: z.string().max(64).nullish(),
    });
export type ResearchRequestBody = z.output<ReturnType<typeof researchRequestSchema>>;

export function addResearchRoutes(app: FastifyInstance, { engine, auth, closing }: TaskRouteParts): void {
  const bodySchema = researchRequestSchema(engine.config.limits.question_characters);
  app.post(
    '/workflows/chat_research',
    {
      schema: { summary: 'Deep research as a stream', tags: ['workflows'], body: bodySchema },
      attachValidation: true,
    },
    async (request, reply) => {
      const client = await authenticate(request, auth);
      const body = parseOrReject(bodySchema, request.body, 'body');
      if (!(request.headers.accept ?? '').includes('text/event-stream')) {
        throw new HttpProblem(400, "Accept header must include 'text/event-stream'");
      }
      const after = lastEventId(request);
      const known = after !== null && body.task_id ? await engine.findRun(client, body.task_id) : null;
      if (known) {
        await streamRun(reply, { engine, run: known, after: after ?? START, closing });
        return reply;
      }
      const id = body.task_id || generatedId(client, new Date());
      if (body.execution_mode && !isResearchMode(body.execution_mode)) {
        request.log.warn({ executionMode: body.execution_mode }, 'unknown execution_mode; the task’s words decide');
      }
      const submitted = await engine.submitRun({
        id,
        owner: client,
        channel: 'chat_research',
        request: decodeResearchRequest(body, new Date()),
      });
      if (!submitted.ok) throw new HttpProblem(409, `Task ${id} already exists. Please use a different task_id.`);
      const run = { id: submitted.value.id, owner: client, channel: 'chat_research' as const };
      await streamRun(reply, { engine, run, after: START, closing });
      return reply;
    },
  );
}

/** An explicit `plan_mode` or `auto_execute_plan` wins over what the mode says. */
export function decodeResearchRequest(body: ResearchRequestBody, now: Date): RunRequest {
  const mode = researchModeOf(body.execution_mode ?? null, body.task);
  const planMode = body.plan_mode ?? mode.planMode;
  const prompt = body.prompt?.trim();
  return {
    ...decodeRunRequest({ ...body, workflow: mode.workflow, mode: 'async' }, now),
    planMode,
    research: {
      mode: mode.mode,
      planMode,
      autoExecute: body.auto_execute_plan ?? mode.autoExecute,
      prompt: prompt ? { text: prompt, mode: body.prompt_mode ?? 'append' } : null,
    },
  };
}

/** `research_{client}_{YYYYMMDDHHMMSSffffff}`; characters that task ids cannot have become `-`. */
function generatedId(client: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const micros = String(process.hrtime.bigint() % 1_000_000n).padStart(6, '0');
  const stamp = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `research_${client.replace(/[^A-Za-z0-9_.:-]/g, '-').slice(0, 80)}_${stamp}${micros}`;
}
