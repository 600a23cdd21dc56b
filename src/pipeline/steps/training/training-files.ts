/** The files of a task's directory that are training data, each with what it holds. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingItem } from '../../../knowledge/index.ts';
import { type Pair, readPairs } from '../pair-files.ts';

export interface TrainingFile {
  readonly name: string;
  readonly items: readonly TrainingItem[];
  /** The table that a DDL or a document is about. */
  readonly table: string | null;
  readonly problem: string | null;
}

const LARGEST_FILE = 20 * 1024 * 1024;
/** Copies and originals are not loaded: `x.ddl_1`, `x_old`, `x.backup`. */
const LEFT_OUT = /(?:_\d+|_old|_bak\d*|\.backup|\.bak\d*)$|_(?:old|bak\d+)\.\w+$/i;
/** Documents that are about the process rather than the data. */
const NOT_TRAINING = /^(?:table_list\.txt|metadata\.txt|qa_coverage\.json)$/;

type Kind = 'ddl' | 'markdown' | 'pairs' | 'sql';

function kindOf(name: string): Kind | null {
  if (name.startsWith('.') || LEFT_OUT.test(name) || NOT_TRAINING.test(name)) return null;
  if (/\.ddl$/i.test(name)) return 'ddl';
  if (/\.(?:md|markdown)$/i.test(name)) return 'markdown';
  if (/_pairs?\.json$/i.test(name)) return 'pairs';
  return /\.sql$/i.test(name) ? 'sql' : null;
}

/** Names of the files to load, in a fixed order: structure first, then documents, then pairs. */
export async function trainingFileNames(directory: string): Promise<string[]> {
  const order: readonly (Kind | null)[] = ['ddl', 'markdown', 'pairs', 'sql'];
  const names = (await readdir(directory)).filter((name) => kindOf(name) !== null);
  return names.sort((a, b) => order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)) || (a < b ? -1 : 1));
}

/** Statements of a `.sql` file with the comment above each as its question. */
function sqlPairs(text: string): Pair[] {
  const pairs: Pair[] = [];
  let question = '';
  let lines: string[] = [];
  const flush = (): void => {
    const sql = lines.join('\n').trim().replace(/;\s*$/, '');
    if (sql !== '' && question !== '') pairs.push({ question, sql });
    if (sql !== '') question = '';
    lines = [];
  };
  for (const line of text.split(/\r?\n/)) {
    const comment = /^\s*--+\s*(?:(?:question|问题)\s*[:：]\s*)?(.*)$/i.exec(line);
    if (comment && lines.join('').trim() === '') question = comment[1]!.trim() || question;
    else lines.push(line);
    if (/;\s*$/.test(line)) flush();
  }
  flush();
  return pairs;
}

const asItems = (pairs: readonly Pair[]): TrainingItem[] =>
  pairs.map(({ question, sql }) => ({ kind: 'sql', question, sql: `${sql.trim().replace(/;\s*$/, '')};` }));

/** Reads one file. */
export async function readTrainingFile(directory: string, name: string): Promise<TrainingFile> {
  const path = join(directory, name);
  const nothing = { name, items: [], table: null };
  if ((await stat(path)).size > LARGEST_FILE) return { ...nothing, problem: 'it is larger than 20 MB' };
  const text = await readFile(path, 'utf8');
  switch (kindOf(name)) {
    case 'ddl': {
      const table =
        /create\s+table\s+(?:if\s+not\s+exists\s+)?(?:["`]?[^\s."`(]+["`]?\.)?["`]?([^\s."`(]+)/i.exec(text)?.[1] ??
        null;
      return { name, items: [{ kind: 'ddl', text: text.trim() }], table, problem: null };
    }
    case 'markdown': {
      const table = /^##\s+([^\s（(]+)/m.exec(text)?.[1] ?? null;
      return { name, items: [{ kind: 'documentation', text: text.trim() }], table, problem: null };
    }
    case 'pairs': {
      const pairs = readPairs(text);
      return pairs.ok
        ? { name, items: asItems(pairs.value), table: null, problem: null }
        : { ...nothing, problem: pairs.failure };
    }
    case 'sql':
      return { name, items: asItems(sqlPairs(text)), table: null, problem: null };
    default:
      return { ...nothing, problem: 'it is no training data' };
  }
}
