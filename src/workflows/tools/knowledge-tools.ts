/** Tools over the knowledge base: metrics, reference SQL, the subject tree, terms and documents. */
import { searchTerms } from './search-tables.ts';
import { countOf, failed, succeeded, type Tool, textOf } from './tool.ts';

const query = { query_text: { type: 'string', description: 'words to look for', required: true } } as const;
const topN = { top_n: { type: 'integer', description: 'how many, 5 by default' } } as const;

/** Share of the query's terms that a text holds. */
function overlap(terms: readonly string[], text: string): number {
  if (terms.length === 0) return 0;
  const words = new Set(searchTerms(text));
  return terms.filter((term) => words.has(term)).length / terms.length;
}

function ranked<T>(items: readonly T[], terms: readonly string[], text: (item: T) => string, count: number): T[] {
  return items
    .map((item) => ({ item, score: overlap(terms, text(item)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ item }) => item);
}

export const searchMetricsTool: Tool = {
  name: 'search_metrics',
  description: 'Finds business metrics by name, synonym and description.',
  parameters: { ...query, ...topN },
  async run(input, { services, request, source }) {
    const terms = searchTerms(textOf(input, 'query_text'));
    if (terms.length === 0) return failed('query_text is missing');
    const layer = await services.metrics(request, source);
    const found = ranked(
      layer?.metrics ?? [],
      terms,
      (metric) => [metric.name, metric.label ?? '', ...metric.synonyms, metric.description].join(' '),
      countOf(input, 'top_n', 5, 50),
    );
    return succeeded(
      found.map((metric) => ({
        name: metric.name,
        label: metric.label ?? metric.name,
        description: metric.description,
        type: metric.type,
        synonyms: metric.synonyms,
      })),
    );
  },
};

export const searchReferenceSqlTool: Tool = {
  name: 'search_reference_sql',
  description: 'Finds stored SQL that answered similar questions.',
  parameters: { ...query, ...topN },
  async run(input, { services, request, knowledge }) {
    const terms = searchTerms(textOf(input, 'query_text'));
    if (terms.length === 0) return failed('query_text is missing');
    const stored = (await services.referenceSql?.(request, 200)) ?? [];
    const found = ranked(
      [...knowledge.examples, ...stored],
      terms,
      (example) => example.question,
      countOf(input, 'top_n', 5, 50),
    );
    return succeeded(
      found.map((example) => ({
        name: example.question.slice(0, 80),
        sql: example.sql,
        comment: example.question,
        summary: example.question,
        tags: '',
      })),
    );
  },
};

export const listSubjectTreeTool: Tool = {
  name: 'list_subject_tree',
  description: 'The subjects of the knowledge base with the metrics below each.',
  parameters: {},
  async run(_, { services, request, source }) {
    const layer = await services.metrics(request, source);
    const models = (layer?.models ?? []).map((model) => ({
      subject: model.name,
      description: model.description,
      measures: model.measures.map((measure) => measure.name),
      dimensions: model.dimensions.map((dimension) => dimension.name),
    }));
    return succeeded({
      path: request.subjectPath,
      subjects: models,
      metrics: (layer?.metrics ?? []).map((metric) => metric.name),
    });
  },
};

export const searchExternalKnowledgeTool: Tool = {
  name: 'search_external_knowledge',
  description: 'Finds terms, notes and passages of documents.',
  parameters: { ...query, ...topN },
  async run(input, { services, request, knowledge }) {
    const text = textOf(input, 'query_text');
    const terms = searchTerms(text);
    if (terms.length === 0) return failed('query_text is missing');
    const count = countOf(input, 'top_n', 5, 50);
    const known = [
      ...knowledge.terms.map((term) => ({
        terminology: term.word,
        explanation: term.description,
        words: [term.word, ...term.synonyms, term.description].join(' '),
        origin: 'term',
      })),
      ...request.notes.map((note) => {
        const [, word = note.slice(0, 40), rest = note] = /^([^:：=]{1,60})[:：=]\s*(.+)$/s.exec(note) ?? [];
        return { terminology: word.trim(), explanation: rest.trim(), words: note, origin: 'request' };
      }),
    ];
    const documents = await services.documents(request, text, count);
    const found = [
      ...ranked(known, terms, (one) => one.words, count).map(({ words: _, ...one }) => one),
      ...documents.map((one) => ({ terminology: one.title, explanation: one.text, origin: 'document' })),
    ];
    return succeeded(found.slice(0, count));
  },
};
