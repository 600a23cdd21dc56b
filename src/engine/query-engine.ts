/**
 * The part of the engine that needs no state database: datasources, catalog, planners and workflows. The command line
 * answers with it directly; the server's engine adds durable runs.
 */
import { join } from 'node:path';
import { createCatalog } from '../catalog/index.ts';
import { EngineError, fail, type Logger, type Outcome, ok } from '../kernel/index.ts';
import type { Language, PlanResult, Turn } from '../planning/index.ts';
import type { DatabaseSchema } from '../sql/index.ts';
import type { State } from '../storage/index.ts';
import {
  createProbe,
  createWorkflowCatalog,
  type NodeOptions,
  type OpenedDatasource,
  type RunEvent,
  type RunRequest,
  type RunServices,
  readReflectionNodes,
} from '../workflows/index.ts';
import { type Answer, answerQuestion } from './answer.ts';
import type { LoadedConfig } from './config/load-config.ts';
import { createDemoPreparer } from './demo/prepare-demos.ts';
import { createDocuments } from './documents.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';
import { createKnowledgeReader } from './knowledge-reader.ts';
import { localDay } from './local-day.ts';
import { createPlanners, type Planners } from './planner.ts';
import { createRecommendedQuestions, type RecommendQuestions } from './recommended-questions.ts';
import { createSources, type SourceInfo, type Sources } from './sources.ts';

