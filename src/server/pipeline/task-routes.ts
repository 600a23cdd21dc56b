/** Tasks: create, execute, look at, find, cancel, delete. */
import type { FastifyInstance } from 'fastify';
import {
  isoLocal,
  type Pipeline,
  PipelineProblem,
  type PipelineTaskStatus,
  STEP_NAMES,
  type StepName,
} from '../../engine/index.ts';
import type { Access } from './access.ts';
import { encodeListItem, encodePagination, encodeTask, queryTime } from './encode.ts';
import { sendData } from './envelope.ts';
import { invalid, missing, parseOrReject } from './errors.ts';
import {
  createTaskSchema,
  deleteSchema,
  executeSchema,
  listSchema,
  queryTasksSchema,
  type STATUS_FILTERS,
} from './wire.ts';

const TASKS = '/api/v0/data_pipeline/tasks';
const tags = ['pipeline tasks'];

/** Null matches nothing: a status that tasks do not have here. */
function statusOf(filter: (typeof STATUS_FILTERS)[number] | null | undefined): PipelineTaskStatus | null | undefined {
  if (filter === undefined || filter === null) return undefined;
  if (filter === 'running') return 'in_progress';
  return filter === 'partial_completed' ? null : filter;
}

const ORDER_OF = {
  created_at: 'created',
  started_at: 'started',
  completed_at: 'completed',
  task_name: 'name',
  status: 'status',
} as const;

