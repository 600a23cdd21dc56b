export { agentTool, agentTools, toolContextOf } from './agent-tools.ts';
export { estimatedRows, explainSql, planNodes } from './query-plan.ts';
export { callTool, TOOLS } from './registry.ts';
export { createTodoList, type TodoList } from './todo-list.ts';
export type { Tool, ToolContext, ToolInput, ToolResult } from './tool.ts';
