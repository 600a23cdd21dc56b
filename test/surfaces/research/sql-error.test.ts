import { expect } from 'vitest';
import { createResearchEncoder } from '../../../src/server/datus/encode-research-events.ts';
import { EVENT_FIELDS } from './event-fields.ts';
import { verifies } from './verifies.ts';

const encode = createResearchEncoder({ id: 'task-1' });
const failing = (code: string) =>
  encode({
    kind: 'event',
    seq: 7,
    time: new Date(1_769_068_800_000),
    event: { type: 'sql-error', nodeId: 'n', todoId: 'step_exec', callId: 'c1', sql: 'SELECT 1', code, message: 'no' },
  })[0];

verifies('sql-error', 'a failing statement is one frame with type, suggestions and retry', () => {
  const frame = failing('timeout');
  expect(frame?.id).toBe('7');
  expect(frame?.event).toBeUndefined();
  const data = frame?.data as Record<string, unknown>;
  expect(EVENT_FIELDS.sql_execution_error).toEqual([Object.keys(data)]);
  expect(data).toMatchObject({
    id: 'sql_error_c1',
    planId: 'step_exec',
    timestamp: 1_769_068_800_000,
    error: 'no',
    errorType: 'timeout',
    canRetry: true,
  });
  expect((data.suggestions as string[]).length).toBeGreaterThanOrEqual(3);
});

verifies('sql-error', 'codes become the contract’s error types', () => {
  const types = Object.fromEntries(
    [
      'syntax',
      'unknown-table',
      'unknown-column',
      'permission',
      'connection',
      'resource',
      'other',
      'never-heard-of',
    ].map((code) => [code, (failing(code)?.data as { errorType: string } | undefined)?.errorType]),
  );
  expect(types).toEqual({
    syntax: 'syntax_error',
    'unknown-table': 'table_not_found',
    'unknown-column': 'column_not_found',
    permission: 'permission_denied',
    connection: 'database_connection',
    resource: 'resource_exhausted',
    other: 'database_query',
    'never-heard-of': 'unknown',
  });
});
