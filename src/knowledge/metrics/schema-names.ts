import type { Column, DatabaseSchema, Table, TableRef } from '../../sql/index.ts';
import { namesOf } from './metric-measures.ts';
import { metricTree } from './metric-tree.ts';
import type { SemanticLayer, SemanticModel } from './semantic-layer.ts';

/**
 * The part of the layer that a database can answer: models whose table exists, with the table's name as the database
 * spells it, and the metrics all of whose measures are among them.
 */
export function layerForSchema(layer: SemanticLayer, schema: DatabaseSchema): SemanticLayer {
  const models = layer.models.flatMap((model) => {
    const table = findTable(schema, model.table);
    return table === null ? [] : [{ ...model, table: table.ref }];
  });
  const known = new Set(models.flatMap((model) => model.measures.map((measure) => measure.name)));
  const metrics = layer.metrics.filter((metric) =>
    metricTree(layer, metric.name).leaves.every((leaf) => known.has(leaf.measure.name)),
  );
  return { models, metrics };
}

/** The schema with the layer's labels and synonyms added to tables and columns. */
export function addSemanticNames(schema: DatabaseSchema, layer: SemanticLayer): DatabaseSchema {
  const models = new Map<Table, SemanticModel[]>();
  for (const model of layer.models) {
    const table = findTable(schema, model.table);
    if (table !== null) models.set(table, [...(models.get(table) ?? []), model]);
  }
  const tables = schema.tables.map((table) => {
    const own = models.get(table);
    if (own === undefined) return table;
    const synonyms = merged(table.synonyms, own.flatMap(namesOf), table.ref.name);
    return { ...table, synonyms, columns: table.columns.map((column) => named(column, own)) };
  });
  return { ...schema, tables };
}

function named(column: Column, models: readonly SemanticModel[]): Column {
  const words = models.flatMap((model) =>
    [
      ...model.entities,
      ...model.dimensions,
      ...model.measures.filter((measure) => ADDITIVE_NAMES.includes(measure.agg)),
    ]
      .filter((field) => field.expr.toLowerCase() === column.name.toLowerCase())
      .flatMap(namesOf),
  );
  return words.length === 0 ? column : { ...column, synonyms: merged(column.synonyms, words, column.name) };
}

/** "Revenue" names the column that is summed; "number of orders" does not name the key that is counted. */
const ADDITIVE_NAMES: readonly string[] = ['sum', 'average', 'min', 'max', 'median'];

const merged = (old: readonly string[], more: readonly string[], self: string): string[] => [
  ...new Set([...old, ...more].filter((word) => word.toLowerCase() !== self.toLowerCase())),
];

export function findTable(schema: DatabaseSchema, wanted: TableRef): Table | null {
  const same = (a: string | null, b: string | null): boolean => (a ?? '').toLowerCase() === (b ?? '').toLowerCase();
  const named = schema.tables.filter((table) => same(table.ref.name, wanted.name));
  const inSchema = named.filter((table) =>
    wanted.schema === null
      ? table.ref.schema === null || same(table.ref.schema, schema.defaultSchema)
      : same(table.ref.schema ?? schema.defaultSchema, wanted.schema),
  );
  return inSchema[0] ?? (wanted.schema === null && named.length === 1 ? named[0]! : null);
}
