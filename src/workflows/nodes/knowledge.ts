/** Nodes that add what is known beyond the catalog: documents, terms, semantic models. */
import { layerForSchema } from '../../knowledge/index.ts';
import type { Term } from '../../planning/index.ts';
import { DIALECT_FACTS } from '../documents/dialect-facts.ts';
import { type FoundDocument, type NodeContext, proceed, type WorkflowNode } from '../node.ts';
import { searchTerms } from '../tools/search-tables.ts';
import { openedSource } from './opened-source.ts';

const PASSAGES = 5;

/** Looks up documents for what reflection wants to know, else for the question: the namespace's own, and the dialect's facts. */
export const docSearchNode: WorkflowNode = {
  type: 'doc_search',
  async run(context) {
    const { nodeId, nodeType, state, services, emit } = context;
    const keywords = state.lookup.length > 0 ? state.lookup : searchTerms(state.request.question).slice(0, 12);
    const wanted = [...keywords, state.attempts.at(-1)?.problem?.message ?? ''].join(' ');
    const own = await services.documents(state.request, wanted, PASSAGES);
    const found = [...own, ...dialectFacts(context, wanted)].slice(0, PASSAGES);
    state.documents = [
      ...state.documents,
      ...found.filter((one) => !state.documents.some((old) => old.text === one.text)),
    ];
    state.lookup = [];
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'doc_search',
      status: 'success',
      message:
        found.length === 0
          ? state.language === 'zh'
            ? '没有找到相关文档'
            : 'No document fits'
          : found.map((one) => one.title).join('; '),
      details: { keywords, documents: found },
    });
    return proceed;
  },
};

/** Facts about the database's SQL that share words with the text. */
function dialectFacts({ state }: NodeContext, text: string): FoundDocument[] {
  const { dialect } = openedSource(state).schema;
  // Short words say nothing about SQL.
  const asked = new Set(searchTerms(text).filter((term) => term.length > 3));
  return DIALECT_FACTS[dialect]
    .map((fact) => ({
      fact,
      score: searchTerms(`${fact.title} ${fact.text}`).filter((term) => asked.has(term)).length,
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ fact }) => fact);
}

/** `word: meaning`, `word = meaning`, `word是指meaning`: how people write down a term. */
const DEFINITION =
  /^\s*["“「]?([^:：=]{1,40}?)["”」]?\s*(?:[:：=]|\bmeans\b|\bis defined as\b|是指|指的是|定义为)\s*(.+)$/is;

/** Reads the request's notes: definitions become terms, the rest stays context; both reach the planners. */
export const knowledgeEnhancementNode: WorkflowNode = {
  type: 'knowledge_enhancement',
  async run(context) {
    const { nodeId, nodeType, state, services, emit } = context;
    const terms: Term[] = state.request.notes.flatMap((note) => {
      const [, word, description] = DEFINITION.exec(note) ?? [];
      return word && description ? [{ word: word.trim(), synonyms: [], description: description.trim() }] : [];
    });
    const found = await services.documents(state.request, state.request.question, PASSAGES);
    const known = new Set(state.knowledge.terms.map((term) => term.word));
    state.knowledge = {
      ...state.knowledge,
      terms: [...state.knowledge.terms, ...terms.filter((term) => !known.has(term.word))],
      notes: [...new Set([...state.knowledge.notes, ...state.request.notes])],
    };
    state.documents = found;
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'knowledge_enhancement',
      status: 'success',
      message:
        state.language === 'zh'
          ? `补充 ${terms.length} 个术语、${found.length} 段文档`
          : `Added ${terms.length} terms and ${found.length} passages`,
      details: { terms, notes: state.request.notes, documents: found.map((one) => one.title) },
    });
    return proceed;
  },
};

/** Reads the semantic models of the tables in play: what can be measured, and by what. */
export const semanticNode: WorkflowNode = {
  type: 'semantic',
  async run(context) {
    const { nodeId, nodeType, state, services, emit } = context;
    const source = openedSource(state);
    const whole = await services.metrics(state.request, source);
    const layer = whole ? layerForSchema(whole, source.schema) : null;
    const linked = new Set(state.linkedTables);
    const models = (layer?.models ?? []).filter((model) => linked.size === 0 || linked.has(model.table.name));
    const described = models.map((model) => ({
      name: model.name,
      table: model.table.name,
      description: model.description,
      dimensions: model.dimensions.map((dimension) => dimension.name),
      measures: model.measures.map((measure) => ({ name: measure.name, aggregation: measure.agg })),
    }));
    state.knowledge = {
      ...state.knowledge,
      notes: [
        ...state.knowledge.notes,
        ...described.map(
          (model) =>
            `semantic model ${model.name} (table ${model.table}): dimensions ${model.dimensions.join(', ')}; measures ${model.measures.map((one) => `${one.name} (${one.aggregation})`).join(', ')}`,
        ),
      ],
    };
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'semantic_models',
      status: 'success',
      message:
        state.language === 'zh' ? `读取 ${described.length} 个语义模型` : `Read ${described.length} semantic models`,
      details: { semantic_models: described, metrics: (layer?.metrics ?? []).map((metric) => metric.name) },
    });
    return proceed;
  },
};
