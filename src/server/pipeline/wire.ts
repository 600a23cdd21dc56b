/** The requests of the pipeline API. Unknown fields are ignored, as its clients send some. */
import { z } from 'zod';

const text = (max: number) => z.string().max(max);
const optionalText = (max: number) => text(max).nullish();
const flag = (fallback: boolean) =>
  z
    .boolean('必须是布尔值')
    .nullish()
    .transform((value) => value ?? fallback);
const whole = '必须是整数';

export const createTaskSchema = z.object({
  table_list_file: optionalText(1_000).describe('a list on the server, relative to its working directory'),
  business_context: optionalText(10_000),
  db_name: optionalText(100),
  db_connection: optionalText(4_000).describe('a URL or a configured namespace; the configured default when absent'),
  task_name: z.string().max(100, '任务名称不能超过100个字符').nullish(),
  enable_sql_validation: flag(true),
  enable_llm_repair: flag(true),
  modify_original_file: flag(true),
  enable_training_data_load: flag(true),
  backup_vector_tables: flag(false),
  truncate_vector_tables: flag(false),
});

/** Mode and step have errors of their own, so that any text passes here. */
export const executeSchema = z.object({
  execution_mode: z.unknown().optional(),
  step_name: z.unknown().optional(),
  backup_vector_tables: flag(false),
  truncate_vector_tables: flag(false),
  skip_training: flag(false),
});

export const STATUS_FILTERS = [
  'pending',
  'running',
  'in_progress',
  'partial_completed',
  'completed',
  'failed',
  'cancelled',
] as const;

const queryInteger = (fallback: number, least: number) =>
  z.coerce.number(whole).int(whole).min(least, `不能小于${least}`).default(fallback);

export const listSchema = z.object({
  limit: queryInteger(50, 1).transform((value) => Math.min(value, 100)),
  offset: queryInteger(0, 0),
  status: z.enum(STATUS_FILTERS).optional(),
});

const page = z.int(whole).min(1, '不能小于1').max(10_000_000).default(1);
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/, '时间格式无效')
  .refine((value) => !Number.isNaN(Date.parse(value)), '时间格式无效')
  .nullish();
const order = z.enum(['asc', 'desc']).default('desc');

export const queryTasksSchema = z.object({
  page,
  page_size: z.int(whole).min(1, '必须在1到100之间').max(100, '必须在1到100之间').default(20),
  status: z.enum(STATUS_FILTERS).nullish(),
  task_name: optionalText(100),
  created_by: optionalText(200),
  db_name: optionalText(200),
  created_time_start: moment,
  created_time_end: moment,
  started_time_start: moment,
  started_time_end: moment,
  completed_time_start: moment,
  completed_time_end: moment,
  sort_by: z.enum(['created_at', 'started_at', 'completed_at', 'task_name', 'status']).default('created_at'),
  sort_order: order,
});

const names = z.union([z.array(z.string()), z.string()]);
export const tableListSchema = z.object({
  table_names: names.nullish(),
  tables: names.nullish(),
  business_context: optionalText(10_000),
});

const LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;
const level = z
  .string()
  .transform((value) => value.toUpperCase())
  .pipe(z.enum(LEVELS));

export const logsSchema = z.object({
  limit: queryInteger(100, 1).transform((value) => Math.min(value, 1_000)),
  level: level.optional(),
});

const logMoment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.\d{1,9})?)?$/, '时间格式无效')
  .refine((value) => !Number.isNaN(Date.parse(value)), '时间格式无效')
  .nullish();

export const queryLogsSchema = z.object({
  page,
  page_size: z.int(whole).min(1, '必须在1到500之间').max(500, '必须在1到500之间').default(50),
  level: level.nullish(),
  start_time: logMoment,
  end_time: logMoment,
  keyword: optionalText(200),
  logger_name: optionalText(200),
  step_name: optionalText(100),
  sort_by: z.enum(['timestamp', 'level', 'logger', 'step', 'line_number']).default('timestamp'),
  sort_order: order,
});

export const tablesSchema = z.object({
  db_connection: optionalText(4_000),
  schema: optionalText(1_000),
  table_name_pattern: optionalText(200),
});

export const tableDdlSchema = z.object({
  table: z.string().trim().min(1, '不能为空').max(400),
  db_connection: optionalText(4_000),
  business_context: optionalText(10_000),
  type: z.enum(['ddl', 'md', 'both']).default('ddl'),
});

const idList = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((one) => one.trim()) : value),
  z.array(z.string().min(1).max(200)).min(1).max(1_000),
);
const looseFlag = (fallback: boolean) =>
  z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), flag(fallback));

export const deleteSchema = z.object({
  task_ids: idList,
  confirm: looseFlag(false),
  delete_database_records: looseFlag(false),
  continue_on_error: looseFlag(true),
});

export const backupSchema = z.object({
  task_id: optionalText(100),
  db_connection: optionalText(4_000),
  backup_vector_tables: flag(true),
});

export const restoreListSchema = z.object({ global_only: looseFlag(false), task_id: text(100).optional() });

export const restoreSchema = z.object({
  backup_path: z.string().min(1).max(400),
  timestamp: z.string().regex(/^\d{8}_\d{6}$/, '格式必须是 YYYYMMDD_HHMMSS'),
  tables: z.array(z.enum(['langchain_pg_collection', 'langchain_pg_embedding'])).nullish(),
  db_connection: optionalText(4_000),
  truncate_before_restore: flag(false),
});
