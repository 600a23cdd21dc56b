/** A review of one statement as Markdown in eight sections, in Chinese or English. */
import type { ReviewFinding, RewriteName, Severity, Table } from '../../sql/index.ts';
import { codeBlock, markdownTable } from '../sql-report/index.ts';

export interface ReviewedTable {
  readonly table: Table;
  /** Null where it was not looked at. */
  readonly partitioned: boolean | null;
  readonly similar: readonly string[];
}

export interface ReviewReportInput {
  readonly language: 'en' | 'zh';
  readonly dialect: string;
  readonly sql: string;
  readonly findings: readonly ReviewFinding[];
  readonly checkedRules: number;
  /** The database's plan; the reason in words when there is none. */
  readonly plan: {
    readonly text: string;
    readonly estimatedRows: number | null;
    readonly estimatedCost: number | null;
    readonly indexes: readonly string[];
  } | null;
  readonly planProblem: string | null;
  readonly tables: readonly ReviewedTable[];
  /** What the statement gave when it was run. */
  readonly run: { readonly rows: number; readonly truncated: boolean } | null;
  readonly runProblem: string | null;
  readonly rewrite: {
    readonly sql: string;
    readonly applied: readonly RewriteName[];
    /** The rows of both statements were compared; null when they were not. */
    readonly sameRows: boolean | null;
  } | null;
  /** A model's remarks, when there is one. */
  readonly remarks: string | null;
}

const PLAN_CHARACTERS = 3_000;
const MARK: Readonly<Record<Severity, string>> = { error: '🔴', warning: '🟡', info: '🔵' };
const POINTS: Readonly<Record<Severity, number>> = { error: 25, warning: 8, info: 2 };

/** Score of a statement by its findings: 100 without any, never below 0. */
export const reviewScore = (findings: readonly ReviewFinding[]): number =>
  Math.max(0, 100 - findings.reduce((sum, { severity }) => sum + POINTS[severity], 0));

export function reviewReport(input: ReviewReportInput): string {
  const t = TEXT[input.language];
  const bodies = [
    overview(input),
    rules(input),
    planPart(input),
    tablesPart(input),
    issues(input),
    advice(input),
    optimised(input),
    effect(input),
  ];
  return bodies.map((body, index) => `## ${t.headings[index]}\n\n${body}`).join('\n\n');
}

const count = (findings: readonly ReviewFinding[], severity: Severity): number =>
  findings.filter((finding) => finding.severity === severity).length;

function overview({ language, dialect, sql, findings, run, runProblem }: ReviewReportInput): string {
  const t = TEXT[language];
  const numbers = [count(findings, 'error'), count(findings, 'warning'), count(findings, 'info')] as const;
  return [
    `- ${t.dialect}: ${dialect}`,
    `- ${t.score}: ${reviewScore(findings)} / 100`,
    `- ${t.counts(...numbers)}`,
    `- ${t.ran}: ${run ? t.rows(run.rows, run.truncated) : (runProblem ?? t.notRun)}`,
    '',
    codeBlock(sql),
  ].join('\n');
}

function rules({ language, findings, checkedRules }: ReviewReportInput): string {
  const t = TEXT[language];
  const hit = new Map<string, ReviewFinding>();
  for (const finding of findings) if (!hit.has(finding.rule)) hit.set(finding.rule, finding);
  const lines = [...hit.values()].map((finding) => [
    finding.rule,
    t.severity[finding.severity],
    t.topic[finding.topic],
  ]);
  return [t.checked(checkedRules, hit.size), ...(lines.length > 0 ? [markdownTable(t.ruleHead, lines)] : [])].join(
    '\n\n',
  );
}

