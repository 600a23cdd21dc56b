/** Frozen request and response shapes of the workflow API. Unknown request keys are ignored, as in the original. */
import { z } from 'zod';

export const TASK_ID = /^[A-Za-z0-9_.:-]{1,128}$/;

const noNul = (value: string): boolean => !value.includes('\u0000');
const name = (max = 256) => z.string().max(max).refine(noNul, 'must not contain NUL characters');
const optionalName = name().nullish();

export const taskIdSchema = z.string().regex(TASK_ID, 'must match [A-Za-z0-9_.:-]{1,128}');

const isoDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date YYYY-MM-DD')
  .refine((day) => {
    const date = new Date(`${day}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  }, 'must be a date that exists');

/** An empty string means "today", as clients that always send the key expect. */
const currentDate = z.union([z.literal(''), isoDay]).nullish();

const contextFields = {
  catalog_name: optionalName,
  database_name: optionalName,
  schema_name: optionalName,
  current_date: currentDate,
  domain: optionalName,
  layer1: optionalName,
  layer2: optionalName,
  subject_path: z.array(name()).max(32).nullish(),
  ext_knowledge: z.string().max(50_000).refine(noNul, 'must not contain NUL characters').nullish(),
  ext_knowledges: z.array(z.string().max(50_000)).max(200).nullish(),
};

/** @param questionCharacters `limits.question_characters` */
export const runRequestSchema = (questionCharacters: number) =>
  z.object({
    workflow: name().min(1),
    namespace: name().min(1),
    task: z.string().min(1).max(questionCharacters).refine(noNul, 'must not contain NUL characters'),
    mode: z.enum(['sync', 'async']).default('sync'),
    task_id: taskIdSchema.nullish(),
    plan_mode: z.boolean().nullish(),
    ...contextFields,
  });
export type RunRequestBody = z.output<ReturnType<typeof runRequestSchema>>;

/** Any id is a known or an unknown task. */
export const feedbackSchema = z.object({ task_id: name().min(1), status: z.enum(['success', 'failed']) });

export const feedbackResponseSchema = z.object({
  task_id: z.string(),
  acknowledged: z.boolean(),
  recorded_at: z.string(),
});

/** Each action takes its own fields beside it, e.g. `sql` with `edit`. */
export const inputSchema = z.looseObject({ action: z.string().min(1).max(64) });

export const tokenFormSchema = z.object({
  client_id: z.string().max(256),
  client_secret: z.string().max(1024),
  grant_type: z.string().max(64),
});

export const tokenResponseSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number().int(),
});

export const runResponseSchema = z.object({
  task_id: z.string(),
  status: z.enum(['completed', 'failed', 'error', 'cancelled']),
  workflow: z.string(),
  sql: z.string().nullable(),
  result: z.array(z.record(z.string(), z.unknown())).nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  error: z.string().nullable(),
  execution_time: z.number().nullable(),
});
export type RunResponseBody = z.output<typeof runResponseSchema>;

export const healthSchema = z.object({
  status: z.enum(['healthy', 'unhealthy']),
  version: z.string(),
  database_status: z.record(z.string(), z.string()),
  llm_status: z.string(),
});
