/**
 * The process in which steps work. It opens its own connection to the database and ends with its parent, so that
 * nothing goes on writing beside the job that is started over.
 */
import { createCatalog } from '../../catalog/index.ts';
import { type Datasource, openDatasource } from '../../execution/index.ts';
import { EngineError, keepWasmSmall, silentLogger } from '../../kernel/index.ts';
import { createModels, type Models } from '../../llm/index.ts';
import type { DatabaseSchema } from '../../sql/index.ts';
import { openState, type State } from '../../storage/index.ts';
import { holdAttempt } from '../../tasks/index.ts';
import { createTaskLog, LOG_FILE, type TaskLog } from '../logs/task-log.ts';
import { PipelineFailure, type StepName, type StepProgress } from '../step.ts';
import { steps } from '../steps/index.ts';
import { chosenTables } from './chosen-tables.ts';
import { ALIVE_MS, type ChildSetup, type FromChild, type StepError, type ToChild } from './protocol.ts';

const PROGRESS_MS = 250;
/** A parent that is silent for so many of its turns is paused, and the job is another one's by now. */
const MOST_SILENT_TURNS = 9;

interface Opened {
  readonly datasource: Datasource;
  readonly schema: DatabaseSchema;
}

keepWasmSmall();
let setup: ChildSetup | null = null;
let log: TaskLog = () => {};
let models: Models | null = null;
let opened: Promise<Opened> | null = null;
let state: Promise<State> | null = null;
let stop = new AbortController();
let silentTurns = 0;

const send = (message: FromChild): void => void process.send?.(message);
const scrub = (text: string): string =>
  (setup?.secrets ?? []).reduce((scrubbed, secret) => scrubbed.replaceAll(secret, '***'), text);

process.on('disconnect', () => process.exit(1));
process.on('message', (message: ToChild) => {
  silentTurns = 0;
  switch (message.type) {
    case 'setup':
      prepare(message.setup);
      break;
    case 'run':
      void run(message.step, new Date(message.startedAt));
      break;
    case 'cancel':
      stop.abort(new EngineError('cancelled', 'the task was cancelled'));
      break;
    case 'reset':
      void reset();
      break;
  }
});
// The parent decides about interrupts; a terminal's Ctrl-C reaches the whole group.
process.on('SIGINT', () => {});

function prepare(given: ChildSetup): void {
  setup = given;
  log = createTaskLog({ file: `${given.directory}/${LOG_FILE}`, level: given.logLevel, scrub });
  models = createModels(given.models, { logger: silentLogger });
}

async function open({ source, taskId }: ChildSetup): Promise<Opened> {
  const datasource = await openDatasource(source, { logger: silentLogger });
  const catalog = createCatalog({ logger: silentLogger });
  return { datasource, schema: await catalog.snapshot(datasource, { key: taskId, signal: stop.signal }) };
}

async function run(step: StepName, startedAt: Date): Promise<void> {
  const given = setup!;
  const report = createProgress();
  // Turns and not time: after a step that blocked this process the messages are read before the next turn.
  const watch = setInterval(() => {
    silentTurns += 1;
    if (silentTurns > MOST_SILENT_TURNS) process.exit(1);
  }, ALIVE_MS);
  try {
    opened ??= open(given);
    const { datasource, schema } = await opened;
    const work = steps[step];
    if (!work) throw new EngineError('internal', `the step ${step} is not available`);
    const outcome = await work({
      taskId: given.taskId,
      directory: given.directory,
      output: given.output,
      datasource,
      schema,
      tables: chosenTables(schema, given.tables, (name) =>
        log('WARNING', 'SchemaWorkflowOrchestrator', `表不存在，已跳过: ${name}`),
      ),
      businessContext: given.businessContext,
      dbName: given.dbName,
      startedAt,
      flags: given.flags,
      model: models?.has('pipeline') ? models.client('pipeline') : null,
      embeddings: models?.embedding ?? null,
      state: openOurState,
      hold: async (session) => {
        if (!(await holdAttempt(session, given.attempt)))
          throw new EngineError('cancelled', 'the task was given to another process');
      },
      signal: stop.signal,
      log,
      progress: report.update,
    });
    report.flush();
    send({ type: 'done', result: outcome.result });
  } catch (error) {
    opened?.catch(() => {
      opened = null;
    });
    report.flush();
    send({ type: 'failed', error: stepError(error) });
  } finally {
    clearInterval(watch);
  }
}

function openOurState(): Promise<State> {
  const { home, stateUrl } = setup!;
  state ??= openState({
    home,
    url: stateUrl ?? undefined,
    logger: silentLogger,
    role: 'client',
    maxConnections: 2,
  });
  return state;
}

function stepError(error: unknown): StepError {
  if (error instanceof PipelineFailure || error instanceof EngineError) {
    return { code: error.code, message: scrub(error.message) };
  }
  log('DEBUG', 'SimpleWorkflowExecutor', String((error as Error)?.stack ?? error));
  return { code: 'internal', message: scrub(`internal error: ${(error as Error)?.message ?? 'unknown'}`) };
}

/** At most a few messages a second, and always the last one. */
function createProgress(): { update(progress: StepProgress): void; flush(): void } {
  let pending: StepProgress | null = null;
  let sentAt = 0;
  const flush = (): void => {
    if (pending) send({ type: 'progress', progress: pending });
    pending = null;
    sentAt = Date.now();
  };
  return {
    update(progress) {
      pending = progress;
      if (Date.now() - sentAt >= PROGRESS_MS) flush();
    },
    flush,
  };
}

async function reset(): Promise<void> {
  const datasource = opened?.then((one) => one.datasource.close());
  await Promise.allSettled([datasource, state?.then((one) => one.close())]);
  opened = null;
  state = null;
  setup = null;
  models = null;
  log = () => {};
  stop = new AbortController();
  send({ type: 'reset' });
}
