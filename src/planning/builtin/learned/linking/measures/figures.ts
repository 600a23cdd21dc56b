/** The numeric columns of a table, as the rules for measures see them. */
import type { IndexedColumn, SchemaIndex } from '../../schema/schema-index.ts';

/** A numeric column as the rules see it. */
export interface Figure {
  readonly id: number;
  readonly label: string;
  /** The label without the word that only says that it counts: 获奖 in 获奖次数. */
  readonly stem: string;
  readonly counts: boolean;
  /** A middle value; null when nothing was sampled. */
  readonly middle: number | null;
}

const MAX_FIGURES = 30;
export const COUNTER = /(总?数量|总数|人数|次数|个数|件数|总量|总值|总额|数|量)$/u;
const COUNTS = /(数量?|总数|人数|次数|人口|人次|量)$/u;

const known = new WeakMap<SchemaIndex, Map<number, readonly Figure[]>>();

export function figuresOf(schema: SchemaIndex, table: number): readonly Figure[] {
  let byTable = known.get(schema);
  if (byTable === undefined) {
    byTable = new Map();
    known.set(schema, byTable);
  }
  let figures = byTable.get(table);
  if (figures === undefined) {
    const coerces = COERCING.has(schema.schema.dialect);
    figures = schema.tables[table]!.columns.map((id) => schema.columns[id]!)
      .filter((c) => !c.primary && !c.foreign && !c.idLike && (c.kind === 'number' || (coerces && holdsNumbers(c))))
      .flatMap((c) => {
        const label = labelOf(c);
        return label === null ? [] : [figureOf(c, label)];
      })
      .slice(0, MAX_FIGURES);
    byTable.set(table, figures);
  }
  return figures;
}

/** Engines that take the number before the unit when they calculate with a text. */
const COERCING = new Set(['sqlite', 'mysql']);

/** Texts that are numbers with a unit: 35万, 1987年. */
const holdsNumbers = (c: IndexedColumn): boolean =>
  c.kind === 'text' &&
  c.values.length > 2 &&
  c.values.filter((v) => !Number.isNaN(amount(v))).length >= c.values.length * 0.8;

/** The number that a cell begins with. */
function amount(cell: unknown): number {
  const m = /^-?(\d+(?:\.\d+)?)\s*(万|亿)?[^\d\s\-/:.]{0,4}$/u.exec(String(cell));
  return m ? Number(m[1]) * (m[2] === '万' ? 1e4 : m[2] === '亿' ? 1e8 : 1) : Number.NaN;
}

function labelOf(c: IndexedColumn): string | null {
  if (/\p{Script=Han}/u.test(c.name)) return c.name.replace(/[(（].*$/u, '').toLowerCase();
  const phrase = c.phrases.find((p) => p.every((u) => /[\p{Script=Han}\d]/u.test(u)));
  return phrase === undefined ? null : phrase.join('');
}

function figureOf(c: IndexedColumn, label: string): Figure {
  const stem = label.replace(COUNTER, '');
  const values = c.values
    .map(amount)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return {
    id: c.id,
    label,
    stem: stem.length === 0 ? label : stem,
    counts: COUNTS.test(label) && !/占比|比例|率$/u.test(label),
    middle: values.length === 0 ? null : values[values.length >> 1]!,
  };
}
