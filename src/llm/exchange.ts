/** One request and its answer, streamed or whole, brought to one form. Throws whatever the provider package throws. */
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4Usage } from '@ai-sdk/provider';
import { findJsonObject, readLenientJson } from './lenient-json.ts';
import type { ToolCall } from './messages.ts';
import { CallStopped } from './model-failure.ts';

/** A piece of an answer in the making. `restart`: the attempt broke off, and the answer begins anew. */
export interface ModelDelta {
  readonly kind: 'text' | 'reasoning' | 'restart';
  readonly text: string;
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'blocked' | 'other';

export interface Answer {
  /** Whether the request went out. */
  sent: boolean;
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  /** `length`: the answer was cut, by the provider's limit or by ours. */
  finish: FinishReason;
  inputTokens: number | null;
  outputTokens: number | null;
}

export interface ExchangeOptions {
  readonly call: LanguageModelV4CallOptions;
  /** Called with each piece; its presence makes the request a streaming one. */
  readonly onDelta: ((delta: ModelDelta) => void) | null;
  /** Longest answer, reasoning included, in characters; what comes later is not read. */
  readonly maxChars: number;
  /** Called whenever something arrives, so that silence can be noticed. */
  readonly onActivity: () => void;
  /** Ends the request when the answer is long enough. */
  readonly stop: () => void;
  /** Filled as the answer arrives, so that a failure can tell how far it came. */
  readonly answer: Answer;
}

export const emptyAnswer = (): Answer => ({
  sent: false,
  text: '',
  reasoning: '',
  toolCalls: [],
  finish: 'other',
  inputTokens: null,
  outputTokens: null,
});

const FINISH: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool-calls',
  'content-filter': 'blocked',
};

/** Tool arguments as an object; models wrap them in strings, fences and prose. */
function readToolCall(id: string, name: string, text: string): ToolCall {
  if (text.trim() === '') return { id, name, input: {}, text };
  const start = readLenientJson(text.trim())?.value;
  const source = typeof start === 'string' ? start : text;
  const trimmed = source.trim();
  if (/^\{\s*\}$/.test(trimmed)) return { id, name, input: {}, text };
  return { id, name, input: findJsonObject(trimmed)?.value ?? null, text };
}

function takeUsage(answer: Answer, usage: LanguageModelV4Usage): void {
  answer.inputTokens = usage.inputTokens.total ?? answer.inputTokens;
  answer.outputTokens = usage.outputTokens.total ?? answer.outputTokens;
}

async function whole(model: LanguageModelV4, options: ExchangeOptions): Promise<void> {
  const { answer, maxChars } = options;
  const result = await model.doGenerate(options.call);
  for (const part of result.content) {
    if (part.type === 'text') answer.text += part.text;
    else if (part.type === 'reasoning') answer.reasoning += part.text;
    else if (part.type === 'tool-call') {
      answer.toolCalls.push(readToolCall(part.toolCallId, part.toolName, part.input));
    }
  }
  takeUsage(answer, result.usage);
  answer.finish = FINISH[result.finishReason.unified] ?? 'other';
  if (answer.text.length > maxChars) {
    answer.text = answer.text.slice(0, maxChars);
    answer.finish = 'length';
  }
}

async function streamed(
  model: LanguageModelV4,
  options: ExchangeOptions,
  onDelta: (delta: ModelDelta) => void,
): Promise<void> {
  const { answer, maxChars } = options;
  const { stream } = await model.doStream(options.call);
  let finished = false;
  let toolChars = 0;
  for await (const part of stream) {
    options.onActivity();
    if (part.type === 'text-delta') {
      answer.text += part.delta;
      if (part.delta !== '') onDelta({ kind: 'text', text: part.delta });
    } else if (part.type === 'reasoning-delta') {
      answer.reasoning += part.delta;
      if (part.delta !== '') onDelta({ kind: 'reasoning', text: part.delta });
    } else if (part.type === 'tool-input-delta') {
      toolChars += part.delta.length;
    } else if (part.type === 'tool-call') {
      answer.toolCalls.push(readToolCall(part.toolCallId, part.toolName, part.input));
    } else if (part.type === 'finish') {
      finished = true;
      takeUsage(answer, part.usage);
      // A stream that ended without saying why was cut somewhere on the way.
      if (part.finishReason.unified === 'error' || part.finishReason.unified === 'interrupted') {
        throw new TypeError('terminated: the stream ended before the answer did');
      }
      answer.finish = FINISH[part.finishReason.unified] ?? 'other';
    } else if (part.type === 'error') {
      throw part.error;
    }
    if (answer.text.length + answer.reasoning.length + toolChars > maxChars) {
      options.stop();
      answer.text = answer.text.slice(0, maxChars);
      answer.finish = 'length';
      if (answer.text === '' && answer.toolCalls.length === 0) {
        throw new CallStopped('too-long', `the model wrote ${maxChars} characters without an answer`);
      }
      return;
    }
  }
  if (!finished) throw new TypeError('terminated: the stream ended before the answer did');
}

/** Sends the request and reads the answer into `options.answer`. */
export function exchange(model: LanguageModelV4, options: ExchangeOptions): Promise<void> {
  return options.onDelta === null ? whole(model, options) : streamed(model, options, options.onDelta);
}
