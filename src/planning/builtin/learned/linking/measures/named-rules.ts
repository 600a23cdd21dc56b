/** Figures that have a name of their own: sales, discounts, lifetimes. */
import type { Arithmetic } from '../../query/query.ts';
import type { Measure, MeasureText } from './measure-text.ts';

/** 销售额 where a price and a number sold are kept. */
export function* takings(text: MeasureText): Generator<Measure> {
  const prices = text.figures.filter((f) => /(单价|售价|价格|定价|票价|均价)$/u.test(f.label));
  const amounts = text.figures.filter(
    (f) =>
      /(销量|销售量|售出量|售卖量|成交量|销售数量?|售出数量?|购买数量?|订购数量?|数量|件数|票数)$/u.test(f.label) &&
      !/占比|率$/u.test(f.label),
  );
  if (prices.length === 0 || amounts.length === 0) return;
  for (const m of text.places(/(销售|售出|售卖|成交|营业|交易)(总)?(金额|额|收入)|总金额|营收|流水/gu)) {
    const best = [...amounts].sort((a, b) => Number(/[售销卖]/u.test(b.label)) - Number(/[售销卖]/u.test(a.label)))[0]!;
    if (best.id !== prices[0]!.id)
      yield { op: '*', left: prices[0]!.id, right: best.id, start: m.index, end: m.index + m[0].length };
  }
}

const TIME = /(时间|日期|年份?|年代|月份?|日)$/u;
const ENDS = /结束|终止|停|去世|逝世|死亡|卒|闭幕|截止|离|退|卸任|毕业|关闭|撤销|收官|完结|竣工|完工|到期/u;
const BEGINS = /开始|起始|起|出生|诞生|成立|开幕|上任|就任|任职|入|服役|建立|创|首|开工|动工|登基|生效/u;

/** 在位年数 of years that begin and end something. */
export function* durations(text: MeasureText): Generator<Measure> {
  const end = text.figures.find((f) => TIME.test(f.label) && ENDS.test(f.label));
  const begin = text.figures.find((f) => f.id !== end?.id && TIME.test(f.label) && BEGINS.test(f.label));
  if (end === undefined || begin === undefined) return;
  for (const m of text.places(
    /\p{Script=Han}{0,2}(年数|年限|年龄|年头|时长|天数|工期|多久|多长时间|多少年|几年)|历时|(持续|存活|存在|在位|在任|服役|任职|使用|建设|运营)时间|享年|寿命|活[得的了到]?(最?[久长短]|多少岁|了多)/gu,
  ))
    yield { op: '-', left: end.id, right: begin.id, start: m.index, end: m.index + m[0].length };
}

/** Figures with a name of their own in business and everyday life. */
const KNOWN: readonly (readonly [said: RegExp, left: RegExp, op: Arithmetic, right: RegExp])[] = [
  [/折扣率?|打折力度|几折/gu, /现价|折后价|特价|优惠价|成交价|最低价|售价/u, '/', /原价|定价|标价|市场价|官方价|售价/u],
  [/得房率/gu, /使用面积|套内面积/u, '/', /建筑面积/u],
  [/利润率|毛利率/gu, /利润|毛利/u, '/', /收入|营收|销售额|营业额/u],
  [/单价|均价|每平(方)?米?.{0,3}(价|多少钱)/gu, /总价|总金额|总额|成交额/u, '/', /面积|数量|销量|套数/u],
  [/胜率/gu, /胜|赢/u, '/', /总场|比赛场|场次|场数/u],
  [/人均(?=占?地?面积)/gu, /面积/u, '/', /人口|人数/u],
  [
    /(净|纯|毛)?利润(?!率)|毛利(?!率)|净(收入|赚|额)|盈余|结余|盈利|赚了?多少/gu,
    /收入|营收|销售额|营业额|售价|票房|产值/u,
    '-',
    /成本|支出|费用|开销|投资|制作费|进价/u,
  ],
  [/顺差|逆差|贸易差/gu, /出口/u, '-', /进口/u],
  [/净胜球|净胜/gu, /进球/u, '-', /失球|丢球/u],
  [
    /剩余|还剩|余下|余量|空余|空缺|结余|缺口|可用/gu,
    /总|容量|产量|发电|生产|供应|供给|收入|库存|计划|招聘|招生|座位|床位|额度/u,
    '-',
    /消费|消耗|使用|已|占用|支出|用量|销量|售出|实际|完成|录取|入住/u,
  ],
  [
    /(上?涨|跌|增长|增加|上升|下降|减少|变化|提高|优惠|便宜|降价?)了?(多少|幅度|额|量|值|了|金额|的?(价格|人数|数量))/gu,
    /收盘|现价|现有|现|今年|本年|本月|当前|期末|后$|最新|原价|定价/u,
    '-',
    /开盘|原价|原有|原|去年|上年|上月|此前|期初|前$|初始|现价|折后价|优惠价/u,
  ],
  [/原来?的?(排名|名次)/gu, /^(排名|名次)$/u, '+', /(上升|变化)(名次|排名)?$|(名次|排名)(上升|变化)$/u],
  [/面积|大小/gu, /长度?$/u, '*', /宽度?$/u],
  [
    /总(价|房价|售价|票价|费用)|(一共|总共)(要|需要?|花)?多少钱/gu,
    /单价|均价|每平米价|日租金|月租金|票价/u,
    '*',
    /面积|数量|件数|天数|月数|人数|张数/u,
  ],
];

