/** The strategies of reflection, which nodes each of them runs, and how often each may be chosen. */
import { EngineError } from '../../kernel/index.ts';
import { REFLECTIONS, type ReflectionClass } from '../../planning/index.ts';
import type { NodeType } from '../node.ts';
import { nodeStep, nodeTypeOf, type Step } from '../workflow.ts';

/** What a reflection decided, and why. */
export interface Verdict {
  readonly strategy: ReflectionClass;
  readonly explanation: string;
  /** What to look up (`DOC_SEARCH`). */
  readonly keywords: readonly string[];
  /** A corrected statement (`SIMPLE_REGENERATE`); null takes the next candidate. */
  readonly sql: string | null;
}

/** How often one run may choose each strategy. */
export const STRATEGY_CAPS: Readonly<Record<Exclude<ReflectionClass, 'SUCCESS'>, number>> = {
  SCHEMA_LINKING: 2,
  SIMPLE_REGENERATE: 3,
  REASONING: 3,
  DOC_SEARCH: 1,
};

const DEFAULT_NODES: Readonly<Record<ReflectionClass, readonly NodeType[]>> = {
  SUCCESS: [],
  SCHEMA_LINKING: ['schema_discovery', 'schema_validation', 'generate_sql', 'execute_sql', 'reflect'],
  DOC_SEARCH: ['doc_search', 'generate_sql', 'execute_sql', 'reflect'],
  SIMPLE_REGENERATE: ['execute_sql', 'reflect'],
  REASONING: ['reasoning', 'execute_sql', 'reflect'],
};

export type ReflectionNodes = Readonly<Record<ReflectionClass, readonly Step[]>>;

/**
 * The nodes of each strategy: `reflection_nodes` of the configuration replaces the defaults, strategy by strategy.
 *
 * @throws EngineError `config-invalid`
 */
export function readReflectionNodes(configured: Readonly<Record<string, readonly string[]>>): ReflectionNodes {
  const nodes: Record<ReflectionClass, readonly Step[]> = {
    SUCCESS: [],
    SCHEMA_LINKING: stepsOf(DEFAULT_NODES.SCHEMA_LINKING),
    DOC_SEARCH: stepsOf(DEFAULT_NODES.DOC_SEARCH),
    SIMPLE_REGENERATE: stepsOf(DEFAULT_NODES.SIMPLE_REGENERATE),
    REASONING: stepsOf(DEFAULT_NODES.REASONING),
  };
  for (const [key, names] of Object.entries(configured)) {
    const strategy = REFLECTIONS.find((known) => known === key.toUpperCase());
    if (!strategy) {
      throw new EngineError(
        'config-invalid',
        `agent.reflection_nodes.${key}: there is no such strategy; known: ${REFLECTIONS.join(', ').toLowerCase()}`,
      );
    }
    nodes[strategy] = names.map((name, index) => {
      const type = nodeTypeOf(name);
      if (type === null || type === 'parallel' || type === 'subworkflow') {
        throw new EngineError(
          'config-invalid',
          `agent.reflection_nodes.${key}[${index}]: \`${name}\` is no node that reflection can insert`,
        );
      }
      return nodeStep(type);
    });
  }
  return nodes;
}

const stepsOf = (types: readonly NodeType[]): Step[] => types.map((type) => nodeStep(type));
