import type { DatabaseSchema, Plan } from '../../../sql/index.ts';
import type { Language } from '../../planner.ts';

/** One sentence on how the question was read. */
export function describeReading(plan: Plan, language: Language, _schema: DatabaseSchema): string {
  return plan.kind === 'set'
    ? language === 'zh'
      ? '集合运算'
      : 'A set operation'
    : language === 'zh'
      ? '查询'
      : 'A query';
}
