/**
 * English conversations to train with. Nobody wrote them: the queries of a conversation follow one another as in the
 * Spider-derived half of Chase, the wording is made from how a query differs from the one before it. Where Spider
 * asks for the same rows in full, its own question stands there: a follow-up that needs nothing from before.
 */

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../src/planning/builtin/learned/model/random.ts';
import { queryKey } from '../../src/planning/builtin/learned/query/query.ts';
import { type Item, loadSpider } from '../eval/datasets.ts';
import { chineseData } from './chinese-data.ts';
import { buildVocabulary, Databases, SchemaIndexes } from './examples.ts';
import { FollowUpMaker } from './follow-up-questions.ts';
import { readGold } from './gold-reader.ts';

/** Of Spider's questions, how many are asked after an answer to another question about the same database. */
const AFRESH = 0.06;

export interface Conversations {
  /** Questions that lean on the one before. */
  readonly followUps: readonly Item[];
  /** Spider's own questions, asked after another one. */
  readonly afresh: readonly Item[];
}

/** Spider's questions over the wanted databases, and conversations made from them. */
export function englishTraining(data: string, wanted: (db: string) => boolean): Item[] {
  const { followUps, afresh } = englishConversations(data, wanted);
  return [...loadSpider(data).filter((item) => wanted(item.db)), ...followUps, ...afresh];
}

export function englishConversations(data: string, wanted: (db: string) => boolean): Conversations {
  const spider = loadSpider(data).filter((i) => wanted(i.db));
  const databases = new Databases(join(tmpdir(), 'querent-results-zh'));
  const indexes = new SchemaIndexes(databases, buildVocabulary(spider));
  const byDb = Map.groupBy(spider, (i) => i.db);
  const asked = new Map<string, Item[]>();
  const keyOf = (item: Item): string | null => {
    const query = readGold(item.sql, indexes.of(item));
    return query && `${item.db} ${queryKey(query)}`;
  };
  for (const item of spider) {
    const key = keyOf(item);
    if (key !== null) asked.set(key, [...(asked.get(key) ?? []), item]);
  }
  const followUps: Item[] = [];
  const afresh: Item[] = [];
  const random = seededRandom(17);
  for (const turn of chineseData(data, databases, wanted, 0).english) {
    const last = turn.previous[turn.previous.length - 1];
    if (last === undefined || last.sql === '') continue;
    const schema = indexes.of(turn);
    const before = readGold(last.sql, schema);
    const after = readGold(turn.sql, schema);
    if (before === null || after === null) continue;
    const previous = [{ question: '', sql: last.sql }];
    const full = asked.get(`${turn.db} ${queryKey(after)}`);
    if (full !== undefined && random() < 0.35) {
      const own = full[Math.floor(random() * full.length)]!;
      afresh.push({ ...own, id: `${turn.id}-full`, previous });
      continue;
    }
    const question = new FollowUpMaker(schema, random).make(before, after);
    if (question !== null) followUps.push({ ...turn, set: 'spider', question, previous });
  }
  for (const item of spider) {
    if (random() >= AFRESH) continue;
    const others = byDb.get(item.db)!;
    const other = others[Math.floor(random() * others.length)]!;
    if (other.sql !== item.sql)
      afresh.push({ ...item, id: `${item.id}-afresh`, previous: [{ question: other.question, sql: other.sql }] });
  }
  return { followUps, afresh };
}
