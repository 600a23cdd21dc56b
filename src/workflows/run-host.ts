/** Who a run belongs to and how it speaks to the outside; the engine's tasks are one such host, the command line another. */
import { EngineError } from '../kernel/index.ts';
import { createModelBudget, type ModelBudget } from '../llm/index.ts';
import type { RunEvent } from './events.ts';
import type { InputRequest, PersonInput, RunServices } from './node.ts';

export interface RunHost {
  readonly owner: string;
  readonly signal: AbortSignal;
  emit(event: RunEvent): Promise<void>;
  /** The run's account of model calls; a new one under the configured caps when absent. */
  readonly budget?: ModelBudget;
  /** The next input that was sent to the run. Absent where nobody can answer. */
  readonly nextInput?: () => Promise<unknown>;
  /** Told what the run waits for, and null once it goes on. */
  readonly onWaiting?: (waiting: InputRequest | null) => Promise<void>;
}

export const budgetOf = (host: RunHost, { modelLimits }: Pick<RunServices, 'modelLimits'>): ModelBudget =>
  host.budget ?? createModelBudget(modelLimits);

/** How a node of a run asks a person: announced, waited for, and confirmed in the stream. */
export function askPersonOf(host: RunHost, nodeId: string) {
  return async (request: Omit<InputRequest, 'nodeId'>): Promise<PersonInput> => {
    if (!host.nextInput) {
      throw new EngineError('not-allowed', 'this workflow waits for a person; run it as a task of the server');
    }
    const waiting: InputRequest = { nodeId, ...request };
    await host.emit({ type: 'input-needed', ...waiting });
    await host.onWaiting?.(waiting);
    for (;;) {
      const input = await host.nextInput();
      if (!isInput(input) || !request.actions.includes(input.action)) continue;
      await host.onWaiting?.(null);
      await host.emit({ type: 'input-received', nodeId, action: input.action });
      return input;
    }
  };
}

const isInput = (value: unknown): value is PersonInput =>
  value !== null && typeof value === 'object' && typeof (value as { action?: unknown }).action === 'string';
