/**
 * One exchange of a chat: a question is stored as a record, answered by a durable run, and the record is finished with
 * what the run left. When the process is lost in between, the run goes on elsewhere and the record is finished by the
 * next exchange of the chat (`settle`).
 */
import { randomBytes } from 'node:crypto';
import type { User } from '../../accounts/index.ts';
import type { Chat, ChatRecord, ChatStore } from '../../chats/index.ts';
import { RUN_FAILURE_CODES } from '../../execution/index.ts';
import { assertNever, EngineError, type Logger } from '../../kernel/index.ts';
import { detectLanguage, type Language, type Planner } from '../../planning/index.ts';
import { type ChartConfig, describeResult, findingsMarkdown } from '../../reporting/index.ts';
import type { RunProblem, RunRows, RunServices } from '../../workflows/index.ts';
import type { Run } from '../engine.ts';
import { localDay } from '../local-day.ts';
import type { RecommendQuestions } from '../recommended-questions.ts';
import type { Runs } from '../runs.ts';
import type { AskEvent, AskProblemKind } from './ask.ts';
import { asksOnlyForChart, withoutChartWords } from './chart-request.ts';
import { chartOf, imageFor } from './charts.ts';
import { chooseDatasource } from './choose-datasource.ts';
import { type AskCommand, readCommand } from './command.ts';
import { describePrediction, predict } from './prediction.ts';
import { openOrNull, type RereadFailure, rowsOf, seenBy } from './reread.ts';
import { turnsBefore } from './turns.ts';
import type { UserSource, UserSources } from './user-sources.ts';
import { within } from './within.ts';
import { WORDS } from './words.ts';

/** Records that are looked at for follow-ups and commands without an id. */
const RECENT = 20;
const TITLE_CHARACTERS = 100;
/** Datasources that are looked at when none is named; opening one may take this long. */
const MAX_CHOSEN_FROM = 50;
const OPEN_TIMEOUT_MS = 10_000;
/** Questions to offer instead; what is not found in time is there for the next one. */
const OFFERED = 4;
const OFFER_TIMEOUT_MS = 3_000;

export interface ExchangeParts {
  readonly chats: ChatStore;
  readonly runs: Pick<Runs, 'submit' | 'follow' | 'find'>;
  readonly sources: UserSources;
  readonly limits: RunServices['limits'];
  /** Questions that have an answer, for those whose question has none. */
  readonly recommend: RecommendQuestions;
  /** Reads questions without a model, to find the datasource they are about. */
  readonly planner: Planner;
  readonly imageHours: number;
  readonly logger: Logger;
  readonly now: () => Date;
}

export interface Asked {
  readonly user: User;
  readonly chat: Chat;
  readonly question: string;
  readonly signal: AbortSignal;
}

type Events = AsyncGenerator<AskEvent, void, void>;

export async function* exchange(parts: ExchangeParts, asked: Asked): Events {
  await settleChat(parts, asked);
  const command = readCommand(asked.question);
  if (!command) {
    yield* askQuestion(parts, asked, { question: asked.question, before: null, sourceRecordId: null });
    return;
  }
  const source = await recordOf(parts, asked.chat, command);
  if (typeof source === 'string') {
    yield { type: 'refused', message: source };
    return;
  }
  switch (command.name) {
    case 'regenerate':
      yield* askQuestion(parts, asked, { question: source.question, before: source.id, sourceRecordId: source.id });
      return;
    case 'analysis':
      yield* analyse(parts, asked, source);
      return;
    case 'predict':
      yield* predictFrom(parts, asked, source);
  }
}

/** The record that a command speaks of, or why there is none. */
async function recordOf({ chats }: ExchangeParts, chat: Chat, command: AskCommand): Promise<ChatRecord | string> {
  if (command.recordId === null) {
    const recent = await chats.recentRecords(chat.id, RECENT);
    return recent.find((record) => record.kind === 'ask') ?? 'You have not ask any question';
  }
  const record = await chats.findRecord(command.recordId);
  if (!record) return `Record id: ${command.recordId} does not exist`;
  if (record.chatId !== chat.id) return `Record id: ${command.recordId} does not belong to this chat`;
  if (record.kind === 'ask') return record;
  return (await chats.findRecord(record.sourceRecordId ?? 0)) ?? `Record id: ${command.recordId} does not exist`;
}

