/** What the knowledge base has for one question: terms, and verified examples from every place that keeps them. */
import type { Logger } from '../../kernel/index.ts';
import type { DatabaseSchema } from '../../sql/index.ts';
import type { State } from '../../storage/index.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { createReferenceSqlStore } from '../reference-sql/reference-sql-store.ts';
import type { KnowledgeScope } from '../scope.ts';
import { createTermStore } from '../terms/term-store.ts';
import { createTrainingRetriever } from '../training/training-retriever.ts';
import { type Pair, rankPairs, usablePairs } from './match-examples.ts';
import { type MatchedTerm, matchTerms } from './match-terms.ts';
import { readSnapshot } from './snapshot.ts';

export interface FoundKnowledge {
  readonly terms: readonly MatchedTerm[];
  /** The nearest first; all of them bind to the given schema. */
  readonly examples: readonly Pair[];
}

export interface KnowledgeRetriever {
  find(question: string, scope: KnowledgeScope, schema: DatabaseSchema, signal?: AbortSignal): Promise<FoundKnowledge>;
  /** The newest verified examples of a database. */
  examples(scope: KnowledgeScope, limit: number): Promise<readonly Pair[]>;
}

const EXAMPLES = 8;
/** Compared by their letters and words; older ones are still found by vectors and when the question is the same. */
const COMPARED = 500;

/** Over the state: confirmed pairs, and the training pairs of the vector tables. */
export function createKnowledgeRetriever(parts: {
  readonly state: State;
  readonly embedder: Embedder;
  readonly logger: Logger;
}): KnowledgeRetriever {
  const { state, embedder, logger } = parts;
  const terms = createTermStore(state);
  const references = createReferenceSqlStore(state);
  const training = createTrainingRetriever(state, embedder);
  return {
    async find(question, scope, schema, signal) {
      const [allTerms, confirmed, trained] = await Promise.all([
        terms.list(),
        references.confirmed(scope, question, COMPARED),
        training
          .pairs(question, schema, { limit: EXAMPLES, namespace: scope.namespace, signal })
          .catch((error: Error) => {
            logger.warn({ reason: error.message }, 'training pairs cannot be looked up');
            return [];
          }),
      ]);
      return {
        terms: matchTerms(question, allTerms, scope),
        // What people confirmed goes before what was trained, also when both are the same question.
        examples: await usablePairs([rankPairs(question, confirmed), trained], schema, EXAMPLES),
      };
    },
    examples: (scope, limit) => references.confirmed(scope, '', limit),
  };
}

/** Over the copy of the embedded state's terms and examples, for commands that do not open the state. */
export function createSnapshotRetriever(home: string, logger: Logger): KnowledgeRetriever {
  const read = () =>
    readSnapshot(home).catch((error: Error) => {
      logger.warn({ reason: error.message }, 'the copy of terms and examples cannot be read');
      return { terms: [], examples: [] };
    });
  const pairsOf = async ({ namespace, database }: KnowledgeScope) =>
    (await read()).examples.filter(
      (one) => one.namespace === namespace && (one.database === null || one.database === database),
    );
  return {
    async find(question, scope, schema) {
      return {
        terms: matchTerms(question, (await read()).terms, scope),
        examples: await usablePairs([rankPairs(question, await pairsOf(scope))], schema, EXAMPLES),
      };
    },
    examples: async (scope, limit) => (await pairsOf(scope)).slice(-limit).reverse(),
  };
}
