/** Comparing the generated statement with an expected one: by what they read, and by the rows they give. */
import { analyseSql, parseSql, type SqlAnalysis } from '../../sql/index.ts';
import type { RunRows } from '../events.ts';
import { type NodeContext, proceed, type WorkflowNode } from '../node.ts';
import { guardStatement, runStatement } from '../statement.ts';
import { openedSource } from './opened-source.ts';

/**
 * The expectation is the option `sql`, else the first SQL statement among the request's notes. Without one there is
 * nothing to compare with, and the node says so.
 */
export const compareNode: WorkflowNode = {
  type: 'compare',
  async run(context) {
    const { nodeId, nodeType, state, emit } = context;
    const expected = expectation(context);
    const zh = state.language === 'zh';
    const report = (
      status: 'success' | 'failed',
      message: string,
      details: Readonly<Record<string, unknown>>,
    ): Promise<void> => emit({ type: 'node-detail', nodeId, nodeType, action: 'compare', status, message, details });
    const actual = state.candidate?.sql;
    if (!expected || !actual) {
      await report('success', zh ? '没有可对比的预期' : 'There is no expectation to compare with', { expected: null });
      return proceed;
    }
    const differences = await structuralDifferences(actual, expected, context);
    const rows = await compareRows(expected, context);
    await report(rows.same === true ? 'success' : 'failed', rows.explanation, {
      expected,
      actual,
      same_result: rows.same,
      differences,
    });
    return proceed;
  },
};

function expectation({ options, state }: NodeContext): string | null {
  if (typeof options.sql === 'string' && options.sql.trim() !== '') return options.sql;
  const note = state.request.notes.find((text) => /^\s*(?:expected\s*:\s*)?(?:select|with)\b/i.test(text));
  return note?.replace(/^\s*expected\s*:\s*/i, '') ?? null;
}

async function compareRows(
  expected: string,
  { state, services, signal }: NodeContext,
): Promise<{ readonly same: boolean | null; readonly explanation: string }> {
  const source = openedSource(state);
  const zh = state.language === 'zh';
  const own = state.result ? { ok: true as const, value: state.result } : await rowsOf(state.candidate?.sql ?? '');
  const other = await rowsOf(expected);
  if (!other.ok)
    return {
      same: null,
      explanation: zh ? `预期SQL无法执行：${other.failure}` : `The expected SQL cannot be run: ${other.failure}`,
    };
  if (!own.ok)
    return {
      same: false,
      explanation: zh ? `生成的SQL无法执行：${own.failure}` : `The generated SQL cannot be run: ${own.failure}`,
    };
  const same = rowsKey(own.value) === rowsKey(other.value);
  if (same) return { same, explanation: zh ? '结果与预期一致' : 'The result equals the expected one' };
  const counts = [own.value.rows.length, other.value.rows.length] as const;
  return {
    same,
    explanation: zh
      ? `结果与预期不同：${counts[0]} 行，预期 ${counts[1]} 行`
      : `The result differs from the expected one: ${counts[0]} rows, expected ${counts[1]}`,
  };

  async function rowsOf(sql: string) {
    const guarded = await guardStatement(sql, source, services);
    if (!guarded.ok) return { ok: false as const, failure: guarded.failure.message };
    const run = await runStatement(guarded.value, source, services, signal);
    return run.ok ? { ok: true as const, value: run.value.rows } : { ok: false as const, failure: run.failure.message };
  }
}

/** Rows without regard to their order or the names of columns. */
const rowsKey = (result: RunRows): string => JSON.stringify(result.rows.map((row) => JSON.stringify(row)).sort());

interface Difference {
  readonly part: 'tables' | 'columns' | 'aggregates' | 'limit';
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

async function structuralDifferences(
  actual: string,
  expected: string,
  { state }: NodeContext,
): Promise<readonly Difference[]> {
  const { schema } = openedSource(state);
  const [a, b] = await Promise.all([parseSql(actual, schema.dialect), parseSql(expected, schema.dialect)]);
  if (!a.ok || !b.ok) return [];
  const mine = partsOf(analyseSql(a.value, schema));
  const theirs = partsOf(analyseSql(b.value, schema));
  return (['tables', 'columns', 'aggregates', 'limit'] as const)
    .map((part) => ({
      part,
      missing: theirs[part].filter((name) => !mine[part].includes(name)),
      extra: mine[part].filter((name) => !theirs[part].includes(name)),
    }))
    .filter(({ missing, extra }) => missing.length + extra.length > 0);
}

const partsOf = (analysis: SqlAnalysis): Record<Difference['part'], string[]> => ({
  tables: analysis.tables.map((table) => table.name),
  columns: [...new Set(analysis.columns.map((usage) => `${usage.table.name}.${usage.column}`))],
  aggregates: [...analysis.aggregates],
  limit: analysis.limit === null ? [] : [String(analysis.limit)],
});
