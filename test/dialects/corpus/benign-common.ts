/** Honest analytics that every dialect must let through. */
import { DIALECT_NAMES } from '../../../src/sql/index.ts';
import { type CorpusStatement, inDialects } from './corpus-statement.ts';

export const benignCommon: readonly CorpusStatement[] = inDialects(DIALECT_NAMES, [
  ['star', 'SELECT * FROM customers'],
  ['qualified star', 'SELECT c.* FROM customers c ORDER BY c.id'],
  ['trailing semicolon', 'SELECT id FROM customers ORDER BY id;'],
  ['several trailing semicolons and spaces', 'SELECT id FROM customers ORDER BY id ; ;  '],
  ['a comment at the end', 'SELECT id FROM customers ORDER BY id -- by id'],
  ['comments everywhere', '/* top */ SELECT id, /* inside */ name -- names\nFROM customers /* done; */ ORDER BY id'],
  [
    'semicolons and comment signs inside text',
    "SELECT id FROM orders WHERE note = '-- fragile' OR note = '/* fast */' OR note = 'gift; do not ring' ORDER BY id",
  ],
  ['a doubled quote', "SELECT id FROM customers WHERE name = 'O''Neil'"],
  [
    'words of writes inside text',
    "SELECT id FROM orders WHERE note <> 'DROP TABLE orders; DELETE FROM customers' ORDER BY id",
  ],
  ['Chinese text', "SELECT id FROM customers WHERE city = '上海'"],
  [
    'group and having',
    'SELECT status, COUNT(*) AS n, SUM(amount) AS total FROM orders GROUP BY status HAVING COUNT(*) > 1 ORDER BY total DESC',
  ],
  ['order by position', 'SELECT status, SUM(amount) FROM orders GROUP BY 1 ORDER BY 2 DESC, 1'],
  ['distinct', 'SELECT DISTINCT status FROM orders ORDER BY status'],
  ['count distinct', 'SELECT COUNT(DISTINCT customer_id) AS buyers FROM orders'],
  ['inner join', 'SELECT c.name, o.amount FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY o.id'],
  [
    'left join with is null',
    'SELECT c.name FROM customers AS c LEFT JOIN orders AS o ON o.customer_id = c.id WHERE o.id IS NULL ORDER BY c.id',
  ],
  [
    'three tables',
    'SELECT p.category, SUM(i.quantity * p.price) AS revenue FROM orders o JOIN order_items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id GROUP BY p.category ORDER BY revenue DESC',
  ],
  ['using', 'SELECT id, customers.name FROM customers JOIN products USING (id) ORDER BY id'],
  ['cross join', 'SELECT c.id, p.id AS product FROM customers c CROSS JOIN products p WHERE c.id = 1 ORDER BY p.id'],
  [
    'comma join',
    "SELECT o.id FROM orders o, customers c WHERE o.customer_id = c.id AND c.city = 'Berlin' ORDER BY o.id",
  ],
  [
    'self join',
    'SELECT c.name, boss.name AS boss FROM customers c LEFT JOIN customers boss ON boss.id = c.parent_id ORDER BY c.id',
  ],
  [
    'derived table',
    'SELECT t.customer_id, t.total FROM (SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id) t WHERE t.total > 20 ORDER BY t.total',
  ],
  ['scalar sub-query', 'SELECT id, amount - (SELECT AVG(amount) FROM orders) AS diff FROM orders ORDER BY id'],
  [
    'in sub-query',
    "SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid') ORDER BY id",
  ],
  ['not in list', "SELECT id FROM orders WHERE status NOT IN ('paid', 'open')"],
  [
    'correlated exists',
    'SELECT c.name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.amount > 100) ORDER BY c.id',
  ],
  [
    'correlated not exists',
    'SELECT c.name FROM customers c WHERE NOT EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id) ORDER BY c.id',
  ],
  [
    'correlated scalar',
    'SELECT c.id, (SELECT MAX(o.amount) FROM orders o WHERE o.customer_id = c.id) AS best FROM customers c ORDER BY c.id',
  ],
  [
    'a sub-query two levels deep',
    'SELECT c.id FROM customers c WHERE c.id IN (SELECT o.customer_id FROM orders o WHERE o.id IN (SELECT i.order_id FROM order_items i WHERE i.quantity > 1 AND o.amount > 10)) ORDER BY c.id',
  ],
  [
    'cte',
    "WITH paid AS (SELECT * FROM orders WHERE status = 'paid') SELECT customer_id, COUNT(*) AS n FROM paid GROUP BY customer_id ORDER BY customer_id",
  ],
  [
    'two ctes, the second uses the first',
    'WITH a AS (SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id), b AS (SELECT AVG(total) AS mean FROM a) SELECT a.customer_id FROM a, b WHERE a.total > b.mean ORDER BY a.customer_id',
  ],
  [
    'cte with column names',
    'WITH t(k, v) AS (SELECT status, COUNT(*) FROM orders GROUP BY status) SELECT k, v FROM t ORDER BY k',
  ],
  [
    'recursive cte: a series',
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i FROM n ORDER BY i',
  ],
  [
    'recursive cte: a tree',
    'WITH RECURSIVE tree AS (SELECT id, name, 0 AS depth FROM customers WHERE parent_id IS NULL UNION ALL SELECT c.id, c.name, t.depth + 1 FROM customers c JOIN tree t ON c.parent_id = t.id) SELECT name, depth FROM tree ORDER BY depth, name',
  ],
  ['union all', 'SELECT name FROM customers UNION ALL SELECT name FROM products ORDER BY name'],
  [
    'union',
    'SELECT city AS place FROM customers WHERE city IS NOT NULL UNION SELECT category FROM products ORDER BY place',
  ],
  ['except', 'SELECT id FROM customers EXCEPT SELECT customer_id FROM orders ORDER BY id'],
  ['intersect', 'SELECT id FROM customers INTERSECT SELECT customer_id FROM orders ORDER BY id'],
  [
    'case',
    "SELECT id, CASE WHEN amount >= 100 THEN 'big' WHEN amount >= 10 THEN 'middle' ELSE 'small' END AS size FROM orders ORDER BY id",
  ],
  ['simple case', "SELECT id, CASE status WHEN 'paid' THEN 1 ELSE 0 END AS paid FROM orders ORDER BY id"],
  [
    'sum over case',
    "SELECT SUM(CASE WHEN status = 'paid' THEN amount ELSE 0 END) * 1.0 / SUM(amount) AS share FROM orders",
  ],
  [
    'between and like',
    "SELECT id FROM customers WHERE age BETWEEN 20 AND 50 AND email LIKE '%example.org' ORDER BY id",
  ],
  ['not like, is not null', "SELECT id FROM customers WHERE email IS NOT NULL AND email NOT LIKE '%.org' ORDER BY id"],
  [
    'coalesce and nullif',
    "SELECT id, COALESCE(city, 'unknown') AS city, NULLIF(age, 55) AS age FROM customers ORDER BY id",
  ],
  [
    'text functions',
    "SELECT UPPER(name) AS u, LOWER(name) AS l, LENGTH(city) AS n, TRIM(name) AS t, REPLACE(name, 'a', 'b') AS r FROM customers ORDER BY id",
  ],
  ['substr', 'SELECT SUBSTR(name, 1, 2) AS start FROM products ORDER BY id'],
  [
    'numeric functions',
    'SELECT ROUND(AVG(amount), 2) AS a, MIN(amount) AS lo, MAX(amount) AS hi, ABS(-3) AS three FROM orders',
  ],
  ['cast', 'SELECT CAST(id AS CHAR(10)) AS t FROM customers ORDER BY id'],
  [
    'row_number',
    'SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ordered_on, id) AS rn FROM orders ORDER BY id',
  ],
  [
    'rank and dense_rank',
    'SELECT id, RANK() OVER (ORDER BY amount DESC) AS r, DENSE_RANK() OVER (ORDER BY status) AS d FROM orders ORDER BY id',
  ],
  [
    'lag and lead',
    'SELECT id, amount - LAG(amount) OVER (ORDER BY id) AS change_before, LEAD(amount, 1) OVER (ORDER BY id) AS next_amount FROM orders ORDER BY id',
  ],
  [
    'running total with a frame',
    'SELECT id, SUM(amount) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM orders ORDER BY id',
  ],
  [
    'moving average',
    'SELECT id, AVG(amount) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS moving FROM orders ORDER BY id',
  ],
  [
    'share of total',
    'SELECT status, SUM(amount) / SUM(SUM(amount)) OVER () AS share FROM orders GROUP BY status ORDER BY status',
  ],
  [
    'named window',
    'SELECT id, SUM(amount) OVER w AS s, COUNT(*) OVER w AS n FROM orders WINDOW w AS (PARTITION BY status ORDER BY id) ORDER BY id',
  ],
  [
    'first_value',
    'SELECT id, FIRST_VALUE(amount) OVER (PARTITION BY status ORDER BY id) AS first_amount FROM orders ORDER BY id',
  ],
  ['ntile', 'SELECT id, NTILE(3) OVER (ORDER BY amount, id) AS third FROM orders ORDER BY id'],
  [
    'top n per group',
    'SELECT * FROM (SELECT o.*, ROW_NUMBER() OVER (PARTITION BY status ORDER BY amount DESC) AS rn FROM orders o) ranked WHERE rn <= 2 ORDER BY status, rn',
  ],
  ['limit', 'SELECT id FROM orders ORDER BY amount DESC LIMIT 3'],
  ['limit and offset', 'SELECT id FROM orders ORDER BY amount DESC LIMIT 2 OFFSET 1'],
  ['a limit above the cap', 'SELECT id FROM orders ORDER BY id LIMIT 100000'],
  ['a limit in a sub-query only', 'SELECT COUNT(*) AS n FROM (SELECT id FROM orders ORDER BY amount LIMIT 2) t'],
  [
    'arithmetic and precedence',
    'SELECT (amount + 1) * 2 - amount / 2 AS x, -amount AS neg, 7 % 3 AS m FROM orders ORDER BY id',
  ],
  [
    'boolean logic',
    "SELECT id FROM orders WHERE (status = 'paid' AND NOT amount < 10) OR (status <> 'paid' AND amount >= 5) ORDER BY id",
  ],
  [
    'date text comparison',
    "SELECT id FROM orders WHERE ordered_on >= '2024-02-01' AND ordered_on < '2024-03-01' ORDER BY id",
  ],
  ['current date', 'SELECT COUNT(*) AS n FROM orders WHERE ordered_on <= CURRENT_DATE'],
  [
    'lower-case keywords and line breaks',
    'select\n  status,\n  count(*) as n\nfrom orders\ngroup by status\norder by n desc, status',
  ],
  ['alias in order by', 'SELECT amount * 2 AS twice FROM orders ORDER BY twice'],
  ['no table at all', 'SELECT 1 + 1 AS two'],
  [
    'many columns of the same name',
    'SELECT a.id, b.id, a.name FROM customers a JOIN products b ON a.id = b.id ORDER BY a.id',
  ],
  ['count of rows in a join', 'SELECT COUNT(*) FROM orders o LEFT JOIN order_items i ON o.id = i.order_id'],
  [
    'nested derived tables',
    'SELECT MAX(n) AS most FROM (SELECT customer_id, COUNT(*) AS n FROM (SELECT * FROM orders WHERE amount > 1) x GROUP BY customer_id) y',
  ],
  ['row of nulls', 'SELECT NULL AS blank, id FROM customers ORDER BY id'],
  [
    'exists in select',
    'SELECT c.id, EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id) AS buys FROM customers c ORDER BY c.id',
  ],
  [
    'cte hides a table',
    'WITH orders AS (SELECT id, amount FROM products, (SELECT 5 AS amount) five) SELECT COUNT(*) AS n, SUM(amount) AS total FROM orders',
  ],
  [
    'having on an aggregate not selected',
    'SELECT customer_id FROM orders GROUP BY customer_id HAVING SUM(amount) > 100 ORDER BY customer_id',
  ],
  [
    'join of two derived tables',
    'SELECT a.customer_id, a.n, b.total FROM (SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id) a JOIN (SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id) b ON a.customer_id = b.customer_id ORDER BY a.customer_id',
  ],
  [
    'union inside a derived table',
    "SELECT kind, COUNT(*) AS n FROM (SELECT 'c' AS kind, id FROM customers UNION ALL SELECT 'p', id FROM products) u GROUP BY kind ORDER BY kind",
  ],
  [
    'cte in a union',
    'WITH big AS (SELECT id FROM orders WHERE amount > 100) SELECT id FROM big UNION ALL SELECT id FROM customers WHERE id > 4 ORDER BY id',
  ],
  ['unused cte', 'WITH x AS (SELECT id FROM customers) SELECT COUNT(*) AS n FROM orders'],
  ['not equal, both ways', "SELECT id FROM orders WHERE status != 'paid' AND status <> 'open'"],
  ['in with an expression', 'SELECT id FROM orders WHERE amount * 2 IN (78, 480) ORDER BY id'],
  ['order by an expression', 'SELECT id FROM orders ORDER BY amount * -1, id'],
  ['power, sqrt, mod', 'SELECT POWER(2, 3) AS p, SQRT(16) AS s, MOD(7, 4) AS m'],
]);
