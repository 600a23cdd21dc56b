import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from './environment.ts';

/** The folder that holds everything we write: `$QUERENT_HOME`, else `~/.querent`. */
export function resolveHome(environment: Environment): string {
  const configured = environment.QUERENT_HOME;
  return configured ? resolve(configured) : join(environment.HOME || homedir(), '.querent');
}
