import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../support/process.ts';
import { REQUIREMENTS } from './requirements.ts';

const FOLDER = 'test/surfaces/pipeline';

it('has a test for every requirement of the data pipeline API', () => {
  const sources = readdirSync(join(projectRoot, FOLDER))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(projectRoot, FOLDER, name), 'utf8'))
    .join('\n');
  const named = new Set([...sources.matchAll(/\bverifies\(\s*'([^']+)'/g)].flatMap(([, ids = '']) => ids.split(' ')));
  expect(REQUIREMENTS.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  expect(new Set(REQUIREMENTS.map(({ id }) => id)).size).toBe(REQUIREMENTS.length);
});
