import { type CorpusStatement, statements } from './corpus-statement.ts';

export const benignMysql: readonly CorpusStatement[] = statements('mysql', [
  [
    'date_format',
    "SELECT DATE_FORMAT(ordered_on, '%Y-%m') AS month, SUM(amount) AS total FROM orders GROUP BY month ORDER BY month",
  ],
  ['date_sub', "SELECT id FROM orders WHERE ordered_on >= DATE_SUB('2024-03-31', INTERVAL 30 DAY) ORDER BY id"],
  ['date_add month', 'SELECT DATE_ADD(ordered_on, INTERVAL 1 MONTH) AS later FROM orders ORDER BY id'],
  [
    'interval arithmetic',
    'SELECT ordered_on + INTERVAL 1 DAY AS next_day, ordered_on - INTERVAL 2 WEEK AS before_it FROM orders ORDER BY id',
  ],
  [
    'timestampdiff',
    "SELECT TIMESTAMPDIFF(DAY, ordered_on, '2024-12-31') AS days, TIMESTAMPDIFF(MONTH, ordered_on, '2024-12-31') AS months FROM orders ORDER BY id",
  ],
  ['datediff', "SELECT DATEDIFF('2024-12-31', ordered_on) AS days FROM orders ORDER BY id"],
  [
    'year and month',
    'SELECT YEAR(ordered_on) AS y, MONTH(ordered_on) AS m, QUARTER(ordered_on) AS q, WEEK(ordered_on, 1) AS w FROM orders ORDER BY id',
  ],
  [
    'extract',
    'SELECT EXTRACT(YEAR FROM ordered_on) AS y, EXTRACT(YEAR_MONTH FROM ordered_on) AS ym FROM orders ORDER BY id',
  ],
  [
    'last_day, str_to_date',
    "SELECT LAST_DAY(ordered_on) AS e, STR_TO_DATE('01.02.2024', '%d.%m.%Y') AS d FROM orders ORDER BY id",
  ],
  ['now and curdate', 'SELECT COUNT(*) AS n FROM orders WHERE ordered_on < NOW() AND ordered_on <= CURDATE()'],
  ['backticks', 'SELECT `编号`, `金额`, `☺` FROM `订单 明细` ORDER BY `编号`'],
  ['Chinese alias', 'SELECT SUM(`金额`) AS 合计 FROM `订单 明细`'],
  ['keywords as names', 'SELECT `group`, SUM(`order`) AS `sum` FROM `select` GROUP BY `group` ORDER BY `group`'],
  ['a double quote inside a name', 'SELECT `a"b`, `from table` FROM `select` ORDER BY 1'],
  ['text in double quotes', 'SELECT id FROM customers WHERE city = "Berlin" ORDER BY id'],
  ['an apostrophe in double quotes', 'SELECT id FROM customers WHERE name = "O\'Neil"'],
  [
    'if and ifnull',
    "SELECT IF(amount > 100, 'big', 'small') AS size, IFNULL(note, '-') AS note FROM orders ORDER BY id",
  ],
  ['group_concat', "SELECT GROUP_CONCAT(DISTINCT status ORDER BY status SEPARATOR '; ') AS s FROM orders"],
  [
    'concat',
    "SELECT CONCAT(name, ' (', COALESCE(city, '?'), ')') AS label, CONCAT_WS('-', id, name) AS w FROM customers ORDER BY id",
  ],
  ['rollup', 'SELECT status, SUM(amount) AS total FROM orders GROUP BY status WITH ROLLUP'],
  ['limit with comma', 'SELECT id FROM orders ORDER BY id LIMIT 1, 3'],
  ['a big limit with comma', 'SELECT id FROM orders ORDER BY id LIMIT 2, 99999999'],
  ['regexp', "SELECT name FROM customers WHERE email REGEXP '^[a-b].*@' ORDER BY name"],
  ['rlike', "SELECT name FROM customers WHERE email RLIKE 'org$' ORDER BY name"],
  ['not regexp', "SELECT id FROM orders WHERE status NOT REGEXP 'paid' ORDER BY id"],
  [
    'json functions',
    "SELECT JSON_UNQUOTE(JSON_EXTRACT(payload, '$.kind')) AS kind, JSON_VALUE(payload, '$.n') AS n, JSON_LENGTH(payload, '$.tags') AS t FROM events ORDER BY id",
  ],
  [
    'json table',
    "SELECT e.id, t.tag FROM events e, JSON_TABLE(e.payload, '$.tags[*]' COLUMNS (tag VARCHAR(20) PATH '$')) t ORDER BY e.id, t.tag",
  ],
  [
    'cast signed',
    'SELECT CAST(amount AS SIGNED) AS i, CAST(id AS DECIMAL(10, 2)) AS d, CAST(ordered_on AS DATETIME) AS t FROM orders ORDER BY id',
  ],
  ['convert using', 'SELECT CONVERT(name USING utf8mb4) AS n FROM customers ORDER BY id'],
  ['div and mod', 'SELECT 7 DIV 2 AS q, 7 MOD 2 AS r, 7 % 2 AS p'],
  ['null-safe equals', "SELECT id FROM customers WHERE city <=> 'Berlin' ORDER BY id"],
  ['logical signs', "SELECT id FROM orders WHERE status = 'paid' && amount > 10 || amount > 400 ORDER BY id"],
  [
    'find_in_set and field',
    "SELECT id FROM orders WHERE FIND_IN_SET(status, 'paid,open') > 0 ORDER BY FIELD(status, 'open', 'paid'), id",
  ],
  [
    'substring_index',
    "SELECT SUBSTRING_INDEX(email, '@', -1) AS host, COUNT(*) AS n FROM customers GROUP BY host ORDER BY host",
  ],
  [
    'substring from',
    "SELECT SUBSTRING(name, 1, 2) AS a, LEFT(name, 2) AS b, RIGHT(name, 2) AS c, LPAD(id, 5, '0') AS d FROM products ORDER BY id",
  ],
  ['straight join', 'SELECT STRAIGHT_JOIN o.id FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.id'],
  ['natural join', 'SELECT id FROM customers NATURAL JOIN (SELECT id FROM orders) o ORDER BY id'],
  ['hash comment', 'SELECT id # the key\nFROM orders ORDER BY id'],
  ['dash comment', 'SELECT id -- the key\nFROM orders ORDER BY id'],
  ['from dual', 'SELECT 1 + 1 AS two FROM DUAL'],
  ['values by select', "SELECT v.k FROM (SELECT 'a' AS k UNION ALL SELECT 'b') v ORDER BY v.k"],
  [
    'bracketed queries',
    '(SELECT id FROM orders ORDER BY id LIMIT 2) UNION ALL (SELECT id FROM customers ORDER BY id LIMIT 1)',
  ],
  ['hex and introducer', "SELECT x'41' AS a, _utf8mb4'b' AS b, 0x43 AS c"],
  [
    'round, truncate, format',
    'SELECT ROUND(amount, 1) AS a, TRUNCATE(amount, 0) AS b, FORMAT(amount, 2) AS c FROM orders ORDER BY id',
  ],
  [
    'having by alias',
    'SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id HAVING total > 100 ORDER BY total',
  ],
  ['binary comparison', "SELECT id FROM customers WHERE BINARY name = 'Ada'"],
  ['collate', 'SELECT name FROM customers ORDER BY name COLLATE utf8mb4_bin'],
  ['std and variance', 'SELECT STD(amount) AS s, VAR_SAMP(amount) AS v, STDDEV_POP(amount) AS p FROM orders'],
  ['sounds and soundex', 'SELECT SOUNDEX(name) AS s FROM products ORDER BY id'],
  ['like with doubled backslash escape', "SELECT id FROM orders WHERE note LIKE '100|%' ESCAPE '|'"],
  ['is true', 'SELECT id FROM orders WHERE (amount > 10) IS TRUE ORDER BY id'],
  ['unix_timestamp', "SELECT FROM_UNIXTIME(UNIX_TIMESTAMP('2024-01-01 00:00:00')) AS t"],
  ['weekday names', 'SELECT DAYNAME(ordered_on) AS d, COUNT(*) AS n FROM orders GROUP BY d ORDER BY d'],
]);
