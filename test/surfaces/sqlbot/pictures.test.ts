/** Chart links: valid for their time and not a moment longer; records whose run ended unseen are settled. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChatStore } from '../../../src/chats/index.ts';
import { chartOf, createPictures } from '../../../src/engine/ask/charts.ts';
import type { State } from '../../../src/storage/index.ts';
import { createTestStore, type TestStore } from '../../support/state.ts';

let store: TestStore;
let state: State;
beforeAll(async () => {
  store = await createTestStore('embedded');
  state = await store.open();
});
afterAll(async () => {
  await state?.close();
  await store?.remove();
});

describe('a picture', () => {
  it('is there until it expires, under its own name only', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const chats = createChatStore(state, () => now);
    const chat = await chats.create({ userId: 1, workspaceId: 1, datasourceId: null });
    const record = await chats.addRecord({
      chatId: chat.id,
      kind: 'ask',
      question: '各地区销售额',
      sourceRecordId: null,
    });
    const result = {
      columns: [
        { name: 'region', type: 'text' as const },
        { name: 'revenue', type: 'integer' as const },
      ],
      rows: [
        ['华东', 3],
        ['华北', 2],
      ],
      truncated: false,
    };
    const chosen = chartOf(result, record.question, 2, now);
    await chats.finishRecord(record.id, { result, ...chosen });
    const name = chosen.imageName ?? '';
    const picture = createPictures(
      chats,
      async () => true,
      () => now,
    );
    expect((await picture(name))?.subarray(1, 4).toString()).toBe('PNG');
    expect(await picture(`${name.slice(0, -1)}~`)).toBeNull();
    expect(await picture('../../etc/passwd')).toBeNull();
    now = new Date('2026-01-01T02:00:01Z');
    expect(await picture(name)).toBeNull();
    expect(chartOf(result, record.question, 2, now).imageName).not.toBe(name);
  });

  it('belongs to a record that is finished once', async () => {
    const chats = createChatStore(state);
    const chat = await chats.create({ userId: 1, workspaceId: 1, datasourceId: null });
    const record = await chats.addRecord({ chatId: chat.id, kind: 'ask', question: 'x', sourceRecordId: null });
    await chats.finishRecord(record.id, { sql: 'SELECT 1' });
    await chats.finishRecord(record.id, { error: 'late' });
    expect(await chats.findRecord(record.id)).toMatchObject({ sql: 'SELECT 1', error: null });
    expect(await chats.find(2, chat.id)).toBeNull();
    expect([await chats.name(chat.id, 'a'), await chats.name(chat.id, 'b')]).toEqual([true, false]);
    expect([await chats.chooseDatasource(chat.id, 4), await chats.chooseDatasource(chat.id, 5)]).toEqual([4, 4]);
  });
});
