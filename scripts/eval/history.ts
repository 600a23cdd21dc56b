/** Appends figures to the history under `docs/quality/`; the newest report of each suite is kept whole beside it. */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Report, renderReport } from './report.ts';

const HEAD =
  '| when | what | n | accuracy | top 3 | threshold | coverage | precision | p50 ms | p95 ms |\n|---|---|---|---|---|---|---|---|---|---|\n';

export function recordReport(folder: string, suite: string, title: string, report: Report): void {
  mkdirSync(folder, { recursive: true });
  const history = join(folder, 'history.md');
  if (!existsSync(history))
    writeFileSync(
      history,
      `# Quality over time\n\nWritten by \`npm run eval -- --record\`. Databases are never seen in training.\n\n${HEAD}`,
    );
  const p = (x: number): string => (100 * x).toFixed(1);
  const when = new Date().toISOString().slice(0, 16).replace('T', ' ');
  appendFileSync(
    history,
    `| ${when} | ${title} | ${report.questions} | ${p(report.accuracy)} | ${p(report.top3)} | ${report.threshold} | ${p(report.coverage)} | ${p(report.precision)} | ${report.p50.toFixed(1)} | ${report.p95.toFixed(1)} |\n`,
  );
  writeFileSync(join(folder, `${suite}.md`), `# ${suite}\n\n${renderReport(title, report)}`);
}
