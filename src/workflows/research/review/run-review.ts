/** Reviews the statement of a task: the seven tools in their order, then one report in eight sections. */
import { reviewReport } from '../../../reporting/index.ts';
import { analyseSql, type ParsedStatement, parseSql, reviewSql, rewriteSql, type Table } from '../../../sql/index.ts';
import type { RunProblem, RunRows } from '../../events.ts';
import { guardStatement, runStatement } from '../../statement.ts';
import { explainSql, planNodes } from '../../tools/query-plan.ts';
import { createTodoList } from '../../tools/todo-list.ts';
import type { ToolContext, ToolInput, ToolResult } from '../../tools/tool.ts';
import { announcedTool } from '../announce-tool.ts';
import type { ResearchRun } from '../research-run.ts';
import { researchToolContext } from '../tool-context.ts';
import { findSql } from './find-sql.ts';
import { reviewRemarks } from './review-remarks.ts';
import { createToolCache } from './tool-cache.ts';

export const REVIEW_TOOLS = [
  'describe_table',
  'search_external_knowledge',
  'read_query',
  'get_table_ddl',
  'analyze_query_plan',
  'check_table_conflicts',
  'validate_partitioning',
] as const;
type ReviewTool = (typeof REVIEW_TOOLS)[number];

const NODE = 'review';
const COMPARED_ROWS = 500;
const kept = createToolCache();

export async function runReview(run: ResearchRun): Promise<RunProblem | null> {
  const { request, services, host, source, emit } = run;
  const found = findSql(request.question);
  const language = /[\u3400-\u9fff]/.test(found?.words ?? request.question) ? 'zh' : 'en';
  if (!found) return noStatement(language);
  const todos = createTodoList();
  todos.write(REVIEW_TOOLS.map((tool, index) => ({ id: `todo_${index}`, content: `Execute ${tool}` })));
  await emit({ type: 'plan-update', todos: todos.items() });
  const context = await researchToolContext(request, services, { source, language, todos, signal: host.signal });
  const parsed = await parseSql(found.sql, source.schema.dialect);
  const tables = parsed.ok ? tablesIn(parsed.value, context) : [];
  const main = largest(tables);
  const tableName = main?.ref.name ?? (parsed.ok ? missingName(parsed.value, context) : '');
  const inputs: Readonly<Record<ReviewTool, ToolInput>> = {
    describe_table: { table_name: tableName },
    search_external_knowledge: { query_text: found.words || tableName || found.sql.slice(0, 200), top_n: 5 },
    read_query: { sql: found.sql },
    get_table_ddl: { table_name: tableName },
    analyze_query_plan: { sql: found.sql },
    check_table_conflicts: { table_name: tableName },
    validate_partitioning: { table_name: tableName },
  };
  const results = new Map<ReviewTool, ToolResult>();
  for (const [index, name] of REVIEW_TOOLS.entries()) {
    const todoId = `todo_${index}`;
    todos.update(todoId, 'in_progress');
    await emit({ type: 'plan-update', todos: todos.items() });
    const result = await announcedTool(
      {
        name,
        input: inputs[name],
        nodeId: NODE,
        callId: `review_${name}`,
        todoId,
        remember: (call) =>
          // What else a tool reads of its caller and the request is part of the key.
          kept.get(
            source.schema,
            [name, inputs[name], source.name, request.namespace, request.account ?? null, request.notes, language],
            services.now(),
            call,
          ),
      },
      context,
      emit,
    );
    results.set(name, result);
    todos.update(todoId, result.success === 1 ? 'completed' : 'failed');
  }
  await emit({ type: 'plan-update', todos: todos.items() });
  const markdown = await report(run, {
    ...found,
    language,
    parsed: parsed.ok ? parsed.value : null,
    parseError: parsed.ok ? null : parsed.failure.message,
    tables,
    main,
    results,
    context,
  });
  await emit({ type: 'message', nodeId: NODE, todoId: null, role: 'report', markdown });
  await emit({ type: 'output-ready', sql: found.sql, result: null, language });
  return null;
}

const noStatement = (language: 'en' | 'zh'): RunProblem => ({
  kind: 'cannot',
  code: 'question-not-answerable',
  message: language === 'zh' ? '任务中没有找到可审查的 SQL 语句。' : 'The task holds no SQL statement to review.',
  suggestions: [
    language === 'zh'
      ? '请在任务中附上完整的 SQL，例如：审查：SELECT …'
      : 'Put the whole statement into the task, e.g. "Review: SELECT …"',
  ],
});

