/** `npm start`: install and build what is missing, then serve. Arguments pass through to `querent serve`. */
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root, runForeground } from './prepare.mjs';

try {
  await ensureInstalled();
  await ensureBuilt();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
process.exit(
  await runForeground([
    '--disable-warning=ExperimentalWarning',
    join(root, 'dist', 'main.js'),
    'serve',
    ...process.argv.slice(2),
  ]),
);
