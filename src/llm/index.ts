export { type AgentEvent, type AgentResult, type AgentStop, type AgentTool, runAgent } from './agent-loop.ts';
export { completeObject, type ObjectRequest } from './complete-object.ts';
export type { EmbeddingClient } from './embedding-client.ts';
export type { FinishReason, ModelDelta } from './exchange.ts';
export { findJsonObject, type JsonValue, withoutThinking } from './lenient-json.ts';
export type { Message, ToolCall, ToolDefinition } from './messages.ts';
export {
  createModelBudget,
  type ModelBudget,
  type ModelCall,
  type ModelLimits,
} from './model-budget.ts';
export type { Completion, CompletionRequest, ModelClient } from './model-client.ts';
export { type ModelDefinition, type ModelsConfig, parseModelsConfig } from './model-config.ts';
export { MODEL_FAILURE_CODES, type ModelFailure, type ModelFailureCode } from './model-failure.ts';
export type { ModelStatus } from './model-status.ts';
export { createModels, type Models, type ModelsOptions } from './models.ts';
export { estimateTokens } from './token-estimate.ts';
