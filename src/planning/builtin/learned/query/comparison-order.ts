/** Which of two compared things comes first: "A is how many times B" divides A by B, not the other way round. */
import { isScalarOp, type Query } from './query.ts';

/** Less, lower, later … of the first thing: the difference is taken from the second. */
const LESS =
  /比[^，。？,?]{1,24}?((?<!多)少|低|小|矮|轻|短|晚|慢|便宜|年轻)|\b(less|fewer|lower|smaller|shorter|cheaper|younger|lighter)\b/u;

/** False when both things compared are named and the query turns them round. */
export function keepsOrder(query: Query, question: string): boolean {
  if (query.set === null || !isScalarOp(query.set.op)) return true;
  const left = placeOf(query, question);
  const right = placeOf(query.set.right, question);
  if (left < 0 || right < 0 || left === right) return true;
  const swapped = query.set.op === '-' && LESS.test(question);
  return swapped ? left > right : left < right;
}

/** Where the only text that a side is about stands in the question, -1 when it is spelt differently. */
function placeOf(side: Query, question: string): number {
  const named = side.where.filter((c) => c.op === '=' && typeof c.values[0] === 'string');
  return named.length === 1 ? question.indexOf(String(named[0]!.values[0])) : -1;
}
