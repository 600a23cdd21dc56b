/** `querent predict`: a file of questions over SQLite databases, answered by the builtin planner in one process. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { type FilePlan, openQueryEngine, type Turn } from '../../engine/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { CommandHost } from '../host.ts';

export interface PredictOptions {
  readonly questions: string;
  readonly databases: string;
  readonly out: string;
  readonly alwaysAnswer?: boolean;
  readonly probe: boolean;
}

interface QuestionLine {
  readonly id: string | number;
  readonly db_id: string;
  readonly question: string;
  readonly conversation?: string | number;
}

const PROGRESS_EVERY = 200;

/** Writes one line per question, in order. A question that cannot be planned is an outcome, not an error. */
export async function predict(options: PredictOptions, host: CommandHost): Promise<number> {
  const engine = await openQueryEngine(host.loadConfig(), { logger: host.logger });
  const out = createWriteStream(options.out);
  const conversations = new Map<string, Turn[]>();
  const signal = host.stopOnSignals();
  let count = 0;
  try {
    for await (const line of readQuestions(options.questions)) {
      const key = line.conversation === undefined ? null : String(line.conversation);
      const previous = key === null ? [] : (conversations.get(key) ?? []);
      const planned = await planWithRetry(
        () =>
          engine.planOnFile(join(options.databases, line.db_id, `${line.db_id}.sqlite`), line.question, {
            previous,
            alwaysAnswer: options.alwaysAnswer ?? false,
            probe: options.probe,
            signal,
          }),
        (reason) => host.error(`question ${line.id} (${line.db_id}): ${reason}`),
      );
      if (key !== null && planned.turn) conversations.set(key, [...previous, planned.turn]);
      const record = {
        id: line.id,
        sql: planned.sql,
        outcome: planned.outcome,
        confidence: planned.confidence,
        ms: Math.round(planned.planningMs * 100) / 100,
      };
      if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain');
      count += 1;
      if (count % PROGRESS_EVERY === 0) host.error(`${count} questions`);
    }
    return 0;
  } finally {
    out.end();
    await finished(out);
    await engine.close();
  }
}

/** A database that fails is tried once more; what fails again is one question's outcome and the rest goes on. */
async function planWithRetry(plan: () => Promise<FilePlan>, report: (reason: string) => void): Promise<FilePlan> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await plan();
    } catch (error) {
      if (!(error instanceof EngineError) || error.code === 'cancelled') throw error;
      if (attempt < 2) continue;
      report(error.message);
      return { outcome: 'cannot', sql: null, confidence: 0, planningMs: 0, turn: null };
    }
  }
}

async function* readQuestions(file: string): AsyncIterable<QuestionLine> {
  let number = 0;
  const input = createReadStream(file, 'utf8');
  const failed = new Promise<never>((_, reject) => input.on('error', reject));
  failed.catch(() => {});
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (text.trim() === '') continue;
      yield parseLine(text, file, number);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new EngineError('request-invalid', `${file}: no such file`);
    throw error;
  }
}

function parseLine(text: string, file: string, number: number): QuestionLine {
  try {
    const value = JSON.parse(text) as Partial<QuestionLine>;
    if (value.id === undefined || typeof value.db_id !== 'string' || typeof value.question !== 'string')
      throw new Error();
    if (/[\\/]|\.\./.test(value.db_id)) throw new Error();
    return value as QuestionLine;
  } catch {
    throw new EngineError(
      'request-invalid',
      `${file}:${number}: must be JSON with id, db_id (a plain name) and question`,
    );
  }
}
