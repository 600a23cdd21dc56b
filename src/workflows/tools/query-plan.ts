/** The database's own plan of a statement: EXPLAIN, read per engine, with hot spots and the use of indexes. */
import type { ExplainNode, ExplainResult } from '../../execution/index.ts';
import { analyseSql, parseSql, type SqlAnalysis, type Table } from '../../sql/index.ts';
import { guardStatement } from '../statement.ts';
import { tableNamed } from './find-table.ts';
import { failed, say, succeeded, type Tool, type ToolContext, textOf } from './tool.ts';

const EXPLAIN_MS = 10_000;
/** Rows from which a full scan is worth a word, and from which it is serious. */
const LARGE_SCAN = 10_000;
const HUGE_SCAN = 1_000_000;

export interface HotSpot {
  readonly reason: string;
  readonly node: string;
  readonly severity: 'low' | 'medium' | 'high';
  readonly recommendation: string;
}

/** Every node of a plan, parents before children. */
export function planNodes(root: ExplainNode | null): ExplainNode[] {
  return root === null ? [] : [root, ...root.children.flatMap(planNodes)];
}

/** True for an operation that reads a whole table. */
export const isFullScan = (node: ExplainNode): boolean =>
  node.table !== null && node.index === null && /scan|^ALL$|table/i.test(`${node.operation} ${node.detail}`);

/** EXPLAIN of a statement; the text of the failure otherwise. */
export async function explainSql(
  sql: string,
  { source, services, signal }: Pick<ToolContext, 'source' | 'services' | 'signal'>,
): Promise<ExplainResult | string> {
  // The plan of a restricted statement would tell the rules that hide rows from the caller.
  if (source.restricted) return 'not-allowed: the plan of a statement is not shown under row rules';
  const guarded = await guardStatement(sql, source, services);
  if (!guarded.ok) return `${guarded.failure.code}: ${guarded.failure.message}`;
  const explained = await source.datasource.explain(guarded.value.sql, {
    signal,
    timeoutMs: Math.min(EXPLAIN_MS, services.limits.statementTimeoutMs),
    maxRows: 1_000,
  });
  return explained.ok ? explained.value : `${explained.failure.code}: ${explained.failure.message}`;
}

/** Rows that the statement is expected to give, by the outermost node that knows. */
export function estimatedRows(explained: ExplainResult): number | null {
  return planNodes(explained.root).find((node) => node.estimatedRows !== null)?.estimatedRows ?? null;
}

export const analyzeQueryPlanTool: Tool = {
  name: 'analyze_query_plan',
  description: 'The database’s plan of a statement: rows, cost, scans, hot spots, use of indexes.',
  parameters: { sql: { type: 'string', description: 'one SELECT statement', required: true } },
  async run(input, context) {
    const sql = textOf(input, 'sql');
    if (sql === '') return failed('sql is missing');
    const { schema } = context.source;
    const parsed = await parseSql(sql, schema.dialect);
    if (!parsed.ok) return failed(parsed.failure.message);
    const analysis = analyseSql(parsed.value, schema);
    const explained = await explainSql(sql, context);
    const plan = typeof explained === 'string' ? null : explained;
    const nodes = planNodes(plan?.root ?? null);
    const hotspots = [...scanHotSpots(nodes, context), ...staticHotSpots(sql, context)];
    const cost = nodes.find((node) => node.estimatedCost !== null)?.estimatedCost ?? null;
    const answer = {
      success: plan !== null,
      plan_text: plan?.text ?? '',
      estimated_rows: plan ? estimatedRows(plan) : null,
      estimated_cost: cost,
      hotspots,
      join_analysis: joinAnalysis(analysis, nodes),
      index_usage: indexUsage(nodes, analysis, context),
      warnings: plan
        ? hotspots.filter((spot) => spot.severity === 'high').map((spot) => spot.reason)
        : [String(explained)],
    };
    return plan ? succeeded(answer) : failed(String(explained), answer);
  },
};

