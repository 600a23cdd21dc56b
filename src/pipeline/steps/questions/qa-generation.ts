/** The second step: questions with the SQL that answers them, each proven on the database. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../../kernel/index.ts';
import type { Step, StepContext } from '../../step.ts';
import { withValues } from '../ddl/sample-missing-values.ts';
import { fileStamp } from '../file-stamp.ts';
import { languageOf } from '../naming/labels.ts';
import { countQuestions } from './count-questions.ts';
import { coverageReport } from './coverage.ts';
import { measureQuestions } from './measure-questions.ts';
import { proposePairs } from './model-pairs.ts';
import { createPairCollector, type PairCollector } from './pair-collector.ts';
import { coverageOf } from './probe-values.ts';
import { interleaveForms } from './select-drafts.ts';
import type { TableFacts } from './table-facts.ts';
import { decisionPrompt, metadataDocument, metadataSql } from './theme-documents.ts';
import { type Theme, themesOf } from './themes.ts';
import { WORDINGS } from './wording.ts';

const LOGGER = 'QuestionSQLGenerationAgent';
/** What one theme gives to a set: events are asked about most, then things with measures, then what only can be counted. */
const PER_EVENT = 30;
const PER_THING = 12;
const PER_LIST = 8;
const MODEL_PAIRS = 10;
const MOST_MODEL_FAILURES = 2;

interface Generation {
  readonly context: StepContext;
  readonly collector: PairCollector;
  modelFailures: number;
  /** How many pairs there will be at most, without those of a model. */
  expected: number;
}

/** Writes the pair file and what describes the themes; fails when not one pair could be proven. */
export const qaGeneration: Step = async (context) => {
  const started = performance.now();
  const { output, datasource, schema, signal, businessContext, dbName } = context;
  const language = languageOf(businessContext, context.tables);
  const stamp = fileStamp(context.startedAt);
  const tables = [];
  for (const table of context.tables) {
    signal.throwIfAborted();
    tables.push(await withValues(datasource, schema, table, signal));
  }
  const known = new Map(tables.map((table) => [`${table.ref.schema}.${table.ref.name}`, table]));
  const sampled = {
    ...schema,
    tables: schema.tables.map((table) => known.get(`${table.ref.schema}.${table.ref.name}`) ?? table),
  };
  const themes = themesOf(tables, sampled, { language, businessContext });
  const involved = new Set(themes.flatMap((theme) => theme.tables.map(({ ref }) => `${ref.schema}.${ref.name}`)));
  // Names are bound to the tables of the themes only, which keeps the proofs quick on a database of a thousand.
  const bound = {
    ...sampled,
    tables: sampled.tables.filter((table) => involved.has(`${table.ref.schema}.${table.ref.name}`)),
  };
  context.log('INFO', LOGGER, `主题数量: ${themes.length}, 表数量: ${tables.length}`);
  const collector = createPairCollector({ datasource, schema: bound, signal });
  const generation: Generation = { context: { ...context, schema: bound }, collector, modelFailures: 0, expected: 0 };
  const partial = join(output, `qs_intermediate_${stamp}.json`);
  const failedThemes: string[] = [];
  for (const [index, theme] of themes.entries()) {
    signal.throwIfAborted();
    const before = collector.pairs.length;
    // Themes that give less than wanted bring the end nearer.
    generation.expected = themes.slice(index).reduce((sum, { facts }) => sum + wantedOf(facts), before);
    await generateTheme(theme, generation);
    const made = collector.pairs.length - before;
    if (made === 0) failedThemes.push(theme.name);
    context.log(made === 0 ? 'WARNING' : 'INFO', LOGGER, `主题 ${theme.name}: ${made} 个问答对`);
    await writeFileAtomically(partial, pairText(collector));
  }
  context.progress({ done: collector.pairs.length, total: collector.pairs.length, item: null });
  if (collector.pairs.length === 0) {
    throw new Error('No question could be proven: the tables are empty, or nothing in them can be counted or grouped.');
  }
  const name = `qs_${dbName}_${stamp}_pair.json`;
  const used = themes.filter(({ name: theme }) => !failedThemes.includes(theme));
  await writeFileAtomically(join(output, 'metadata.txt'), metadataSql(used, dbName));
  await writeFileAtomically(join(output, 'metadata_detail.md'), metadataDocument(used, language));
  await writeFileAtomically(
    join(output, 'db_query_decision_prompt.txt'),
    decisionPrompt(used, businessContext, language),
  );
  const report = coverageReport(collector.pairs, tables, sampled);
  await writeFileAtomically(join(output, 'qa_coverage.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFileAtomically(join(output, name), pairText(collector));
  await rm(partial, { force: true });
  context.log('INFO', LOGGER, `生成完成: ${name}, 共 ${collector.pairs.length} 个问答对`);
  return {
    result: {
      output_file: name,
      total_questions: collector.pairs.length,
      total_themes: themes.length,
      successful_themes: used.length,
      failed_themes: failedThemes,
      coverage: report,
      duration: Math.round(performance.now() - started) / 1_000,
    },
  };
};

const pairText = ({ pairs }: PairCollector): string =>
  `${JSON.stringify(
    pairs.map(({ question, sql }) => ({ question, sql })),
    null,
    2,
  )}\n`;

const wantedOf = ({ isEvent, measures }: TableFacts): number =>
  isEvent ? PER_EVENT : measures.length > 0 ? PER_THING : PER_LIST;

function tellPair(question: string, { context, collector, expected }: Generation): void {
  const done = collector.pairs.length;
  context.log('INFO', LOGGER, `生成问答对: ${question}`);
  context.progress({ done, total: Math.max(done, expected), item: question });
}

async function generateTheme(theme: Theme, generation: Generation): Promise<void> {
  const { context, collector } = generation;
  const { businessContext, signal } = context;
  const language = languageOf(businessContext, context.tables);
  const wording = WORDINGS[language];
  const proof = { datasource: context.datasource, schema: context.schema, signal };
  const coverage = await coverageOf(theme.facts, proof);
  const drafts = interleaveForms([
    ...(await measureQuestions(theme.facts, coverage, wording, proof)),
    ...(await countQuestions(theme.facts, coverage, wording, proof)),
  ]);
  const enough = collector.pairs.length + wantedOf(theme.facts);
  for (const draft of drafts) {
    if (collector.pairs.length >= enough) break;
    signal.throwIfAborted();
    const refusal = await collector.addDraft(draft, theme.name);
    if (refusal === null) tellPair(draft.question, generation);
    else if (refusal === 'not-proven' || refusal === 'not-expressible') {
      context.log('WARNING', LOGGER, `${refusal}: ${draft.question}`);
    } else if (refusal === 'trivial') context.log('DEBUG', LOGGER, `trivial: ${draft.question}`);
  }
  if (context.model === null || generation.modelFailures >= MOST_MODEL_FAILURES) return;
  const proposals = await proposePairs(context.model, theme, context.schema, {
    businessContext,
    language,
    count: MODEL_PAIRS,
    known: collector.pairs.filter((pair) => pair.theme === theme.name).map(({ question }) => question),
    signal,
  });
  if (proposals === null) {
    generation.modelFailures += 1;
    context.log('WARNING', LOGGER, `${theme.name}: the model proposed nothing`);
    return;
  }
  for (const { question, sql } of proposals) {
    signal.throwIfAborted();
    const refusal = await collector.addProposal(question, sql, theme.name);
    if (refusal === null) tellPair(question, generation);
    else context.log('INFO', LOGGER, `the model's pair is left out (${refusal}): ${question}`);
  }
}
