import type { Frame } from '../../grammar/frame.ts';
import type { Unit } from '../../grammar/units.ts';

/** Words that ask for a change of what is there, or mean it. */
const ENGLISH =
  /^\s*(?:and|but|or|now|then|ok(?:ay)?|so|what about|how about|only|just|same|also|instead|what if|excluding|exclude|except|without)\b|\b(?:instead|them|those|these|it|their|its|the same|that one|as well|again|rather|they|he|she|his|her|him|too|also)\b|\b(?:break|split) (?:it|this|that|them) (?:down|up)?/i;
const CHINESE =
  /^(?:那么?|再|然后|只|仅|换|改|也|还|另外|同时|其中|去掉|排除|除去|不要|加上)|呢[?？。!！]*$|换成|改成|改为|换为|换到|只看|只要|仅看|这些|它们|他们|其中|上述|上面的|同样|刚才|前面的/;
/** Words that an edit begins with, but also a question of its own: "by region", "in 2024, how many orders". */
const BEGINNING =
  /^\s*(?:by|per|for|in|sort(?:ed)?|order(?:ed)?|group(?:ed)?|rank(?:ed)?|top|filter|limit)\b|^(?:按|分|前\d|取前)/i;
const REPLACE =
  /\binstead\b|\brather than\b|\bswitch\b|\bchange\b|\breplace\b|换成|改成|改为|换为|改按|换到|换个|改看|改用/i;
/** "how many are there?", 一共有多少个: counts what was just shown. */
const COUNT_OF_THAT =
  /^\s*(?:and |so )?how many(?: (?:of (?:them|those|these)|are (?:there|they|those|these)|is that|in total))*\s*[?.]*\s*$|^(?:那|它们|这些|其中|一共|总共|共)*有?(?:多少|几)[个条人家笔单位名]?[?？]?$/i;

