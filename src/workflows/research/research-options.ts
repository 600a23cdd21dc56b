/** What a deep-research run is asked to do, and how the mode is found when nobody names one. */

/** `workflow` runs the named workflow of the request and tells it in the research stream. */
export const RESEARCH_MODES = ['text2sql', 'sql_review', 'data_analysis', 'deep_analysis', 'workflow'] as const;
export type ResearchMode = (typeof RESEARCH_MODES)[number];

export interface ResearchOptions {
  readonly mode: ResearchMode;
  /** Make a plan of several queries first. */
  readonly planMode: boolean;
  /** Execute the plan at once; otherwise it is presented and waits for a person. */
  readonly autoExecute: boolean;
  /** Role or task text for the model. */
  readonly prompt: { readonly text: string; readonly mode: 'append' | 'replace' } | null;
}

const REVIEW_WORDS = [
  '审查',
  'review',
  '检查',
  'check',
  '审核',
  'audit',
  '质量',
  'quality',
  '评估',
  'evaluate',
  '分析sql',
  'analyze sql',
];
const ANALYSIS_WORDS = [
  '分析',
  'analysis',
  '对比',
  'compare',
  '趋势',
  'trend',
  '统计',
  'statistics',
  '汇总',
  'summary',
  '报告',
  'report',
];

/** The mode that a task's words ask for: review words first, then analysis words, else a single query. */
export function detectResearchMode(task: string): Exclude<ResearchMode, 'deep_analysis' | 'workflow'> {
  const text = task.toLowerCase();
  if (REVIEW_WORDS.some((word) => text.includes(word))) return 'sql_review';
  if (ANALYSIS_WORDS.some((word) => text.includes(word))) return 'data_analysis';
  return 'text2sql';
}

interface ModeDefaults {
  readonly mode: ResearchMode;
  readonly workflow: string;
  readonly planMode: boolean;
  readonly autoExecute: boolean;
}

const MODES: Readonly<Record<Exclude<ResearchMode, 'workflow'>, ModeDefaults>> = {
  text2sql: { mode: 'text2sql', workflow: 'text2sql', planMode: false, autoExecute: false },
  sql_review: { mode: 'sql_review', workflow: 'chat_agentic_plan', planMode: false, autoExecute: false },
  data_analysis: { mode: 'data_analysis', workflow: 'chat_agentic_plan', planMode: true, autoExecute: true },
  deep_analysis: { mode: 'deep_analysis', workflow: 'chat_agentic_plan', planMode: true, autoExecute: false },
};

/** Workflows that may be named as a mode. */
export const RESEARCH_WORKFLOWS = [
  'chat_agentic',
  'chat_agentic_plan',
  'reflection',
  'fixed',
  'dynamic',
  'metric_to_sql',
  'gensql_agentic',
] as const;

/** What a named mode stands for; a name that is none is read from the task's words. */
export function researchModeOf(name: string | null, task: string): ModeDefaults {
  const known = name !== null && Object.hasOwn(MODES, name) ? MODES[name as keyof typeof MODES] : null;
  if (known) return known;
  if (RESEARCH_WORKFLOWS.some((workflow) => workflow === name)) {
    return { mode: 'workflow', workflow: name as string, planMode: name === 'chat_agentic_plan', autoExecute: false };
  }
  return MODES[detectResearchMode(task)];
}

/** True for a mode or workflow that may be named. */
export const isResearchMode = (name: string): boolean =>
  Object.hasOwn(MODES, name) || RESEARCH_WORKFLOWS.some((workflow) => workflow === name);
