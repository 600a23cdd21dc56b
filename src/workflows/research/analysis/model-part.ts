/** What a model adds to an analysis: questions to ask beside the fixed ones, and the wording of what was found. */
import { type AnalysedQuery, inventedNumbers } from '../../../reporting/index.ts';
import { modelText } from '../model-text.ts';
import type { ResearchRun } from '../research-run.ts';

const MAX_QUESTIONS = 4;
const MAX_SENTENCES = 10;
const SHOWN_ROWS = 20;

const languageName = ({ language }: ResearchRun): string => (language === 'zh' ? 'Chinese' : 'English');

/** Questions in the words of a person, one query each; none without a model. */
export async function proposedQuestions(run: ResearchRun, titles: readonly string[]): Promise<readonly string[]> {
  const { notes } = await run.services.knowledge(run.request, run.source);
  const text = await modelText(run, {
    role: 'plan',
    system: `You plan a data analysis. The listed queries run anyway. In ${languageName(run)}, propose at most ${MAX_QUESTIONS} further questions, each answerable by one SQL query over the tables. Write one question a line and nothing else.`,
    data: {
      question: run.request.question,
      planned: titles.join('\n'),
      ...(notes.length > 0 ? { knowledge: notes.join('\n') } : {}),
      tables: run.source.schema.tables
        .slice(0, 40)
        .map((table) => `${table.ref.name}(${table.columns.map((column) => column.name).join(', ')})`)
        .join('\n'),
    },
  });
  return lines(text).slice(0, MAX_QUESTIONS);
}

/** A model's sentences, those alone whose every number is a cell of a result; null without a model or when none is left. */
export async function wordedFindings(
  run: ResearchRun,
  queries: readonly AnalysedQuery[],
): Promise<readonly string[] | null> {
  const text = await modelText(run, {
    role: 'analysis',
    system: `You word the findings of a data analysis in ${languageName(run)}: at most ${MAX_SENTENCES} sentences, one a line, no headings. Copy numbers exactly as they stand in the results; never compute, round or estimate a number.`,
    data: {
      question: run.request.question,
      results: JSON.stringify(
        queries.map(({ title, columns, rows }) => ({
          title,
          columns: columns.map((column) => column.name),
          rows: rows.slice(0, SHOWN_ROWS),
        })),
      ),
    },
  });
  const good = lines(text).filter((line) => inventedNumbers(line, queries).length === 0);
  return good.length > 0 ? good.slice(0, MAX_SENTENCES) : null;
}

const lines = (text: string | null): string[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)、])\s*/, '').trim())
    .filter((line) => line.length > 3 && !line.startsWith('#') && !line.startsWith('```'));
