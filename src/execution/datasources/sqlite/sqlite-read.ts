/** Runs one reading statement in the child and turns its rows into cells. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { binaryCell, floatCell, integerCell, RowCollector } from '../../cells.ts';
import type { Cell, ExplainNode, ExplainResult, ResultColumn } from '../../datasource.ts';
import { RefusedStatement } from '../../failure.ts';
import { observedType } from '../../observed-type.ts';
import { beginsAsQuery, isBlank } from '../../statement-form.ts';
import type { RunDone } from './protocol.ts';

/** One SQLite value (read with BigInts) as a cell. */
export function sqliteCell(value: unknown): Cell {
  switch (typeof value) {
    case 'bigint':
      return integerCell(value);
    case 'number':
      return floatCell(value);
    case 'string':
      return value;
    default:
      return value instanceof Uint8Array ? binaryCell(value) : null;
  }
}

function prepareReader(db: DatabaseSync, sql: string): StatementSync {
  if (!beginsAsQuery(sql)) {
    throw new RefusedStatement('Only statements that read are allowed.');
  }
  const statement = db.prepare(sql);
  if (statement.columns().length === 0) {
    throw new RefusedStatement('Only statements that return rows are allowed.');
  }
  if (!isBlank(sql.slice(statement.sourceSQL.length))) {
    throw new RefusedStatement('Exactly one statement is allowed.');
  }
  return statement;
}

/** Runs the statement; rows beyond the cap are never read. */
export function readSqlite(
  db: DatabaseSync,
  request: { readonly sql: string; readonly maxRows: number; readonly maxBytes?: number },
): RunDone & { readonly rows: Cell[][] } {
  const started = performance.now();
  const statement = prepareReader(db, request.sql);
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  const collector = new RowCollector(request.maxRows, request.maxBytes);
  for (const row of statement.iterate() as unknown as Iterable<unknown[]>) {
    if (!collector.add(row.map(sqliteCell))) {
      break;
    }
  }
  const { rows } = collector;
  const columns = statement.columns().map((column, i): ResultColumn => {
    const type = observedType(
      column.type,
      rows.map((row) => row[i] ?? null),
    );
    if (type === 'boolean') {
      for (const row of rows) {
        row[i] = row[i] === null ? null : row[i] === 1;
      }
    }
    return { name: column.name, type };
  });
  return { columns, rows, truncated: collector.truncated, elapsedMs: performance.now() - started };
}

interface Step {
  readonly id: number;
  readonly parent: number;
  readonly detail: string;
}

function toNode(step: Step, steps: readonly Step[]): ExplainNode {
  const match = /^(SCAN|SEARCH) (\S+)(?:.*?USING (?:COVERING )?INDEX (\S+))?/.exec(step.detail);
  return {
    operation: match?.[1] ?? step.detail,
    table: match?.[2] ?? null,
    index: match?.[3] ?? (/USING INTEGER PRIMARY KEY/.test(step.detail) ? 'PRIMARY KEY' : null),
    estimatedRows: null,
    estimatedCost: null,
    detail: step.detail,
    children: steps.filter((child) => child.parent === step.id).map((child) => toNode(child, steps)),
  };
}

/** The engine's plan for a reading statement. */
export function explainSqlite(db: DatabaseSync, sql: string): ExplainResult {
  prepareReader(db, sql);
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as unknown as Step[];
  const root: ExplainNode = {
    operation: 'QUERY PLAN',
    table: null,
    index: null,
    estimatedRows: null,
    estimatedCost: null,
    detail: '',
    children: steps.filter((step) => step.parent === 0).map((step) => toNode(step, steps)),
  };
  const lines = (node: ExplainNode, depth: number): string[] => [
    `${'  '.repeat(depth)}${node.detail || node.operation}`,
    ...node.children.flatMap((child) => lines(child, depth + 1)),
  ];
  return { text: lines(root, 0).join('\n'), root };
}
