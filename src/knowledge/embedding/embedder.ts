import { fail, type Outcome, ok } from '../../kernel/index.ts';
import type { EmbeddingClient, ModelFailure } from '../../llm/index.ts';
import { LEXICAL_MODEL, lexicalVector } from './lexical-vector.ts';

/** Texts to vectors: by the configured provider, or built in. */
export interface Embedder {
  /** Names the vectors; those of different models are never compared. */
  readonly model: string;
  embed(
    texts: readonly string[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<Outcome<readonly (readonly number[])[], ModelFailure>>;
}

/** The embedder of an installation; without a client the vectors are the built-in ones. */
export function createEmbedder(client: EmbeddingClient | null): Embedder {
  if (client === null) {
    return { model: LEXICAL_MODEL, embed: async (texts) => ok(texts.map(lexicalVector)) };
  }
  return {
    model: client.model,
    async embed(texts, options) {
      const outcome = await client.embed(texts, options);
      return outcome.ok ? outcome : fail(outcome.failure);
    },
  };
}
