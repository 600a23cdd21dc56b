import { type NodeContext, type NodeOutcome, proceed, type WorkflowNode } from '../node.ts';
import { searchTables } from '../tools/search-tables.ts';
import { openedSource } from './opened-source.ts';

const CANDIDATE_TABLES = 10;

async function discover({ nodeId, nodeType, state, emit }: NodeContext): Promise<NodeOutcome> {
  const { schema } = openedSource(state);
  const found = searchTables(schema, state.request.question, CANDIDATE_TABLES).map((match) => match.table.ref.name);
  state.linkedTables =
    found.length > 0 ? found : schema.tables.slice(0, CANDIDATE_TABLES).map((table) => table.ref.name);
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
    details: { tables_found: state.linkedTables },
  });
  return proceed;
}

/** Picks candidate tables by lexical search over names, comments and values. */
export const schemaDiscoveryNode: WorkflowNode = { type: 'schema_discovery', run: discover };

/** The same step under the name that the older workflows use. */
export const schemaLinkingNode: WorkflowNode = { type: 'schema_linking', run: discover };
