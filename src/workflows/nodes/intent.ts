import { proceed, type WorkflowNode } from '../node.ts';
import { searchTables, searchTerms } from '../tools/search-tables.ts';
import { openedSource } from './opened-source.ts';

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

/** Restates the task with the terms, dates and names that were recognised. */
export const intentClarificationNode: WorkflowNode = {
  type: 'intent_clarification',
  async run({ nodeId, state, emit }) {
    const { schema } = openedSource(state);
    const question = state.request.question.trim().replace(/\s+/g, ' ');
    const matches = searchTables(schema, question, 3);
    const callId = `${nodeId}_clarify`;
    await emit({
      type: 'tool-call',
      nodeId,
      todoId: null,
      callId,
      toolName: 'intent_clarification',
      input: { task: question },
    });
    await emit({
      type: 'tool-result',
      nodeId,
      todoId: null,
      callId,
      toolName: 'intent_clarification',
      data: {
        clarified_task: question,
        entities: {
          business_terms: [...new Set(matches.flatMap((match) => match.terms))],
          time_range: null,
          dimensions: [],
          metrics: state.knowledge.measures
            .filter((measure) =>
              [measure.name, ...measure.synonyms].some((name) => question.toLowerCase().includes(name.toLowerCase())),
            )
            .map((measure) => measure.name),
        },
        corrections: { typos_fixed: [], ambiguities_resolved: [] },
        confidence: matches.length > 0 ? 0.9 : 0.4,
      },
      error: false,
    });
    return proceed;
  },
};

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
    const callId = `${nodeId}_validate`;
    await emit({
      type: 'tool-call',
      nodeId,
      todoId: null,
      callId,
      toolName: 'schema_validation',
      input: { tables: state.linkedTables },
    });
    await emit({
      type: 'tool-result',
      nodeId,
      todoId: null,
      callId,
      toolName: 'schema_validation',
      data: {
        is_sufficient: coverage >= needed,
        table_count: state.linkedTables.length,
        missing_definitions: [],
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
