import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RUN_FAILURE_CODES } from '../../src/execution/index.ts';
import { ENGINE_ERROR_CODES } from '../../src/kernel/index.ts';
import { projectRoot } from '../support/process.ts';

const source = join(projectRoot, 'src');
const foldersUnder = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

it('gives every folder under src a deliberate place in the import order', () => {
  const config = createRequire(import.meta.url)(join(projectRoot, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string }[];
  };
  const placed = config.forbidden.flatMap((rule) => /^(.*)-looks-down-only$/.exec(rule.name)?.[1] ?? []);
  expect(foldersUnder(source).filter((name) => !placed.includes(name))).toEqual([]);
});

it('tells every folder and row in the architecture page', () => {
  const page = readFileSync(join(projectRoot, 'docs', 'architecture.md'), 'utf8');
  expect(foldersUnder(source).filter((name) => !page.includes(`\`src/${name}\``))).toEqual([]);
});

it('documents every failure code', () => {
  const page = readFileSync(join(projectRoot, 'docs', 'errors.md'), 'utf8');
  const codes = [...ENGINE_ERROR_CODES, ...RUN_FAILURE_CODES];
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});
