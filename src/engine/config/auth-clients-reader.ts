import { statSync } from 'node:fs';
import { type Logger, processEnvironment } from '../../kernel/index.ts';
import { homePaths } from './first-start.ts';
import { loadAuthClients } from './load-config.ts';
import type { AuthClients } from './schema.ts';

export const authClientsPath = (home: string): string => homePaths(home).authClients;

/**
 * Reads the clients' file and follows its changes, so that a removed client loses access at once. A change that does
 * not validate is logged and the last good state stays.
 *
 * @throws EngineError `config-invalid` when the file is bad at the start
 */
export function createAuthClientsReader(home: string, logger: Logger): () => AuthClients {
  const path = authClientsPath(home);
  const environment = processEnvironment();
  let current = loadAuthClients(home, environment);
  let changed = modified(path);
  return () => {
    const now = modified(path);
    if (now !== changed) {
      changed = now;
      try {
        current = loadAuthClients(home, environment);
      } catch (error) {
        logger.error(
          { reason: (error as Error).message },
          'the changed client file is not valid; the last good one stays in force',
        );
      }
    }
    return current;
  };
}

function modified(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
