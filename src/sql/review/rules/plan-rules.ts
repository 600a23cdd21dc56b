/** Rules about how the database says it will run the statement. */

import { isUniqueBy } from '../known-column.ts';
import type { PlanStep, ReviewInput, ReviewRule } from '../review-rule.ts';

const LARGE = 100_000;
const tableOf = (step: PlanStep, { schema }: ReviewInput) =>
  schema.tables.find((table) => table.ref.name.toLowerCase() === step.table?.toLowerCase());
const rowsOf = (step: PlanStep, input: ReviewInput): number =>
  tableOf(step, input)?.rowCount ?? step.estimatedRows ?? 0;
const isScan = (step: PlanStep): boolean => step.table !== null && step.index === null;

export const PLAN_RULES: readonly ReviewRule[] = [
  {
    id: 'plan-full-scan',
    severity: 'warning',
    topic: 'performance',
    dialects: ['postgres', 'mysql', 'sqlite'],
    en: [
      'The plan reads all of {table} (about {rows} rows).',
      'Filter by an indexed column, or index what is filtered.',
    ],
    zh: ['执行计划全表扫描 {table}（约 {rows} 行）。', '请按索引列过滤，或为过滤列建立索引。'],
    check: (input) =>
      input.steps
        .filter((step) => isScan(step) && rowsOf(step, input) >= LARGE)
        .map((step) => ({
          text: `${step.operation} ${step.table}`,
          values: { table: step.table ?? '', rows: rowsOf(step, input) },
        })),
  },
  {
    id: 'plan-nested-loop',
    severity: 'warning',
    topic: 'performance',
    en: ['The plan joins by a nested loop over a full read of {table}.', 'Index the join column of {table}.'],
    zh: ['执行计划以嵌套循环关联，并反复全表读取 {table}。', '请为 {table} 的关联列建立索引。'],
    check: (input) =>
      input.steps
        .filter((step) => /nested.?loop|cross.?product/i.test(step.operation))
        .flatMap((step) => step.children.slice(1))
        .filter((inner) => isScan(inner) && rowsOf(inner, input) >= 1_000)
        .map((inner) => ({ text: `NESTED LOOP ${inner.table}`, values: { table: inner.table ?? '' } })),
  },
  {
    id: 'plan-row-explosion',
    severity: 'warning',
    topic: 'performance',
    en: [
      'A step is expected to give {rows} rows, more than ten times the largest table.',
      'Check the join conditions.',
    ],
    zh: ['某一步预计产生 {rows} 行，超过最大表的十倍。', '请检查关联条件。'],
    check: (input) => {
      const largest = Math.max(
        1_000,
        ...input.analysis.tables.map(
          (ref) => input.schema.tables.find((table) => table.ref.name === ref.name)?.rowCount ?? 0,
        ),
      );
      const worst = input.steps.reduce((most, step) => Math.max(most, step.estimatedRows ?? 0), 0);
      return worst > 10 * largest ? [{ text: `${Math.round(worst)}`, values: { rows: Math.round(worst) } }] : [];
    },
  },
  {
    id: 'plan-large-sort',
    severity: 'info',
    topic: 'performance',
    en: ['The plan sorts about {rows} rows.', 'An index in the order of ORDER BY saves the sort.'],
    zh: ['执行计划需要对约 {rows} 行排序。', '建立与 ORDER BY 顺序一致的索引可避免排序。'],
    check: ({ steps }) =>
      steps
        .filter(
          (step) =>
            /sort|order|filesort|temp b-tree/i.test(`${step.operation} ${step.detail}`) &&
            (step.estimatedRows ?? 0) >= LARGE,
        )
        .slice(0, 1)
        .map((step) => ({ text: step.operation, values: { rows: Math.round(step.estimatedRows ?? 0) } })),
  },
  {
    id: 'plan-missing-index',
    severity: 'info',
    topic: 'performance',
    dialects: ['postgres', 'mysql', 'sqlite'],
    en: [
      '{column} of {table} is filtered or joined, and the plan uses no index for it.',
      'CREATE INDEX ON {table} ({column}).',
    ],
    zh: ['{table}.{column} 用于过滤或关联，但执行计划未使用索引。', '建议在 {table}({column}) 上建立索引。'],
    check: (input) => {
      const scanned = input.steps.filter(isScan);
      const usages = input.analysis.columns.filter((column) => column.use === 'filter' || column.use === 'join');
      return usages.flatMap((usage) => {
        const step = scanned.find((one) => one.table?.toLowerCase() === usage.table.name.toLowerCase());
        const table = step && tableOf(step, input);
        return table && (table.rowCount ?? 0) >= 10_000 && !isUniqueBy(table, [usage.column])
          ? [{ text: `${usage.table.name}.${usage.column}`, values: { table: usage.table.name, column: usage.column } }]
          : [];
      });
    },
  },
];
