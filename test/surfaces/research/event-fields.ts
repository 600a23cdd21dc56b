/** The fields of each event in their order: the pin of the wire format. */
const COMMON = ['id', 'planId', 'timestamp', 'event'];

export const EVENT_FIELDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  chat: [[...COMMON, 'content']],
  plan_update: [[...COMMON, 'todos']],
  tool_call: [[...COMMON, 'toolCallId', 'toolName', 'input']],
  tool_call_result: [[...COMMON, 'toolCallId', 'data', 'error']],
  sql_execution_start: [[...COMMON, 'sqlQuery', 'databaseName', 'estimatedRows']],
  sql_execution_progress: [[...COMMON, 'sqlQuery', 'progress', 'currentStep', 'elapsedTime']],
  sql_execution_result: [[...COMMON, 'sqlQuery', 'rowCount', 'executionTime', 'data', 'hasMoreData', 'dataPreview']],
  sql_execution_error: [[...COMMON, 'sqlQuery', 'error', 'errorType', 'suggestions', 'canRetry']],
  complete: [[...COMMON, 'content']],
  report: [[...COMMON, 'url', 'data']],
  error: [
    [...COMMON, 'error', 'suggestions', 'detail'],
    [...COMMON, 'error', 'cancelled'],
  ],
};
