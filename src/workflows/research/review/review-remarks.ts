import type { ReviewFinding } from '../../../sql/index.ts';
import { modelText } from '../model-text.ts';
import type { ResearchRun } from '../research-run.ts';

/** What a model adds to the rules' findings; null without a model, and when it has nothing to add. */
export async function reviewRemarks(
  run: ResearchRun,
  sql: string,
  findings: readonly ReviewFinding[],
  language: 'en' | 'zh',
): Promise<string | null> {
  return modelText(run, {
    role: 'sql_review',
    system: `You review SQL for ${run.source.schema.dialect}. Rules have found the listed issues already. In ${language === 'zh' ? 'Chinese' : 'English'}, add at most five short bullet points that they miss: business meaning, wrong grain, better structure. Write no headings and no SQL blocks.`,
    data: { statement: sql, found: findings.map((one) => `${one.rule}: ${one.message}`).join('\n') },
  });
}
