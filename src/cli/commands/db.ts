/** `querent db list` and `querent db check`. */
import { openQueryEngine } from '../../engine/index.ts';
import type { CommandHost } from '../host.ts';

export async function listDatasources(options: { readonly config?: string }, host: CommandHost): Promise<number> {
  const engine = await openQueryEngine(host.loadConfig(options.config), { logger: host.logger });
  try {
    for (const { namespace, name, kind } of engine.datasources()) host.out(`${namespace}\t${name}\t${kind}`);
    return 0;
  } finally {
    await engine.close();
  }
}

/** Connects to each datasource; 0 when all answer. */
export async function checkDatasources(
  name: string | undefined,
  options: { readonly config?: string },
  host: CommandHost,
): Promise<number> {
  const engine = await openQueryEngine(host.loadConfig(options.config), { logger: host.logger });
  try {
    const known = engine.datasources();
    const chosen = name ? known.filter((one) => one.name === name || one.namespace === name) : known;
    if (chosen.length === 0) {
      host.error(
        `querent: there is no datasource ${name ? `\`${name}\`` : ''}; known: ${known.map((one) => one.name).join(', ') || 'none'}`,
      );
      return 1;
    }
    let failures = 0;
    for (const one of chosen) {
      const checked = await engine.check(one.namespace, one.name);
      host.out(`${one.name}\t${checked.ok ? 'ok' : `failed: ${checked.failure}`}`);
      if (!checked.ok) failures += 1;
    }
    return failures === 0 ? 0 : 1;
  } finally {
    await engine.close();
  }
}
