/** One execution of a task, as a job of the queue: its steps in a child process, one after the other. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, type Logger, writeFileAtomically } from '../kernel/index.ts';
import type { ModelsConfig } from '../llm/index.ts';
import type { State } from '../storage/index.ts';
import type { Json, TaskContext, TaskEnd, TaskService } from '../tasks/index.ts';
import type { ChildPool } from './child/child-pool.ts';
import type { ChildSetup, StepError } from './child/protocol.ts';
import { createStepProcess, type StepProcess } from './child/step-process.ts';
import type { Connection } from './connections.ts';
import { archiveFiles, emptyOutput, publishFiles, removeStepFiles, stepOutput } from './files/archive.ts';
import { readTableList } from './files/table-list.ts';
import type { TaskDirectories } from './files/task-directory.ts';
import { compactStamp, fileStamp, isoLocal } from './local-time.ts';
import { createTaskLog, LOG_FILE, logLevelOf, type TaskLog } from './logs/task-log.ts';
import { STEP_NAMES, type StepFlags, type StepName, type StepProgress } from './step.ts';
import type { ExecutionRequest } from './task.ts';
import * as store from './task-store.ts';

export interface JobParts {
  readonly state: State;
  readonly tasks: TaskService;
  readonly directories: TaskDirectories;
  readonly models: ModelsConfig;
  readonly children: ChildPool;
  readonly home: string;
  readonly stateUrl: string | null;
  /** The connection of a task, ready to be opened. */
  connect(task: store.TaskRow): Promise<Connection>;
  readonly logger: Logger;
  now(): Date;
}

export interface JobPayload {
  readonly taskId: string;
  readonly request: ExecutionRequest;
}

/** Where an interrupted execution goes on. */
interface JobProgress {
  readonly archive: string;
  readonly archived: boolean;
  readonly done: readonly StepName[];
  /** The step that had begun; its files are not whole. */
  readonly begun: StepName | null;
}

/** A step whose process is lost this often fails. */
const MAX_LOSSES = 3;
const PROGRESS_STORED_MS = 1_000;
const LOGGER = 'SimpleWorkflowManager';

const json = (value: unknown): Json => value as Json;

export async function executeJob(context: TaskContext, parts: JobParts): Promise<TaskEnd> {
  const { taskId, request } = context.payload as unknown as JobPayload;
  const { state } = parts;
  const row = await store.readTask(state, taskId);
  if (row?.liveExecution !== context.taskId) return { status: 'cancelled' };
  const job = new Job(context, parts, row, request);
  try {
    return await job.run();
  } catch (error) {
    // An interrupted attempt leaves the task as it is: another one goes on with it.
    if (context.signal.aborted && !(await parts.tasks.get(context.taskId))?.cancelRequested) throw error;
    return await job.end(error);
  }
}

class Job {
  readonly #context: TaskContext;
  readonly #parts: JobParts;
  readonly #task: store.TaskRow;
  readonly #request: ExecutionRequest;
  readonly #directory: string;
  /** Where this attempt makes its files. */
  readonly #output: string;
  readonly #flags: StepFlags;
  readonly #artifacts: { [step: string]: Json } = {};
  #log: TaskLog;

  constructor(context: TaskContext, parts: JobParts, task: store.TaskRow, request: ExecutionRequest) {
    this.#context = context;
    this.#parts = parts;
    this.#task = task;
    this.#request = request;
    this.#directory = parts.directories.of(task.id);
    this.#output = stepOutput(this.#directory, context.attempt);
    this.#flags = flagsOf(task, request);
    this.#log = this.#openLog([]);
  }

