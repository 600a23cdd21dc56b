/**
 * Reading the parser's tree. An expression is an object with one key, the variant (`{ select: {…} }`,
 * `{ column: {…} }`); its value holds fields, lists and further expressions. The tree is read as plain JSON:
 * hundreds of variants exist, and whoever walks it must refuse those it does not know.
 */

/** Any node, field bag or list of the tree. */
export type TreeValue = null | boolean | number | string | TreeList | TreeObject;
export type TreeList = readonly TreeValue[];
export interface TreeObject {
  readonly [key: string]: TreeValue | undefined;
}

/** One expression: its variant and that variant's fields. */
export interface TreeNode {
  readonly variant: string;
  readonly data: TreeObject;
}

/** A name as written: `quoted` tells whether quotes protect its case; offsets are those of the statement's text. */
export interface NameNode {
  readonly name: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

export const isTreeObject = (value: TreeValue | undefined): value is TreeObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const EMPTY: TreeObject = {};

/** Splits `{ variant: data }`; null for anything else. Data that is not an object (e.g. `{ null: null }`) becomes `{}`. */
export function treeNode(value: TreeValue | undefined): TreeNode | null {
  if (!isTreeObject(value)) return null;
  const keys = Object.keys(value);
  if (keys.length !== 1) return null;
  const variant = keys[0] as string;
  const data = value[variant];
  return { variant, data: isTreeObject(data) ? data : EMPTY };
}

/** The field as a list; an absent or null field is the empty list. */
export function treeList(value: TreeValue | undefined): TreeList {
  return Array.isArray(value) ? value : [];
}

/** The field as an expression that is of the given variant, else null. */
export function treeData(value: TreeValue | undefined, variant: string): TreeObject | null {
  const node = treeNode(value);
  return node?.variant === variant ? node.data : null;
}

/** An identifier field (`{ name, quoted, span }`), else null. */
export function treeName(value: TreeValue | undefined): NameNode | null {
  if (!isTreeObject(value) || typeof value.name !== 'string') return null;
  const span = isTreeObject(value.span) ? value.span : EMPTY;
  return {
    name: value.name,
    quoted: value.quoted === true,
    start: typeof span.start === 'number' ? span.start : -1,
    end: typeof span.end === 'number' ? span.end : -1,
  };
}
