import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../support/process.ts';
import { REQUIREMENTS } from './requirements.ts';

const FOLDERS = ['test/surfaces/datus', 'test/process', 'test/workflows'];

it('has a test for every requirement of the workflow API', () => {
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(join(projectRoot, folder))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(projectRoot, folder, name), 'utf8')),
  ).join('\n');
  const named = new Set([...sources.matchAll(/\bverifies\(\s*'([^']+)'/g)].flatMap(([, ids = '']) => ids.split(' ')));
  expect(REQUIREMENTS.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  expect(new Set(REQUIREMENTS.map(({ id }) => id)).size).toBe(REQUIREMENTS.length);
});
