/** The state of datasources as last seen. Probing happens in the background, so asking never waits. */
import type { Health } from './engine.ts';
import type { QueryEngine } from './query-engine.ts';

export interface HealthMonitor {
  current(): Health;
  stop(): void;
}

const PROBE_EVERY_MS = 60_000;

/** Starts watching. Embedded databases are not opened for a probe: their state is known once they are used. */
export function createHealth(query: QueryEngine): HealthMonitor {
  const databases = new Map<string, 'success' | 'error' | 'unknown'>(
    query.sources.namespaces().map((name) => [name, 'unknown']),
  );
  let stopped = false;
  const probe = async (): Promise<void> => {
    for (const namespace of query.sources.namespaces()) {
      if (stopped) return;
      if (query.loaded.config.agent.namespace[namespace]?.type === 'embedded') continue;
      const checked = await query.check(namespace, null);
      databases.set(namespace, checked.ok ? 'success' : 'error');
    }
    await query.planners.models.probe();
  };
  const first = setTimeout(() => void probe().catch(() => {}), 0);
  const timer = setInterval(() => void probe().catch(() => {}), PROBE_EVERY_MS);
  first.unref();
  timer.unref();
  return {
    current: () => ({ databases: Object.fromEntries(databases), model: query.planners.models.status }),
    stop() {
      stopped = true;
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
