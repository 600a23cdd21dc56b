/** Several answers to one question: those that mean the same count together, by their rows where they may be run. */
import type { Candidate, PlanOptions } from '../planner.ts';

interface Party {
  readonly best: Candidate;
  votes: number;
}

async function meaningOf(candidate: Candidate, probe: PlanOptions['probe']): Promise<string> {
  const rows = probe == null ? null : await probe(candidate.sql);
  if (rows === null) return candidate.sql.replace(/\s+/g, ' ').toLowerCase();
  return JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());
}

/** One candidate for each meaning, the most agreed on first; agreement scales the confidence. */
export async function voteOnCandidates(
  candidates: readonly Candidate[],
  probe: PlanOptions['probe'],
): Promise<readonly Candidate[]> {
  const parties = new Map<string, Party>();
  for (const candidate of candidates) {
    const meaning = await meaningOf(candidate, probe);
    const party = parties.get(meaning);
    if (party === undefined) parties.set(meaning, { best: candidate, votes: 1 });
    else party.votes += 1;
  }
  return [...parties.values()]
    .sort((a, b) => b.votes - a.votes)
    .map(({ best, votes }) => {
      const share = votes / candidates.length;
      return { ...best, confidence: Math.round(best.confidence * (0.4 + 0.7 * share) * 1000) / 1000 };
    });
}
