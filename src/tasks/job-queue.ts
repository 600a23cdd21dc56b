/** pg-boss on our state: one queue per kind of task, each job pointing to its task. */
import { PgBoss } from 'pg-boss';
import type { Logger } from '../kernel/index.ts';
import type { State, StateSession } from '../storage/index.ts';

/** A job that this process holds. */
export interface Job {
  readonly id: string;
  readonly retryCount: number;
  readonly data: { readonly taskId: string };
}

export interface JobQueue {
  start(kinds: readonly string[]): Promise<void>;
  /** Inside the transaction that stores the task. */
  send(session: StateSession, kind: string, job: { id: string; taskId: string; priority: number }): Promise<void>;
  fetch(kind: string, count: number): Promise<Job[]>;
  /** Keeps the leases of running jobs. */
  touch(kind: string, jobs: readonly Job[]): Promise<void>;
  complete(kind: string, job: Job): Promise<void>;
  /** Gives the job back; it is offered again after a pause that grows. */
  retry(kind: string, job: Job): Promise<void>;
  stop(): Promise<void>;
}

/** Longer than any pause of a healthy process; a process that ends is noticed at once by other means. */
const LEASE_SECONDS = 30;
const DAY_SECONDS = 86_400;

const jobOptions = {
  heartbeatSeconds: LEASE_SECONDS,
  expireInSeconds: DAY_SECONDS - 1,
  retentionSeconds: 90 * DAY_SECONDS,
  deleteAfterSeconds: 60,
  // Attempts are counted on the task, where retries end; this only has to be larger.
  retryLimit: 1_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
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
    async send(session, kind, { id, taskId, priority }) {
      await boss.send(queueOf(kind), { taskId }, { ...jobOptions, id, priority, db: on(session) });
    },
    fetch: async (kind, count) => (await boss.fetch<{ taskId: string }>(queueOf(kind), { batchSize: count })) ?? [],
    touch: async (kind, jobs) => {
      await boss.touch(queueOf(kind), jobs.map(attemptOf));
    },
    complete: async (kind, job) => {
      await boss.complete(queueOf(kind), attemptOf(job));
    },
    retry: async (kind, job) => {
      await boss.fail(queueOf(kind), attemptOf(job));
    },
    async stop() {
      if (started) await boss.stop({ graceful: false, close: false });
      started = false;
    },
  };
}

const attemptOf = ({ id, retryCount }: Job): { id: string; retryCount: number } => ({ id, retryCount });
