import { type NodeContext, type NodeOutcome, proceed, type WorkflowNode } from '../node.ts';
import { searchTables } from '../tools/search-tables.ts';
import { openedSource } from './opened-source.ts';

/** How many candidate tables each matching rate takes. */
const RATES: Readonly<Record<string, number>> = { fast: 5, medium: 10, slow: 20, from_llm: 20 };
const DEFAULT_RATE = 10;

/**
 * Picks candidate tables by lexical search over names, comments and values. When reflection comes back here, the
 * structure is read again from the database and the search is twice as wide.
 */
async function discover(context: NodeContext): Promise<NodeOutcome> {
  const { nodeId, nodeType, state, services, signal, emit, options } = context;
  const round = state.strategies.SCHEMA_LINKING ?? 0;
  if (round > 0) state.source = await services.openDatasource(state.request, signal, { refresh: true });
  const { schema } = openedSource(state);
  const rate = RATES[String(options.matching_rate ?? '')] ?? DEFAULT_RATE;
  const matches = searchTables(schema, state.request.question, rate * 2 ** round);
  const found = matches.map((match) => match.table.ref.name);
  state.linkedTables = found.length > 0 ? found : schema.tables.slice(0, rate).map((table) => table.ref.name);
  await emit({
    type: 'node-detail',
    nodeId,
    nodeType,
    action: 'schema_linking',
    status: 'success',
    message:
      state.language === 'zh'
        ? `找到 ${state.linkedTables.length} 个候选表`
        : `Found ${state.linkedTables.length} candidate tables`,
    details: { tables_found: state.linkedTables, refreshed: round > 0 },
  });
  return proceed;
}

/** Picks candidate tables by lexical search over names, comments and values. */
export const schemaDiscoveryNode: WorkflowNode = { type: 'schema_discovery', run: discover };

/** The same step under the name that the older workflows use. */
export const schemaLinkingNode: WorkflowNode = { type: 'schema_linking', run: discover };