async function* askQuestion(
  parts: ExchangeParts,
  asked: Asked,
  { question, before, sourceRecordId }: { question: string; before: number | null; sourceRecordId: number | null },
): Events {
  const { chats, now } = parts;
  const { user, chat, signal } = asked;
  const language = detectLanguage(question);
  const earlier = await chats.recentRecords(chat.id, RECENT);
  const record = await chats.addRecord({ chatId: chat.id, kind: 'ask', question, sourceRecordId });
  const title = question.slice(0, TITLE_CHARACTERS);
  const named = chat.title === null && (await chats.name(chat.id, title));
  yield { type: 'recorded', recordId: record.id, question, language, title: named ? title : null };

  const failed = async (
    kind: AskProblemKind,
    message: string,
    suggestions: readonly string[] = [],
  ): Promise<AskEvent> => {
    await chats.finishRecord(record.id, { error: message });
    return { type: 'failed', kind, message, suggestions };
  };
  const source = await datasourceOf(parts, user, chat, withoutChartWords(question), language, signal);
  if (typeof source === 'string') {
    yield await failed('question', source);
    return;
  }
  const last = earlier.find((one) => one.kind === 'ask' && (before === null || one.id < before));
  if (last?.result && asksOnlyForChart(question)) {
    const seen = await rowsOf(parts, { ...asked, chat: { ...chat, datasourceId: source.id } }, last);
    if (!seen.ok) {
      yield await failed('question', rereadMessage(seen.failure, last, language));
      return;
    }
    const { sql, plan } = last;
    const { rows: result, rights } = seen.value;
    const title = (last.chart as ChartConfig | null)?.title ?? last.question;
    const chosen = chartOf(result, question, parts.imageHours, now(), title);
    await chats.finishRecord(record.id, { rights, sql, plan, result, ...chosen });
    yield { type: 'sql', sql: sql ?? '' };
    yield* shown(sql ?? '', result, chosen);
    return;
  }
  const rights = await parts.sources.rightsOf(user, source.id);
  if (rights === null) {
    yield await failed('question', WORDS[language].unreachable);
    return;
  }
  const id = `ask-${record.id}-${randomBytes(6).toString('hex')}`;
  const owner = ownerOf(user);
  const today = localDay(now());
  await chats.setRun(record.id, { id, rights });
  const submitted = await parts.runs.submit({
    id,
    owner,
    channel: 'ask',
    request: {
      workflow: 'dynamic',
      namespace: source.namespace,
      question: withoutChartWords(question),
      database: source.database,
      schemaName: null,
      today,
      notes: [],
      subjectPath: [],
      planMode: false,
      previous: await turnsBefore(earlier, {
        before,
        today,
        mayBeSeen: seenBy(parts, user, source, rights, signal),
        open: () => openOrNull(parts.sources, user, source, rights, signal),
      }),
      account: { userId: user.id, datasourceId: source.id, rights },
    },
  });
  if (!submitted.ok) throw new Error(`the run ${id} was there before`);
  let sql: string | null = null;
  for await (const entry of (await parts.runs.follow(owner, id, { after: 0, signal })) ?? []) {
    if (entry.kind !== 'event' || entry.event.type !== 'sql-start' || entry.event.sql === sql) continue;
    sql = entry.event.sql;
    yield { type: 'sql', sql };
  }
  const run = await parts.runs.find(owner, id);
  if (!run || run.status === 'running') {
    yield { type: 'failed', kind: 'connection', message: WORDS[language].stopping, suggestions: [] };
    return;
  }
  const end = await finish(parts, { ...record, runId: id }, run, language);
  if (end.kind === 'failed') {
    const { problem, message, suggestions } = end;
    const isOpen = run.result?.problem?.kind === 'clarify' && suggestions.length > 0;
    const offered = problem === 'question' && !isOpen ? await offer(parts, asked, source, rights, language) : [];
    yield {
      type: 'failed',
      kind: problem,
      message: offered.length === 0 ? message : `${message} ${WORDS[language].youCanAsk(offered)}`,
      suggestions: [...suggestions, ...offered],
    };
    return;
  }
  if (end.sql !== sql) yield { type: 'sql', sql: end.sql };
  yield* shown(end.sql, end.result, end.chosen);
}

