/** The six steps under which a single-query workflow shows its nodes. */
import type { Todo, TodoStatus } from '../events.ts';
import type { NodeType } from '../node.ts';

const STEPS = [
  ['step_intent', '分析查询意图'],
  ['step_schema', '发现数据库模式'],
  ['step_sql', '生成SQL查询'],
  ['step_exec', '执行SQL并验证结果'],
  ['step_reflect', '自我纠正与优化'],
  ['step_output', '生成结果报告'],
] as const;
export type StepId = (typeof STEPS)[number][0];

/** Nodes of composition show no step of their own. */
const STEP_OF: Readonly<Record<NodeType, StepId | null>> = {
  start: null,
  parallel: null,
  subworkflow: null,
  hitl: null,
  intent_analysis: 'step_intent',
  intent_clarification: 'step_intent',
  schema_discovery: 'step_schema',
  schema_linking: 'step_schema',
  schema_validation: 'step_schema',
  search_metrics: 'step_schema',
  date_parser: 'step_schema',
  semantic: 'step_schema',
  knowledge_enhancement: 'step_schema',
  generate_sql: 'step_sql',
  gensql: 'step_sql',
  chat: 'step_sql',
  sql_validate: 'step_exec',
  execute_sql: 'step_exec',
  result_validation: 'step_exec',
  reflect: 'step_reflect',
  reasoning: 'step_reflect',
  doc_search: 'step_reflect',
  fix: 'step_reflect',
  compare: 'step_reflect',
  selection: 'step_reflect',
  sql_summary: 'step_output',
  output: 'step_output',
};

export const stepOf = (type: NodeType): StepId | null => STEP_OF[type];

const todosWith = (status: (index: number) => TodoStatus): readonly Todo[] =>
  STEPS.map(([id, content], index) => ({ id, content, status: status(index) }));

export const pendingPlan = (): readonly Todo[] => todosWith(() => 'pending');
export const completedPlan = (): readonly Todo[] => todosWith(() => 'completed');

/** Steps before the active one are completed, later ones pending. */
export function planAt(active: StepId, status: 'in_progress' | 'failed'): readonly Todo[] {
  const at = STEPS.findIndex(([id]) => id === active);
  return todosWith((index) => (index < at ? 'completed' : index === at ? status : 'pending'));
}
