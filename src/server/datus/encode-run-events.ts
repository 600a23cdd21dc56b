/**
 * Stored run events → the SSE events of `/workflows/run` (contract §4.1, the REC column). One stored event makes at
 * most one frame, whose id is the event's sequence number, so a replay is the same stream again.
 */
import { type RunEvent, type RunRecord, rowObjects } from '../../engine/index.ts';
import { assertNever } from '../../kernel/index.ts';
import type { SseFrame } from '../shared/sse-writer.ts';

const PARTIAL_TEXT_CHARACTERS = 8_192;

type Named = { readonly event: string; readonly data: Record<string, unknown> } | null;

/** The frame of one record, or null when this event has no place on this wire. */
export function encodeRunRecord(taskId: string, record: RunRecord): SseFrame | null {
  if (record.kind === 'gap') return { event: 'gap', data: { task_id: taskId, from: record.from, to: record.to } };
  const named = encodeEvent(taskId, record.event, record.seq);
  if (!named) return null;
  return record.seq === null ? named : { id: String(record.seq), ...named };
}

function encodeEvent(taskId: string, event: RunEvent, seq: number | null): Named {
  const progress_seq = seq;
  switch (event.type) {
    case 'run-start':
      return { event: 'started', data: { task_id: taskId, workflow: event.workflow, client: event.owner } };
    case 'run-progress':
      return {
        event: 'progress',
        data: {
          action: event.action,
          status: 'processing',
          message: event.message,
          progress: event.percent,
          progress_seq,
        },
      };
    case 'node-start':
      return {
        event: 'node_progress',
        data: {
          action: 'node_execution',
          status: 'processing',
          node: event.nodeType,
          node_type: event.nodeType,
          node_id: event.nodeId,
          description: event.description,
          message: event.description,
          progress: 0,
          progress_seq,
        },
      };
    case 'node-detail':
      return detail(event.nodeType, event.action, event.status, event.message, event.details, progress_seq);
    case 'node-end':
      return null;
    case 'text-delta':
      return textDelta(event, progress_seq);
    case 'sql-generated':
      return {
        event: 'sql_generated',
        data: {
          sql: event.sql,
          planner: event.planner,
          confidence: event.confidence,
          reading: event.reading,
          progress_seq,
        },
      };
    case 'tool-call':
      return detail(
        'tool',
        'tool_call',
        'processing',
        event.toolName,
        { tool: event.toolName, call_id: event.callId, input: event.input },
        progress_seq,
      );
    case 'tool-result':
      return detail(
        'tool',
        'tool_call',
        event.error ? 'failed' : 'success',
        event.toolName,
        { tool: event.toolName, call_id: event.callId, result: event.data },
        progress_seq,
      );
    case 'sql-start':
      return detail(
        'execute_sql',
        'sql_execution',
        'processing',
        event.datasource,
        { sql: event.sql, call_id: event.callId },
        progress_seq,
      );
    case 'sql-result': {
      const rows = rowObjects(event.result);
      return {
        event: 'execution_complete',
        data: {
          status: 'success',
          row_count: rows.length,
          rows_affected: rows.length,
          execution_time: event.elapsedMs / 1000,
          sql_result: rows,
          truncated: event.result.truncated,
          progress_seq,
        },
      };
    }
    case 'sql-error':
      return detail(
        'execute_sql',
        'sql_execution',
        'failed',
        event.message,
        { sql: event.sql, code: event.code, call_id: event.callId },
        progress_seq,
      );
    case 'message':
      return event.role === 'answer'
        ? {
            event: 'chat_response',
            data: { response: event.markdown, sql: event.sql ?? null, tokens_used: event.tokens ?? 0, progress_seq },
          }
        : genericAction(event.nodeId ?? taskId, event.role, event.markdown, progress_seq);
    case 'plan-update':
      return {
        event: 'generic_action',
        data: {
          action_id: taskId,
          role: 'workflow',
          action_type: 'plan_update',
          messages: '',
          status: 'processing',
          todos: event.todos,
          progress_seq,
        },
      };
    case 'input-needed':
      return {
        event: 'generic_action',
        data: {
          action_id: event.nodeId,
          role: 'workflow',
          action_type: 'input_needed',
          messages: event.prompt,
          status: 'processing',
          actions: event.actions,
          progress_seq,
        },
      };
    case 'input-received':
      return {
        event: 'generic_action',
        data: {
          action_id: event.nodeId,
          role: 'user',
          action_type: 'input_received',
          messages: event.action,
          status: 'success',
          progress_seq,
        },
      };
    case 'report-ready':
      return genericAction(taskId, 'report', event.url, progress_seq);
    case 'output-ready': {
      const rows = event.result ? rowObjects(event.result) : null;
      return {
        event: 'output_ready',
        data: {
          output_generated: true,
          sql_query: event.sql,
          sql_result: rows,
          result: rows,
          metadata: { columns: event.result?.columns ?? [], truncated: event.result?.truncated ?? false },
          progress_seq,
        },
      };
    }
    case 'run-end':
      return runEnd(taskId, event, progress_seq);
    default:
      return assertNever(event);
  }
}

function detail(
  node: string,
  actionType: string,
  status: string,
  message: string,
  details: Readonly<Record<string, unknown>>,
  progress_seq: number | null,
): Named {
  return {
    event: 'node_detail',
    data: {
      action_type: actionType,
      status,
      message,
      node,
      node_type: node,
      description: message,
      details,
      progress_seq,
    },
  };
}

function genericAction(actionId: string, role: string, messages: string, progress_seq: number | null): Named {
  return {
    event: 'generic_action',
    data: { action_id: actionId, role, action_type: role, messages, status: 'success', progress_seq },
  };
}

function textDelta(event: Extract<RunEvent, { type: 'text-delta' }>, progress_seq: number | null): Named {
  const text = event.text.slice(0, PARTIAL_TEXT_CHARACTERS);
  const is_truncated = text.length < event.text.length;
  const restart = event.restart ? { restart: true } : {};
  if (event.nodeType === 'chat') {
    return {
      event: 'chat_thinking',
      data: { action_type: event.channel, content: text, is_truncated, node_type: 'chat', ...restart, progress_seq },
    };
  }
  return {
    event: 'node_stream',
    data: {
      action_type: 'llm_generation',
      status: 'processing',
      message: '',
      node: event.nodeType,
      node_type: event.nodeType,
      partial_output: text,
      is_truncated,
      ...restart,
      progress_seq,
    },
  };
}

function runEnd(taskId: string, event: Extract<RunEvent, { type: 'run-end' }>, progress_seq: number | null): Named {
  switch (event.status) {
    case 'completed':
      return {
        event: 'done',
        data: {
          task_id: taskId,
          status: 'completed',
          total_time: event.elapsedMs / 1000,
          exec_time_ms: event.elapsedMs,
          progress_seq,
        },
      };
    case 'cancelled':
      return { event: 'cancelled', data: { task_id: taskId, cancelled: true, message: 'Task was cancelled' } };
    case 'failed':
      return {
        event: 'error',
        data: {
          task_id: taskId,
          error: event.problem?.message ?? 'Workflow execution failed',
          code: event.problem?.code ?? 'internal',
          suggestions: event.problem?.suggestions ?? [],
          progress_seq,
        },
      };
    default:
      return assertNever(event.status);
  }
}
