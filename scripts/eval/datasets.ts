/** Loads the public sets: questions with their gold SQL, grouped into conversations, and where their databases are. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Query } from '../../src/planning/builtin/learned/query/query.ts';

export interface Item {
  readonly id: string;
  readonly set: 'spider' | 'dusql' | 'chase';
  readonly db: string;
  readonly file: string;
  readonly question: string;
  /** Gold SQL as it runs on SQLite. */
  readonly sql: string;
  /** Earlier turns of the same conversation, oldest first. */
  readonly previous: readonly { readonly question: string; readonly sql: string }[];
  /** The gold query itself, for questions that were made from it. */
  readonly query?: Query;
}

function find(root: string, ...names: string[]): string | null {
  for (const name of names) if (existsSync(join(root, name))) return join(root, name);
  return null;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export function loadSpider(data: string, parts: readonly string[] = ['train_spider', 'train_others']): Item[] {
  const root = find(data, 'spider_train/spider_train', 'spider_train');
  if (root === null) throw new Error(`no spider_train folder under ${data}`);
  return parts.flatMap((part) =>
    (readJson(join(root, `${part}.json`)) as { i: number; db_id: string; question: string; query: string }[]).map(
      (r): Item => {
        const filled = join(root, 'database_filled', r.db_id, `${r.db_id}.sqlite`);
        const file = existsSync(filled) ? filled : join(root, 'database', r.db_id, `${r.db_id}.sqlite`);
        return {
          id: `${part}-${r.i}`,
          set: 'spider',
          db: r.db_id,
          file,
          question: r.question,
          sql: r.query,
          previous: [],
        };
      },
    ),
  );
}

export function loadDusql(data: string): Item[] {
  const root = find(data, 'dusql_train/dusql_train', 'dusql_train');
  if (root === null) throw new Error(`no dusql_train folder under ${data}`);
  type Row = { id: string; db_id: string; question: string; query: string; query_sqlite?: string; nonempty?: boolean };
  return (readJson(join(root, 'train.json')) as Row[])
    .filter((r) => r.nonempty === true && r.query_sqlite !== undefined)
    .map(
      (r): Item => ({
        id: r.id,
        set: 'dusql',
        db: r.db_id,
        file: join(root, 'database', r.db_id, `${r.db_id}.sqlite`),
        question: r.question,
        sql: r.query_sqlite!,
        previous: [],
      }),
    );
}

const HAN = /\p{Script=Han}/u;

/** All turns that run; `trainable` keeps only the dialogues over databases derived from Spider, which have English names. */
export function loadChase(data: string, trainable: boolean): Item[] {
  const root = find(data, 'chase_train/chase_train', 'chase_train');
  if (root === null) throw new Error(`no chase_train folder under ${data}`);
  const dusql = new Set(loadDusqlNames(data));
  type Dialogue = {
    i: number;
    db_id: string;
    turns: { question: string; query: string; exec: boolean; nonempty: boolean }[];
  };
  const items: Item[] = [];
  for (const d of readJson(join(root, 'train.json')) as Dialogue[]) {
    if (trainable && (dusql.has(d.db_id) || HAN.test(d.db_id))) continue;
    d.turns.forEach((turn, t) => {
      if (!turn.exec) return;
      items.push({
        id: `chase-${d.i}-${t}`,
        set: 'chase',
        db: d.db_id,
        file: join(root, 'database', d.db_id, `${d.db_id}.sqlite`),
        question: turn.question,
        sql: turn.query,
        previous: d.turns.slice(0, t).map((p) => ({ question: p.question, sql: p.query })),
      });
    });
  }
  return items;
}

function loadDusqlNames(data: string): string[] {
  const root = find(data, 'dusql_train/dusql_train', 'dusql_train');
  if (root === null)
    throw new Error(`no dusql_train folder under ${data}: needed to keep its databases out of training`);
  const listed = (readJson(join(root, 'train.json')) as { db_id: string }[]).map((r) => r.db_id);
  return [...listed, ...readdirSync(join(root, 'database'))];
}
