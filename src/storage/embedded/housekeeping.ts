/** Vacuums the embedded database, which has no background processes that would. */
import type { Logger } from '../../kernel/index.ts';
import type { Backend } from '../connection/backend.ts';

const FIRST_MS = 120_000;
const EVERY_MS = 600_000;

/** The rules of autovacuum, with its default thresholds in the spirit. */
const WORN_TABLES = `
  SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables
  WHERE n_dead_tup > 500 + 0.2 * n_live_tup OR n_mod_since_analyze > 500 + 0.1 * n_live_tup`;

/** Vacuums and analyses what has changed much; the tables it did. */
export async function vacuumWornTables(backend: Backend): Promise<string[]> {
  // The statement's own counts and those before it are written at its end, instead of some time later.
  await backend.exec('SELECT pg_stat_force_next_flush()');
  const { rows } = await backend.query({ text: WORN_TABLES, values: [] });
  const tables = rows.map(([name]) => name!);
  for (const table of tables) await backend.exec(`VACUUM (ANALYZE) ${table}`);
  return tables;
}

/** Does so from time to time, one table at a time, until it is stopped. */
export function keepVacuumed(backend: Backend, logger: Logger): { stop(): void } {
  let timer = setTimeout(run, FIRST_MS);
  timer.unref();
  let stopped = false;

  function run(): void {
    vacuumWornTables(backend)
      .then(
        (tables) => tables.length > 0 && logger.debug({ tables }, 'vacuumed the state database'),
        (error: Error) => stopped || logger.warn({ reason: error.message }, 'vacuuming the state database failed'),
      )
      .finally(() => {
        if (stopped) return;
        timer = setTimeout(run, EVERY_MS);
        timer.unref();
      });
  }
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
