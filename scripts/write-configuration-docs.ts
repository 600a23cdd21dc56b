/** Writes docs/configuration.md from the configuration schemas; a test checks that the page is current. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configurationPage } from '../src/engine/config/documentation.ts';

writeFileSync(join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs', 'configuration.md'), configurationPage());
