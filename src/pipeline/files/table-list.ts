/** The list of tables that a task works on: as text, and in its file. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { writeFileAtomically } from '../../kernel/index.ts';
import { isoLocal } from '../local-time.ts';
import { PipelineProblem } from '../problem.ts';
import { TABLE_LIST } from './task-directory.ts';

const TABLE_NAME = /^[\p{L}_][\p{L}\p{N}_$]*(\.[\p{L}_][\p{L}\p{N}_$]*)?$/u;
const MAX_TABLES = 1_000;
export const MAX_LIST_BYTES = 2 * 1024 * 1024;

const refused = (message: string, subject = 'file'): PipelineProblem =>
  new PipelineProblem('file-not-accepted', message, { subject });

/** UTF-8, else GBK, as spreadsheets on Chinese systems write it. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw refused('文件编码不支持，请使用UTF-8或GBK编码的文本文件');
  for (const encoding of ['utf-8', 'gbk']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next encoding may fit.
    }
  }
  throw refused('文件编码不支持，请使用UTF-8或GBK编码的文本文件');
}

/**
 * One name a line or separated by commas; `#` and `--` begin comments. Names that occur twice are kept once.
 *
 * @throws PipelineProblem `file-not-accepted` naming the line
 */
export function parseTableList(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    const content = line.trim();
    if (content.startsWith('#') || content.startsWith('--')) continue;
    for (const name of content.split(/[,，]/).map((one) => one.trim())) {
      if (name === '') continue;
      if (!TABLE_NAME.test(name)) throw refused(`第 ${index + 1} 行的表名格式不正确: ${name.slice(0, 100)}`);
      names.add(name);
    }
  }
  if (names.size === 0) throw refused('文件内容为空，没有有效的表名');
  if (names.size > MAX_TABLES) throw refused(`表名数量超过限制: ${names.size} > ${MAX_TABLES}`);
  return [...names];
}

/** @throws PipelineProblem `file-not-accepted` */
export function checkTableNames(names: readonly string[]): readonly string[] {
  if (names.length === 0) throw refused('表名列表不能为空', 'table_names');
  if (names.length > MAX_TABLES) throw refused(`表名数量超过限制: ${names.length} > ${MAX_TABLES}`, 'table_names');
  const wrong = names.find((name) => !TABLE_NAME.test(name));
  if (wrong !== undefined) throw refused(`表名格式不正确: ${wrong.slice(0, 100)}`, 'table_names');
  return [...new Set(names)];
}

/** The file for names that came in a request. */
export const tableListText = (names: readonly string[], now: Date): string =>
  ['# 表清单', `# 生成时间: ${isoLocal(now)}`, `# 表数量: ${names.length}`, '', ...names, ''].join('\n');

export interface TableListInfo {
  readonly size: number;
  readonly modifiedAt: Date;
  readonly createdAt: Date;
  readonly tables: readonly string[];
}

/** Null when the task has none. */
export async function readTableList(directory: string): Promise<TableListInfo | null> {
  const path = join(directory, TABLE_LIST);
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) return null;
  const tables = parseTableList(decodeText(await readFile(path)));
  return { size: info.size, modifiedAt: info.mtime, createdAt: info.birthtime, tables };
}

/** Checks the bytes and keeps them as they came. */
export async function saveTableList(directory: string, bytes: Uint8Array): Promise<readonly string[]> {
  if (bytes.byteLength === 0) throw refused('文件内容为空');
  if (bytes.byteLength > MAX_LIST_BYTES) throw refused('文件大小超过限制: 2MB');
  const tables = parseTableList(decodeText(bytes));
  await writeFileAtomically(join(directory, TABLE_LIST), bytes);
  return tables;
}

/**
 * A list on the server that a request names, relative to the working directory and inside it.
 *
 * @throws PipelineProblem `table-list-not-found`, `path-not-allowed`
 */
export async function readServerList(workingDirectory: string, name: string): Promise<Uint8Array> {
  const notFound = (): PipelineProblem =>
    new PipelineProblem('table-list-not-found', `表清单文件不存在: ${basename(name)}`, { subject: 'table_list_file' });
  const notAllowed = (): PipelineProblem =>
    new PipelineProblem('path-not-allowed', `非法的文件路径: ${basename(name)}`, { subject: 'table_list_file' });
  if (name.includes('\u0000') || extname(name).toLowerCase() !== '.txt') throw notAllowed();
  const root = await realpath(workingDirectory);
  const wanted = resolve(root, name);
  if (!isWithin(root, wanted)) throw notAllowed();
  const path = await realpath(wanted).catch(() => null);
  if (path === null) throw notFound();
  if (!isWithin(root, path)) throw notAllowed();
  const info = await stat(path);
  if (!info.isFile()) throw notFound();
  if (info.size > MAX_LIST_BYTES) throw refused('文件大小超过限制: 2MB', 'table_list_file');
  return readFile(path);
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
