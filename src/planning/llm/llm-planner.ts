/**
 * The planner that asks a language model. What comes back is treated like a stranger's input: read leniently, parsed,
 * bound to the catalog and guarded; one precise complaint goes back to the model, and then it is over.
 */
import { randomBytes } from 'node:crypto';
import { EngineError, fail, type Outcome, ok } from '../../kernel/index.ts';
import {
  type Completion,
  createModelBudget,
  estimateTokens,
  type Message,
  type ModelBudget,
  type ModelClient,
  type ModelFailure,
  type ModelLimits,
  type Models,
  withoutThinking,
} from '../../llm/index.ts';
import type { Candidate, ClarifyOption, Language, Planner, PlanOptions, PlanRequest, PlanResult } from '../planner.ts';
import { checkSql, type SqlProblem } from './check-sql.ts';
import { DIALECT_NOTES } from './dialect-notes.ts';
import { packContext } from './pack-context.ts';
import { fillPrompt, findPrompt } from './prompts.ts';
import { languageOf } from './question-language.ts';
import { type ModelAnswer, readAnswer } from './read-answer.ts';
import { voteOnCandidates } from './vote.ts';

export interface LlmPlannerLimits {
  /** What one run may spend when the caller brings no account of its own. */
  readonly budget: Partial<ModelLimits>;
  /** Room for schema and knowledge in the prompt, in tokens. */
  readonly contextTokens: number;
  readonly outputTokens: number;
  readonly promptVersion: string | null;
  /** Answers to compare with each other; 1: the first one stands. */
  readonly samples: number;
}

export interface LlmPlannerParts {
  readonly models: Models;
  readonly limits?: Partial<LlmPlannerLimits>;
  /** Whose model is used; `generate_sql` unless told. */
  readonly role?: string;
  /** Marks data in prompts, one for the planner's life so that providers can cache prompts; it is removed from all data. */
  readonly nonce?: () => string;
}

/** SQL that failed when it ran, and why, in the words of the database. */
export interface FailedSql {
  readonly sql: string;
  readonly code: string;
  readonly message: string;
}

export interface LlmPlanner extends Planner {
  readonly name: 'llm';
  /**
   * Like `plan`; a model that cannot be reached or used is told apart from one that says the question has no answer.
   *
   * @throws EngineError `budget-exceeded`, `model-unavailable` (none configured), `cancelled`
   */
  tryPlan(request: PlanRequest, options?: PlanOptions): Promise<Outcome<PlanResult, ModelFailure>>;
  /** Corrects SQL that the database refused. */
  repair(request: PlanRequest, failed: FailedSql, options?: PlanOptions): Promise<Outcome<PlanResult, ModelFailure>>;
}

const DEFAULT_LIMITS: LlmPlannerLimits = {
  budget: {},
  contextTokens: 8_000,
  outputTokens: 2_000,
  promptVersion: null,
  samples: 1,
};
/** A reply that cannot be used goes back this often. */
const MAX_REPAIRS = 1;
/** How freely further samples are drawn. */
const SAMPLE_TEMPERATURE = 0.8;
/** How sure we are of a checked answer, before the model's own doubts. */
const BASE_CONFIDENCE = { first: 0.8, repaired: 0.6 } as const;

const SAYS = {
  en: {
    unusable: (problem: string) => `the model did not write a usable query: ${problem}`,
    failed: (message: string) => `the language model could not be used: ${message}`,
  },
  zh: {
    unusable: (problem: string) => `模型未能写出可用的查询：${problem}`,
    failed: (message: string) => `语言模型不可用：${message}`,
  },
} as const;

interface Session {
  readonly client: ModelClient;
  readonly request: PlanRequest;
  readonly options: PlanOptions;
  readonly language: Language;
  readonly system: string;
  readonly limits: LlmPlannerLimits;
  readonly budget: ModelBudget;
}

function openSession(parts: LlmPlannerParts, nonce: string, request: PlanRequest, options: PlanOptions) {
  const limits = { ...DEFAULT_LIMITS, ...parts.limits };
  const client = parts.models.client(parts.role ?? 'generate_sql');
  const notes = DIALECT_NOTES[request.schema.dialect];
  const system = fillPrompt(findPrompt('generate-sql', limits.promptVersion), {
    dialect: notes.title,
    quoting: notes.quoting,
    dialectNotes: notes.notes.map((note) => `- ${note}`).join('\n'),
    nonce,
  });
  const outputTokens = Math.min(limits.outputTokens, client.maxOutputTokens);
  // A long question must not push out the schema.
  const wanted = limits.contextTokens + estimateTokens(request.question);
  const room = Math.max(500, Math.min(wanted, client.contextTokens - outputTokens - 2_500));
  const session: Session = {
    client,
    request,
    options,
    language: languageOf(request.question),
    system,
    limits: { ...limits, outputTokens },
    budget: options.modelBudget ?? createModelBudget(limits.budget),
  };
  return { session, context: packContext(request, nonce, room).text };
}

async function ask(
  session: Session,
  messages: readonly Message[],
  temperature = 0,
): Promise<Outcome<Completion, ModelFailure>> {
  const { options } = session;
  const outcome = await session.client.complete({
    system: session.system,
    messages,
    json: true,
    temperature,
    maxOutputTokens: session.limits.outputTokens,
    budget: session.budget,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.onDelta === undefined || temperature > 0 ? {} : { onDelta: options.onDelta }),
  });
  if (!outcome.ok && outcome.failure.code === 'cancelled') throw new EngineError('cancelled', 'planning was cancelled');
  return outcome;
}

