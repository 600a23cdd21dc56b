import { describe, expect, it } from 'vitest';
import { EngineError, fail, ok } from '../../kernel/index.ts';
import type { ModelFailure } from '../../llm/index.ts';
import type { Plan } from '../../sql/index.ts';
import type { LlmPlanner } from '../llm/llm-planner.ts';
import type { Candidate, Planner, PlanRequest, PlanResult } from '../planner.ts';
import { createAutoPlanner } from './auto-planner.ts';

const candidate = (confidence: number): Candidate => ({
  plan: null,
  sql: 'SELECT 1',
  confidence,
  mappings: [],
  reading: '',
});
const answerOf = (planner: 'builtin' | 'llm', confidence: number): PlanResult => ({
  kind: 'answer',
  planner,
  language: 'en',
  candidates: [candidate(confidence)],
});
const clarifyOf = (planner: 'builtin' | 'llm', options: number): PlanResult => ({
  kind: 'clarify',
  planner,
  language: 'en',
  reason: 'which?',
  options: Array.from({ length: options }, (_, i) => ({ label: `${i}`, candidate: candidate(0.4) })),
});
const cannotOf = (planner: 'builtin' | 'llm', suggestions: readonly string[] = []): PlanResult => ({
  kind: 'cannot',
  planner,
  language: 'en',
  reason: `${planner} cannot`,
  suggestions,
});
const request: PlanRequest = {
  question: 'q',
  schema: { dialect: 'sqlite', defaultSchema: null, tables: [], fingerprint: '' },
  today: '2025-01-01',
  previous: [],
  knowledge: { terms: [], examples: [], measures: [], notes: [] },
};
const failure: ModelFailure = {
  code: 'unavailable',
  message: 'down',
  model: 'main',
  status: 500,
  retryAfterMs: null,
  partial: '',
};

function planners(known: PlanResult, model: PlanResult | ModelFailure | EngineError) {
  let asked = 0;
  const builtin: Planner = { name: 'builtin', plan: async () => known };
  const tryPlan: LlmPlanner['tryPlan'] = async () => {
    asked += 1;
    if (model instanceof EngineError) throw model;
    return 'kind' in model ? ok(model) : fail(model);
  };
  const plan = async (): Promise<PlanResult> => {
    const outcome = await tryPlan(request);
    return outcome.ok ? outcome.value : cannotOf('llm');
  };
  const llm: LlmPlanner = { name: 'llm', tryPlan, repair: tryPlan as never, plan };
  return { builtin, llm, asked: () => asked };
}

