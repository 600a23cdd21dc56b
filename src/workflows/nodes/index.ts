/** The registry of node implementations. `parallel` and `subworkflow` are steps that the runner itself takes. */
import type { NodeType, WorkflowNode } from '../node.ts';
import { chatNode, gensqlNode, reasoningNode } from './agentic.ts';
import { compareNode } from './compare.ts';
import { executeSqlNode } from './execute-sql.ts';
import { fixNode } from './fix.ts';
import { generateSqlNode } from './generate-sql.ts';
import { hitlNode } from './hitl.ts';
import { intentAnalysisNode, intentClarificationNode, schemaValidationNode } from './intent.ts';
import { docSearchNode, knowledgeEnhancementNode, semanticNode } from './knowledge.ts';
import { dateParserNode, searchMetricsNode } from './metrics.ts';
import { outputNode } from './output.ts';
import { reflectNode } from './reflect.ts';
import { resultValidationNode } from './result-validation.ts';
import { schemaDiscoveryNode, schemaLinkingNode } from './schema-discovery.ts';
import { selectionNode } from './selection.ts';
import { sqlSummaryNode } from './sql-summary.ts';
import { sqlValidateNode } from './sql-validate.ts';
import { startNode } from './start.ts';

const NODES: readonly WorkflowNode[] = [
  startNode,
  hitlNode,
  reflectNode,
  selectionNode,
  schemaLinkingNode,
  generateSqlNode,
  executeSqlNode,
  outputNode,
  reasoningNode,
  docSearchNode,
  fixNode,
  searchMetricsNode,
  compareNode,
  dateParserNode,
  chatNode,
  gensqlNode,
  semanticNode,
  sqlSummaryNode,
  intentAnalysisNode,
  intentClarificationNode,
  schemaDiscoveryNode,
  schemaValidationNode,
  sqlValidateNode,
  resultValidationNode,
  knowledgeEnhancementNode,
];

/** Node implementations by type. */
export const nodeRegistry: ReadonlyMap<NodeType, WorkflowNode> = new Map(NODES.map((node) => [node.type, node]));
