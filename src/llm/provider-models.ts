/** The only place that names vendors' packages; each is loaded when the first call needs it. */
import type { EmbeddingModelV4, LanguageModelV4, SharedV4ProviderOptions } from '@ai-sdk/provider';
import { assertNever, EngineError } from '../kernel/index.ts';
import type { ModelDefinition } from './model-config.ts';
import type { Fetch } from './provider-fetch.ts';

/** Anthropic and Google refuse to start without a key; their servers answer 401 to this one. */
const NO_KEY = 'none';

/** Loads the provider's package and makes the model that answers for `definition`. */
export async function loadLanguageModel(definition: ModelDefinition, fetch: Fetch): Promise<LanguageModelV4> {
  const { baseUrl: baseURL, headers, model, family } = definition;
  switch (family) {
    case 'openai': {
      const { createOpenAI } = await import('@ai-sdk/openai');
      return createOpenAI({ baseURL, headers, fetch, apiKey: definition.apiKey ?? NO_KEY }).chat(model);
    }
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      return createAnthropic({ baseURL, headers, fetch, apiKey: definition.apiKey ?? NO_KEY }).languageModel(model);
    }
    case 'google': {
      const { createGoogle } = await import('@ai-sdk/google');
      return createGoogle({ baseURL, headers, fetch, apiKey: definition.apiKey ?? NO_KEY }).languageModel(model);
    }
    case 'openai-compatible':
      return (await openCompatible(definition, fetch)).chatModel(model);
    default:
      return assertNever(family);
  }
}

/** Loads the embedding model `model` of the provider that `definition` names. */
export async function loadEmbeddingModel(
  definition: ModelDefinition,
  model: string,
  fetch: Fetch,
): Promise<EmbeddingModelV4> {
  const { baseUrl: baseURL, headers, family } = definition;
  switch (family) {
    case 'openai': {
      const { createOpenAI } = await import('@ai-sdk/openai');
      return createOpenAI({ baseURL, headers, fetch, apiKey: definition.apiKey ?? NO_KEY }).embeddingModel(model);
    }
    case 'google': {
      const { createGoogle } = await import('@ai-sdk/google');
      return createGoogle({ baseURL, headers, fetch, apiKey: definition.apiKey ?? NO_KEY }).embeddingModel(model);
    }
    case 'openai-compatible':
      return (await openCompatible(definition, fetch)).embeddingModel(model);
    case 'anthropic':
      throw new EngineError('config-invalid', `models.${definition.name}: this provider has no embeddings`, {
        data: { key: `models.${definition.name}` },
      });
    default:
      return assertNever(family);
  }
}

async function openCompatible(definition: ModelDefinition, fetch: Fetch) {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  return createOpenAICompatible({
    name: 'compatible',
    baseURL: definition.baseUrl,
    headers: { ...definition.headers },
    fetch,
    includeUsage: true,
    ...(definition.apiKey === null ? {} : { apiKey: definition.apiKey }),
  });
}

/** What a definition asks of its provider beyond the common settings. */
export function providerOptions(definition: ModelDefinition): SharedV4ProviderOptions {
  if (definition.thinking === null) return {};
  switch (definition.family) {
    case 'openai-compatible':
      return { compatible: { enable_thinking: definition.thinking } };
    case 'anthropic':
      return definition.thinking
        ? {
            anthropic: {
              thinking: { type: 'enabled', budgetTokens: Math.max(1_024, definition.maxOutputTokens >> 1) },
            },
          }
        : {};
    case 'google':
      return definition.thinking ? {} : { google: { thinkingConfig: { thinkingBudget: 0 } } };
    case 'openai':
      return {};
    default:
      return assertNever(definition.family);
  }
}
