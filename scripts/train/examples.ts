/** Questions made ready for training: linked, with their gold query where it can be expressed. */

import { statSync } from 'node:fs';
import { type Linking, link, type Thesaurus } from '../../src/planning/builtin/learned/linking/linker.ts';
import { analyseQuestion } from '../../src/planning/builtin/learned/linking/question.ts';
import type { Query } from '../../src/planning/builtin/learned/query/query.ts';
import type { Vocabulary } from '../../src/planning/builtin/learned/schema/names.ts';
import { buildSchemaIndex, type SchemaIndex } from '../../src/planning/builtin/learned/schema/schema-index.ts';
import { splitUnits } from '../../src/planning/builtin/learned/text/units.ts';
import type { DatabaseSchema } from '../../src/sql/index.ts';
import type { Item } from '../eval/datasets.ts';
import { Runner } from '../eval/execution.ts';
import { openDatabase, readSchema } from '../eval/sqlite-schema.ts';
import { canonicalQuery } from './canonical-query.ts';
import { readGold } from './gold-reader.ts';
import { withMeasureColumns } from './measure-terms.ts';

export interface Example {
  readonly item: Item;
  readonly linking: Linking;
  readonly query: Query | null;
}

const BIG_FILE = 2_000_000;

/** Opened databases by name: schema read once, statements run with a cache. */
export class Databases {
  private readonly schemas = new Map<string, DatabaseSchema>();
  private readonly runners = new Map<string, Runner>();
  private readonly cacheFolder: string | null;

  constructor(cacheFolder: string | null = null) {
    this.cacheFolder = cacheFolder;
  }

  schema(item: Item): DatabaseSchema {
    let schema = this.schemas.get(item.file);
    if (schema === undefined) {
      const db = openDatabase(item.file);
      schema = readSchema(db);
      db.close();
      this.schemas.set(item.file, schema);
    }
    return schema;
  }

  runner(item: Item): Runner {
    let runner = this.runners.get(item.file);
    if (runner === undefined) {
      runner = new Runner(item.file, this.cacheFolder);
      this.runners.set(item.file, runner);
    }
    return runner;
  }

  /** Too big to run dozens of statements per question on while training. */
  isBig(item: Item): boolean {
    return statSync(item.file).size > BIG_FILE;
  }

  /** Keeps the results of executed statements for the next run. */
  save(): void {
    for (const r of this.runners.values()) r.save();
  }
}

/** Words of the questions with their counts: what glued names may consist of. */
export function buildVocabulary(items: readonly Item[], min = 3): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items)
    for (const u of splitUnits(item.question))
      if (/^[a-z]{3,}$/.test(u.raw)) counts.set(u.raw, (counts.get(u.raw) ?? 0) + 1);
  return new Map([...counts].filter(([, n]) => n >= min));
}

export class SchemaIndexes {
  private readonly indexes = new Map<string, SchemaIndex>();
  private readonly databases: Databases;
  private readonly vocabulary: Vocabulary;

  constructor(databases: Databases, vocabulary: Vocabulary) {
    this.databases = databases;
    this.vocabulary = vocabulary;
  }

  of(item: Item): SchemaIndex {
    let index = this.indexes.get(item.file);
    if (index === undefined) {
      index = buildSchemaIndex(this.databases.schema(item), this.vocabulary);
      this.indexes.set(item.file, index);
    }
    return index;
  }
}

export function prepare(
  items: readonly Item[],
  indexes: SchemaIndexes,
  thesaurusOf: (db: string) => Thesaurus,
): Example[] {
  return items.map((item) => {
    const schema = indexes.of(item);
    const question = analyseQuestion(item.question);
    const before = item.previous[item.previous.length - 1];
    const linking = link(question, schema, thesaurusOf(item.db), before ? readGold(before.sql, schema) : null);
    const plain = item.query ?? readGold(item.sql, schema);
    const query = plain && withMeasureColumns(plain, linking.schema);
    return { item, linking, query: query && canonicalQuery(query, linking) };
  });
}
