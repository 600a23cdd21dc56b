import { type CorpusStatement, statements } from './corpus-statement.ts';

export const benignPostgres: readonly CorpusStatement[] = statements('postgres', [
  [
    'date_trunc',
    "SELECT date_trunc('month', ordered_on) AS month, SUM(amount) AS total FROM orders GROUP BY 1 ORDER BY 1",
  ],
  ['extract', 'SELECT EXTRACT(YEAR FROM ordered_on) AS y, EXTRACT(dow FROM ordered_on) AS d FROM orders ORDER BY id'],
  [
    'interval arithmetic',
    "SELECT id FROM orders WHERE ordered_on >= DATE '2024-03-31' - INTERVAL '30 days' ORDER BY id",
  ],
  [
    'age and date_part',
    "SELECT date_part('day', TIMESTAMP '2024-12-31' - ordered_on) AS days, age(TIMESTAMP '2024-12-31', ordered_on) AS a FROM orders ORDER BY id",
  ],
  [
    'to_char',
    "SELECT to_char(ordered_on, 'YYYY-MM') AS month, COUNT(*) AS n FROM orders GROUP BY month ORDER BY month",
  ],
  [
    'casts',
    "SELECT amount::int AS i, '2024-01-01'::date AS d, CAST(amount AS numeric(18, 4)) AS n, id::text AS t FROM orders ORDER BY id",
  ],
  ['double precision', 'SELECT AVG(amount)::double precision AS a, AVG(amount)::float8 AS b FROM orders'],
  [
    'at time zone',
    "SELECT created_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai' AS local FROM customers ORDER BY id",
  ],
  [
    'json arrows',
    "SELECT payload->>'kind' AS kind, (payload->>'n')::int AS n, payload->'tags'->>0 AS tag FROM events ORDER BY id",
  ],
  ['json path arrow', "SELECT payload #>> '{tags,0}' AS tag FROM events ORDER BY id"],
  ['json containment', 'SELECT id FROM events WHERE payload @> \'{"kind": "click"}\' ORDER BY id'],
  ['json key exists', "SELECT id FROM events WHERE payload ? 'n' ORDER BY id"],
  [
    'json elements',
    "SELECT e.id, t.tag FROM events e CROSS JOIN LATERAL jsonb_array_elements_text(e.payload->'tags') AS t(tag) ORDER BY e.id, t.tag",
  ],
  [
    'json aggregate',
    'SELECT jsonb_object_agg(status, n ORDER BY status) AS o FROM (SELECT status, COUNT(*) AS n FROM orders GROUP BY status) t',
  ],
  ['filter clause', "SELECT COUNT(*) FILTER (WHERE status = 'paid') AS paid FROM orders"],
  ['distinct on', 'SELECT DISTINCT ON (status) status, id, amount FROM orders ORDER BY status, amount DESC'],
  ['string_agg', "SELECT string_agg(name, ', ' ORDER BY name) AS names FROM customers"],
  [
    'array_agg and array functions',
    "SELECT array_agg(id ORDER BY id) AS ids, array_length(array_agg(id), 1) AS n, array_to_string(array_agg(status ORDER BY id), ',') AS s FROM orders",
  ],
  [
    'percentile',
    'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) AS median, mode() WITHIN GROUP (ORDER BY status) AS m FROM orders',
  ],
  [
    'grouping sets',
    'SELECT status, customer_id, SUM(amount) AS total, GROUPING(status) AS g FROM orders GROUP BY GROUPING SETS ((status), (customer_id), ()) ORDER BY total, g, customer_id',
  ],
  ['rollup', 'SELECT status, SUM(amount) AS total FROM orders GROUP BY ROLLUP (status) ORDER BY total'],
  [
    'cube',
    'SELECT status, customer_id, COUNT(*) AS n FROM orders GROUP BY CUBE (status, customer_id) ORDER BY n, status, customer_id',
  ],
  [
    'lateral',
    'SELECT c.id, t.id AS order_id FROM customers c LEFT JOIN LATERAL (SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY amount DESC LIMIT 1) t ON true ORDER BY c.id',
  ],
  [
    'generate_series',
    "SELECT m::date AS month, COUNT(o.id) AS n FROM generate_series(DATE '2024-01-01', DATE '2024-04-01', INTERVAL '1 month') AS m LEFT JOIN orders o ON date_trunc('month', o.ordered_on) = m GROUP BY m ORDER BY m",
  ],
  ['generate_series with column name', 'SELECT g.i FROM generate_series(1, 3) AS g(i) ORDER BY g.i'],
  ['unnest', "SELECT u.x, u.n FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS u(x, n) ORDER BY u.n"],
  ['unnest in select', 'SELECT unnest(ARRAY[1, 2]) AS i ORDER BY i'],
  ['any array', "SELECT id FROM orders WHERE status = ANY (ARRAY['paid', 'open']) ORDER BY id"],
  ['all sub-query', 'SELECT id FROM orders WHERE amount >= ALL (SELECT amount FROM orders)'],
  [
    'ilike and regex',
    "SELECT name FROM customers WHERE email ILIKE '%EXAMPLE%' AND email ~ '^[a-z]+@' AND email !~* 'X' ORDER BY id",
  ],
  ['similar to', "SELECT name FROM customers WHERE name SIMILAR TO '(A|B)%' ORDER BY name"],
  [
    'regexp functions',
    "SELECT regexp_replace(email, '@.*$', '') AS local, (regexp_match(email, '@(.*)$'))[1] AS host FROM customers ORDER BY id",
  ],
  [
    'split_part',
    "SELECT split_part(email, '@', 2) AS host, COUNT(*) AS n FROM customers GROUP BY host ORDER BY n, host",
  ],
  [
    'substring from',
    "SELECT SUBSTRING(name FROM 1 FOR 2) AS s, POSITION('a' IN name) AS p, OVERLAY(name PLACING 'x' FROM 1 FOR 1) AS o FROM products ORDER BY id",
  ],
  ['trim forms', "SELECT TRIM(BOTH ' ' FROM name) AS a, TRIM(LEADING 'L' FROM name) AS b FROM products ORDER BY id"],
  ['is distinct from', "SELECT id FROM customers WHERE city IS DISTINCT FROM 'Berlin' ORDER BY id"],
  ['nulls first', 'SELECT id FROM customers ORDER BY city NULLS FIRST, id'],
  ['fetch first', 'SELECT id FROM orders ORDER BY id FETCH FIRST 3 ROWS ONLY'],
  ['offset without limit', 'SELECT id FROM orders ORDER BY id OFFSET 2'],
  ['limit all', 'SELECT id FROM orders ORDER BY id LIMIT ALL'],
  [
    'full join',
    'SELECT c.id, o.id AS order_id FROM customers c FULL OUTER JOIN orders o ON o.customer_id = c.id ORDER BY c.id, o.id',
  ],
  ['natural join', 'SELECT id FROM customers NATURAL JOIN (SELECT id FROM orders) o ORDER BY id'],
  [
    'bracketed queries',
    '(SELECT id FROM orders ORDER BY id LIMIT 2) UNION ALL (SELECT id FROM customers ORDER BY id LIMIT 1) ORDER BY id',
  ],
  ['schema qualified', 'SELECT public.orders.id, orders.amount FROM public.orders ORDER BY public.orders.id'],
  ['quoted Chinese and emoji names', 'SELECT "编号", "金额", "😀" FROM "订单 明细" ORDER BY "编号"'],
  ['unquoted Chinese', 'SELECT SUM(金额) AS 合计 FROM "订单 明细"'],
  [
    'keywords as names',
    'SELECT "group", SUM("order") AS "sum", MAX("from table") AS "select" FROM "select" GROUP BY "group" ORDER BY "group"',
  ],
  ['a quote inside a name', 'SELECT "a""b" FROM "select" ORDER BY 1'],
  ['folded case', 'SELECT ID, Name FROM CUSTOMERS ORDER BY Id'],
  ['dollar quotes', 'SELECT id FROM orders WHERE note = $tag$gift; do not ring$tag$'],
  ['escaped text', "SELECT E'a\\tb' AS tabbed"],
  ['backslash as plain text', "SELECT 'a\\' || name AS x FROM products ORDER BY id"],
  ['like with escape', "SELECT id FROM orders WHERE note LIKE '100\\%' ESCAPE '\\'"],
  ['nested comment', 'SELECT id /* outer /* inner */ still */ FROM orders ORDER BY id'],
  ['values', "VALUES (1, 'a'), (2, 'b')"],
  ['values in from', "SELECT v.k, v.n FROM (VALUES ('a', 1), ('b', 2)) AS v(k, n) ORDER BY v.k"],
  ['row comparison', 'SELECT id FROM orders WHERE (customer_id, id) > (2, 3) ORDER BY id'],
  ['greatest and least', 'SELECT GREATEST(amount, 10) AS a, LEAST(amount, 10) AS b FROM orders ORDER BY id'],
  [
    'window frame with exclude',
    'SELECT id, SUM(amount) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS s FROM orders ORDER BY id',
  ],
  [
    'range frame by interval',
    "SELECT id, SUM(amount) OVER (ORDER BY ordered_on RANGE BETWEEN INTERVAL '30 days' PRECEDING AND CURRENT ROW) AS s FROM orders ORDER BY id",
  ],
  ['boolean tests', "SELECT id FROM orders WHERE (status = 'paid') IS TRUE AND (amount > 10) IS NOT FALSE ORDER BY id"],
  ['materialized cte', 'WITH t AS MATERIALIZED (SELECT id FROM orders) SELECT COUNT(*) AS n FROM t'],
  ['implicit name of an aggregate', 'SELECT t.count, t.max FROM (SELECT COUNT(*), MAX(amount) FROM orders) t'],
  ['whole row', 'SELECT row_to_json(c) AS j FROM (SELECT id, name FROM customers) c ORDER BY c.id'],
  ['array slice and subscript', 'SELECT (ARRAY[1, 2, 3])[2] AS two, (ARRAY[1, 2, 3])[1:2] AS start'],
  ['width_bucket', 'SELECT width_bucket(amount, 0, 500, 5) AS b, COUNT(*) AS n FROM orders GROUP BY b ORDER BY b'],
  ['make_date', 'SELECT make_date(2024, 1, 31) + make_interval(months => 1) AS d'],
  ['pg_catalog qualified', 'SELECT pg_catalog.lower(name) AS l FROM customers ORDER BY id'],
  ['collate', 'SELECT name FROM customers ORDER BY name COLLATE "C"'],
  [
    'statistics',
    'SELECT stddev_samp(amount) AS s, var_pop(amount) AS v, corr(amount, id) AS c, regr_slope(amount, id) AS r FROM orders',
  ],
  ['bool_and', "SELECT bool_and(amount > 0) AS a, bool_or(status = 'open') AS b FROM orders"],
  [
    'concat_ws and format',
    "SELECT concat_ws(', ', name, city) AS a, format('%s-%s', id, name) AS b FROM customers ORDER BY id",
  ],
]);
