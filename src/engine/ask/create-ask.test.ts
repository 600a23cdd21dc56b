import { expect, test } from 'vitest';
import { type AskParts, createAsk } from './create-ask.ts';

/** Parts whose datasources open after `delay` milliseconds. */
function slowParts(delay: number): AskParts {
  const source = (id: number, kind: string) => ({
    id,
    kind,
    name: kind,
    description: null,
    workspaceId: 1,
    createdAt: new Date(0),
  });
  const parts = {
    users: { find: async () => ({ id: 1, disabled: false, workspaceIds: [1] }) },
    sources: {
      of: async () => [source(1, 'embedded'), source(2, 'postgres')],
      open: () => new Promise((resolve) => setTimeout(() => resolve({ schema: { tables: [{}, {}] } }), delay)),
    },
    logger: { info: () => undefined },
    now: () => new Date(0),
    patience: { server: 20, ownFiles: 5_000 },
  };
  return parts as unknown as AskParts;
}

test('a list of datasources waits for those in our own files, and not for a server that does not answer', async () => {
  const list = await createAsk(slowParts(200)).datasources({ userId: 1 } as never, new AbortController().signal);
  expect(list.map(({ name, tables }) => [name, tables])).toEqual([
    ['embedded', 2],
    ['postgres', null],
  ]);
});
