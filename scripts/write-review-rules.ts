/** Writes docs/sql-review-rules.md from the rules; a test checks that the page is current. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reviewRulesPage } from '../src/sql/review/rules-page.ts';

writeFileSync(join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs', 'sql-review-rules.md'), reviewRulesPage());
