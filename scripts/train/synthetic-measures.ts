/** Figures made of two columns of a table for one generated question, under the names people give them. */
import type { Arithmetic } from '../../src/planning/builtin/learned/query/query.ts';
import type { IndexedColumn } from '../../src/planning/builtin/learned/schema/schema-index.ts';
import { countedThing, derivedName, plainName } from './synthetic-asks.ts';
import type { Phrases } from './synthetic-phrases.ts';

const TRIES = 12;

/** One figure at most; its id is of no column, its `measure` says what it is made of. */
export function measuresOf(numbers: readonly IndexedColumn[], p: Phrases): IndexedColumn[] {
  const figures = numbers.filter((c) => c.kind === 'number' && !/年份|月份|排名|名次$/u.test(c.name));
  if (figures.length < 2) return [];
  for (let i = 0; i < TRIES; i++) {
    const a = p.pick(figures);
    const b = p.pick(figures);
    if (a === b) continue;
    const op = p.pick<Arithmetic>(['-', '/', '+', '/', '*', '/']);
    if (op === '/' && countedThing(b) === null && !/面积|人口|价/u.test(b.name)) continue;
    const name = p.chance(0.2) ? spelledOut(a, b, op, p) : derivedName(a, b, op, (list) => p.pick(list));
    if (name === null) continue;
    const values = valuesOf(a, b, op, p);
    if (values.length < 4) continue;
    return [{ ...a, id: -2, name, values, naming: false, measure: { op, left: a.id, right: b.id } }];
  }
  return [];
}

function spelledOut(a: IndexedColumn, b: IndexedColumn, op: Arithmetic, p: Phrases): string {
  const [x, y] = [plainName(a), plainName(b)];
  return p.pick(
    {
      '-': [`${x}与${y}的差`, `${x}和${y}之差`, `${x}与${y}的差值`],
      '+': [`${x}与${y}的和`, `${x}和${y}之和`, `${x}和${y}的总和`],
      '*': [`${x}乘以${y}`, `${x}与${y}的乘积`],
      '/': [`${x}与${y}的比值`, `${x}占${y}的比例`, `${x}除以${y}`, `${x}占${y}的百分比`],
    }[op],
  );
}

/** Values that the figure may take; the samples of two columns do not belong row by row, so any two go together. */
function valuesOf(a: IndexedColumn, b: IndexedColumn, op: Arithmetic, p: Phrases): number[] {
  const values: number[] = [];
  for (let i = 0; i < 12; i++) {
    const x = Number(p.pick(a.values));
    const y = Number(p.pick(b.values));
    const value = op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : x / y;
    if (!Number.isFinite(value)) continue;
    values.push(Math.abs(value) < 10 ? Math.round(value * 100) / 100 : Math.round(value));
  }
  return [...new Set(values)];
}
