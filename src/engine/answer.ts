/** One question answered without a stored run: the command line's way through the same workflow. */
import { type RunEvent, type RunRequest, type RunRows, type RunServices, runWorkflow } from '../workflows/index.ts';

export type AnswerOutcome = 'answer' | 'clarify' | 'cannot' | 'failure';

export interface Answer {
  readonly outcome: AnswerOutcome;
  readonly question: string;
  readonly sql: string | null;
  readonly rows: RunRows | null;
  readonly confidence: number | null;
  readonly planner: string | null;
  /** How the question was read, one sentence; for other outcomes the reason. */
  readonly reading: string;
  readonly mappings: readonly { readonly phrase: string; readonly meaning: string }[];
  readonly suggestions: readonly string[];
  /** What was tolerated while reading the data, e.g. short lines of a CSV file. */
  readonly warnings: readonly string[];
}

/** Runs a workflow to its end and sums up its events. Expected problems are outcomes, never exceptions. */
export async function answerQuestion(
  request: RunRequest,
  services: RunServices,
  signal: AbortSignal,
  warnings: readonly string[],
  onEvent: (event: RunEvent) => void = () => {},
): Promise<Answer> {
  let generated: Extract<RunEvent, { type: 'sql-generated' }> | null = null;
  let rows: RunRows | null = null;
  const end = await runWorkflow(request, services, {
    owner: 'cli',
    signal,
    emit: async (event) => {
      if (event.type === 'sql-generated') generated = event;
      if (event.type === 'output-ready') rows = event.result;
      onEvent(event);
    },
  });
  const last = generated as Extract<RunEvent, { type: 'sql-generated' }> | null;
  const problem = end.problem;
  return {
    outcome:
      problem === null ? 'answer' : problem.kind === 'clarify' || problem.kind === 'cannot' ? problem.kind : 'failure',
    question: request.question,
    sql: problem === null ? (last?.sql ?? null) : null,
    rows: problem === null ? rows : null,
    confidence: last?.confidence ?? null,
    planner: last?.planner ?? null,
    reading: problem?.message ?? last?.reading ?? '',
    mappings: last?.mappings ?? [],
    suggestions: problem?.suggestions ?? [],
    warnings,
  };
}
