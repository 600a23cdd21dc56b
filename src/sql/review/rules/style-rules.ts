/** Rules about queries that are hard to read, to change or to move. */
import { isTreeObject, type TreeValue, treeList, treeName } from '../../parse/index.ts';
import { isUniqueBy, knownTables } from '../known-column.ts';
import { printExpression } from '../print-expression.ts';
import type { Evidence, QueryBlock, ReviewInput, ReviewRule } from '../review-rule.ts';
import {
  columnText,
  conjuncts,
  find,
  fromEntries,
  groupKeys,
  joinsOf,
  literalOf,
  nodesOf,
  orderKeys,
  shapeOf,
  tablesOf,
} from '../tree-search.ts';

const inBlocks = (check: (block: QueryBlock, input: ReviewInput) => readonly Evidence[]) => (input: ReviewInput) =>
  input.blocks.flatMap((block) => check(block, input));
const QUERY_FORMS = new Set(['select', 'union', 'intersect', 'except', 'subquery', 'values']);

export const STYLE_RULES: readonly ReviewRule[] = [
  {
    id: 'not-a-query',
    severity: 'error',
    topic: 'safety',
    en: ['The statement is a {form}, not a query: it is not run.', 'Review only what reads.'],
    zh: ['该语句是 {form}，不是查询，不会执行。', '仅支持审查只读查询。'],
    check: ({ parsed }) =>
      QUERY_FORMS.has(parsed.tree.variant)
        ? []
        : [{ text: parsed.tree.variant, values: { form: parsed.tree.variant.toUpperCase() } }],
  },
  {
    id: 'row-lock',
    severity: 'error',
    topic: 'safety',
    en: ['The query locks rows (FOR UPDATE or FOR SHARE).', 'Remove the lock; analysis only reads.'],
    zh: ['查询对行加锁（FOR UPDATE / FOR SHARE）。', '分析只需读取，请去掉锁。'],
    check: inBlocks(({ select }) => (treeList(select.locks).length > 0 ? [{ text: 'FOR UPDATE' }] : [])),
  },
  {
    id: 'implicit-join',
    severity: 'warning',
    topic: 'readability',
    en: ['Tables are listed with commas.', 'Write JOIN … ON, so that no condition is forgotten.'],
    zh: ['使用逗号列出多张表。', '请使用 JOIN … ON 明确写出关联条件。'],
    check: inBlocks(({ select }) =>
      fromEntries(select).length > 1 || joinsOf(select).some((join) => /implicit/i.test(String(join.kind)))
        ? [
            {
              text: tablesOf(select)
                .map((table) => table.name)
                .join(', '),
            },
          ]
        : [],
    ),
  },
  {
    id: 'natural-join',
    severity: 'warning',
    topic: 'readability',
    en: ['A NATURAL JOIN changes its meaning when a column is added.', 'Name the columns: JOIN … ON.'],
    zh: ['NATURAL JOIN 会随新增列改变含义。', '请用 JOIN … ON 写明关联列。'],
    check: inBlocks(({ select }) =>
      joinsOf(select).some((join) => /natural/i.test(String(join.kind))) ? [{ text: 'NATURAL JOIN' }] : [],
    ),
  },
  {
    id: 'right-join',
    severity: 'info',
    topic: 'readability',
    en: ['A RIGHT JOIN reads backwards.', 'Swap the tables and use LEFT JOIN.'],
    zh: ['RIGHT JOIN 不易阅读。', '请交换表顺序改用 LEFT JOIN。'],
    check: inBlocks(({ select }) =>
      joinsOf(select).some((join) => /^right/i.test(String(join.kind))) ? [{ text: 'RIGHT JOIN' }] : [],
    ),
  },
  {
    id: 'group-by-position',
    severity: 'info',
    topic: 'readability',
    en: ['GROUP BY names a position; it changes when the select list changes.', 'Name the expression.'],
    zh: ['GROUP BY 使用了列序号，易随查询列变化。', '请写明分组列。'],
    check: inBlocks(({ select }) =>
      groupKeys(select)
        .filter((key) => literalOf(key)?.type === 'number')
        .map((key) => ({ text: `GROUP BY ${printExpression(key)}` })),
    ),
  },
  {
    id: 'order-by-position',
    severity: 'info',
    topic: 'readability',
    en: ['ORDER BY names a position; it changes when the select list changes.', 'Name the column.'],
    zh: ['ORDER BY 使用了列序号，易随查询列变化。', '请写明排序列。'],
    check: inBlocks(({ select }) =>
      orderKeys(select)
        .map((key) => (isTreeObject(key) ? key.this : key))
        .filter((key) => literalOf(key)?.type === 'number')
        .map((key) => ({ text: `ORDER BY ${printExpression(key)}` })),
    ),
  },
  {
    id: 'unqualified-column',
    severity: 'info',
    topic: 'readability',
    en: ['{count} columns of a join are not qualified.', 'Write table.column.'],
    zh: ['关联查询中有 {count} 个列未加表名。', '请写成 表名.列名。'],
    check: inBlocks(({ select }) => {
      if (tablesOf(select).length < 2) return [];
      const loose = find(treeList(select.expressions) as TreeValue, 'column').filter(
        (node) => treeName(node.data.table) === null,
      );
      const first = loose[0];
      return first ? [{ text: columnText({ column: first.data }) ?? '', values: { count: loose.length } }] : [];
    }),
  },
  {
    id: 'unnamed-output',
    severity: 'info',
    topic: 'readability',
    en: ['An expression has no name in the result.', 'Give it an alias.'],
    zh: ['结果中的表达式没有名称。', '请指定别名。'],
    check: ({ analysis }) => {
      const unnamed = analysis.output.filter((name) => name === null).length;
      return unnamed > 0 ? [{ text: `${unnamed}` }] : [];
    },
  },
  {
    id: 'unused-cte',
    severity: 'warning',
    topic: 'readability',
    en: ['The table expression {name} is not used.', 'Remove it.'],
    zh: ['公共表表达式 {name} 未被使用。', '请删除。'],
    check: ({ parsed, blocks }) => {
      const used = new Set(blocks.flatMap(({ select }) => tablesOf(select).map((table) => table.name.toLowerCase())));
      const tree: TreeValue = { [parsed.tree.variant]: parsed.tree.data };
      return [...nodesOf(tree, true)].flatMap(({ data }) =>
        isTreeObject(data.with)
          ? treeList(data.with.ctes).flatMap((cte) => {
              const name = isTreeObject(cte) ? treeName(cte.alias)?.name : undefined;
              return name && !used.has(name.toLowerCase()) ? [{ text: name, values: { name } }] : [];
            })
          : [],
      );
    },
  },
  {
    id: 'unused-left-join',
    severity: 'warning',
    topic: 'performance',
    en: ['{table} is joined by its key, but nothing of it is used.', 'Remove the join.'],
    zh: ['按主键关联了 {table}，但没有使用其任何列。', '请删除该关联。'],
    check: inBlocks(({ select }, { schema }) =>
      joinsOf(select).flatMap((join) => {
        if (!/^left/i.test(String(join.kind))) return [];
        const [own] = tablesOf({ from: { expressions: [join.this ?? null] } });
        if (!own || treeList(select.expressions).some((item) => find(item, 'star').length > 0)) return [];
        const label = (own.alias ?? own.name).toLowerCase();
        const known = knownTables(select, schema).find((one) => one.label.toLowerCase() === label);
        const keys = conjuncts(join.on).flatMap(({ variant, data }) =>
          variant === 'eq'
            ? [data.left, data.right]
                .map((side) => columnText(side) ?? '')
                .filter((text) => text.toLowerCase().startsWith(`${label}.`))
                .map((text) => text.split('.')[1] ?? '')
            : [],
        );
        const { joins: _, ...rest } = select;
        const others = [
          ...find(rest, 'column'),
          ...joinsOf(select)
            .filter((one) => one !== join)
            .flatMap((one) => find(one.on, 'column')),
        ];
        const isUsed = others.some((node) => {
          const text = (columnText({ column: node.data }) ?? '').toLowerCase();
          return (
            text.startsWith(`${label}.`) ||
            (!text.includes('.') && known?.table.columns.some((column) => column.name.toLowerCase() === text))
          );
        });
        return known && isUniqueBy(known.table, keys) && !isUsed
          ? [{ text: own.name, values: { table: own.name } }]
          : [];
      }),
    ),
  },
  {
    id: 'deep-nesting',
    severity: 'info',
    topic: 'readability',
    en: ['The statement has {count} nested queries.', 'Name the steps with WITH.'],
    zh: ['语句包含 {count} 个嵌套查询。', '请用 WITH 为各步骤命名。'],
    check: ({ blocks }) => {
      const count = blocks.filter(({ place }) => place !== 'outer' && place !== 'cte').length;
      return count > 3 ? [{ text: '(SELECT …)', values: { count } }] : [];
    },
  },
  {
    id: 'repeated-expression',
    severity: 'info',
    topic: 'readability',
    en: ['The same CASE stands {count} times.', 'Compute it once in a derived table.'],
    zh: ['同一 CASE 表达式出现 {count} 次。', '请在派生表中计算一次。'],
    check: inBlocks(({ select }) => {
      const counts = new Map<string, number>();
      for (const node of find(treeList(select.expressions) as TreeValue, 'case')) {
        const shape = shapeOf({ case: node.data });
        counts.set(shape, (counts.get(shape) ?? 0) + 1);
      }
      const most = Math.max(0, ...counts.values());
      return most > 2 ? [{ text: 'CASE … END', values: { count: most } }] : [];
    }),
  },
];
