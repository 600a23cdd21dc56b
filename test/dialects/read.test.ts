/** SQL of each dialect reads as a valid plan, and the plan's own SQL returns the same rows on the real engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Datasource, openDatasource } from '../../src/execution/index.ts';
import {
  type DatabaseSchema,
  loadParser,
  planFromSql,
  planKey,
  renderPlan,
  validatePlan,
} from '../../src/sql/index.ts';
import { TEST_ENGINES, type TestDatabase } from '../support/engines.ts';
import { unguarded } from '../support/unguarded.ts';
import { READ_CASES, REFUSED } from './read-cases.ts';
import { renderDatabase } from './render-database.ts';

const LIMITS = { timeoutMs: 20_000, maxRows: 1_000 };

/** Numbers to three digits; `strftime` makes text of what a plan keeps as a number or a date. */
function alike(cell: unknown): unknown {
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+(?:\.\d+)?$/.test(cell))) {
    return Math.round(Number(cell) * 1_000) / 1_000;
  }
  return typeof cell === 'string' ? cell.replace(/ 00:00:00$/, '') : cell;
}

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

for (const engine of TEST_ENGINES) {
  engine.describe(`reading SQL of ${engine.kind}`, () => {
    let database: TestDatabase;
    let datasource: Datasource;
    let schema: DatabaseSchema;
    beforeAll(async () => {
      await loadParser(engine.dialect);
      database = await engine.create(...renderDatabase(engine.dialect));
      datasource = await openDatasource(database.config);
      schema = await datasource.introspect();
    });
    afterAll(async () => {
      await datasource?.close();
      await database?.drop();
    });

    const rows = async (sql: string, ordered: boolean): Promise<unknown[][]> => {
      const result = await datasource.run(unguarded(sql), LIMITS);
      if (!result.ok) throw new Error(`${result.failure.message}\n${sql}`);
      const cells = result.value.rows.map((row) => row.map(alike));
      return ordered ? cells : cells.toSorted(byText);
    };

    const cases = READ_CASES.filter(({ dialects }) => !dialects || dialects.includes(engine.dialect));
    it.each(cases)('$sql', async ({ sql }) => {
      const plan = planFromSql(sql, engine.dialect, schema, { keepNullOrder: true });
      expect(plan.ok ? null : plan.failure).toBeNull();
      if (!plan.ok) return;
      expect(validatePlan(plan.value, schema)).toMatchObject({ ok: true });
      const rendered = renderPlan(plan.value, engine.dialect, { schema });
      const native = renderPlan(plan.value, engine.dialect, { schema, division: 'native' });
      const ordered = plan.value.orderBy.length > 0;
      expect(await rows(rendered, ordered), rendered).toEqual(await rows(sql, ordered));
      expect(await rows(native, ordered), native).toEqual(await rows(sql, ordered));
    });

    it('reads its own SQL back as the same plan', () => {
      for (const { sql } of cases) {
        const plan = planFromSql(sql, engine.dialect, schema);
        if (!plan.ok) continue;
        const again = planFromSql(renderPlan(plan.value, engine.dialect, { schema }), engine.dialect, schema);
        expect(again.ok ? null : again.failure, renderPlan(plan.value, engine.dialect, { schema })).toBeNull();
        if (again.ok && !/JULIANDAY|2024-01-01' - born/.test(sql))
          expect(planKey(again.value)).toBe(planKey(plan.value));
      }
    });
  });
}

describe('SQL that plans cannot hold', () => {
  const schema: DatabaseSchema = {
    dialect: 'sqlite',
    defaultSchema: null,
    fingerprint: '',
    tables: [
      ['customers', ['id', 'name', 'city', 'born']],
      ['orders', ['id', 'customer_id', 'amount']],
    ].map(([name, columns]) => ({
      ref: { schema: null, name: name as string },
      kind: 'table' as const,
      comment: null,
      synonyms: [],
      columns: (columns as string[]).map((column) => ({
        name: column,
        type: 'text' as const,
        nativeType: 'text',
        nullable: true,
        comment: null,
        synonyms: [],
        values: null,
      })),
      primaryKey: [],
      uniqueKeys: [],
      foreignKeys: [],
      rowCount: null,
    })),
  };
  beforeAll(() => Promise.all([loadParser('sqlite'), loadParser('postgres')]));

  it.each(REFUSED)('refuses $sql and says $names', ({ sql, dialect, names }) => {
    const plan = planFromSql(sql, dialect, { ...schema, dialect });
    expect(plan.ok).toBe(false);
    if (!plan.ok) expect(plan.failure.message.toLowerCase()).toContain(names.toLowerCase());
  });

  it('takes the current date from the caller', () => {
    const plan = planFromSql(
      'SELECT name FROM customers WHERE born < CURRENT_DATE',
      'postgres',
      { ...schema, dialect: 'postgres' },
      { today: '2024-05-01' },
    );
    expect(plan.ok && renderPlan(plan.value, 'postgres', { pretty: false })).toBe(
      "SELECT name FROM customers WHERE born < DATE '2024-05-01'",
    );
  });
});
