/** `querent ask`: one question, answered in the terminal. */
import { stringify } from 'csv-stringify/sync';
import yoctoSpinner from 'yocto-spinner';
import { type Answer, openQueryEngine, rowObjects } from '../../engine/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { CommandHost } from '../host.ts';
import { cellText, formatMarkdown, formatTable } from '../output/table.ts';

export const FORMATS = ['table', 'json', 'csv', 'md'] as const;
export type Format = (typeof FORMATS)[number];

export interface AskOptions {
  readonly db?: string;
  readonly format: Format;
  readonly explain?: boolean;
  readonly lang?: 'en' | 'zh';
  readonly config?: string;
}

/** Exit codes of the contract: 0 answer, 1 failure, 2 needs clarification, 3 cannot. */
const EXIT: Readonly<Record<Answer['outcome'], number>> = { answer: 0, failure: 1, clarify: 2, cannot: 3 };

/** Answers and prints; returns the exit code. */
export async function ask(question: string, options: AskOptions, host: CommandHost): Promise<number> {
  const limit = 10_000;
  const spinner =
    host.isTerminal && options.format !== 'json'
      ? yoctoSpinner({ text: 'Thinking', stream: process.stderr }).start()
      : null;
  const loaded = host.loadConfig(options.config);
  const engine = await openQueryEngine(loaded, { logger: host.logger });
  try {
    const max = loaded.config.limits.question_characters ?? limit;
    if (question.trim() === '')
      throw new EngineError('request-invalid', 'the question is empty; write what you want to know');
    if (question.length > max) {
      throw new EngineError(
        'request-invalid',
        `the question has ${question.length} characters; at most ${max} are read`,
      );
    }
    const answer = await engine.answer({
      question,
      database: options.db ?? null,
      language: options.lang ?? null,
      signal: host.stopOnSignals(),
      onEvent: (event) => {
        if (spinner && event.type === 'node-start') spinner.text = event.description;
      },
    });
    spinner?.stop();
    for (const warning of answer.warnings) host.error(warning);
    print(answer, options, host);
    return EXIT[answer.outcome];
  } finally {
    spinner?.stop();
    await engine.close();
  }
}

function print(answer: Answer, options: AskOptions, host: CommandHost): void {
  if (options.format === 'json') {
    host.out(JSON.stringify(asJson(answer)));
    return;
  }
  if (answer.outcome !== 'answer' || !answer.rows) {
    printProblem(answer, host);
    return;
  }
  const zh = /[\u3400-\u9fff]/.test(answer.question);
  if (options.format === 'csv') {
    host.outRaw(
      stringify([
        answer.rows.columns.map((column) => column.name),
        ...answer.rows.rows.map((row) => row.map(cellText)),
      ]),
    );
    return;
  }
  const truncated = answer.rows.truncated
    ? zh
      ? `（仅显示前 ${answer.rows.rows.length} 行）`
      : `(only the first ${answer.rows.rows.length} rows)`
    : '';
  const sureness = `${Math.round((answer.confidence ?? 0) * 100)} %`;
  const summary = zh
    ? `${answer.reading}  ·  置信度 ${sureness}  ·  ${answer.planner}`
    : `${answer.reading}  ·  confidence ${sureness}  ·  ${answer.planner}`;
  if (options.format === 'md') {
    host.out(`\`\`\`sql\n${answer.sql}\n\`\`\`\n\n${formatMarkdown(answer.rows)}\n\n${truncated}${summary}`);
    return;
  }
  host.out(`${answer.sql}\n`);
  const more = (hidden: number): string => (zh ? `… 还有 ${hidden} 行` : `… ${hidden} more rows`);
  host.out(answer.rows.rows.length === 0 ? (zh ? '（没有匹配的数据）' : '(no rows)') : formatTable(answer.rows, more));
  host.out(`\n${truncated}${summary}`);
  if (options.explain) for (const { phrase, meaning } of answer.mappings) host.out(`  ${phrase} → ${meaning}`);
}

function printProblem(answer: Answer, host: CommandHost): void {
  const zh = /[\u3400-\u9fff]/.test(answer.question);
  host.error(answer.reading);
  if (answer.suggestions.length > 0) {
    host.error(
      answer.outcome === 'clarify' ? (zh ? '您是指：' : 'Did you mean:') : zh ? '可以试试：' : 'You could ask:',
    );
    for (const suggestion of answer.suggestions) host.error(`  • ${suggestion}`);
  }
}

function asJson(answer: Answer): Record<string, unknown> {
  return {
    outcome: answer.outcome,
    question: answer.question,
    sql: answer.sql,
    columns: answer.rows?.columns.map(({ name, type }) => ({ name, type })) ?? [],
    rows: answer.rows ? rowObjects(answer.rows) : [],
    truncated: answer.rows?.truncated ?? false,
    confidence: answer.confidence,
    planner: answer.planner,
    reading: answer.reading,
    suggestions: answer.suggestions,
    ...(answer.mappings.length > 0 ? { mappings: answer.mappings } : {}),
  };
}
