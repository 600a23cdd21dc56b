import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemos, type Place, sampleBackground } from './business/ask-questions.ts';
import { openSqlite } from './business/query-runner.ts';
import type { BusinessQuestion } from './business/question.ts';
import { hasSamples, openSamples, SAMPLE_NAMES, type SampleDatabases } from './business/sample-databases.ts';
import { type Conversation, DEMO_CONVERSATIONS, SAMPLE_CONVERSATIONS } from './conversations/index.ts';
import { CONVERSATION_GAPS } from './conversations/known-gaps.ts';
import { type JudgedTurn, talk } from './conversations/talk.ts';

type Judged = ReadonlyMap<Conversation, readonly JudgedTurn[]>;

async function talkAll(conversations: readonly Conversation[], places: ReadonlyMap<string, Place>): Promise<Judged> {
  const judged = new Map<Conversation, readonly JudgedTurn[]>();
  for (const conversation of conversations) {
    const { background, runner } = places.get(conversation.db)!;
    judged.set(conversation, await talk(conversation, background, runner));
  }
  const turns = [...judged.values()].flat();
  const count = (...verdicts: readonly JudgedTurn['verdict'][]): number =>
    turns.filter((turn) => verdicts.includes(turn.verdict)).length;
  process.stdout.write(
    `conversations: ${count('right')} of ${turns.length} turns right, ${count('clarify', 'cannot')} refused, ${count('wrong', 'failed')} wrong\n`,
  );
  return judged;
}

/** Each turn right, or a known gap that is refused. */
function checkAll(judged: () => Judged, conversations: readonly Conversation[]): void {
  const turns = conversations.flatMap((conversation) =>
    conversation.turns.map(({ question }, i) => [`${conversation.id}-${i + 1}`, question, conversation, i] as const),
  );
  it.each(turns)('%s %s', (id, _question, conversation, at) => {
    const { verdict, detail, expected } = judged().get(conversation)![at]!;
    expect(expected.every((rows) => rows.length > 0)).toBe(true);
    if (CONVERSATION_GAPS.includes(id)) {
      expect(['clarify', 'cannot'], `${id} is a known gap: ${verdict}\n${detail}`).toContain(verdict);
    } else {
      expect(verdict, detail).toBe('right');
    }
  });
}

const describeSamples = hasSamples ? describe : describe.skip;

describeSamples(`conversations on the sample databases${hasSamples ? '' : ' (skipped: no samples.tar.gz)'}`, () => {
  let samples: SampleDatabases;
  const places = new Map<BusinessQuestion['db'], Place>();
  let judged: Judged = new Map();

  beforeAll(async () => {
    samples = await openSamples();
    for (const name of SAMPLE_NAMES) {
      const path = samples.path(name);
      places.set(name, { background: await sampleBackground(path), runner: await openSqlite(path) });
    }
    judged = await talkAll(SAMPLE_CONVERSATIONS, places);
  });
  afterAll(async () => {
    for (const { runner } of places.values()) await runner.close();
    await samples.close();
  });

  checkAll(() => judged, SAMPLE_CONVERSATIONS);
});

describe('conversations on the demos', () => {
  let folder: string;
  let places: ReadonlyMap<string, Place> = new Map();
  let judged: Judged = new Map();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'querent-conversations-'));
    places = await makeDemos(folder);
    judged = await talkAll(DEMO_CONVERSATIONS, places);
  });
  afterAll(async () => {
    for (const { runner } of places.values()) await runner.close();
    await rm(folder, { recursive: true, force: true });
  });

  checkAll(() => judged, DEMO_CONVERSATIONS);
});
