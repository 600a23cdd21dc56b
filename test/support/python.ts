/**
 * A Python with the packages of `scripts/install-python-interop.sh`. Suites that need it are skipped by name where that was
 * not run; under `REQUIRE_SERVICES=1` it is run on the way.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './process.ts';

export const PYTHON = join(projectRoot, 'node_modules', '.cache', 'python-interop', 'ready', 'bin', 'python');

if (process.env.REQUIRE_SERVICES === '1') {
  const script = join(projectRoot, 'scripts', 'install-python-interop.sh');
  execFileSync(script, { stdio: 'inherit', timeout: 600_000 });
}

export const hasPython = existsSync(PYTHON);
