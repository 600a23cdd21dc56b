/** English words that demand something of a query; a reading without it has not read them. */
import type { Query } from '../query/query.ts';

const NEGATION = /\b(?:not|never|without|except|excluding|neither|nor|other than)\b|n't\b/i;
/** "not more than", "not only", "whether or not". */
const NO_NEGATION =
  /\bnot (?:only|just|\w+er than|more than|less than|fewer than|over|below|above|under|later|earlier|exceed\w*)\b|\bor not\b/gi;
const NO = /^(?:no|n|false|f|0|none|not\b.*|non-.*)$/i;
/** "not paid" in the cell "unpaid". */
const OPPOSITE = /^(?:un|in|dis|non)(.{3,})$/i;

const ALPHABETICAL = /\balphabetic|\blexicographic/i;
const FALLING =
  /\b(?:descending|decreasing|reverse alphabetical|from (?:the )?(?:greatest|highest|largest|most|oldest|latest|biggest|newest|longest)\b)/i;
const RISING =
  /\b(?:ascending|increasing|from (?:the )?(?:lowest|smallest|least|youngest|earliest|shortest|oldest to (?:newest|latest))\b)/i;

function isNegated(query: Query, question: string): boolean {
  const negative = (cell: string): boolean => {
    const stem = OPPOSITE.exec(cell)?.[1];
    return (
      NO.test(cell) || (stem !== undefined && new RegExp(`\\b${stem.replace(/[^a-z0-9 ]/gi, '.')}`, 'i').test(question))
    );
  };
  if (query.set?.op === 'except') return true;
  return (
    [...query.where, ...query.having].some(
      (c) =>
        c.op === '!=' ||
        c.op === 'not in' ||
        c.op === 'not like' ||
        c.op === 'null' ||
        c.op === 'not null' ||
        c.values.some((v) => negative(String(v))) ||
        (c.sub !== null && isNegated(c.sub, question)),
    ) ||
    (query.set !== null && isNegated(query.set.right, question))
  );
}

/** True when a negation, an alphabetical order or a direction of the question is not in the query. */
export function leavesEnglishUnread(query: Query, question: string): boolean {
  if (/\p{Script=Han}/u.test(question)) return false;
  if (NEGATION.test(question.replace(NO_NEGATION, '')) && !isNegated(query, question)) return true;
  const [first] = query.order;
  if (first === undefined) return false;
  if (ALPHABETICAL.test(question) && !query.select.some((t) => t.col === first.col)) return true;
  const falling = FALLING.test(question);
  const rising = RISING.test(question);
  return falling !== rising && query.limit === null && query.descending !== falling;
}