export interface AnswerRequest {
  readonly question: string;
  /** A namespace, file or URL; null takes the first namespace of the configuration. */
  readonly database: string | null;
  readonly language: Language | null;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

export interface FilePlan {
  readonly outcome: PlanResult['kind'];
  readonly sql: string | null;
  readonly confidence: number;
  /** Time of planning alone, in milliseconds. */
  readonly planningMs: number;
  /** What a dialogue remembers of this exchange; null when nothing was planned. */
  readonly turn: Turn | null;
}

export interface QueryEngine {
  readonly loaded: LoadedConfig;
  readonly sources: Sources;
  readonly planners: Planners;
  readonly services: RunServices;
  readonly knowledge: Knowledge;
  datasources(): readonly SourceInfo[];
  /** Connects and reads the catalog; the failure is a message for a person. */
  check(namespace: string, name: string | null): Promise<Outcome<{ readonly tables: number }, string>>;
  schemaOf(text: string, signal: AbortSignal): Promise<DatabaseSchema>;
  answer(request: AnswerRequest): Promise<Answer>;
  /** Plans a question over one SQLite file with the builtin planner, without running the answer. */
  planOnFile(
    file: string,
    question: string,
    options: {
      readonly previous: readonly Turn[];
      readonly alwaysAnswer: boolean;
      readonly probe: boolean;
      readonly signal: AbortSignal;
    },
  ): Promise<FilePlan>;
  /** Questions for a datasource that were planned and run before. */
  recommendQuestions: RecommendQuestions;
  close(): Promise<void>;
}

/**
 * Opens the parts that answer questions; nothing connects before the first use. Without a state, terms and examples are
 * read where that takes no waiting.
 */
export async function openQueryEngine(
  loaded: LoadedConfig,
  { logger, state = null }: { readonly logger: Logger; readonly state?: State | null },
): Promise<QueryEngine> {
  const { config, home } = loaded;
  const planners = createPlanners(loaded, logger);
  const reader = createKnowledgeReader({ loaded, state, embedding: planners.models.embedding, logger });
  const knowledge = createKnowledge(loaded, reader);
  const catalog = createCatalog({ logger });
  const sources = withDemoData(
    createSources({
      loaded,
      catalog,
      describe: knowledge.named,
      deps: {
        scratchDirectory: join(home, 'tmp'),
        logger,
        limits: { concurrent: config.limits.concurrent_statements, queued: config.limits.queued_statements },
      },
    }),
    loaded,
    logger,
  );
  const services: RunServices = {
    openDatasource: (request, signal, options) =>
      sources.open(request.namespace, request.database, signal, options?.refresh ?? false),
    planner: planners.planner,
    llmPlanner: planners.llm,
    models: planners.models,
    modelLimits: { maxTokens: config.planning.max_tokens_per_run, maxCost: config.planning.max_cost_per_run ?? null },
    workflows: createWorkflowCatalog(config.agent.workflow),
    nodeOptions: nodeOptions(config.agent.nodes),
    reflectionNodes: readReflectionNodes(config.agent.reflection_nodes),
    injectTerms: config.agent.plan_mode_auto_inject_ext_knowledge,
    fiscalYearStartMonth: config.planning.fiscal_year_start_month,
    knowledge: knowledge.of,
    metrics: (request, source) => knowledge.layer(request.namespace, source),
    documents: createDocuments(home),
    // Not for restricted callers: the SQL of others may name what is hidden from them.
    referenceSql: async ({ namespace, database, account }, limit) =>
      account ? [] : reader.examples({ namespace, database }, limit),
    limits: {
      rows: config.limits.rows,
      resultBytes: config.limits.result_bytes,
      statementTimeoutMs: config.limits.statement_timeout_ms,
      reflectionRounds: config.limits.reflection_rounds,
      nodes: config.limits.workflow_nodes,
      probeStatements: config.planning.probe_statements,
      probeMs: config.planning.probe_ms,
    },
    logger,
    now: () => Date.now(),
  };
  return {
    loaded,
    sources,
    planners,
    services,
    knowledge,
    datasources: () => sources.list(),
    async check(namespace, name) {
      try {
        const { schema } = await sources.open(namespace, name);
        return ok({ tables: schema.tables.length });
      } catch (error) {
        if (error instanceof EngineError) return fail(error.message);
        throw error;
      }
    },
    schemaOf: async (text, signal) => (await sources.openText(text, signal)).schema,
    answer: (request) => answer(request, loaded, sources, services),
    planOnFile: (file, question, options) => planOnFile(file, question, options, sources, planners, services),
    recommendQuestions: createRecommendedQuestions({
      planner: planners.builtin,
      services,
      examples: reader.examples,
      logger,
    }),
    async close() {
      await Promise.allSettled([sources.close(), reader.close()]);
    },
  };
}

/** Settings by node type; a node that the file names without settings has none. */
const nodeOptions = (nodes: LoadedConfig['config']['agent']['nodes']): Readonly<Record<string, NodeOptions>> =>
  Object.fromEntries(Object.entries(nodes).map(([type, options]) => [type, options ?? {}]));

/** Opens the demo's namespaces only after their files are there. */
function withDemoData(sources: Sources, loaded: LoadedConfig, logger: Logger): Sources {
  const prepare = createDemoPreparer(loaded, logger);
  return {
    ...sources,
    async open(namespace, database, signal, refresh) {
      await prepare(namespace);
      return sources.open(namespace, database, signal, refresh);
    },
    async openText(text, signal) {
      await prepare(text);
      return sources.openText(text, signal);
    },
  };
}

async function answer(
  request: AnswerRequest,
  loaded: LoadedConfig,
  sources: Sources,
  services: RunServices,
): Promise<Answer> {
  const database = request.database ?? sources.namespaces()[0];
  if (database === undefined) {
    throw new EngineError('not-found', `no namespace is configured in ${loaded.file}; name a file or URL with --db`);
  }
  const run: RunRequest = {
    workflow: 'text2sql',
    namespace: database,
    question: request.question,
    database: null,
    schemaName: null,
    today: localDay(new Date()),
    notes: [],
    subjectPath: [],
    planMode: false,
    previous: [],
  };
  const source = await sources.openText(database, request.signal);
  return answerQuestion(
    run,
    { ...services, openDatasource: async () => source },
    request.signal,
    source.datasource.warnings ?? [],
    request.onEvent,
  );
}

async function planOnFile(
  file: string,
  question: string,
  options: {
    readonly previous: readonly Turn[];
    readonly alwaysAnswer: boolean;
    readonly probe: boolean;
    readonly signal: AbortSignal;
  },
  sources: Sources,
  planners: Planners,
  services: RunServices,
): Promise<FilePlan> {
  const source: OpenedDatasource = await sources.openText(file, options.signal);
  const started = performance.now();
  const planned = await planners.builtin.plan(
    {
      question,
      schema: source.schema,
      today: localDay(new Date()),
      previous: options.previous,
      knowledge: { terms: [], examples: [], measures: [], notes: [] },
    },
    {
      signal: options.signal,
      alwaysAnswer: options.alwaysAnswer,
      probe: options.probe ? createProbe(source, services, options.signal) : null,
    },
  );
  const planningMs = performance.now() - started;
  const best =
    planned.kind === 'answer'
      ? planned.candidates[0]
      : planned.kind === 'clarify'
        ? planned.options[0]?.candidate
        : undefined;
  return {
    outcome: planned.kind,
    sql: planned.kind === 'answer' ? (best?.sql ?? null) : null,
    confidence: best?.confidence ?? 0,
    planningMs,
    turn: best ? { question, plan: best.plan, sql: best.sql, confidence: best.confidence } : null,
  };
}
