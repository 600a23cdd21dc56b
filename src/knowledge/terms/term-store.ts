/** Business words and their synonyms. */
import { asc, eq, inArray } from 'drizzle-orm';
import { EngineError } from '../../kernel/index.ts';
import type { State } from '../../storage/index.ts';
import { terms } from '../tables.ts';
import { textKey } from '../text-key.ts';

export interface TermContent {
  readonly word: string;
  readonly synonyms: readonly string[];
  readonly description: string;
  /** `namespace` or `namespace/database`; none: everywhere. */
  readonly datasources: readonly string[];
  readonly enabled: boolean;
}

export interface StoredTerm extends TermContent {
  readonly id: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface TermStore {
  /** By word. */
  list(): Promise<readonly StoredTerm[]>;
  /** Writes terms; one that has the word and the datasources of a stored one takes its place. */
  save(contents: readonly TermContent[]): Promise<{ readonly added: number; readonly replaced: number }>;
  /** @throws EngineError `not-found`, `conflict` when another term has the word and the datasources */
  change(id: number, changes: Partial<TermContent>): Promise<StoredTerm>;
  /** How many there were. */
  remove(ids: readonly number[]): Promise<number>;
}

const MAX_WORD = 100;
const MAX_DESCRIPTION = 4_000;

const keyOf = ({ word, datasources }: TermContent): string => [textKey(word), ...[...datasources].sort()].join('\n');

/** A term as it is stored: trimmed, every synonym once. @throws EngineError `request-invalid` */
export function cleanTerm(content: TermContent): TermContent {
  const word = content.word.trim();
  if (textKey(word) === '') throw new EngineError('request-invalid', `a term needs a word, not \`${content.word}\``);
  const known = new Set([textKey(word)]);
  const synonyms = content.synonyms
    .map((synonym) => synonym.trim())
    .filter((synonym) => textKey(synonym) !== '' && !known.has(textKey(synonym)) && known.add(textKey(synonym)));
  const long = [word, ...synonyms].find((one) => one.length > MAX_WORD);
  if (long !== undefined) {
    throw new EngineError('request-invalid', `\`${long.slice(0, 40)}…\` is longer than ${MAX_WORD} characters`);
  }
  const description = content.description.trim();
  if (description.length > MAX_DESCRIPTION) {
    throw new EngineError('request-invalid', `the description of \`${word}\` exceeds ${MAX_DESCRIPTION} characters`);
  }
  return { word, synonyms, description, datasources: [...new Set(content.datasources)], enabled: content.enabled };
}

export function createTermStore(state: State, now: () => Date = () => new Date()): TermStore {
  return {
    list: () => state.db.select().from(terms).orderBy(asc(terms.word), asc(terms.id)).then(withoutKeys),
    async save(contents) {
      const clean = new Map(contents.map(cleanTerm).map((content) => [keyOf(content), content]));
      return state.transaction(async ({ db }) => {
        let replaced = 0;
        for (const [key, content] of clean) {
          const known = await db.select({ id: terms.id }).from(terms).where(eq(terms.key, key));
          replaced += known.length;
          await db
            .insert(terms)
            .values({ ...content, key, createdAt: now(), updatedAt: now() })
            .onConflictDoUpdate({ target: terms.key, set: { ...content, updatedAt: now() } });
        }
        return { added: clean.size - replaced, replaced };
      });
    },
    async change(id, changes) {
      const [known] = await state.db.select().from(terms).where(eq(terms.id, id));
      if (!known) throw new EngineError('not-found', `there is no term ${id}`);
      const content = cleanTerm({ ...known, ...changes });
      const key = keyOf(content);
      const [same] = await state.db.select({ id: terms.id }).from(terms).where(eq(terms.key, key));
      if (same && same.id !== id) {
        throw new EngineError('conflict', `term ${same.id} already explains \`${content.word}\` for these datasources`);
      }
      const changed = { ...content, updatedAt: now() };
      await state.db
        .update(terms)
        .set({ ...changed, key })
        .where(eq(terms.id, id));
      return { ...changed, id, createdAt: known.createdAt };
    },
    async remove(ids) {
      if (ids.length === 0) return 0;
      const rows = await state.db
        .delete(terms)
        .where(inArray(terms.id, [...ids]))
        .returning({ id: terms.id });
      return rows.length;
    },
  };
}

const withoutKeys = (rows: readonly (StoredTerm & { readonly key: string })[]): readonly StoredTerm[] =>
  rows.map(({ key: _, ...term }) => term);
