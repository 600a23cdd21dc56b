/** `npm test`: install what is missing, then every test project. Arguments pass through to vitest. */
import { join } from 'node:path';
import { ensureInstalled, root, runForeground } from './prepare.mjs';

try {
  await ensureInstalled();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
process.exit(
  await runForeground([join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)]),
);
