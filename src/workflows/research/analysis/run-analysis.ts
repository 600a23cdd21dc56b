import type { RunProblem } from '../../events.ts';
import type { ResearchRun } from '../research-run.ts';
export async function runAnalysis(_: ResearchRun): Promise<RunProblem | null> {
  return null;
}
