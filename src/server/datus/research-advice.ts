/** Failures in the words of the research stream: the kind of an SQL error, a friendly text, what to do about it. */
import type { RunProblem } from '../../engine/index.ts';

export type ErrorType =
  | 'network'
  | 'database_connection'
  | 'database_query'
  | 'table_not_found'
  | 'column_not_found'
  | 'syntax_error'
  | 'permission_denied'
  | 'timeout'
  | 'resource_exhausted'
  | 'unknown';

/** Codes of the execution port, of the guard and of the engine; what is not listed is `unknown`. */
const ERROR_TYPES: Readonly<Record<string, ErrorType>> = {
  syntax: 'syntax_error',
  'sql-unparsable': 'syntax_error',
  'sql-empty': 'syntax_error',
  'sql-multiple-statements': 'syntax_error',
  'unknown-table': 'table_not_found',
  'table-not-allowed': 'table_not_found',
  'unknown-column': 'column_not_found',
  'type-mismatch': 'database_query',
  permission: 'permission_denied',
  'not-read-only': 'permission_denied',
  'sql-not-read-only': 'permission_denied',
  'function-not-allowed': 'permission_denied',
  timeout: 'timeout',
  connection: 'database_connection',
  'datasource-unavailable': 'database_connection',
  'model-unavailable': 'network',
  resource: 'resource_exhausted',
  busy: 'resource_exhausted',
  'budget-exceeded': 'resource_exhausted',
  other: 'database_query',
};

export const errorTypeOf = (code: string): ErrorType =>
  Object.hasOwn(ERROR_TYPES, code) ? (ERROR_TYPES[code] ?? 'unknown') : 'unknown';

export const canRetry = (type: ErrorType): boolean =>
  type === 'network' || type === 'database_connection' || type === 'timeout';

interface Advice {
  readonly error: string;
  readonly suggestions: readonly string[];
}

const CONNECTION: Advice = {
  error: '数据库连接出现问题',
  suggestions: ['检查数据库服务是否正常运行', '检查网络连接与连接配置', '缩小查询的数据范围', '稍后重试'],
};
const MISSING: Advice = {
  error: '查询的表或列不存在',
  suggestions: ['检查表名和列名的拼写', '确认所选的命名空间和数据库是否正确', '先查看可用的表和列'],
};
const PERMISSION: Advice = {
  error: '数据库访问权限不足',
  suggestions: ['确认该操作只读取数据', '联系管理员申请访问权限', '改用有权限访问的表'],
};
const SYNTAX: Advice = {
  error: 'SQL语法错误',
  suggestions: ['检查SQL语句的语法', '确认SQL方言与数据库一致', '换一种方式描述问题'],
};
const RESOURCES: Advice = {
  error: '系统资源不足',
  suggestions: ['缩小查询的数据范围', '增加过滤条件或减少返回行数', '稍后重试'],
};
const OTHER: Advice = {
  error: '执行过程中出现错误',
  suggestions: ['换一种方式描述问题', '检查请求的参数', '稍后重试，仍失败请联系管理员'],
};

const ADVICE: Readonly<Record<ErrorType, Advice>> = {
  network: CONNECTION,
  database_connection: CONNECTION,
  timeout: CONNECTION,
  table_not_found: MISSING,
  column_not_found: MISSING,
  permission_denied: PERMISSION,
  syntax_error: SYNTAX,
  resource_exhausted: RESOURCES,
  database_query: OTHER,
  unknown: OTHER,
};

export const sqlSuggestions = (type: ErrorType): readonly string[] => ADVICE[type].suggestions;

/** A question that cannot be answered says why in its own words; a fault gets a friendly text. */
export function adviceOf(problem: RunProblem): Advice {
  if (problem.kind !== 'failure') return { error: problem.message, suggestions: problem.suggestions };
  const advice = ADVICE[errorTypeOf(problem.code)];
  return {
    error: advice.error,
    suggestions: problem.suggestions.length > 0 ? problem.suggestions : advice.suggestions,
  };
}
