import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { EngineError, fail, type Outcome, ok } from '../../../kernel/index.ts';
import type { DatabaseSchema } from '../../../sql/index.ts';
import type { Datasource, ExplainResult, RunFailure, RunOptions } from '../../datasource.ts';
import type { DatasourceKind } from '../../datasource-kind.ts';
import { startDeadline } from '../../deadline.ts';
import { runFailure, stoppedFailure } from '../../failure.ts';
import type { ChildAnswer } from './child-pool.ts';
import type { Request, RunDone } from './protocol.ts';

export const sqliteConfig = z.strictObject({
  kind: z.literal('sqlite'),
  path: z.string().min(1).describe('The database file.'),
});

const CHECK_TIMEOUT_MS = 30_000;
const INTROSPECT_TIMEOUT_MS = 120_000;

async function ask(
  request: Request,
  options: Pick<RunOptions, 'signal' | 'timeoutMs'>,
): Promise<Outcome<ChildAnswer, RunFailure>> {
  const { askChild } = await import('./child-pool.ts');
  const stopping = new AbortController();
  const deadline = startDeadline(options, () => stopping.abort());
  try {
    const answer = await askChild(request, stopping.signal);
    return 'value' in answer
      ? ok(answer)
      : fail(answer.failure ?? stoppedFailure(deadline.reason ?? 'cancelled', options.timeoutMs));
  } finally {
    deadline.end();
  }
}

function unavailable(path: string, failure: RunFailure): EngineError {
  const why = /not a database|malformed/.test(failure.message)
    ? 'it is not a SQLite database, or it is damaged'
    : failure.message;
  return new EngineError('datasource-unavailable', `Cannot read the SQLite file ${basename(path)}: ${why}.`);
}

export const sqliteKind: DatasourceKind<typeof sqliteConfig> = {
  id: 'sqlite',
  dialect: 'sqlite',
  configSchema: sqliteConfig,
  async open(config): Promise<Datasource> {
    const path = resolve(config.path);
    const info = await stat(path).catch(() => null);
    if (info === null || !info.isFile()) {
      throw new EngineError(
        'datasource-unavailable',
        `There is no SQLite file ${basename(path)}; check the path in the configuration.`,
      );
    }
    const checked = await ask({ type: 'check', path }, { timeoutMs: CHECK_TIMEOUT_MS });
    if (!checked.ok) {
      throw unavailable(path, checked.failure);
    }
    let closed = false;
    const whileOpen = async <T>(work: () => Promise<Outcome<T, RunFailure>>): Promise<Outcome<T, RunFailure>> =>
      closed ? fail(runFailure('connection', 'The datasource was closed.')) : work();
    return {
      dialect: 'sqlite',
      run: (sql, options) =>
        whileOpen(async () => {
          const { maxRows, maxBytes } = options;
          const outcome = await ask({ type: 'run', path, sql, maxRows, maxBytes }, options);
          return outcome.ok ? ok({ ...(outcome.value.value as RunDone), rows: outcome.value.rows }) : outcome;
        }),
      explain: (sql, options) =>
        whileOpen(async () => {
          const outcome = await ask({ type: 'explain', path, sql }, options);
          return outcome.ok ? ok(outcome.value.value as ExplainResult) : outcome;
        }),
      async introspect(options) {
        const outcome = await ask({ type: 'introspect', path }, { ...options, timeoutMs: INTROSPECT_TIMEOUT_MS });
        if (outcome.ok) {
          return outcome.value.value as DatabaseSchema;
        }
        throw outcome.failure.code === 'cancelled'
          ? new EngineError('cancelled', 'Reading the schema was cancelled.')
          : unavailable(path, outcome.failure);
      },
      async close() {
        closed = true;
      },
    };
  },
};
