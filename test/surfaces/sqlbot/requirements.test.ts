import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../support/process.ts';
import { REQUIREMENTS } from './requirements.ts';

const FOLDER = 'test/surfaces/sqlbot';

it('has a test for every requirement of the open ask API', () => {
  const sources = readdirSync(join(projectRoot, FOLDER))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(projectRoot, FOLDER, name), 'utf8'))
    .join('\n');
  const named = new Set([...sources.matchAll(/\bverifies\(\s*'([^']+)'/g)].map(([, id]) => id));
  // The printed clients are a suite of their own: they are not everywhere.
  if (sources.includes("REQUIREMENTS['CLIENT-1']")) named.add('CLIENT-1');
  expect(Object.keys(REQUIREMENTS).filter((id) => !named.has(id))).toEqual([]);
});
