/** The plan of a run as a list that tools and the run itself keep; every change gives the whole list. */
import type { Todo, TodoStatus } from '../events.ts';

export interface TodoList {
  items(): readonly Todo[];
  write(
    contents: readonly { readonly id?: string; readonly content: string; readonly status?: TodoStatus }[],
  ): readonly Todo[];
  /** Null when there is no such item. */
  update(id: string, status: TodoStatus): Todo | null;
}

export function createTodoList(prefix = 'todo'): TodoList {
  let todos: readonly Todo[] = [];
  return {
    items: () => todos,
    write(contents) {
      todos = contents.map(({ id, content, status }, index) => ({
        id: id ?? `${prefix}_${index}`,
        content,
        status: status ?? 'pending',
      }));
      return todos;
    },
    update(id, status) {
      const found = todos.find((todo) => todo.id === id);
      if (!found) return null;
      const changed = { ...found, status };
      todos = todos.map((todo) => (todo.id === id ? changed : todo));
      return changed;
    },
  };
}
