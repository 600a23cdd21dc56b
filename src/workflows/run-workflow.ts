/**
 * Runs one workflow for one question: nodes in order, inserted nodes first, and one `run-end` to close with, whatever
 * happens in between.
 */
import { EngineError, type Logger } from '../kernel/index.ts';
import { detectLanguage } from '../planning/index.ts';
import type { RunEvent, RunProblem } from './events.ts';
import type { NodeType, RunRequest, RunServices, RunState } from './node.ts';
import { describeNode } from './node-descriptions.ts';
import { nodeRegistry } from './nodes/index.ts';
import { findWorkflow } from './workflow.ts';

/** Nodes that one run may execute at most, inserted ones included. */
const MAX_NODES = 60;

export interface RunHost {
  readonly owner: string;
  readonly signal: AbortSignal;
  emit(event: RunEvent): Promise<void>;
}

/** Executes a run to its end. The returned event is the terminal one; the host stores it together with the run's end. */
export async function runWorkflow(
  request: RunRequest,
  services: RunServices,
  host: RunHost,
): Promise<Extract<RunEvent, { type: 'run-end' }>> {
  const started = services.now();
  const state = initialState(request);
  let nodesExecuted = 0;
  let problem: RunProblem | null = null;
  await host.emit({ type: 'run-start', workflow: request.workflow, owner: host.owner, question: request.question });
  try {
    const pending: NodeType[] = ['start', ...findWorkflow(request.workflow).nodes];
    for (let type = pending.shift(); type !== undefined && problem === null; type = pending.shift()) {
      host.signal.throwIfAborted();
      if (nodesExecuted >= MAX_NODES)
        throw new EngineError('budget-exceeded', `the workflow ran more than ${MAX_NODES} nodes`);
      const outcome = await runNode(type, nodesExecuted, state, services, host);
      nodesExecuted += 1;
      if (outcome.kind === 'insert') pending.unshift(...outcome.nodes);
      if (outcome.kind === 'stop') problem = outcome.problem;
    }
  } catch (error) {
    problem = problemOf(error, host.signal, services.logger);
  }
  if (host.signal.aborted && problem?.kind !== 'cancelled' && problem !== null) problem = cancelled;
  return {
    type: 'run-end',
    status: problem === null ? 'completed' : problem.kind === 'cancelled' ? 'cancelled' : 'failed',
    problem,
    elapsedMs: services.now() - started,
    nodesExecuted,
    reflectionRounds: state.reflectionRounds,
  };
}

async function runNode(type: NodeType, index: number, state: RunState, services: RunServices, host: RunHost) {
  const node = nodeRegistry.get(type);
  if (!node) throw new Error(`no implementation of node type ${type}`);
  const nodeId = `node_${index}`;
  if (type !== 'start') {
    await host.emit({ type: 'node-start', nodeId, nodeType: type, description: describeNode(type, state.language) });
  }
  const outcome = await node.run({ nodeId, nodeType: type, state, services, signal: host.signal, emit: host.emit });
  if (type !== 'start') {
    await host.emit({
      type: 'node-end',
      nodeId,
      nodeType: type,
      status: outcome.kind === 'stop' ? 'failed' : 'success',
      message: outcome.kind === 'stop' ? outcome.problem.message : '',
    });
  }
  return outcome;
}

const cancelled: RunProblem = { kind: 'cancelled', code: 'cancelled', message: 'Task was cancelled', suggestions: [] };

function problemOf(error: unknown, signal: AbortSignal, logger: Logger): RunProblem {
  if (signal.aborted) return cancelled;
  if (error instanceof EngineError) {
    return { kind: 'failure', code: error.code, message: error.message, suggestions: [] };
  }
  logger.error({ err: error }, 'a run failed on a bug of ours');
  return { kind: 'failure', code: 'internal', message: 'Workflow execution failed', suggestions: [] };
}

function initialState(request: RunRequest): RunState {
  return {
    request,
    language: detectLanguage(request.question),
    source: null,
    knowledge: { terms: [], examples: [], measures: [], notes: [] },
    planned: null,
    alternatives: [],
    candidate: null,
    planner: 'builtin',
    statement: null,
    result: null,
    resultMs: 0,
    problem: null,
    validation: null,
    linkedTables: [],
    reflectionRounds: 0,
  };
}
