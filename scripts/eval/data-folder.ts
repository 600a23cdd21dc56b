/** Where the public sets are: a given folder, or the archives of `../shared/data` unpacked once into the temporary folder. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ARCHIVES = ['spider_train', 'dusql_train', 'chase_train'] as const;

/** Throws when no folder is given and the archives are not there. */
export function dataFolder(given: string | undefined): string {
  if (given !== undefined) return given;
  const source = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
  const target = join(tmpdir(), 'querent-data');
  for (const name of ARCHIVES) {
    if (existsSync(join(target, name))) continue;
    const archive = join(source, `${name}.tar.gz`);
    if (!existsSync(archive)) throw new Error(`${archive} is missing; say where the unpacked sets are with --data DIR`);
    const fresh = join(target, `.${name}-${process.pid}`);
    mkdirSync(fresh, { recursive: true });
    execFileSync('tar', ['-xzf', archive, '-C', fresh]);
    renameSync(join(fresh, name), join(target, name));
    rmSync(fresh, { recursive: true, force: true });
  }
  return target;
}
