/**
 * The documents of a namespace: Markdown and text files in `$QUERENT_HOME/documents/<namespace>/` and in
 * `documents/` itself for all of them, cut at their headings and searched by words.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { type FoundDocument, type RunRequest, searchTerms } from '../workflows/index.ts';

const MAX_FILE_BYTES = 2 * 1024 * 1024;
const PASSAGE_CHARACTERS = 1_500;

interface Loaded {
  /** Changes with the files. */
  readonly key: string;
  readonly passages: readonly FoundDocument[];
  readonly index: MiniSearch;
}

/** Passages that fit a text, best first; files that change are read again at the next search. */
export function createDocuments(home: string) {
  const loaded = new Map<string, Loaded>();
  return async (request: RunRequest, text: string, limit: number): Promise<readonly FoundDocument[]> => {
    const namespace = request.namespace.replace(/[^\p{L}\p{N}_.-]/gu, '_');
    const root = join(home, 'documents');
    const files = [...(await listFiles(join(root, namespace))), ...(await listFiles(root))];
    if (files.length === 0) return [];
    const key = files.map((file) => `${file.path}:${file.changed}`).join('|');
    let known = loaded.get(namespace);
    if (known?.key !== key) {
      known = await load(key, files);
      loaded.set(namespace, known);
    }
    const { index, passages } = known;
    return index
      .search(text.slice(0, 2_000))
      .slice(0, limit)
      .flatMap((hit) => passages[hit.id as number] ?? []);
  };
}

interface DocumentFile {
  readonly path: string;
  readonly name: string;
  readonly changed: number;
}

async function listFiles(folder: string): Promise<DocumentFile[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const files = await Promise.all(
    names
      .filter((name) => /\.(md|markdown|txt)$/i.test(name))
      .sort()
      .map(async (name) => {
        const path = join(folder, name);
        const facts = await stat(path).catch(() => null);
        return facts?.isFile() && facts.size <= MAX_FILE_BYTES ? { path, name, changed: facts.mtimeMs } : null;
      }),
  );
  return files.filter((file) => file !== null);
}

async function load(key: string, files: readonly DocumentFile[]): Promise<Loaded> {
  const texts = await Promise.all(files.map((file) => readFile(file.path, 'utf8').catch(() => '')));
  const passages = files.flatMap((file, index) => passagesOf(file.name, texts[index] ?? ''));
  const index = new MiniSearch({
    fields: ['title', 'text'],
    tokenize: searchTerms,
    processTerm: (term) => term,
    searchOptions: { boost: { title: 2 }, prefix: (term) => term.length > 3 },
  });
  index.addAll(passages.map((passage, id) => ({ id, ...passage })));
  return { key, passages, index };
}

/** A document cut at its headings, long sections at their paragraphs. */
export function passagesOf(name: string, text: string): FoundDocument[] {
  const title = name.replace(/\.[^.]+$/, '');
  return text
    .split(/^(?=#{1,6} )/m)
    .flatMap((section) => {
      const heading = /^#{1,6} +(.+)$/m.exec(section)?.[1]?.trim();
      const body = section.replace(/^#{1,6} .+$/m, '').trim();
      return pieces(body).map((piece) => ({ title: heading ? `${title}: ${heading}` : title, text: piece }));
    })
    .filter((passage) => passage.text !== '');
}

function pieces(text: string): string[] {
  const result: string[] = [];
  let current = '';
  for (const paragraph of text.split(/\n{2,}/)) {
    if (current !== '' && current.length + paragraph.length > PASSAGE_CHARACTERS) {
      result.push(current);
      current = '';
    }
    current = current === '' ? paragraph : `${current}\n\n${paragraph}`;
  }
  return [...result, current];
}
