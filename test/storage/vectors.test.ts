import { afterAll, beforeAll, expect, it } from 'vitest';
import { createVectorStore, type State, type VectorDocument, type VectorStore } from '../../src/storage/index.ts';
import { createTestStore, describeOnBothStates, type TestStore } from '../support/state.ts';

const document = (name: string, embedding: number[], metadata: object = {}): VectorDocument => ({
  document: name,
  embedding,
  metadata: { ...metadata },
});

describeOnBothStates('the vector store', (kind) => {
  let store: TestStore;
  let state: State;
  let vectors: VectorStore;

  beforeAll(async () => {
    store = await createTestStore(kind);
    state = await store.open();
    vectors = createVectorStore(state);
    await vectors.add('pairs', [
      document('east', [1, 0, 0], { table: 'orders', language: 'en' }),
      document('north-east', [1, 1, 0], { table: 'orders', language: 'zh', tags: ['x'] }),
      document('up', [0, 0, 2], { table: 'customers' }),
      document('west', [-3, 0, 0], {}),
    ]);
  });
  afterAll(async () => {
    await state.close();
    await store.remove();
  });

  const names = (found: readonly { document: string }[]): string[] => found.map((item) => item.document);

  it('finds the nearest by the angle, not by the length', async () => {
    const found = await vectors.search('pairs', [5, 1, 0], { limit: 3 });
    expect(names(found)).toEqual(['east', 'north-east', 'up']);
    expect(found.map(({ similarity }) => similarity.toFixed(3))).toEqual(['0.981', '0.832', '0.000']);
    expect(names(await vectors.search('pairs', [5, 1, 0], { limit: 9, minSimilarity: 0.5 }))).toHaveLength(2);
  });

  it('takes only documents whose metadata contain the filter', async () => {
    const search = (filter: object) => vectors.search('pairs', [1, 0, 0], { limit: 9, filter: { ...filter } });
    expect(names(await search({ table: 'orders' }))).toEqual(['east', 'north-east']);
    expect(names(await search({ tags: ['x'] }))).toEqual(['north-east']);
    expect(await vectors.count('pairs', { table: 'orders' })).toBe(2);
  });

  it('adds nothing when the same content comes again, in any order of its metadata', async () => {
    const again = [
      document('east', [1, 0, 0], { language: 'en', table: 'orders' }),
      document('south', [0, -1, 0], { table: 'orders' }),
      document('south', [0, -1, 0], { table: 'orders' }),
    ];
    expect(await vectors.add('pairs', again)).toEqual({ added: 1 });
    expect(await vectors.add('pairs', again)).toEqual({ added: 0 });
    expect(await vectors.count('pairs')).toBe(5);
    expect(await vectors.remove('pairs', { filter: { table: 'orders' } })).toBe(3);
    expect(await vectors.count('pairs')).toBe(2);
  });

  it('adds all or nothing, also as part of a transaction', async () => {
    const failing = state.transaction(async (tx) => {
      await vectors.add('halves', [document('one', [1, 2, 3])], tx);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const broken = [document('fine', [1]), document('broken', [Number.NaN, 1, 2])];
    await expect(vectors.add('halves', broken)).rejects.toThrow('NaN');
    expect(await vectors.count('halves')).toBe(0);
  });

  it('leaves out vectors of another length, survives zero vectors and odd characters', async () => {
    await vectors.add('odd', [
      document('zero', [0, 0]),
      document('long', [1, 2, 3]),
      document('a\u0000b 汉字🙂', [1, 0], { text: 'x\u0000y\\u0000' }),
    ]);
    const found = await vectors.search('odd', [1, 0], { limit: 9 });
    expect(found.map(({ document: text, metadata, similarity }) => [text, metadata, similarity])).toEqual([
      ['ab 汉字🙂', { text: 'xy\\u0000' }, 1],
      ['zero', {}, 0],
    ]);
    const first = await vectors.list('odd', { limit: 2 });
    const rest = await vectors.list('odd', { limit: 2, after: first.at(-1)!.id });
    expect(new Set(names([...first, ...rest]))).toEqual(new Set(['zero', 'long', 'ab 汉字🙂']));
    expect(await vectors.get('odd', [first[0]!.id])).toEqual([first[0]]);
  });

  it('takes a large load in one call and drops a collection with all of it', async () => {
    const load = Array.from({ length: 1_500 }, (_, n) => document(`d${n}`, [Math.sin(n), Math.cos(n), n]));
    expect(await vectors.add('large', load)).toEqual({ added: 1_500 });
    expect((await vectors.collections()).find(({ name }) => name === 'large')?.documents).toBe(1_500);
    expect(await vectors.dropCollection('large')).toBe(true);
    expect(await vectors.dropCollection('large')).toBe(false);
    expect(await vectors.search('large', [1, 2, 3], { limit: 1 })).toEqual([]);
  });
});
