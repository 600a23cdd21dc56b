import type { Language } from '../planning/index.ts';
import type { NodeType } from './node.ts';

/** What each node does, in one phrase a user reads while it runs. */
const DESCRIPTIONS: Readonly<Record<NodeType, readonly [en: string, zh: string]>> = {
  start: ['Start', '开始'],
  hitl: ['Wait for a person', '等待人工确认'],
  reflect: ['Reflect on the outcome', '反思执行结果'],
  parallel: ['Run alternatives side by side', '并行执行多个方案'],
  selection: ['Choose the best alternative', '选择最佳方案'],
  subworkflow: ['Run another workflow', '执行子工作流'],
  schema_linking: ['Find the tables that the question needs', '定位问题涉及的表'],
  generate_sql: ['Generate SQL', '生成SQL查询'],
  execute_sql: ['Execute SQL', '执行SQL'],
  output: ['Prepare the output', '整理输出结果'],
  reasoning: ['Explore the data to find the query', '探索数据并推理'],
  doc_search: ['Look up documents', '检索文档'],
  fix: ['Repair the SQL', '修复SQL'],
  search_metrics: ['Search metrics', '检索业务指标'],
  compare: ['Compare with an expectation', '与预期对比'],
  date_parser: ['Resolve dates', '解析日期'],
  chat: ['Converse and explore', '对话分析'],
  gensql: ['Write SQL with tools', '使用工具生成SQL'],
  semantic: ['Read semantic models', '读取语义模型'],
  sql_summary: ['Summarise the SQL', '总结SQL'],
  intent_analysis: ['Analyse the intent', '分析查询意图'],
  intent_clarification: ['Clarify the task', '澄清查询意图'],
  schema_discovery: ['Discover the schema', '发现数据库模式'],
  schema_validation: ['Validate the schema coverage', '验证模式覆盖度'],
  sql_validate: ['Validate the SQL', '验证SQL'],
  result_validation: ['Validate the result', '验证查询结果'],
  knowledge_enhancement: ['Add business knowledge', '补充业务知识'],
};

/** The phrase of a node in the question's language. */
export const describeNode = (type: NodeType, language: Language): string =>
  DESCRIPTIONS[type][language === 'zh' ? 1 : 0];
