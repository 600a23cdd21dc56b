/** The pipeline's facade: tasks, their files and logs, database tools and vector tables. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { EngineError, type Logger } from '../kernel/index.ts';
import type { ModelsConfig } from '../llm/index.ts';
import type { State } from '../storage/index.ts';
import type { Json, TaskService } from '../tasks/index.ts';
import { createChildPool } from './child/child-pool.ts';
import { type Connection, type ConnectionPolicy, createConnections } from './connections.ts';
import { createDatabaseTools, type DatabaseTools, type OpenedDatabase } from './database-tools.ts';
import { type DeletedDirectory, deleteDirectory } from './files/delete-directory.ts';
import {
  checkTableNames,
  readServerList,
  readTableList,
  saveTableList,
  type TableListInfo,
  tableListText,
} from './files/table-list.ts';
import { createTaskDirectories, shownPath, type TaskFile } from './files/task-directory.ts';
import { saveUpload, type Upload, type UploadResult } from './files/uploads.ts';
import { executeJob, type JobPayload } from './job.ts';
import { fileStamp } from './local-time.ts';
import { createLogReader, type LogPage, type LogQuery } from './logs/log-reader.ts';
import { createTaskLog, LOG_FILE, logLevelOf } from './logs/task-log.ts';
import { PipelineProblem } from './problem.ts';
import { createSecretBox } from './secret-box.ts';
import { STEP_NAMES } from './step.ts';
import type { ExecutionRequest, PipelineTask, TaskParameters, TaskQuery } from './task.ts';
import * as store from './task-store.ts';
import { createVectorTools, type VectorTools } from './vector-tools.ts';

export const JOB_KIND = 'pipeline';

export interface PipelineParts {
  readonly state: State;
  readonly tasks: TaskService;
  readonly models: ModelsConfig;
  readonly home: string;
  readonly stateUrl: string | null;
  readonly policy: ConnectionPolicy;
  /** Where relative names of table lists are looked up. */
  readonly workingDirectory: string;
  /** Jobs at once in this process. */
  readonly concurrentJobs: number;
  /** Makes what a configured namespace needs, e.g. demo data. */
  prepare(namespace: string): Promise<void>;
  /** Opens a database for a short look. */
  open(connection: Connection, signal: AbortSignal): Promise<OpenedDatabase>;
  readonly logger: Logger;
  now?(): Date;
}

export interface NewPipelineTask {
  readonly name: string | null;
  /** A file on the server. */
  readonly tableListFile: string | null;
  readonly businessContext: string | null;
  readonly dbName: string | null;
  /** A namespace or URL; null takes the default. */
  readonly connection: string | null;
  readonly flags: Omit<TaskParameters, 'tableListFile' | 'connection'>;
  readonly createdBy: string;
}

export interface DeleteOptions {
  readonly ids: readonly string[];
  readonly deleteRecords: boolean;
  readonly continueOnError: boolean;
}

export type DeletedTask =
  | {
      readonly ok: true;
      readonly id: string;
      readonly directory: DeletedDirectory | null;
      readonly recordDeleted: boolean;
    }
  | { readonly ok: false; readonly id: string; readonly error: EngineError };

/** Unless said otherwise methods throw PipelineProblem `task-not-found`. */
export interface Pipeline {
  create(task: NewPipelineTask): Promise<PipelineTask>;
  /** @throws PipelineProblem `task-running` */
  execute(id: string, request: ExecutionRequest): Promise<PipelineTask>;
  get(id: string): Promise<PipelineTask>;
  /** Whether an execution of the task waits or runs. */
  isLive(id: string): Promise<boolean>;
  find(query: TaskQuery): Promise<{ readonly tasks: readonly PipelineTask[]; readonly total: number }>;
  /** Asks a live execution to stop and waits for it a little; a task without one stays as it is. */
  cancel(id: string): Promise<PipelineTask>;
  delete(options: DeleteOptions): Promise<readonly DeletedTask[]>;
  files(id: string): Promise<readonly TaskFile[]>;
  file(id: string, name: string): Promise<TaskFile>;
  upload(id: string, upload: Upload): Promise<UploadResult>;
  /** @throws PipelineProblem `file-not-accepted` */
  saveTableList(id: string, bytes: Uint8Array): Promise<TableListInfo>;
  setTables(id: string, names: readonly string[], businessContext: string | null): Promise<TableListInfo>;
  tableList(id: string): Promise<TableListInfo | null>;
  logs(id: string, query: LogQuery, signal: AbortSignal): Promise<LogPage>;
  readonly database: DatabaseTools;
  readonly vectors: VectorTools;
  close(): Promise<void>;
}

