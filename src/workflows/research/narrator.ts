/**
 * Tells a workflow's run in the terms of the research stream: the virtual plan, notes between the steps, tools around
 * statements, the report at the end. It stands between the workflow and the host, so that all of it is stored.
 */
import type { Language } from '../../planning/index.ts';
import { codeBlock } from '../../reporting/index.ts';
import type { RunEvent, RunProblem } from '../events.ts';
import type { OpenedDatasource, RunRequest, RunServices } from '../node.ts';
import { estimatedRows, explainSql } from '../tools/query-plan.ts';
import { createTodoList } from '../tools/todo-list.ts';
import { announcedTool } from './announce-tool.ts';
import { htmlPreview } from './html-preview.ts';
import { failureReport, querySummary } from './query-summary.ts';
import { researchToolContext } from './tool-context.ts';
import { completedPlan, pendingPlan, planAt, type StepId, stepOf } from './virtual-plan.ts';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
type Emit = (event: RunEvent) => Promise<void>;

export interface NarratorOptions {
  readonly request: RunRequest;
  readonly services: RunServices;
  readonly language: Language;
  readonly signal: AbortSignal;
  readonly source: () => OpenedDatasource | null;
  readonly emit: Emit;
  /** Show the six steps; agentic workflows show the plan that they make themselves. */
  readonly virtualPlan: boolean;
}

/** What the narrator saw of the run, for its reports. */
export interface Seen {
  generated: EventOf<'sql-generated'> | null;
  result: EventOf<'sql-result'> | null;
  validation: Readonly<Record<string, unknown>> | null;
  attempts: number;
  strategies: string[];
}

const MAX_DESCRIBED = 1;
const ESTIMATE_MS = 2_000;

export interface Narrator {
  readonly emit: Emit;
  /** Closes the plan; call it before the terminal event. */
  finish(problem: RunProblem | null): Promise<void>;
}

export function createNarrator(options: NarratorOptions): Narrator {
  const { request, services, language, signal, emit, virtualPlan } = options;
  const seen: Seen = { generated: null, result: null, validation: null, attempts: 0, strategies: [] };
  let active: StepId | null = null;
  let failing: StepId | null = null;
  let looked = false;

  const note = (
    markdown: string,
    role: EventOf<'message'>['role'] = 'note',
    nodeId: string | null = null,
  ): Promise<void> => emit({ type: 'message', nodeId, todoId: virtualPlan ? active : null, role, markdown });
  const pair = async (
    nodeId: string,
    toolName: string,
    input: Record<string, unknown>,
    data: unknown,
  ): Promise<void> => {
    const call = { nodeId, todoId: virtualPlan ? active : null, callId: `${nodeId}_${toolName}`, toolName };
    await emit({ type: 'tool-call', ...call, input });
    await emit({ type: 'tool-result', ...call, data, error: false });
  };

  /** The tools that a single query always begins with. */
  async function preflight(nodeId: string): Promise<void> {
    const source = options.source();
    if (looked || !source || request.research?.mode !== 'text2sql') return;
    looked = true;
    const context = await researchToolContext(request, services, { source, language, todos: createTodoList(), signal });
    const call = (name: string, input: Record<string, unknown>, index = 0) =>
      announcedTool(
        { name, input, nodeId, callId: `preflight_${name}${index > 0 ? `_${index}` : ''}`, todoId: active },
        context,
        emit,
      );
    const found = await call('search_table', { query_text: request.question, top_n: 5 });
    const tables = (found.result as { metadata?: { table_name: string }[] } | null)?.metadata ?? [];
    const named =
      tables.length > 0 ? tables.map((one) => one.table_name) : source.schema.tables.map((one) => one.ref.name);
    for (const [index, table_name] of named.slice(0, MAX_DESCRIBED).entries()) {
      await call('describe_table', { table_name }, index);
    }
    await call('search_reference_sql', { query_text: request.question, top_n: 5 });
    await call('parse_temporal_expressions', { task_text: request.question, current_date: request.today });
  }

  async function nodeStarted(event: EventOf<'node-start'>): Promise<void> {
    await emit(event);
    const step = stepOf(event.nodeType);
    if (virtualPlan && step) {
      active = step;
      await emit({ type: 'plan-update', todos: planAt(step, 'in_progress') });
    }
    await note(`🔄 **Executing Step**: ${event.description}`, 'note', event.nodeId);
    if (event.nodeType === 'schema_discovery' || event.nodeType === 'schema_linking') await preflight(event.nodeId);
  }

  async function nodeTold(event: EventOf<'node-detail'>): Promise<void> {
    await emit(event);
    const { nodeId, details } = event;
    switch (event.action) {
      case 'intent_analysis': {
        const { intent, confidence } = details as { intent?: string; confidence?: number };
        await note(
          `🧐 **Intent Detected**: \`${intent}\` (Confidence: ${(confidence ?? 0).toFixed(2)})`,
          'note',
          nodeId,
        );
        break;
      }
      case 'schema_linking': {
        const tables = (details.tables_found ?? []) as readonly string[];
        await pair(
          nodeId,
          'schema_discovery',
          { task: request.question },
          {
            candidate_tables: tables,
            table_count: tables.length,
            intent: 'text2sql',
          },
        );
        break;
      }
      case 'sql_validate':
        seen.validation = details;
        if (event.status === 'failed') failing = 'step_exec';
        await note(validationNote(details, language), 'note', nodeId);
        break;
      case 'result_validation':
        await pair(
          nodeId,
          'result_validation',
          { sql: seen.generated?.sql ?? null },
          {
            row_count: details.rowCount,
            is_empty: details.isEmpty,
            all_null: details.allNull,
            null_share: details.nullShare,
            truncated: details.truncated,
          },
        );
        if (seen.result) await pair(nodeId, 'result_preview', {}, { html_preview: htmlPreview(seen.result.result) });
        break;
      case 'reflection_analysis': {
        const { strategy, explanation } = details as { strategy?: string; explanation?: string };
        if (strategy) seen.strategies.push(strategy);
        await note(`🤔 **Reflection**: ${explanation ?? ''} Strategy: \`${strategy}\``, 'note', nodeId);
        break;
      }
    }
  }

  async function statementStarted(event: EventOf<'sql-start'>): Promise<void> {
    const began = services.now();
    if (!isToolRead(event)) {
      await emit({
        type: 'tool-call',
        nodeId: event.nodeId,
        todoId: event.todoId,
        callId: event.callId,
        toolName: 'execute_sql',
        input: { sql: event.sql },
      });
    }
    const source = options.source();
    const explained = source
      ? await explainSql(event.sql, { source, services: limitedTime(services), signal })
      : 'not connected';
    await emit({
      ...event,
      estimatedRows: typeof explained === 'string' ? null : estimatedRows(explained),
      preparedMs: services.now() - began,
    });
  }

  async function statementEnded(event: EventOf<'sql-result'> | EventOf<'sql-error'>): Promise<void> {
    await emit(event);
    if (event.type === 'sql-result') seen.result = event;
    failing = event.type === 'sql-error' ? 'step_exec' : null;
    if (isToolRead(event)) return;
    await emit({
      type: 'tool-result',
      nodeId: event.nodeId,
      todoId: event.todoId,
      callId: event.callId,
      toolName: 'execute_sql',
      data:
        event.type === 'sql-result'
          ? {
              success: 1,
              error: null,
              result: { row_count: event.result.rows.length, execution_time_ms: Math.round(event.elapsedMs) },
            }
          : { success: 0, error: event.message, result: null },
      error: event.type === 'sql-error',
    });
  }

  return {
    async emit(given) {
      const event = withStep(given, virtualPlan ? active : null);
      switch (event.type) {
        case 'run-start':
          await emit(event);
          await note(initialNote(request));
          if (virtualPlan) await emit({ type: 'plan-update', todos: pendingPlan() });
          return;
        case 'node-start':
          return nodeStarted(event);
        case 'node-detail':
          return nodeTold(event);
        case 'sql-generated':
          seen.generated = event;
          seen.attempts += 1;
          await emit(event);
          return note(`${event.reading}\n\n${codeBlock(event.sql)}`, 'note', event.nodeId);
        case 'sql-start':
          return statementStarted(event);
        case 'sql-result':
        case 'sql-error':
          return statementEnded(event);
        case 'output-ready': {
          await emit(event);
          const source = options.source();
          if (source && event.sql !== null) {
            await note(await querySummary({ request, source, services, seen, shown: event, signal }), 'report');
          }
          return;
        }
        default:
          return emit(event);
      }
    },
    async finish(problem) {
      if (problem?.kind === 'cancelled') return;
      if (problem) {
        const step = failing ?? active;
        if (virtualPlan && step) await emit({ type: 'plan-update', todos: planAt(step, 'failed') });
        if (seen.attempts > 0) await note(failureReport(problem, seen, language), 'report');
        return;
      }
      if (virtualPlan) await emit({ type: 'plan-update', todos: completedPlan() });
    },
  };
}

