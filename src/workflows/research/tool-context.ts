import type { Language } from '../../planning/index.ts';
import type { OpenedDatasource, RunRequest, RunServices } from '../node.ts';
import { runStatement } from '../statement.ts';
import type { TodoList } from '../tools/todo-list.ts';
import type { ToolContext } from '../tools/tool.ts';

/** What the tools of a research run see; their own statements are not announced as executions. */
export async function researchToolContext(
  request: RunRequest,
  services: RunServices,
  parts: {
    readonly source: OpenedDatasource;
    readonly language: Language;
    readonly todos: TodoList;
    readonly signal: AbortSignal;
  },
): Promise<ToolContext> {
  const { source, language, todos, signal } = parts;
  return {
    source,
    services,
    request,
    knowledge: await services.knowledge(request, source),
    language,
    todos,
    signal,
    async execute(statement, rows) {
      const run = await runStatement(statement, source, { limits: { ...services.limits, rows } }, signal);
      return run.ok
        ? { ok: true, rows: run.value.rows, elapsedMs: run.value.elapsedMs }
        : { ok: false, code: run.failure.code, message: run.failure.message };
    },
  };
}
