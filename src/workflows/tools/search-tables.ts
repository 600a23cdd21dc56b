/** Lexical search over table and column names, comments, synonyms and sampled values, English and Chinese. */
import MiniSearch from 'minisearch';
import type { DatabaseSchema, Table } from '../../sql/index.ts';

export interface TableMatch {
  readonly table: Table;
  readonly score: number;
  /** Words of the question that the table explains. */
  readonly terms: readonly string[];
}

interface TableSearch {
  readonly index: MiniSearch;
  readonly tables: readonly Table[];
}

const CACHE_SIZE = 32;
const cache = new Map<string, TableSearch>();

/** Identifiers split at case and punctuation; Chinese as overlapping pairs of characters. */
export function searchTerms(text: string): string[] {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z0-9]+|[\u3400-\u9fff]+/g);
  return (words ?? []).flatMap((word) => {
    if (!/[\u3400-\u9fff]/.test(word))
      return [word.length > 3 ? word.replace(/(ies)$/, 'y').replace(/(?<!s)s$/, '') : word];
    if (word.length === 1) return [word];
    return Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2));
  });
}

function searchOf(schema: DatabaseSchema): TableSearch {
  const known = cache.get(schema.fingerprint);
  if (known) return known;
  const index = new MiniSearch({
    fields: ['name', 'comment', 'columns', 'values'],
    tokenize: searchTerms,
    processTerm: (term) => term,
    searchOptions: {
      boost: { name: 3, comment: 2, columns: 1.5, values: 1 },
      prefix: (term) => term.length > 3,
      fuzzy: (term) => (term.length > 5 ? 0.15 : false),
    },
  });
  index.addAll(
    schema.tables.map((table, id) => ({
      id,
      name: [table.ref.name, ...table.synonyms].join(' '),
      comment: table.comment ?? '',
      columns: table.columns.flatMap((column) => [column.name, column.comment ?? '', ...column.synonyms]).join(' '),
      values: table.columns
        .flatMap((column) => (column.type === 'text' ? (column.values?.list ?? []).slice(0, 50) : []))
        .join(' '),
    })),
  );
  const made = { index, tables: schema.tables };
  cache.set(schema.fingerprint, made);
  if (cache.size > CACHE_SIZE) {
    const oldest = cache.keys().next().value;
    if (oldest !== undefined) cache.delete(oldest);
  }
  return made;
}

/** The tables that fit a question best, best first. */
export function searchTables(schema: DatabaseSchema, question: string, topN: number): TableMatch[] {
  const { index, tables } = searchOf(schema);
  return index
    .search(question.slice(0, 2_000))
    .slice(0, topN)
    .flatMap((hit) => {
      const table = tables[hit.id as number];
      return table ? [{ table, score: hit.score, terms: [...new Set(hit.queryTerms)] }] : [];
    });
}
