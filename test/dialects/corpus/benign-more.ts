/** More of what analysts and models write, by dialect. */
import { type CorpusStatement, statements } from './corpus-statement.ts';

export const benignMore: readonly CorpusStatement[] = [
  ...statements('postgres', [
    [
      'interval with a unit behind',
      "SELECT id FROM orders WHERE ordered_on > DATE '2024-03-31' - INTERVAL '1' MONTH ORDER BY id",
    ],
    ['interval times a number', "SELECT ordered_on + INTERVAL '1 day' * customer_id AS d FROM orders ORDER BY id"],
    [
      'epoch of a difference',
      "SELECT EXTRACT(EPOCH FROM (TIMESTAMP '2024-12-31' - ordered_on)) / 3600 AS hours FROM orders ORDER BY id",
    ],
    ['days back from today', 'SELECT COUNT(*) AS n FROM orders WHERE ordered_on < CURRENT_DATE - 30'],
    [
      'now and intervals',
      "SELECT COUNT(*) AS n FROM orders WHERE ordered_on < NOW() - INTERVAL '30 days' AND ordered_on < LOCALTIMESTAMP",
    ],
    ['array_agg distinct', 'SELECT array_agg(DISTINCT status ORDER BY status) AS s FROM orders'],
    ['coalesce over filter', "SELECT COALESCE(SUM(amount) FILTER (WHERE status = 'paid'), 0) AS paid FROM orders"],
    ['like any', "SELECT id FROM customers WHERE name LIKE ANY (ARRAY['A%', 'B%']) ORDER BY id"],
    ['pairs in a list', "SELECT id FROM orders WHERE (customer_id, status) IN ((1, 'paid'), (2, 'open')) ORDER BY id"],
    ['in values', 'SELECT id FROM orders WHERE id IN (VALUES (1), (2)) ORDER BY id'],
    ['is not distinct from', 'SELECT id FROM customers WHERE city IS NOT DISTINCT FROM NULL ORDER BY id'],
    ['json building', "SELECT jsonb_build_object('id', id, 'tags', payload->'tags') AS o FROM events ORDER BY id"],
    ['timestamp with time zone', "SELECT TIMESTAMP WITH TIME ZONE '2024-01-01 00:00:00+00' AT TIME ZONE 'UTC' AS t"],
    ['between symmetric', 'SELECT id FROM orders WHERE amount BETWEEN SYMMETRIC 50 AND 10 ORDER BY id'],
    [
      'overlaps',
      "SELECT id FROM orders WHERE (ordered_on, ordered_on + 5) OVERLAPS (DATE '2024-02-01', DATE '2024-03-03') ORDER BY id",
    ],
    [
      'lateral values',
      "SELECT o.id, v.k, v.x FROM orders o CROSS JOIN LATERAL (VALUES ('a', o.amount), ('b', o.amount * 2)) AS v(k, x) ORDER BY o.id, v.k",
    ],
    [
      'cross join a series',
      'SELECT o.id, s.n FROM orders o CROSS JOIN generate_series(1, 2) AS s(n) ORDER BY o.id, s.n',
    ],
    ['case cast', "SELECT (CASE WHEN amount > 10 THEN '1' ELSE '0' END)::int AS x FROM orders ORDER BY id"],
    [
      'numeric precision',
      'SELECT ROUND(amount::numeric(12, 4), 1) AS r, amount::varchar(10) AS t FROM orders ORDER BY id',
    ],
    ['tablesample', 'SELECT COUNT(*) AS n FROM orders TABLESAMPLE BERNOULLI (100)'],
    [
      'position of weekday',
      "SELECT to_char(ordered_on, 'FMDay') AS d, EXTRACT(isodow FROM ordered_on) AS n FROM orders ORDER BY id",
    ],
    [
      'cumulative distinct via exists',
      'SELECT o.id, (SELECT COUNT(DISTINCT p.customer_id) FROM orders p WHERE p.ordered_on <= o.ordered_on) AS n FROM orders o ORDER BY o.id',
    ],
    [
      'year on year',
      "WITH m AS (SELECT date_trunc('month', ordered_on) AS month, SUM(amount) AS total FROM orders GROUP BY 1) SELECT month, total, total - LAG(total) OVER (ORDER BY month) AS diff, ROUND(100.0 * (total - LAG(total) OVER (ORDER BY month)) / NULLIF(LAG(total) OVER (ORDER BY month), 0), 1) AS pct FROM m ORDER BY month",
    ],
    [
      'cohort',
      "WITH f AS (SELECT customer_id, MIN(ordered_on) AS first_day FROM orders GROUP BY customer_id) SELECT date_trunc('month', f.first_day) AS cohort, EXTRACT(MONTH FROM age(o.ordered_on, f.first_day)) AS month_no, COUNT(DISTINCT o.customer_id) AS n FROM orders o JOIN f USING (customer_id) GROUP BY 1, 2 ORDER BY 1, 2",
    ],
    [
      'last_value with a full frame',
      'SELECT id, LAST_VALUE(amount) OVER (PARTITION BY status ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS l FROM orders ORDER BY id',
    ],
    ['nested functions', "SELECT UPPER(SUBSTRING(TRIM(COALESCE(name, '')), 1, 3)) AS code FROM customers ORDER BY id"],
    [
      'modulo function and sign',
      'SELECT MOD(id, 2) AS m, id % 2 AS p, SIGN(amount - 20) AS s, |/ 16.0 AS r, @ -3 AS a FROM orders ORDER BY id',
    ],
    ['select all', 'SELECT ALL id FROM orders ORDER BY id'],
    ['except all', 'SELECT status FROM orders EXCEPT ALL SELECT status FROM orders WHERE id < 3 ORDER BY status'],
    ['bit operators', 'SELECT 5 & 3 AS a, 5 | 3 AS o, 5 # 3 AS x, ~5 AS n, 1 << 3 AS l, 8 >> 1 AS r'],
    ['json path', 'SELECT id FROM events WHERE jsonb_path_exists(payload, \'$.tags[*] ? (@ == "a")\') ORDER BY id'],
    ['hex and bit literals', "SELECT B'101' AS b, '\\xDEAD'::bytea AS h"],
  ]),
  ...statements('mysql', [
    ['date of', 'SELECT DATE(created_at) AS d, COUNT(*) AS n FROM customers GROUP BY DATE(created_at) ORDER BY d'],
    [
      'group by two functions',
      'SELECT YEAR(ordered_on) AS y, MONTH(ordered_on) AS m, SUM(amount) AS total FROM orders GROUP BY YEAR(ordered_on), MONTH(ordered_on) ORDER BY y, m',
    ],
    [
      'cast to char and unsigned',
      'SELECT CAST(id AS CHAR) AS a, CAST(id AS UNSIGNED) AS b, CONVERT(amount, SIGNED) AS c, CONVERT(id, CHAR) AS d FROM orders ORDER BY id',
    ],
    ['count distinct of two', 'SELECT COUNT(DISTINCT customer_id, status) AS n FROM orders'],
    [
      'group_concat with order',
      "SELECT customer_id, GROUP_CONCAT(id ORDER BY amount DESC SEPARATOR ', ') AS ids FROM orders GROUP BY customer_id ORDER BY customer_id",
    ],
    ['is not true', "SELECT id FROM orders WHERE (status = 'paid') IS NOT TRUE ORDER BY id"],
    ['timestampadd', 'SELECT TIMESTAMPADD(MONTH, 1, ordered_on) AS d FROM orders ORDER BY id'],
    [
      'week formats',
      "SELECT DATE_FORMAT(ordered_on, '%x-W%v') AS w, YEARWEEK(ordered_on, 3) AS y, WEEKDAY(ordered_on) AS d FROM orders ORDER BY id",
    ],
    ['bit operators', 'SELECT NOT 0 AS t, ~1 & 3 AS b, 5 ^ 1 AS x'],
    [
      'regexp functions',
      "SELECT REGEXP_REPLACE(email, '@.*$', '') AS l, REGEXP_SUBSTR(email, '^[a-z]+') AS s FROM customers ORDER BY id",
    ],
    ['like binary', "SELECT id FROM customers WHERE name LIKE BINARY 'A%' ORDER BY id"],
    ['modifiers', 'SELECT SQL_NO_CACHE status FROM orders ORDER BY status'],
    ['pairs in a list', "SELECT id FROM orders WHERE (customer_id, status) IN ((1, 'paid'), (2, 'open')) ORDER BY id"],
    [
      'month names',
      'SELECT MONTHNAME(ordered_on) AS m, DAYOFWEEK(ordered_on) AS w, DAYOFYEAR(ordered_on) AS y FROM orders ORDER BY id',
    ],
    [
      'running total',
      'SELECT id, SUM(amount) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS t FROM orders ORDER BY id',
    ],
    [
      'percent of total',
      'SELECT status, ROUND(100 * SUM(amount) / (SELECT SUM(amount) FROM orders), 2) AS pct FROM orders GROUP BY status ORDER BY status',
    ],
    [
      'recursive dates',
      "WITH RECURSIVE d AS (SELECT DATE('2024-01-01') AS day UNION ALL SELECT day + INTERVAL 1 MONTH FROM d WHERE day < '2024-04-01') SELECT d.day, COUNT(o.id) AS n FROM d LEFT JOIN orders o ON DATE_FORMAT(o.ordered_on, '%Y-%m') = DATE_FORMAT(d.day, '%Y-%m') GROUP BY d.day ORDER BY d.day",
    ],
    [
      'nested case in an aggregate',
      "SELECT SUM(IF(status = 'paid', amount, 0)) AS paid, AVG(CASE WHEN status = 'open' THEN amount END) AS open_average FROM orders",
    ],
    [
      'aggregates of a window over a group',
      'SELECT status, SUM(amount) AS s, RANK() OVER (ORDER BY SUM(amount) DESC) AS r FROM orders GROUP BY status ORDER BY r',
    ],
    [
      'interval in a between',
      "SELECT id FROM orders WHERE ordered_on BETWEEN '2024-03-31' - INTERVAL 1 MONTH AND '2024-03-31' ORDER BY id",
    ],
    ['double quoted date', 'SELECT id FROM orders WHERE ordered_on = "2024-01-03"'],
    [
      'greatest and least',
      'SELECT GREATEST(amount, 10) AS a, LEAST(amount, 10) AS b, CEIL(amount) AS c, FLOOR(amount) AS f FROM orders ORDER BY id',
    ],
    [
      'exists and not in',
      'SELECT c.id FROM customers c WHERE c.id NOT IN (SELECT o.customer_id FROM orders o WHERE o.customer_id IS NOT NULL) ORDER BY c.id',
    ],
  ]),
  ...statements('duckdb', [
    ['exclude without brackets', 'SELECT * EXCLUDE note FROM orders ORDER BY id'],
    ['columns star with exclude', 'SELECT MAX(COLUMNS(* EXCLUDE (note, status))) FROM orders'],
    ['aggregates over columns', "SELECT MIN(COLUMNS('.*id')), MAX(COLUMNS(['id', 'amount'])) FROM orders"],
    ['interval by expression', 'SELECT ordered_on + INTERVAL (customer_id) DAY AS d FROM orders ORDER BY id'],
    ['interval with quoted number', "SELECT ordered_on - INTERVAL '1' YEAR AS d FROM orders ORDER BY id"],
    ['in a list', "SELECT id FROM orders WHERE status IN ['paid', 'open'] ORDER BY id"],
    ['list contains', "SELECT list_contains(['a', 'b'], 'a') AS c, len([1, 2]) AS n, [1, 2][1:1] AS s"],
    ['named arguments', "SELECT struct_pack(a := 1, b := 'x') AS s"],
    ['lambda keyword', 'SELECT list_filter([1, 2, 3], lambda x: x > 1) AS l'],
    ['regexp_extract with a group', "SELECT regexp_extract(email, '@(.*)$', 1) AS host FROM customers ORDER BY id"],
    ['strptime', "SELECT strptime('01.02.2024', '%d.%m.%Y')::DATE AS d"],
    ['epoch', 'SELECT epoch(created_at) AS e FROM customers ORDER BY id'],
    ['try_cast', 'SELECT TRY_CAST(note AS INTEGER) AS n FROM orders ORDER BY id'],
    [
      'from within from',
      'FROM (FROM orders SELECT status, amount) SELECT status, SUM(amount) GROUP BY ALL ORDER BY ALL',
    ],
    [
      'asof left join',
      'SELECT o.id, e.id AS event FROM orders o ASOF LEFT JOIN events e ON o.ordered_on >= e.happened_at ORDER BY o.id',
    ],
    [
      'grouping',
      'SELECT status, GROUPING(status) AS g, COUNT(*) AS n FROM orders GROUP BY ROLLUP (status) ORDER BY g, status',
    ],
    ['top values', 'SELECT status, arg_max(id, amount, 2) AS top_ids FROM orders GROUP BY status ORDER BY status'],
    ['using sample', 'SELECT COUNT(*) AS n FROM orders USING SAMPLE 100%'],
    ['starts with operator', "SELECT name FROM customers WHERE name ^@ 'A' ORDER BY name"],
    [
      'starts_with',
      "SELECT name FROM customers WHERE starts_with(name, 'A') OR contains(email, 'example.org') ORDER BY name",
    ],
    ['histogram aggregate', 'SELECT histogram(status) AS h FROM orders'],
    ['summary of a list', 'SELECT list_sum(list(amount)) AS s, list_avg(list(amount)) AS a FROM orders'],
    ['order by all descending', 'SELECT status, COUNT(*) AS n FROM orders GROUP BY ALL ORDER BY ALL DESC'],
    [
      'week and quarter',
      'SELECT week(ordered_on) AS w, quarter(ordered_on) AS q, last_day(ordered_on) AS l FROM orders ORDER BY id',
    ],
    ['make_date', "SELECT make_date(2024, 1, 31) AS d, CURRENT_DATE - DATE '2024-01-01' > 0 AS p"],
    [
      'json unnest',
      "SELECT e.id, t.tag FROM events e, UNNEST(CAST(e.payload->'tags' AS VARCHAR[])) AS t(tag) ORDER BY e.id, t.tag",
    ],
    [
      'ratio with a guard against zero',
      'SELECT status, SUM(amount) / NULLIF(COUNT(*), 0) AS avg_amount FROM orders GROUP BY status ORDER BY status',
    ],
    [
      'month over month',
      "WITH m AS (SELECT date_trunc('month', ordered_on) AS month, SUM(amount) AS total FROM orders GROUP BY 1) SELECT month, total, total / LAG(total) OVER (ORDER BY month) - 1 AS growth FROM m ORDER BY month",
    ],
    ['subscript of a split', "SELECT string_split(email, '@')[2] AS host FROM customers ORDER BY id"],
    ['not similar', "SELECT id FROM customers WHERE name NOT SIMILAR TO 'A.*' AND name !~ 'B.*' ORDER BY id"],
    ['union types', 'SELECT 1 AS x UNION ALL SELECT 2.5 ORDER BY x'],
    ['ifnull and if', "SELECT IFNULL(city, '?') AS c, IF(age > 40, 1, 0) AS o FROM customers ORDER BY id"],
    ['integer division', 'SELECT 7 // 2 AS q, amount // 10 AS t FROM orders ORDER BY id'],
  ]),
  ...statements('sqlite', [
    ['date of now', "SELECT COUNT(*) AS n FROM orders WHERE ordered_on < date('now', '-1 month')"],
    ['weekday', "SELECT strftime('%w', ordered_on) AS w, COUNT(*) AS n FROM orders GROUP BY 1 ORDER BY 1"],
    [
      'quarter by arithmetic',
      "SELECT (CAST(strftime('%m', ordered_on) AS INTEGER) + 2) / 3 AS q, SUM(amount) AS total FROM orders GROUP BY q ORDER BY q",
    ],
    ['unixepoch', "SELECT unixepoch('2024-01-02') - unixepoch('2024-01-01') AS seconds"],
    [
      'percent of total',
      'SELECT status, ROUND(100.0 * SUM(amount) / (SELECT SUM(amount) FROM orders), 2) AS pct FROM orders GROUP BY status ORDER BY status',
    ],
    [
      'string_agg and concat_ws',
      "SELECT string_agg(status, ',') AS s, concat_ws('-', 'a', 'b') AS c FROM (SELECT DISTINCT status FROM orders ORDER BY status)",
    ],
    ['case in an aggregate', "SELECT COUNT(CASE WHEN status = 'paid' THEN 1 END) AS paid FROM orders"],
    ['like is case-insensitive', "SELECT id FROM customers WHERE name LIKE 'a%'"],
    ['between dates', "SELECT id FROM orders WHERE ordered_on BETWEEN '2024-01-01' AND '2024-02-28' ORDER BY id"],
    [
      'exists and in',
      'SELECT name FROM products p WHERE p.id IN (SELECT product_id FROM order_items) AND NOT EXISTS (SELECT 1 FROM order_items i WHERE i.product_id = p.id AND i.discount > 0) ORDER BY name',
    ],
    [
      'a fourth-quartile window',
      'SELECT id FROM (SELECT id, NTILE(4) OVER (ORDER BY amount) AS q FROM orders) WHERE q = 4 ORDER BY id',
    ],
    [
      'nested json',
      "SELECT json_extract(payload, '$.tags[0]') AS tag, json_array_length(payload, '$.tags') AS n FROM events ORDER BY id",
    ],
    [
      'json_tree',
      "SELECT t.fullkey FROM events e, json_tree(e.payload) t WHERE t.type = 'integer' ORDER BY e.id, t.fullkey",
    ],
    ['collate in comparison', "SELECT id FROM customers WHERE name = 'ada' COLLATE NOCASE"],
    ['is not', "SELECT id FROM customers WHERE city IS NOT 'Berlin' ORDER BY id"],
    ['is distinct from', "SELECT id FROM customers WHERE city IS DISTINCT FROM 'Berlin' ORDER BY id"],
    ['bit operators', 'SELECT 5 & 3 AS a, 5 | 3 AS o, ~5 AS n, 1 << 3 AS l, 8 >> 1 AS r'],
    ['nulls last', 'SELECT id FROM customers ORDER BY city DESC NULLS LAST, id'],
    ['substr of a negative position', 'SELECT substr(email, -3) AS tld FROM customers ORDER BY id'],
    ['two-argument round and cast', 'SELECT ROUND(CAST(SUM(amount) AS REAL) / COUNT(*), 2) AS avg_amount FROM orders'],
  ]),
];
