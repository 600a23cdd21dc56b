/** Terms and examples for the command line: everything that changes them, and the proof that an example's SQL runs. */
import { EngineError, type Logger } from '../kernel/index.ts';
import {
  createEmbedder,
  createReferenceSqlStore,
  createTermStore,
  embedItems,
  type ReferenceSql,
  type ReferenceSqlStore,
  type StoredTerm,
  storeItems,
  type TermContent,
  type TermStore,
  TRAINING_COLLECTIONS,
  trainingId,
  writeSnapshot,
} from '../knowledge/index.ts';
import { createVectorStore } from '../storage/index.ts';
import { guardStatement, type OpenedDatasource, runStatement } from '../workflows/index.ts';
import { openShared } from './accounts.ts';
import type { LoadedConfig } from './config/load-config.ts';
import { openQueryEngine, type QueryEngine } from './query-engine.ts';

export interface ExampleContent {
  /** A namespace, `namespace/database`, a file or a URL. */
  readonly datasource: string;
  readonly question: string;
  readonly sql: string;
  /** An example that is not enabled is kept, and used for nothing. */
  readonly enabled: boolean;
}

/** What became of one example. */
export interface SavedExample {
  readonly pair: ReferenceSql;
  readonly replaced: boolean;
  /** Rows of its result; null when it did not run. */
  readonly rows: number | null;
}

export interface KnowledgeBase {
  terms(): Promise<readonly StoredTerm[]>;
  saveTerms(terms: readonly TermContent[]): ReturnType<TermStore['save']>;
  changeTerm(id: number, changes: Partial<TermContent>): Promise<StoredTerm>;
  removeTerms(ids: readonly number[]): Promise<number>;
  examples(filter?: Parameters<ReferenceSqlStore['all']>[0]): Promise<readonly ReferenceSql[]>;
  /** The example of an id or of the beginning of one. @throws EngineError `not-found` */
  example(id: string): Promise<ReferenceSql>;
  /** Runs the SQL first: an example is enabled only when it ran. @throws EngineError `request-invalid`, `not-found` */
  saveExample(content: ExampleContent, signal: AbortSignal): Promise<SavedExample>;
  /** Runs a stored example again and enables or disables it by how that went. */
  verifyExample(pair: ReferenceSql, signal: AbortSignal): Promise<SavedExample>;
  disableExample(pair: ReferenceSql): Promise<void>;
  removeExample(pair: ReferenceSql): Promise<void>;
  close(): Promise<void>;
}

const MAX_QUESTION = 10_000;
const MAX_SQL = 100_000;

/**
 * Opens terms and examples, also while a server of the same user has the state open.
 *
 * @throws EngineError `state-locked`, `state-too-new`, `state-unavailable`
 */
