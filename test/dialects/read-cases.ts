/** SQL as people write it in each dialect, over the small shop of `render-database.ts`. */
import type { DialectName } from '../../src/sql/index.ts';

export interface ReadCase {
  readonly sql: string;
  /** Dialects that know this spelling; all four when absent. */
  readonly dialects?: readonly DialectName[];
}

const all: readonly string[] = [
  'SELECT * FROM customers ORDER BY id',
  'SELECT c.name, o.amount FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY o.id',
  'SELECT c.name, o.amount FROM customers AS c, orders AS o WHERE o.customer_id = c.id AND o.amount > 50 ORDER BY o.id',
  'SELECT name FROM customers LEFT JOIN orders ON orders.customer_id = customers.id WHERE orders.id IS NULL',
  'SELECT name FROM customers JOIN orders USING (id) ORDER BY name',
  'SELECT COUNT(*) AS n FROM customers CROSS JOIN orders',
  'SELECT status, COUNT(*) AS n, SUM(amount) FROM orders GROUP BY status HAVING COUNT(*) > 1 ORDER BY n DESC, 1',
  'SELECT COUNT(DISTINCT status) AS kinds FROM orders',
  'SELECT DISTINCT city FROM customers WHERE city IS NOT NULL ORDER BY city',
  "SELECT name FROM customers WHERE city IN ('Beijing', 'New York') OR (vip AND score > 3) ORDER BY id",
  'SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL)',
  'SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.amount > 100) ORDER BY name',
  'SELECT name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders WHERE customer_id = c.id)',
  'SELECT id FROM orders WHERE amount > (SELECT AVG(amount) FROM orders) ORDER BY id',
  'SELECT id FROM orders WHERE amount BETWEEN 50 AND 100 AND NOT quantity = 4 ORDER BY id',
  "SELECT id FROM orders WHERE note LIKE 'It%' ORDER BY id",
  "SELECT id FROM orders WHERE note NOT LIKE '%e%' ORDER BY id",
  'SELECT id FROM customers UNION SELECT customer_id FROM orders WHERE customer_id IS NOT NULL ORDER BY id',
  'SELECT id FROM customers WHERE vip INTERSECT SELECT customer_id FROM orders',
  'SELECT id FROM customers EXCEPT SELECT customer_id FROM orders',
  'SELECT AVG(t.total) AS average FROM (SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id) t',
  "WITH paid AS (SELECT customer_id, amount FROM orders WHERE status = 'paid') SELECT customer_id, SUM(amount) AS total FROM paid GROUP BY customer_id ORDER BY total DESC",
  'WITH a AS (SELECT id FROM customers), b (k) AS (SELECT id FROM a WHERE id > 2) SELECT COUNT(*) AS n FROM a JOIN b ON a.id = b.k',
  "SELECT id, CASE WHEN amount > 100 THEN 'big' ELSE 'small' END AS size FROM orders ORDER BY id",
  "SELECT id, CASE status WHEN 'paid' THEN 1 WHEN 'open' THEN 2 END AS state FROM orders ORDER BY id",
  "SELECT COALESCE(city, 'nowhere') AS place, UPPER(name) AS n FROM customers ORDER BY id",
  'SELECT quantity * amount AS revenue, -quantity AS minus, (quantity + 1) * 2 AS x FROM orders ORDER BY id',
  'SELECT id FROM orders ORDER BY amount DESC LIMIT 2 OFFSET 1',
  'SELECT id, RANK() OVER (PARTITION BY status ORDER BY amount DESC) AS r FROM orders ORDER BY id',
  'SELECT id, SUM(amount) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS total FROM orders ORDER BY id',
  'SELECT id, amount - LAG(amount) OVER (ORDER BY id) AS change_ FROM orders ORDER BY id',
  "SELECT name FROM customers WHERE born >= '1985-01-01' AND born < '1995-01-01' ORDER BY id",
  'SELECT a.name FROM customers a JOIN customers b ON a.city = b.city AND a.id <> b.id ORDER BY a.id',
];

