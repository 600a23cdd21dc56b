/** The demo's files are generated when one of its namespaces is used for the first time. */
import { join } from 'node:path';
import type { Logger } from '../../kernel/index.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { localDay } from '../local-day.ts';
import { ensureDemoData } from './ensure-demo-data.ts';
import { ensureHighway, highwayDirectory } from './ensure-highway.ts';

/** Makes what the demo namespaces need; other namespaces need nothing. */
export function createDemoPreparer(loaded: LoadedConfig, logger: Logger): (namespace: string) => Promise<void> {
  const today = localDay(new Date());
  const { home, config } = loaded;
  let shop: Promise<unknown> | null = null;
  let highway: Promise<unknown> | null = null;
  return async (namespace) => {
    const one = Object.hasOwn(config.agent.namespace, namespace) ? config.agent.namespace[namespace] : undefined;
    if (!one) return;
    if (one.uri?.includes(join(home, 'demo', 'demo.duckdb'))) {
      shop ??= ensureDemoData({ home, today, logger });
      await shop;
    }
    if (one.uri?.includes(highwayDirectory(home))) {
      highway ??= ensureHighway({ home, today, logger });
      await highway;
    }
  };
}
