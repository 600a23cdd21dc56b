/** Calls a tool and tells the stream: one call, one result, the same id. */
import type { RunEvent } from '../events.ts';
import { callTool } from '../tools/registry.ts';
import type { ToolContext, ToolInput, ToolResult } from '../tools/tool.ts';

export interface ToolCallOptions {
  readonly name: string;
  readonly input: ToolInput;
  readonly callId: string;
  readonly nodeId: string;
  readonly todoId: string | null;
  readonly timeoutMs?: number;
  /** Stands before the call itself, for results that are kept. */
  readonly remember?: (call: () => Promise<ToolResult>) => Promise<ToolResult>;
}

const TOOL_MS = 30_000;

export async function announcedTool(
  { name, input, callId, nodeId, todoId, timeoutMs = TOOL_MS, remember = (call) => call() }: ToolCallOptions,
  context: ToolContext,
  emit: (event: RunEvent) => Promise<void>,
): Promise<ToolResult> {
  await emit({ type: 'tool-call', nodeId, todoId, callId, toolName: name, input });
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([context.signal, limit]);
  const result = await remember(() => callTool(name, input, { ...context, signal })).catch(
    (error: unknown): ToolResult => {
      context.signal.throwIfAborted();
      if (limit.aborted) return { success: 0, error: `${name} took longer than ${timeoutMs / 1000} s`, result: null };
      throw error;
    },
  );
  await emit({
    type: 'tool-result',
    nodeId,
    todoId,
    callId,
    toolName: name,
    data: result,
    error: result.success === 0,
  });
  return result;
}
