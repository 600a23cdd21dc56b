/** Every plan node: the SQL of each dialect is the expected one, passes the guard, and gives the same rows everywhere. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPlan, safeRenderPlan } from '../../src/sql/index.ts';
import { TEST_ENGINES } from '../support/engines.ts';
import { RENDER_CASES } from './render-cases.ts';
import { renderDatabase } from './render-database.ts';
import { openRenderEngine, type RenderEngine } from './render-engine.ts';
import expectations from './render-expected.json' with { type: 'json' };

/** SQL by dialect, `all` when the four agree; rows sorted as text when the plan does not order them. */
interface Expectation {
  readonly sql: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly unknown[])[];
}
const EXPECTED: Readonly<Record<string, Expectation>> = expectations;

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

for (const engine of TEST_ENGINES) {
  engine.describe(`plans on ${engine.kind}`, () => {
    let open: RenderEngine;
    beforeAll(async () => {
      open = await openRenderEngine(engine, renderDatabase(engine.dialect));
    });
    afterAll(() => open?.close());

    const able = RENDER_CASES.filter((one) => !one.refusedBy?.includes(engine.dialect));
    it.each(able)('$title', async ({ title, plan }) => {
      const expected = EXPECTED[title];
      const sql = open.render(plan);
      expect(sql).toBe(expected?.sql.all ?? expected?.sql[engine.dialect]);
      const rows = await open.rows(plan);
      expect(plan.orderBy.length > 0 ? rows : rows.toSorted(byText), sql).toEqual(expected?.rows);
    });

    it.each(RENDER_CASES.filter((one) => one.refusedBy?.includes(engine.dialect)))(
      'refuses $title by name',
      ({ plan }) => {
        const refused = safeRenderPlan(plan, engine.dialect, { schema: open.schema });
        expect(refused).toMatchObject({ ok: false, failure: { code: 'not-expressible' } });
      },
    );
  });
}

describe('the cases of the renderer', () => {
  it('are at least 130 and have an expectation each', () => {
    expect(RENDER_CASES.length).toBeGreaterThanOrEqual(130);
    expect(RENDER_CASES.map((one) => one.title).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  it('render on one line when asked', () => {
    for (const { plan, refusedBy } of RENDER_CASES) {
      if (!refusedBy) expect(renderPlan(plan, 'duckdb', { pretty: false })).not.toContain('\n');
    }
  });
});
