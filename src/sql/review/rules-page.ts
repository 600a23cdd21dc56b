/** The page about the rules, from the rules themselves. */
import { REVIEW_RULES } from './review-sql.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** docs/sql-review-rules.md as Markdown. */
export function reviewRulesPage(): string {
  const rows = REVIEW_RULES.map(
    ({ id, severity, topic, dialects, en }) =>
      `| \`${id}\` | ${severity} | ${topic} | ${dialects?.join(', ') ?? 'all'} | ${cell(en[0])} | ${cell(en[1])} |`,
  );
  return `# Rules of the SQL review

\`sql_review\` checks a statement by these ${REVIEW_RULES.length} rules, without a model. Each finding names its rule, the severity, the piece of the statement, the
catalog or the plan that shows it, and what to do. Written by \`scripts/write-review-rules.ts\`; words in braces are filled in.

- **error**: the statement is wrong, unsafe or does not run. **warning**: it is likely to be wrong or slow. **info**: it could be better.
- The score is 100, less 25 for each error, 8 for each warning and 2 for each hint, and never below 0.
- Rules about the plan (\`plan-…\`) need an EXPLAIN; without one they say nothing. So does every rule that cannot be sure.

| rule | severity | topic | databases | finding | advice |
|---|---|---|---|---|---|
${rows.join('\n')}

## Rewrites

The section of the optimised SQL shows a statement only when each step cannot change the result; both statements are then run and their rows compared.

| rewrite | what it does |
|---|---|
| \`or-to-in\` | \`a = 1 OR a = 2\` becomes \`a IN (1, 2)\` |
| \`year-to-range\` | \`year(d) = 2024\` on a date column becomes \`d >= DATE '2024-01-01' AND d < DATE '2025-01-01'\` |
| \`having-to-where\` | a HAVING condition on group keys alone moves to WHERE |
| \`distinct-after-group\` | DISTINCT goes when all group keys are selected |
| \`duplicate-condition\` | a condition that stands twice in an AND goes |
`;
}
