/** The report of one generated query in six parts (version 2.8), in Chinese or English. */
import type { ResultColumn } from '../../execution/index.ts';
import type { DatabaseSchema, SqlAnalysis, Table } from '../../sql/index.ts';
import { describeResult, findingsMarkdown } from '../statistics/index.ts';
import { commentedSql } from './commented-sql.ts';
import { codeBlock, markdownTable, resultTable, type TableData } from './markdown.ts';

export interface ReportedValidation {
  readonly syntaxValid: boolean;
  readonly tablesExist: boolean;
  readonly columnsExist: boolean;
  readonly hasDangerousOps: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export interface SqlReportInput {
  readonly language: 'en' | 'zh';
  readonly question: string;
  readonly sql: string;
  /** How the question was read, in one sentence. */
  readonly reading: string;
  readonly mappings: readonly { readonly phrase: string; readonly meaning: string }[];
  /** Null when the statement could not be read: the report falls back to the result. */
  readonly analysis: SqlAnalysis | null;
  readonly schema: DatabaseSchema;
  readonly validation: ReportedValidation;
  readonly result: (TableData & { readonly columns: readonly ResultColumn[]; readonly truncated: boolean }) | null;
  readonly elapsedMs: number;
  /** Hints on performance and quality. */
  readonly hints: readonly string[];
}

const PREVIEW_ROWS = 5;

/** The report as Markdown; without metadata it is the summary of the result alone. */
export function sqlReport(input: SqlReportInput): string {
  const { analysis, language } = input;
  if (!analysis || analysis.tables.length === 0) return resultSummary(input);
  const t = TEXT[language];
  const tables = analysis.tables.flatMap(
    (ref) => input.schema.tables.find((table) => table.ref.name === ref.name && table.ref.schema === ref.schema) ?? [],
  );
  const parts = [
    overview(input, analysis, tables),
    details(input, analysis, tables),
    codeBlock(commentedSql(input.sql, tables, commentsOf(analysis, tables))),
    validationPart(input),
    resultPart(input),
    (input.hints.length > 0 ? input.hints : [t.noHints]).map((hint) => `- ${hint}`).join('\n'),
  ];
  return [t.title, ...parts.flatMap((part, index) => [`### ${index + 1}. ${t.parts[index]}`, part])].join('\n\n');
}

/** Row count and the first rows, for statements about which nothing else is known. */
export function resultSummary({ language, result, sql }: SqlReportInput): string {
  const t = TEXT[language];
  return [
    t.summaryTitle,
    codeBlock(sql),
    t.rowCount(result?.rows.length ?? 0, result?.truncated ?? false),
    ...(result && result.rows.length > 0 ? [resultTable(result, PREVIEW_ROWS)] : []),
  ].join('\n\n');
}

function overview(input: SqlReportInput, analysis: SqlAnalysis, tables: readonly Table[]): string {
  const t = TEXT[input.language];
  const scale = tables.map((table) => t.scale(table.ref.name, table.rowCount)).join(t.separator);
  const logic = [
    t.logicTables(analysis.tables.length),
    ...(analysis.joins.length > 0 ? [t.logicJoins(analysis.joins.length)] : []),
    ...(analysis.aggregates.length > 0 ? [t.logicAggregates(analysis.aggregates.join(', '))] : []),
    ...(analysis.subqueries + analysis.ctes > 0 ? [t.logicNested(analysis.subqueries + analysis.ctes)] : []),
    ...(analysis.limit !== null ? [t.logicLimit(analysis.limit)] : []),
  ].join(t.separator);
  return [
    `- **${t.understanding}**: ${input.reading || input.question}`,
    ...(input.mappings.length > 0
      ? [
          `- **${t.mapping}**: ${input.mappings.map(({ phrase, meaning }) => `${phrase} → ${meaning}`).join(t.separator)}`,
        ]
      : []),
    `- **${t.logic}**: ${logic}`,
    `- **${t.dataScale}**: ${scale}`,
  ].join('\n');
}

function details(input: SqlReportInput, analysis: SqlAnalysis, tables: readonly Table[]): string {
  const t = TEXT[input.language];
  const uses = new Map<string, Set<string>>();
  for (const usage of analysis.columns) {
    const key = `${usage.table.name}\u0000${usage.column}`;
    uses.set(key, (uses.get(key) ?? new Set()).add(t.uses[usage.use] ?? usage.use));
  }
  const fields = [...uses].map(([key, use]) => {
    const [table = '', column = ''] = key.split('\u0000');
    const known = tables.find((one) => one.ref.name === table)?.columns.find((one) => one.name === column);
    return [table, column, known?.nativeType ?? '', known?.comment ?? '', [...use].join(', ')];
  });
  const joins = analysis.joins.flatMap((join) =>
    join.equalities.map(
      ({ left, right }) =>
        `- ${left.table.name}.${left.column} = ${right.table.name}.${right.column} (${join.kind.toUpperCase()} JOIN)`,
    ),
  );
  return [
    `**${t.tables}**`,
    markdownTable(
      t.tableHead,
      tables.map((table) => [
        table.ref.name,
        table.comment ?? '',
        table.rowCount === null ? '' : String(table.rowCount),
      ]),
    ),
    `**${t.fields}**`,
    markdownTable(t.fieldHead, fields),
    `**${t.joins}**`,
    joins.length > 0 ? joins.join('\n') : `- ${t.noJoins}`,
  ].join('\n\n');
}

const commentsOf = (analysis: SqlAnalysis, tables: readonly Table[]) =>
  analysis.columns.flatMap(({ table, column }) => {
    const comment = tables
      .find((one) => one.ref.name === table.name)
      ?.columns.find((one) => one.name === column)?.comment;
    return comment ? [{ table: table.name, column, comment }] : [];
  });

function validationPart({ language, validation }: SqlReportInput): string {
  const t = TEXT[language];
  const mark = (good: boolean): string => (good ? `✅ ${t.passed}` : `❌ ${t.failed}`);
  return [
    `- ${t.syntax}: ${mark(validation.syntaxValid)}`,
    `- ${t.tableCheck}: ${mark(validation.tablesExist)}`,
    `- ${t.columnCheck}: ${mark(validation.columnsExist)}`,
    `- ${t.danger}: ${validation.hasDangerousOps ? `❌ ${t.found}` : `✅ ${t.none}`}`,
    ...validation.errors.map((error) => `- ❌ ${error}`),
    ...validation.warnings.map((warning) => `- ⚠️ ${warning}`),
  ].join('\n');
}

function resultPart({ language, result, elapsedMs }: SqlReportInput): string {
  const t = TEXT[language];
  if (!result) return t.notRun;
  return [
    `${t.rowCount(result.rows.length, result.truncated)} ${t.elapsed(Math.round(elapsedMs))}`,
    ...(result.rows.length > 0
      ? [resultTable(result, PREVIEW_ROWS), findingsMarkdown(describeResult(result, language))]
      : []),
  ].join('\n\n');
}

const TEXT = {
  zh: {
    title: '## 📋 SQL生成报告（数仓开发版）',
    summaryTitle: '## 📊 SQL执行结果摘要',
    parts: ['SQL设计概述', '使用的表和字段详情', '带注释的SQL', 'SQL验证结果', '执行验证结果', '优化建议'],
    understanding: '任务理解',
    mapping: '词语对应',
    logic: '设计逻辑',
    dataScale: '数据规模',
    separator: '；',
    scale: (name: string, rows: number | null) => (rows === null ? `${name} 行数未知` : `${name} 约 ${rows} 行`),
    logicTables: (n: number) => `读取 ${n} 张表`,
    logicJoins: (n: number) => `关联 ${n} 次`,
    logicAggregates: (names: string) => `聚合函数 ${names}`,
    logicNested: (n: number) => `${n} 个子查询或公共表表达式`,
    logicLimit: (n: number) => `最多返回 ${n} 行`,
    tables: '表清单',
    fields: '字段清单',
    joins: '关联关系',
    noJoins: '无关联',
    tableHead: ['表名', '说明', '行数'],
    fieldHead: ['表名', '字段', '类型', '说明', '用途'],
    uses: {
      select: '查询',
      filter: '过滤',
      join: '关联',
      group: '分组',
      having: '分组过滤',
      order: '排序',
    } as Readonly<Record<string, string>>,
    syntax: '语法验证',
    tableCheck: '表存在性',
    columnCheck: '列存在性',
    danger: '危险操作',
    passed: '通过',
    failed: '未通过',
    found: '存在',
    none: '无',
    notRun: '未执行。',
    elapsed: (ms: number) => `执行耗时 ${ms} 毫秒。`,
    rowCount: (n: number, more: boolean) => (more ? `返回 ${n} 行（已截断）。` : `返回 ${n} 行。`),
    noHints: '未发现需要优化之处。',
  },
  en: {
    title: '## 📋 SQL Generation Report (for warehouse developers)',
    summaryTitle: '## 📊 SQL Result Summary',
    parts: [
      'SQL Design Overview',
      'Tables and Columns Used',
      'Annotated SQL',
      'SQL Validation',
      'Execution Check',
      'Suggestions',
    ],
    understanding: 'Understanding',
    mapping: 'Words and what they mean',
    logic: 'Design',
    dataScale: 'Data scale',
    separator: '; ',
    scale: (name: string, rows: number | null) =>
      rows === null ? `${name}: unknown size` : `${name}: about ${rows} rows`,
    logicTables: (n: number) => `reads ${n} table${n === 1 ? '' : 's'}`,
    logicJoins: (n: number) => `${n} join${n === 1 ? '' : 's'}`,
    logicAggregates: (names: string) => `aggregates ${names}`,
    logicNested: (n: number) => `${n} nested quer${n === 1 ? 'y' : 'ies'}`,
    logicLimit: (n: number) => `at most ${n} rows`,
    tables: 'Tables',
    fields: 'Columns',
    joins: 'Joins',
    noJoins: 'none',
    tableHead: ['Table', 'Comment', 'Rows'],
    fieldHead: ['Table', 'Column', 'Type', 'Comment', 'Used for'],
    uses: {} as Readonly<Record<string, string>>,
    syntax: 'Syntax',
    tableCheck: 'Tables exist',
    columnCheck: 'Columns exist',
    danger: 'Dangerous operations',
    passed: 'passed',
    failed: 'failed',
    found: 'found',
    none: 'none',
    notRun: 'Not executed.',
    elapsed: (ms: number) => `It took ${ms} ms.`,
    rowCount: (n: number, more: boolean) => `${n} row${n === 1 ? '' : 's'}${more ? ' (cut)' : ''}.`,
    noHints: 'Nothing to improve was found.',
  },
} as const;
