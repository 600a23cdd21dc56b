/** Tools that run or check a statement. */
import { analyseSql, parseSql } from '../../sql/index.ts';
import { guardStatement } from '../statement.ts';
import { countOf, failed, succeeded, type Tool, textOf } from './tool.ts';

const READ_ROWS = 50;

export const readQueryTool: Tool = {
  name: 'read_query',
  description: 'Runs one read-only SQL query and returns its first rows.',
  parameters: {
    sql: { type: 'string', description: 'one SELECT statement', required: true },
    max_rows: { type: 'integer', description: `at most this many rows, ${READ_ROWS} by default` },
  },
  async run(input, context) {
    const sql = textOf(input, 'sql');
    if (sql === '') return failed('sql is missing');
    const rows = countOf(input, 'max_rows', READ_ROWS, context.services.limits.rows);
    const guarded = await guardStatement(sql, context.source, { limits: { ...context.services.limits, rows } });
    if (!guarded.ok) return failed(`${guarded.failure.code}: ${guarded.failure.message}`);
    const run = await context.execute(guarded.value, rows);
    if (!run.ok) return failed(`${run.code}: ${run.message}`);
    const { columns, rows: cells, truncated } = run.rows;
    return succeeded({
      original_rows: cells.length,
      is_compressed: truncated,
      columns: columns.map((column) => column.name),
      rows: cells,
    });
  },
};

export const validateSqlSyntaxTool: Tool = {
  name: 'validate_sql_syntax',
  description: 'Parses a statement in the database’s dialect, without running it.',
  parameters: { sql: { type: 'string', description: 'the statement', required: true } },
  async run(input, { source: { schema } }) {
    const sql = textOf(input, 'sql');
    if (sql === '') return failed('sql is missing');
    const parsed = await parseSql(sql, schema.dialect);
    if (!parsed.ok) {
      return failed(parsed.failure.message, {
        syntax_valid: false,
        tables_referenced: [],
        sql_type: null,
        dialect: schema.dialect,
      });
    }
    const { variant } = parsed.value.tree;
    const isQuery = ['select', 'union', 'intersect', 'except', 'subquery', 'values'].includes(variant);
    const analysis = analyseSql(parsed.value, schema);
    const missing = analysis.problems.flatMap((problem) =>
      problem.code === 'unknown-table' ? (problem.name ?? []) : [],
    );
    return succeeded({
      syntax_valid: true,
      tables_referenced: [...new Set([...analysis.tables.map((table) => table.name), ...missing])],
      sql_type: isQuery ? 'SELECT' : variant.toUpperCase(),
      dialect: schema.dialect,
    });
  },
};
