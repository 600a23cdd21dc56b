/** What a tool is: a named look at the run's datasource or knowledge that a model or a fixed sequence calls. */
import type { Language, PlanningKnowledge } from '../../planning/index.ts';
import type { RunRows } from '../events.ts';
import type { GuardedStatement, OpenedDatasource, RunRequest, RunServices } from '../node.ts';
import type { TodoList } from './todo-list.ts';

/** The one shape of every tool's answer. */
export interface ToolResult {
  readonly success: 0 | 1;
  readonly error: string | null;
  readonly result: unknown;
}

export type ToolInput = Readonly<Record<string, unknown>>;

export interface ToolContext {
  readonly source: OpenedDatasource;
  readonly services: RunServices;
  readonly request: RunRequest;
  readonly knowledge: PlanningKnowledge;
  readonly language: Language;
  readonly todos: TodoList;
  readonly signal: AbortSignal;
  /** Runs a guarded statement; a host may announce it in the stream. */
  execute(statement: GuardedStatement, maxRows: number): Promise<ToolQueryOutcome>;
}

export type ToolQueryOutcome =
  | { readonly ok: true; readonly rows: RunRows; readonly elapsedMs: number }
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface ToolParameter {
  readonly type: 'string' | 'integer' | 'boolean' | 'array' | 'object';
  readonly description: string;
  readonly required?: true;
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, ToolParameter>>;
  run(input: ToolInput, context: ToolContext): Promise<ToolResult>;
}

export const succeeded = (result: unknown): ToolResult => ({ success: 1, error: null, result });
export const failed = (error: string, result: unknown = null): ToolResult => ({ success: 0, error, result });

export const textOf = (input: ToolInput, key: string): string => {
  const value = input[key];
  return typeof value === 'string' ? value.trim() : '';
};

/** A whole number between 1 and a cap. */
export function countOf(input: ToolInput, key: string, fallback: number, most: number): number {
  const value = Number(input[key] ?? fallback);
  return Number.isFinite(value) ? Math.min(most, Math.max(1, Math.trunc(value))) : fallback;
}

/** The sentence in the run's language. */
export const say = (language: Language, en: string, zh: string): string => (language === 'zh' ? zh : en);
