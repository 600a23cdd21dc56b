/** Plan, confirm, run, word, report: an analysis of several queries over one datasource. */
import {
  type AnalysedQuery,
  analysisFindings,
  analysisReport,
  codeBlock,
  inventedNumbers,
  markdownTable,
} from '../../../reporting/index.ts';
import type { RunProblem, RunRows, Todo, TodoStatus } from '../../events.ts';
import { guardStatement, runStatement } from '../../statement.ts';
import { estimatedRows, explainSql } from '../../tools/query-plan.ts';
import { createTodoList } from '../../tools/todo-list.ts';
import { announcedTool } from '../announce-tool.ts';
import type { ResearchRun } from '../research-run.ts';
import { researchToolContext } from '../tool-context.ts';
import { confirmedPlan } from './confirm-plan.ts';
import { type AnalysisStep, makeAnalysisPlan, planQuestions } from './make-plan.ts';
import { proposedQuestions, wordedFindings } from './model-part.ts';

const NODE = 'analysis';
const SHOWN_ROWS = 10;

export async function runAnalysis(run: ResearchRun): Promise<RunProblem | null> {
  const { request, services, host, source, language, emit } = run;
  const todos = createTodoList();
  const context = await researchToolContext(request, services, { source, language, todos, signal: host.signal });
  const standard = await makeAnalysisPlan(run, null);
  const extra = await planQuestions(
    run,
    await proposedQuestions(
      run,
      standard.map((step) => step.title),
    ),
  );
  const planned = [...standard, ...extra.filter((step) => standard.every((one) => one.sql !== step.sql))];
  if (planned.length === 0) return nothingToAnalyse(language);
  let written = 0;
  const present = async (steps: readonly AnalysisStep[]): Promise<readonly Todo[]> => {
    written += 1;
    await announcedTool(
      {
        name: 'todo_write',
        input: { todos_json: JSON.stringify(steps.map((step) => ({ content: step.title, status: 'pending' }))) },
        callId: `plan_${written}`,
        nodeId: NODE,
        todoId: null,
      },
      context,
      emit,
    );
    // Ids as the stream knows them: todo_0, todo_1, …
    todos.write(steps.map((step, index) => ({ id: `todo_${index}`, content: step.title })));
    await emit({ type: 'plan-update', todos: todos.items() });
    return todos.items();
  };
  const steps = request.research?.autoExecute ? planned : await confirmedPlan(run, planned, present);
  if (request.research?.autoExecute) await present(planned);

  const done: AnalysedQuery[] = [];
  let failure: RunProblem | null = null;
  for (const [index, step] of steps.entries()) {
    host.signal.throwIfAborted();
    const todoId = `todo_${index}`;
    const mark = async (status: TodoStatus): Promise<void> => {
      todos.update(todoId, status);
      await emit({ type: 'plan-update', todos: todos.items() });
    };
    await mark('in_progress');
    const outcome = await execute(run, step, todoId, `query_${index + 1}`);
    if ('kind' in outcome) {
      if (outcome.kind === 'cancelled') return outcome;
      failure = outcome;
      await mark('failed');
      continue;
    }
    const result = { kind: step.kind, title: step.title, ...outcome };
    const findings = analysisFindings(result, language).filter(
      (sentence) => inventedNumbers(sentence, [result]).length === 0,
    );
    const query: AnalysedQuery = { ...result, sql: step.sql, findings };
    done.push(query);
    await emit({ type: 'message', nodeId: NODE, todoId, role: 'note', markdown: queryNote(query) });
    await mark('completed');
  }
  if (done.length === 0) return failure ?? nothingToAnalyse(language);
  await conclude(run, done);
  return null;
}

/** The statement with its tool call and its events around it. */
async function execute(
  run: ResearchRun,
  step: AnalysisStep,
  todoId: string,
  callId: string,
): Promise<RunRows | RunProblem> {
  const { source, services, host, emit } = run;
  const common = { nodeId: NODE, todoId, callId };
  const began = services.now();
  await emit({ type: 'tool-call', ...common, toolName: 'execute_sql', input: { sql: step.sql } });
  const guarded = await guardStatement(step.sql, source, services);
  const explained = guarded.ok ? await explainSql(step.sql, { source, services, signal: host.signal }) : '';
  await emit({
    type: 'sql-start',
    ...common,
    sql: step.sql,
    datasource: source.name,
    estimatedRows: typeof explained === 'string' ? null : estimatedRows(explained),
    preparedMs: services.now() - began,
  });
  const ran = guarded.ok ? await runStatement(guarded.value, source, services, host.signal) : guarded;
  if (!ran.ok) {
    await emit({ type: 'sql-error', ...common, sql: step.sql, code: ran.failure.code, message: ran.failure.message });
    await emit({
      type: 'tool-result',
      ...common,
      toolName: 'execute_sql',
      data: { success: 0, error: ran.failure.message, result: null },
      error: true,
    });
    return ran.failure;
  }
  const { rows, elapsedMs } = ran.value;
  await emit({ type: 'sql-result', ...common, sql: step.sql, result: rows, elapsedMs });
  await emit({
    type: 'tool-result',
    ...common,
    toolName: 'execute_sql',
    data: {
      success: 1,
      error: null,
      result: { row_count: rows.rows.length, execution_time_ms: Math.round(elapsedMs) },
    },
    error: false,
  });
  return rows;
}

function queryNote(query: AnalysedQuery): string {
  const rows = query.rows
    .slice(0, SHOWN_ROWS)
    .map((row) =>
      row.map((cell) => (cell === null ? '–' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell))),
    );
  return [
    `### ${query.title}`,
    ...query.findings.map((finding) => `- ${finding}`),
    ...(rows.length > 0
      ? [
          '',
          markdownTable(
            query.columns.map((column) => column.name),
            rows,
          ),
        ]
      : []),
    '',
    codeBlock(query.sql),
  ].join('\n');
}

/** The findings in words, the document, and the answer that the run leaves behind. */
async function conclude(run: ResearchRun, queries: readonly AnalysedQuery[]): Promise<void> {
  const { request, source, language, emit } = run;
  const own = queries.flatMap((query) => query.findings);
  const findings = (await wordedFindings(run, queries)) ?? own;
  const zh = language === 'zh';
  await emit({
    type: 'message',
    nodeId: NODE,
    todoId: null,
    role: 'report',
    markdown: [zh ? '## 📊 分析结论' : '## 📊 Findings', ...findings.map((finding) => `- ${finding}`)].join('\n'),
  });
  const html = await analysisReport({
    language,
    question: request.question,
    datasource: source.name,
    today: request.today,
    queries,
    findings,
  });
  await emit({ type: 'report-ready', url: '', html });
  const [main] = queries;
  if (main)
    await emit({
      type: 'output-ready',
      sql: main.sql,
      result: { columns: main.columns, rows: main.rows, truncated: main.truncated },
      language,
    });
}

const nothingToAnalyse = (language: 'en' | 'zh'): RunProblem => ({
  kind: 'cannot',
  code: 'question-not-answerable',
  message: language === 'zh' ? '数据库中没有可供分析的表。' : 'The database has no table to analyse.',
  suggestions: [],
});
