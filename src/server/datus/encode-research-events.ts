/**
 * Stored run events → the frames of `/workflows/chat_research`: data only, the name in the JSON field `event`. One
 * stored event may give several frames (`seq.k`); each depends on its record alone, so a replay is the same stream.
 */
import { createHash } from 'node:crypto';
import { type Run, type RunEvent, type RunProblem, type RunRecord, rowObjects, type Todo } from '../../engine/index.ts';
import { assertNever } from '../../kernel/index.ts';
import type { SseFrame } from '../shared/sse-writer.ts';
import { adviceOf, canRetry, errorTypeOf, sqlSuggestions } from './research-advice.ts';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
/** A frame without the fields that all have in common. */
type Body = {
  readonly id: string;
  readonly planId: string | null;
  readonly event: string;
  readonly [key: string]: unknown;
};

const PREVIEW_CHARACTERS = 500;
const PREVIEW_ROWS = 50;
/** Nodes whose text a person follows while it is written; others write for the machine. */
const READABLE = new Set(['chat', 'gensql', 'reasoning']);
const COMPLETED = 'Workflow execution completed successfully';

/** The encoder of one run. */
export function createResearchEncoder(run: Pick<Run, 'id'>): (record: RunRecord) => readonly SseFrame[] {
  return (record) => encodeResearchRecord(run.id, record);
}

export function encodeResearchRecord(taskId: string, record: RunRecord): readonly SseFrame[] {
  if (record.kind === 'gap') {
    return [
      {
        data: {
          id: `${taskId}_gap_${record.to}`,
          planId: null,
          timestamp: Date.now(),
          event: 'gap',
          from: record.from,
          to: record.to,
        },
      },
    ];
  }
  const timestamp = record.time.getTime();
  const bodies = bodiesOf(taskId, record.event, record.seq);
  return bodies.map(({ id, planId, ...rest }, index) => ({
    ...(record.seq === null ? {} : { id: bodies.length === 1 ? String(record.seq) : `${record.seq}.${index + 1}` }),
    data: { id, planId: planId === null ? null : wireTodoId(taskId, planId), timestamp, ...rest },
  }));
}

/** Steps of a plan that a run makes itself carry the plan's id; the six fixed steps have names of their own. */
const wireTodoId = (taskId: string, id: string): string => (/^todo_\d+$/.test(id) ? `${planUuid(taskId)}_${id}` : id);

/** The one id of a run's plan: derived, so that every process and every replay gives the same. */
export function planUuid(taskId: string): string {
  const hex = createHash('sha256').update(`plan\u0000${taskId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function bodiesOf(taskId: string, event: RunEvent, seq: number | null): readonly Body[] {
  const own = `${taskId}_${seq ?? 'delta'}`;
  switch (event.type) {
    case 'message':
      return [chat(event.role === 'report' ? `${own}_report` : own, event.todoId, event.markdown)];
    case 'text-delta':
      return event.text !== '' && READABLE.has(event.nodeType)
        ? [chat(`${taskId}_${event.nodeId}_stream`, null, event.text)]
        : [];
    case 'plan-update':
      return [
        {
          id: planFrameId(taskId, event.todos),
          planId: null,
          event: 'plan_update',
          todos: wireTodos(taskId, event.todos),
        },
      ];
    case 'tool-call':
      return [
        {
          id: `${event.callId}_call`,
          planId: event.todoId,
          event: 'tool_call',
          toolCallId: event.callId,
          toolName: event.toolName,
          input: event.input,
        },
      ];
    case 'tool-result':
      return [
        {
          id: `${event.callId}_result`,
          planId: event.todoId,
          event: 'tool_call_result',
          toolCallId: event.callId,
          data: event.data,
          error: event.error,
        },
      ];
    case 'sql-start':
      return statementStart(event);
    case 'sql-result':
      return [statementResult(event)];
    case 'sql-error': {
      const errorType = errorTypeOf(event.code);
      return [
        {
          id: `sql_error_${event.callId}`,
          planId: event.todoId,
          event: 'sql_execution_error',
          sqlQuery: event.sql,
          error: event.message,
          errorType,
          suggestions: sqlSuggestions(errorType),
          canRetry: canRetry(errorType),
        },
      ];
    }
    case 'input-needed':
      return [chat(`${own}_input`, null, event.prompt)];
    case 'report-ready':
      return [{ id: `${own}_report`, planId: null, event: 'report', url: event.url, data: event.html }];
    case 'run-end':
      return [terminal(taskId, event)];
    case 'run-start':
    case 'run-progress':
    case 'node-start':
    case 'node-detail':
    case 'node-end':
    case 'sql-generated':
    case 'input-received':
    case 'output-ready':
      return [];
    default:
      return assertNever(event);
  }
}

const wireTodos = (taskId: string, todos: readonly Todo[]) =>
  todos.map(({ id, content, status }) => ({ id: wireTodoId(taskId, id), content, status }));

const chat = (id: string, planId: string | null, content: string): Body => ({ id, planId, event: 'chat', content });

const planFrameId = (taskId: string, todos: readonly Todo[]): string =>
  todos.length > 0 && todos.every((todo) => todo.status === 'completed')
    ? `${planUuid(taskId)}_plan_final`
    : planUuid(taskId);

function statementStart(event: EventOf<'sql-start'>): readonly Body[] {
  const progress = (suffix: string, share: number, currentStep: string, elapsedTime: number): Body => ({
    id: `sql_progress_${event.callId}_${suffix}`,
    planId: event.todoId,
    event: 'sql_execution_progress',
    sqlQuery: event.sql,
    progress: share,
    currentStep,
    elapsedTime,
  });
  return [
    {
      id: `sql_start_${event.callId}`,
      planId: event.todoId,
      event: 'sql_execution_start',
      sqlQuery: event.sql,
      databaseName: event.datasource,
      estimatedRows: event.estimatedRows === null ? null : Math.round(event.estimatedRows),
    },
    progress('prep', 0.1, '准备执行SQL查询', 0),
    progress('exec', 0.7, '正在执行数据库查询', Math.round(event.preparedMs ?? 0)),
  ];
}

function statementResult(event: EventOf<'sql-result'>): Body {
  const rows = rowObjects(event.result);
  const lines = [
    event.result.columns.map((column) => column.name).join(','),
    ...event.result.rows.slice(0, PREVIEW_ROWS).map((row) => row.map(csvCell).join(',')),
  ];
  return {
    id: `sql_result_${event.callId}`,
    planId: event.todoId,
    event: 'sql_execution_result',
    sqlQuery: event.sql,
    rowCount: rows.length,
    executionTime: Math.round(event.elapsedMs),
    data: rows,
    hasMoreData: event.result.truncated,
    dataPreview: lines.join('\n').slice(0, PREVIEW_CHARACTERS),
  };
}

function csvCell(cell: unknown): string {
  const text = cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function terminal(taskId: string, { status, problem }: EventOf<'run-end'>): Body {
  const id = `${taskId}_end`;
  if (status === 'completed') return { id, planId: null, event: 'complete', content: COMPLETED };
  if (status === 'cancelled') return { id, planId: null, event: 'error', error: 'Task was cancelled', cancelled: true };
  const { error, suggestions } = adviceOf(problem ?? unknownProblem);
  return { id, planId: null, event: 'error', error, suggestions, detail: problem?.message ?? null };
}

const unknownProblem: RunProblem = {
  kind: 'failure',
  code: 'internal',
  message: 'Workflow execution failed',
  suggestions: [],
};
