/** Repairing a statement: names that do not exist become the nearest that do, a model corrects the rest. */
import { EngineError } from '../../kernel/index.ts';
import type { Candidate } from '../../planning/index.ts';
import { guardReadOnly } from '../../sql/index.ts';
import { type NodeContext, type NodeOutcome, proceed, type WorkflowNode } from '../node.ts';
import { guardStatement } from '../statement.ts';
import { planRequest, useCandidate } from './generate-sql.ts';
import { openedSource } from './opened-source.ts';
import { useNextCandidate } from './reflect.ts';

/** Names that one repair replaces at most. */
const MAX_REPLACEMENTS = 8;

/**
 * Repairs the candidate when it cannot run, or does not read the table named by the option `expected_table`. A healthy
 * statement is left alone.
 */
export const fixNode: WorkflowNode = {
  type: 'fix',
  async run(context): Promise<NodeOutcome> {
    const { nodeId, nodeType, state, services, emit, options } = context;
    const broken = state.candidate;
    if (!broken) return proceed;
    const source = openedSource(state);
    const guarded = await guardStatement(broken.sql, source, services);
    const expected = typeof options.expected_table === 'string' ? options.expected_table : null;
    const misses = expected !== null && !readsTable(broken.sql, expected);
    const problem = guarded.ok ? state.problem : guarded.failure;
    if (!problem && !misses) {
      await report('success', state.language === 'zh' ? 'SQL无需修复' : 'The SQL needs no repair', null);
      return proceed;
    }
    const repaired =
      (await repairNames(broken, context)) ??
      (await repairByModel(
        broken,
        problem?.code ?? 'unexpected-table',
        problem?.message ?? `the query must read the table ${expected}`,
        context,
      ));
    if (repaired) {
      await report('success', repaired.reading, repaired.sql);
      await useCandidate(repaired, context);
    } else if (!(await useNextCandidate(context))) {
      await report('failed', problem?.message ?? `the query does not read ${expected}`, null);
    }
    return proceed;

    function report(status: 'success' | 'failed', message: string, sql: string | null): Promise<void> {
      return emit({ type: 'node-detail', nodeId, nodeType, action: 'fix', status, message, details: { sql } });
    }
  },
};

const readsTable = (sql: string, table: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}_])${table.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'iu').test(sql);

/** Puts the nearest existing name in the place of each that does not exist; null when that makes no statement that runs. */
async function repairNames(broken: Candidate, { state }: NodeContext): Promise<Candidate | null> {
  const source = openedSource(state);
  const changes: string[] = [];
  let sql = broken.sql;
  for (let n = 0; n <= MAX_REPLACEMENTS; n += 1) {
    const guarded = await guardReadOnly(sql, { schema: source.schema, maxRows: 1 });
    if (guarded.ok) {
      if (changes.length === 0) return null;
      const reading = `${broken.reading} (${changes.join(', ')})`;
      return { plan: null, sql, confidence: broken.confidence * 0.8, mappings: broken.mappings, reading };
    }
    const { name, nearest, position } = guarded.failure;
    const [best] = nearest;
    const bare = name?.split('.').at(-1);
    if (!bare || !best) return null;
    const at = sql.indexOf(bare, position ?? 0);
    if (at < 0) return null;
    sql = sql.slice(0, at) + best + sql.slice(at + bare.length);
    changes.push(`${bare} → ${best}`);
  }
  return null;
}

async function repairByModel(
  broken: Candidate,
  code: string,
  message: string,
  context: NodeContext,
): Promise<Candidate | null> {
  const { services, state, signal, budget } = context;
  if (!services.llmPlanner) return null;
  try {
    const outcome = await services.llmPlanner.repair(
      planRequest(context),
      { sql: broken.sql, code, message },
      { signal, modelBudget: budget },
    );
    if (!outcome.ok || outcome.value.kind !== 'answer') return null;
    state.planner = 'llm';
    return outcome.value.candidates[0] ?? null;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'budget-exceeded') return null;
    throw error;
  }
}
