/** Rules about one database engine. */
import { isTreeObject, type TreeNode, type TreeValue, treeList } from '../../parse/index.ts';
import { knownColumn } from '../known-column.ts';
import { printExpression } from '../print-expression.ts';
import type { Evidence, QueryBlock, ReviewInput, ReviewRule } from '../review-rule.ts';
import { bare, columnText, conjuncts, find, joinsOf, literalOf, orderKeys, where } from '../tree-search.ts';

const inBlocks = (check: (block: QueryBlock, input: ReviewInput) => readonly Evidence[]) => (input: ReviewInput) =>
  input.blocks.flatMap((block) => check(block, input));
const wrap = (node: TreeNode): TreeValue => ({ [node.variant]: node.data });
const seen = (node: TreeNode): Evidence => ({ text: printExpression(wrap(node)) });
const calls = (input: ReviewInput, ...names: readonly string[]): Evidence[] =>
  input.analysis.functions
    .filter((name) => names.includes(name))
    .map((name) => ({ text: `${name}(…)`, values: { name } }));
const LARGE = 100_000;

export const DIALECT_RULES: readonly ReviewRule[] = [
  {
    id: 'integer-division',
    severity: 'warning',
    topic: 'correctness',
    dialects: ['postgres', 'sqlite'],
    en: ['Whole numbers divide to a whole number here.', 'Multiply by 1.0 or cast one side.'],
    zh: ['整数相除在该数据库中得到整数。', '请乘以 1.0 或转换其中一侧的类型。'],
    check: inBlocks(({ select }, { schema }) =>
      find(treeList(select.expressions) as TreeValue, 'div')
        .filter(({ data }) =>
          [data.left, data.right].every((side) => {
            const node = bare(side);
            if (node?.variant === 'count') return true;
            const value = literalOf(side);
            if (value) return value.type === 'number' && /^\d+$/.test(value.value);
            if (node?.variant === 'sum') return knownColumn(node.data.this, select, schema)?.column.type === 'integer';
            return knownColumn(side, select, schema)?.column.type === 'integer';
          }),
        )
        .map(seen),
    ),
  },
  {
    id: 'mysql-pipes-are-or',
    severity: 'error',
    topic: 'correctness',
    dialects: ['mysql'],
    en: ['|| is a logical OR in MySQL, not a concatenation.', 'Use CONCAT.'],
    zh: ['MySQL 中 || 是逻辑或，不是字符串拼接。', '请使用 CONCAT。'],
    check: ({ parsed }) =>
      parsed.tokens.some(
        (token, index) =>
          token.text === '|' && parsed.tokens[index + 1]?.text === '|' && parsed.tokens[index + 1]?.start === token.end,
      )
        ? [{ text: '||' }]
        : [],
  },
  {
    id: 'mysql-regexp',
    severity: 'info',
    topic: 'performance',
    dialects: ['mysql'],
    en: ['REGEXP never uses an index.', 'Use LIKE with a fixed beginning where it is enough.'],
    zh: ['REGEXP 无法使用索引。', '如可行请改用前缀 LIKE。'],
    check: inBlocks(({ select }) => find(where(select), 'regexp_like').map(seen)),
  },
  {
    id: 'mysql-group-concat-limit',
    severity: 'info',
    topic: 'correctness',
    dialects: ['mysql'],
    en: [
      'GROUP_CONCAT cuts its text at group_concat_max_len (1024 by default) without an error.',
      'Raise the limit, or aggregate to JSON.',
    ],
    zh: ['GROUP_CONCAT 默认在 1024 字节处静默截断。', '请调大 group_concat_max_len 或改用 JSON 聚合。'],
    check: (input) => calls(input, 'group_concat'),
  },
  {
    id: 'mysql-case-insensitive',
    severity: 'info',
    topic: 'portability',
    dialects: ['mysql'],
    en: [
      'UPPER or LOWER around a text comparison is not needed: MySQL compares without case.',
      'Compare the bare column, so that its index serves.',
    ],
    zh: ['MySQL 默认不区分大小写，比较时无需 UPPER/LOWER。', '请直接比较原始列以利用索引。'],
    check: inBlocks(({ select }) =>
      find(where(select), 'eq')
        .filter(({ data }) => ['upper', 'lower'].includes(bare(data.left)?.variant ?? ''))
        .map(seen),
    ),
  },
  {
    id: 'mysql-random-sample',
    severity: 'info',
    topic: 'performance',
    dialects: ['mysql'],
    en: ['ORDER BY RAND() writes a temporary table of all rows.', 'Pick random keys instead.'],
    zh: ['ORDER BY RAND() 会为所有行建立临时表。', '请改为随机选取主键。'],
    check: inBlocks(({ select }) =>
      orderKeys(select).some((key) => find(key, 'rand').length > 0) ? [{ text: 'ORDER BY RAND()' }] : [],
    ),
  },
  {
    id: 'postgres-not-in-subquery',
    severity: 'warning',
    topic: 'performance',
    dialects: ['postgres'],
    en: ['PostgreSQL cannot turn NOT IN (SELECT …) into an anti-join.', 'Use NOT EXISTS.'],
    zh: ['PostgreSQL 无法将 NOT IN 子查询优化为反连接。', '请改用 NOT EXISTS。'],
    check: inBlocks(({ select }) =>
      find(where(select), 'not', 'in').flatMap((node) => {
        const inner = node.variant === 'not' ? bare(node.data.this) : node.data.not === true ? node : null;
        return inner?.variant === 'in' && isTreeObject(inner.data.query) ? [{ text: 'NOT IN (SELECT …)' }] : [];
      }),
    ),
  },
  {
    id: 'postgres-ilike',
    severity: 'info',
    topic: 'performance',
    dialects: ['postgres'],
    en: ['ILIKE uses an index only with pg_trgm.', 'Create a trigram index on the column.'],
    zh: ['ILIKE 只有配合 pg_trgm 才能使用索引。', '请为该列建立 trigram 索引。'],
    check: inBlocks(({ select }) => find(where(select), 'i_like').map(seen)),
  },
  {
    id: 'postgres-date-cast',
    severity: 'info',
    topic: 'performance',
    dialects: ['postgres'],
    en: ['A timestamp is cast to a date in a condition.', 'Use column >= day AND column < day + 1.'],
    zh: ['条件中将时间戳转换为日期。', '请改为 列 >= 当日 且 列 < 次日。'],
    check: inBlocks(({ select }, { schema }) =>
      find(where(select), 'cast', 'date')
        .filter(({ data }) => knownColumn(data.this, select, schema)?.column.type === 'timestamp')
        .map(seen),
    ),
  },
  {
    id: 'postgres-exact-distinct-count',
    severity: 'info',
    topic: 'performance',
    dialects: ['postgres'],
    en: [
      'COUNT(DISTINCT …) sorts all values in PostgreSQL.',
      'Count the rows of a SELECT DISTINCT sub-query, which may hash.',
    ],
    zh: ['PostgreSQL 的 COUNT(DISTINCT) 需要对所有值排序。', '可改为统计 SELECT DISTINCT 子查询的行数。'],
    check: inBlocks(({ select }) =>
      find(treeList(select.expressions) as TreeValue, 'count')
        .filter(({ data }) => data.distinct === true)
        .map(seen),
    ),
  },
  {
    id: 'sqlite-date-text',
    severity: 'info',
    topic: 'performance',
    dialects: ['sqlite'],
    en: [
      'A date is filtered through strftime or substr.',
      "ISO dates compare as text: column >= '2024-01-01' AND column < '2025-01-01'.",
    ],
    zh: ['通过 strftime/substr 过滤日期。', 'ISO 日期可直接按文本范围比较。'],
    check: inBlocks(({ select }) =>
      conjuncts(where(select))
        .filter(({ data }) => {
          const node = bare(data.left);
          return node?.variant === 'substring' || /^(strftime|substr)$/i.test(String(node?.data.name ?? ''));
        })
        .map(seen),
    ),
  },
  {
    id: 'sqlite-case-insensitive-like',
    severity: 'info',
    topic: 'portability',
    dialects: ['sqlite'],
    en: ['LIKE ignores the case of ASCII letters in SQLite only.', 'Use GLOB or = where case matters.'],
    zh: ['SQLite 的 LIKE 对 ASCII 字母不区分大小写。', '如需区分大小写请使用 GLOB 或 =。'],
    check: inBlocks(({ select }) => find(where(select), 'like').map(seen)),
  },
  {
    id: 'sqlite-right-join',
    severity: 'info',
    topic: 'portability',
    dialects: ['sqlite'],
    en: ['RIGHT and FULL JOIN need SQLite 3.39 or newer.', 'Use LEFT JOIN.'],
    zh: ['RIGHT/FULL JOIN 需要 SQLite 3.39 以上版本。', '请改用 LEFT JOIN。'],
    check: inBlocks(({ select }) =>
      joinsOf(select).some((join) => /^(right|full)/i.test(String(join.kind))) ? [{ text: 'RIGHT JOIN' }] : [],
    ),
  },
  {
    id: 'duckdb-truncated-filter',
    severity: 'info',
    topic: 'performance',
    dialects: ['duckdb'],
    en: [
      'A filter on date_trunc or a date part keeps zone maps from skipping row groups.',
      'Filter the bare column by a range.',
    ],
    zh: ['对 date_trunc 等函数结果过滤，无法利用 zone map 跳过行组。', '请对原始列按范围过滤。'],
    check: inBlocks(({ select }) =>
      conjuncts(where(select))
        .filter(({ data }) => {
          const node = bare(data.left);
          return (
            node !== null &&
            (/^(date_trunc|year|month|day|quarter|extract|strftime)$/.test(node.variant) ||
              /^(date_trunc|year|month|strftime|date_part)$/i.test(String(node.data.name ?? '')))
          );
        })
        .map(seen),
    ),
  },
  {
    id: 'duckdb-full-sort',
    severity: 'info',
    topic: 'performance',
    dialects: ['duckdb'],
    en: ['All rows of a large table are sorted.', 'Add a LIMIT: DuckDB then keeps only the top rows.'],
    zh: ['对大表全部行排序。', '增加 LIMIT 后 DuckDB 只保留前若干行。'],
    check: inBlocks(({ select, place }, { analysis, schema }) =>
      place === 'outer' &&
      orderKeys(select).length > 0 &&
      !isTreeObject(select.limit) &&
      analysis.aggregates.length === 0 &&
      analysis.tables.some(
        (ref) => (schema.tables.find((table) => table.ref.name === ref.name)?.rowCount ?? 0) >= LARGE,
      )
        ? [
            {
              text:
                columnText(
                  isTreeObject(orderKeys(select)[0]) ? (orderKeys(select)[0] as { this?: TreeValue }).this : undefined,
                ) ?? 'ORDER BY',
            },
          ]
        : [],
    ),
  },
  {
    id: 'dialect-only-function',
    severity: 'info',
    topic: 'portability',
    en: ['{name} exists in few databases.', 'Use CASE or COALESCE where the query has to move.'],
    zh: ['{name} 只有少数数据库支持。', '如需跨库使用，请改用 CASE 或 COALESCE。'],
    check: (input) => calls(input, 'if', 'ifnull', 'iif', 'nvl', 'decode', 'isnull'),
  },
];
