/** Terms of the glossary as notes, for a plan whose request brings no knowledge of its own. */
import type { RunRequest, RunServices } from '../node.ts';

const MAX_TERMS = 5;

/** In plan mode, whoever reads the run's knowledge finds its surest terms as notes, too: `- term: explanation`. */
export function withGlossary(request: RunRequest, services: RunServices): RunServices {
  const wanted = services.injectTerms === true && request.research?.planMode === true && request.notes.length === 0;
  if (!wanted) return services;
  return {
    ...services,
    async knowledge(...given) {
      const knowledge = await services.knowledge(...given);
      const terms = knowledge.terms.filter((term) => term.description !== '').slice(0, MAX_TERMS);
      return { ...knowledge, notes: [...knowledge.notes, ...terms.map((one) => `- ${one.word}: ${one.description}`)] };
    },
  };
}