const some: readonly (readonly [string, ...DialectName[]])[] = [
  ['select NAME, City from CUSTOMERS where Id = 1', 'sqlite', 'postgres', 'duckdb'],
  [
    'SELECT ROUND(score, 0) AS r, ABS(-2) AS a FROM customers WHERE score IS NOT NULL ORDER BY id',
    'sqlite',
    'duckdb',
    'mysql',
  ],
  ['SELECT ROUND(CAST(score AS numeric), 1) AS r FROM customers ORDER BY id', 'postgres'],
  ['SELECT name FROM customers ORDER BY score IS NULL, score, id', 'mysql', 'sqlite', 'postgres', 'duckdb'],
  ["SELECT STRFTIME('%Y', placed_at) AS y, COUNT(*) AS n FROM orders GROUP BY 1 ORDER BY 1", 'sqlite'],
  ["SELECT id FROM orders WHERE STRFTIME('%Y-%m', placed_at) = '2024-01' ORDER BY id", 'sqlite'],
  ["SELECT id FROM orders WHERE CAST(STRFTIME('%m', placed_at) AS INTEGER) = 2 ORDER BY id", 'sqlite'],
  [
    'SELECT id, CAST(JULIANDAY(DATE(placed_at)) - JULIANDAY(DATE(placed_at)) AS INTEGER) AS d FROM orders ORDER BY id',
    'sqlite',
  ],
  ["SELECT DATE(born, 'start of month', '+1 month') AS d FROM customers ORDER BY id", 'sqlite'],
  ["SELECT name FROM customers WHERE '2024-01-01' - born > 30 ORDER BY id", 'sqlite'],
  ['SELECT quantity / 2 AS half FROM orders ORDER BY id', 'sqlite', 'postgres', 'duckdb', 'mysql'],
  ['SELECT 1.0 * quantity / 4 AS q FROM orders ORDER BY id', 'sqlite', 'postgres', 'duckdb', 'mysql'],
  ['SELECT name FROM customers WHERE name = "Ann"', 'mysql'],
  ["SELECT name FROM customers WHERE name GLOB 'A*'", 'sqlite'],
  ['SELECT IIF(vip, 1, 0) AS v FROM customers ORDER BY id', 'sqlite'],
  ['SELECT name FROM customers NATURAL JOIN (SELECT id FROM orders) AS o ORDER BY id', 'sqlite', 'postgres'],
  [
    'SELECT name FROM customers WHERE score > (SELECT AVG(score) FROM customers) INTERSECT SELECT name FROM customers WHERE vip',
    'sqlite',
    'postgres',
  ],
  [
    "SELECT DATE_TRUNC('month', placed_at)::date AS m, SUM(amount) AS s FROM orders GROUP BY 1 ORDER BY 1",
    'postgres',
    'duckdb',
  ],
  ['SELECT EXTRACT(YEAR FROM placed_at)::int AS y FROM orders ORDER BY id', 'postgres', 'duckdb'],
  ["SELECT COUNT(*) FILTER (WHERE status = 'paid') AS n FROM orders", 'postgres', 'duckdb', 'sqlite'],
  [
    "SELECT id FROM orders WHERE placed_at > TIMESTAMP '2024-01-20 00:00:00' + INTERVAL '1 month' ORDER BY id",
    'postgres',
  ],
  ["SELECT id FROM orders WHERE placed_at > TIMESTAMP '2024-01-20 00:00:00' + INTERVAL 1 MONTH ORDER BY id", 'duckdb'],
  ["SELECT id FROM orders WHERE note ILIKE '%OFF%' ORDER BY id", 'postgres', 'duckdb'],
  ["SELECT id FROM orders WHERE note LIKE '50!%%' ESCAPE '!' ORDER BY id", 'postgres', 'duckdb', 'sqlite', 'mysql'],
  ["SELECT born - DATE '1970-01-01' AS d FROM customers ORDER BY id", 'postgres', 'duckdb'],
  ['SELECT id FROM orders ORDER BY amount DESC FETCH FIRST 2 ROWS ONLY', 'postgres'],
  ['SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY amount) AS m FROM orders', 'postgres'],
  ['SELECT MEDIAN(quantity) AS m FROM orders', 'duckdb'],
  [
    'SELECT YEAR(placed_at) AS y, MONTH(placed_at) AS m, COUNT(*) AS n FROM orders GROUP BY 1, 2 ORDER BY 1, 2',
    'mysql',
    'duckdb',
  ],
  ["SELECT id FROM orders WHERE DATE_FORMAT(placed_at, '%Y-%m') = '2024-01' ORDER BY id", 'mysql'],
  [
    'SELECT DATEDIFF(placed_at, born) AS d FROM orders JOIN customers ON customers.id = customer_id ORDER BY orders.id',
    'mysql',
  ],
  ["SELECT id FROM orders WHERE placed_at >= DATE_SUB('2024-03-01', INTERVAL 1 MONTH) ORDER BY id", 'mysql'],
  ["SELECT IF(amount > 100, 1, 0) AS big, IFNULL(note, '-') AS note FROM orders ORDER BY id", 'mysql'],
  ['SELECT quantity DIV 2 AS half, quantity MOD 2 AS rest FROM orders ORDER BY id', 'mysql'],
];

export const READ_CASES: readonly ReadCase[] = [
  ...all.map((sql) => ({ sql })),
  ...some.map(([sql, ...dialects]) => ({ sql, dialects })),
];

/** Queries that plans cannot hold, and what the refusal names. */
export const REFUSED: readonly { readonly sql: string; readonly dialect: DialectName; readonly names: string }[] = [
  { sql: 'SELECT nothing FROM customers', dialect: 'sqlite', names: 'nothing' },
  { sql: 'SELECT * FROM nowhere', dialect: 'sqlite', names: 'nowhere' },
  { sql: 'SELECT x.name FROM customers c', dialect: 'postgres', names: 'x.name' },
  { sql: 'SELECT GROUP_CONCAT(name) FROM customers', dialect: 'sqlite', names: 'group concat' },
  {
    sql: 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5) SELECT x FROM n',
    dialect: 'sqlite',
    names: 'recursive',
  },
  {
    sql: 'SELECT name FROM customers FULL JOIN orders ON orders.id = customers.id',
    dialect: 'postgres',
    names: 'full join',
  },
  { sql: 'SELECT DISTINCT ON (city) city, name FROM customers', dialect: 'postgres', names: 'distinct on' },
  { sql: 'SELECT city FROM customers GROUP BY ROLLUP (city)', dialect: 'postgres', names: 'rollup' },
  { sql: 'SELECT name FROM customers WHERE born < CURRENT_DATE', dialect: 'postgres', names: 'current date' },
  { sql: 'SELECT * FROM customers LIMIT 1 + 1', dialect: 'sqlite', names: 'LIMIT' },
  { sql: 'SELECT name FROM customers WHERE name LIKE city', dialect: 'sqlite', names: 'computed pattern' },
  { sql: 'DELETE FROM customers', dialect: 'sqlite', names: 'delete' },
  { sql: 'SELECT 1; SELECT 2', dialect: 'sqlite', names: 'one' },
  { sql: 'SELECT FROM WHERE', dialect: 'sqlite', names: 'could not be read' },
];
