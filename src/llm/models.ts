/** All configured models behind roles. */
import { setTimeout as delay } from 'node:timers/promises';
import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider';
import { EngineError, type Logger, silentLogger } from '../kernel/index.ts';
import { createEmbeddingClient, type EmbeddingClient } from './embedding-client.ts';
import { type ClientTiming, createModelClient, type ModelClient } from './model-client.ts';
import type { ModelDefinition, ModelsConfig } from './model-config.ts';
import type { ModelFailureCode } from './model-failure.ts';
import { type ModelStatus, probeModel } from './model-status.ts';
import { createProviderFetch, type Fetch } from './provider-fetch.ts';
import { loadEmbeddingModel, loadLanguageModel } from './provider-models.ts';
import { createScrubber } from './secret-scrubber.ts';
import { createTurnstile, type Turnstile } from './turnstile.ts';

export interface Models {
  /** Whether a role has a model to use. */
  has(role: string): boolean;
  /**
   * The client of a role (`generate_sql`, `reflect`, …): the model its node names, else the target; a configured
   * model's own name is a role, too.
   *
   * @throws EngineError `model-unavailable` when no model is configured for it.
   */
  client(role: string): ModelClient;
  /** Null when no provider is configured for embeddings. */
  readonly embedding: EmbeddingClient | null;
  /** What is known of the target model from the last call or probe; `unknown` without a model. Never waits. */
  readonly status: ModelStatus;
  /** Asks whether the target model's provider answers, without spending a token. */
  probe(signal?: AbortSignal): Promise<ModelStatus>;
  /** Blanks every configured key in a text. */
  scrub(text: string): string;
}

export interface ModelsOptions {
  readonly logger?: Logger;
  readonly fetch?: Fetch;
  readonly timing?: Partial<ClientTiming>;
}

const DEFAULT_TIMING: ClientTiming = {
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
  firstBackoffMs: 500,
  longestWaitMs: 20_000,
};

/** Failures that say something about the provider, and not about one request. */
const PROVIDER_FAILURES: ReadonlySet<string> = new Set<ModelFailureCode>([
  'unauthorized',
  'rate-limited',
  'unavailable',
  'connection',
  'timeout',
]);

/** Makes the models of a configuration; nothing is loaded or connected before the first call. */
export function createModels(config: ModelsConfig, options: ModelsOptions = {}): Models {
  const logger = options.logger ?? silentLogger;
  const fetch = createProviderFetch(options.fetch ?? globalThis.fetch);
  const timing: ClientTiming = { ...DEFAULT_TIMING, ...options.timing };
  const secrets = Object.values(config.models).flatMap((model) => [model.apiKey, ...Object.values(model.headers)]);
  const scrub = createScrubber(secrets);
  const loaded = new Map<string, Promise<LanguageModelV4>>();
  const turnstiles = new Map<string, Turnstile>();
  let status: ModelStatus = 'unknown';
  let loadedEmbedding: Promise<EmbeddingModelV4> | undefined;

  const turnstileOf = (definition: ModelDefinition): Turnstile => {
    let turnstile = turnstiles.get(definition.name);
    if (turnstile === undefined) {
      turnstile = createTurnstile(definition.maxConcurrent);
      turnstiles.set(definition.name, turnstile);
    }
    return turnstile;
  };

  const load = (definition: ModelDefinition): Promise<LanguageModelV4> => {
    let model = loaded.get(definition.name);
    if (model === undefined) {
      model = loadLanguageModel(definition, fetch);
      loaded.set(definition.name, model);
    }
    return model;
  };

  const definitionOf = (role: string): ModelDefinition | undefined => {
    const own = Object.hasOwn(config.roles, role) ? config.roles[role] : undefined;
    const name = own ?? (Object.hasOwn(config.models, role) ? role : config.target);
    return name === null || name === undefined ? undefined : config.models[name];
  };

  const { embedding } = config;
  return {
    has: (role) => definitionOf(role) !== undefined,
    client(role) {
      const definition = definitionOf(role);
      if (definition === undefined) {
        throw new EngineError(
          'model-unavailable',
          'no language model is configured; set agent.target and agent.models in agent.yml',
          { data: { role } },
        );
      }
      const client = createModelClient({
        role,
        definition,
        load: () => load(definition),
        scrub,
        turnstile: turnstileOf(definition),
        timing,
        logger,
      });
      if (definition.name !== config.target) return client;
      return {
        ...client,
        async complete(request) {
          const outcome = await client.complete(request);
          if (outcome.ok) status = 'success';
          else if (PROVIDER_FAILURES.has(outcome.failure.code)) status = 'error';
          return outcome;
        },
      };
    },
    embedding:
      embedding === null
        ? null
        : createEmbeddingClient({
            embedding,
            scrub,
            timing,
            load: () => {
              loadedEmbedding ??= loadEmbeddingModel(embedding.definition, embedding.model, fetch);
              return loadedEmbedding;
            },
          }),
    get status() {
      return status;
    },
    async probe(signal) {
      const definition = config.target === null ? undefined : config.models[config.target];
      if (definition !== undefined) status = await probeModel(definition, fetch, signal);
      return status;
    },
    scrub,
  };
}
