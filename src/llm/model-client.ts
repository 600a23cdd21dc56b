/**
 * What the rest of the program sees of a language model. Whatever a model or its server does wrong comes back as a
 * {@link ModelFailure}; only a used-up budget and a broken configuration throw.
 */
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { fail, type Logger, type Outcome, ok } from '../kernel/index.ts';
import { type Answer, emptyAnswer, exchange, type FinishReason, type ModelDelta } from './exchange.ts';
import {
  type Message,
  promptText,
  type ToolCall,
  type ToolDefinition,
  toProviderPrompt,
  toProviderTools,
} from './messages.ts';
import { createModelBudget, type ModelBudget, type ModelCall } from './model-budget.ts';
import type { ModelDefinition } from './model-config.ts';
import {
  CallStopped,
  type ClassifiedError,
  classifyModelError,
  type ModelFailure,
  retryAfterMs,
} from './model-failure.ts';
import { providerOptions } from './provider-models.ts';
import { estimateTokens } from './token-estimate.ts';
import type { Turnstile } from './turnstile.ts';

export interface CompletionRequest {
  readonly system?: string | null;
  /** One user message; or give `messages`. */
  readonly prompt?: string;
  readonly messages?: readonly Message[];
  /** Never above what the model's definition allows. */
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  /** Ask for a JSON object, where the endpoint is known to support asking. */
  readonly json?: boolean;
  readonly tools?: readonly ToolDefinition[];
  readonly signal?: AbortSignal;
  /** Receives the answer piece by piece; its presence makes the request a streaming one. */
  readonly onDelta?: (delta: ModelDelta) => void;
  /** The run's account; without one the call has an account of its own. */
  readonly budget?: ModelBudget;
}

export interface Completion {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  /** `length`: the answer was cut. */
  readonly finish: FinishReason;
  readonly call: ModelCall;
}

export interface ModelClient {
  readonly role: string;
  /** The configured name, not the provider's identifier. */
  readonly name: string;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** @throws EngineError `budget-exceeded` before anything is sent. */
  complete(request: CompletionRequest): Promise<Outcome<Completion, ModelFailure>>;
}

export interface ClientTiming {
  readonly now: () => number;
  /** Resolves after `ms`, or rejects when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly firstBackoffMs: number;
  /** A provider that asks for a longer pause is not waited for. */
  readonly longestWaitMs: number;
}

export interface ClientParts {
  readonly role: string;
  readonly definition: ModelDefinition;
  /** Loads the provider on first use. */
  readonly load: () => Promise<LanguageModelV4>;
  readonly scrub: (text: string) => string;
  /** Shared by all clients of the model. */
  readonly turnstile: Turnstile;
  readonly timing: ClientTiming;
  readonly logger: Logger;
}

/** An answer may have this many characters for each token it may have, reasoning included. */
const CHARS_PER_TOKEN = 8;
/** Ends a request whose answer is as long as it may be. */
const LONG_ENOUGH = new CallStopped('too-long', 'the answer is as long as it may be');

function costOf(definition: ModelDefinition, input: number, output: number): number | null {
  if (definition.price === null) return null;
  return (input * definition.price.input + output * definition.price.output) / 1e6;
}

