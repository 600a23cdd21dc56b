import type { AggregateName, ComparisonOp } from '../../../sql/index.ts';
import { SUPERLATIVES, type Superlative } from './superlatives.ts';

/** What a function word asks for. */
export type Cue =
  | { readonly kind: 'count' }
  | { readonly kind: 'how-much' }
  | { readonly kind: 'aggregate'; readonly fn: AggregateName }
  | { readonly kind: 'superlative'; readonly superlative: Superlative }
  | { readonly kind: 'top'; readonly descending: boolean }
  | { readonly kind: 'group' }
  | { readonly kind: 'each' }
  | { readonly kind: 'distribution' }
  /** Stands before its number (超过, more than) or, `after`, behind it (以上, or more). */
  | { readonly kind: 'compare'; readonly op: ComparisonOp; readonly after: boolean; readonly superlative?: Superlative }
  | { readonly kind: 'between' }
  | { readonly kind: 'not' }
  | { readonly kind: 'without' }
  | { readonly kind: 'order'; readonly descending: boolean | null }
  | { readonly kind: 'direction'; readonly descending: boolean }
  | { readonly kind: 'share' }
  | { readonly kind: 'growth'; readonly base: 'year' | 'previous' }
  | { readonly kind: 'versus' }
  | { readonly kind: 'trend' }
  | { readonly kind: 'running' }
  | { readonly kind: 'what' }
  | { readonly kind: 'list' }
  | { readonly kind: 'rows' }
  | { readonly kind: 'all' }
  | { readonly kind: 'and' }
  | { readonly kind: 'or' }
  | { readonly kind: 'distinct' }
  | { readonly kind: 'average-reference'; readonly op: ComparisonOp; readonly superlative?: Superlative }
  | { readonly kind: 'contains' }
  | { readonly kind: 'starts' }
  | { readonly kind: 'ends' }
  | { readonly kind: 'have' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'average-order' }
  | { readonly kind: 'stock'; readonly empty: boolean }
  | { readonly kind: 'unit' };

const GREATER =
  'more than, greater than, over, above, exceeding, exceeds, exceed, exceeded, higher than, larger than, bigger than, in excess of, 超过, 大于, 高于, 多于, 超出, 不止, 高过, 大过, 超, 突破, >';
const LESS =
  'less than, fewer than, under, below, lower than, smaller than, not reaching, 少于, 小于, 低于, 不足, 不到, 不满, 未满, 未达到, <';
const AT_LEAST =
  'at least, no less than, not less than, no fewer than, not fewer than, minimum of, greater than or equal to, 至少, 不少于, 不低于, 不小于, 大于等于, 大于或等于, 达到, 最少有, 起码, >=, ≥';
const AT_MOST =
  'at most, no more than, not more than, up to, maximum of, less than or equal to, not exceeding, 最多有, 至多, 不超过, 不多于, 不高于, 不大于, 小于等于, 小于或等于, <=, ≤';
const EQUAL = 'exactly, equal to, equals, equal, 等于, 恰好, 正好, 刚好, =';

/** Measure words that a question for a number of things ends in. */
const COUNTED = [...'张部首件款台辆本间所支场门份项座只栋艘架颗株'];

