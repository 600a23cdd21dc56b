import { proceed, type SqlValidation, type WorkflowNode } from '../node.ts';
import { guardStatement } from '../statement.ts';
import { openedSource } from './opened-source.ts';

const SYNTAX_CODES = new Set(['sql-unparsable', 'sql-multiple-statements', 'sql-empty']);

/** Proves the statement: it parses, its names exist, and it only reads. Reflection decides about a failure. */
export const sqlValidateNode: WorkflowNode = {
  type: 'sql_validate',
  async run({ nodeId, nodeType, state, services, emit }) {
    const sql = state.candidate?.sql;
    if (!sql) return proceed;
    const guarded = await guardStatement(sql, openedSource(state), services);
    state.statement = guarded.ok ? guarded.value : null;
    state.problem = guarded.ok ? null : guarded.failure;
    const validation = validationOf(guarded.ok ? null : guarded.failure);
    state.validation = validation;
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'sql_validate',
      status: validation.isValid ? 'success' : 'failed',
      message: validation.errors[0] ?? (state.language === 'zh' ? 'SQL验证通过' : 'The SQL is valid and only reads'),
      details: { ...validation },
    });
    return proceed;
  },
};

/** The four checks of the contract, from the guard's verdict. */
function validationOf(problem: { readonly code: string; readonly message: string } | null): SqlValidation {
  const code = problem?.code ?? '';
  const syntaxValid = !SYNTAX_CODES.has(code);
  const tablesExist = code !== 'unknown-table';
  const columnsExist = code !== 'unknown-column';
  return {
    isValid: problem === null,
    syntaxValid,
    tablesExist,
    columnsExist,
    hasDangerousOps: problem !== null && syntaxValid && tablesExist && columnsExist,
    errors: problem ? [problem.message] : [],
    warnings: [],
  };
}
