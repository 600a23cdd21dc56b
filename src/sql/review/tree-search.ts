/** Looking for things in the parser's tree. */
import {
  isTreeObject,
  type ParsedStatement,
  type TreeNode,
  type TreeObject,
  type TreeValue,
  treeData,
  treeList,
  treeName,
  treeNode,
} from '../parse/index.ts';
import type { QueryBlock } from './review-rule.ts';

const QUERIES = new Set(['select', 'union', 'intersect', 'except', 'subquery']);

/** Every expression below a value, itself first; nested queries are entered only when asked for. */
export function* nodesOf(value: TreeValue | undefined, enterQueries = false): Generator<TreeNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item, enterQueries);
    return;
  }
  if (!isTreeObject(value)) return;
  const node = asExpression(value);
  if (node) {
    yield node;
    if (!enterQueries && QUERIES.has(node.variant)) return;
    for (const field of Object.values(node.data)) yield* nodesOf(field, enterQueries);
    return;
  }
  for (const field of Object.values(value)) yield* nodesOf(field, enterQueries);
}

/** An object with one key that holds an object is an expression; fields such as `{ this: … }` are not. */
function asExpression(value: TreeObject): TreeNode | null {
  const node = treeNode(value);
  return node && node.variant !== 'this' && node.variant !== 'expressions' ? node : null;
}

/** The expressions of one variant below a value. */
export const find = (value: TreeValue | undefined, ...variants: readonly string[]): TreeNode[] =>
  [...nodesOf(value)].filter((node) => variants.includes(node.variant));

export const where = (select: TreeObject): TreeValue | undefined =>
  isTreeObject(select.where_clause) ? select.where_clause.this : undefined;
export const having = (select: TreeObject): TreeValue | undefined =>
  isTreeObject(select.having) ? select.having.this : undefined;
export const groupKeys = (select: TreeObject): readonly TreeValue[] =>
  isTreeObject(select.group_by) ? treeList(select.group_by.expressions) : [];
export const orderKeys = (select: TreeObject): readonly TreeValue[] =>
  isTreeObject(select.order_by) ? treeList(select.order_by.expressions) : [];
export const joinsOf = (select: TreeObject): readonly TreeObject[] => treeList(select.joins).filter(isTreeObject);
export const fromEntries = (select: TreeObject): readonly TreeValue[] =>
  isTreeObject(select.from) ? treeList(select.from.expressions) : [];

/** An expression without the brackets around it. */
export function bare(value: TreeValue | undefined): TreeNode | null {
  let node = treeNode(value);
  while (node?.variant === 'paren') node = treeNode(node.data.this);
  return node;
}

/** The conditions that are joined by AND. */
export function conjuncts(value: TreeValue | undefined): TreeNode[] {
  const node = bare(value);
  if (!node) return [];
  return node.variant === 'and' ? [...conjuncts(node.data.left), ...conjuncts(node.data.right)] : [node];
}

export function disjuncts(value: TreeValue | undefined): TreeNode[] {
  const node = bare(value);
  if (!node) return [];
  return node.variant === 'or' ? [...disjuncts(node.data.left), ...disjuncts(node.data.right)] : [node];
}

export const COMPARISONS = new Set(['eq', 'neq', 'lt', 'lte', 'gt', 'gte']);

/** `t.c` or `c` of a column expression. */
export function columnText(value: TreeValue | undefined): string | null {
  const node = bare(value);
  if (node?.variant !== 'column') return null;
  const table = treeName(node.data.table)?.name;
  const name = treeName(node.data.name)?.name ?? '';
  return table ? `${table}.${name}` : name;
}

export const literalOf = (value: TreeValue | undefined): { readonly type: string; readonly value: string } | null => {
  const node = bare(value);
  if (node?.variant !== 'literal') return null;
  return { type: String(node.data.literal_type ?? ''), value: String(node.data.value ?? '') };
};

/** A form of an expression that is equal for equal text: names and structure, no positions. */
export const shapeOf = (value: TreeValue | undefined): string =>
  JSON.stringify(value ?? null, (key, inner: unknown) =>
    key === 'span' || key.endsWith('comments') ? undefined : inner,
  );

/** Every SELECT of the statement and where it stands. */
export function blocksOf(parsed: ParsedStatement): QueryBlock[] {
  const blocks: QueryBlock[] = [];
  const visit = (value: TreeValue | undefined, place: QueryBlock['place']): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, place);
      return;
    }
    if (!isTreeObject(value)) return;
    for (const [key, field] of Object.entries(value)) {
      if (key === 'select' && isTreeObject(field)) {
        blocks.push({ select: field, place });
        descend(field);
      } else visit(field, placeBelow(key, place));
    }
  };
  const descend = (select: TreeObject): void => {
    for (const [key, field] of Object.entries(select)) {
      visit(field, key === 'with' ? 'cte' : key === 'from' || key === 'joins' ? 'from' : 'scalar');
    }
  };
  visit({ [parsed.tree.variant]: parsed.tree.data }, 'outer');
  return blocks;
}

const placeBelow = (key: string, place: QueryBlock['place']): QueryBlock['place'] =>
  key === 'in' || key === 'query' ? 'in' : key === 'exists' ? 'exists' : key === 'with' ? 'cte' : place;

/** Names of tables in FROM and JOIN of one block, with their aliases. */
export function tablesOf(select: TreeObject): { readonly name: string; readonly alias: string | null }[] {
  const entries = [...fromEntries(select), ...joinsOf(select).map((join) => join.this)];
  return entries.flatMap((entry) => {
    const table = treeData(entry, 'table');
    const name = table && treeName(table.name)?.name;
    return table && name ? [{ name, alias: treeName(table.alias)?.name ?? null }] : [];
  });
}
