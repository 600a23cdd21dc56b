/** The registry of node implementations. */
import type { NodeType, WorkflowNode } from '../node.ts';
import { executeSqlNode } from './execute-sql.ts';
import { generateSqlNode } from './generate-sql.ts';
import { intentAnalysisNode, intentClarificationNode, schemaValidationNode } from './intent.ts';
import { outputNode } from './output.ts';
import { reflectNode } from './reflect.ts';
import { resultValidationNode } from './result-validation.ts';
import { schemaDiscoveryNode, schemaLinkingNode } from './schema-discovery.ts';
import { sqlValidateNode } from './sql-validate.ts';
import { startNode } from './start.ts';

const NODES: readonly WorkflowNode[] = [
  startNode,
  intentAnalysisNode,
  intentClarificationNode,
  schemaDiscoveryNode,
  schemaLinkingNode,
  schemaValidationNode,
  generateSqlNode,
  sqlValidateNode,
  executeSqlNode,
  resultValidationNode,
  reflectNode,
  outputNode,
];

/** Node implementations by type. */
export const nodeRegistry: ReadonlyMap<NodeType, WorkflowNode> = new Map(NODES.map((node) => [node.type, node]));
