export {
  isDurable,
  type NodeStatus,
  type RunEvent,
  type RunProblem,
  type RunProblemKind,
  type RunRows,
  type Todo,
  type TodoStatus,
} from './events.ts';
export { NODE_TYPES, type NodeType, type OpenedDatasource, type RunRequest, type RunServices } from './node.ts';
export { createProbe } from './probe.ts';
export { type RunHost, runWorkflow } from './run-workflow.ts';
export { searchTables, searchTerms, type TableMatch } from './tools/search-tables.ts';
export { findWorkflow, type Workflow } from './workflow.ts';