  async run(): Promise<TaskEnd> {
    const { signal, attempt } = this.#context;
    await this.#parts.directories.make(this.#task.id);
    if (attempt > 1) this.#log('WARNING', LOGGER, `任务被中断后继续执行 (第 ${attempt} 次)`);
    let progress = await this.#resume();
    progress = await this.#archive(progress);
    await this.#writeConfig();
    const process = await this.#prepareProcess();
    try {
      for (const step of this.#steps()) {
        if (progress.done.includes(step)) {
          this.#artifacts[step] = await this.#earlierResult(step);
          continue;
        }
        signal.throwIfAborted();
        progress = await this.#runStep(process, step, progress);
      }
    } finally {
      await process.close();
      await rm(this.#output, { recursive: true, force: true });
    }
    return this.#succeed();
  }

  /** Stores how a run that did not succeed ended. */
  async end(error: unknown): Promise<TaskEnd> {
    const now = this.#parts.now();
    const cancelled = this.#context.signal.aborted;
    const failure = cancelled ? { code: 'cancelled', message: '任务已取消' } : failureOf(error);
    if (failure.code === 'internal' && !(error instanceof StepFailed))
      this.#parts.logger.error({ err: error, taskId: this.#task.id }, 'a pipeline job failed');
    const message = errorMessage(failure);
    await this.#context.write((session) =>
      store.endExecution(
        session,
        this.#live,
        { status: cancelled ? 'cancelled' : 'failed', completedAt: now, errorMessage: message },
        { status: 'failed', errorMessage: message },
        now,
      ),
    );
    this.#log(cancelled ? 'WARNING' : 'ERROR', LOGGER, cancelled ? '任务已取消' : `任务执行失败: ${message}`);
    if (cancelled) return { status: 'cancelled' };
    return { status: 'failed', error: { code: failure.code, message } };
  }

  get #live(): { readonly taskId: string; readonly id: string } {
    return { taskId: this.#task.id, id: this.#context.taskId };
  }

