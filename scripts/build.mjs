/** `npm run build`: dependencies, then `dist/`. */
import { ensureBuilt, ensureInstalled } from './prepare.mjs';

try {
  await ensureInstalled();
  await ensureBuilt({ force: true });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
