/** Files that people add to a task's directory. */
import { createWriteStream } from 'node:fs';
import { lstat, rename, rm, stat } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline as pipe } from 'node:stream/promises';
import { draftPath } from '../../kernel/index.ts';
import { PipelineProblem } from '../problem.ts';
import { isSafeFileName } from './task-directory.ts';

export const UPLOAD_EXTENSIONS = ['.ddl', '.md', '.txt', '.json', '.sql', '.csv'] as const;
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;
export const OVERWRITE_MODES = ['backup', 'replace', 'skip'] as const;
export type OverwriteMode = (typeof OVERWRITE_MODES)[number];

export interface Upload {
  readonly name: string;
  /** Errors when the sender breaks off or the limit is passed. */
  readonly content: Readable;
  readonly overwrite: OverwriteMode;
}

export interface UploadResult {
  readonly name: string;
  readonly size: number;
  readonly modifiedAt: Date;
  readonly overwrite: OverwriteMode;
  readonly existed: boolean;
  readonly skipped: boolean;
  /** The old file's new name. */
  readonly backup: string | null;
}

const refused = (message: string): PipelineProblem =>
  new PipelineProblem('file-not-accepted', message, { subject: 'file' });

/** @throws PipelineProblem `path-not-allowed`, `file-not-accepted` */
export async function saveUpload(directory: string, { name, content, overwrite }: Upload): Promise<UploadResult> {
  try {
    if (!isSafeFileName(name)) throw new PipelineProblem('path-not-allowed', '非法的文件路径', { subject: 'file' });
    if (!UPLOAD_EXTENSIONS.some((extension) => extension === extname(name).toLowerCase())) {
      throw refused(`不支持的文件类型，仅支持: ${UPLOAD_EXTENSIONS.join(', ')}`);
    }
    const path = join(directory, name);
    const existing = await lstat(path).catch(() => null);
    if (existing && !existing.isFile())
      throw new PipelineProblem('path-not-allowed', '非法的文件路径', { subject: 'file' });
    if (existing && overwrite === 'skip') {
      const kept = { size: existing.size, modifiedAt: existing.mtime };
      return { name, ...kept, overwrite, existed: true, skipped: true, backup: null };
    }
    const draft = draftPath(path);
    try {
      await pipe(content, limited, createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
      if ((await stat(draft)).size === 0) throw refused('文件内容为空');
      const backup = existing && overwrite === 'backup' ? await freeBackupName(directory, name) : null;
      if (backup) await rename(path, join(directory, backup));
      await rename(draft, path);
      const { size, mtime } = await stat(path);
      return { name, size, modifiedAt: mtime, overwrite, existed: existing !== null, skipped: false, backup };
    } finally {
      await rm(draft, { force: true });
    }
  } finally {
    // What is not read would hold the connection up.
    content.resume();
  }
}

async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_UPLOAD_BYTES) throw refused('文件大小超过限制: 10MB');
    yield chunk;
  }
}

async function freeBackupName(directory: string, name: string): Promise<string> {
  const { name: base, ext } = parse(name);
  for (let n = 1; ; n += 1) {
    const candidate = `${base}_bak${n}${ext}`;
    if ((await lstat(join(directory, candidate)).catch(() => null)) === null) return candidate;
  }
}
