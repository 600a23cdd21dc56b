/** Nodes in which a model works with tools; without one, the builtin planner and the data itself answer. */

import { writeSqlWithTools } from '../agent/write-sql.ts';
import type { Todo, TodoStatus } from '../events.ts';
import { modelFor } from '../model-for.ts';
import { type NodeContext, type NodeOutcome, proceed, type RunState, type WorkflowNode } from '../node.ts';
import { findRereading } from '../reflection/find-rereading.ts';
import { isSuspicious } from '../reflection/judge-outcome.ts';
import { executeCandidate } from './execute-sql.ts';
import { planQuestion, settle, useCandidate } from './generate-sql.ts';
import { useNextCandidate } from './reflect.ts';

/** Writes SQL with tools. */
export const gensqlNode: WorkflowNode = {
  type: 'gensql',
  async run(context): Promise<NodeOutcome> {
    const client = modelFor(context.services, 'gensql');
    const answer = client && (await writeSqlWithTools('gensql', client, context));
    if (!answer?.candidate) {
      return hasAnswer(context.state) ? proceed : settle(await planQuestion(context), context);
    }
    context.state.planner = 'llm';
    await useCandidate(answer.candidate, context);
    return proceed;
  },
};

/**
 * Explores the data for a better query. Without a model: values as the database spells them, periods that have data,
 * then the next reading of the question.
 */
export const reasoningNode: WorkflowNode = {
  type: 'reasoning',
  async run(context): Promise<NodeOutcome> {
    const { nodeId, nodeType, state, emit } = context;
    const client = modelFor(context.services, 'reasoning');
    const answer = client && (await writeSqlWithTools('reasoning', client, context));
    if (answer?.candidate && !wasTried(answer.candidate.sql, context)) {
      state.planner = 'llm';
      await useCandidate(answer.candidate, context);
      return proceed;
    }
    if (hasAnswer(state)) return proceed;
    if (!state.candidate) return settle(await planQuestion(context), context);
    const rereading = await findRereading(context);
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'data_exploration',
      status: 'success',
      message: rereading
        ? rereading.changes.map(({ phrase, meaning }) => `${phrase} → ${meaning}`).join('; ')
        : state.language === 'zh'
          ? '数据中没有更合适的取值'
          : 'The data suggests no other value or period',
      details: { changes: rereading?.changes ?? [] },
    });
    if (rereading) await useCandidate(rereading.candidate, context);
    else await useNextCandidate(context);
    return proceed;
  },
};

/** True when earlier nodes found rows: without a model there is nothing to add to them. */
const hasAnswer = ({ result, problem }: RunState): boolean =>
  result !== null && problem === null && !isSuspicious(result);

const wasTried = (sql: string, { state }: NodeContext): boolean =>
  state.attempts.some((attempt) => attempt.candidate.sql === sql);

/** Converses about the data; with `plan` it makes a plan first, shows it, and works it off. */
export const chatNode: WorkflowNode = {
  type: 'chat',
  async run(context): Promise<NodeOutcome> {
    const todos = context.options.plan === true ? planTodos(context) : null;
    await todos?.next();
    const answered = await converse(context);
    if (answered.kind === 'stop') {
      await todos?.fail();
      return answered;
    }
    if (!todos) return proceed;
    await todos.next();
    await executeCandidate(context);
    if (context.state.problem) {
      await todos.fail();
      return proceed;
    }
    await todos.next();
    return proceed;
  },
};

async function converse(context: NodeContext): Promise<NodeOutcome> {
  const { nodeId, state, emit } = context;
  const client = modelFor(context.services, 'chat');
  const answer = client && (await writeSqlWithTools('chat', client, context));
  if (answer && (answer.candidate || answer.text !== '')) {
    state.planner = 'llm';
    if (answer.candidate) await useCandidate(answer.candidate, context);
    const sql = answer.candidate?.sql ?? null;
    const markdown = answer.text || answer.candidate?.reading || '';
    await emit({ type: 'message', nodeId, todoId: null, role: 'answer', markdown, sql, tokens: answer.tokens });
    return proceed;
  }
  const outcome = hasAnswer(state) ? proceed : await settle(await planQuestion(context), context);
  if (outcome.kind === 'stop') return outcome;
  await emit({
    type: 'message',
    nodeId,
    todoId: null,
    role: 'answer',
    markdown: state.candidate?.reading ?? '',
    sql: state.candidate?.sql ?? null,
    tokens: 0,
  });
  return outcome;
}

/** The plan of a conversation with its progress: each `next` finishes one step and begins the one after it. */
function planTodos({ state, emit }: NodeContext) {
  const contents =
    state.language === 'zh'
      ? ['理解问题并编写查询', '执行查询', '整理结果']
      : ['Understand the question and write the query', 'Run the query', 'Present the result'];
  let current = -1;
  const update = (status: TodoStatus): Promise<void> =>
    emit({
      type: 'plan-update',
      todos: contents.map(
        (content, index): Todo => ({
          id: String(index + 1),
          content,
          status: index < current ? 'completed' : index === current ? status : 'pending',
        }),
      ),
    });
  return {
    next(): Promise<void> {
      current += 1;
      return update(current === contents.length - 1 ? 'completed' : 'in_progress');
    },
    fail: (): Promise<void> => update('failed'),
  };
}