const MONEY = /(费用?|价格?|成本|金额|支出|租金|开销)$/u;

/** The two charges of a table together: 总费用. */
export function* charges(text: MeasureText): Generator<Measure> {
  const money = text.figures.filter((f) => MONEY.test(f.label) && !/单价|均价|平均|最[高低]|原价|现价/u.test(f.label));
  if (money.length !== 2) return;
  for (const m of text.places(
    /总(的)?(费用?|花费|成本|开销|支出|金额|价格?)|(一共|总共|共)(要|需要?|花费?|得)?(了)?(多少钱|的费用)|全部费用/gu,
  ))
    yield { op: '+', left: money[0]!.id, right: money[1]!.id, start: m.index, end: m.index + m[0].length };
}

const OPPOSITES: readonly (readonly [string, string])[] = [
  ['男', '女'],
  ['省内', '外省'],
  ['省内', '省外'],
  ['市内', '市外'],
  ['本地', '外地'],
  ['国内', '国外'],
  ['国内', '国际'],
  ['境内', '境外'],
  ['公立', '私立'],
  ['公办', '民办'],
  ['线上', '线下'],
  ['室内', '室外'],
  ['城镇', '农村'],
  ['城市', '农村'],
  ['主场', '客场'],
  ['白天', '夜间'],
  ['成人', '儿童'],
  ['专职', '兼职'],
  ['已', '未'],
  ['普通', '重点'],
];

/** What a total leaves beside a part: 女生人数 where 学生总数 and 男生人数 are kept, 未录取 beside 录取. */
export function* complements(text: MeasureText): Generator<Measure> {
  for (const part of text.figures) {
    if (!part.counts) continue;
    const others = [
      ...OPPOSITES.flatMap(([a, b]) => [
        ...(part.label.includes(a) ? [part.stem.replace(a, b)] : []),
        ...(part.label.includes(b) ? [part.stem.replace(b, a)] : []),
      ]),
      ...['未', '没', '没有', '非', '不', '无'].map((not) => not + part.stem),
    ];
    for (const other of others) {
      if (other.length < 2 || text.figures.some((f) => f.label.startsWith(other))) continue;
      const at = text.text.indexOf(other);
      if (at < 0) continue;
      const total = text.figures.find(
        (f) => f.id !== part.id && f.counts && (/总|全部/u.test(f.label) || (f.middle ?? 0) > (part.middle ?? 0)),
      );
      if (total === undefined) continue;
      const rest = /^的?(总)?(数量|总数|人数|次数|人|数|量)/u.exec(text.text.slice(at + other.length))?.[0].length ?? 0;
      yield { op: '-', left: total.id, right: part.id, start: at, end: at + other.length + rest };
      break;
    }
  }
}

export function* familiar(text: MeasureText): Generator<Measure> {
  for (const [said, left, op, right] of KNOWN) {
    const a = text.figures.find((f) => left.test(f.label));
    const b = text.figures.find((f) => f.id !== a?.id && right.test(f.label));
    if (a === undefined || b === undefined) continue;
    for (const m of text.places(said))
      yield { op, left: a.id, right: b.id, start: m.index, end: m.index + m[0].length };
  }
}
