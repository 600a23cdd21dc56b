/** Holds a conversation with the builtin planner and judges each answer by its rows. */
import type { Turn } from '../../../src/planning/index.ts';
import { planFromSql } from '../../../src/sql/index.ts';
import { askAfter, type Background, expectedRows, type Judgement, judge } from '../business/ask-questions.ts';
import type { PlainRow, QueryRunner } from '../business/query-runner.ts';
import type { Conversation } from './conversation.ts';

export interface JudgedTurn extends Judgement {
  readonly expected: readonly (readonly PlainRow[])[];
}

/** A turn that is not answered rightly goes on as the hand-written SQL would have it. */
export async function talk(
  conversation: Conversation,
  background: Background,
  runner: QueryRunner,
): Promise<JudgedTurn[]> {
  const previous: Turn[] = [];
  const judged: JudgedTurn[] = [];
  for (const turn of conversation.turns) {
    const { question, sql } = turn;
    const result = await askAfter(previous, { question, db: conversation.db }, background);
    const expected = await expectedRows(turn, runner);
    const judgement = await judge(turn, result, runner, background.schema, expected);
    judged.push({ ...judgement, expected });
    if (judgement.verdict === 'right' && result.kind === 'answer') {
      const best = result.candidates[0]!;
      previous.push({ question, plan: best.plan, sql: best.sql });
    } else {
      const read = planFromSql(sql, background.schema.dialect, background.schema);
      previous.push({ question, plan: read.ok ? read.value : null, sql });
    }
  }
  return judged;
}
