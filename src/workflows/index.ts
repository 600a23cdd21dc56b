export { type DeltaEmitter, deltaEmitter } from './deltas.ts';
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
export {
  type FoundDocument,
  type InputRequest,
  NODE_TYPES,
  type NodeOptions,
  type NodeType,
  type OpenedDatasource,
  type PersonInput,
  type RunAccount,
  type RunRequest,
  type RunServices,
} from './node.ts';
export { createProbe } from './probe.ts';
export { readReflectionNodes } from './reflection/strategies.ts';
export {
  isResearchMode,
  type ResearchMode,
  type ResearchOptions,
  researchModeOf,
} from './research/research-options.ts';
export { runResearch } from './research/run-research.ts';
export { askPersonOf, budgetOf, type RunHost } from './run-host.ts';
export { problemOf, runWorkflow } from './run-workflow.ts';
export { guardStatement, runStatement } from './statement.ts';
export { searchTables, searchTerms, type TableMatch } from './tools/search-tables.ts';
export { createWorkflowCatalog, type Workflow, type WorkflowCatalog } from './workflow.ts';
