import { it } from 'vitest';
import { RESEARCH_REQUIREMENTS } from './requirements.ts';

const KNOWN = new Set(RESEARCH_REQUIREMENTS.map((requirement) => requirement.id));

/** A test that proves requirements, by their ids separated by spaces; an unknown id fails at once. */
export function verifies(ids: string, title: string, body: () => unknown, timeoutMs = 60_000): void {
  for (const id of ids.split(' ')) if (!KNOWN.has(id)) throw new Error(`there is no requirement ${id}`);
  it(`${title} [${ids}]`, body as () => Promise<void>, timeoutMs);
}