const TABLE: readonly (readonly [string, Cue])[] = [
  [
    `how many, number of, the number of, count, count of, the count of, total number of, total count of, headcount, 数量, 总数, 个数, 总数量, 数目, 总量, 人数, 总人数, 条数, 件数, 次数, 单数, 笔数, 家数, 几个, 几位, 几名, 多少个, 多少位, 多少名, 多少人, 多少家, 多少条, 多少笔, 多少单, 几单, 多少种, 多少次, 几家, 几种, 几条, 有几个, 数, 计数, ${COUNTED.map((c) => `几${c}, 有几${c}, 多少${c}`).join(', ')}`,
    { kind: 'count' },
  ],
  ['how much, 多少, 有多少, 是多少, 为多少, 有多大, 多少钱, 几多', { kind: 'how-much' }],
  [
    'total, sum, sum of, total of, overall, combined, 总, 总和, 合计, 总计, 求和, 共计, 累计, 汇总, 总共, 一共, 加起来',
    { kind: 'aggregate', fn: 'sum' },
  ],
  [
    'average, avg, mean, typical, on average, average of, the average, 平均, 均值, 平均值, 平均数, 人均, 均',
    { kind: 'aggregate', fn: 'avg' },
  ],
  ['maximum, max, 最大值, 最高值, 峰值', { kind: 'aggregate', fn: 'max' }],
  ['minimum, min, 最小值, 最低值', { kind: 'aggregate', fn: 'min' }],
  ['median, 中位数', { kind: 'aggregate', fn: 'median' }],
  ['standard deviation, stddev, 标准差', { kind: 'aggregate', fn: 'stddev' }],
  ['top, 前, 排名前, 排前, 排行前, 排名靠前, 位居前, top的', { kind: 'top', descending: true }],
  ['first', { kind: 'top', descending: true }],
  ['bottom, 后, 倒数, 倒数前, 末尾, 排名后, 最后', { kind: 'top', descending: false }],
  [
    'by, per, grouped by, group by, broken down by, break down by, breakdown by, split by, according to, in terms of, across, segmented by, 按, 按照, 依照, 分, 根据, 以, 按不同, 按每个, 按各',
    { kind: 'group' },
  ],
  [
    'each, every, for each, for every, of each, in each, by each, per each, respective, 各, 各个, 每, 每个, 每一个, 每位, 每名, 每种, 每家, 每类, 每款, 每张, 每部, 每首, 各自, 各类, 各种, 每条, 每件, 每单, 每笔, 不同, 各家, 各位, 分别',
    { kind: 'each' },
  ],
  [
    'distribution, distribution of, breakdown, breakdown of, 分布, 分布情况, 构成, 分布是怎样的',
    { kind: 'distribution' },
  ],
  [GREATER, { kind: 'compare', op: '>', after: false }],
  [LESS, { kind: 'compare', op: '<', after: false }],
  [AT_LEAST, { kind: 'compare', op: '>=', after: false }],
  [AT_MOST, { kind: 'compare', op: '<=', after: false }],
  [EQUAL, { kind: 'compare', op: '=', after: false }],
  ['not equal to, different from, other than, 不等于, !=, <>', { kind: 'compare', op: '!=', after: false }],
  [
    'or more, and above, and over, or above, or higher, or greater, or over, and up, plus, 以上, 及以上, 或以上, 或更多, 以上的, 开外',
    { kind: 'compare', op: '>=', after: true },
  ],
  [
    'or less, or fewer, and below, or below, or under, or lower, 以下, 及以下, 以内, 之内, 或更少',
    { kind: 'compare', op: '<=', after: true },
  ],
  ['between, 介于, 在, 之间', { kind: 'between' }],
  [
    "not, no, non, never, isn't, aren't, don't, doesn't, didn't, excluding, except, except for, exclude, haven't, hasn't, other than, 不, 不是, 不在, 不为, 非, 未, 除了, 除, 除去, 去掉, 剔除, 扣除, 不包括, 不含, 排除, 以外, 之外, 除外, 并非",
    { kind: 'not' },
  ],
  [
    "without, without any, with no, have no, has no, having no, had no, have never, has never, who never, that never, never had, who have never, do not have, don't have, does not have, doesn't have, did not have, didn't have, have not, has not, have not had, have not been, lack, lacking, lacks, with zero, not have any, no longer, 没有, 没, 从没, 从没有, 从未, 没有过, 没有任何, 未曾, 未, 无, 尚未, 还没有",
    { kind: 'without' },
  ],
  [
    'order by, ordered by, sort by, sorted by, sort them by, sort it by, sort these by, sort those by, order them by, order these by, rank them by, sort that by, sort, sorted, ranked by, rank by, ranked, rank, in order of, arranged by, 排序, 排列, 排名, 排行, 排行榜, 名次',
    { kind: 'order', descending: null },
  ],
  [
    'descending, desc, in descending order, descending order, from high to low, from highest to lowest, high to low, highest first, largest first, most first, biggest first, best first, longest first, latest first, newest first, 降序, 从高到低, 从大到小, 倒序, 由高到低, 从多到少, 由大到小, 由多到少',
    { kind: 'direction', descending: true },
  ],
  [
    'ascending, asc, in ascending order, ascending order, from low to high, from lowest to highest, low to high, lowest first, fewest first, least first, smallest first, shortest first, oldest first, earliest first, cheapest first, alphabetically, in alphabetical order, alphabetical order, alphabetical, 升序, 从低到高, 从小到大, 正序, 由低到高, 从少到多, 由小到大',
    { kind: 'direction', descending: false },
  ],
  [
    'share, share of, shares, share of each, share of the total, as a share, as a share of the total, percentage, percentages, percentage of, percentage of each, percentage of the total, as a percentage, as percentages, in percent, percent of the total, percent of total, percent, proportion, proportion of, percentage of total, share of total, as a percentage of total, as percentage of total, fraction of, contribution, 占比, 比例, 百分比, 份额, 比重, 所占比例, 占总体比例, 贡献度, 贡献, 所占百分比, 占',
    { kind: 'share' },
  ],
  [
    'year over year, year-over-year, yoy, year on year, year-on-year, compared to last year, compared with last year, versus last year, vs last year, yoy growth, yoy change, year over year growth, year-over-year growth, compared to a year ago, compared with a year ago, compared to a year earlier, compared with a year earlier, 同比, 同比增长, 同比增长率, 同比变化, 年同比',
    { kind: 'growth', base: 'year' },
  ],
  [
    'month over month, month-over-month, mom, month on month, month-on-month, growth, growth rate, period over period, week over week, quarter over quarter, qoq, change rate, rate of change, 环比, 环比增长, 环比增长率, 增长率, 增长, 增速, 环比变化, 涨幅',
    { kind: 'growth', base: 'previous' },
  ],
  [
    'compare, compared to, compared with, versus, vs, vs., comparison, against, comparison of, comparing, 对比, 比较, 相比, 相较, 比',
    { kind: 'versus' },
  ],
  [
    'trend, trends, over time, trend of, evolution, development over time, changes over time, time series, historically, 趋势, 走势, 变化, 变化趋势, 变化情况, 随时间, 随时间变化',
    { kind: 'trend' },
  ],
  ['cumulative, running total, running total of, running, 累积, 累计值, 滚动累计', { kind: 'running' }],
  [
    'what, which, who, whose, where, when, whom, 什么, 哪, 哪个, 哪些, 哪位, 哪家, 哪一个, 谁, 哪几个, 哪种, 哪类, 哪里, 哪年, 何时, 哪款, 哪部, 哪首, 哪张, 哪名, 几',
    { kind: 'what' },
  ],
  [
    'show, show me, list, list all, give, give me, display, find, get, get me, tell me, return, fetch, retrieve, select, see, view, 查询, 列出, 显示, 给出, 展示, 查看, 找出, 查找, 查, 看, 看看, 返回, 给我, 告诉我, 统计, 计算, 求, 获取, 查一下, 看一下, 帮我查, 帮我, 列举, 筛选, 选出, 请问',
    { kind: 'list' },
  ],
  [
    'data, rows, row, records, record, entries, details, detail, information, info, 数据, 记录, 信息, 行, 条, 明细, 详情, 条记录, 条数据, 行数据, 详细信息, 资料, 行记录',
    { kind: 'rows' },
  ],
  ['all, every single, all the, all of the, 所有, 全部, 全体, 所有的, 全部的, 整体', { kind: 'all' }],
  [
    'and, as well as, along with, together with, plus, also, 和, 与, 及, 以及, 还有, 并, 跟, 并且, 且, 同时, 、, &',
    { kind: 'and' },
  ],
  ['or, either, 或, 或者, 还是', { kind: 'or' }],
  ['distinct, unique, different, 去重, 不重复, 不同的, 互不相同', { kind: 'distinct' }],
  [
    'above average, above the average, higher than average, higher than the average, more than average, more than the average, greater than the average, greater than average, over the average, over average, larger than the average, longer than average, longer than the average, 高于平均, 高于平均值, 大于平均值, 超过平均值, 高于平均水平, 超过平均, 大于平均, 超过平均水平',
    { kind: 'average-reference', op: '>' },
  ],
  [
    'below average, below the average, lower than average, lower than the average, less than average, less than the average, under average, shorter than average, cheaper than average, 低于平均, 低于平均值, 小于平均值, 低于平均水平, 少于平均, 不足平均',
    { kind: 'average-reference', op: '<' },
  ],
  [
    'containing, contains, contain, including, include, includes, like, has the word, with the word, 包含, 含有, 带有, 包括, 含, 带, 里有',
    { kind: 'contains' },
  ],
  [
    'starting with, starts with, start with, begins with, begin with, beginning with, 以…开头, 开头是, 开头为, 开头',
    { kind: 'starts' },
  ],
  ['ending with, ends with, end with, 结尾是, 结尾为, 结尾', { kind: 'ends' }],
  ['have, has, had, having, with, who have, that have, which have, 有, 拥有, 具有, 带', { kind: 'have' }],
  [
    'nobody, no one, no-one, missing, null, empty, blank, unknown, not specified, unspecified, 为空, 空, 缺失, 未填写, 未知',
    { kind: 'empty' },
  ],
  [
    'out of stock, sold out, not in stock, 缺货, 断货, 售罄, 没有库存, 无库存, 没库存, 零库存',
    { kind: 'stock', empty: true },
  ],
  ['in stock, available in stock, 有库存, 有货', { kind: 'stock', empty: false }],
  [
    'average order value, aov, average basket, average basket size, average ticket, basket size, average order size, average order amount, average amount per order, average sale per order, 客单价, 平均订单金额, 平均客单价, 单均价, 平均订单额, 平均每单金额, 订单均价, 笔单价',
    { kind: 'average-order' },
  ],
  [
    'dollars, dollar, usd, eur, euros, rmb, cny, yuan, pieces, times, 元, 块, 块钱, 美元, 人民币, 个, 位, 名, 家, 单, 笔, 件, 次, 岁, 台, 人, 部, 种, 张, 首, 本, 款, 项, 辆, 公里, 米, 斤, 公斤, 吨, 倍, 度, 毛, 间, 所, 只, 套, 门, 起, 场, 枚, 类',
    { kind: 'unit' },
  ],
];

