import { distance } from 'fastest-levenshtein';
import type { DatabaseSchema } from '../../sql/index.ts';
import { proceed, type WorkflowNode } from '../node.ts';
import { searchTables, searchTerms } from '../tools/search-tables.ts';
import { periodsOf } from './metric-plan.ts';
import { openedSource } from './opened-source.ts';
import { questionEntities } from './question-entities.ts';

/** Says what kind of request this is before any SQL is thought of. */
export const intentAnalysisNode: WorkflowNode = {
  type: 'intent_analysis',
  async run({ nodeId, nodeType, state, emit }) {
    const isSql = /^\s*(?:--.*\n|\/\*[\s\S]*?\*\/|\s)*(?:select|with)\b/i.test(state.request.question);
    const intent = isSql ? 'sql' : 'text2sql';
    const known = searchTables(openedSource(state).schema, state.request.question, 1).length > 0;
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'intent_analysis',
      status: 'success',
      message: state.language === 'zh' ? `识别意图：${intent}` : `Detected intent: ${intent}`,
      details: { intent, confidence: isSql ? 0.99 : known ? 0.92 : 0.5, language: state.language },
    });
    return proceed;
  },
};

/** Restates the task with the terms, dates and names that were recognised, and the spellings that were corrected. */
export const intentClarificationNode: WorkflowNode = {
  type: 'intent_clarification',
  async run(context) {
    const { nodeId, state, emit } = context;
    const { schema } = openedSource(state);
    const question = state.request.question.trim().replace(/\s+/g, ' ');
    const typos = misspelt(question, schema);
    const clarified = typos.reduce((text, { written, meant }) => text.replace(written, meant), question);
    state.corrected = clarified === question ? null : clarified;
    const matches = searchTables(schema, clarified, 3);
    const periods = periodsOf(context);
    const entities = await questionEntities(clarified, periods, context);
    const callId = `${nodeId}_clarify`;
    const call = { nodeId, todoId: null, callId, toolName: 'intent_clarification' };
    await emit({ type: 'tool-call', ...call, input: { task: question } });
    await emit({
      type: 'tool-result',
      ...call,
      data: {
        clarified_task: clarified,
        entities: {
          business_terms: [...new Set(matches.flatMap((match) => match.terms))],
          time_range: entities.timeRange,
          dimensions: entities.dimensions,
          metrics: entities.metrics,
        },
        corrections: {
          typos_fixed: typos.map(({ written, meant }) => `${written} → ${meant}`),
          ambiguities_resolved: periods
            .filter((one) => one.kind === 'relative')
            .map((one) => `${one.originalText} = ${one.start ?? '…'} – ${one.end ?? '…'}`),
        },
        confidence: matches.length > 0 ? 0.9 : 0.4,
      },
      error: false,
    });
    return proceed;
  },
};

/** Words one letter away from exactly one name of the catalog, and nothing that is spelt right. */
function misspelt(question: string, schema: DatabaseSchema): { readonly written: string; readonly meant: string }[] {
  const names = new Set(
    schema.tables.flatMap((table) =>
      [
        table.ref.name,
        ...table.synonyms,
        ...table.columns.flatMap((column) => [column.name, ...column.synonyms]),
      ].flatMap((name) => name.toLowerCase().match(/[a-z]{5,}/g) ?? []),
    ),
  );
  return [...new Set(question.match(/[A-Za-z]{5,}/g) ?? [])].flatMap((written) => {
    const word = written.toLowerCase();
    const stem = word.replace(/s$/, '');
    if (names.has(word) || names.has(stem) || names.has(`${word}s`)) return [];
    const near = [...names].filter((name) => Math.abs(name.length - word.length) < 2 && distance(name, word) === 1);
    const [meant] = near;
    return near.length === 1 && meant ? [{ written, meant }] : [];
  });
}

/** Checks that the discovered tables cover the question's words. */
export const schemaValidationNode: WorkflowNode = {
  type: 'schema_validation',
  async run({ nodeId, state, emit }) {
    const { schema } = openedSource(state);
    const terms = [...new Set(searchTerms(state.request.question))].slice(0, 50);
    const covered = new Set(searchTables(schema, state.request.question, 10).flatMap((match) => match.terms));
    const coveredTerms = terms.filter((term) => covered.has(term));
    const coverage = terms.length === 0 ? 0 : coveredTerms.length / terms.length;
    const needed = terms.length <= 3 ? 0.5 : terms.length <= 6 ? 0.3 : 0.2;
    const known = new Set(schema.tables.map((table) => table.ref.name));
    const callId = `${nodeId}_validate`;
    const call = { nodeId, todoId: null, callId, toolName: 'schema_validation' };
    await emit({ type: 'tool-call', ...call, input: { tables: state.linkedTables } });
    await emit({
      type: 'tool-result',
      ...call,
      data: {
        is_sufficient: coverage >= needed,
        table_count: state.linkedTables.length,
        missing_definitions: state.linkedTables.filter((name) => !known.has(name)),
        query_terms: terms,
        coverage_score: Math.round(coverage * 100) / 100,
        covered_terms: coveredTerms,
        uncovered_terms: terms.filter((term) => !covered.has(term)),
      },
      error: false,
    });
    return proceed;
  },
};
