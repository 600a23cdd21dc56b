/** A second reading of row rules, in plain code over one row: what the generated SQL must agree with. */
import type { RowRule } from '../../src/sql/index.ts';

type Cell = string | number | null;

/** SQL's three-valued result: null is unknown. */
function evaluate(rule: RowRule, row: Readonly<Record<string, Cell>>): boolean | null {
  if ('rules' in rule) {
    const parts = rule.rules.map((inner) => evaluate(inner, row));
    if (rule.kind === 'and') return parts.includes(false) ? false : parts.includes(null) ? null : true;
    return parts.includes(true) ? true : parts.includes(null) ? null : false;
  }
  const cell = row[rule.column] ?? null;
  if (rule.kind === 'null') return cell === null;
  if (rule.kind === 'not_null') return cell !== null;
  if (rule.kind === 'in' || rule.kind === 'not_in') {
    if (rule.values.length === 0) return rule.kind === 'not_in';
    if (cell === null) return null;
    if (rule.values.some((value) => value !== null && same(cell, value as Cell))) return rule.kind === 'in';
    return rule.values.includes(null) ? null : rule.kind === 'not_in';
  }
  if (cell === null) return null;
  if (rule.kind === 'empty') return cell === '';
  if (rule.kind === 'not_empty') return cell !== '';
  const value = 'value' in rule ? (rule.value as Cell) : null;
  if (value === null) return null;
  switch (rule.kind) {
    case 'eq':
      return same(cell, value);
    case 'not_eq':
      return !same(cell, value);
    case 'lt':
      return cell < value;
    case 'le':
      return cell <= value;
    case 'gt':
      return cell > value;
    case 'ge':
      return cell >= value;
    default: {
      const parts = String(value)
        .split(/([%_])/)
        .map((part) => (part === '%' ? '.*' : part === '_' ? '.' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
      const matches = new RegExp(`^${parts.join('')}$`, 'su').test(String(cell));
      return rule.kind === 'like' ? matches : !matches;
    }
  }
}

const same = (cell: Cell, value: Cell): boolean => String(cell) === String(value);

/** True when the rule holds for the row. */
export const rowIsVisible = (rule: RowRule, row: Readonly<Record<string, Cell>>): boolean =>
  evaluate(rule, row) === true;