function scanHotSpots(nodes: readonly ExplainNode[], { source, language }: ToolContext): HotSpot[] {
  return nodes.flatMap((node): HotSpot[] => {
    const table = node.table === null ? null : tableNamed(source.schema, node.table);
    const rows = table?.rowCount ?? node.estimatedRows;
    if (!isFullScan(node) || rows === null || rows < LARGE_SCAN) return [];
    return [
      {
        reason: 'full_table_scan',
        node: `${node.operation} ${node.table ?? ''}`.trim(),
        severity: rows >= HUGE_SCAN ? 'high' : 'medium',
        recommendation: say(
          language,
          `Reads all of ${node.table} (about ${rows} rows); filter it, or index the columns it is filtered by`,
          `全表扫描 ${node.table}（约 ${rows} 行），建议增加过滤条件或为过滤列建索引`,
        ),
      },
    ];
  });
}

const STATIC: readonly {
  readonly reason: string;
  readonly pattern: RegExp;
  readonly severity: HotSpot['severity'];
  readonly en: string;
  readonly zh: string;
}[] = [
  {
    reason: 'select_star',
    pattern: /\bselect\s+(?:distinct\s+)?(?:\w+\.)?\*/i,
    severity: 'medium',
    en: 'Name the columns that are needed',
    zh: '只查询需要的列',
  },
  {
    reason: 'leading_wildcard_like',
    pattern: /\b(?:i?like)\s+'%/i,
    severity: 'medium',
    en: 'A pattern that begins with % cannot use an index',
    zh: '以 % 开头的模式无法使用索引',
  },
  {
    reason: 'function_on_indexed_column',
    pattern:
      /\bwhere\b[\s\S]*\b(?:upper|lower|date|year|month|substr|substring|cast|strftime|to_char)\s*\([^()]*\)\s*(?:=|<|>|between|in\b|like)/i,
    severity: 'medium',
    en: 'A function on a column keeps its index from being used; compare the bare column with a range',
    zh: '在列上使用函数会导致索引失效，建议改写为对原始列的范围比较',
  },
  {
    reason: 'cross_join',
    pattern: /\bcross\s+join\b/i,
    severity: 'high',
    en: 'A cross join multiplies the rows of both tables',
    zh: '笛卡尔积会使两张表的行数相乘',
  },
];

const staticHotSpots = (sql: string, { language }: ToolContext): HotSpot[] =>
  STATIC.filter(({ pattern }) => pattern.test(sql)).map(({ reason, severity, en, zh }) => ({
    reason,
    node: 'statement',
    severity,
    recommendation: say(language, en, zh),
  }));

function joinAnalysis(analysis: SqlAnalysis, nodes: readonly ExplainNode[]) {
  return {
    join_count: analysis.joins.length,
    join_types: [...new Set(nodes.filter((node) => /join|loop/i.test(node.operation)).map((node) => node.operation))],
    join_order_issues: analysis.joins
      .filter((join) => join.equalities.length === 0)
      .map((join) => `${join.kind}: no equality`),
  };
}

function indexUsage(nodes: readonly ExplainNode[], analysis: SqlAnalysis, { source }: ToolContext) {
  const used = [...new Set(nodes.flatMap((node) => node.index ?? []))];
  const scanned = new Set(nodes.filter(isFullScan).map((node) => node.table?.toLowerCase()));
  const missing = analysis.columns
    .filter(
      (column) => (column.use === 'filter' || column.use === 'join') && scanned.has(column.table.name.toLowerCase()),
    )
    .filter((column) => {
      const table = source.schema.tables.find(
        (one) => one.ref.name === column.table.name && one.ref.schema === column.table.schema,
      );
      return table !== undefined && (table.rowCount ?? 0) >= LARGE_SCAN && !isKeyed(table, column.column);
    })
    .map((column) => `${column.table.name}.${column.column}`);
  return {
    indexes_used: used,
    missing_indexes: source.schema.dialect === 'duckdb' ? [] : [...new Set(missing)],
    index_effectiveness: used.length > 0 ? 'used' : scanned.size > 0 ? 'not_used' : 'unknown',
  };
}

const isKeyed = (table: Table, column: string): boolean =>
  table.primaryKey[0] === column || table.uniqueKeys.some((key) => key[0] === column);
