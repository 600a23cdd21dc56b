/** Rules about queries that say something else than they seem to. */
import { isTreeObject, type TreeObject, type TreeValue, treeList, treeName } from '../../parse/index.ts';
import { isUniqueBy, knownColumn } from '../known-column.ts';
import { printExpression } from '../print-expression.ts';
import type { Evidence, QueryBlock, ReviewInput, ReviewRule } from '../review-rule.ts';
import {
  bare,
  COMPARISONS,
  columnText,
  conjuncts,
  find,
  fromEntries,
  groupKeys,
  having,
  joinsOf,
  literalOf,
  orderKeys,
  shapeOf,
  tablesOf,
  where,
} from '../tree-search.ts';

export const AGGREGATES = [
  'sum',
  'avg',
  'count',
  'min',
  'max',
  'aggregate_function',
  'array_agg',
  'string_agg',
  'group_concat',
  'stddev',
  'variance',
  'median',
];
const NUMERIC = new Set(['integer', 'decimal', 'float']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const inBlocks = (check: (block: QueryBlock, input: ReviewInput) => readonly Evidence[]) => (input: ReviewInput) =>
  input.blocks.flatMap((block) => check(block, input));
const seen = (value: TreeValue | undefined): Evidence => ({ text: printExpression(value) });
const wrap = (node: { readonly variant: string; readonly data: TreeObject }): TreeValue => ({
  [node.variant]: node.data,
});
const conditionsOf = (select: TreeObject): TreeValue[] =>
  [where(select), having(select), ...joinsOf(select).map((join) => join.on)].filter(
    (value) => value !== undefined && value !== null,
  );
const hasAggregate = (value: TreeValue | undefined): boolean => find(value, ...AGGREGATES).length > 0;

export const CORRECTNESS_RULES: readonly ReviewRule[] = [
  {
    id: 'unknown-name',
    severity: 'error',
    topic: 'correctness',
    en: ['{message}', 'Correct the name.'],
    zh: ['名称不存在：{message}', '请更正表名或列名。'],
    check: ({ analysis }) =>
      analysis.problems
        .filter((problem) => problem.code === 'unknown-table' || problem.code === 'unknown-column')
        .map((problem) => ({ text: problem.name ?? '', values: { message: problem.message } })),
  },
  {
    id: 'null-comparison',
    severity: 'error',
    topic: 'correctness',
    en: ['A comparison with NULL is never true.', 'Use IS NULL or IS NOT NULL.'],
    zh: ['与 NULL 的比较永远不成立。', '请改用 IS NULL 或 IS NOT NULL。'],
    check: inBlocks(({ select }) =>
      conditionsOf(select)
        .flatMap((condition) => find(condition, 'eq', 'neq'))
        .filter(({ data }) => bare(data.left)?.variant === 'null' || bare(data.right)?.variant === 'null')
        .map((node) => seen(wrap(node))),
    ),
  },
  {
    id: 'not-in-nullable',
    severity: 'error',
    topic: 'correctness',
    en: [
      'NOT IN over a nullable column gives no row at all as soon as one value is NULL.',
      'Use NOT EXISTS, or exclude NULL in the sub-query.',
    ],
    zh: ['NOT IN 子查询的列可为空，只要有一个 NULL 就不返回任何行。', '请改用 NOT EXISTS，或在子查询中排除 NULL。'],
    check: inBlocks(({ select }, { schema }) =>
      conditionsOf(select).flatMap((condition) => {
        const negated = [
          ...find(condition, 'in').filter(({ data }) => data.not === true),
          ...find(condition, 'not').flatMap(({ data }) => {
            const inner = bare(data.this);
            return inner?.variant === 'in' ? [inner] : [];
          }),
        ];
        return negated.flatMap((node) => {
          const inner =
            isTreeObject(node.data.query) && isTreeObject(node.data.query.select) ? node.data.query.select : null;
          const item = inner ? treeList(inner.expressions)[0] : undefined;
          const column = inner ? knownColumn(item, inner, schema) : null;
          const excluded = inner ? shapeOf(where(inner)).includes('is_null') : false;
          return column?.column.nullable && !excluded ? [{ text: `NOT IN (SELECT ${columnText(item)} …)` }] : [];
        });
      }),
    ),
  },
  {
    id: 'cartesian-join',
    severity: 'error',
    topic: 'correctness',
    en: ['Tables are joined without a condition: every row meets every row.', 'Add the join condition.'],
    zh: ['表之间缺少关联条件，会产生笛卡尔积。', '请补充关联条件。'],
    check: inBlocks(({ select }) => {
      const loose = joinsOf(select).filter(
        (join) =>
          (join.on === null || join.on === undefined) &&
          treeList(join.using).length === 0 &&
          !/natural/i.test(String(join.kind)) &&
          isTreeObject(join.this) &&
          ('table' in join.this || 'subquery' in join.this),
      );
      const commas = fromEntries(select).length - 1;
      if (loose.length + commas <= 0) return [];
      const linked = conjuncts(where(select)).filter(
        ({ variant, data }) => variant === 'eq' && columnText(data.left) !== null && columnText(data.right) !== null,
      );
      return linked.length >= loose.length + commas
        ? []
        : [
            {
              text: tablesOf(select)
                .map((table) => table.name)
                .join(', '),
            },
          ];
    }),
  },
  {
    id: 'left-join-undone',
    severity: 'warning',
    topic: 'correctness',
    en: [
      'A condition in WHERE on the optional side of a LEFT JOIN makes it an inner join.',
      'Move the condition into ON, or join with INNER JOIN.',
    ],
    zh: ['WHERE 中对 LEFT JOIN 右表的条件使其等同于内连接。', '请将条件移到 ON 中，或改用 INNER JOIN。'],
    check: inBlocks(({ select }) => {
      const optional = new Set(
        joinsOf(select)
          .filter((join) => /^left/i.test(String(join.kind)))
          .flatMap((join) => tablesOf({ from: { expressions: [join.this ?? null] } }))
          .map(({ name, alias }) => (alias ?? name).toLowerCase()),
      );
      return conjuncts(where(select))
        .filter(
          ({ variant }) => COMPARISONS.has(variant) || variant === 'like' || variant === 'in' || variant === 'between',
        )
        .filter(({ data }) =>
          optional.has((columnText(data.left ?? data.this) ?? '').split('.')[0]?.toLowerCase() ?? ''),
        )
        .filter(({ data }) => (columnText(data.left ?? data.this) ?? '').includes('.'))
        .map((node) => seen(wrap(node)));
    }),
  },
  {
    id: 'ungrouped-column',
    severity: 'error',
    topic: 'correctness',
    dialects: ['mysql', 'sqlite'],
    en: [
      'A selected column is neither grouped nor aggregated: its value is arbitrary.',
      'Add it to GROUP BY, or aggregate it.',
    ],
    zh: ['查询列既未分组也未聚合，取值不确定。', '请将其加入 GROUP BY 或使用聚合函数。'],
    check: inBlocks(({ select }) => {
      const keys = groupKeys(select);
      const items = treeList(select.expressions);
      if (keys.length === 0 || keys.some((key) => literalOf(key) !== null)) return [];
      const names = new Set(keys.map((key) => columnText(key)?.split('.').at(-1)?.toLowerCase()));
      const shapes = new Set(keys.map(shapeOf));
      return items
        .filter((item) => columnText(aliased(item)) !== null && !shapes.has(shapeOf(aliased(item))))
        .filter((item) => !names.has(columnText(aliased(item))?.split('.').at(-1)?.toLowerCase()))
        .map((item) => seen(item));
    }),
  },
  {
    id: 'limit-without-order',
    severity: 'warning',
    topic: 'correctness',
    en: ['LIMIT without ORDER BY returns arbitrary rows.', 'Order the rows before cutting them.'],
    zh: ['有 LIMIT 而没有 ORDER BY，返回的行不确定。', '请先排序再限制行数。'],
    check: inBlocks(({ select }) =>
      isTreeObject(select.limit) &&
      orderKeys(select).length === 0 &&
      !(groupKeys(select).length === 0 && treeList(select.expressions).every((item) => hasAggregate(item)))
        ? [{ text: 'LIMIT' }]
        : [],
    ),
  },
  {
    id: 'always-true',
    severity: 'warning',
    topic: 'correctness',
    en: ['A condition compares constants: it is always the same.', 'Remove it.'],
    zh: ['条件是常量比较，结果恒定。', '请删除该条件。'],
    check: inBlocks(({ select }) =>
      conditionsOf(select)
        .flatMap((condition) => find(condition, ...COMPARISONS))
        .filter(
          ({ data }) =>
            (literalOf(data.left) && literalOf(data.right)) ||
            (columnText(data.left) !== null && shapeOf(data.left) === shapeOf(data.right)),
        )
        .map((node) => seen(wrap(node))),
    ),
  },
  {
    id: 'contradiction',
    severity: 'error',
    topic: 'correctness',
    en: ['A column has to equal two different values at once: no row can match.', 'Use IN, or OR.'],
    zh: ['同一列被要求同时等于两个不同的值，不会有匹配的行。', '请改用 IN 或 OR。'],
    check: inBlocks(({ select }) => {
      const values = new Map<string, string>();
      return conjuncts(where(select)).flatMap((node) => {
        const column = node.variant === 'eq' ? columnText(node.data.left) : null;
        const value = literalOf(node.data.right);
        if (!column || !value) return [];
        const before = values.get(column);
        values.set(column, value.value);
        return before !== undefined && before !== value.value ? [seen(wrap(node))] : [];
      });
    }),
  },
  {
    id: 'duplicate-condition',
    severity: 'info',
    topic: 'readability',
    en: ['The same condition stands twice.', 'Remove one.'],
    zh: ['同一条件重复出现。', '请删除重复条件。'],
    check: inBlocks(({ select }) => {
      const known = new Set<string>();
      return conjuncts(where(select)).flatMap((node) => {
        const shape = shapeOf(wrap(node));
        const again = known.has(shape);
        known.add(shape);
        return again ? [seen(wrap(node))] : [];
      });
    }),
  },
  {
    id: 'between-timestamps',
    severity: 'warning',
    topic: 'correctness',
    en: [
      'BETWEEN with a bare day on a timestamp leaves out almost all of the last day.',
      'Use >= the first day and < the day after the last.',
    ],
    zh: ['对时间戳列使用 BETWEEN 日期，会漏掉最后一天的绝大部分数据。', '请使用 >= 起始日 且 < 结束日的次日。'],
    check: inBlocks(({ select }, { schema }) =>
      conditionsOf(select)
        .flatMap((condition) => find(condition, 'between'))
        .filter(
          ({ data }) =>
            knownColumn(data.this, select, schema)?.column.type === 'timestamp' &&
            DAY.test(literalOf(data.high)?.value ?? ''),
        )
        .map((node) => seen(wrap(node))),
    ),
  },
  {
    id: 'type-mismatch',
    severity: 'warning',
    topic: 'correctness',
    en: [
      'A {type} column is compared with a constant of another type.',
      'Write the constant in the column’s own type.',
    ],
    zh: ['{type} 类型的列与其他类型的常量比较。', '请使用与列类型一致的常量。'],
    check: inBlocks(({ select }, { schema }) =>
      conditionsOf(select)
        .flatMap((condition) => find(condition, ...COMPARISONS))
        .flatMap((node) => {
          const column = knownColumn(node.data.left, select, schema)?.column;
          const value = literalOf(node.data.right);
          if (!column || !value) return [];
          const wrong =
            column.type === 'text' ? value.type === 'number' : NUMERIC.has(column.type) && value.type === 'string';
          return wrong ? [{ ...seen(wrap(node)), values: { type: column.type } }] : [];
        }),
    ),
  },
  {
    id: 'join-type-mismatch',
    severity: 'warning',
    topic: 'correctness',
    en: [
      'Joined columns have different types ({left}, {right}).',
      'Store both sides in one type, or cast the smaller table’s side.',
    ],
    zh: ['关联列的类型不同（{left}、{right}）。', '请统一两侧类型，或在小表一侧转换。'],
    check: ({ analysis, schema }) =>
      analysis.joins.flatMap((join) =>
        join.equalities.flatMap(({ left, right }) => {
          const types = [left, right].map(
            (side) =>
              schema.tables
                .find((table) => table.ref.name === side.table.name)
                ?.columns.find((column) => column.name === side.column)?.type,
          );
          const [a, b] = types;
          const same = a === b || (NUMERIC.has(a ?? '') && NUMERIC.has(b ?? '')) || a === undefined || b === undefined;
          return same
            ? []
            : [
                {
                  text: `${left.table.name}.${left.column} = ${right.table.name}.${right.column}`,
                  values: { left: a, right: b },
                },
              ];
        }),
      ),
  },
  {
    id: 'fan-out',
    severity: 'warning',
    topic: 'correctness',
    en: [
      'A join to {table} can repeat the rows of {fact}, whose column is summed: the total would be too large.',
      'Aggregate {table} before joining, or use EXISTS.',
    ],
    zh: ['与 {table} 的关联可能使 {fact} 的行重复，求和结果会偏大。', '请先对 {table} 聚合再关联，或改用 EXISTS。'],
    check: inBlocks(({ select }, { schema, analysis }) => {
      const summed = find(treeList(select.expressions) as TreeValue, 'sum', 'avg').flatMap(({ data }) => {
        const columns = find(data.this, 'column').flatMap((node) => knownColumn(wrap(node), select, schema) ?? []);
        const tables = new Set(columns.map((column) => column.table.ref.name));
        return tables.size === 1 ? [...tables] : [];
      });
      return [...new Set(summed)].flatMap((fact) =>
        analysis.joins.flatMap(({ equalities }) => {
          const pairs = equalities.flatMap(({ left, right }) =>
            left.table.name === fact ? [right] : right.table.name === fact ? [left] : [],
          );
          const other = pairs[0] && schema.tables.find((table) => table.ref.name === pairs[0]?.table.name);
          if (!other || other.primaryKey.length === 0 || other.ref.name === fact) return [];
          return isUniqueBy(
            other,
            pairs.map((pair) => pair.column),
          )
            ? []
            : [{ text: `${fact} ⋈ ${other.ref.name}`, values: { table: other.ref.name, fact } }];
        }),
      );
    }),
  },
  {
    id: 'duplicate-output',
    severity: 'warning',
    topic: 'correctness',
    en: ['Two result columns are called {name}.', 'Give one an alias.'],
    zh: ['结果中有两列同名：{name}。', '请为其中一列指定别名。'],
    check: ({ analysis }) => {
      const names = analysis.output.filter((name) => name !== null).map((name) => name.toLowerCase());
      return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => ({
        text: name,
        values: { name },
      }));
    },
  },
  {
    id: 'mixed-and-or',
    severity: 'warning',
    topic: 'correctness',
    en: ['AND and OR are mixed without brackets: AND binds tighter.', 'Add the brackets that are meant.'],
    zh: ['AND 与 OR 混用且没有括号，AND 优先级更高。', '请加上括号明确意图。'],
    check: inBlocks(({ select }) =>
      conditionsOf(select)
        .flatMap((condition) => find(condition, 'or'))
        .filter(({ data }) => [data.left, data.right].some((side) => isTreeObject(side) && 'and' in side))
        .slice(0, 1)
        .map((node) => seen(wrap(node))),
    ),
  },
  {
    id: 'case-without-else',
    severity: 'info',
    topic: 'correctness',
    en: ['CASE without ELSE gives NULL for everything else.', 'Say what other values should give.'],
    zh: ['CASE 没有 ELSE，其他情况返回 NULL。', '请写明其他情况的取值。'],
    check: inBlocks(({ select }) =>
      find(treeList(select.expressions).filter((item) => !hasAggregate(item)) as TreeValue, 'case')
        .filter(({ data }) => data.else_ === null || data.else_ === undefined)
        .map(() => ({ text: 'CASE … END' })),
    ),
  },
  {
    id: 'count-nullable',
    severity: 'info',
    topic: 'correctness',
    en: ['COUNT of a nullable column leaves out the rows where it is NULL.', 'Use COUNT(*) when rows are meant.'],
    zh: ['对可空列使用 COUNT 会忽略该列为 NULL 的行。', '如需统计行数，请使用 COUNT(*)。'],
    check: inBlocks(({ select }, { schema }) =>
      find(treeList(select.expressions) as TreeValue, 'count')
        .filter(
          ({ data }) => data.distinct !== true && knownColumn(data.this, select, schema)?.column.nullable === true,
        )
        .map((node) => seen(wrap(node))),
    ),
  },
  {
    id: 'scalar-subquery-rows',
    severity: 'warning',
    topic: 'correctness',
    en: ['A sub-query used as a value may give more than one row.', 'Aggregate it, or limit it to one row.'],
    zh: ['作为标量使用的子查询可能返回多行。', '请使用聚合或限制为一行。'],
    check: inBlocks(({ select }, { schema }) =>
      [...treeList(select.expressions), where(select) ?? null].flatMap((value) =>
        find(value, 'subquery').flatMap(({ data }) => {
          const inner = isTreeObject(data.this) && isTreeObject(data.this.select) ? data.this.select : null;
          if (!inner || isTreeObject(inner.limit) || treeList(inner.expressions).some((item) => hasAggregate(item)))
            return [];
          const keys = conjuncts(where(inner)).flatMap(({ variant, data: sides }) =>
            variant === 'eq' ? [sides.left, sides.right].flatMap((side) => knownColumn(side, inner, schema) ?? []) : [],
          );
          const unique = keys.some(({ table }) =>
            isUniqueBy(
              table,
              keys.filter((key) => key.table === table).map((key) => key.column.name),
            ),
          );
          return unique ? [] : [{ text: '(SELECT …)' }];
        }),
      ),
    ),
  },
  {
    id: 'having-without-aggregate',
    severity: 'info',
    topic: 'performance',
    en: ['A HAVING condition has no aggregate: it could filter before grouping.', 'Move it to WHERE.'],
    zh: ['HAVING 条件不含聚合函数，可在分组前过滤。', '请移到 WHERE 中。'],
    check: inBlocks(({ select }) => {
      const names = new Set(
        treeList(select.expressions).flatMap((item) =>
          isTreeObject(item) && isTreeObject(item.alias) ? (treeName(item.alias.alias)?.name.toLowerCase() ?? []) : [],
        ),
      );
      return conjuncts(having(select))
        .filter((node) => !hasAggregate(wrap(node)))
        .filter((node) =>
          find(wrap(node), 'column').every((column) => !names.has((columnText(wrap(column)) ?? '').toLowerCase())),
        )
        .map((node) => seen(wrap(node)));
    }),
  },
  {
    id: 'distinct-hides-join',
    severity: 'info',
    topic: 'correctness',
    en: [
      'DISTINCT over a join often hides repeated rows that the join makes.',
      'Check the join’s keys; EXISTS needs no DISTINCT.',
    ],
    zh: ['关联后使用 DISTINCT 往往掩盖了关联产生的重复行。', '请检查关联键，或改用 EXISTS。'],
    check: inBlocks(({ select }) =>
      select.distinct === true && joinsOf(select).length > 0 ? [{ text: 'SELECT DISTINCT … JOIN' }] : [],
    ),
  },
];

/** A select item without its alias. */
export const aliased = (item: TreeValue | undefined): TreeValue | undefined =>
  isTreeObject(item) && isTreeObject(item.alias) ? item.alias.this : item;
