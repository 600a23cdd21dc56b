/** pg-boss on our state: one queue per kind of task, each job offering its task to the processes that run that kind. */
import { PgBoss } from 'pg-boss';
import type { Logger } from '../kernel/index.ts';
import type { State, StateSession } from '../storage/index.ts';

/** A job that this process has fetched. */
export interface Job {
  readonly id: string;
  readonly retryCount: number;
  readonly data: { readonly taskId: string };
}

export interface NewJob {
  readonly id: string;
  readonly taskId: string;
  readonly priority: number;
  readonly pauseSeconds: number;
}

export interface JobQueue {
  start(kinds: readonly string[]): Promise<void>;
  /** Inside the transaction that stores the task. */
  send(session: StateSession, kind: string, job: NewJob): Promise<void>;
  fetch(kind: string, count: number): Promise<Job[]>;
  /** The task is claimed, from then on its own lease counts; or it needs no run any more. */
  complete(kind: string, job: Job): Promise<void>;
  stop(): Promise<void>;
}

const DAY_SECONDS = 86_400;

/** A job only offers its task: it is held for the moment between fetching it and claiming the task. */
const jobOptions = {
  expireInSeconds: 30,
  retentionSeconds: 90 * DAY_SECONDS,
  deleteAfterSeconds: 60,
  retryLimit: 1_000,
};

const queueOf = (kind: string): string => `task.${kind}`;

export function createJobQueue(state: State, logger: Logger): JobQueue {
  const on = (session: StateSession) => ({
    executeSql: async (text: string, values?: unknown[]) => ({
      rows: values?.length ? await session.execute(text, values) : await session.executeScript(text),
    }),
  });
  const boss = new PgBoss({
    db: on(state),
    schema: 'pgboss',
    schedule: false,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    maintenanceIntervalSeconds: 300,
    queueCacheIntervalSeconds: 3_600,
    flowIntervalSeconds: 3_600,
    bamIntervalSeconds: 3_600,
    reindex: state.kind === 'server',
    monitorVacuum: false,
  });
  boss.on('error', (error: Error) => logger.warn({ reason: error.message }, 'queue maintenance failed'));
  boss.on('warning', ({ message }: { message: string }) => logger.warn({ reason: message }, 'the queue warns'));
  let started = false;
  return {
    async start(kinds) {
      await boss.start();
      started = true;
      for (const kind of kinds) {
        await boss.createQueue(queueOf(kind), { policy: 'standard' });
        // Fills pg-boss's cache: inside a transaction it could not look the queue up.
        await boss.touch(queueOf(kind), '00000000-0000-0000-0000-000000000000');
      }
    },
    async send(session, kind, { id, taskId, priority, pauseSeconds }) {
      await boss.send(
        queueOf(kind),
        { taskId },
        { ...jobOptions, id, priority, startAfter: pauseSeconds, db: on(session) },
      );
    },
    fetch: async (kind, count) => (await boss.fetch<{ taskId: string }>(queueOf(kind), { batchSize: count })) ?? [],
    complete: async (kind, job) => {
      await boss.complete(queueOf(kind), { id: job.id, retryCount: job.retryCount });
    },
    async stop() {
      if (started) await boss.stop({ graceful: false, close: false });
      started = false;
    },
  };
}