const DEFAULT_CONTEXT = '数据库管理系统';
/** An execution that nobody knows this long after it was begun was lost before it reached the queue. */
const LOST_AFTER_MS = 10_000;
const CANCEL_WAIT_MS = 4_000;

/** Registers the jobs and gives the facade. Call before `tasks.start()`. */
export function createPipeline(parts: PipelineParts): Pipeline {
  const { state, tasks, logger, now = () => new Date() } = parts;
  const directories = createTaskDirectories(join(parts.home, 'data_pipeline', 'training_data'));
  const connections = createConnections(parts.policy);
  const box = createSecretBox(join(parts.home, 'conf', 'pipeline.key'));
  const logReader = createLogReader();
  const children = createChildPool(parts.concurrentJobs);

  const connectionOf = (text: string | null): Connection =>
    text === null ? connections.default() : connections.ofRequest(text);
  const ready = async (connection: Connection): Promise<Connection> => {
    if (connection.namespace !== null) await parts.prepare(connection.namespace);
    return connection;
  };

  tasks.registerHandler(
    JOB_KIND,
    (context) =>
      executeJob(context, {
        ...parts,
        children,
        directories,
        now,
        connect: (task) =>
          ready(connectionOf(task.sealedConnection === null ? null : box.open(task.sealedConnection, task.id))),
      }),
    { concurrency: parts.concurrentJobs, maxAttempts: 10 },
  );

  const logOf = (id: string) =>
    createTaskLog({
      file: join(directories.of(id), LOG_FILE),
      level: logLevelOf(process.env.DATA_PIPELINE_LOG_LEVEL),
      now,
    });

  /** The task; an execution that ended without saying so is written down first. */
  const required = async (id: string): Promise<store.TaskRow> => {
    directories.of(id);
    const row = await store.readTask(state, id);
    if (!row) throw new PipelineProblem('task-not-found', `任务不存在: ${id}`, { subject: id });
    if (row.liveExecution === null || !(await settle(row, row.liveExecution))) return row;
    return (await store.readTask(state, id)) ?? row;
  };

  const settle = async (row: store.TaskRow, liveExecution: string): Promise<boolean> => {
    const job = await tasks.get(liveExecution);
    if (job && (job.status === 'queued' || job.status === 'running')) return false;
    const age = now().getTime() - (row.liveSince?.getTime() ?? 0);
    if (!job && age < LOST_AFTER_MS) return false;
    const cancelled = job?.status === 'cancelled';
    const message = cancelled ? '任务已取消' : (job?.error?.message ?? '任务执行进程丢失');
    return state.transaction((session) =>
      store.endExecution(
        session,
        { taskId: row.id, id: liveExecution },
        { status: cancelled ? 'cancelled' : 'failed', completedAt: now(), errorMessage: message },
        { status: 'failed', errorMessage: message },
        now(),
      ),
    );
  };

  const insert = async (task: Omit<store.NewTask, 'id'>): Promise<string> => {
    for (let n = 1; n < 1_000; n += 1) {
      const id = `task_${fileStamp(task.now)}${n === 1 ? '' : `_${n}`}`;
      // A directory without a task is somebody's data, too.
      if (await directories.exists(id)) continue;
      const sealedConnection = task.sealedConnection === null ? null : box.seal(task.sealedConnection, id);
      if (await store.insertTask(state, { ...task, id, sealedConnection })) return id;
    }
    throw new EngineError('busy', 'too many tasks were created within this second; try again');
  };

  return {
    async create(task) {
      const connection = connectionOf(task.connection);
      const list =
        task.tableListFile === null ? null : await readServerList(parts.workingDirectory, task.tableListFile);
      const id = await insert({
        name: task.name,
        businessContext: task.businessContext ?? DEFAULT_CONTEXT,
        dbName: task.dbName ?? connection.database,
        parameters: {
          ...task.flags,
          tableListFile: task.tableListFile,
          connection: task.connection === null ? null : connection.label,
        },
        sealedConnection: task.connection,
        createdBy: task.createdBy,
        now: now(),
      });
      const directory = await directories.make(id);
      const log = logOf(id);
      log('INFO', `TaskDir_${id}`, '任务目录日志初始化完成');
      try {
        if (list) await saveTableList(directory, list);
      } catch (error) {
        await store.deleteTask(state, id);
        await deleteDirectory(directory);
        throw error;
      }
      log('INFO', 'SimpleWorkflowManager', `创建任务: ${id}`);
      return required(id);
    },

    async execute(id, request) {
      const row = await required(id);
      const busy = new PipelineProblem('task-running', `任务已在执行: ${id}`, { subject: id });
      if (row.liveExecution !== null) throw busy;
      // Jobs are kept longer than tasks, whose ids may come again.
      const execution = `${id}:${row.executions + 1}:${randomBytes(4).toString('hex')}`;
      const steps = request.mode === 'complete' || request.step === null ? STEP_NAMES : [request.step];
      if (!(await store.claimTask(state, row, { id: execution, steps, now: now() }))) throw busy;
      await directories.make(id);
      const payload = { taskId: id, request } satisfies JobPayload as unknown as Json;
      try {
        const submitted = await tasks.submit({ id: execution, kind: JOB_KIND, owner: row.createdBy, payload });
        if (!submitted.ok) throw new Error(`the execution ${execution} exists already`);
      } catch (error) {
        const back = { status: row.status, completedAt: row.completedAt, errorMessage: row.errorMessage };
        const steps = { status: 'pending', errorMessage: null } as const;
        await state.transaction((session) =>
          store.endExecution(session, { taskId: id, id: execution }, back, steps, now()),
        );
        throw error;
      }
      logOf(id)(
        'INFO',
        'SimpleWorkflowManager',
        `任务执行启动: ${request.mode}${request.step ? ` ${request.step}` : ''}`,
      );
      return required(id);
    },

    get: required,
    isLive: async (id) => (await required(id)).liveExecution !== null,

    async find(query) {
      for (const row of await store.liveTasks(state)) {
        if (row.liveExecution !== null) await settle(row, row.liveExecution);
      }
      return store.findTasks(state, query);
    },

    async cancel(id) {
      const row = await required(id);
      if (row.liveExecution === null) return row;
      await tasks.cancel(row.liveExecution);
      const patience = AbortSignal.timeout(CANCEL_WAIT_MS);
      await tasks.waitForEnd(row.liveExecution, patience).catch((error: unknown) => {
        if (!patience.aborted) logger.warn({ reason: (error as Error).message }, 'a cancelled job did not end');
      });
      return required(id);
    },

    async delete({ ids, deleteRecords, continueOnError }) {
      const results: DeletedTask[] = [];
      for (const id of ids) {
        const result = await deleteOne(id, deleteRecords).catch((error: unknown): DeletedTask => {
          if (!(error instanceof EngineError)) throw error;
          return { ok: false, id, error };
        });
        results.push(result);
        if (!result.ok && !continueOnError) break;
      }
      return results;
    },

    async files(id) {
      await required(id);
      return directories.list(id);
    },

    async file(id, name) {
      await required(id);
      return directories.find(id, name);
    },

    async upload(id, upload) {
      await required(id);
      const result = await saveUpload(await directories.make(id), upload);
      logOf(id)('INFO', 'SimpleFileManager', `上传文件: ${result.name}`);
      return result;
    },

    saveTableList: (id, bytes) => keepTables(id, bytes, null),
    setTables: async (id, names, businessContext) =>
      keepTables(id, Buffer.from(tableListText(checkTableNames(names), now())), businessContext),

    async tableList(id) {
      await required(id);
      return readTableList(directories.of(id));
    },

    async logs(id, query, signal) {
      await required(id);
      return logReader.read(join(directories.of(id), LOG_FILE), shownPath(id, LOG_FILE), query, signal);
    },

    database: createDatabaseTools({
      connect: (text) => ready(connectionOf(text)),
      open: parts.open,
    }),
    vectors: createVectorTools({ state, directories, requireTask: required, now }),
    async close() {
      await Promise.all([logReader.close(), children.close()]);
    },
  };

  async function deleteOne(id: string, deleteRecord: boolean): Promise<DeletedTask> {
    const row = await required(id);
    if (row.liveExecution !== null)
      throw new PipelineProblem('task-running', `任务正在执行，不能删除: ${id}`, { subject: id });
    const directory = await deleteDirectory(directories.of(id));
    const recordDeleted = deleteRecord && (await store.deleteTask(state, id));
    if (!recordDeleted) await store.updateTask(state, id, { directoryExists: false }, now());
    return { ok: true, id, directory, recordDeleted };
  }

  async function keepTables(id: string, bytes: Uint8Array, businessContext: string | null): Promise<TableListInfo> {
    const row = await required(id);
    if (row.liveExecution !== null) throw new PipelineProblem('task-running', `任务已在执行: ${id}`, { subject: id });
    const directory = await directories.make(id);
    await saveTableList(directory, bytes);
    await store.updateTask(
      state,
      id,
      { directoryExists: true, ...(businessContext === null ? {} : { businessContext }) },
      now(),
    );
    const info = await readTableList(directory);
    if (!info) throw new EngineError('internal', 'the table list was not kept');
    logOf(id)('INFO', 'SimpleFileManager', `表清单已保存，包含 ${info.tables.length} 个表`);
    return info;
  }
}