/** Events of nodes that know no step belong to the active one. */
function withStep(event: RunEvent, active: StepId | null): RunEvent {
  if (active === null || !('todoId' in event) || event.todoId !== null) return event;
  return { ...event, todoId: active };
}

/** A statement that a tool reads with has the tool's own call around it. */
const isToolRead = (event: { readonly callId: string }): boolean => event.callId.includes('_read_');

const limitedTime = (services: RunServices): RunServices => ({
  ...services,
  limits: { ...services.limits, statementTimeoutMs: Math.min(ESTIMATE_MS, services.limits.statementTimeoutMs) },
});

export const initialNote = ({ namespace, database, workflow, research }: RunRequest): string =>
  `🚀 **System Initialization**: namespace \`${namespace}\`${database ? `, database \`${database}\`` : ''}, mode \`${research?.mode === 'workflow' ? workflow : (research?.mode ?? workflow)}\``;

function validationNote(details: Readonly<Record<string, unknown>>, language: Language): string {
  const { isValid, syntaxValid, tablesExist, columnsExist, hasDangerousOps } = details as Record<string, boolean>;
  const { errors, warnings } = details as Record<string, readonly string[]>;
  const zh = language === 'zh';
  const mark = (good: boolean | undefined): string => (good ? '✅' : '❌');
  return [
    isValid ? '✅ **SQL验证通过**' : '❌ **SQL验证失败**',
    '',
    `- ${zh ? '语法验证' : '语法验证 (syntax)'}: ${mark(syntaxValid)}`,
    `- ${zh ? '表存在性' : '表存在性 (tables exist)'}: ${mark(tablesExist)}`,
    `- ${zh ? '列存在性' : '列存在性 (columns exist)'}: ${mark(columnsExist)}`,
    `- ${zh ? '危险操作' : '危险操作 (dangerous operations)'}: ${mark(!hasDangerousOps)}`,
    ...(errors ?? []).slice(0, 3).map((error) => `- ❌ ${error}`),
    ...(warnings ?? []).slice(0, 3).map((warning) => `- ⚠️ ${warning}`),
  ].join('\n');
}
