/** Every tool by its name, and the one way to call it. */

import {
  checkTableExistsTool,
  describeTableTool,
  getTableDdlTool,
  listDatabasesTool,
  listSchemasTool,
  listTablesTool,
  searchTablesByCommentTool,
  searchTableTool,
} from './catalog-tools.ts';
import { getCurrentDateTool, parseTemporalExpressionsTool } from './date-tools.ts';
import {
  listSubjectTreeTool,
  searchExternalKnowledgeTool,
  searchMetricsTool,
  searchReferenceSqlTool,
} from './knowledge-tools.ts';
import { validatePartitioningTool } from './partitioning.ts';
import { analyzeQueryPlanTool } from './query-plan.ts';
import { readQueryTool, validateSqlSyntaxTool } from './query-tools.ts';
import { checkTableConflictsTool } from './table-conflicts.ts';
import { todoReadTool, todoUpdateTool, todoWriteTool } from './todo-tools.ts';
import { failed, type Tool, type ToolContext, type ToolInput, type ToolResult } from './tool.ts';

export const TOOLS: readonly Tool[] = [
  searchTableTool,
  listDatabasesTool,
  listSchemasTool,
  listTablesTool,
  describeTableTool,
  readQueryTool,
  getTableDdlTool,
  searchMetricsTool,
  searchReferenceSqlTool,
  listSubjectTreeTool,
  searchExternalKnowledgeTool,
  parseTemporalExpressionsTool,
  getCurrentDateTool,
  checkTableExistsTool,
  validateSqlSyntaxTool,
  searchTablesByCommentTool,
  analyzeQueryPlanTool,
  checkTableConflictsTool,
  validatePartitioningTool,
  todoReadTool,
  todoWriteTool,
  todoUpdateTool,
];

const BY_NAME: ReadonlyMap<string, Tool> = new Map(TOOLS.map((tool) => [tool.name, tool]));

/** Calls a tool; whatever goes wrong in it is its result. Only a cancelled run throws. */
export async function callTool(name: string, input: ToolInput, context: ToolContext): Promise<ToolResult> {
  const tool = BY_NAME.get(name);
  if (!tool) return failed(`there is no tool '${name}'`);
  try {
    return await tool.run(input, context);
  } catch (error) {
    context.signal.throwIfAborted();
    context.services.logger.warn({ err: error, tool: name }, 'a tool failed');
    return failed(`${name} failed`);
  }
}
