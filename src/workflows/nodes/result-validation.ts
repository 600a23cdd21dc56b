import type { RunRows } from '../events.ts';
import { proceed, type WorkflowNode } from '../node.ts';

/** Emptiness, share of NULLs and size of a result; facts for reflection and for the reader. */
export const resultValidationNode: WorkflowNode = {
  type: 'result_validation',
  async run({ nodeId, nodeType, state, emit }) {
    if (!state.result) return proceed;
    const facts = inspectResult(state.result);
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'result_validation',
      status: 'success',
      message:
        state.language === 'zh'
          ? facts.rowCount === 0
            ? '查询成功，但没有匹配的数据'
            : `返回 ${facts.rowCount} 行`
          : facts.rowCount === 0
            ? 'The query ran but matched no rows'
            : `${facts.rowCount} rows`,
      details: { ...facts },
    });
    return proceed;
  },
};

/** Plain facts about a result set. `nullShare` is the share of NULL cells, 0 to 1. */
export function inspectResult(result: RunRows): {
  readonly rowCount: number;
  readonly isEmpty: boolean;
  readonly allNull: boolean;
  readonly nullShare: number;
  readonly truncated: boolean;
} {
  const cells = result.rows.length * result.columns.length;
  const nulls = result.rows.reduce((sum, row) => sum + row.filter((cell) => cell === null).length, 0);
  return {
    rowCount: result.rows.length,
    isEmpty: result.rows.length === 0,
    allNull: cells > 0 && nulls === cells,
    nullShare: cells === 0 ? 0 : nulls / cells,
    truncated: result.truncated,
  };
}
