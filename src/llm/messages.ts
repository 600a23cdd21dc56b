/** The conversation as our callers write it, and its form for a provider. */
import type { LanguageModelV4FunctionTool, LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The parsed arguments; null when the model wrote something that is no JSON object. */
  readonly input: Readonly<Record<string, unknown>> | null;
  /** What the model wrote. */
  readonly text: string;
}

export type Message =
  | { readonly role: 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls?: readonly ToolCall[] }
  | {
      readonly role: 'tool';
      readonly callId: string;
      readonly name: string;
      readonly content: string;
      readonly isError: boolean;
    };

/** A tool as the model is told about it; `inputSchema` is JSON Schema. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

function toProviderMessage(message: Message): LanguageModelV4Message {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: [{ type: 'text', text: message.content }] };
    case 'assistant':
      return {
        role: 'assistant',
        content: [
          ...(message.content === '' ? [] : [{ type: 'text' as const, text: message.content }]),
          ...(message.toolCalls ?? []).map((call) => ({
            type: 'tool-call' as const,
            toolCallId: call.id,
            toolName: call.name,
            input: call.input ?? {},
          })),
        ],
      };
    case 'tool':
      return {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: message.callId,
            toolName: message.name,
            output: { type: message.isError ? 'error-text' : 'text', value: message.content },
          },
        ],
      };
  }
}

/** The provider's form of a system prompt and a conversation. */
export function toProviderPrompt(system: string | null, messages: readonly Message[]): LanguageModelV4Prompt {
  const head: LanguageModelV4Message[] = system === null || system === '' ? [] : [{ role: 'system', content: system }];
  return [...head, ...messages.map(toProviderMessage)];
}

/** The provider's form of tool definitions. */
export function toProviderTools(tools: readonly ToolDefinition[]): LanguageModelV4FunctionTool[] {
  return tools.map((tool) => ({
    type: 'function',
    name: tool.name,
    description: tool.description,
    inputSchema: tool.inputSchema as LanguageModelV4FunctionTool['inputSchema'],
  }));
}

/** Everything a request says, for estimating its size. */
export function promptText(
  system: string | null,
  messages: readonly Message[],
  tools: readonly ToolDefinition[],
): string {
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []));
  return [
    system ?? '',
    ...messages.map((message) => message.content),
    ...calls.map((call) => call.text),
    ...(tools.length > 0 ? [JSON.stringify(tools)] : []),
  ].join('\n');
}