function tablesIn(parsed: ParsedStatement, { source }: ToolContext): Table[] {
  return analyseSql(parsed, source.schema).tables.flatMap(
    (ref) => source.schema.tables.find((table) => table.ref.name === ref.name && table.ref.schema === ref.schema) ?? [],
  );
}

const missingName = (parsed: ParsedStatement, { source }: ToolContext): string =>
  analyseSql(parsed, source.schema).problems.find((problem) => problem.code === 'unknown-table')?.name ?? '';

const largest = (tables: readonly Table[]): Table | null =>
  tables.reduce<Table | null>(
    (best, table) => (best === null || (table.rowCount ?? 0) > (best.rowCount ?? 0) ? table : best),
    null,
  );

async function report(
  run: ResearchRun,
  facts: {
    readonly sql: string;
    readonly words: string;
    readonly language: 'en' | 'zh';
    readonly parsed: ParsedStatement | null;
    readonly parseError: string | null;
    readonly tables: readonly Table[];
    readonly main: Table | null;
    readonly results: ReadonlyMap<ReviewTool, ToolResult>;
    readonly context: ToolContext;
  },
): Promise<string> {
  const { source } = run;
  const { sql, language, parsed, results, context } = facts;
  const explained = await explainSql(sql, context);
  const plan = typeof explained === 'string' ? null : explained;
  const review = parsed ? reviewSql(parsed, { schema: source.schema, plan: plan?.root ?? null, language }) : null;
  const findings = review?.findings ?? [
    {
      rule: 'syntax-error',
      severity: 'error' as const,
      topic: 'correctness' as const,
      message: facts.parseError ?? '',
      advice: language === 'zh' ? '请先修正语法。' : 'Correct the syntax first.',
      evidence: sql.slice(0, 60),
    },
  ];
  const read = results.get('read_query');
  const rows = read?.success === 1 ? (read.result as { original_rows: number; is_compressed: boolean }) : null;
  const nodes = planNodes(plan?.root ?? null);
  const conflicts = results.get('check_table_conflicts')?.result as {
    matches?: { table_name: string; similarity_score: number }[];
  } | null;
  const partitioning = results.get('validate_partitioning')?.result as { partitioned?: boolean } | null;
  const rewrite = parsed && rows ? await checkedRewrite(sql, run) : null;
  return reviewReport({
    language,
    dialect: source.schema.dialect,
    sql,
    findings,
    checkedRules: review?.checked.length ?? 0,
    plan: plan && {
      text: plan.text,
      estimatedRows: nodes.find((node) => node.estimatedRows !== null)?.estimatedRows ?? null,
      estimatedCost: nodes.find((node) => node.estimatedCost !== null)?.estimatedCost ?? null,
      indexes: [...new Set(nodes.flatMap((node) => node.index ?? []))],
    },
    planProblem: typeof explained === 'string' ? explained : null,
    tables: facts.tables.map((table) => ({
      table,
      partitioned: table === facts.main ? (partitioning?.partitioned ?? null) : null,
      similar:
        table === facts.main
          ? (conflicts?.matches ?? []).filter((match) => match.similarity_score > 0.5).map((match) => match.table_name)
          : [],
    })),
    run: rows && { rows: rows.original_rows, truncated: rows.is_compressed },
    runProblem: rows ? null : (read?.error ?? null),
    rewrite,
    remarks: await reviewRemarks(run, sql, findings, language),
  });
}

/** A rewrite that is certain by its form is shown with what the data says about it, too. */
async function checkedRewrite(sql: string, { source, services, host }: ResearchRun) {
  const rewrite = rewriteSql(sql, source.schema.dialect, source.schema);
  if (!rewrite) return null;
  const limits = { ...services.limits, rows: COMPARED_ROWS };
  const both: RunRows[] = [];
  for (const text of [sql, rewrite.sql]) {
    const guarded = await guardStatement(text, source, { limits });
    if (!guarded.ok) return text === sql ? { ...rewrite, sameRows: null } : null;
    const run = await runStatement(guarded.value, source, { limits }, host.signal);
    if (!run.ok) return text === sql ? { ...rewrite, sameRows: null } : null;
    both.push(run.value.rows);
  }
  const [before, after] = both;
  if (!before || !after || before.truncated || after.truncated) return { ...rewrite, sameRows: null };
  const sameRows = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
  return sameRows ? { ...rewrite, sameRows } : null;
}

const sorted = ({ rows }: RunRows): string[] => rows.map((row) => JSON.stringify(row)).sort();
