/** The same small shop in every dialect: NULLs, a leap day, a zero, quotes, backslashes, Chinese, awkward names. */
import type { DialectName } from '../../src/sql/index.ts';

const types = {
  duckdb: { timestamp: 'TIMESTAMP', float: 'DOUBLE', text: 'VARCHAR' },
  sqlite: { timestamp: 'TIMESTAMP', float: 'REAL', text: 'TEXT' },
  postgres: { timestamp: 'TIMESTAMP', float: 'DOUBLE PRECISION', text: 'TEXT' },
  mysql: { timestamp: 'DATETIME', float: 'DOUBLE', text: 'VARCHAR(200)' },
} as const;

/** CREATE and INSERT statements, written by hand so that they do not depend on the renderer. */
export function renderDatabase(dialect: DialectName): string[] {
  const { timestamp, float, text } = types[dialect];
  const q = (name: string): string => (dialect === 'mysql' ? `\`${name}\`` : `"${name}"`);
  const backslash = dialect === 'mysql' ? 'back\\\\slash' : 'back\\slash';
  const yes = dialect === 'sqlite' ? '1' : 'TRUE';
  const no = dialect === 'sqlite' ? '0' : 'FALSE';
  return [
    `CREATE TABLE customers (id INTEGER NOT NULL PRIMARY KEY, name ${text} NOT NULL, city ${text}, born DATE, vip BOOLEAN, score ${float})`,
    `INSERT INTO customers VALUES
      (1, 'Ann', 'Beijing', '1990-02-28', ${yes}, 4.5),
      (2, 'Bob', 'New York', '1985-12-31', ${no}, NULL),
      (3, 'Ünal', NULL, '2000-02-29', ${yes}, 3.25),
      (4, '李雷', '北京', NULL, ${no}, 5.0),
      (5, 'O''Neil', 'Beijing', '1978-07-15', ${yes}, 1.0)`,
    `CREATE TABLE orders (id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER, amount DECIMAL(10, 2), quantity INTEGER, placed_at ${timestamp}, status ${text}, note ${text})`,
    `INSERT INTO orders VALUES
      (1, 1, 100.00, 2, '2024-01-15 10:30:00', 'paid', '50% off'),
      (2, 1, 250.50, 1, '2024-01-31 23:59:59', 'paid', NULL),
      (3, 2, 80.25, 3, '2024-02-29 00:00:00', 'open', 'under_score'),
      (4, 3, 0.00, 0, '2024-03-04 08:00:00', 'cancelled', '${backslash}'),
      (5, 3, 19.99, 1, '2023-12-31 12:00:00', 'paid', 'Say "hi"'),
      (6, 5, 500.00, 5, '2024-02-10 07:15:00', 'paid', 'It''s'),
      (7, NULL, 42.00, 7, '2024-07-01 18:45:00', 'open', NULL),
      (8, 2, 75.00, 4, '2023-06-30 06:00:00', 'paid', '50X OFF')`,
    `CREATE TABLE ${q('Order Lines')} (${q('order')} INTEGER NOT NULL, ${q('select')} ${text}, ${q('单价')} DECIMAL(10, 2), ${q('CamelCase')} INTEGER)`,
    `INSERT INTO ${q('Order Lines')} VALUES (1, 'x', 10.50, 1), (1, 'y', 20.00, 2), (3, 'z', 5.25, 3)`,
  ];
}
