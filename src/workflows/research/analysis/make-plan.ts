/** From a question to the queries of its analysis; what a person or a model adds is planned like any question. */
import { type Candidate, parsePeriods } from '../../../planning/index.ts';
import {
  type ColumnExpr,
  type DatabaseSchema,
  type Expr,
  findTable,
  mapPredicate,
  type Plan,
  type Predicate,
  safeRenderPlan,
} from '../../../sql/index.ts';
import { createProbe } from '../../probe.ts';
import { budgetOf } from '../../run-host.ts';
import type { ResearchRun } from '../research-run.ts';
import { type AnalysisQuery, analysisQueries } from './analysis-queries.ts';
import { type AnalysisMeasure, chooseMeasure } from './choose-measure.ts';
import { findDimensions, reachedTables } from './find-dimensions.ts';
import { analysisPeriods } from './periods.ts';

/** A query with its statement. */
export interface AnalysisStep extends AnalysisQuery {
  readonly sql: string;
}

const MAX_STEPS = 16;
/** How sure a planner has to be of its own answer to the question for it to lead the analysis. */
const SURE = 0.6;

/** Words that ask for an analysis, which is not part of what is asked about. */
const ANALYSIS_WORDS =
  /(请|帮我|帮忙)?(深度|深入|详细)?(分析|对比|统计|汇总)(一下|下)?|趋势|报告|原因|情况|\b(please\s+)?(analy[sz]e|analysis( of)?|compare|summary( of)?|report( on)?|deep dive( into)?|trends?( of)?|statistics( of)?)\b/gi;

/** @param feedback what a person wants changed; it counts as part of the question */
export async function makeAnalysisPlan(run: ResearchRun, feedback: string | null): Promise<readonly AnalysisStep[]> {
  const { request, services, source, language } = run;
  const question = feedback ? `${request.question}\n${feedback}` : request.question;
  const knowledge = await services.knowledge(request, source);
  const chosen = chooseMeasure(question, source.schema, knowledge.measures, language);
  if (!chosen) return [];
  const answer = await plannedAnswer(run, feedback ?? request.question);
  const measure = underFilters(chosen, answer?.plan ?? null, source.schema);
  const table = measure.time && measure.plan.sources.find((one) => one.alias === measure.time?.source);
  const timeColumn =
    table?.kind === 'table'
      ? findTable(source.schema, table.table)?.columns.find((one) => one.name === measure.time?.column)
      : undefined;
  const queries = analysisQueries({
    measure,
    dimensions: findDimensions(measure, question, source.schema, language),
    periods: analysisPeriods(
      parsePeriods(question, request.today, { fiscalYearStartMonth: services.fiscalYearStartMonth }),
      request.today,
    ),
    language,
    breakdowns: request.research?.mode === 'deep_analysis' ? 4 : 2,
    timestamps: timeColumn?.type === 'timestamp',
  });
  const steps = queries.flatMap((query): AnalysisStep[] => {
    if (query.plan === null) return [];
    const rendered = safeRenderPlan(query.plan, source.schema.dialect, { schema: source.schema });
    return rendered.ok ? [{ ...query, sql: rendered.value }] : [];
  });
  const lead = answer ? [answerStep(answer, feedback ?? request.question)] : [];
  return withoutRepeats([...lead, ...steps]).slice(0, MAX_STEPS);
}

/** Further questions as steps; those that cannot be planned are left out. */
export async function planQuestions(run: ResearchRun, questions: readonly string[]): Promise<readonly AnalysisStep[]> {
  const steps: AnalysisStep[] = [];
  for (const question of questions) {
    const answer = await plannedAnswer(run, question);
    if (answer) steps.push(answerStep(answer, question));
  }
  return steps;
}

const answerStep = (answer: Candidate, question: string): AnalysisStep => ({
  kind: 'answer',
  title: question.replace(/\s+/g, ' ').trim().slice(0, 120),
  plan: null,
  sql: answer.sql,
});

async function plannedAnswer(run: ResearchRun, text: string): Promise<Candidate | null> {
  const { request, services, source, host } = run;
  const question = text.replace(ANALYSIS_WORDS, ' ').replace(/\s+/g, ' ').trim();
  if (question.length < 2) return null;
  const planned = await services.planner.plan(
    {
      question,
      schema: source.schema,
      today: request.today,
      previous: [],
      knowledge: await services.knowledge(request, source),
    },
    { signal: host.signal, probe: createProbe(source, services, host.signal), modelBudget: budgetOf(host, services) },
  );
  const best = planned.kind === 'answer' ? planned.candidates[0] : undefined;
  return best && best.confidence >= SURE ? best : null;
}

/** The measure under the answer's conditions on plain values ("in Beijing"), with the joins that these need. */
function underFilters(measure: AnalysisMeasure, answer: Plan | null, schema: DatabaseSchema): AnalysisMeasure {
  if (answer?.kind !== 'select' || answer.where === null) return measure;
  const parts = answer.where.kind === 'and' ? answer.where.args : [answer.where];
  let { plan } = measure;
  for (const part of parts) {
    const column = testedColumn(part);
    const from = answer.sources.find((source) => source.alias === column?.source);
    const reached =
      from?.kind === 'table'
        ? reachedTables(plan, schema).find((one) => one.table.ref.name === from.table.name)
        : undefined;
    if (!column || !reached) continue;
    const own = mapPredicate(part, {
      expr: (expr) => (expr.kind === 'column' ? { ...expr, source: reached.alias } : expr),
    });
    plan = {
      ...plan,
      sources: [...plan.sources, ...reached.joins],
      where: plan.where ? { kind: 'and', args: [plan.where, own] } : own,
    };
  }
  return { ...measure, plan };
}

/** The column of a condition that compares one text column with constants. */
function testedColumn(predicate: Predicate): ColumnExpr | null {
  const isText = (expr: Expr): boolean => expr.kind === 'literal' && expr.type === 'text';
  if (predicate.kind === 'comparison') {
    return predicate.left.kind === 'column' && isText(predicate.right) ? predicate.left : null;
  }
  if (predicate.kind === 'in')
    return predicate.arg.kind === 'column' && predicate.values.every(isText) ? predicate.arg : null;
  if (predicate.kind !== 'or') return null;
  const columns = predicate.args.map(testedColumn);
  const [first] = columns;
  return first && columns.every((one) => one?.source === first.source) ? first : null;
}

const withoutRepeats = (steps: readonly AnalysisStep[]): AnalysisStep[] =>
  steps.filter((step, index) => steps.findIndex((one) => one.sql === step.sql) === index);
