import { it } from 'vitest';
import { REQUIREMENTS } from './requirements.ts';

const KNOWN = new Set(REQUIREMENTS.map((requirement) => requirement.id));

/** A test that proves requirements, by their ids separated by spaces; an unknown id fails at once. */
export function verifies(ids: string, title: string, body: () => unknown, timeoutMs?: number): void {
  for (const id of ids.split(' ')) if (!KNOWN.has(id)) throw new Error(`there is no requirement ${id}`);
  it(`${title} [${ids}]`, body as () => Promise<void>, timeoutMs);
}
