/**
 * What one run may spend on models. Each call reserves its worst case before it is sent, so a cap is never passed;
 * afterwards the reservation is replaced by what the provider reported.
 */
import { EngineError } from '../kernel/index.ts';

export interface ModelLimits {
  readonly maxCalls: number;
  /** Prompt and answer tokens together. */
  readonly maxTokens: number;
  /** In the currency of the configured prices; null: not capped. */
  readonly maxCost: number | null;
}

const DEFAULT_MODEL_LIMITS: ModelLimits = { maxCalls: 40, maxTokens: 400_000, maxCost: null };

/** One request to a provider, as it is stored with the run. */
export interface ModelCall {
  readonly role: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** True when the provider reported no usage and the figures are our estimate. */
  readonly estimated: boolean;
  /** Null when no price is configured. */
  readonly cost: number | null;
  readonly attempts: number;
  readonly elapsedMs: number;
  /** `ok`, or the failure's code. */
  readonly outcome: string;
}

interface Reservation {
  settle(call: ModelCall): void;
}

export interface ModelBudget {
  readonly limits: ModelLimits;
  readonly calls: readonly ModelCall[];
  readonly tokens: number;
  readonly cost: number;
  /** @throws EngineError `budget-exceeded` when the call could pass a cap. */
  reserve(tokens: number, cost: number | null): Reservation;
}

/** Starts the account of one run. */
export function createModelBudget(limits: Partial<ModelLimits> = {}): ModelBudget {
  const caps: ModelLimits = { ...DEFAULT_MODEL_LIMITS, ...limits };
  const calls: ModelCall[] = [];
  let started = 0;
  let tokens = 0;
  let cost = 0;
  const refuse = (what: string, cap: number, used: number): never => {
    throw new EngineError('budget-exceeded', `the run's model budget is used up: ${what} (cap ${cap}, used ${used})`, {
      data: { what, cap, used },
    });
  };
  return {
    limits: caps,
    calls,
    get tokens() {
      return tokens;
    },
    get cost() {
      return cost;
    },
    reserve(worstTokens, worstCost) {
      if (started + 1 > caps.maxCalls) refuse('calls', caps.maxCalls, started);
      if (tokens + worstTokens > caps.maxTokens) refuse('tokens', caps.maxTokens, tokens);
      if (caps.maxCost !== null && cost + (worstCost ?? 0) > caps.maxCost) refuse('cost', caps.maxCost, cost);
      started += 1;
      tokens += worstTokens;
      cost += worstCost ?? 0;
      let open = true;
      return {
        settle(call) {
          if (!open) return;
          open = false;
          tokens += call.inputTokens + call.outputTokens - worstTokens;
          cost += (call.cost ?? 0) - (worstCost ?? 0);
          calls.push(call);
        },
      };
    },
  };
}
