/**
 * Named workflows as lists of steps: the builtin ones, those of the configuration (`agent.workflow`), and the names by
 * which requests may ask for them.
 */
import { EngineError, nearestName } from '../kernel/index.ts';
import { NODE_TYPES, type NodeOptions, type NodeType } from './node.ts';

export type Step =
  | { readonly kind: 'node'; readonly type: NodeType; readonly options: NodeOptions }
  /** Alternatives that run side by side on copies of the run's state. */
  | { readonly kind: 'parallel'; readonly branches: readonly StepBranch[] }
  | { readonly kind: 'subworkflow'; readonly workflow: string; readonly options: NodeOptions };

export interface StepBranch {
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Node options of this workflow by node type, and its own limits. */
  readonly config: NodeOptions;
}

export interface WorkflowCatalog {
  /** Every name that a request may use. */
  readonly names: readonly string[];
  /**
   * Finds the workflow that a request names: one of the configuration, a builtin one, an alias.
   *
   * @throws EngineError `not-found` with the contract's text for an unknown plan type
   */
  find(name: string): Workflow;
}

const QUERY: readonly NodeType[] = ['schema_discovery', 'generate_sql', 'execute_sql'];

const BUILTIN: Readonly<Record<string, readonly NodeType[]>> = {
  reflection: [...QUERY, 'reflect', 'output'],
  fixed: [...QUERY, 'output'],
  dynamic: [...QUERY, 'reflect', 'output'],
  empty: [],
  metric_to_sql: ['schema_discovery', 'search_metrics', 'date_parser', 'generate_sql', 'execute_sql', 'output'],
  chat_agentic: ['chat', 'execute_sql', 'output'],
  chat_agentic_plan: ['chat', 'output'],
  gensql_agentic: ['gensql', 'execute_sql', 'output'],
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

const BUILTIN_CONFIG: Readonly<Record<string, NodeOptions>> = { chat_agentic_plan: { chat: { plan: true } } };

const ALIASES: Readonly<Record<string, string>> = { nl2sql: 'text2sql', text2sql_standard: 'text2sql' };

/** Other names of node types that plans may use. */
const NODE_ALIASES: Readonly<Record<string, NodeType>> = {
  reflection: 'reflect',
  execute: 'execute_sql',
  sql_execution: 'execute_sql',
  reason: 'reasoning',
  reason_sql: 'reasoning',
  reasoning_sql: 'reasoning',
  chatbot: 'gensql',
  sql_chatbot: 'gensql',
  sql_generation: 'gensql',
  chat_agentic: 'chat',
  syntax_validation: 'chat',
  execution_preview: 'chat',
};

/** What runs where a workflow has no steps of its own. */
export const SHORTEST_PATH: readonly NodeType[] = ['generate_sql', 'execute_sql', 'output'];

/** The node type of a name in a plan, or null. */
export function nodeTypeOf(name: string): NodeType | null {
  if (Object.hasOwn(NODE_ALIASES, name)) return NODE_ALIASES[name] ?? null;
  return NODE_TYPES.find((type) => type === name) ?? null;
}

export const nodeStep = (type: NodeType, options: NodeOptions = {}): Step => ({ kind: 'node', type, options });

/**
 * Reads `agent.workflow` beside the builtin workflows; `plan` in it is a setting, every other key a workflow.
 *
 * @throws EngineError `config-invalid` naming workflow, step and fix
 */
export function createWorkflowCatalog(
  configured: Readonly<Record<string, unknown>>,
  defaults: { readonly plan?: string | null } = {},
): WorkflowCatalog {
  const raw = Object.entries(configured).filter(([name]) => name !== 'plan');
  const known = new Set([...raw.map(([name]) => name), ...Object.keys(BUILTIN), ...Object.keys(ALIASES)]);
  const custom = new Map(raw.map(([name, value]) => [name, readWorkflow(name, value, known)]));
  rejectCycles(custom);
  rejectQuestionsSideBySide(custom);
  const names = [...Object.keys(BUILTIN), ...Object.keys(ALIASES)].sort();
  const find = (name: string): Workflow => {
    const own = custom.get(name);
    if (own) return own;
    const canonical = Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name;
    const nodes = Object.hasOwn(BUILTIN, canonical) ? BUILTIN[canonical] : undefined;
    if (nodes) {
      return { name: canonical, steps: nodes.map((type) => nodeStep(type)), config: BUILTIN_CONFIG[canonical] ?? {} };
    }
    const plan = defaults.plan ?? configured.plan;
    if (name === 'default' && typeof plan === 'string' && plan !== 'default') return find(plan);
    const available = [...custom.keys(), ...names];
    throw new EngineError(
      'not-found',
      `Invalid plan type '${name}'. Available builtin workflows: [${available.join(', ')}]`,
      { data: { workflow: name, available } },
    );
  };
  return { names: [...custom.keys(), ...names], find };
}

function readWorkflow(name: string, value: unknown, known: ReadonlySet<string>): Workflow {
  const where = `agent.workflow.${name}`;
  if (Array.isArray(value)) return { name, steps: readSteps(value, where, known), config: {} };
  if (isRecord(value) && Array.isArray(value.steps)) {
    const config = value.config ?? {};
    if (!isRecord(config)) throw invalid(`${where}.config`, 'must be a mapping of settings');
    return { name, steps: readSteps(value.steps, `${where}.steps`, known), config };
  }
  throw invalid(where, 'must be a list of steps, or a mapping with `steps` and `config`');
}

const readSteps = (values: readonly unknown[], where: string, known: ReadonlySet<string>): Step[] =>
  values.map((value, index) => readStep(value, `${where}[${index}]`, known));

function readStep(value: unknown, where: string, known: ReadonlySet<string>): Step {
  if (typeof value === 'string') return namedStep(value, {}, where, known);
  if (!isRecord(value)) throw invalid(where, 'must be the name of a node or workflow, or a mapping with one key');
  const [[key, inner] = [], ...more] = Object.entries(value);
  if (key === undefined || more.length > 0) throw invalid(where, 'must have exactly one key: the name of the step');
  if (key === 'parallel') {
    if (!Array.isArray(inner) || inner.length === 0) throw invalid(`${where}.parallel`, 'must be a list of steps');
    return {
      kind: 'parallel',
      branches: inner.map((branch, index) => readBranch(branch, `${where}.parallel[${index}]`, known)),
    };
  }
  if (key === 'subworkflow') {
    const options = isRecord(inner) ? inner : { workflow: inner };
    const workflow = options.workflow ?? options.name;
    if (typeof workflow !== 'string' || !known.has(workflow)) {
      throw invalid(`${where}.subworkflow`, unknownName(String(workflow), [...known]));
    }
    return { kind: 'subworkflow', workflow, options: isRecord(options.config) ? options.config : {} };
  }
  if (inner === null || inner === undefined) return namedStep(key, {}, where, known);
  if (typeof inner === 'string') return namedStep(key, { criteria: inner }, where, known);
  if (!isRecord(inner)) throw invalid(`${where}.${key}`, 'must be a mapping of options');
  return namedStep(key, inner, where, known);
}

function readBranch(value: unknown, where: string, known: ReadonlySet<string>): StepBranch {
  const steps = Array.isArray(value) ? readSteps(value, where, known) : [readStep(value, where, known)];
  const first = steps[0];
  if (!first) throw invalid(where, 'must not be empty');
  return {
    name: first.kind === 'node' ? first.type : first.kind === 'subworkflow' ? first.workflow : 'parallel',
    steps,
  };
}

/** A node, or the name of another workflow. */
function namedStep(name: string, options: NodeOptions, where: string, known: ReadonlySet<string>): Step {
  const type = nodeTypeOf(name);
  if (type === 'parallel') throw invalid(where, '`parallel` needs a list of steps');
  if (type === 'subworkflow') throw invalid(where, '`subworkflow` needs the name of a workflow');
  if (type) return nodeStep(type, options);
  if (known.has(name)) return { kind: 'subworkflow', workflow: name, options };
  throw invalid(where, unknownName(name, [...NODE_TYPES, ...Object.keys(NODE_ALIASES), ...known]));
}

/** Workflows that contain themselves would never end. */
function rejectCycles(custom: ReadonlyMap<string, Workflow>): void {
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      throw invalid(`agent.workflow.${path[0]}`, `the workflow contains itself: ${[...path, name].join(' → ')}`);
    }
    for (const inner of subworkflowsOf(custom.get(name)?.steps ?? [])) visit(inner, [...path, name]);
  };
  for (const name of custom.keys()) visit(name, []);
}

/** A person answers one question at a time. */
function rejectQuestionsSideBySide(custom: ReadonlyMap<string, Workflow>): void {
  const asks = (steps: readonly Step[]): boolean =>
    steps.some((step) => {
      if (step.kind === 'node') return step.type === 'hitl';
      if (step.kind === 'subworkflow') return asks(custom.get(step.workflow)?.steps ?? []);
      return step.branches.some((branch) => asks(branch.steps));
    });
  for (const [name, { steps }] of custom) {
    const sideBySide = steps.filter((step) => step.kind === 'parallel');
    if (asks(sideBySide))
      throw invalid(`agent.workflow.${name}`, '`hitl` cannot be inside of `parallel`; put it before or after');
  }
}

const subworkflowsOf = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) =>
    step.kind === 'subworkflow'
      ? [step.workflow]
      : step.kind === 'parallel'
        ? step.branches.flatMap((branch) => subworkflowsOf(branch.steps))
        : [],
  );

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const invalid = (where: string, message: string): EngineError =>
  new EngineError('config-invalid', `${where}: ${message}`);

function unknownName(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return `there is no node type or workflow \`${name}\`${near ? `; did you mean \`${near}\`?` : `; node types: ${NODE_TYPES.join(', ')}`}`;
}