/** One attempt under the idle and the total timeout. */
async function attempt(
  model: LanguageModelV4,
  parts: ClientParts,
  request: CompletionRequest,
  prepared: Prepared,
  answer: Answer,
): Promise<void> {
  const { definition } = parts;
  const controller = new AbortController();
  const onAbort = () => controller.abort(request.signal?.reason);
  request.signal?.addEventListener('abort', onAbort, { once: true });
  if (request.signal?.aborted) onAbort();
  let silent: NodeJS.Timeout | undefined;
  const watch = () => {
    // A whole answer comes in one piece: only a stream can fall silent.
    if (request.onDelta === undefined) return;
    clearTimeout(silent);
    silent = setTimeout(() => {
      controller.abort(new CallStopped('timeout', `no answer for ${definition.idleTimeoutMs / 1000} s`));
    }, definition.idleTimeoutMs);
  };
  const total = setTimeout(
    () => controller.abort(new CallStopped('timeout', `no complete answer in ${definition.timeoutMs / 1000} s`)),
    Math.max(1, prepared.deadline - parts.timing.now()),
  );
  let leave: (() => void) | undefined;
  try {
    leave = await parts.turnstile.enter(controller.signal);
    answer.sent = true;
    watch();
    const work = exchange(model, {
      call: {
        prompt: toProviderPrompt(request.system ?? null, prepared.messages),
        maxOutputTokens: prepared.maxOutputTokens,
        abortSignal: controller.signal,
        providerOptions: providerOptions(definition),
        ...(prepared.temperature === null ? {} : { temperature: prepared.temperature }),
        ...(request.json && definition.jsonMode ? { responseFormat: { type: 'json' as const } } : {}),
        ...(prepared.tools.length > 0 ? { tools: toProviderTools(prepared.tools) } : {}),
      },
      onDelta: request.onDelta ?? null,
      maxChars: prepared.maxOutputTokens * CHARS_PER_TOKEN,
      onActivity: watch,
      stop: () => controller.abort(LONG_ENOUGH),
      answer,
    });
    // A provider package may ignore the signal while it reads; we do not wait for it then.
    await Promise.race([work, rejectOnAbort(controller.signal)]);
  } catch (error) {
    if (!(error instanceof CallStopped) && controller.signal.reason instanceof CallStopped) {
      throw controller.signal.reason;
    }
    throw error;
  } finally {
    leave?.();
    clearTimeout(silent);
    clearTimeout(total);
    request.signal?.removeEventListener('abort', onAbort);
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => {
      // Our own "long enough" is no failure: the exchange returns by itself.
      if (signal.reason === LONG_ENOUGH) return;
      reject(signal.reason instanceof Error ? signal.reason : new DOMException('aborted', 'AbortError'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

interface Prepared {
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  readonly maxOutputTokens: number;
  readonly temperature: number | null;
  readonly promptTokens: number;
  readonly deadline: number;
}

function prepare(parts: ClientParts, request: CompletionRequest): Prepared {
  const { definition } = parts;
  const messages = request.messages ?? [{ role: 'user', content: request.prompt ?? '' }];
  const tools = request.tools ?? [];
  return {
    messages,
    tools,
    maxOutputTokens: Math.min(request.maxOutputTokens ?? definition.maxOutputTokens, definition.maxOutputTokens),
    temperature: request.temperature ?? definition.temperature,
    promptTokens: estimateTokens(promptText(request.system ?? null, messages, tools)),
    deadline: parts.timing.now() + definition.timeoutMs,
  };
}

/** How long to wait before the next attempt; null: do not try again. */
function pause(parts: ClientParts, error: ClassifiedError, attempts: number, deadline: number): number | null {
  if (!error.retryable || attempts > parts.definition.maxRetries) return null;
  const asked = retryAfterMs(error.headers, parts.timing.now());
  const wait = asked ?? parts.timing.firstBackoffMs * 2 ** (attempts - 1);
  if (wait > parts.timing.longestWaitMs || parts.timing.now() + wait >= deadline) return null;
  return wait;
}

function toFailure(parts: ClientParts, error: ClassifiedError, partial: string): ModelFailure {
  return {
    code: error.code,
    message: parts.scrub(`model "${parts.definition.name}": ${error.message}`),
    model: parts.definition.name,
    status: error.status,
    retryAfterMs: retryAfterMs(error.headers, parts.timing.now()),
    partial,
  };
}

/** An answer that says nothing at all. */
function emptyFailure(answer: Answer): ClassifiedError | null {
  if (answer.finish === 'blocked' && answer.text === '') {
    const message = "the provider's content filter stopped the answer";
    return { code: 'blocked', message, status: null, retryable: false, headers: {} };
  }
  if (answer.text.trim() === '' && answer.toolCalls.length === 0) {
    const why = answer.finish === 'length' ? ' (the token limit was reached before the answer began)' : '';
    return { code: 'malformed', message: `the answer is empty${why}`, status: null, retryable: false, headers: {} };
  }
  return null;
}

/** The client of one role. */
export function createModelClient(parts: ClientParts): ModelClient {
  const { definition, timing, logger } = parts;

  const complete = async (request: CompletionRequest): Promise<Outcome<Completion, ModelFailure>> => {
    const prepared = prepare(parts, request);
    const budget = request.budget ?? createModelBudget();
    const started = timing.now();
    const model = await parts.load();
    for (let attempts = 1; ; attempts++) {
      const worst = prepared.promptTokens + prepared.maxOutputTokens;
      const reservation = budget.reserve(worst, costOf(definition, prepared.promptTokens, prepared.maxOutputTokens));
      const answer = emptyAnswer();
      let problem: ClassifiedError | null = null;
      try {
        if (request.signal?.aborted) throw request.signal.reason;
        await attempt(model, parts, request, prepared, answer);
        problem = emptyFailure(answer);
      } catch (error) {
        problem = classifyModelError(error, request.signal);
      }
      const call = account(parts, prepared, answer, problem, attempts, timing.now() - started);
      reservation.settle(call);
      const { role, model: name, inputTokens, outputTokens, elapsedMs, outcome } = call;
      logger.debug({ role, model: name, inputTokens, outputTokens, elapsedMs, outcome }, 'model call');
      if (problem === null) {
        return ok({
          text: answer.text,
          reasoning: answer.reasoning,
          toolCalls: answer.toolCalls,
          finish: answer.finish,
          call,
        });
      }
      const wait = pause(parts, problem, attempts, prepared.deadline);
      if (wait === null) return fail(toFailure(parts, problem, answer.text));
      try {
        await timing.sleep(wait, request.signal);
      } catch {
        return fail(toFailure(parts, classifyModelError(null, request.signal), answer.text));
      }
      if (answer.text !== '' || answer.reasoning !== '') request.onDelta?.({ kind: 'restart', text: '' });
    }
  };

  return {
    role: parts.role,
    name: definition.name,
    contextTokens: definition.contextTokens,
    maxOutputTokens: definition.maxOutputTokens,
    complete,
  };
}

function account(
  parts: ClientParts,
  prepared: Prepared,
  answer: Answer,
  problem: ClassifiedError | null,
  attempts: number,
  elapsedMs: number,
): ModelCall {
  const written = answer.text + answer.reasoning + answer.toolCalls.map((call) => call.text).join('');
  const estimated = answer.inputTokens === null || answer.outputTokens === null;
  // A request that was refused or never sent costs nothing; one that broke off cost what was sent and what came.
  const refused = !answer.sent || (problem?.status != null && problem.status >= 400);
  const inputTokens = refused ? 0 : (answer.inputTokens ?? prepared.promptTokens);
  const outputTokens = refused ? 0 : (answer.outputTokens ?? estimateTokens(written));
  return {
    role: parts.role,
    model: parts.definition.name,
    inputTokens,
    outputTokens,
    estimated: estimated && !refused,
    cost: costOf(parts.definition, inputTokens, outputTokens),
    attempts,
    elapsedMs,
    outcome: problem?.code ?? 'ok',
  };
}
