/** What becomes of the files of an earlier execution. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DRAFT_PREFIX, writeFileAtomically } from '../../kernel/index.ts';
import { isoLocal } from '../local-time.ts';
import { LOG_FILE } from '../logs/task-log.ts';
import type { StepName } from '../step.ts';
import { TABLE_LIST } from './task-directory.ts';

const KEPT: ReadonlySet<string> = new Set([TABLE_LIST, LOG_FILE]);

/** The files that each step makes at the top of the directory. */
const OWN_FILES: Readonly<Record<StepName, RegExp>> = {
  ddl_generation:
    /^(?!metadata_detail\.md$)(.*\.ddl(_\d+)?|.*_detail(_\d+)?\.md|filename_mapping\.txt|ddl_generation_result\.json)$/,
  qa_generation:
    /^(qs_.*|metadata\.txt|metadata_detail\.md|db_query_decision_prompt\.txt|qa_coverage\.json|qa_generation_result\.json)$/,
  sql_validation: /^(sql_validation_.*|file_modifications_.*\.log)$/,
  training_load: /^training_load_result\.json$/,
};

/** Files and folders that are not moved: the list, the log, earlier archives and vector backups. */
const isMovable = (name: string, isFile: boolean): boolean =>
  isFile && !KEPT.has(name) && !name.startsWith(DRAFT_PREFIX);

/**
 * Moves what an earlier execution left into `archive`, and says so there. Interrupted and started again with the same
 * name it moves the rest.
 */
export async function archiveFiles(options: {
  readonly directory: string;
  readonly archive: string;
  readonly taskId: string;
  /** Only this step's files; null moves all. */
  readonly step: StepName | null;
  readonly now: Date;
}): Promise<readonly string[]> {
  const { directory, archive, taskId, step, now } = options;
  const entries = await readdir(directory, { withFileTypes: true });
  await removeDrafts(directory);
  const names = entries
    .filter((entry) => isMovable(entry.name, entry.isFile()) && (step === null || OWN_FILES[step].test(entry.name)))
    .map((entry) => entry.name);
  if (names.length === 0) return [];
  const target = join(directory, archive);
  await mkdir(target, { recursive: true, mode: 0o700 });
  const failed: { file: string; error: string }[] = [];
  for (const name of names) {
    await rename(join(directory, name), join(target, name)).catch((error: NodeJS.ErrnoException) => {
      failed.push({ file: name, error: error.code ?? 'unknown' });
    });
  }
  const moved = (await readdir(target)).filter((name) => name !== 'backup_info.json').sort();
  const info = {
    backup_time: isoLocal(now),
    backup_directory: archive,
    moved_files: moved,
    failed_files: failed,
    task_id: taskId,
  };
  await writeFileAtomically(join(target, 'backup_info.json'), `${JSON.stringify(info, null, 2)}\n`);
  return moved;
}

/** Deletes what an interrupted attempt at a step left. */
export async function removeStepFiles(directory: string, step: StepName): Promise<void> {
  await removeDrafts(directory);
  const entries = await readdir(directory, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isFile() && OWN_FILES[step].test(entry.name))) {
    await rm(join(directory, name), { force: true });
  }
}

async function removeDrafts(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith(DRAFT_PREFIX)) await rm(join(directory, name), { force: true, recursive: true });
  }
}

/** Where the files of one attempt at a step are made; hidden, and a draft until it is published. */
export const stepOutput = (directory: string, attempt: number): string =>
  join(directory, `${DRAFT_PREFIX}attempt-${attempt}`);

/** An empty folder for the files of a step. */
export async function emptyOutput(output: string): Promise<void> {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { mode: 0o700 });
}

/** Moves a step's files to the task's directory: the copy of an original before what replaces it, the pairs last. */
export async function publishFiles(output: string, directory: string): Promise<void> {
  const rank = (name: string): number => (name.endsWith('.backup') ? 0 : name.endsWith('_pair.json') ? 2 : 1);
  const names = (await readdir(output)).filter((name) => !name.startsWith(DRAFT_PREFIX));
  for (const name of names.sort((a, b) => rank(a) - rank(b))) await rename(join(output, name), join(directory, name));
}
