/** What a chat remembers: the last rounds as a planner wants them. */
import type { ChatRecord } from '../../chats/index.ts';
import type { Turn } from '../../planning/index.ts';
import type { Plan } from '../../sql/index.ts';

/** Rounds that a follow-up may refer to. */
const ROUNDS = 3;

/** The answered rounds before a record, oldest first; those that must not be seen any more are forgotten. */
export async function turnsBefore(
  records: readonly ChatRecord[],
  before: number | null,
  mayBeSeen: (record: ChatRecord) => Promise<boolean>,
): Promise<Turn[]> {
  const last = records
    .filter((record) => record.kind === 'ask' && record.sql !== null && record.error === null)
    .filter((record) => before === null || record.id < before)
    .sort((a, b) => b.id - a.id)
    .slice(0, ROUNDS)
    .reverse();
  const seen = await Promise.all(last.map(mayBeSeen));
  return last
    .filter((_, index) => seen[index])
    .map((record) => ({
      question: record.question,
      plan: (record.plan ?? null) as Plan | null,
      sql: record.sql ?? '',
    }));
}