/** What the user can ask of the datasource; nothing when that takes too long. */
async function offer(
  { sources, recommend, logger }: ExchangeParts,
  { user, signal }: Asked,
  source: UserSource,
  rights: string,
  language: Language,
): Promise<readonly string[]> {
  const intime = AbortSignal.any([signal, AbortSignal.timeout(OFFER_TIMEOUT_MS)]);
  try {
    const opened = await sources.open(user, source, intime, rights);
    return await recommend(opened, { namespace: source.namespace, language, limit: OFFERED, signal: intime });
  } catch (error) {
    logger.debug({ reason: (error as Error).message }, 'no questions to offer');
    return [];
  }
}

async function* shown(sql: string, result: RunRows, { chart, imageName }: ReturnType<typeof chartOf>): Events {
  yield { type: 'rows', sql, result };
  yield { type: 'chart', chart, imageName };
  yield { type: 'done' };
}

/** Rows and a chart, or why there are none; stored with the record, once. */
type RecordOutcome =
  | {
      readonly kind: 'answered';
      readonly sql: string;
      readonly result: RunRows;
      readonly chosen: ReturnType<typeof chartOf>;
    }
  | {
      readonly kind: 'failed';
      readonly problem: AskProblemKind;
      readonly message: string;
      readonly suggestions: readonly string[];
    };

async function finish(parts: ExchangeParts, record: ChatRecord, run: Run, language: Language): Promise<RecordOutcome> {
  const { result } = run;
  if (run.status === 'completed' && result?.rows) {
    const sql = result.sql ?? '';
    const chosen = chartOf(result.rows, record.question, parts.imageHours, parts.now());
    await parts.chats.finishRecord(record.id, { sql, plan: result.plan, result: result.rows, ...chosen });
    return { kind: 'answered', sql, result: result.rows, chosen };
  }
  const problem = result?.problem ?? null;
  const message = messageOf(problem, language);
  await parts.chats.finishRecord(record.id, { error: message });
  return { kind: 'failed', problem: kindOf(problem), message, suggestions: problem?.suggestions ?? [] };
}

function messageOf(problem: RunProblem | null, language: Language): string {
  const words = WORDS[language];
  if (!problem) return words.noReason;
  if (problem.kind !== 'clarify' || problem.suggestions.length === 0) return problem.message;
  return `${problem.message} ${words.readings(problem.suggestions.join(language === 'zh' ? '；' : '; '))}`;
}

function kindOf(problem: RunProblem | null): AskProblemKind {
  const code = problem?.code ?? '';
  if (code === 'connection' || code === 'datasource-unavailable') return 'connection';
  return (RUN_FAILURE_CODES as readonly string[]).includes(code) ? 'execution' : 'question';
}

/** Finishes records whose runs ended while nobody was there to see it. */
async function settleChat(parts: ExchangeParts, { user, chat, signal }: Asked): Promise<void> {
  const recent = await parts.chats.recentRecords(chat.id, RECENT);
  for (const record of recent) {
    if (record.finishedAt !== null || record.runId === null) continue;
    const owner = ownerOf(user);
    for await (const _ of (await parts.runs.follow(owner, record.runId, { after: 0, signal })) ?? []);
    const run = await parts.runs.find(owner, record.runId);
    if (run && run.status !== 'running') await finish(parts, record, run, detectLanguage(record.question));
  }
}

function rereadMessage(failure: RereadFailure, record: ChatRecord, language: Language): string {
  const words = WORDS[language];
  switch (failure) {
    case 'no-data':
      return words.noData(record.id);
    case 'not-allowed':
      return words.noRights(record.id);
    case 'unreachable':
      return words.unreachable;
    default:
      return assertNever(failure);
  }
}

