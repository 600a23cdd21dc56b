/** Columns that exist for one question only: `left op right` of two columns of one table. */
import type { Measure } from '../linking/measures/find-measures.ts';
import type { Term } from '../query/query.ts';
import type { IndexedColumn, SchemaIndex } from './schema-index.ts';

/** The schema with one more column per measure, behind all others; nothing else of it changes. */
export function withMeasures(schema: SchemaIndex, measures: readonly Measure[]): SchemaIndex {
  const added = measures.map((measure, i): IndexedColumn => {
    const left = schema.columns[measure.left]!;
    const right = schema.columns[measure.right]!;
    return {
      id: schema.columns.length + i,
      table: left.table,
      name: `${left.name} ${measure.op} ${right.name}`,
      phrases: [[...left.phrases[0]!, ...right.phrases[0]!]],
      kind: 'number',
      primary: false,
      foreign: false,
      idLike: false,
      naming: false,
      values: [],
      distinct: 0,
      unique: false,
      measure: { op: measure.op, left: measure.left, right: measure.right },
    };
  });
  return {
    ...schema,
    columns: [...schema.columns, ...added],
    linked: [...schema.linked, ...added.map(() => [])],
    phraseKeys: [...schema.phraseKeys, ...added.map((c) => c.name)],
  };
}

/** Whether a term calculates: arithmetic of its own, or a column made by a measure. */
export const isComputed = (t: Term, schema: SchemaIndex): boolean =>
  t.arith !== undefined || t.within !== undefined || (t.col >= 0 && schema.columns[t.col]?.measure !== undefined);
