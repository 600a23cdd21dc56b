/** Questions to begin with: verified examples and what the catalog suggests; each was planned and run before it is offered. */
import { assertNever, type Logger } from '../kernel/index.ts';
import type { KnowledgeRetriever } from '../knowledge/index.ts';
import { catalogQuestions, type Language, type Planner } from '../planning/index.ts';
import { guardStatement, type OpenedDatasource, type RunServices, runStatement } from '../workflows/index.ts';
import { hiddenFrom } from './knowledge.ts';
import { localDay } from './local-day.ts';

export interface RecommendOptions {
  readonly namespace: string;
  readonly language: Language;
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** Questions for a datasource as the caller sees it. */
export type RecommendQuestions = (source: OpenedDatasource, options: RecommendOptions) => Promise<readonly string[]>;

const STATEMENT_MS = 5_000;
const ALL_MS = 20_000;
const KEEP_MS = 10 * 60_000;
const MAX_KEPT = 200;
/** Examples come first, but not alone. */
const EXAMPLE_SHARE = 0.5;

/** Results are kept for ten minutes per datasource, rights, language and day. */
export function createRecommendedQuestions(parts: {
  readonly planner: Planner;
  readonly services: RunServices;
  readonly examples: KnowledgeRetriever['examples'];
  readonly logger: Logger;
}): RecommendQuestions {
  const { services, logger } = parts;
  const kept = new Map<string, { readonly at: number; readonly questions: Promise<readonly string[]> }>();
  return (source, options) => {
    const { namespace, language, limit } = options;
    const { fingerprint } = source.schema;
    const key = JSON.stringify([namespace, source.name, fingerprint, language, limit, localDay(new Date())]);
    const known = kept.get(key);
    if (known && services.now() - known.at < KEEP_MS) return unless(options.signal, known.questions);
    const found = findQuestions(source, options, parts);
    const questions = found.then((one) => one.questions);
    kept.delete(key);
    kept.set(key, { at: services.now(), questions });
    if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!);
    const drop = (): void => {
      if (kept.get(key)?.questions === questions) kept.delete(key);
    };
    // What was cut short is not the whole list: the next caller looks again.
    found.then(
      ({ complete }) => complete || drop(),
      (error: Error) => {
        logger.debug({ reason: error.message }, 'no questions to recommend');
        drop();
      },
    );
    return unless(options.signal, questions);
  };
}

type Parts = Parameters<typeof createRecommendedQuestions>[0];

async function findQuestions(
  source: OpenedDatasource,
  { namespace, language, limit }: RecommendOptions,
  { planner, services, examples }: Parts,
): Promise<{ readonly questions: readonly string[]; readonly complete: boolean }> {
  // Not the caller's signal: others may wait for the same questions.
  const signal = AbortSignal.timeout(ALL_MS);
  const found = new Set<string>();
  const answers = async (sql: string): Promise<boolean> => {
    const guarded = await guardStatement(sql, source, services);
    if (!guarded.ok) return false;
    const limited = { limits: { ...services.limits, statementTimeoutMs: STATEMENT_MS } };
    const run = await runStatement(guarded.value, source, limited, signal);
    return run.ok && run.value.rows.rows.some((row) => row.some((cell) => cell !== null));
  };
  const hides = hiddenFrom(source);
  const wanted = (question: string): boolean => /\p{Script=Han}/u.test(question) === (language === 'zh');

  for (const example of await examples({ namespace, database: source.name }, limit * 3)) {
    if (found.size >= Math.ceil(limit * EXAMPLE_SHARE) || signal.aborted) break;
    if (hides(`${example.question}\n${example.sql}`)) continue;
    if (wanted(example.question) && (await answers(example.sql))) found.add(example.question);
  }
  for (const question of catalogQuestions(source.schema, language)) {
    if (found.size >= limit || signal.aborted) break;
    const planned = await planner.plan(
      {
        question,
        schema: source.schema,
        today: localDay(new Date()),
        previous: [],
        knowledge: { terms: [], examples: [], measures: [], notes: [] },
      },
      { signal },
    );
    switch (planned.kind) {
      case 'answer': {
        const sql = planned.candidates[0]?.sql;
        if (sql !== undefined && (await answers(sql))) found.add(question);
        break;
      }
      case 'clarify':
      case 'cannot':
        break;
      default:
        assertNever(planned);
    }
  }
  return { questions: [...found], complete: !signal.aborted };
}

/** The promise, or a rejection once the caller does not want it any more. */
function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
