/**
 * Runs one workflow for one question: steps in order, inserted steps first, and one `run-end` to close with, whatever
 * happens in between.
 */
import { EngineError, type Logger } from '../kernel/index.ts';
import type { ModelBudget } from '../llm/index.ts';
import { detectLanguage } from '../planning/index.ts';
import type { RunEvent, RunProblem } from './events.ts';
import type { NodeOptions, NodeType, RunRequest, RunServices, RunState } from './node.ts';
import { describeNode } from './node-descriptions.ts';
import { nodeRegistry } from './nodes/index.ts';
import { adoptBestBranch } from './nodes/selection.ts';
import { askPersonOf, budgetOf, type RunHost } from './run-host.ts';
import { forkState, initialState } from './run-state.ts';
import { nodeStep, SHORTEST_PATH, type Step, type StepBranch, type Workflow } from './workflow.ts';

/** One run in flight: what all its branches share. */
interface Session {
  readonly services: RunServices;
  readonly host: RunHost;
  readonly budget: ModelBudget;
  readonly config: NodeOptions;
  readonly maxNodes: number;
  nodesExecuted: number;
}

/** Steps with the ids that their nodes get; null numbers them in the order of execution. */
interface Pending {
  readonly step: Step;
  readonly id: string | null;
}

/** Executes a run to its end. The returned event is the terminal one; the host stores it together with the run's end. */
export async function runWorkflow(
  request: RunRequest,
  services: RunServices,
  host: RunHost,
): Promise<Extract<RunEvent, { type: 'run-end' }>> {
  const started = services.now();
  const state = initialState(request, detectLanguage(request.question));
  let session: Session | null = null;
  let problem: RunProblem | null = null;
  await host.emit({ type: 'run-start', workflow: request.workflow, owner: host.owner, question: request.question });
  try {
    const workflow = workflowOf(request, services);
    session = {
      services,
      host,
      budget: budgetOf(host, services),
      config: workflow.config,
      maxNodes: positive(workflow.config.max_steps) ?? services.limits.nodes,
      nodesExecuted: 0,
    };
    const steps = workflow.steps.length > 0 ? workflow.steps : SHORTEST_PATH.map((type) => nodeStep(type));
    problem = await runSteps([nodeStep('start'), ...steps], state, session, '');
  } catch (error) {
    problem = problemOf(error, host.signal, services);
  }
  if (host.signal.aborted && problem !== null) problem = cancelled;
  return {
    type: 'run-end',
    status: problem === null ? 'completed' : problem.kind === 'cancelled' ? 'cancelled' : 'failed',
    problem,
    elapsedMs: services.now() - started,
    nodesExecuted: session?.nodesExecuted ?? 0,
    reflectionRounds: state.reflectionRounds,
  };
}

/** With plan mode on, the conversation makes a plan first. */
function workflowOf(request: RunRequest, services: RunServices): Workflow {
  const name = request.planMode && request.workflow === 'chat_agentic' ? 'chat_agentic_plan' : request.workflow;
  return services.workflows.find(name);
}

/** Runs steps on a state until they are done or one of them stops the run; the reason, or null. */
async function runSteps(
  steps: readonly Step[],
  state: RunState,
  session: Session,
  idPrefix: string,
): Promise<RunProblem | null> {
  const pending: Pending[] = steps.map((step) => ({ step, id: null }));
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { step, id } = next;
    switch (step.kind) {
      case 'parallel':
        await runBranches(step.branches, state, session, idPrefix);
        if (!isSelection(pending[0])) {
          const problem = await adoptBestBranch(state, session.services, session.host.signal);
          if (problem) return problem;
        }
        break;
      case 'subworkflow': {
        const inner = session.services.workflows.find(step.workflow);
        const config = { ...session.config, ...inner.config, ...step.options };
        const own: Session = { ...session, config };
        const problem = await runSteps(withoutOutput(inner.steps), state, sharing(own, session), idPrefix);
        if (problem) return problem;
        break;
      }
      case 'node': {
        const nodeId = id ?? `${idPrefix}node_${session.nodesExecuted}`;
        const outcome = await runNode(step.type, nodeId, step.options, state, session);
        if (outcome.kind === 'stop') return outcome.problem;
        if (outcome.kind === 'insert') {
          const prefix = outcome.idPrefix;
          pending.unshift(
            ...outcome.steps.map((inserted) => ({
              step: inserted,
              id: prefix !== null && inserted.kind === 'node' ? `${idPrefix}${prefix}${inserted.type}` : null,
            })),
          );
        }
      }
    }
  }
  return null;
}

