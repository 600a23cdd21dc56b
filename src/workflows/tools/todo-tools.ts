/** Tools over the run's plan. */
import type { Todo, TodoStatus } from '../events.ts';
import { failed, succeeded, type Tool, textOf } from './tool.ts';

const MAX_TODOS = 50;
const MAX_CHARACTERS = 500;
const STATUSES: readonly TodoStatus[] = ['pending', 'in_progress', 'completed', 'failed'];

const listing = (todos: readonly Todo[]) => ({ total_count: todos.length, lists: todos });

export const todoReadTool: Tool = {
  name: 'todo_read',
  description: 'Reads the plan.',
  parameters: {},
  run: async (_, { todos }) => succeeded(listing(todos.items())),
};

export const todoWriteTool: Tool = {
  name: 'todo_write',
  description: 'Writes the whole plan.',
  parameters: {
    todos_json: { type: 'string', description: 'JSON list of {"content", "status"}', required: true },
  },
  async run(input, { todos }) {
    const read = readTodos(input.todos_json);
    if (typeof read === 'string') return failed(read);
    return succeeded({ message: `Saved ${read.length} steps`, todo_list: listing(todos.write(read)) });
  },
};

export const todoUpdateTool: Tool = {
  name: 'todo_update',
  description: 'Sets the status of one step of the plan.',
  parameters: {
    todo_id: { type: 'string', description: 'id of the step', required: true },
    status: { type: 'string', description: 'pending, in_progress, completed or failed', required: true },
  },
  async run(input, { todos }) {
    const status = STATUSES.find((one) => one === input.status);
    if (!status) return failed(`status must be one of ${STATUSES.join(', ')}`);
    const id = textOf(input, 'todo_id');
    const updated = todos.update(id, status);
    return updated ? succeeded({ updated_item: updated }) : failed(`there is no step '${id}' in the plan`);
  },
};

/** The steps, or what is wrong with them. */
function readTodos(value: unknown): { content: string; status?: TodoStatus }[] | string {
  let list = value;
  if (typeof value === 'string') {
    try {
      list = JSON.parse(value);
    } catch {
      return 'todos_json is not JSON';
    }
  }
  if (!Array.isArray(list) || list.length === 0) return 'todos_json must be a list of steps';
  if (list.length > MAX_TODOS) return `a plan has at most ${MAX_TODOS} steps`;
  const steps: { content: string; status?: TodoStatus }[] = [];
  for (const item of list as unknown[]) {
    const content = typeof item === 'string' ? item : (item as { content?: unknown } | null)?.content;
    if (typeof content !== 'string' || content.trim() === '') return 'each step needs its "content"';
    const status = STATUSES.find((one) => one === (item as { status?: unknown } | null)?.status);
    steps.push({ content: content.trim().slice(0, MAX_CHARACTERS), ...(status ? { status } : {}) });
  }
  return steps;
}
