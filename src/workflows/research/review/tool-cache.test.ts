import { expect, it } from 'vitest';
import type { DatabaseSchema } from '../../../sql/index.ts';
import type { ToolResult } from '../../tools/tool.ts';
import { createToolCache } from './tool-cache.ts';

const schemaOf = (): DatabaseSchema =>
  ({ dialect: 'sqlite', tables: [], foreignKeys: [] }) as unknown as DatabaseSchema;

/** A tool that numbers its calls. */
function counting(success: 0 | 1 = 1) {
  let calls = 0;
  return async (): Promise<ToolResult> => {
    calls += 1;
    return success === 1 ? { success, error: null, result: calls } : { success, error: `no ${calls}`, result: null };
  };
}

it('gives a result again for 300 s, to the same key and schema only', async () => {
  const cache = createToolCache();
  const schema = schemaOf();
  const call = counting();
  const resultAt = async (now: number, key = ['a'], at = schema) => (await cache.get(at, key, now, call)).result;
  expect(await resultAt(0)).toBe(1);
  expect(await resultAt(299_999)).toBe(1);
  expect(await resultAt(300_000)).toBe(2);
  expect(await resultAt(300_001, ['b'])).toBe(3);
  expect(await resultAt(300_001, ['a'], schemaOf())).toBe(4);
});

it('keeps no failure, and no more than a hundred results', async () => {
  const cache = createToolCache();
  const schema = schemaOf();
  const fails = counting(0);
  await cache.get(schema, ['x'], 0, fails);
  expect((await cache.get(schema, ['x'], 0, fails)).error).toBe('no 2');
  const call = counting();
  for (let n = 0; n <= 100; n += 1) await cache.get(schema, [n], 0, call);
  expect((await cache.get(schema, [100], 0, call)).result).toBe(101);
  expect((await cache.get(schema, [0], 0, call)).result).toBe(102);
});
