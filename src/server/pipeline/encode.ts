/** Tasks, files and log entries as the pipeline API writes them. */
import { extname } from 'node:path';
import { isoLocal, type LogEntry, type PipelineTask, type TableListInfo, type TaskFile } from '../../engine/index.ts';

export const API = '/api/v0';
export const shownDirectory = (taskId: string): string => `./data_pipeline/training_data/${taskId}`;

const time = (at: Date | null): string | null => (at === null ? null : isoLocal(at));

const stepStatus = (task: PipelineTask): Record<string, string> =>
  Object.fromEntries(task.steps.map((step) => [step.step, step.status]));

export function encodeTask(task: PipelineTask): Record<string, unknown> {
  const running = task.steps.find((step) => step.status === 'running');
  return {
    task_id: task.id,
    task_name: task.name,
    status: task.status,
    step_status: stepStatus(task),
    created_at: time(task.createdAt),
    started_at: time(task.startedAt),
    completed_at: time(task.completedAt),
    parameters: parametersOf(task),
    result: task.result,
    error_message: task.errorMessage,
    current_step: running
      ? {
          execution_id: running.executionId,
          step: running.step,
          status: running.status,
          started_at: time(running.startedAt),
          progress: running.progress,
        }
      : null,
    total_steps: task.steps.length,
    steps: task.steps.map((step) => ({
      step_name: step.step,
      step_status: step.status,
      started_at: time(step.startedAt),
      completed_at: time(step.completedAt),
      error_message: step.errorMessage,
      progress: step.progress,
    })),
  };
}

function parametersOf({ parameters, businessContext, dbName, name }: PipelineTask): Record<string, unknown> {
  return {
    table_list_file: parameters.tableListFile,
    business_context: businessContext,
    db_name: dbName,
    task_name: name,
    ...(parameters.connection === null ? {} : { db_connection: parameters.connection }),
    enable_sql_validation: parameters.sqlValidation,
    enable_llm_repair: parameters.llmRepair,
    modify_original_file: parameters.modifyOriginalFile,
    enable_training_data_load: parameters.trainingDataLoad,
    backup_vector_tables: parameters.backupVectorTables,
    truncate_vector_tables: parameters.truncateVectorTables,
  };
}

export const encodeListItem = (task: PipelineTask): Record<string, unknown> => ({
  task_id: task.id,
  task_name: task.name,
  status: task.status,
  step_status: stepStatus(task),
  created_at: time(task.createdAt),
  started_at: time(task.startedAt),
  completed_at: time(task.completedAt),
  created_by: task.createdBy,
  db_name: task.dbName,
  business_context: task.businessContext,
  directory_exists: task.directoryExists,
  updated_at: time(task.updatedAt),
});

const FILE_TYPES: Readonly<Record<string, string>> = {
  '.ddl': 'ddl',
  '.sql': 'sql',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.json': 'json',
  '.txt': 'text',
  '.log': 'log',
  '.csv': 'csv',
};

const DESCRIPTIONS: readonly (readonly [RegExp, string])[] = [
  [/^qs_.*_pair\.json$/, 'Question-SQL训练数据对'],
  [/^qs_.*_pair\.json\.backup/, 'Question-SQL训练数据对的原始备份'],
  [/^data_pipeline\.log$/, '任务执行日志'],
  [/^table_list\.txt$/, '表清单'],
  [/^metadata\.txt$/, '业务主题元数据'],
  [/^metadata_detail\.md$/, '业务主题元数据文档'],
  [/^db_query_decision_prompt\.txt$/, '数据库业务范围说明'],
  [/^filename_mapping\.txt$/, '表与文件的对应关系'],
  [/^task_config\.json$/, '任务配置'],
  [/_result\.json$/, '执行结果'],
  [/^sql_validation_.*_summary\.log$/, 'SQL验证报告'],
  [/^file_modifications_.*\.log$/, 'SQL文件修改记录'],
  [/^langchain_pg_.*\.csv$/, 'Vector表备份'],
  [/\.ddl(_\d+)?$/, '表结构DDL'],
  [/_detail(_\d+)?\.md$/, '表结构文档'],
];

/** `100.0 KB`; nothing is `0 B`. */
export function humanSize(bytes: number): string {
  if (bytes === 0) return '0 B';
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power]}`;
}

export const fileTypeOf = (name: string): string => FILE_TYPES[extname(name).toLowerCase()] ?? 'other';

export function encodeFile(taskId: string, file: TaskFile): Record<string, unknown> {
  const size = humanSize(file.size);
  return {
    file_name: file.name,
    file_type: fileTypeOf(file.name),
    file_size: file.size,
    file_size_human: size,
    file_size_formatted: size,
    created_at: isoLocal(file.createdAt),
    modified_at: isoLocal(file.modifiedAt),
    is_primary: /^qs_.*_pair\.json$/.test(file.name),
    is_readable: true,
    description: DESCRIPTIONS.find(([pattern]) => pattern.test(file.name))?.[1] ?? '任务文件',
    download_url: `${API}/data_pipeline/tasks/${taskId}/files/${encodeURIComponent(file.name)}`,
  };
}

export function encodeTableList(taskId: string, list: TableListInfo | null): Record<string, unknown> {
  const path = `${shownDirectory(taskId)}/table_list.txt`;
  const base = { task_id: taskId, file_name: 'table_list.txt', filename: 'table_list.txt' };
  if (!list) return { ...base, has_table_list: false, has_file: false, exists: false, expected_path: path };
  const size = humanSize(list.size);
  return {
    ...base,
    has_table_list: true,
    has_file: true,
    exists: true,
    is_readable: true,
    file_size: list.size,
    file_size_human: size,
    file_size_formatted: size,
    file_path: path,
    table_count: list.tables.length,
    unique_table_count: list.tables.length,
    tables: list.tables,
    table_names: list.tables,
    created_at: isoLocal(list.createdAt),
    uploaded_at: isoLocal(list.modifiedAt),
    upload_time: isoLocal(list.modifiedAt),
    created_time: isoLocal(list.modifiedAt),
  };
}

export const encodeLogEntry = (entry: LogEntry): Record<string, unknown> => ({
  timestamp: entry.timestamp,
  level: entry.level,
  logger: entry.logger,
  message: entry.message,
});

export const encodeQueriedEntry = (entry: LogEntry): Record<string, unknown> => ({
  timestamp: entry.timestamp,
  level: entry.level,
  logger: entry.logger,
  step: entry.step,
  message: entry.message,
  line_number: entry.lineNumber,
});

export function encodePagination(page: number, pageSize: number, total: number): Record<string, unknown> {
  const totalPages = Math.ceil(total / pageSize);
  return {
    page,
    page_size: pageSize,
    total,
    total_pages: totalPages,
    has_next: page < totalPages,
    has_prev: page > 1,
  };
}

/** `0.023s` */
export const queryTime = (startedAt: number): string => `${((performance.now() - startedAt) / 1000).toFixed(3)}s`;
