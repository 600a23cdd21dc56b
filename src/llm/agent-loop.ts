/**
 * A model that works with tools: turn by turn it calls tools or answers. Turns are bounded, repeated calls are
 * refused, and whatever goes wrong in a tool is told to the model instead of ending the work.
 */
import type { Outcome } from '../kernel/index.ts';
import type { ModelDelta } from './exchange.ts';
import { withoutThinking } from './lenient-json.ts';
import type { Message, ToolCall, ToolDefinition } from './messages.ts';
import type { ModelBudget } from './model-budget.ts';
import type { ModelClient } from './model-client.ts';
import type { ModelFailure } from './model-failure.ts';

export interface AgentTool extends ToolDefinition {
  /** Runs the tool on arguments written by a model: it must check them itself. The text goes to the model. */
  run(
    input: Readonly<Record<string, unknown>>,
    context: { readonly signal?: AbortSignal },
  ): Promise<Outcome<string, string>>;
}

export type AgentEvent =
  | { readonly kind: 'turn-start'; readonly turn: number }
  | { readonly kind: 'delta'; readonly delta: ModelDelta }
  | { readonly kind: 'tool-call'; readonly turn: number; readonly call: ToolCall }
  | {
      readonly kind: 'tool-result';
      readonly turn: number;
      readonly call: ToolCall;
      readonly ok: boolean;
      readonly content: string;
    };

export type AgentStop = 'answered' | 'turns-used-up' | 'looping' | 'model-failure';

export interface AgentResult {
  readonly stop: AgentStop;
  /** The last text of the model, without its thinking. */
  readonly text: string;
  readonly turns: number;
  readonly failure: ModelFailure | null;
  readonly messages: readonly Message[];
}

export interface AgentOptions {
  readonly client: ModelClient;
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: readonly AgentTool[];
  readonly maxTurns: number;
  readonly budget?: ModelBudget;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: AgentEvent) => void;
  /** Ask the provider for a stream, and pass the pieces on as `delta` events. */
  readonly stream?: boolean;
  /** Longest tool result that is shown to the model, in characters. */
  readonly maxToolChars?: number;
}

const MAX_CALLS_A_TURN = 16;
/** The same call with the same arguments is answered this often; then it is refused, and then the work ends. */
const MAX_SAME_CALLS = 2;

function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit)}\n… (${text.length - limit} more characters left out)`;
}

/** Runs one tool call; a wrong name, wrong arguments and a crash are answers to the model, too. */
async function runTool(
  options: AgentOptions,
  call: ToolCall,
  seen: Map<string, number>,
): Promise<Outcome<string, string>> {
  const tool = options.tools.find((candidate) => candidate.name === call.name);
  if (tool === undefined) {
    const names = options.tools.map((candidate) => candidate.name).join(', ');
    return { ok: false, failure: `there is no tool "${call.name}"; the tools are: ${names}` };
  }
  if (call.input === null) return { ok: false, failure: 'the arguments are not a JSON object' };
  const key = `${call.name} ${stable(call.input)}`;
  const times = (seen.get(key) ?? 0) + 1;
  seen.set(key, times);
  if (times > MAX_SAME_CALLS) {
    return { ok: false, failure: 'this call was made before with the same arguments; use its result or answer now' };
  }
  try {
    return await tool.run(call.input, options.signal === undefined ? {} : { signal: options.signal });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return { ok: false, failure: `the tool failed: ${error instanceof Error ? error.message : 'unknown error'}` };
  }
}

/**
 * Lets the model work until it answers without calling a tool. In the last turn it gets no tools, so that it answers
 * with what it has.
 *
 * @throws EngineError `budget-exceeded`; whatever else goes wrong is in the result.
 */
export async function runAgent(options: AgentOptions): Promise<AgentResult> {
  const { client, maxTurns, onEvent, maxToolChars = 8_000 } = options;
  const messages: Message[] = [...options.messages];
  const seen = new Map<string, number>();
  let refusals = 0;
  let text = '';
  for (let turn = 1; turn <= maxTurns; turn++) {
    onEvent?.({ kind: 'turn-start', turn });
    const last = turn === maxTurns;
    const outcome = await client.complete({
      system: options.system,
      messages: last && turn > 1 ? [...messages, { role: 'user', content: 'No more tools. Answer now.' }] : messages,
      tools: last ? [] : options.tools,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.budget === undefined ? {} : { budget: options.budget }),
      ...(options.stream ? { onDelta: (delta: ModelDelta) => onEvent?.({ kind: 'delta', delta }) } : {}),
    });
    if (!outcome.ok) return { stop: 'model-failure', text, turns: turn, failure: outcome.failure, messages };
    const completion = outcome.value;
    text = withoutThinking(completion.text).trim() || text;
    const calls = completion.toolCalls.slice(0, MAX_CALLS_A_TURN);
    messages.push({ role: 'assistant', content: completion.text, toolCalls: calls });
    if (calls.length === 0) return { stop: 'answered', text, turns: turn, failure: null, messages };
    if (last) break;
    let useful = 0;
    for (const call of calls) {
      onEvent?.({ kind: 'tool-call', turn, call });
      const repeated = call.input !== null && (seen.get(`${call.name} ${stable(call.input)}`) ?? 0) >= MAX_SAME_CALLS;
      const result = await runTool(options, call, seen);
      if (!repeated) useful += 1;
      const content = shorten(result.ok ? result.value : result.failure, maxToolChars);
      messages.push({ role: 'tool', callId: call.id, name: call.name, content, isError: !result.ok });
      onEvent?.({ kind: 'tool-result', turn, call, ok: result.ok, content });
    }
    refusals = useful === 0 ? refusals + 1 : 0;
    if (refusals >= 2) return { stop: 'looping', text, turns: turn, failure: null, messages };
  }
  return { stop: 'turns-used-up', text, turns: maxTurns, failure: null, messages };
}
