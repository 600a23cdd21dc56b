import { type DuckDBAppender, DuckDBDateValue, DuckDBDecimalValue, DuckDBInstance } from '@duckdb/node-api';
import { dayNumber } from './days.ts';
import { commentSql, createTableSql, type DemoColumn, type DemoTableData } from './demo-table.ts';

/** Writes the tables into a new DuckDB database file at `path`, closed and checkpointed when this resolves. */
export async function buildShopDatabase(path: string, tables: readonly DemoTableData[]): Promise<void> {
  const instance = await DuckDBInstance.create(path, { threads: '1' });
  try {
    const connection = await instance.connect();
    try {
      for (const { table, rows } of tables) {
        await connection.run(createTableSql(table));
        for (const statement of commentSql(table)) await connection.run(statement);
        const appender = await connection.createAppender(table.name);
        const append = table.columns.map(appendOf);
        for (const row of rows) {
          row.forEach((value, i) => {
            if (value === null) appender.appendNull();
            else append[i]!(appender, value);
          });
          appender.endRow();
        }
        appender.closeSync();
      }
      await connection.run('CHECKPOINT');
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

type Append = (appender: DuckDBAppender, value: string | number) => void;

function appendOf(column: DemoColumn): Append {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(column.type);
  if (decimal !== null) {
    const width = Number(decimal[1]);
    const scale = Number(decimal[2]);
    return (appender, value) =>
      appender.appendDecimal(new DuckDBDecimalValue(BigInt(Math.round(Number(value) * 10 ** scale)), width, scale));
  }
  if (column.type === 'DATE') {
    return (appender, value) => appender.appendDate(new DuckDBDateValue(dayNumber(String(value))));
  }
  if (column.type === 'INTEGER') return (appender, value) => appender.appendInteger(Number(value));
  return (appender, value) => appender.appendVarchar(String(value));
}
