/** `querent worker`: runs queued work until a signal; the state must be one that several processes can share. */
import { openEngine } from '../../engine/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { CommandHost } from '../host.ts';

export async function worker(options: { readonly config?: string }, host: CommandHost): Promise<number> {
  const loaded = host.loadConfig(options.config);
  if (!loaded.config.state.url) {
    throw new EngineError(
      'config-invalid',
      `${loaded.file}: state.url: a separate worker needs a state on a PostgreSQL server; set it or QUERENT_STATE_URL`,
    );
  }
  const signal = host.stopOnSignals();
  const engine = await openEngine(loaded, { logger: host.logger });
  try {
    host.error('The worker is ready; stop it with Ctrl-C.');
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return 0;
  } finally {
    await engine.close();
  }
}
