import { expandIdentifier } from '../text/identifier.ts';
import type { SchemaIndex } from './schema-index.ts';

/** A table whose rows are sold lines: revenue is Σ quantity × unit price × (1 − discount). */
export interface LineRevenue {
  readonly table: number;
  readonly quantity: number;
  readonly price: number;
  readonly discount: number | null;
  readonly weight: number;
}

const cache = new WeakMap<SchemaIndex, readonly LineRevenue[]>();
const QUANTITY =
  /^(?:quantity|order quantity|sale quantity|sold quantity|units? sold|units|count)$|^(?:数量|销量|件数|购买数量)$/;
const PRICE =
  /^(?:unit price|price|sale price|selling price|unit cost price|item price|price each)$|^(?:单价|价格|售价|成交价)$/;
const DISCOUNT = /^discount(?: (?:rate|percent|ratio))?$|^(?:折扣|折扣率)$/;

/** The line tables of a schema. A discount column counts only when its samples are fractions of one. */
export function lineRevenues(index: SchemaIndex): readonly LineRevenue[] {
  const known = cache.get(index);
  if (known !== undefined) return known;
  const result: LineRevenue[] = [];
  for (const { index: table, columns, table: meta } of index.tables) {
    if (meta.kind === 'view') continue;
    const find = (pattern: RegExp): number =>
      columns.findIndex(
        ({ column, traits }) =>
          traits.numeric &&
          (pattern.test(expandIdentifier(column.name).join(' ')) ||
            (column.comment !== null && pattern.test(column.comment))),
      );
    const quantity = find(QUANTITY);
    const price = find(PRICE);
    if (quantity < 0 || price < 0 || meta.foreignKeys.length === 0) continue;
    const discount = find(DISCOUNT);
    result.push({
      table,
      quantity,
      price,
      discount: discount >= 0 && isFraction(index, table, discount) ? discount : null,
      weight: 0.82,
    });
  }
  cache.set(index, result);
  return result;
}

function isFraction(index: SchemaIndex, table: number, column: number): boolean {
  const values = index.tables[table]!.columns[column]!.column.values;
  if (values === null) return true;
  const max = Number(values.max ?? 0);
  return Number.isFinite(max) && max <= 1;
}