export async function openKnowledgeBase(
  loaded: LoadedConfig,
  { logger }: { readonly logger: Logger },
): Promise<KnowledgeBase> {
  const state = await openShared(loaded, logger);
  const query = await openQueryEngine(loaded, { logger, state });
  const terms = createTermStore(state);
  const references = createReferenceSqlStore(state);
  const vectors = createVectorStore(state);
  const embedder = createEmbedder(query.planners.models.embedding);

  /** Commands that answer without the state read a copy of what is in the embedded one. */
  const changed = async <T>(result: T): Promise<T> => {
    if (!loaded.config.state.url) await writeSnapshot(loaded.home, state);
    return result;
  };
  const forget = async (pair: ReferenceSql): Promise<void> => {
    const id = trainingId({ kind: 'sql', question: pair.question, sql: pair.sql });
    // The same pair may have been loaded as training data; that one stays.
    await vectors.remove(TRAINING_COLLECTIONS.sql, { ids: [id], filter: { example: pair.id } });
  };
  const remember = async (pair: ReferenceSql, signal: AbortSignal): Promise<void> => {
    const item = { kind: 'sql', question: pair.question, sql: pair.sql } as const;
    const metadata = { namespace: pair.namespace, example: pair.id };
    try {
      const embedded = await embedItems([item], embedder, signal);
      await state.transaction((session) =>
        storeItems(vectors, session, [item], embedded, { model: embedder.model, metadata }),
      );
    } catch (error) {
      // Without a vector it is still found by its words.
      logger.warn({ reason: (error as Error).message }, 'an example has no vector; verify it again later');
    }
  };

  return {
    terms: terms.list,
    async saveTerms(contents) {
      for (const { word, datasources } of contents) requireKnown(datasources, word, query);
      return changed(await terms.save(contents));
    },
    async changeTerm(id, changes) {
      requireKnown(changes.datasources ?? [], changes.word ?? String(id), query);
      return changed(await terms.change(id, changes));
    },
    removeTerms: async (ids) => changed(await terms.remove(ids)),
    examples: references.all,
    async example(id) {
      const found = (await references.all()).filter((pair) => pair.id.startsWith(id.toLowerCase()));
      if (found.length === 1) return found[0]!;
      throw new EngineError(
        'not-found',
        found.length === 0 ? `there is no example \`${id}\`` : `${found.length} examples begin with \`${id}\``,
      );
    },
    async saveExample(content, signal) {
      const question = content.question.trim();
      const sql = content.sql.trim().replace(/[;\s]+$/, '');
      if (!/[\p{L}\p{N}]/u.test(question)) throw new EngineError('request-invalid', 'the example has no question');
      if (sql === '') throw new EngineError('request-invalid', `the example \`${question.slice(0, 60)}\` has no SQL`);
      if (question.length > MAX_QUESTION || sql.length > MAX_SQL) {
        throw new EngineError('request-invalid', `the example \`${question.slice(0, 60)}…\` is too long`);
      }
      const { namespace, database, source } = await openNamed(content.datasource, query, signal);
      const proof = await prove(sql, source, query, signal);
      const { pair, replaced } = await references.save({
        namespace,
        database,
        question,
        sql,
        status: content.enabled && proof.problem === null ? 'confirmed' : 'rejected',
        origin: 'person',
        owner: 'cli',
        verifiedAt: proof.problem === null ? new Date() : null,
        problem: proof.problem,
      });
      if (replaced) await forget(replaced);
      if (pair.status === 'confirmed') await remember(pair, signal);
      return changed({ pair, replaced: replaced !== null, rows: proof.rows });
    },
    async verifyExample(pair, signal) {
      const name = pair.database === null ? pair.namespace : `${pair.namespace}/${pair.database}`;
      const { source } = await openNamed(name, query, signal);
      const proof = await prove(pair.sql, source, query, signal);
      const verified = await references.change(pair.id, {
        status: proof.problem === null ? 'confirmed' : 'rejected',
        problem: proof.problem,
        ...(proof.problem === null ? { verifiedAt: new Date() } : {}),
      });
      if (verified === null) throw new EngineError('not-found', `there is no example \`${pair.id}\` any more`);
      await forget(pair);
      if (verified.status === 'confirmed') await remember(verified, signal);
      return changed({ pair: verified, replaced: true, rows: proof.rows });
    },
    async disableExample(pair) {
      await references.setStatus(pair.id, 'rejected');
      await forget(pair);
      await changed(null);
    },
    async removeExample(pair) {
      await references.remove(pair.id);
      await forget(pair);
      await changed(null);
    },
    async close() {
      await Promise.allSettled([query.close()]);
      await state.close();
    },
  };
}

/** Guards and runs an example's SQL as a question's SQL is guarded and run. */
async function prove(
  sql: string,
  source: OpenedDatasource,
  { services }: QueryEngine,
  signal: AbortSignal,
): Promise<{ readonly rows: number; readonly problem: null } | { readonly rows: null; readonly problem: string }> {
  const guarded = await guardStatement(sql, source, services);
  if (!guarded.ok) return { rows: null, problem: guarded.failure.message };
  const run = await runStatement(guarded.value, source, services, signal);
  signal.throwIfAborted();
  if (!run.ok) return { rows: null, problem: run.failure.message };
  return { rows: run.value.rows.rows.length, problem: null };
}

interface NamedSource {
  readonly namespace: string;
  readonly database: string | null;
}

/** A configured `namespace` or `namespace/database`; null for anything else. */
function configured(text: string, { sources }: QueryEngine): NamedSource | null {
  const namespaces = sources.namespaces();
  if (namespaces.includes(text)) return { namespace: text, database: null };
  const namespace = namespaces.find((one) => text.startsWith(`${one}/`));
  if (namespace === undefined) return null;
  const wanted = text.slice(namespace.length + 1).toLowerCase();
  const found = sources.list(namespace).find((one) => one.name.toLowerCase() === wanted);
  if (found) return { namespace, database: found.name };
  const known = sources.list(namespace).map((one) => `${namespace}/${one.name}`);
  throw new EngineError('not-found', `there is no datasource \`${text}\`; known: ${known.join(', ') || 'none'}`);
}

async function openNamed(
  text: string,
  query: QueryEngine,
  signal: AbortSignal,
): Promise<NamedSource & { readonly source: OpenedDatasource }> {
  const named = configured(text, query);
  if (named) return { ...named, source: await query.sources.open(named.namespace, named.database, signal) };
  return { namespace: text, database: null, source: await query.sources.openText(text, signal) };
}

/** A term for a datasource that is not there would never be used. @throws EngineError `not-found` */
function requireKnown(datasources: readonly string[], term: string, query: QueryEngine): void {
  const unknown = datasources.find((text) => !configured(text, query));
  if (unknown === undefined) return;
  const known = query.sources.namespaces().join(', ') || 'none';
  throw new EngineError(
    'not-found',
    `term \`${term}\`: there is no datasource \`${unknown}\`; known namespaces: ${known}`,
  );
}