const COMPARATIVES: readonly (readonly [string, string])[] = [
  ['older than, elder than', 'older'],
  ['younger than', 'younger'],
  ['longer than', 'longer'],
  ['shorter than', 'shorter'],
  ['taller than', 'taller'],
  ['heavier than', 'heavier'],
  ['lighter than', 'lighter'],
  ['cheaper than', 'cheaper'],
  [
    'more expensive than, costs more than, cost more than, priced above, priced over, costing more than',
    'more expensive',
  ],
  [
    'less expensive than, costs less than, cost less than, priced under, priced below, costing less than',
    'less expensive',
  ],
];

/** Words that mean nothing for the query. */
const STOP_WORDS =
  `a an only just instead now those them again rather switch change filter restrict narrow break down split what's ok okay then it's too besides keep apply
supported supplied provided filled written worked work generate generated
anything anyone something someone ever yet come comes came called named titled handled processed served generated achieved contributed appear appears appeared appearing belong belongs managed placing delivered brought various given respectively
the of in on at to for from is are was were be been being am do does did done me my i we us our you your it its they their them he she his her this that these those there here as
with within into onto than then so such just only also please can could would should will shall may might must about any some if when while during
want wants need like know let lets hi hello hey many much ever currently current now right exactly who've what's whats much's using use based
that's been's get got go per's made make makes placed place please's per-se both own other others out up off each's one ones via among
的 地 得 了 吗 呢 吧 啊 呀 是 为 在 于 对 从 到 向 由 被 把 让 请 请问 我 我们 你 您 他 她 它 想 要 想要 需要 知道 一下 一个 这 那 这个 那个 这些 那些 其中 其 中 里 内 上 下 里面 之 所 来 去 个 等 会 能 能否 可以 可否 麻烦 情况 方面 如何 怎么样 怎样 怎么 目前 现在 当前 公司 我司 过 着 下过 做过 有过 按照 进行 以及 分别 具体 都 就 还 也 又 再 才 共 总共 一共 大概 大约 左右 属于 关于 有关 情况下 只 仅 只看 只要 仅看 换成 换为 改成 改为 改看 换 改 再 那 那么 呢 它们 他们 同样 分组 分组统计 拆分 细分 展开 过滤 限定 加上 增加 换到 一并 来看 看下 统计一下 排一下
through brings bring earns 处于 处在 位于 历史上 历来 结果 值 填写 支持 提供 处理 负责 产生 带来 创造 实现 签订 承运 运送 完成的 参加 来的 购买过 卖出的 经手 累积的 发生 所有人 哪些人 有没有 是否 ， 。 ？ ！ ? ! . , : ; ： ； ( ) （ ） [ ] { } " ' - / 、 · … ~`.split(
    /\s+/,
  );

