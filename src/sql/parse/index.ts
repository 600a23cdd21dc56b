export type { ParseFailure } from './parse-failure.ts';
export { type ParsedStatement, parseSql, parseSqlSync } from './parse-sql.ts';
export { loadParser } from './parsers.ts';
export type { Token, TokenKind } from './tokens.ts';
export {
  isTreeObject,
  type NameNode,
  type TreeList,
  type TreeNode,
  type TreeObject,
  type TreeValue,
  treeData,
  treeList,
  treeName,
  treeNode,
} from './tree.ts';
