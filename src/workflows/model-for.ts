import type { ModelClient } from '../llm/index.ts';
import type { RunServices } from './node.ts';

/** The model of a role, or null where the configuration has none or asks for the builtin planner alone. */
export const modelFor = ({ llmPlanner, models }: RunServices, role: string): ModelClient | null =>
  llmPlanner !== null && models.has(role) ? models.client(role) : null;
