import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SemanticFile } from './load-semantic-layer.ts';

/** The YAML files of a folder, by name; none when there is no such folder. */
export async function readSemanticFiles(folder: string): Promise<SemanticFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const yaml = names.filter((name) => /\.ya?ml$/i.test(name)).sort();
  return Promise.all(yaml.map(async (name) => ({ path: name, text: await readFile(join(folder, name), 'utf8') })));
}
