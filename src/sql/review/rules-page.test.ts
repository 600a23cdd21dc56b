import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reviewRulesPage } from './rules-page.ts';

it('is the page in docs/, which scripts/write-review-rules.ts writes', () => {
  const page = readFileSync(new URL('../../../docs/sql-review-rules.md', import.meta.url), 'utf8');
  expect(page).toBe(reviewRulesPage());
});
