/** Named workflows as lists of nodes, and the names by which requests may ask for them. */
import { EngineError } from '../kernel/index.ts';
import type { NodeType } from './node.ts';

export interface Workflow {
  readonly name: string;
  readonly nodes: readonly NodeType[];
}

const BUILTIN: Readonly<Record<string, readonly NodeType[]>> = {
  fixed: ['schema_discovery', 'generate_sql', 'execute_sql', 'output'],
  text2sql: [
    'intent_analysis',
    'intent_clarification',
    'schema_discovery',
    'schema_validation',
    'generate_sql',
    'sql_validate',
    'execute_sql',
    'result_validation',
    'reflect',
    'output',
  ],
};

const ALIASES: Readonly<Record<string, string>> = { nl2sql: 'text2sql', text2sql_standard: 'text2sql' };

/**
 * Finds the workflow that a request names.
 *
 * @throws EngineError `not-found` with the contract's text for an unknown plan type
 */
export function findWorkflow(name: string): Workflow {
  const canonical = ALIASES[name] ?? name;
  const nodes = Object.hasOwn(BUILTIN, canonical) ? BUILTIN[canonical] : undefined;
  if (!nodes) {
    const available = [...Object.keys(BUILTIN), ...Object.keys(ALIASES)].sort();
    throw new EngineError(
      'not-found',
      `Invalid plan type '${name}'. Available builtin workflows: [${available.join(', ')}]`,
      {
        data: { workflow: name, available },
      },
    );
  }
  return { name: canonical, nodes };
}