function planPart({ language, plan, planProblem }: ReviewReportInput): string {
  const t = TEXT[language];
  if (!plan) return `${t.noPlan}${planProblem ? ` ${planProblem}` : ''}`;
  return [
    [
      `- ${t.estimatedRows}: ${plan.estimatedRows ?? t.unknown}`,
      `- ${t.estimatedCost}: ${plan.estimatedCost ?? t.unknown}`,
      `- ${t.indexes}: ${plan.indexes.length > 0 ? plan.indexes.join(', ') : t.none}`,
    ].join('\n'),
    codeBlock(plan.text.slice(0, PLAN_CHARACTERS), ''),
  ].join('\n\n');
}

function tablesPart({ language, tables }: ReviewReportInput): string {
  const t = TEXT[language];
  if (tables.length === 0) return t.noTables;
  return markdownTable(
    t.tableHead,
    tables.map(({ table, partitioned, similar }) => [
      table.ref.name,
      table.comment ?? '',
      table.rowCount === null ? t.unknown : String(table.rowCount),
      table.primaryKey.join(', ') || t.none,
      partitioned === null ? t.unknown : partitioned ? t.yes : t.no,
      similar.join(', ') || t.none,
    ]),
  );
}

function issues({ language, findings }: ReviewReportInput): string {
  const t = TEXT[language];
  if (findings.length === 0) return t.noIssues;
  return findings
    .map(
      (one, index) =>
        `${index + 1}. ${MARK[one.severity]} **${one.rule}** — ${one.message} (${t.evidence}: ${inlineCode(one.evidence)})`,
    )
    .join('\n');
}

function advice({ language, findings, remarks }: ReviewReportInput): string {
  const t = TEXT[language];
  const told = new Set<string>();
  const lines = findings.flatMap((one) => {
    if (told.has(one.advice)) return [];
    told.add(one.advice);
    return [`- **${one.rule}**: ${one.advice}`];
  });
  return [lines.length > 0 ? lines.join('\n') : t.noAdvice, ...(remarks ? [`${t.remarks}\n\n${remarks}`] : [])].join(
    '\n\n',
  );
}

function optimised({ language, rewrite, findings }: ReviewReportInput): string {
  const t = TEXT[language];
  if (!rewrite) return findings.length === 0 ? t.noRewriteNeeded : t.noRewrite;
  return [
    t.rewritten(rewrite.applied.map((name) => `\`${name}\``).join(', ')),
    codeBlock(rewrite.sql),
    rewrite.sameRows === null ? t.notCompared : rewrite.sameRows ? t.sameRows : t.otherRows,
  ].join('\n\n');
}

function effect({ language, findings, rewrite }: ReviewReportInput): string {
  const t = TEXT[language];
  const performance = findings.filter((finding) => finding.topic === 'performance').length;
  const correctness = findings.filter((finding) => finding.topic === 'correctness').length;
  const lines = [
    ...(correctness > 0 ? [t.gainCorrect(correctness)] : []),
    ...(performance > 0 ? [t.gainFast(performance)] : []),
    ...(rewrite ? [t.gainRewrite] : []),
  ];
  return lines.length > 0 ? lines.map((line) => `- ${line}`).join('\n') : t.noGain;
}

