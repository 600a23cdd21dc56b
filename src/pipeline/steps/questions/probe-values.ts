/** The few facts of the data that questions need: which period it covers, and where a threshold divides groups. */
import type { Cell } from '../../../execution/index.ts';
import { EMPTY_SELECT, guardReadOnly, type Plan, type SelectPlan, safeRenderPlan } from '../../../sql/index.ts';
import type { ProofContext } from '../prove/prove-sql.ts';
import { aggregate } from './plan-parts.ts';
import type { TableFacts } from './table-facts.ts';

const TIMEOUT_MS = 10_000;
const MAX_ROWS = 500;

/** The rows of a plan; null when the database does not answer in time or at all. */
export async function rowsOf(plan: Plan, context: ProofContext): Promise<readonly (readonly Cell[])[] | null> {
  const { schema, datasource, signal } = context;
  const rendered = safeRenderPlan(plan, schema.dialect, { schema, pretty: false });
  if (!rendered.ok) return null;
  const guarded = await guardReadOnly(rendered.value, { schema, maxRows: MAX_ROWS });
  if (!guarded.ok) return null;
  const outcome = await datasource.run(guarded.value.sql, { signal, timeoutMs: TIMEOUT_MS, maxRows: MAX_ROWS });
  return outcome.ok ? outcome.value.rows : null;
}

export interface Month {
  readonly year: number;
  readonly month: number;
}

export interface Coverage {
  /** The last whole month of the data, and the one before; null where the data does not reach so far. */
  readonly month: Month | null;
  readonly monthBefore: Month | null;
  readonly year: number | null;
}

const NOTHING: Coverage = { month: null, monthBefore: null, year: null };

export const previousMonth = ({ year, month }: Month): Month =>
  month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 };

const firstDay = ({ year, month }: Month): string => `${year}-${String(month).padStart(2, '0')}-01`;

/** The first days of a month and of the one after. */
export function monthRange(month: Month): { from: string; to: string } {
  const next = month.month === 12 ? { year: month.year + 1, month: 1 } : { year: month.year, month: month.month + 1 };
  return { from: firstDay(month), to: firstDay(next) };
}

/** Which months a table's date covers. */
export async function coverageOf(facts: TableFacts, context: ProofContext): Promise<Coverage> {
  if (facts.date === null) return NOTHING;
  const plan: SelectPlan = {
    ...EMPTY_SELECT,
    items: [
      { expr: aggregate('min', facts.date), alias: 'first' },
      { expr: aggregate('max', facts.date), alias: 'last' },
    ],
    sources: [facts.source],
  };
  const [row] = (await rowsOf(plan, context)) ?? [];
  const first = /^(\d{4})-(\d\d)/.exec(String(row?.[0] ?? ''));
  const last = /^(\d{4})-(\d\d)/.exec(String(row?.[1] ?? ''));
  if (!first || !last) return NOTHING;
  const start = firstDay({ year: Number(first[1]), month: Number(first[2]) });
  const reaches = (month: Month): Month | null => (firstDay(month) >= start ? month : null);
  const month = previousMonth({ year: Number(last[1]), month: Number(last[2]) });
  return { month: reaches(month), monthBefore: reaches(previousMonth(month)), year: Number(last[1]) };
}

/** A round number with groups above and below it; null when the groups do not differ. */
export function dividingValue(values: readonly Cell[]): number | null {
  const numbers = values
    .filter((value) => value !== null && value !== '')
    .map(Number)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const low = numbers[0];
  const high = numbers.at(-1);
  const middle = numbers[Math.floor(numbers.length / 2)];
  if (low === undefined || high === undefined || middle === undefined || low === high) return null;
  for (const digits of [1, 2, 3, 4]) {
    const rounded = Number(middle.toPrecision(digits));
    if (rounded >= low && rounded < high) return rounded;
  }
  return null;
}
