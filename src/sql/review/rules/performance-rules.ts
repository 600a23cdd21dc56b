/** Rules about queries that cost more than they must, read from the statement alone. */
import { isTreeObject, type TreeNode, type TreeObject, type TreeValue, treeList } from '../../parse/index.ts';
import { knownColumn, knownTables } from '../known-column.ts';
import { printExpression } from '../print-expression.ts';
import type { Evidence, QueryBlock, ReviewInput, ReviewRule } from '../review-rule.ts';
import {
  COMPARISONS,
  columnText,
  conjuncts,
  disjuncts,
  find,
  groupKeys,
  joinsOf,
  literalOf,
  nodesOf,
  orderKeys,
  where,
} from '../tree-search.ts';
import { AGGREGATES } from './correctness-rules.ts';

const LARGE = 100_000;
const inBlocks = (check: (block: QueryBlock, input: ReviewInput) => readonly Evidence[]) => (input: ReviewInput) =>
  input.blocks.flatMap((block) => check(block, input));
const wrap = (node: TreeNode): TreeValue => ({ [node.variant]: node.data });
const seen = (node: TreeNode): Evidence => ({ text: printExpression(wrap(node)) });
const conditions = (select: TreeObject): TreeNode[] => [
  ...conjuncts(where(select)),
  ...joinsOf(select).flatMap((join) => conjuncts(join.on)),
];
const ARITHMETIC = new Set(['add', 'sub', 'mul', 'div', 'mod']);
/** The operand of a comparison that is looked up: its left side, or what BETWEEN, IN and LIKE test. */
const tested = (node: TreeNode): TreeValue | undefined => node.data.left ?? node.data.this;
const isTest = ({ variant }: TreeNode): boolean =>
  COMPARISONS.has(variant) || ['between', 'in', 'like', 'i_like'].includes(variant);

