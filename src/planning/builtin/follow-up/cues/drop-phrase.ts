/** "drop the region filter", "regardless of the year", "all regions", 去掉地区筛选, 不限时间: what is to go. */
export interface DropPhrase {
  /** `all`: "all regions" is an edit only where regions were limited. `exclude`: 不要华东 never keeps East China. */
  readonly kind: 'drop' | 'all' | 'exclude';
  /** What is left when the words for dropping and for conditions are taken away. */
  readonly target: string;
  readonly filter: boolean;
  readonly limit: boolean;
  readonly group: boolean;
  readonly order: boolean;
  /** The condition that was set last. */
  readonly last: boolean;
  /** More than one of them. */
  readonly every: boolean;
}

const LEAD = '(?:please|now|ok(?:ay)?|and|then|but|so|can you|could you|let us|show(?: me)?|give me)';
const VERB =
  'drop|remove|delete|clear|ignor(?:e|ing)|cancel|undo|lift|disregard(?:ing)?|forget(?: about)?|take (?:off|out|away)|get rid of|regardless of|irrespective of|no';
const ENGLISH: readonly (readonly [DropPhrase['kind'], RegExp])[] = [
  ['drop', new RegExp(`^(?:${LEAD}[ ,]+)*(?:${VERB})\\b(?<what>.*)$`, 'i')],
  ['exclude', new RegExp(`^(?:${LEAD}[ ,]+)*without\\b(?<what>.*)$`, 'i')],
  ['all', new RegExp(`^(?:(?:${LEAD}|for|in|of|across|over)[ ,]+)*(?:all|every|any)\\b(?<what>.*)$`, 'i')],
];
const CHINESE_LEAD = '(?:请|帮我|那么?|再|然后|现在|把|将|看|查看|显示|展示|只是)*';
const CHINESE_VERB = '去掉|去除|取消|不限制?|不分|移除|清除|删除|删掉|撤销|解除|忽略|不考虑|不管|不看';
const CHINESE: readonly (readonly [DropPhrase['kind'], RegExp])[] = [
  ['drop', new RegExp(`^${CHINESE_LEAD}(?:${CHINESE_VERB})(?<what>.*)$`)],
  ['drop', new RegExp(`^${CHINESE_LEAD}(?<what>.*?)(?:${CHINESE_VERB})(?:吧|了)?$`)],
  ['exclude', new RegExp(`^${CHINESE_LEAD}不要(?<what>.*)$`)],
  ['all', new RegExp(`^${CHINESE_LEAD}(?:所有|全部|全体)(?<what>.*)$`)],
];
const FILTER = /\b(?:filters?|conditions?|restrictions?|filtering)\b|筛选条件|过滤条件|限制条件|筛选|过滤|条件|限制/gi;
const LIMIT = /\b(?:limits?|top(?: \d+)?|first \d+)\b|(?:数量|条数|行数)(?:限制)?|前\d+[名个条位]?/gi;
const GROUP = /\b(?:group(?:ing)?s?|breakdown|split)\b|分组|拆分|维度/gi;
const ORDER = /\b(?:sort(?:ing)?|order(?:ing)?)\b|排序/gi;
const LAST = /\b(?:last|latest|previous)\b|最后|最近|刚才|上一个/gi;
const EVERY = /\b(?:all|any|every|filters|conditions|restrictions)\b|所有|全部/gi;
const FILLER =
  /\b(?:the|a|an|that|this|those|these|my|on|of|for|by|to|in|one|it|them|please)\b|的|那个|这个|一个|对于|对|掉|[?？.。!！,，]/gi;

/** Reads a whole question as dropping something; null when it is none. */
export function readDropPhrase(text: string): DropPhrase | null {
  for (const [kind, pattern] of [...ENGLISH, ...CHINESE]) {
    const what = pattern.exec(text.trim())?.groups?.what;
    if (what === undefined) continue;
    const filter = what.search(FILTER) >= 0;
    const limit = what.search(LIMIT) >= 0;
    const group = what.search(GROUP) >= 0;
    const order = what.search(ORDER) >= 0;
    const last = (filter || group) && what.search(LAST) >= 0;
    let target = what.replace(LIMIT, ' ').replace(FILTER, ' ').replace(GROUP, ' ');
    if (last) target = target.replace(LAST, ' ');
    const every = what.search(EVERY) >= 0;
    if (filter) target = target.replace(EVERY, ' ');
    if (order) target = target.replace(ORDER, ' ');
    target = target.replace(FILLER, ' ').replace(/\s+/g, ' ').trim();
    return { kind, target, filter, limit, group, order, last, every };
  }
  return null;
}
