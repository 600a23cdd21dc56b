/** The planner that the configuration asks for. */

import type { Logger } from '../kernel/index.ts';
import { createModels, type Models, type ModelsConfig, parseModelsConfig } from '../llm/index.ts';
import {
  createAutoPlanner,
  createBuiltinPlanner,
  createExamplePlanner,
  createLearnedGenerator,
  createLlmPlanner,
  createMetricPlanner,
  type LlmPlanner,
  type Planner,
} from '../planning/index.ts';
import { type LoadedConfig, requireResolved } from './config/load-config.ts';

export interface Planners {
  /** What runs use: builtin, a model, or the policy over both. */
  readonly planner: Planner;
  readonly builtin: Planner;
  /** Null without a model, or when the configuration asks for the builtin planner alone. */
  readonly llm: LlmPlanner | null;
  readonly models: Models;
}

/** Builds the planners of a configuration; model packages load on first use. */
export function createPlanners(loaded: LoadedConfig, logger: Logger): Planners {
  const { planning } = loaded.config;
  const models = createModels(modelsConfig(loaded), { logger });
  const threshold = planning.answer_threshold ?? undefined;
  const core = createBuiltinPlanner({
    learned: createLearnedGenerator(),
    ...(threshold === undefined ? {} : { thresholds: { answer: threshold } }),
    fiscalYearStartMonth: planning.fiscal_year_start_month,
  });
  const builtin = createExamplePlanner(core, createMetricPlanner(core));
  const llm = models.has('generate_sql')
    ? createLlmPlanner({
        models,
        limits: { budget: { maxTokens: planning.max_tokens_per_run, maxCost: planning.max_cost_per_run ?? null } },
      })
    : null;
  return {
    planner: createExamplePlanner(
      core,
      createAutoPlanner({ builtin, llm, mode: planning.mode, answerThreshold: threshold, logger }),
    ),
    builtin,
    llm: planning.mode === 'builtin' ? null : llm,
    models,
  };
}

/** Keys of models that nothing uses may stay unset; a used one that is unset is an error that names it. */
export function modelsConfig(loaded: LoadedConfig): ModelsConfig {
  const { agent } = loaded.config;
  const used = agent.target ? [agent.target] : Object.keys(agent.models);
  for (const name of used) if (Object.hasOwn(agent.models, name)) requireResolved(loaded, `agent.models.${name}`);
  return parseModelsConfig(agent);
}