/** Lower-cased phrase → what it asks for; English phrases keep single spaces, Chinese none. */
export const CUES: ReadonlyMap<string, readonly Cue[]> = build();
export const STOPS: ReadonlySet<string> = new Set([...STOP_WORDS.filter(Boolean), 'as well', 'as well as']);

function build(): ReadonlyMap<string, readonly Cue[]> {
  const map = new Map<string, Cue[]>();
  const add = (phrase: string, cue: Cue): void => {
    const key = phrase.trim().toLowerCase();
    if (key === '') return;
    const list = map.get(key) ?? [];
    if (!list.some((other) => JSON.stringify(other) === JSON.stringify(cue))) list.push(cue);
    map.set(key, list);
  };
  for (const [phrases, cue] of TABLE)
    phrases.split(',').forEach((phrase) => {
      add(phrase, cue);
    });
  for (const [phrase, superlative] of SUPERLATIVES) add(phrase, { kind: 'superlative', superlative });
  for (const [phrases, adjective] of COMPARATIVES) {
    const superlative = SUPERLATIVES.get(adjective);
    if (superlative === undefined) continue;
    for (const phrase of phrases.split(',')) {
      const op = superlative.descending ? '>' : '<';
      add(phrase, { kind: 'compare', op, after: false, superlative });
      add(`${phrase} average`, { kind: 'average-reference', op, superlative });
      add(`${phrase} the average`, { kind: 'average-reference', op, superlative });
    }
  }
  return map;
}