export const PERFORMANCE_RULES: readonly ReviewRule[] = [
  {
    id: 'select-star',
    severity: 'warning',
    topic: 'performance',
    en: ['SELECT * reads every column and changes with the table.', 'Name the columns that are needed.'],
    zh: ['SELECT * 会读取所有列，且随表结构变化。', '请只列出需要的列。'],
    check: inBlocks(({ select, place }) =>
      place !== 'exists' && treeList(select.expressions).some((item) => isTreeObject(item) && 'star' in item)
        ? [{ text: 'SELECT *' }]
        : [],
    ),
  },
  {
    id: 'leading-wildcard',
    severity: 'warning',
    topic: 'performance',
    en: ['A pattern that begins with a wildcard cannot use an index.', 'Anchor the pattern, or use a full-text index.'],
    zh: ['以通配符开头的模式无法使用索引。', '请使用前缀匹配或全文索引。'],
    check: inBlocks(({ select }) =>
      find(where(select), 'like', 'i_like')
        .filter(({ data }) => /^[%_]/.test(literalOf(data.right)?.value ?? ''))
        .map(seen),
    ),
  },
  {
    id: 'like-without-wildcard',
    severity: 'info',
    topic: 'readability',
    en: ['LIKE without a wildcard is an equality.', 'Use =.'],
    zh: ['LIKE 没有通配符，等同于相等比较。', '请改用 =。'],
    check: inBlocks(({ select }) =>
      find(where(select), 'like')
        .filter(({ data }) => literalOf(data.right) !== null && !/[%_\\]/.test(literalOf(data.right)?.value ?? '%'))
        .map(seen),
    ),
  },
  {
    id: 'function-on-column',
    severity: 'warning',
    topic: 'performance',
    en: [
      'A function on the filtered column keeps indexes and zone maps from helping.',
      'Compare the bare column with a range or a constant.',
    ],
    zh: ['过滤列上使用了函数，无法利用索引。', '请对原始列使用范围或常量比较。'],
    check: inBlocks(({ select }) =>
      conditions(select)
        .filter(isTest)
        .filter((node) => {
          const side = tested(node);
          const inner = [...nodesOf(side)];
          const first = inner[0];
          return (
            first !== undefined &&
            first.variant !== 'column' &&
            first.variant !== 'cast' &&
            !ARITHMETIC.has(first.variant) &&
            !AGGREGATES.includes(first.variant) &&
            !['subquery', 'select', 'literal', 'paren', 'tuple'].includes(first.variant) &&
            inner.some((one) => one.variant === 'column')
          );
        })
        .map(seen),
    ),
  },
  {
    id: 'arithmetic-on-column',
    severity: 'warning',
    topic: 'performance',
    en: [
      'Arithmetic on the filtered column keeps its index from being used.',
      'Move the arithmetic to the constant’s side.',
    ],
    zh: ['过滤列参与运算，无法使用索引。', '请将运算移到常量一侧。'],
    check: inBlocks(({ select }) =>
      conditions(select)
        .filter(isTest)
        .filter((node) => {
          const [first, ...rest] = [...nodesOf(tested(node))];
          return (
            first !== undefined &&
            ARITHMETIC.has(first.variant) &&
            rest.some((one) => one.variant === 'column') &&
            literalOf(node.data.right) !== null
          );
        })
        .map(seen),
    ),
  },
  {
    id: 'cast-on-column',
    severity: 'warning',
    topic: 'performance',
    en: ['A cast of the filtered column keeps its index from being used.', 'Write the constant in the column’s type.'],
    zh: ['对过滤列做类型转换，无法使用索引。', '请将常量写成列的类型。'],
    check: inBlocks(({ select }) =>
      conditions(select)
        .filter(isTest)
        .filter((node) => {
          const [first] = [...nodesOf(tested(node))];
          return first?.variant === 'cast' && columnText(first.data.this) !== null;
        })
        .map(seen),
    ),
  },
  {
    id: 'or-same-column',
    severity: 'info',
    topic: 'readability',
    en: ['Several values of one column are joined by OR.', 'Use IN.'],
    zh: ['同一列的多个取值用 OR 连接。', '请改用 IN。'],
    check: inBlocks(({ select }) =>
      conjuncts(where(select)).flatMap((node) => {
        const parts = disjuncts(wrap(node));
        const columns = parts.map((part) =>
          part.variant === 'eq' && literalOf(part.data.right) ? columnText(part.data.left) : null,
        );
        return parts.length > 1 && columns[0] !== null && columns.every((column) => column === columns[0])
          ? [seen(node)]
          : [];
      }),
    ),
  },
  {
    id: 'or-different-columns',
    severity: 'info',
    topic: 'performance',
    en: ['OR over different columns seldom uses an index.', 'Consider UNION ALL of two disjoint queries.'],
    zh: ['不同列之间使用 OR，通常难以利用索引。', '可考虑拆分为互斥查询的 UNION ALL。'],
    check: inBlocks(({ select }) =>
      conjuncts(where(select)).flatMap((node) => {
        const columns = new Set(
          disjuncts(wrap(node))
            .map((part) => columnText(tested(part)))
            .filter((one) => one !== null),
        );
        return columns.size > 1 ? [seen(node)] : [];
      }),
    ),
  },
  {
    id: 'long-in-list',
    severity: 'warning',
    topic: 'performance',
    en: ['IN lists {count} values.', 'Join a table of the values instead.'],
    zh: ['IN 列表包含 {count} 个值。', '请改为关联取值表。'],
    check: inBlocks(({ select }) =>
      find(where(select), 'in')
        .filter(({ data }) => treeList(data.expressions).length > 100)
        .map((node) => ({ ...seen(node), values: { count: treeList(node.data.expressions).length } })),
    ),
  },
  {
    id: 'large-offset',
    severity: 'warning',
    topic: 'performance',
    en: ['OFFSET {offset} reads and throws away that many rows.', 'Continue after the last key instead.'],
    zh: ['OFFSET {offset} 会读取并丢弃这么多行。', '请使用上一页最后的键继续查询。'],
    check: inBlocks(({ select }) => {
      const offset = isTreeObject(select.offset) ? Number(literalOf(select.offset.this)?.value ?? 0) : 0;
      return offset >= 1_000 ? [{ text: `OFFSET ${offset}`, values: { offset } }] : [];
    }),
  },
  {
    id: 'order-by-random',
    severity: 'warning',
    topic: 'performance',
    en: ['Ordering by a random number sorts the whole table.', 'Sample the table instead.'],
    zh: ['按随机数排序会对全表排序。', '请改用抽样。'],
    check: inBlocks(({ select }) =>
      orderKeys(select).some((key) =>
        [...nodesOf(key)].some(
          ({ variant, data }) => /^rand(om)?$/.test(variant) || /^rand(om)?$/i.test(String(data.name ?? '')),
        ),
      )
        ? [{ text: 'ORDER BY RANDOM()' }]
        : [],
    ),
  },
  {
    id: 'nested-order',
    severity: 'info',
    topic: 'performance',
    en: ['ORDER BY in a nested query without LIMIT has no effect.', 'Remove it.'],
    zh: ['子查询中没有 LIMIT 的 ORDER BY 不起作用。', '请删除。'],
    check: inBlocks(({ select, place }) =>
      place !== 'outer' && orderKeys(select).length > 0 && !isTreeObject(select.limit) ? [{ text: 'ORDER BY' }] : [],
    ),
  },
  {
    id: 'union-distinct',
    severity: 'info',
    topic: 'performance',
    en: ['UNION sorts out duplicates.', 'Use UNION ALL when the parts cannot overlap.'],
    zh: ['UNION 会去重。', '如各部分不会重复，请使用 UNION ALL。'],
    check: ({ parsed }) => {
      const tree = { [parsed.tree.variant]: parsed.tree.data };
      return [...nodesOf(tree, true)]
        .filter(({ variant, data }) => variant === 'union' && data.all !== true)
        .map(() => ({ text: 'UNION' }));
    },
  },
  {
    id: 'distinct-and-group',
    severity: 'info',
    topic: 'performance',
    en: ['DISTINCT beside GROUP BY usually does the work twice.', 'Remove DISTINCT when all group keys are selected.'],
    zh: ['DISTINCT 与 GROUP BY 同时使用，通常重复去重。', '若已选出全部分组列，请删除 DISTINCT。'],
    check: inBlocks(({ select }) =>
      select.distinct === true && groupKeys(select).length > 0 ? [{ text: 'SELECT DISTINCT … GROUP BY' }] : [],
    ),
  },
  {
    id: 'scalar-subquery-per-row',
    severity: 'warning',
    topic: 'performance',
    en: ['A sub-query in the select list runs for every row.', 'Join the aggregated table once.'],
    zh: ['查询列中的子查询会对每一行执行。', '请先聚合再关联。'],
    check: inBlocks(({ select }) =>
      treeList(select.expressions).flatMap((item) =>
        find(item, 'subquery')
          .filter(({ data }) => {
            const inner = isTreeObject(data.this) && isTreeObject(data.this.select) ? data.this.select : null;
            return inner !== null && where(inner) !== undefined;
          })
          .map(() => ({ text: '(SELECT … WHERE …)' })),
      ),
    ),
  },
  {
    id: 'several-distinct-counts',
    severity: 'info',
    topic: 'performance',
    en: [
      '{count} distinct counts keep as many sets in memory.',
      'Count distinct values in a grouped sub-query, or approximately.',
    ],
    zh: ['{count} 个去重计数会占用大量内存。', '可先分组去重，或使用近似计数。'],
    check: inBlocks(({ select }) => {
      const count = find(treeList(select.expressions) as TreeValue, 'count').filter(
        ({ data }) => data.distinct === true,
      ).length;
      return count > 1 ? [{ text: 'COUNT(DISTINCT …)', values: { count } }] : [];
    }),
  },
  {
    id: 'many-joins',
    severity: 'warning',
    topic: 'performance',
    en: ['{count} joins in one query block.', 'Split it, or build an intermediate table.'],
    zh: ['单个查询块中有 {count} 个关联。', '请拆分查询或建立中间表。'],
    check: inBlocks(({ select }) => {
      const count = joinsOf(select).length;
      return count > 6 ? [{ text: 'JOIN', values: { count } }] : [];
    }),
  },
  {
    id: 'unfiltered-large-table',
    severity: 'warning',
    topic: 'performance',
    en: ['{table} (about {rows} rows) is read without a condition.', 'Filter it, best by its date.'],
    zh: ['未加条件读取大表 {table}（约 {rows} 行）。', '请增加过滤条件，最好按日期过滤。'],
    check: inBlocks(({ select }, { schema }) =>
      where(select) !== undefined
        ? []
        : knownTables(select, schema)
            .filter(({ table }) => (table.rowCount ?? 0) >= LARGE)
            .map(({ table }) => ({
              text: table.ref.name,
              values: { table: table.ref.name, rows: table.rowCount ?? 0 },
            })),
    ),
  },
  {
    id: 'no-date-filter',
    severity: 'info',
    topic: 'performance',
    en: [
      '{table} is dated by {column}, but nothing limits the time.',
      'Add a condition on {column} unless all of history is meant.',
    ],
    zh: ['{table} 有日期列 {column}，但没有限定时间范围。', '如不需要全部历史，请对 {column} 增加条件。'],
    check: inBlocks(({ select }, { schema }) => {
      const filtered = new Set(
        find(where(select), 'column').flatMap((node) => knownColumn(wrap(node), select, schema)?.column.name ?? []),
      );
      return knownTables(select, schema).flatMap(({ table }) => {
        const dated = table.columns.filter((column) => column.type === 'date' || column.type === 'timestamp');
        const first = dated[0];
        return first && (table.rowCount ?? 0) >= 1_000 && !dated.some((column) => filtered.has(column.name))
          ? [{ text: table.ref.name, values: { table: table.ref.name, column: first.name } }]
          : [];
      });
    }),
  },
  {
    id: 'unbounded-result',
    severity: 'info',
    topic: 'performance',
    en: ['The rows are neither aggregated nor limited.', 'Add a LIMIT.'],
    zh: ['结果既未聚合也未限制行数。', '请增加 LIMIT。'],
    check: inBlocks(({ select, place }) =>
      place === 'outer' &&
      !isTreeObject(select.limit) &&
      groupKeys(select).length === 0 &&
      find(treeList(select.expressions) as TreeValue, ...AGGREGATES).length === 0 &&
      isTreeObject(select.from)
        ? [{ text: 'SELECT …' }]
        : [],
    ),
  },
];
