/** Whether a table is partitioned, and whether it should be: from its EXPLAIN, its size and the spread of its days. */
import { type Column, renderPlan, type SelectPlan, type Table } from '../../sql/index.ts';
import { guardStatement } from '../statement.ts';
import { fullName, isTable, requireTable } from './find-table.ts';
import { explainSql, planNodes } from './query-plan.ts';
import { say, succeeded, type Tool, type ToolContext, textOf } from './tool.ts';

/** Rows from which partitions pay. */
const WORTH_PARTITIONS = 5_000_000;
const MAX_MONTHS = 600;

interface Issue {
  readonly severity: 'low' | 'medium' | 'high';
  readonly issue_type: string;
  readonly description: string;
  readonly recommendation: string;
}

export const validatePartitioningTool: Tool = {
  name: 'validate_partitioning',
  description: 'Tells whether a table is partitioned, whether the partitions are sound, and which would be.',
  parameters: { table_name: { type: 'string', description: 'name of the table', required: true } },
  async run(input, context) {
    const table = requireTable(textOf(input, 'table_name'), context);
    if (!isTable(table)) return table;
    const parts = await partitionsOf(table, context);
    const column = dateColumn(table);
    const months = column ? await rowsPerMonth(table, column, context) : null;
    const rows = table.rowCount;
    const large = (rows ?? 0) >= WORTH_PARTITIONS;
    const even = months === null ? null : isEven(months);
    const issues = issuesOf(table, { parts, large, even, column }, context);
    const recommend = parts.length === 0 && large && column !== null;
    return succeeded({
      partitioned: parts.length > 0,
      partition_info: {
        is_partitioned: parts.length > 0,
        partition_key: null,
        partition_type: null,
        partition_count: parts.length,
        partition_expression: parts.length > 0 ? parts.slice(0, 20).join(', ') : null,
      },
      validation_results: {
        partition_key_valid: parts.length > 0 ? column !== null : null,
        granularity_appropriate: parts.length > 0 ? parts.length <= 1_000 : null,
        data_distribution_even: even,
        pruning_opportunities: column ? [column.name] : [],
        issues: issues.map((issue) => issue.issue_type),
      },
      issues,
      recommended_partition: recommend
        ? {
            suggested_key: column.name,
            suggested_type: 'RANGE',
            estimated_partitions: months?.length ?? null,
            rationale: say(
              context.language,
              `${rows} rows, dated by ${column.name}: one partition a month`,
              `约 ${rows} 行，按 ${column.name} 每月一个分区`,
            ),
          }
        : null,
      performance_impact: {
        query_speed_improvement: recommend && months ? `1/${Math.max(1, months.length)}` : 'none',
        storage_efficiency: 'unchanged',
        maintenance_overhead: recommend ? 'medium' : 'low',
      },
    });
  },
};

/** Partitions that the plan of a full read names; engines without partitions have none. */
async function partitionsOf(table: Table, context: ToolContext): Promise<string[]> {
  const { dialect } = context.source.schema;
  if (dialect === 'duckdb' || dialect === 'sqlite' || table.kind === 'view') return [];
  const explained = await explainSql(renderPlan(readAll(table), dialect, { schema: context.source.schema }), context);
  if (typeof explained === 'string') return [];
  // MySQL lists partitions beside the table; PostgreSQL reads each as a table of its own.
  const listed = /"?partitions"?\s*[=:]\s*(\[[^\]]*\]|"[^"]*"|[\w,]+)/i.exec(explained.text)?.[1] ?? '';
  const partitions = listed.match(/\w+/g)?.filter((name) => name.toLowerCase() !== 'null') ?? [];
  const children = planNodes(explained.root).flatMap((node) =>
    node.table !== null && node.table.toLowerCase() !== table.ref.name.toLowerCase() ? [node.table] : [],
  );
  return [...new Set([...partitions, ...children])];
}

const readAll = (table: Table): SelectPlan => ({
  kind: 'select',
  distinct: false,
  items: [{ expr: { kind: 'star', source: null }, alias: null }],
  sources: [{ kind: 'table', alias: 't', table: table.ref, join: null }],
  where: null,
  groupBy: [],
  having: null,
  orderBy: [],
  limit: 1,
  offset: null,
});

const dateColumn = (table: Table): Column | null =>
  table.columns.find((column) => column.type === 'date') ??
  table.columns.find((column) => column.type === 'timestamp') ??
  null;

async function rowsPerMonth(table: Table, column: Column, context: ToolContext): Promise<number[] | null> {
  const month = {
    kind: 'date-trunc',
    grain: 'month',
    arg: { kind: 'column', source: 't', column: column.name },
  } as const;
  const plan: SelectPlan = {
    ...readAll(table),
    items: [
      { expr: month, alias: 'month' },
      {
        expr: { kind: 'aggregate', fn: 'count', arg: { kind: 'star', source: null }, distinct: false, filter: null },
        alias: 'rows_in_month',
      },
    ],
    groupBy: [month],
    limit: MAX_MONTHS,
  };
  const { schema } = context.source;
  const guarded = await guardStatement(renderPlan(plan, schema.dialect, { schema }), context.source, context.services);
  if (!guarded.ok) return null;
  const run = await context.execute(guarded.value, MAX_MONTHS);
  return run.ok ? run.rows.rows.map((row) => Number(row[1])) : null;
}

/** No month, the newest and oldest apart, holds four times the average. */
function isEven(months: readonly number[]): boolean {
  const mean = months.reduce((sum, rows) => sum + rows, 0) / Math.max(1, months.length);
  return months.every((rows) => rows <= 4 * mean);
}

function issuesOf(
  table: Table,
  facts: {
    readonly parts: readonly string[];
    readonly large: boolean;
    readonly even: boolean | null;
    readonly column: Column | null;
  },
  { language }: ToolContext,
): Issue[] {
  const issues: Issue[] = [];
  if (facts.parts.length === 0 && facts.large) {
    issues.push({
      severity: 'medium',
      issue_type: 'missing_partition',
      description: say(
        language,
        `${fullName(table)} is large and has no partitions`,
        `${fullName(table)} 数据量大但未分区`,
      ),
      recommendation: facts.column
        ? say(language, `Partition by ${facts.column.name}`, `建议按 ${facts.column.name} 分区`)
        : say(language, 'Add a date column to partition by', '建议增加日期列作为分区键'),
    });
  }
  if (facts.even === false) {
    issues.push({
      severity: 'low',
      issue_type: 'uneven_distribution',
      description: say(
        language,
        'Some months hold many times the average number of rows',
        '部分月份的数据量远高于平均值',
      ),
      recommendation: say(language, 'Check these months before partitioning by month', '按月分区前请检查这些月份'),
    });
  }
  return issues;
}