  #steps(): readonly StepName[] {
    const { mode, step } = this.#request;
    if (mode === 'step') return step === null ? [] : [step];
    if (!this.#flags.sqlValidation) this.#log('INFO', LOGGER, '跳过SQL验证步骤（未启用）');
    if (!isEnabled('training_load', this.#flags)) this.#log('INFO', LOGGER, '跳过训练数据加载步骤（未启用）');
    return STEP_NAMES.filter((one) => isEnabled(one, this.#flags));
  }

  async #resume(): Promise<JobProgress> {
    const saved = this.#context.progress as JobProgress | null;
    if (saved) return saved;
    const archive = `file_bak_${fileStamp(this.#parts.now())}`;
    return { archive, archived: false, done: [], begun: null };
  }

  /** Moves the files of earlier executions away; a crash in between goes on with the same folder. */
  async #archive(progress: JobProgress): Promise<JobProgress> {
    if (progress.archived) return progress;
    await this.#context.saveProgress(json(progress));
    const { mode, step } = this.#request;
    const archived = { ...progress, archived: true };
    const work = () =>
      archiveFiles({
        directory: this.#directory,
        archive: progress.archive,
        taskId: this.#task.id,
        step: mode === 'complete' ? null : step,
        now: this.#parts.now(),
      });
    await this.#context.write(work, json(archived));
    return archived;
  }

  async #writeConfig(): Promise<void> {
    const { id, createdAt, parameters, businessContext, dbName } = this.#task;
    const config = {
      task_id: id,
      created_at: isoLocal(createdAt),
      parameters: { ...parameters, businessContext, dbName, execution: this.#request },
      output_directory: `./data_pipeline/training_data/${id}`,
    };
    const text = `${JSON.stringify(config, null, 2)}\n`;
    await this.#context.write(() => writeFileAtomically(join(this.#directory, 'task_config.json'), text));
  }

  async #prepareProcess(): Promise<StepProcess> {
    const { children, directories, home, stateUrl, models } = this.#parts;
    const connection = await this.#parts.connect(this.#task);
    const secrets = secretsOf(connection);
    this.#log = this.#openLog(secrets);
    const list = await readTableList(this.#directory);
    const setup: ChildSetup = {
      taskId: this.#task.id,
      directory: directories.of(this.#task.id),
      output: this.#output,
      attempt: { taskId: this.#context.taskId, attempt: this.#context.attempt },
      source: connection.config,
      secrets,
      tables: list?.tables ?? null,
      businessContext: this.#task.businessContext,
      dbName: safeName(this.#task.dbName),
      flags: this.#flags,
      models,
      home,
      stateUrl,
      logLevel: logLevelOf(process.env.DATA_PIPELINE_LOG_LEVEL),
    };
    return createStepProcess(children, setup, this.#context.signal);
  }

  /**
   * One step from its begin to its end. What it leaves, its status and where to go on are stored together, and only
   * while this attempt is the current one.
   */
  async #runStep(child: StepProcess, step: StepName, before: JobProgress): Promise<JobProgress> {
    const { id } = this.#task;
    const { now } = this.#parts;
    const logger = `TaskDir_${id}`;
    const startedAt = now();
    const begin = {
      status: 'running' as const,
      executionId: `${id}_step_${step}_exec_${compactStamp(startedAt)}`,
      startedAt,
      completedAt: null,
      errorMessage: null,
      progress: null,
    };
    const begun = { ...before, begun: step };
    await this.#context.write(async (session) => {
      if (before.begun === step) await removeStepFiles(this.#directory, step);
      await emptyOutput(this.#output);
      await store.updateStep(session, this.#live, step, begin, startedAt);
    }, json(begun));
    this.#log('INFO', logger, `[${step}] 开始执行步骤: ${step}`);
    const report = this.#progressWriter(step);
    try {
      const result = await this.#runUntilDone(child, step, startedAt, report.update);
      await report.settled();
      await writeFileAtomically(join(this.#output, `${step}_result.json`), `${JSON.stringify(result, null, 2)}\n`);
      const done = { ...begun, begun: null, done: [...begun.done, step] };
      await this.#context.write(async (session) => {
        await publishFiles(this.#output, this.#directory);
        await store.updateStep(session, this.#live, step, { status: 'completed', completedAt: now() }, now());
      }, json(done));
      this.#artifacts[step] = json(result);
      this.#log('INFO', logger, `[${step}] 步骤执行完成: ${step}`);
      return done;
    } catch (error) {
      await report.settled();
      if (!this.#context.signal.aborted) {
        // What a failed step has made so far helps to find out why.
        await this.#context.write(() => publishFiles(this.#output, this.#directory));
        this.#log('ERROR', logger, `[${step}] 步骤执行失败: ${step} - ${errorMessage(failureOf(error))}`);
      }
      throw error;
    }
  }

  /** What a step gave that an earlier attempt has finished. */
  async #earlierResult(step: StepName): Promise<Json> {
    const text = await readFile(join(this.#directory, `${step}_result.json`), 'utf8').catch(() => null);
    return text === null ? null : (JSON.parse(text) as Json);
  }

  async #runUntilDone(
    child: StepProcess,
    step: StepName,
    startedAt: Date,
    onProgress: (progress: StepProgress) => void,
  ): Promise<{ readonly [key: string]: Json }> {
    for (let losses = 0; ; ) {
      const end = await child.run(step, startedAt, onProgress);
      if (end.kind === 'done') return end.result;
      this.#context.signal.throwIfAborted();
      if (end.kind === 'failed') throw new StepFailed(end.error);
      losses += 1;
      if (losses >= MAX_LOSSES) {
        throw new StepFailed({ code: 'internal', message: `步骤进程多次异常退出 (${end.reason})` });
      }
      await this.#context.write(() => emptyOutput(this.#output));
      this.#log('WARNING', LOGGER, `[${step}] 步骤进程异常退出 (${end.reason})，重新执行步骤: ${step}`);
    }
  }

  /** Stores the newest progress about once a second, one write at a time. */
  #progressWriter(step: StepName): { update(progress: StepProgress): void; settled(): Promise<void> } {
    const { now } = this.#parts;
    let newest: StepProgress | null = null;
    let writing: Promise<void> | null = null;
    let storedAt = 0;
    const write = (): Promise<void> => {
      const progress = newest;
      newest = null;
      storedAt = Date.now();
      return this.#context
        .write((session) => store.updateStep(session, this.#live, step, { progress }, now()))
        .catch((error: Error) => {
          this.#parts.logger.warn({ reason: error.message }, 'progress of a pipeline job was not stored');
        });
    };
    return {
      update(progress) {
        newest = progress;
        if (writing || Date.now() - storedAt < PROGRESS_STORED_MS) return;
        writing = write().finally(() => {
          writing = null;
        });
      },
      async settled() {
        await writing;
        if (newest) await write();
      },
    };
  }

  async #succeed(): Promise<TaskEnd> {
    const { state, now } = this.#parts;
    const { id } = this.#task;
    const complete = this.#request.mode === 'complete';
    const current = await store.readTask(state, id);
    const done = STEP_NAMES.filter((step) => isEnabled(step, flagsOf(this.#task, null))).every((step) =>
      current?.steps.some((one) => one.step === step && one.status === 'completed'),
    );
    const result = {
      success: true,
      workflow_state: complete || done ? 'completed' : 'in_progress',
      artifacts: this.#artifacts,
    };
    const over = complete || done;
    await this.#context.write(async (session) => {
      const text = `${JSON.stringify(result, null, 2)}\n`;
      if (complete) await writeFileAtomically(join(this.#directory, 'task_result.json'), text);
      await store.endExecution(
        session,
        this.#live,
        { status: over ? 'completed' : 'in_progress', completedAt: over ? now() : null, errorMessage: null, result },
        { status: 'failed', errorMessage: null },
        now(),
      );
    });
    if (complete) this.#log('INFO', LOGGER, '完整工作流执行完成');
    return { status: 'completed', result: json(result) };
  }

  #openLog(secrets: readonly string[]): TaskLog {
    return createTaskLog({
      file: join(this.#directory, LOG_FILE),
      level: logLevelOf(process.env.DATA_PIPELINE_LOG_LEVEL),
      scrub: (text) => secrets.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, '***'), text),
      now: this.#parts.now,
    });
  }
}

class StepFailed extends Error {
  readonly error: StepError;
  constructor(error: StepError) {
    super(error.message);
    this.error = error;
  }
}

function failureOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof StepFailed) return error.error;
  if (error instanceof EngineError) return { code: error.code, message: error.message };
  return { code: 'internal', message: 'internal error; the server log has the details' };
}

/** Codes that people know by name lead the message. */
const errorMessage = ({ code, message }: { readonly code: string; readonly message: string }): string =>
  code === code.toUpperCase()
    ? `${code}: ${message}`
    : code === 'datasource-unavailable'
      ? `数据库连接失败: ${message}`
      : message;

function flagsOf(task: store.TaskRow, request: ExecutionRequest | null): StepFlags {
  const { parameters } = task;
  const truncate = parameters.truncateVectorTables || (request?.truncateVectorTables ?? false);
  const flags = {
    sqlValidation: parameters.sqlValidation,
    llmRepair: parameters.llmRepair,
    modifyOriginalFile: parameters.modifyOriginalFile,
    trainingDataLoad: parameters.trainingDataLoad,
    backupVectorTables: truncate || parameters.backupVectorTables || (request?.backupVectorTables ?? false),
    truncateVectorTables: truncate,
    skipTraining: request?.skipTraining ?? false,
  };
  // A single step is asked for by name; what it does is not switched off by the task's flags.
  return request?.mode === 'step' && request.step === 'training_load' ? { ...flags, trainingDataLoad: true } : flags;
}

/** Vector tables are managed by the training step, even where nothing is loaded. */
function isEnabled(step: StepName, flags: StepFlags): boolean {
  if (step === 'sql_validation') return flags.sqlValidation;
  if (step === 'training_load') return flags.trainingDataLoad || flags.backupVectorTables;
  return true;
}

function secretsOf({ config }: Connection): readonly string[] {
  const password = 'password' in config ? config.password : undefined;
  return password ? [...new Set([password, encodeURIComponent(password)])] : [];
}

const safeName = (name: string): string => name.replace(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 60) || 'db';
