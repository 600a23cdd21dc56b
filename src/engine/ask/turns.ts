/** What a chat remembers: the last rounds as a planner wants them. */
import type { ChatRecord } from '../../chats/index.ts';
import type { Turn } from '../../planning/index.ts';
import { loadParser, type Plan, planFromSql } from '../../sql/index.ts';
import type { OpenedDatasource } from '../../workflows/index.ts';

/** Rounds that a follow-up may refer to. */
const ROUNDS = 3;

export interface TurnContext {
  /** Null: from the newest record on. */
  readonly before: number | null;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Those that must not be seen any more are forgotten. */
  mayBeSeen(record: ChatRecord): Promise<boolean>;
  /** The datasource as the user sees it; null when it cannot be opened. */
  open(): Promise<OpenedDatasource | null>;
}

/** The answered rounds before a record, oldest first. */
export async function turnsBefore(records: readonly ChatRecord[], context: TurnContext): Promise<Turn[]> {
  const { before } = context;
  const last = records
    .filter((record) => record.kind === 'ask' && record.sql !== null && record.error === null)
    .filter((record) => before === null || record.id < before)
    .sort((a, b) => b.id - a.id)
    .slice(0, ROUNDS)
    .reverse();
  const seen = await Promise.all(last.map(context.mayBeSeen));
  const turns: Turn[] = [];
  for (const record of last.filter((_, index) => seen[index])) {
    turns.push({ question: record.question, plan: await planOf(record, context), sql: record.sql ?? '' });
  }
  return turns;
}

/** Of an answer that came as SQL, the plan is read off it, so that it can be edited like any other. */
async function planOf({ plan, sql }: ChatRecord, { open, today }: TurnContext): Promise<Plan | null> {
  if (plan !== null || sql === null) return plan as Plan | null;
  const source = await open();
  if (source === null) return null;
  const { schema } = source;
  await loadParser(schema.dialect);
  const read = planFromSql(sql, schema.dialect, schema, { today });
  return read.ok ? read.value : null;
}