const isSelection = (next: Pending | undefined): boolean =>
  next?.step.kind === 'node' && next.step.type === 'selection';

/** The outer workflow shows the result, once. */
const withoutOutput = (steps: readonly Step[]): readonly Step[] =>
  steps.filter((step) => step.kind !== 'node' || step.type !== 'output');

/** A session with other settings that counts its nodes on the outer one. */
function sharing(own: Session, outer: Session): Session {
  return Object.defineProperty({ ...own }, 'nodesExecuted', {
    get: () => outer.nodesExecuted,
    set: (value: number) => {
      outer.nodesExecuted = value;
    },
  });
}

/** Runs alternatives side by side on copies of the state. One that fails is out of the race, nothing more. */
async function runBranches(
  branches: readonly StepBranch[],
  state: RunState,
  session: Session,
  idPrefix: string,
): Promise<void> {
  const first = session.nodesExecuted;
  state.branches = await Promise.all(
    branches.map(async ({ name, steps }, index) => {
      const own = forkState(state);
      try {
        const problem = await runSteps(steps, own, session, `${idPrefix}node_${first}_${index}_`);
        return { name, state: own, problem: problem ?? own.problem };
      } catch (error) {
        if (session.host.signal.aborted) throw error;
        return { name, state: own, problem: problemOf(error, session.host.signal, session.services) };
      }
    }),
  );
}

async function runNode(type: NodeType, nodeId: string, stepOptions: NodeOptions, state: RunState, session: Session) {
  const { services, host } = session;
  host.signal.throwIfAborted();
  if (session.nodesExecuted >= session.maxNodes) {
    throw new EngineError('budget-exceeded', `the workflow ran more than ${session.maxNodes} nodes`);
  }
  session.nodesExecuted += 1;
  const node = nodeRegistry.get(type);
  if (!node) throw new Error(`no implementation of node type ${type}`);
  const configured = session.config[type];
  const options = { ...services.nodeOptions[type], ...(isRecord(configured) ? configured : {}), ...stepOptions };
  if (type !== 'start') {
    await host.emit({ type: 'node-start', nodeId, nodeType: type, description: describeNode(type, state.language) });
  }
  const outcome = await node.run({
    nodeId,
    nodeType: type,
    state,
    services: limited(services, session.config),
    options,
    budget: session.budget,
    signal: host.signal,
    emit: (event) => host.emit(event),
    askPerson: askPersonOf(host, nodeId),
  });
  if (type !== 'start') {
    const problem = outcome.kind === 'stop' ? outcome.problem : null;
    await host.emit({
      type: 'node-end',
      nodeId,
      nodeType: type,
      status: problem ? 'failed' : 'success',
      message: problem?.message ?? '',
    });
  }
  return outcome;
}

/** A workflow may set its own number of reflection rounds. */
function limited(services: RunServices, config: NodeOptions): RunServices {
  const rounds = config.max_reflection_rounds ?? config.reflection_rounds;
  if (typeof rounds !== 'number' || !Number.isInteger(rounds) || rounds < 0) return services;
  return { ...services, limits: { ...services.limits, reflectionRounds: Math.min(rounds, 20) } };
}

const cancelled: RunProblem = { kind: 'cancelled', code: 'cancelled', message: 'Task was cancelled', suggestions: [] };

/** Why a run ended without its own word about it. Messages never quote a provider's secrets. */
export function problemOf(
  error: unknown,
  signal: AbortSignal,
  { logger, models }: { readonly logger: Logger; readonly models: RunServices['models'] },
): RunProblem {
  if (signal.aborted) return cancelled;
  if (error instanceof EngineError) {
    return { kind: 'failure', code: error.code, message: models.scrub(error.message), suggestions: [] };
  }
  logger.error({ err: error }, 'a run failed on a bug of ours');
  return { kind: 'failure', code: 'internal', message: 'Workflow execution failed', suggestions: [] };
}

const positive = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