async function* analyse(parts: ExchangeParts, asked: Asked, source: ChatRecord): Events {
  const { chats } = parts;
  const { chat, question } = asked;
  const language = detectLanguage(source.question);
  const seen = await rowsOf(parts, asked, source);
  if (!seen.ok) {
    yield { type: 'refused', message: rereadMessage(seen.failure, source, language) };
    return;
  }
  const { rows, rights } = seen.value;
  const record = await chats.addRecord({ chatId: chat.id, kind: 'analysis', question, sourceRecordId: source.id });
  yield { type: 'recorded', recordId: record.id, question: source.question, language, title: null };
  const markdown = findingsMarkdown(describeResult(rows, language));
  await chats.finishRecord(record.id, { rights, content: markdown });
  yield { type: 'analysis', markdown };
  yield { type: 'done' };
}

async function* predictFrom(parts: ExchangeParts, asked: Asked, source: ChatRecord): Events {
  const { chats, now } = parts;
  const { chat, question } = asked;
  const language = detectLanguage(source.question);
  const seen = await rowsOf(parts, asked, source);
  if (!seen.ok) {
    yield { type: 'refused', message: rereadMessage(seen.failure, source, language) };
    return;
  }
  const { rows: result, rights } = seen.value;
  const record = await chats.addRecord({ chatId: chat.id, kind: 'prediction', question, sourceRecordId: source.id });
  yield { type: 'recorded', recordId: record.id, question: source.question, language, title: null };
  const made = await predict(result, { question: source.question, language, today: localDay(now()) });
  if (!made.ok) {
    await chats.finishRecord(record.id, { error: made.failure });
    yield { type: 'failed', kind: 'question', message: made.failure, suggestions: [] };
    return;
  }
  const { forecast, predicted, combined, chart } = made.value;
  const image = imageFor(chart, parts.imageHours, now());
  const markdown = describePrediction(forecast, language);
  await chats.finishRecord(record.id, { rights, content: markdown, result: combined, chart, ...image });
  yield { type: 'analysis', markdown };
  yield { type: 'prediction', result, predicted };
  yield { type: 'chart', chart, imageName: image.imageName };
  yield { type: 'done' };
}

/** The chat's datasource, chosen now when it has none; otherwise what to tell the user. */
async function datasourceOf(
  { chats, sources, planner, logger, now }: ExchangeParts,
  user: User,
  chat: Chat,
  question: string,
  language: Language,
  signal: AbortSignal,
): Promise<UserSource | string> {
  const words = WORDS[language];
  const all = await sources.of(user.workspaceIds);
  if (chat.datasourceId !== null) return all.find((one) => one.id === chat.datasourceId) ?? words.unreachable;
  if (all.length === 0) return words.noDatasource;
  const opened = await Promise.all(
    all.slice(0, MAX_CHOSEN_FROM).map(async (source) => {
      try {
        const timeout = AbortSignal.any([signal, AbortSignal.timeout(OPEN_TIMEOUT_MS)]);
        const { schema } = await within(timeout, sources.open(user, source));
        return [{ id: source.id, name: source.name, schema }];
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        logger.info({ datasource: source.name, reason: error.message }, 'a datasource was left out of a choice');
        return [];
      }
    }),
  );
  const choice = await chooseDatasource(question, opened.flat(), { planner, today: localDay(now()), signal });
  if (choice.kind === 'open') {
    const names = choice.candidates.map((one) => `${one.name} (datasource_id ${one.id})`);
    return names.length === 0 ? words.unreachable : words.whichDatasource(names.join(language === 'zh' ? '、' : ', '));
  }
  const chosen = await chats.chooseDatasource(chat.id, choice.id);
  return all.find((one) => one.id === chosen) ?? words.unreachable;
}

/** No client of another surface can have this name: its ids have no such character. */
const ownerOf = (user: User): string => `user#${user.id}`;
