/** `querent terms add|list|set|remove|import|export`. */
import type { StoredTerm, TermContent } from '../../engine/index.ts';
import { EngineError } from '../../kernel/index.ts';
import { type RecordColumn, readRecords, writeRecords } from '../files/record-file.ts';
import type { CommandHost } from '../host.ts';
import { type Common, flagOf, line, listOf, withKnowledgeBase } from './knowledge.ts';

const COLUMNS: readonly RecordColumn<'word' | 'synonyms' | 'description' | 'datasources' | 'enabled'>[] = [
  { name: 'word', alsoRead: ['term', '术语', '术语名称'], required: true },
  { name: 'synonyms', alsoRead: ['synonym', 'other_words', '同义词'] },
  { name: 'description', alsoRead: ['描述', '术语描述', '说明'] },
  { name: 'datasources', alsoRead: ['datasource', 'db', '数据源', '生效数据源'] },
  { name: 'enabled', alsoRead: ['启用', '状态'] },
];

export interface TermOptions extends Common {
  readonly synonym: readonly string[];
  readonly description?: string;
  readonly db: readonly string[];
  readonly disabled?: boolean;
}

export const addTerm = (word: string, options: TermOptions, host: CommandHost): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    const { added } = await base.saveTerms([
      {
        word,
        synonyms: options.synonym,
        description: options.description ?? '',
        datasources: options.db,
        enabled: !options.disabled,
      },
    ]);
    host.out(`${added === 1 ? 'added' : 'replaced'} term ${word}`);
    return 0;
  });

export const listTerms = (options: Common, host: CommandHost): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    host.out(line('id', 'word', 'synonyms', 'datasources', 'state', 'description'));
    for (const term of await base.terms()) host.out(lineOf(term));
    return 0;
  });

export const setTerm = (
  id: number,
  options: TermOptions & { readonly word?: string; readonly enabled?: boolean; readonly everywhere?: boolean },
  host: CommandHost,
): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    const { word, description, synonym, db, enabled, disabled, everywhere } = options;
    const changes: Partial<TermContent> = {
      ...(word === undefined ? {} : { word }),
      ...(description === undefined ? {} : { description }),
      ...(synonym.length === 0 ? {} : { synonyms: synonym }),
      ...(db.length === 0 ? (everywhere ? { datasources: [] } : {}) : { datasources: db }),
      ...(enabled ? { enabled: true } : disabled ? { enabled: false } : {}),
    };
    if (Object.keys(changes).length === 0) throw new EngineError('request-invalid', 'nothing to change was given');
    host.out(lineOf(await base.changeTerm(id, changes)));
    return 0;
  });

export const removeTerms = (ids: readonly number[], options: Common, host: CommandHost): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    const removed = await base.removeTerms(ids);
    host.out(`removed ${removed} of ${ids.length}`);
    return removed === ids.length ? 0 : 1;
  });

export async function importTerms(file: string, options: Common, host: CommandHost): Promise<number> {
  const terms = (await readRecords(file, COLUMNS)).map(({ line: at, values }): TermContent => {
    const word = values.word?.trim() ?? '';
    if (word === '') throw new EngineError('request-invalid', `${file}, line ${at}: the word is empty`);
    return {
      word,
      synonyms: listOf(values.synonyms ?? ''),
      description: values.description ?? '',
      datasources: listOf(values.datasources ?? ''),
      enabled: flagOf(values.enabled ?? '', `${file}, line ${at}`),
    };
  });
  return withKnowledgeBase(options, host, async (base) => {
    const { added, replaced } = await base.saveTerms(terms);
    host.out(`added ${added}, replaced ${replaced}`);
    return 0;
  });
}

export const exportTerms = (file: string, options: Common, host: CommandHost): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    const terms = await base.terms();
    await writeRecords(
      file,
      COLUMNS,
      terms.map((term) => ({
        word: term.word,
        synonyms: term.synonyms.join('|'),
        description: term.description,
        datasources: term.datasources.join('|'),
        enabled: term.enabled ? 'yes' : 'no',
      })),
    );
    host.out(`wrote ${terms.length} terms to ${file}`);
    return 0;
  });

const lineOf = (term: StoredTerm): string =>
  line(
    term.id,
    term.word,
    term.synonyms.join('|'),
    term.datasources.join('|') || '*',
    term.enabled ? 'enabled' : 'disabled',
    term.description,
  );
