/** The tools as a model calls them: JSON schemas in, `{success, error, result}` as JSON text out. */
import { ok } from '../../kernel/index.ts';
import type { AgentTool } from '../../llm/index.ts';
import type { NodeContext } from '../node.ts';
import { openedSource } from '../nodes/opened-source.ts';
import { runAnnounced, runStatement } from '../statement.ts';
import { callTool, TOOLS } from './registry.ts';
import { createTodoList, type TodoList } from './todo-list.ts';
import type { Tool, ToolContext } from './tool.ts';

const MAX_CHARACTERS = 16_000;

/** Tools for the node's model; statements that it reads with are announced like any other. */
export function agentTools(context: NodeContext, todos: TodoList = createTodoList()): AgentTool[] {
  let reads = 0;
  const tools = toolContextOf(context, todos, () => {
    reads += 1;
    return `${context.nodeId}_read_${reads}`;
  });
  return TOOLS.map((tool) => agentTool(tool, tools));
}

/** @param nextCallId names announced statements; without it they run unannounced */
export function toolContextOf(context: NodeContext, todos: TodoList, nextCallId: (() => string) | null): ToolContext {
  const { state, services, signal } = context;
  const source = openedSource(state);
  return {
    source,
    services,
    request: state.request,
    knowledge: state.knowledge,
    language: state.language,
    todos,
    signal,
    async execute(statement, rows) {
      const limited = { ...services, limits: { ...services.limits, rows } };
      const run = nextCallId
        ? await runAnnounced(statement, source, { ...context, services: limited }, { callId: nextCallId() })
        : await runStatement(statement, source, limited, signal);
      return run.ok
        ? { ok: true, rows: run.value.rows, elapsedMs: run.value.elapsedMs }
        : { ok: false, code: run.failure.code, message: run.failure.message };
    },
  };
}

/** One tool for a model. */
export function agentTool(tool: Tool, context: ToolContext): AgentTool {
  return {
    name: tool.name,
    description: tool.description,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(tool.parameters).map(([name, { type, description }]) => [name, { type, description }]),
      ),
      required: Object.entries(tool.parameters).flatMap(([name, parameter]) => (parameter.required ? [name] : [])),
    },
    async run(input) {
      const text = JSON.stringify(await callTool(tool.name, input, context));
      return ok(text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text);
    },
  };
}