const inlineCode = (text: string): string => `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;

const TEXT = {
  zh: {
    headings: [
      '📋审查概览',
      '🔍审查规则',
      '📊执行计划分析',
      '🏗️表结构与分区评估',
      '⚠️发现问题',
      '💡优化建议',
      '🛠️优化后的SQL',
      '📈预期效果',
    ],
    dialect: 'SQL方言',
    score: '评分',
    counts: (errors: number, warnings: number, infos: number) =>
      `错误 ${errors} 个，警告 ${warnings} 个，提示 ${infos} 个`,
    ran: '试运行',
    notRun: '未执行',
    rows: (n: number, more: boolean) => `返回 ${n} 行${more ? '（仅取前若干行）' : ''}`,
    checked: (all: number, hit: number) => `共检查 ${all} 条规则，命中 ${hit} 条。`,
    ruleHead: ['规则', '级别', '类别'],
    severity: { error: '错误', warning: '警告', info: '提示' },
    topic: {
      correctness: '正确性',
      performance: '性能',
      readability: '可读性',
      safety: '安全',
      portability: '可移植性',
    },
    noPlan: '没有可用的执行计划。',
    estimatedRows: '预计行数',
    estimatedCost: '预计代价',
    indexes: '使用的索引',
    unknown: '未知',
    none: '无',
    yes: '是',
    no: '否',
    noTables: '语句没有引用目录中的表。',
    tableHead: ['表名', '说明', '行数', '主键', '已分区', '相似表'],
    noIssues: '未发现问题。',
    evidence: '依据',
    noAdvice: '无需优化。',
    remarks: '模型补充意见：',
    noRewriteNeeded: '语句无需改写。',
    noRewrite: '没有能够确保结果不变的自动改写，请按上面的建议人工调整。',
    rewritten: (names: string) => `以下改写保证结果不变（${names}）：`,
    notCompared: '未对两条语句的结果做比对。',
    sameRows: '已在数据上验证：两条语句返回相同的行。',
    otherRows: '注意：两条语句在数据上返回了不同的行，请勿直接使用。',
    gainCorrect: (n: number) => `修复 ${n} 个正确性问题后，结果更可信。`,
    gainFast: (n: number) => `处理 ${n} 个性能问题后，可减少扫描与计算。`,
    gainRewrite: '改写后的语句结果不变，更易读或更易利用索引。',
    noGain: '语句质量良好，保持现状即可。',
  },
  en: {
    headings: [
      '📋Review Overview',
      '🔍Review Rules',
      '📊Execution Plan Analysis',
      '🏗️Table Structure and Partitioning',
      '⚠️Issues Found',
      '💡Optimization Suggestions',
      '🛠️Optimized SQL',
      '📈Expected Effect',
    ],
    dialect: 'Dialect',
    score: 'Score',
    counts: (errors: number, warnings: number, infos: number) =>
      `${errors} errors, ${warnings} warnings, ${infos} hints`,
    ran: 'Trial run',
    notRun: 'not run',
    rows: (n: number, more: boolean) => `${n} rows${more ? ' (only the first were read)' : ''}`,
    checked: (all: number, hit: number) => `${all} rules were checked, ${hit} of them found something.`,
    ruleHead: ['Rule', 'Severity', 'Topic'],
    severity: { error: 'error', warning: 'warning', info: 'hint' },
    topic: {
      correctness: 'correctness',
      performance: 'performance',
      readability: 'readability',
      safety: 'safety',
      portability: 'portability',
    },
    noPlan: 'There is no plan of the statement.',
    estimatedRows: 'Estimated rows',
    estimatedCost: 'Estimated cost',
    indexes: 'Indexes used',
    unknown: 'unknown',
    none: 'none',
    yes: 'yes',
    no: 'no',
    noTables: 'The statement names no table of the catalog.',
    tableHead: ['Table', 'Comment', 'Rows', 'Primary key', 'Partitioned', 'Similar tables'],
    noIssues: 'No issue was found.',
    evidence: 'evidence',
    noAdvice: 'Nothing to improve.',
    remarks: 'Remarks of the model:',
    noRewriteNeeded: 'The statement needs no rewrite.',
    noRewrite: 'No automatic rewrite is certain to keep the result; follow the suggestions above by hand.',
    rewritten: (names: string) => `This rewrite keeps the result (${names}):`,
    notCompared: 'The rows of both statements were not compared.',
    sameRows: 'Checked on the data: both statements return the same rows.',
    otherRows: 'Careful: on the data both statements returned different rows; do not use it as it is.',
    gainCorrect: (n: number) => `With ${n} correctness issues fixed, the result can be trusted.`,
    gainFast: (n: number) => `With ${n} performance issues handled, less is scanned and computed.`,
    gainRewrite: 'The rewritten statement gives the same result and is easier to read or to index.',
    noGain: 'The statement is in good order; keep it.',
  },
} as const;
