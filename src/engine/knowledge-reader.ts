/** Terms and examples for runs, wherever they can be had; a run never fails because of them. */
import type { Logger } from '../kernel/index.ts';
import {
  createEmbedder,
  createKnowledgeRetriever,
  createSnapshotRetriever,
  type KnowledgeRetriever,
} from '../knowledge/index.ts';
import type { EmbeddingClient } from '../llm/index.ts';
import { openState, type State } from '../storage/index.ts';
import type { LoadedConfig } from './config/load-config.ts';

/** How long a command without a state of its own waits for a state on a server. */
const CONNECT_MS = 1_500;

const NOTHING: KnowledgeRetriever = { find: async () => ({ terms: [], examples: [] }), examples: async () => [] };

export interface KnowledgeReader extends KnowledgeRetriever {
  close(): Promise<void>;
}

/**
 * Reads from the given state. Without one: from a state on a server when it answers in time, else from the copy that
 * lies beside the embedded state.
 */
export function createKnowledgeReader(parts: {
  readonly loaded: LoadedConfig;
  readonly state: State | null;
  readonly embedding: EmbeddingClient | null;
  readonly logger: Logger;
}): KnowledgeReader {
  const { loaded, embedding, logger } = parts;
  const embedder = createEmbedder(embedding);
  const over = (state: State): KnowledgeRetriever => createKnowledgeRetriever({ state, embedder, logger });
  let connecting: Promise<State | null> | null = null;

  const retriever = async (): Promise<KnowledgeRetriever> => {
    if (parts.state) return over(parts.state);
    const url = loaded.config.state.url;
    if (!url) return createSnapshotRetriever(loaded.home, logger);
    connecting ??= connectInTime(loaded.home, url, logger);
    const state = await connecting;
    return state ? over(state) : NOTHING;
  };
  const orNothing = async <T>(nothing: T, read: (from: KnowledgeRetriever) => Promise<T>): Promise<T> => {
    try {
      return await read(await retriever());
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'terms and examples cannot be read');
      return nothing;
    }
  };
  return {
    find: (...args) => orNothing({ terms: [], examples: [] }, (from) => from.find(...args)),
    examples: (...args) => orNothing([], (from) => from.examples(...args)),
    async close() {
      await (await connecting)?.close();
    },
  };
}

async function connectInTime(home: string, url: string, logger: Logger): Promise<State | null> {
  const opening = openState({ home, url, logger, maxConnections: 2 });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), CONNECT_MS);
  });
  try {
    const state = await Promise.race([opening, late]);
    if (state === null) opening.then((opened) => opened.close()).catch(() => {});
    return state;
  } catch (error) {
    logger.warn({ reason: (error as Error).message }, 'the state cannot be reached; terms and examples are not used');
    return null;
  } finally {
    clearTimeout(timer);
  }
}
