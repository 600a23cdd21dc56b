import type { Frame } from '../grammar/frame.ts';
import type { Unit } from '../grammar/units.ts';

const ENGLISH =
  /^\s*(?:and|but|or|now|then|ok(?:ay)?|so|what about|how about|only|just|same|also|instead|what if)\b|\b(?:instead|them|those|these|it|their|its|the same|that one|as well|again|rather|they|he|she|his|her|him)\b|\b(?:break|split) (?:it|this|that|them) (?:down|up)?|^\s*(?:by|per|for|in|sort|order|group|top|excluding|exclude|without|filter|limit)\b/i;
const CHINESE =
  /^(?:那么?|再|然后|只|仅|换|改|按|分|其中|去掉|排除|除去|不要|加上|前\d|取前)|呢[?？。!！]*$|换成|改成|改为|换为|换到|只看|只要|仅看|这些|它们|他们|其中|上述|上面的|同样|刚才|前面的/;
const REPLACE =
  /\binstead\b|\brather than\b|\bswitch\b|\bchange\b|\breplace\b|换成|改成|改为|换为|改按|换到|换个|改看|改用/i;
const DROP =
  /\b(?:drop|remove|without|ignore|clear)\b.*\b(?:filter|condition|restriction)s?\b|\bregardless of\b|\ball (?=\w+s\b)|去掉|取消|不限|不分|所有|全部|不要/i;

/** "how many are there?", 一共有多少个: counts what was just shown. */
const COUNT_OF_THAT =
  /^\s*how many(?: (?:are there|is that|of them|of those|in total))?\s*\??\s*$|^(?:那|一共|总共|共)*有?(?:多少|几)[个条人家笔单位名]?[?？]?$/i;

/** A pronoun before any noun it could stand for, or at the end: it means what was shown before. */
const POINTER =
  /^\s*(?:[\w']+\s+){0,4}?(?:their|its|his|her|him|them|they|he|she|those|these|that one|this one)\b|\b(?:do|does|did|are|is|were|was|have|has) (?:they|he|she|it)\b|\b(?:of|for|by|from|with|in) (?:them|those|these|it)\s*[?.!]*$|^(?:[^，。]{0,6})(?:他们|她们|它们|他|她|它|这些|那些|其中)/i;
/** Columns are shown beside those that were there, not instead. */
const BESIDE =
  /\b(?:also|too|as well|add|include|including|along with|together with|plus|beside|next to)\b|^\s*and\b|也|还|同时|一起|加上|另外|以及/i;
/** Asks which rows they are, where only a number was shown. */
const WHICH_ROWS = /^\s*(?:and |so |now )*(?:which|who|whose)\b|哪些|哪个|谁/i;
/** The measure that is there already. */
const SAME_MEASURE =
  /\b(?:that|this|the) (?:number|count|amount|value|figure|total|average|sum)\b|这个(?:数|值|数量|金额)/i;

/** How a question leans on the one before. */
export interface FollowUpCues {
  /** Words that point back or ask to change something. */
  readonly explicit: boolean;
  /** Put in place of what was there, instead of beside it. */
  readonly replace: boolean;
  readonly drop: boolean;
  /** A pronoun for what was shown: the question means nothing by itself. */
  readonly pointing: boolean;
  /** Columns are added to those shown. */
  readonly beside: boolean;
  /** Wants rows, not a number of them. */
  readonly rows: boolean;
  /** Speaks of the measure that is there: "sort by that number". */
  readonly sameMeasure: boolean;
  /** "what about X", X呢. */
  readonly about: boolean;
  /** Too little of a question to stand alone: only groups, filters, periods, orders. */
  readonly fragment: boolean;
}

export function followUpCues(text: string, frame: Frame, units: readonly Unit[]): FollowUpCues {
  const edits =
    frame.dims.length +
    frame.filters.length +
    frame.periods.length +
    frame.order.length +
    frame.conditions.length +
    frame.flags.length +
    (frame.limit === null ? 0 : 1) +
    (frame.share ? 1 : 0) +
    (frame.growth === null ? 0 : 1) +
    (frame.running ? 1 : 0);
  const counts = frame.measures.filter((slot) => slot.unit !== null);
  return {
    explicit: ENGLISH.test(text) || CHINESE.test(text) || COUNT_OF_THAT.test(text),
    replace: REPLACE.test(text),
    drop: DROP.test(text),
    pointing: POINTER.test(text),
    beside: BESIDE.test(text),
    rows: WHICH_ROWS.test(text),
    sameMeasure: SAME_MEASURE.test(text),
    about: /\b(?:what|how) about\b|呢[?？。!！]*\s*$/i.test(text),
    fragment: counts.length === 0 && frame.entity === null && edits > 0 && units.length <= 12,
  };
}