/** A pronoun before any noun it could stand for, or at the end: it means what was shown before. */
const POINTER =
  /\b(?:is|are|was|were|do|does|did|has|have|had|of|for|from|with|by|in|at|on|to|only|just) (?:that|this) (?!day|week|month|quarter|year|time|number|amount|value|figure|count|total|average)[a-z]+\b|^\s*(?:[\w']+\s+){0,4}?(?:their|its|his|her|him|them|they|he|she|those|these|that one|this one)\b|\b(?:do|does|did|are|is|were|was|have|has) (?:they|he|she|it)\b|\b(?:of|for|by|from|with|in|to) (?:them|those|these|it)\b(?! (?:down|up)\b)|\b(?:them|these|those|it|(?:that|this) one)\s*[?.!]*$|\bthe (?:first|top) one\b|\b(?:in|during|on|of|for) that (?:day|week|month|quarter|year)\b|\b(?:from|out|located|living|live|lives|sold|spent|made|placed|work|works|based|(?!are\b|is\b|was\b|were\b)[a-z]+) there\s*[?.!]*$|^其(?!中|他|余)|^(?:[^，。]{0,6})(?:他们|她们|它们|他|她|它|这些|那些|其中|那里|那边|那儿|当地|这里面|里面|[这那]个(?!月|季|星期|周|礼拜|年|数|值|金额)|[这那][家位几款部首张名种类]|该(?!月|年|季))/i;
/** Columns are shown beside those that were there, not instead. */
const BESIDE =
  /\b(?:also|too|as well|add|include|including|along with|together with|plus|beside|next to)\b|^\s*and\b|也|还|同时|一起|加上|另外|以及/i;
const BESIDE_MEASURE = /\b(?:also|too|as well|along with|together with|in addition|add)\b|加上|也|同时|一起|另外/i;
/** Asks which rows they are, where only a number was shown. */
const WHICH_ROWS = /^\s*(?:and |so |now )*(?:which|who|whose)\b|哪些|哪个|谁/i;
/** Narrows down to what is named, and never groups by it. */
const ONLY = /^\s*(?:and |but |now )?(?:only|just)\b|只看|只要|仅看|仅限|^[只仅]/i;
/** Asks for something: more than the name of a measure. */
const ASKS =
  /^\s*(?:how|what|which|who|when|where|show|list|count|give|find|tell|get|is|are|do|does)\b|多少|几|查|列|显示|统计|看|是|有/i;
/** The measure that is there already. */
const SAME_MEASURE =
  /\b(?:that|this|the) (?:number|count|amount|value|figure|total|average|sum)\b|这个(?:数|值|数量|金额)/i;

/** In the order of time, whatever the date is called. */
const BY_TIME =
  /\b(?:sort|order|arrange)(?:ed)?(?: them| it| these| those| the \w+)? by (?:time|date)\b|\b(?:in )?chronological(?:ly| order)|按(?:照)?(?:时间|日期)(?:先后|顺序)?(?:升序|降序|倒序|正序)?(?:来)?(?:排序|排列|排)|时间(?:顺序|倒序|升序|降序|正序)/i;

const ABOUT = /\b(?:what|how) about\b|呢[?？。!！]*\s*$/i;

/** Takes "how about" out of a frame. */
function takeAbout(text: string, frame: Frame, units: readonly Unit[]): boolean {
  const match = ABOUT.exec(text);
  if (match === null) return false;
  for (const unit of units)
    if (unit.start >= match.index && unit.end <= match.index + match[0].length) frame.used.add(unit);
  return true;
}

const FIRST = /\b(?:first|top|number|no\.?) (?:one|1|place)\b|第一(?:名|位|个|家|的)?|榜首|排名第一/i;

/** "which customers are in the first one?": of all that was shown only the first. */
export function takeFirstOne(text: string, frame: Frame, units: readonly Unit[]): boolean {
  const match =
    /\b(?:of|in|for|from|by|to|at|with|about) the (?:first|top|best) one\b|第一(?:名|位|个|家)的|最[高多大好]的(?:那|这)?(?:一)?[个家位种]/i.exec(
      text,
    );
  if (match === null) return false;
  for (const unit of units)
    if (unit.start < match.index + match[0].length && unit.end > match.index) frame.used.add(unit);
  return true;
}

/** Takes "only the first one" out of a frame that says no other number. */
function takeFirst(text: string, frame: Frame, units: readonly Unit[]): void {
  const match = FIRST.exec(text);
  const bare = frame.order.length + frame.measures.length + frame.dims.length + frame.filters.length === 0;
  if (match === null || !ONLY.test(text) || frame.limit !== null || !bare || frame.entity !== null) return;
  for (const unit of units)
    if (unit.start < match.index + match[0].length && unit.end > match.index) frame.used.add(unit);
  frame.limit = 1;
}

/** Takes "sort by time" out of a frame. */
function takeTimeOrder(text: string, frame: Frame, units: readonly Unit[]): boolean {
  const match = BY_TIME.exec(text);
  if (match === null) return false;
  for (const unit of units)
    if (unit.start >= match.index && unit.end <= match.index + match[0].length) frame.used.add(unit);
  const latest = /倒序|降序|descending|latest|newest|most recent/i.test(text);
  frame.order.splice(0, frame.order.length, { by: 'first-measure', descending: latest, superlative: null });
  frame.dims.splice(0, frame.dims.length);
  frame.columns.splice(0, frame.columns.length);
  return true;
}

const EACH =
  /\beach\s*[?.!]*$|\b(?:does|do|did|has|have|had|in|for|of|from|by|with|is|are|on|to) each\b(?! (?!one\b|of (?:them|those|these)\b|have\b|has\b|had\b|get\b|got\b|place[d]?\b|make[s]?\b)\w)|各自?有|各自的?|各(?:是|下|买|卖|占|花|为|多少|几)|分别(?:有|是|下|买|卖|多少|属于|来自|在|为)|每[个家位名]有/i;

/** Takes "each" out of a frame when it stands for what was shown; false when it does not. */
function takeEach(text: string, frame: Frame, units: readonly Unit[]): boolean {
  if (!EACH.test(text)) return false;
  for (const [at, unit] of units.entries()) {
    const before = units[at - 1];
    const one = unit.number?.value === 1 && before?.cues.some((cue) => cue.kind === 'each') === true;
    if (one || unit.cues.some((cue) => cue.kind === 'each')) frame.used.add(unit);
  }
  // "what percentage is each?"
  const share = units.find((unit) => unit.cues.some((cue) => cue.kind === 'share'));
  if (share !== undefined && frame.columns.includes(share)) {
    frame.columns.splice(frame.columns.indexOf(share), 1);
    frame.share = true;
  }
  return true;
}

/** True for more than a fragment: "how many …", 查询…. */
export const asksForSomething = (text: string): boolean => ASKS.test(text);

const DANGLING =
  /^(?!.*\b(?:and|or|with|each|every)\b).*\b(?:them|those|these|it)\s*[?.!]*$|^(?!.*\b(?:and|or|with)\b)\s*(?:which|who|what|where|when|how)\b.*\b(?:do|does|did|are|were) (?:they|he|she)\b|^\s*(?:(?:and|so|ok(?:ay)?)\s+)?(?:what|who|where|when|how)(?:'s|\s+(?:is|are|was|were))\s+(?:his|her|their|its)\b|^\s*(?:list|show|give|tell|get|find)(?: me)?(?: all)?(?: of)? (?:his|her|their|its)\b|^(?:列出|告诉我|给出|显示|查询)?(?:他们|她们|它们|他|她|它|这些|那些)/i;

/** True when a question speaks of something that it does not name: "who bought them?". */
export const namesNothing = (text: string): boolean => DANGLING.test(text);

/** How a question leans on the one before. */
export interface FollowUpCues {
  /** Words that point back or ask to change something. */
  readonly explicit: boolean;
  /** Put in place of what was there, instead of beside it. */
  readonly replace: boolean;
  /** A pronoun for what was shown: the question means nothing by itself. */
  readonly pointing: boolean;
  /** Columns are added to those shown. */
  readonly beside: boolean;
  /** A measure is added to the one that is there. */
  readonly besideMeasure: boolean;
  /** Wants rows, not a number of them. */
  readonly rows: boolean;
  /** Says which end comes first. */
  readonly directed: boolean;
  /** Speaks of the measure that is there: "sort by that number". */
  readonly sameMeasure: boolean;
  /** "what about X", X呢. */
  readonly about: boolean;
  /** Narrows down to what is named. */
  readonly only: boolean;
  /** "each", for the things that were shown. */
  readonly each: boolean;
  /** Puts the rows in the order of time. */
  readonly byTime: boolean;
  /** Asks how many there are of what was shown. */
  readonly countsThat: boolean;
  /** Too little of a question to stand alone: only groups, filters, periods, orders. */
  readonly fragment: boolean;
}

export function followUpCues(text: string, frame: Frame, units: readonly Unit[]): FollowUpCues {
  const each = takeEach(text, frame, units);
  const byTime = takeTimeOrder(text, frame, units);
  takeFirst(text, frame, units);
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
  const ranked = frame.entity !== null && frame.order.some((order) => order.by !== 'first-measure');
  const alone = counts.length > 0 || ranked;
  const countsThat = COUNT_OF_THAT.test(text);
  const bareMeasure = counts.length > 0 && edits === 0 && frame.columns.length === 0 && !asksForSomething(text);
  return {
    explicit: ENGLISH.test(text) || CHINESE.test(text) || countsThat || each || (BEGINNING.test(text) && !alone),
    replace: REPLACE.test(text),
    pointing: POINTER.test(text),
    beside: BESIDE.test(text),
    besideMeasure: BESIDE_MEASURE.test(text),
    rows: WHICH_ROWS.test(text),
    sameMeasure: SAME_MEASURE.test(text),
    directed: units.some((unit) => unit.cues.some((cue) => cue.kind === 'direction')),
    about: takeAbout(text, frame, units),
    only: ONLY.test(text),
    each,
    byTime,
    countsThat,
    fragment: frame.entity === null && units.length <= 12 && ((counts.length === 0 && edits > 0) || bareMeasure),
  };
}
