/** An analysis as one HTML document: no script, nothing loaded, charts as SVG, light and dark, fit for paper. */

import type { ResultColumn } from '../../execution/index.ts';
import { chooseChart, renderChartSvg } from '../charts/index.ts';
import { cellText } from '../sql-report/markdown.ts';
import type { AnalysedResult } from './analysis-findings.ts';

export interface AnalysedQuery extends AnalysedResult {
  readonly columns: readonly ResultColumn[];
  readonly sql: string;
  readonly findings: readonly string[];
}

export interface AnalysisReportInput {
  readonly language: 'en' | 'zh';
  readonly question: string;
  readonly datasource: string;
  readonly today: string;
  readonly queries: readonly AnalysedQuery[];
  /** Sentences that stand above all: a model's words, or the queries' own findings. */
  readonly findings: readonly string[];
}

const TABLE_ROWS = 24;
const CHART = { width: 760, height: 340 };
/** Charts show the label and the value; shares and changes stay in the table. */
const CHARTED: Readonly<Record<AnalysedResult['kind'], number>> = {
  answer: 3,
  total: 0,
  trend: 2,
  breakdown: 2,
  'year-on-year': 0,
  contribution: 3,
  outliers: 0,
};

export async function analysisReport(input: AnalysisReportInput): Promise<string> {
  const t = TEXT[input.language];
  const sections = await Promise.all(input.queries.map((query) => section(query, input)));
  return `<!doctype html>
<html lang="${input.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(input.question.slice(0, 120))}</title>
<style>${CSS}</style>
</head>
<body>
<main>
<header>
<p class="kicker">${t.kicker}</p>
<h1>${escapeHtml(input.question)}</h1>
<p class="meta">${t.source}: ${escapeHtml(input.datasource)} · ${t.day}: ${escapeHtml(input.today)}</p>
</header>
<section class="summary">
<h2>${t.findings}</h2>
<ul>${input.findings.map((finding) => `<li>${escapeHtml(finding)}</li>`).join('')}</ul>
</section>
${sections.join('\n')}
<footer>${t.footer}</footer>
</main>
</body>
</html>
`;
}

async function section(query: AnalysedQuery, { language, question }: AnalysisReportInput): Promise<string> {
  const t = TEXT[language];
  return `<section>
<h2>${escapeHtml(query.title)}</h2>
${query.findings.map((finding) => `<p>${escapeHtml(finding)}</p>`).join('')}
${await charts(query, question)}
${query.rows.length > 0 ? table(query) : `<p class="empty">${t.empty}</p>`}
${query.rows.length > TABLE_ROWS || query.truncated ? `<p class="meta">${t.cut}</p>` : ''}
<details><summary>SQL</summary><pre><code>${escapeHtml(query.sql)}</code></pre></details>
</section>`;
}

async function charts(query: AnalysedQuery, question: string): Promise<string> {
  const count = CHARTED[query.kind];
  if (count === 0 || query.rows.length < 2) return '';
  const data = { columns: query.columns.slice(0, count), rows: query.rows.map((row) => row.slice(0, count)) };
  const config = chooseChart({
    ...data,
    question: query.kind === 'answer' ? question : query.title,
    title: query.title,
  });
  const light = await renderChartSvg(config, data, { size: CHART, theme: 'light' });
  const dark = await renderChartSvg(config, data, { size: CHART, theme: 'dark' });
  if (light === null || dark === null) return '';
  return `<figure class="light">${light}</figure><figure class="dark">${dark}</figure>`;
}

function table({ columns, rows }: AnalysedQuery): string {
  const numeric = columns.map(({ type }) => ['integer', 'decimal', 'float'].includes(type));
  const side = (index: number): string => (numeric[index] ? ' class="number"' : '');
  const head = columns.map((column, index) => `<th scope="col"${side(index)}>${escapeHtml(column.name)}</th>`).join('');
  const body = rows
    .slice(0, TABLE_ROWS)
    .map(
      (row) =>
        `<tr>${row.map((cell, index) => `<td${side(index)}>${cell === null ? '–' : escapeHtml(cellText(cell))}</td>`).join('')}</tr>`,
    )
    .join('\n');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const CSS = `
:root{--page:#f5f6f8;--card:#ffffff;--text:#24292f;--soft:#5b6672;--line:#d7dce2;--accent:#3b6fd4}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.6 system-ui,-apple-system,"Segoe UI","Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:840px;margin:0 auto;padding:40px 20px}
header{margin-bottom:24px}
h1{font-size:26px;line-height:1.3;margin:4px 0 8px;overflow-wrap:anywhere}
h2{font-size:18px;margin:0 0 12px}
.kicker{margin:0;color:var(--accent);font-weight:600;letter-spacing:.02em}
.meta,footer,.empty{color:var(--soft);font-size:14px;margin:8px 0 0}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:20px 22px;margin:0 0 18px;break-inside:avoid}
.summary{border-left:4px solid var(--accent)}
ul{margin:0;padding-left:20px}
li{margin:6px 0}
p{margin:0 0 10px}
figure{margin:12px 0;overflow:hidden}
figure svg{max-width:100%;height:auto;display:block}
figure.dark{display:none}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:left;white-space:nowrap}
th{color:var(--soft);font-weight:600}
.number{text-align:right;font-variant-numeric:tabular-nums}
details{margin-top:12px}
summary{cursor:pointer;color:var(--soft);font-size:14px}
pre{overflow-x:auto;background:var(--page);border-radius:8px;padding:12px;font-size:13px;line-height:1.5}
@media (prefers-color-scheme:dark){
:root{--page:#0e1116;--card:#15191f;--text:#e4e8ee;--soft:#9aa5b1;--line:#39414d;--accent:#7aa2f0}
figure.light{display:none}figure.dark{display:block}
}
@media print{
:root{--page:#ffffff;--card:#ffffff;--text:#000000;--soft:#444444;--line:#bbbbbb;--accent:#000000}
body{font-size:11pt}main{max-width:none;padding:0}
section{border:0;border-top:1px solid var(--line);border-radius:0;padding:12px 0}
figure.light{display:block}figure.dark{display:none}
details{display:none}.scroll{overflow:visible}
}`;

const TEXT = {
  zh: {
    kicker: '数据分析报告',
    source: '数据源',
    day: '日期',
    findings: '主要结论',
    empty: '没有数据。',
    cut: '仅显示部分行。',
    footer: '本报告中的每个数字都来自查询结果。',
  },
  en: {
    kicker: 'Data analysis',
    source: 'Source',
    day: 'Date',
    findings: 'Findings',
    empty: 'No data.',
    cut: 'Only the first rows are shown.',
    footer: 'Every number in this report comes from a query result.',
  },
} as const;