type Judged = Outcome<PlanResult, SqlProblem>;

async function judgeOptions(session: Session, answer: ModelAnswer & { kind: 'clarify' }): Promise<Judged> {
  const { request, language } = session;
  const options: ClarifyOption[] = [];
  for (const option of answer.options) {
    const checked = await checkSql(option.sql, request.schema, request.today);
    if (!checked.ok) continue;
    const candidate: Candidate = { ...checked.value, confidence: 0.4, mappings: [], reading: option.label };
    options.push({ label: option.label, candidate });
  }
  return ok({ kind: 'clarify', planner: 'llm', language, reason: answer.question, options });
}

/** What a reply amounts to, or the complaint about it. */
async function judge(session: Session, completion: Completion, repaired: boolean): Promise<Judged> {
  const { request, language } = session;
  const answer = readAnswer(completion.text, completion.finish === 'length');
  if (answer.kind === 'unusable') return fail({ code: answer.code, message: answer.problem, hint: null });
  if (answer.kind === 'cannot') {
    return ok({ kind: 'cannot', planner: 'llm', language, reason: answer.reason, suggestions: [] });
  }
  if (answer.kind === 'clarify') return judgeOptions(session, answer);
  if (answer.cut) {
    return fail({
      code: 'reply-cut',
      message: 'the query was cut at the length limit; write a shorter reply',
      hint: null,
    });
  }
  const checked = await checkSql(answer.sql, request.schema, request.today);
  if (!checked.ok) return checked;
  const base = repaired ? BASE_CONFIDENCE.repaired : BASE_CONFIDENCE.first;
  const candidate: Candidate = {
    ...checked.value,
    confidence: Math.round(base * (0.5 + 0.5 * (answer.confidence ?? 1)) * 1000) / 1000,
    mappings: answer.mappings,
    reading: answer.explanation,
  };
  return ok({ kind: 'answer', planner: 'llm', language, candidates: [candidate] });
}

function complaint(session: Session, problem: SqlProblem): string {
  return fillPrompt(findPrompt('repair-sql', session.limits.promptVersion), {
    code: problem.code,
    problem: problem.message,
    hint: problem.hint === null ? '' : `${problem.hint}\n`,
    dialect: DIALECT_NOTES[session.request.schema.dialect].title,
  });
}

/** Asks for the same again, more freely, and lets the answers vote; what fails on the way does not count. */
async function compareSamples(session: Session, messages: readonly Message[], result: PlanResult): Promise<PlanResult> {
  const more = session.limits.samples - 1;
  const [first] = result.kind === 'answer' ? result.candidates : [];
  if (more < 1 || result.kind !== 'answer' || first === undefined) return result;
  const others = await Promise.all(
    Array.from({ length: more }, async () => {
      try {
        const outcome = await ask(session, messages, SAMPLE_TEMPERATURE);
        const judged = outcome.ok ? await judge(session, outcome.value, false) : null;
        return judged?.ok && judged.value.kind === 'answer' ? judged.value.candidates : [];
      } catch (error) {
        if (error instanceof EngineError && error.code === 'budget-exceeded') return [];
        throw error;
      }
    }),
  );
  return { ...result, candidates: await voteOnCandidates([first, ...others.flat()], session.options.probe ?? null) };
}

/** Asks, judges, complains once, and gives up. */
async function converse(session: Session, first: readonly Message[]): Promise<Outcome<PlanResult, ModelFailure>> {
  let messages = first;
  for (let round = 0; ; round++) {
    const outcome = await ask(session, messages);
    if (!outcome.ok) return outcome;
    const judged = await judge(session, outcome.value, messages.length > 1);
    if (judged.ok) return ok(await compareSamples(session, first, judged.value));
    if (round >= MAX_REPAIRS) {
      const { language } = session;
      const reason = SAYS[language].unusable(`${judged.failure.code}: ${judged.failure.message}`);
      return ok({ kind: 'cannot', planner: 'llm', language, reason, suggestions: [] });
    }
    session.options.onDelta?.({ kind: 'restart', text: '' });
    const reply = withoutThinking(outcome.value.text).trim().slice(0, 6_000);
    messages = [
      ...messages,
      { role: 'assistant', content: reply === '' ? '(no answer)' : reply },
      { role: 'user', content: complaint(session, judged.failure) },
    ];
  }
}

/** Makes the planner that asks the configured model. */
export function createLlmPlanner(parts: LlmPlannerParts): LlmPlanner {
  const nonce = (parts.nonce ?? (() => randomBytes(6).toString('hex')))();
  const tryPlan: LlmPlanner['tryPlan'] = (request, options = {}) => {
    const { session, context } = openSession(parts, nonce, request, options);
    return converse(session, [{ role: 'user', content: context }]);
  };
  return {
    name: 'llm',
    tryPlan: async (request, options) => tryPlan(request, options),
    async repair(request, failed, options = {}) {
      const { session, context } = openSession(parts, nonce, request, options);
      const problem = { code: failed.code, message: failed.message.slice(0, 1_000), hint: null };
      return converse(session, [
        { role: 'user', content: context },
        { role: 'assistant', content: JSON.stringify({ sql: failed.sql }) },
        { role: 'user', content: complaint(session, problem) },
      ]);
    },
    async plan(request, options) {
      const outcome = await tryPlan(request, options);
      if (outcome.ok) return outcome.value;
      const language = languageOf(request.question);
      const reason = SAYS[language].failed(outcome.failure.message);
      return { kind: 'cannot', planner: 'llm', language, reason, suggestions: [] };
    },
  };
}
