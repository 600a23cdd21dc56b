/** Texts to vectors through a configured provider. */
import type { EmbeddingModelV4 } from '@ai-sdk/provider';
import { fail, type Outcome, ok } from '../kernel/index.ts';
import { createModelBudget, type ModelBudget } from './model-budget.ts';
import type { ClientTiming } from './model-client.ts';
import type { EmbeddingDefinition } from './model-config.ts';
import {
  CallStopped,
  type ClassifiedError,
  classifyModelError,
  type ModelFailure,
  retryAfterMs,
} from './model-failure.ts';
import { estimateTokens } from './token-estimate.ts';

export interface EmbedOptions {
  readonly signal?: AbortSignal;
  readonly budget?: ModelBudget;
}

export interface EmbeddingClient {
  /** The provider's identifier of the model, so that vectors of different models are never compared. */
  readonly model: string;
  /** As configured; null until the provider says. */
  readonly dimensions: number | null;
  /** One vector for each text, in order. @throws EngineError `budget-exceeded` before anything is sent. */
  embed(
    texts: readonly string[],
    options?: EmbedOptions,
  ): Promise<Outcome<readonly (readonly number[])[], ModelFailure>>;
}

export interface EmbeddingParts {
  readonly embedding: EmbeddingDefinition;
  readonly load: () => Promise<EmbeddingModelV4>;
  readonly scrub: (text: string) => string;
  readonly timing: ClientTiming;
}

/** What is wrong with vectors that came back; null when nothing is. */
function vectorProblem(
  vectors: readonly (readonly number[])[],
  count: number,
  dimensions: number | null,
): string | null {
  if (vectors.length !== count) return `${count} texts were sent and ${vectors.length} vectors came back`;
  const size = dimensions ?? vectors[0]?.length ?? 0;
  if (size === 0) return 'the vectors are empty';
  if (vectors.some((vector) => vector.length !== size)) return `a vector has not the expected ${size} dimensions`;
  if (vectors.some((vector) => vector.some((x) => !Number.isFinite(x))))
    return 'a vector holds something that is no number';
  return null;
}

/** The client of the configured embedding model. */
export function createEmbeddingClient(parts: EmbeddingParts): EmbeddingClient {
  const { embedding, timing, scrub } = parts;
  const { definition } = embedding;
  const malformed = (message: string): ClassifiedError => ({
    code: 'malformed',
    message,
    status: null,
    retryable: false,
    headers: {},
  });

  const batch = async (texts: readonly string[], options: EmbedOptions) => {
    const model = await parts.load();
    const budget = options.budget ?? createModelBudget();
    const deadline = timing.now() + definition.timeoutMs;
    const tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
    const cost = definition.price === null ? null : (tokens * definition.price.input) / 1e6;
    for (let attempts = 1; ; attempts++) {
      const reservation = budget.reserve(tokens, cost);
      const started = timing.now();
      const controller = new AbortController();
      const onAbort = () => controller.abort(options.signal?.reason);
      options.signal?.addEventListener('abort', onAbort, { once: true });
      if (options.signal?.aborted) onAbort();
      const timer = setTimeout(
        () => controller.abort(new CallStopped('timeout', `no vectors in ${definition.idleTimeoutMs / 1000} s`)),
        definition.idleTimeoutMs,
      );
      let problem: ClassifiedError | null = null;
      let vectors: readonly (readonly number[])[] = [];
      try {
        const result = await model.doEmbed({ values: [...texts], abortSignal: controller.signal });
        vectors = result.embeddings;
        const wrong = vectorProblem(vectors, texts.length, embedding.dimensions);
        if (wrong !== null) problem = malformed(wrong);
      } catch (error) {
        const cause = controller.signal.reason instanceof CallStopped ? controller.signal.reason : error;
        problem = classifyModelError(cause, options.signal);
      } finally {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', onAbort);
      }
      reservation.settle({
        role: 'embedding',
        model: definition.name,
        inputTokens: problem?.status == null ? tokens : 0,
        outputTokens: 0,
        estimated: true,
        cost: problem?.status == null ? cost : 0,
        attempts,
        elapsedMs: timing.now() - started,
        outcome: problem?.code ?? 'ok',
      });
      if (problem === null) return ok(vectors);
      const wait = retryAfterMs(problem.headers, timing.now()) ?? timing.firstBackoffMs * 2 ** (attempts - 1);
      const again =
        problem.retryable &&
        attempts <= definition.maxRetries &&
        wait <= timing.longestWaitMs &&
        timing.now() + wait < deadline;
      const failure: ModelFailure = {
        code: problem.code,
        message: scrub(`embedding model "${embedding.model}": ${problem.message}`),
        model: definition.name,
        status: problem.status,
        retryAfterMs: retryAfterMs(problem.headers, timing.now()),
        partial: '',
      };
      if (!again) return fail(failure);
      try {
        await timing.sleep(wait, options.signal);
      } catch {
        return fail({ ...failure, code: 'cancelled' as const, message: 'the call was cancelled' });
      }
    }
  };

  return {
    model: embedding.model,
    dimensions: embedding.dimensions,
    async embed(texts, options = {}) {
      const all: (readonly number[])[] = [];
      for (let from = 0; from < texts.length; from += embedding.batchSize) {
        const part = await batch(texts.slice(from, from + embedding.batchSize), options);
        if (!part.ok) return part;
        all.push(...part.value);
      }
      return ok(all);
    },
  };
}
