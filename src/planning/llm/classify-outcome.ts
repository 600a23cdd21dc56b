/** Reflection by a model: does the result answer the question, and if not, what next? */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Outcome, ok } from '../../kernel/index.ts';
import {
  completeObject,
  type ModelBudget,
  type ModelClient,
  type ModelDelta,
  type ModelFailure,
} from '../../llm/index.ts';
import type { DatabaseSchema } from '../../sql/index.ts';
import { checkSql } from './check-sql.ts';
import { DIALECT_NOTES } from './dialect-notes.ts';
import { dataBlock } from './pack-context.ts';
import { fillPrompt, findPrompt } from './prompts.ts';
import { cleanSql } from './read-answer.ts';

export const REFLECTIONS = ['SUCCESS', 'DOC_SEARCH', 'SIMPLE_REGENERATE', 'SCHEMA_LINKING', 'REASONING'] as const;
export type ReflectionClass = (typeof REFLECTIONS)[number];

export interface Reflection {
  readonly classification: ReflectionClass;
  readonly explanation: string;
  /** What to look up (`DOC_SEARCH`). */
  readonly keywords: readonly string[];
  /** A corrected query that passed the guard; only with `SIMPLE_REGENERATE`. */
  readonly sql: string | null;
}

export interface ReflectionRequest {
  readonly question: string;
  readonly schema: DatabaseSchema;
  readonly sql: string;
  /** The first rows as text, or the failure's code and message. */
  readonly outcome: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export interface ReflectionOptions {
  readonly signal?: AbortSignal;
  readonly budget?: ModelBudget;
  readonly onDelta?: (delta: ModelDelta) => void;
  readonly promptVersion?: string | null;
}

/** `simple regenerate`, `Simple-Regenerate`, `SIMPLE_REGENERATION` … */
function readClass(value: unknown): unknown {
  const word = String(value ?? '')
    .toUpperCase()
    .replace(/[^A-Z]+/g, '_');
  const exact = REFLECTIONS.find((known) => known === word);
  if (exact !== undefined) return exact;
  const near: readonly (readonly [RegExp, ReflectionClass])[] = [
    [/REGENERAT|SYNTAX/, 'SIMPLE_REGENERATE'],
    [/SCHEMA|LINKING|COLUMN_EXPLORATION/, 'SCHEMA_LINKING'],
    [/DOC/, 'DOC_SEARCH'],
    [/REASON|UNKNOWN/, 'REASONING'],
    [/^(OK|CORRECT|PASS|SUCCE)/, 'SUCCESS'],
  ];
  return near.find(([shape]) => shape.test(word))?.[1] ?? value;
}

const texts = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(/[,，;]/) : Array.isArray(value) ? value : [];

const reflectionSchema = z.object({
  classification: z.preprocess(readClass, z.enum(REFLECTIONS)),
  explanation: z.preprocess((value) => (typeof value === 'string' ? value : ''), z.string()),
  keywords: z.preprocess(
    texts,
    z.array(z.coerce.string()).transform((words) => words.map((word) => word.trim()).filter((word) => word !== '')),
  ),
  sql: z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? value : null),
    z.string().nullable(),
  ),
});

/**
 * Asks a model to judge a result. A reply that is no classification goes back once; a correction that does not pass the
 * guard turns `SIMPLE_REGENERATE` into `REASONING`.
 */
export async function classifyOutcome(
  client: ModelClient,
  request: ReflectionRequest,
  options: ReflectionOptions = {},
): Promise<Outcome<Reflection, ModelFailure>> {
  const nonce = randomBytes(6).toString('hex');
  const dialect = DIALECT_NOTES[request.schema.dialect].title;
  const { promptVersion = null, ...call } = options;
  const outcome = await completeObject(client, {
    ...call,
    system: fillPrompt(findPrompt('reflect', promptVersion), { nonce, dialect }),
    prompt: [
      dataBlock(nonce, 'question', request.question.slice(0, 10_000)),
      dataBlock(nonce, 'query', request.sql.slice(0, 10_000)),
      dataBlock(nonce, 'outcome', request.outcome.slice(0, 6_000)),
    ].join('\n\n'),
    maxOutputTokens: 1_000,
    temperature: 0,
    schema: reflectionSchema,
  });
  if (!outcome.ok) return outcome;
  const { classification, explanation, keywords, sql } = outcome.value.value;
  if (classification !== 'SIMPLE_REGENERATE') return ok({ classification, explanation, keywords, sql: null });
  const checked = sql === null ? null : await checkSql(cleanSql(sql), request.schema, request.today);
  if (checked?.ok) return ok({ classification, explanation, keywords, sql: checked.value.sql });
  return ok({ classification: 'REASONING', explanation, keywords, sql: null });
}
