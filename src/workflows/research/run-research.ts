/** Runs one deep-research request: its mode decides what happens; the stream tells it, and ends with one `run-end`. */
import { detectLanguage } from '../../planning/index.ts';
import type { RunEvent, RunProblem } from '../events.ts';
import type { OpenedDatasource, RunRequest, RunServices } from '../node.ts';
import type { RunHost } from '../run-host.ts';
import { problemOf, runWorkflow } from '../run-workflow.ts';
import { runAnalysis } from './analysis/run-analysis.ts';
import { withGlossary } from './glossary.ts';
import { createNarrator, initialNote } from './narrator.ts';
import type { ResearchRun } from './research-run.ts';
import { runReview } from './review/run-review.ts';

type RunEnd = Extract<RunEvent, { type: 'run-end' }>;

/** Workflows whose model makes its own plan. */
const AGENTIC = new Set(['chat_agentic', 'chat_agentic_plan', 'gensql_agentic']);

/** Executes a research run to its end. The returned event is the terminal one. */
export async function runResearch(request: RunRequest, given: RunServices, host: RunHost): Promise<RunEnd> {
  const options = request.research;
  if (!options) return runWorkflow(request, given, host);
  const services = withGlossary(request, given);
  switch (options.mode) {
    case 'text2sql':
    case 'workflow':
      return options.planMode && options.mode === 'text2sql'
        ? told(request, services, host, runAnalysis)
        : runNarrated(request, services, host);
    case 'sql_review':
      return told(request, services, host, runReview);
    case 'data_analysis':
    case 'deep_analysis':
      return options.planMode
        ? told(request, services, host, runAnalysis)
        : runNarrated({ ...request, workflow: 'text2sql' }, services, host);
  }
}

/** A workflow with its notes, tools and plan around it. */
async function runNarrated(request: RunRequest, services: RunServices, host: RunHost): Promise<RunEnd> {
  let source: OpenedDatasource | null = null;
  const narrator = createNarrator({
    request,
    services,
    language: detectLanguage(request.question),
    signal: host.signal,
    source: () => source,
    emit: (event) => host.emit(event),
    virtualPlan: !AGENTIC.has(request.workflow),
  });
  const watched: RunServices = {
    ...services,
    async openDatasource(...given) {
      source = await services.openDatasource(...given);
      return source;
    },
  };
  const end = await runWorkflow(withPrompt(request), watched, { ...host, emit: narrator.emit });
  await narrator.finish(end.problem);
  return end;
}

/** The role or task text of the request, as a note that planners and models read beside the question. */
function withPrompt(request: RunRequest): RunRequest {
  const prompt = request.research?.prompt;
  return prompt ? { ...request, notes: [...request.notes, prompt.text] } : request;
}

/** A mode with steps of its own: opened datasource in, problem or nothing out. */
async function told(
  given: RunRequest,
  services: RunServices,
  host: RunHost,
  work: (run: ResearchRun) => Promise<RunProblem | null>,
): Promise<RunEnd> {
  const started = services.now();
  const request = withPrompt(given);
  let steps = 0;
  const emit = (event: RunEvent): Promise<void> => {
    if (event.type === 'sql-start') steps += 1;
    return host.emit(event);
  };
  let problem: RunProblem | null = null;
  await emit({ type: 'run-start', workflow: request.workflow, owner: host.owner, question: request.question });
  try {
    await emit({ type: 'message', nodeId: null, todoId: null, role: 'note', markdown: initialNote(request) });
    const source = await services.openDatasource(request, host.signal);
    problem = await work({ request, services, host, source, language: detectLanguage(request.question), emit });
  } catch (error) {
    problem = problemOf(error, host.signal, services);
  }
  if (host.signal.aborted && problem !== null) {
    problem = { kind: 'cancelled', code: 'cancelled', message: 'Task was cancelled', suggestions: [] };
  }
  return {
    type: 'run-end',
    status: problem === null ? 'completed' : problem.kind === 'cancelled' ? 'cancelled' : 'failed',
    problem,
    elapsedMs: services.now() - started,
    nodesExecuted: steps,
    reflectionRounds: 0,
  };
}
