/** The sample databases lie outside the checkout, in `../shared/data` or where `QUERENT_DATA_DIR` says. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SampleName } from './question.ts';

const folder = process.env.QUERENT_DATA_DIR ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const archive = join(folder, 'samples.tar.gz');

export const SAMPLE_NAMES: readonly SampleName[] = ['chinook', 'northwind', 'sakila', 'employees'];
const FILES: Readonly<Record<SampleName, string>> = {
  chinook: 'samples/chinook/chinook.sqlite',
  northwind: 'samples/northwind/northwind.sqlite',
  sakila: 'samples/sakila/sakila.sqlite',
  employees: 'samples/employees/employee_small.sqlite',
};

export const hasSamples = existsSync(archive);

export interface SampleDatabases {
  readonly path: (name: SampleName) => string;
  readonly close: () => Promise<void>;
}

/** Unpacks the SQLite files into a temporary folder, which `close` removes. */
export async function openSamples(): Promise<SampleDatabases> {
  const target = await mkdtemp(join(tmpdir(), 'querent-samples-'));
  await promisify(execFile)('tar', ['-xzf', archive, '-C', target, ...Object.values(FILES)]);
  return {
    path: (name) => join(target, FILES[name]),
    close: () => rm(target, { recursive: true, force: true }),
  };
}