describe('which planner answers', () => {
  it('a confident builtin answer stands, and no model is asked', async () => {
    const { builtin, llm, asked } = planners(answerOf('builtin', 0.9), answerOf('llm', 0.8));
    const result = await createAutoPlanner({ builtin, llm, mode: 'auto' }).plan(request);
    expect(result).toMatchObject({ kind: 'answer', planner: 'builtin' });
    expect(asked()).toBe(0);
  });

  it.each<[string, PlanResult, PlanResult | ModelFailure | EngineError, Partial<PlanResult>]>([
    [
      'an unsure builtin answer, the model answers',
      answerOf('builtin', 0.5),
      answerOf('llm', 0.8),
      { kind: 'answer', planner: 'llm' },
    ],
    [
      'a builtin question, the model answers',
      clarifyOf('builtin', 2),
      answerOf('llm', 0.8),
      { kind: 'answer', planner: 'llm' },
    ],
    [
      'an unsure builtin answer, the model cannot',
      answerOf('builtin', 0.5),
      cannotOf('llm'),
      { kind: 'answer', planner: 'builtin' },
    ],
    [
      'an unsure builtin answer, the model is down',
      answerOf('builtin', 0.5),
      failure,
      { kind: 'answer', planner: 'builtin' },
    ],
    [
      'a builtin question, the model is down',
      clarifyOf('builtin', 2),
      failure,
      { kind: 'clarify', planner: 'builtin' },
    ],
    [
      'a builtin question, the model asks better',
      clarifyOf('builtin', 2),
      clarifyOf('llm', 2),
      { kind: 'clarify', planner: 'llm' },
    ],
    [
      'a builtin question, the model asks without readings',
      clarifyOf('builtin', 2),
      clarifyOf('llm', 0),
      { kind: 'clarify', planner: 'builtin' },
    ],
    ['neither can', cannotOf('builtin', ['try this']), cannotOf('llm'), { kind: 'cannot', planner: 'llm' }],
    [
      'the budget is used up',
      clarifyOf('builtin', 1),
      new EngineError('budget-exceeded', 'spent'),
      { kind: 'clarify', planner: 'builtin' },
    ],
  ])('%s', async (_, known, model, expected) => {
    const { builtin, llm, asked } = planners(known, model);
    const result = await createAutoPlanner({ builtin, llm, mode: 'auto' }).plan(request);
    expect(result).toMatchObject(expected);
    expect(asked()).toBe(1);
  });

  it('the same plan from both planners is surer than from either', async () => {
    const plan = (alias: string, limit: number): Plan => ({
      kind: 'select',
      distinct: false,
      items: [{ expr: { kind: 'column', source: alias, column: 'a' }, alias: null }],
      sources: [{ kind: 'table', alias, table: { schema: null, name: 't' }, join: null }],
      where: null,
      groupBy: [],
      having: null,
      orderBy: [],
      limit,
      offset: null,
    });
    const sure = async (one: Plan, other: Plan): Promise<number | undefined> => {
      const known: PlanResult = {
        ...answerOf('builtin', 0.5),
        candidates: [{ ...candidate(0.5), plan: one }],
      } as PlanResult;
      const model: PlanResult = {
        ...answerOf('llm', 0.8),
        candidates: [{ ...candidate(0.8), plan: other }],
      } as PlanResult;
      const { builtin, llm } = planners(known, model);
      const result = await createAutoPlanner({ builtin, llm, mode: 'auto' }).plan(request);
      return result.kind === 'answer' ? result.candidates[0]?.confidence : undefined;
    };
    expect(await sure(plan('x', 5), plan('y', 5))).toBe(0.9);
    expect(await sure(plan('x', 5), plan('x', 6))).toBe(0.8);
  });

  it('a refusal keeps the nearest answerable questions of the builtin planner', async () => {
    const { builtin, llm } = planners(cannotOf('builtin', ['try this']), cannotOf('llm'));
    expect(await createAutoPlanner({ builtin, llm, mode: 'auto' }).plan(request)).toMatchObject({
      reason: 'llm cannot',
      suggestions: ['try this'],
    });
  });

  it('without a model, or in builtin mode, the builtin result stands', async () => {
    const { builtin, llm, asked } = planners(cannotOf('builtin'), answerOf('llm', 1));
    expect(await createAutoPlanner({ builtin, llm: null, mode: 'auto' }).plan(request)).toMatchObject({
      kind: 'cannot',
    });
    expect(await createAutoPlanner({ builtin, llm, mode: 'builtin' }).plan(request)).toMatchObject({ kind: 'cannot' });
    expect(asked()).toBe(0);
  });

  it('in model mode the builtin planner is not asked, and a missing model is an error that names the fix', async () => {
    const { builtin, llm } = planners(answerOf('builtin', 1), answerOf('llm', 0.8));
    expect(await createAutoPlanner({ builtin, llm, mode: 'llm' }).plan(request)).toMatchObject({ planner: 'llm' });
    await expect(createAutoPlanner({ builtin, llm: null, mode: 'llm' }).plan(request)).rejects.toThrow(/agent\.models/);
  });

  it.each(['delete all customers', '删除所有订单'])('no model is asked to change data: %s', async (question) => {
    const { builtin, llm, asked } = planners(cannotOf('builtin', ['try this']), answerOf('llm', 0.9));
    for (const mode of ['auto', 'llm'] as const) {
      const result = await createAutoPlanner({ builtin, llm, mode }).plan({ ...request, question });
      expect(result).toMatchObject({ kind: 'cannot', planner: 'builtin', suggestions: ['try this'] });
    }
    expect(asked()).toBe(0);
  });

  it('a cancelled run is not answered by anybody', async () => {
    const { builtin, llm } = planners(clarifyOf('builtin', 1), new EngineError('cancelled', 'stop'));
    await expect(createAutoPlanner({ builtin, llm, mode: 'auto' }).plan(request)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
