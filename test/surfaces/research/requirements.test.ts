import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../support/process.ts';
import { RESEARCH_REQUIREMENTS } from './requirements.ts';

it('has a test for every requirement of the research stream', () => {
  const folder = join(projectRoot, 'test/surfaces/research');
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const named = new Set([...sources.matchAll(/\bverifies\(\s*'([^']+)'/g)].flatMap(([, ids = '']) => ids.split(' ')));
  expect(RESEARCH_REQUIREMENTS.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  expect(new Set(RESEARCH_REQUIREMENTS.map(({ id }) => id)).size).toBe(RESEARCH_REQUIREMENTS.length);
});
