/** An expression of the tree in a few words, for messages; what is not known is shown by its variant. */
import { isTreeObject, type TreeValue, treeList, treeName } from '../parse/index.ts';
import { bare, columnText } from './tree-search.ts';

const OPERATORS: Readonly<Record<string, string>> = {
  eq: '=',
  neq: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  and: 'AND',
  or: 'OR',
  like: 'LIKE',
  i_like: 'ILIKE',
  concat: '||',
};
const MAX = 80;

export function printExpression(value: TreeValue | undefined): string {
  const text = print(value);
  return text.length > MAX ? `${text.slice(0, MAX - 1)}…` : text;
}

function print(value: TreeValue | undefined): string {
  const node = bare(value);
  if (!node) return '';
  const { variant, data } = node;
  const operator = OPERATORS[variant];
  if (operator) return `${print(data.left)} ${operator} ${print(data.right)}`;
  switch (variant) {
    case 'column':
      return columnText(value) ?? '';
    case 'literal':
      return data.literal_type === 'string' ? `'${data.value}'` : String(data.value);
    case 'null':
      return 'NULL';
    case 'star':
      return '*';
    case 'alias':
      return print(data.this);
    case 'not':
      return `NOT ${print(data.this)}`;
    case 'is_null':
      return `${print(data.this)} IS NULL`;
    case 'in':
      return `${print(data.this)} IN (…)`;
    case 'between':
      return `${print(data.this)} BETWEEN ${print(data.low)} AND ${print(data.high)}`;
    case 'cast':
      return `CAST(${print(data.this)} AS …)`;
    case 'select':
    case 'subquery':
      return '(SELECT …)';
    case 'function':
    case 'aggregate_function':
      return `${typeof data.name === 'string' ? data.name : (treeName(data.name)?.name ?? variant)}(${treeList(data.args).map(print).join(', ')})`;
    default: {
      const inner =
        data.star === true
          ? '*'
          : isTreeObject(data.this)
            ? print(data.this)
            : treeList(data.expressions).map(print).join(', ');
      return `${variant.toUpperCase()}(${inner})`;
    }
  }
}
