import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configurationPage } from './documentation.ts';

it('is the page in docs/, which scripts/write-configuration-docs.ts writes', () => {
  expect(readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')).toBe(configurationPage());
});
