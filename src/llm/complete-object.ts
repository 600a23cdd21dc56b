/** Answers of a given shape: asked for as JSON, read leniently, checked, and sent back once when they do not fit. */
import type { z } from 'zod';
import { fail, type Outcome, ok } from '../kernel/index.ts';
import { findJsonObject } from './lenient-json.ts';
import type { Message } from './messages.ts';
import type { Completion, CompletionRequest, ModelClient } from './model-client.ts';
import type { ModelFailure } from './model-failure.ts';

export interface ObjectRequest<T> extends CompletionRequest {
  /** A lenient schema: defaults and coercions instead of refusals, where a default is honest. */
  readonly schema: z.ZodType<T>;
  /** How often an answer that does not fit goes back; 1 unless told. */
  readonly repairs?: number;
}

function complaintOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'the object'}: ${issue.message}`)
    .join('; ');
}

/** Completes and returns the object that the schema describes; failure `invalid-output` when the model never wrote one. */
export async function completeObject<T>(
  client: ModelClient,
  request: ObjectRequest<T>,
): Promise<Outcome<{ readonly value: T; readonly completion: Completion }, ModelFailure>> {
  const { schema, repairs = 1, ...rest } = request;
  let messages: readonly Message[] = request.messages ?? [{ role: 'user', content: request.prompt ?? '' }];
  for (let round = 0; ; round++) {
    const outcome = await client.complete({ ...rest, messages, json: true });
    if (!outcome.ok) return outcome;
    const completion = outcome.value;
    const found = findJsonObject(completion.text);
    const parsed = found === null ? null : schema.safeParse(found.value);
    if (parsed?.success) return ok({ value: parsed.data, completion });
    const complaint =
      parsed === null
        ? 'the answer holds no JSON object'
        : `the JSON object does not fit: ${complaintOf(parsed.error)}`;
    if (round >= repairs) {
      return fail({
        code: 'invalid-output',
        message: `model "${client.name}": ${complaint}`,
        model: client.name,
        status: null,
        retryAfterMs: null,
        partial: completion.text,
      });
    }
    messages = [
      ...messages,
      { role: 'assistant', content: completion.text.slice(0, 8_000) },
      { role: 'user', content: `Your answer cannot be used: ${complaint}. Reply with the corrected JSON object only.` },
    ];
  }
}
