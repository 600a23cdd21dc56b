import type { Phrases, SentenceParts } from './phrases.ts';

const MEASURES = {
  count: (arg: string) => `${arg}的数量`,
  sum: (arg: string) => `${arg}合计`,
  avg: (arg: string) => `平均${arg}`,
  min: (arg: string) => `最小${arg}`,
  max: (arg: string) => `最大${arg}`,
  median: (arg: string) => `${arg}的中位数`,
  stddev: (arg: string) => `${arg}的标准差`,
} as const;

const UNITS: Readonly<Record<string, string>> = {
  year: '年',
  quarter: '季度',
  month: '月',
  week: '周',
  day: '天',
  weekday: '星期',
  hour: '小时',
};

const PARTS = {
  year: '年份',
  quarter: '季度',
  month: '月份',
  week: '周',
  day: '日',
  weekday: '星期',
  hour: '小时',
} as const;
const GRAINS = { year: '年', quarter: '季度', month: '月', week: '周', day: '日', hour: '小时' } as const;
const DIRECTIONS = {
  high: '从高到低',
  low: '从低到高',
  many: '从多到少',
  few: '从少到多',
  new: '从新到旧',
  old: '从早到晚',
  az: '升序',
  za: '降序',
} as const;
const SUPERLATIVES = {
  high: '最高',
  low: '最低',
  many: '最多',
  few: '最少',
  new: '最近',
  old: '最早',
  az: '最靠前',
  za: '最靠后',
} as const;

function list(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join('、')}${word === 'and' ? '和' : '或'}${items.at(-1)}`;
}

function sentence(parts: SentenceParts): string {
  const conditions = [...(parts.period === null ? [] : [parts.period]), ...parts.filters];
  const where = conditions.length > 0 ? `${conditions.join('、')}的` : '';
  const items = list(parts.items, 'and');
  let subject: string;
  if (parts.groups.length > 0) {
    subject = `${where === '' ? '' : `${where}${parts.table}，`}按${list(parts.groups, 'and')}统计${items}`;
  } else if (parts.shape === 'measures') {
    subject = where === '' ? items : `${where}${parts.table}，统计${items}`;
  } else {
    const what = parts.shape === 'all-columns' ? '全部信息' : items;
    subject = `${where}${parts.table}的${what}${parts.distinct ? '（去重）' : ''}`;
  }
  const clauses = [
    parts.having.length > 0 ? `仅保留${parts.having.join('、')}的` : '',
    parts.order ?? '',
    parts.order === null && parts.limit !== null ? `取前${parts.limit}条` : '',
    parts.offset ? `跳过前${parts.offset}条` : '',
  ].filter((clause) => clause !== '');
  return [subject, ...clauses].join('，');
}

/** Chinese wording. */
export const chinese: Phrases = {
  comma: '，',
  and: '且',
  or: '或',
  list,
  quoted: (text) => `“${text}”`,
  everything: '全部信息',
  today: '今天',
  rows: (table) => table,
  aggregate: (fn, arg, distinct) => MEASURES[fn](distinct ? `不同${arg}` : arg),
  countOf: (table) => `${table}数量`,
  onlyWhere: (measure, condition) => `${condition}的${measure}`,
  comparison: {
    '=': (left, right) => `${left}为${right}`,
    '!=': (left, right) => `${left}不为${right}`,
    '<': (left, right) => `${left}小于${right}`,
    '<=': (left, right) => `${left}不超过${right}`,
    '>': (left, right) => `${left}大于${right}`,
    '>=': (left, right) => `${left}不低于${right}`,
  },
  dateComparison: {
    '=': (left, right) => `${left}为${right}`,
    '!=': (left, right) => `${left}不为${right}`,
    '<': (left, right) => `${left}早于${right}`,
    '<=': (left, right) => `${left}在${right}及之前`,
    '>': (left, right) => `${left}晚于${right}`,
    '>=': (left, right) => `${left}在${right}及之后`,
  },
  between: (arg, low, high, negated) => `${arg}${negated ? '不' : ''}在${low}到${high}之间`,
  oneOf: (arg, values, negated) => `${arg}${negated ? '不是' : '是'}${values}`,
  among: (arg, plan, negated) => `${arg}${negated ? '不' : ''}在（${plan}）之中`,
  exists: (plan, negated) => `${negated ? '不存在' : '存在'}（${plan}）`,
  empty: (arg, negated) => `${arg}${negated ? '不为空' : '为空'}`,
  like(arg, how, text, negated) {
    const verbs = negated
      ? { contains: '不包含', starts: '不以', ends: '不以', like: '不匹配' }
      : { contains: '包含', starts: '以', ends: '以', like: '匹配' };
    const tail = how === 'starts' ? '开头' : how === 'ends' ? '结尾' : '';
    return `${arg}${verbs[how]}“${text}”${tail}`;
  },
  not: (condition) => `并非（${condition}）`,
  either: (conditions) => `（${conditions.join('，或')}）`,
  period(column, from, to) {
    const said = (day: string): string => {
      const [year, month, date] = day.split('-');
      return date ? day : month ? `${year}年${Number(month)}月` : `${year}年`;
    };
    const on = column === null ? '' : `${column}在`;
    return from === to ? `${on}${said(from)}` : `${on}${said(from)}至${said(to)}`;
  },
  grain: (grain, arg) => (grain === 'day' ? arg : `${arg}（${GRAINS[grain]}）`),
  part: (part, arg) => `${arg}的${PARTS[part]}`,
  shifted: (arg, amount, unit) =>
    `${arg}${amount < 0 ? '前' : '后'}${Math.abs(amount)}${unit === 'month' ? '个月' : UNITS[unit]}`,
  difference: (unit, from, to) => `${from}到${to}的${unit === 'month' ? '月' : UNITS[unit]}数`,
  depends: '按条件取值',
  window(fn, partition, order, running) {
    const within = partition === '' ? '' : `各${partition}内`;
    const along = order === '' ? '' : `按${order}${running ? '累计' : ''}`;
    return `${within}${along}${within + along === '' ? '' : '的'}${fn}`;
  },
  ranking: (name) => (name === 'row_number' ? '序号' : '排名'),
  previous: (arg) => `上一期${arg}`,
  combined(op, left, right) {
    if (op === 'intersect') return `同时属于（${left}）与（${right}）`;
    if (op === 'except') return `（${left}）中排除（${right}）`;
    return `（${left}）加上（${right}）`;
  },
  sentence,
  order: (key, direction) => `按${key}${DIRECTIONS[direction]}`,
  top: (limit, key, direction) =>
    limit === 1 ? `取${key}${SUPERLATIVES[direction]}的一条` : `取${key}${SUPERLATIVES[direction]}的${limit}条`,
};
