/** Presents a plan and waits until a person has it executed; `revise` changes it first, as often as they like. */
import type { Todo } from '../../events.ts';
import type { PersonInput } from '../../node.ts';
import { askPersonOf } from '../../run-host.ts';
import type { ResearchRun } from '../research-run.ts';
import { type AnalysisStep, makeAnalysisPlan, planQuestions } from './make-plan.ts';

const ACTIONS = ['execute', 'revise'] as const;
const MAX_TEXT = 4_000;

/** @param present stores and shows the plan, and gives its steps' ids */
export async function confirmedPlan(
  run: ResearchRun,
  first: readonly AnalysisStep[],
  present: (steps: readonly AnalysisStep[]) => Promise<readonly Todo[]>,
): Promise<readonly AnalysisStep[]> {
  const ask = askPersonOf(run.host, 'plan');
  let steps = first;
  for (;;) {
    const todos = await present(steps);
    const answer = await ask({ prompt: planPrompt(run, steps), actions: ACTIONS });
    if (answer.action === 'execute') return steps;
    const revised = await revise(run, steps, todos, answer);
    steps = revised.length > 0 ? revised : steps;
  }
}

/**
 * `feedback`: words that count as part of the question; `remove`: ids or titles of steps; `todos`: the steps to keep, in
 * order, by id, title or `{id}`, and new ones as questions.
 */
async function revise(
  run: ResearchRun,
  steps: readonly AnalysisStep[],
  todos: readonly Todo[],
  input: PersonInput,
): Promise<readonly AnalysisStep[]> {
  const find = (name: string): AnalysisStep | undefined =>
    steps[todos.findIndex((todo) => todo.id === name || name.endsWith(`_${todo.id}`) || todo.content === name)];
  const wanted = texts(input.todos);
  let next = steps;
  if (wanted.length > 0) {
    const chosen: AnalysisStep[] = [];
    for (const name of wanted) {
      const known = find(name);
      chosen.push(...(known ? [known] : await planQuestions(run, [name])));
    }
    next = chosen;
  }
  const feedback = typeof input.feedback === 'string' ? input.feedback.trim().slice(0, MAX_TEXT) : '';
  if (feedback !== '') next = await makeAnalysisPlan(run, feedback);
  const removed = new Set(texts(input.remove).map(find));
  return next.filter((step) => !removed.has(step));
}

function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
  return value.slice(0, 50).flatMap((one: unknown) => {
    const text =
      typeof one === 'string'
        ? one
        : ((one as { id?: unknown; content?: unknown } | null)?.id ?? (one as { content?: unknown } | null)?.content);
    return typeof text === 'string' && text.trim() !== '' ? [text.trim().slice(0, MAX_TEXT)] : [];
  });
}

function planPrompt({ language }: ResearchRun, steps: readonly AnalysisStep[]): string {
  const list = steps.map((step, index) => `${index + 1}. ${step.title}`).join('\n');
  return language === 'zh'
    ? `📝 **分析计划**（待确认）\n\n${list}\n\n发送 \`{"action":"execute"}\` 开始执行；发送 \`{"action":"revise","feedback":"…"}\` 修改计划。`
    : `📝 **Analysis plan** (waiting for you)\n\n${list}\n\nSend \`{"action":"execute"}\` to run it, or \`{"action":"revise","feedback":"…"}\` to change it.`;
}