export function addTaskRoutes(app: FastifyInstance, pipeline: Pipeline, access: Access): void {
  app.post(
    TASKS,
    { schema: { summary: 'Create a task', tags, body: createTaskSchema.optional() }, attachValidation: true },
    async (request, reply) => {
      const body = parseOrReject(createTaskSchema, request.body);
      const task = await pipeline.create({
        name: body.task_name || null,
        tableListFile: body.table_list_file || null,
        businessContext: body.business_context || null,
        dbName: body.db_name || null,
        connection: body.db_connection || null,
        flags: {
          sqlValidation: body.enable_sql_validation,
          llmRepair: body.enable_llm_repair,
          modifyOriginalFile: body.modify_original_file,
          trainingDataLoad: body.enable_training_data_load,
          backupVectorTables: body.backup_vector_tables || body.truncate_vector_tables,
          truncateVectorTables: body.truncate_vector_tables,
        },
        createdBy: await access.caller(request),
      });
      const created = {
        task_id: task.id,
        task_name: task.name,
        status: task.status,
        created_at: isoLocal(task.createdAt),
      };
      if (body.table_list_file) return sendData(reply, '任务创建成功', created, 201);
      return sendData(
        reply,
        '任务创建成功',
        {
          response: '任务创建成功，请上传表清单文件后再执行任务',
          ...created,
          file_upload_mode: true,
          next_step: `POST ${TASKS}/${task.id}/upload-table-list`,
        },
        201,
      );
    },
  );

  app.post(
    `${TASKS}/:task_id/execute`,
    {
      schema: { summary: 'Run a task, or one of its steps', tags, body: executeSchema.optional() },
      attachValidation: true,
    },
    async (request, reply) => {
      const { task_id: id } = request.params as { task_id: string };
      const body = parseOrReject(executeSchema, request.body);
      const { mode, step } = executionOf(body.execution_mode, body.step_name);
      const vectors = mode === 'complete' || step === 'training_load';
      const asked = body.backup_vector_tables || body.truncate_vector_tables || body.skip_training;
      await pipeline.execute(id, {
        mode,
        step,
        backupVectorTables: vectors && (body.backup_vector_tables || body.truncate_vector_tables),
        truncateVectorTables: vectors && body.truncate_vector_tables,
        skipTraining: vectors && body.skip_training,
      });
      return sendData(
        reply,
        '任务执行已启动',
        {
          task_id: id,
          execution_mode: mode,
          step_name: step,
          message: '任务正在后台执行，请通过状态接口查询进度',
          ...(asked && !vectors ? { warning: `步骤 ${step} 不使用Vector表参数，已忽略` } : {}),
        },
        202,
      );
    },
  );

  app.get(`${TASKS}/:task_id`, { schema: { summary: 'One task', tags } }, async (request, reply) => {
    const { task_id: id } = request.params as { task_id: string };
    return sendData(reply, '获取任务状态成功', encodeTask(await pipeline.get(id)));
  });

  app.get(
    TASKS,
    { schema: { summary: 'Tasks, newest first', tags, querystring: listSchema }, attachValidation: true },
    async (request, reply) => {
      const { limit, offset, status: filter } = parseOrReject(listSchema, request.query);
      const status = statusOf(filter);
      const found =
        status === null
          ? { tasks: [], total: 0 }
          : await pipeline.find({ filter: { status }, orderBy: 'created', descending: true, limit, offset });
      const tasks = found.tasks.map(encodeListItem);
      return sendData(reply, '获取任务列表成功', { tasks, total: found.total, limit, offset });
    },
  );

  app.post(
    `${TASKS}/query`,
    { schema: { summary: 'Find tasks', tags, body: queryTasksSchema.optional() }, attachValidation: true },
    async (request, reply) => {
      const startedAt = performance.now();
      const body = parseOrReject(queryTasksSchema, request.body);
      const { page, page_size: limit, sort_by: sortBy, sort_order: sortOrder, ...filters } = body;
      const status = statusOf(body.status);
      const found =
        status === null
          ? { tasks: [], total: 0 }
          : await pipeline.find({
              filter: {
                status,
                name: body.task_name || undefined,
                createdBy: body.created_by || undefined,
                dbName: body.db_name || undefined,
                created: period(body.created_time_start, body.created_time_end),
                started: period(body.started_time_start, body.started_time_end),
                completed: period(body.completed_time_start, body.completed_time_end),
              },
              orderBy: ORDER_OF[sortBy],
              descending: sortOrder === 'desc',
              limit,
              offset: (page - 1) * limit,
            });
      return sendData(reply, '查询任务列表成功', {
        tasks: found.tasks.map(encodeListItem),
        pagination: encodePagination(page, limit, found.total),
        filters_applied: Object.fromEntries(Object.entries(filters).filter(([, value]) => value)),
        sort_applied: { sort_by: sortBy, sort_order: sortOrder },
        query_time: queryTime(startedAt),
      });
    },
  );

  app.post(`${TASKS}/:task_id/cancel`, { schema: { summary: 'Stop a running task', tags } }, async (request, reply) => {
    const { task_id: id } = request.params as { task_id: string };
    const before = await pipeline.get(id);
    const task = before.status === 'in_progress' ? await pipeline.cancel(id) : before;
    const message = before.status === 'in_progress' ? '任务取消成功' : '任务未在执行';
    return sendData(reply, message, { task_id: id, status: task.status });
  });

  app.delete(
    TASKS,
    {
      schema: { summary: 'Delete tasks with their directories', tags, body: deleteSchema.optional() },
      attachValidation: true,
    },
    async (request, reply) => {
      const source = request.body ?? request.query;
      const body = parseOrReject(deleteSchema, source);
      if (!body.confirm) throw missing('CONFIRMATION_REQUIRED', '删除操作需要确认，请设置 confirm 为 true', 'confirm');
      const results = await pipeline.delete({
        ids: [...new Set(body.task_ids)],
        deleteRecords: body.delete_database_records,
        continueOnError: body.continue_on_error,
      });
      const deletedAt = isoLocal(new Date());
      const deleted = results.flatMap((result) => (result.ok ? [result] : []));
      const failed = results.flatMap((result) => (result.ok ? [] : [result]));
      return sendData(reply, failed.length === 0 ? '任务删除成功' : '任务删除部分失败', {
        deleted_tasks: deleted.map((result) => ({
          success: true,
          task_id: result.id,
          directory_deleted: result.directory !== null,
          database_records_deleted: result.recordDeleted,
          deleted_files_count: result.directory?.files ?? 0,
          deleted_size: result.directory?.bytes ?? 0,
          deleted_at: deletedAt,
          operation_message: result.directory === null ? '任务目录不存在' : '任务目录已删除',
        })),
        failed_tasks: failed.map(({ id, error }) => ({
          task_id: id,
          error: error.message,
          error_code:
            error instanceof PipelineProblem && error.reason === 'task-running'
              ? 'TASK_ALREADY_RUNNING'
              : 'TASK_NOT_FOUND',
        })),
        summary: {
          total_requested: new Set(body.task_ids).size,
          successfully_deleted: deleted.length,
          failed: failed.length,
        },
        deleted_at: deletedAt,
      });
    },
  );
}

/** Mode, then step: the order in which clients hear of faults. */
function executionOf(mode: unknown, step: unknown): { mode: 'complete' | 'step'; step: StepName | null } {
  const wanted = mode === undefined || mode === null || mode === '' ? 'complete' : mode;
  if (wanted !== 'complete' && wanted !== 'step') {
    throw invalid('INVALID_EXECUTION_MODE', "无效的执行模式，必须是 'complete' 或 'step'", 'execution_mode');
  }
  if (wanted === 'complete') return { mode: wanted, step: null };
  if (step === undefined || step === null || step === '') {
    throw missing('MISSING_STEP_NAME', '步骤执行模式需要指定step_name', 'step_name');
  }
  const name = STEP_NAMES.find((one) => one === step);
  if (!name) throw invalid('INVALID_STEP_NAME', `无效的步骤名称，支持的步骤: ${STEP_NAMES.join(', ')}`, 'step_name');
  return { mode: wanted, step: name };
}

/** A day without a time is its beginning; an end in whole seconds holds the second. */
function period(from: string | null | undefined, to: string | null | undefined) {
  const momentOf = (text: string): Date => new Date(text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T'));
  if (!from && !to) return undefined;
  const end = to ? momentOf(to) : null;
  if (end && end.getMilliseconds() === 0) end.setMilliseconds(999);
  return { from: from ? momentOf(from) : null, to: end };
}
