/** How Chinese questions ask for a column: its name, a shorter form, or a question of its own. */
import { commonEnd } from '../../src/planning/builtin/learned/linking/measures/overlap.ts';
import type { IndexedColumn } from '../../src/planning/builtin/learned/schema/schema-index.ts';

export type Pick = <T>(list: readonly T[]) => T;

const PLACE = /(城市|省份|地点|地址|国家|地区|产地|总部|位置|区域|州|国籍|籍贯)$/u;
const PERSON = /(导演|作者|主教练|教练|经理|创始人|主持人|歌手|院长|校长|负责人|法人|代表人|主将|主编|演员)$/u;
const TIME = /(时间|日期|年份|年代)$/u;
const KIND = /(类型|类别|级别|等级|风格|性质|行业|科室|菜系|方式|形式|职位|职称|专业|语言|位置)$/u;
const AMOUNT = /^(.{1,6}?)(数量|总数|人数|次数|数)$/u;

/** The thing counted by a column of amounts: 门店 in 门店数量, null for other columns. */
export function countedThing(column: IndexedColumn): string | null {
  const m = AMOUNT.exec(plainName(column));
  if (m === null) return null;
  return m[2] === '人数' ? `${m[1]}的人` : m[1]!;
}

export const plainName = (column: IndexedColumn): string => column.name.replace(/[(（].*$/u, '');

/** The name without the word that only tells how it belongs: 城市 for 所在城市. */
export function bareName(column: IndexedColumn): string {
  const name = plainName(column);
  const bare = name.replace(/^(所属|所在|归属|隶属|所处|主要|位于)(?=..)/u, '');
  return bare.length >= 2 ? bare : name;
}

/** A question for the column's value on its own: 位于哪个城市, 有多少门店, 什么时候成立. */
export function askFor(column: IndexedColumn, pick: Pick): string {
  const name = plainName(column);
  const bare = bareName(column);
  const counted = countedThing(column);
  if (counted !== null)
    return pick([
      `有多少${counted}`,
      `有几个${counted}`,
      `${name}是多少`,
      `${counted}有多少`,
      `${counted}一共有多少`,
      `拥有多少${counted}`,
    ]);
  if (column.kind === 'number')
    return pick([
      `${name}是多少`,
      `${name}有多少`,
      `${name}为多少`,
      `${name}多少`,
      `有多少${name}`,
      `${name}分别是多少`,
    ]);
  if (TIME.test(name)) {
    const verb = name.replace(TIME, '');
    if (verb.length >= 2)
      return pick([
        `什么时候${verb}`,
        `${name}是什么时候`,
        `哪年${verb}`,
        `何时${verb}`,
        `${verb}于何时`,
        `${name}是哪天`,
      ]);
    return pick([`${name}是什么时候`, `${name}是哪一年`]);
  }
  if (PERSON.test(name))
    return pick([`${bare}是谁`, `${bare}叫什么`, `由谁担任${bare}`, `${bare}是哪位`, `${name}是谁`]);
  if (PLACE.test(name))
    return pick([
      `在哪个${bare}`,
      `${name}是哪里`,
      `属于哪个${bare}`,
      `位于哪个${bare}`,
      `${name}在哪`,
      `来自哪个${bare}`,
      `${bare}在哪里`,
      `是哪个${bare}的`,
    ]);
  if (KIND.test(name))
    return pick([`是什么${bare}`, `属于哪种${bare}`, `${name}是什么`, `是哪个${bare}的`, `属于什么${bare}`]);
  return pick([
    `${name}是什么`,
    `${name}是哪个`,
    `${name}分别是什么`,
    `属于哪个${bare}`,
    `是什么${bare}`,
    `${name}各是什么`,
  ]);
}

/** Adjectives of the most and the least by what a column measures. */
const SUPERLATIVES: readonly (readonly [RegExp, readonly string[], readonly string[]])[] = [
  [/价|费|票价|金额|工资|薪|人均消费/u, ['最贵', '最高', '最贵'], ['最便宜', '最低', '最便宜']],
  [/年龄/u, ['最大', '最年长', '最老'], ['最小', '最年轻']],
  [/身高|高度|海拔|分|率/u, ['最高'], ['最低', '最矮']],
  [/重/u, ['最重', '最大'], ['最轻', '最小']],
  [/距离/u, ['最远', '最长'], ['最近', '最短']],
  [/时长|长度|片长|年限|天数|寿命/u, ['最长', '最久'], ['最短']],
  [/速|油耗/u, ['最高', '最快'], ['最低', '最慢']],
  [/面积|容量|尺寸|规模/u, ['最大'], ['最小']],
];

export function superlativesOf(column: IndexedColumn, descending: boolean): readonly string[] | null {
  const known = SUPERLATIVES.find(([name]) => name.test(column.name));
  return known ? (descending ? known[1] : known[2]) : null;
}

/** From … to …, by what a column measures. */
export function orderWords(column: IndexedColumn, descending: boolean): readonly string[] {
  const known = SUPERLATIVES.find(([name]) => name.test(column.name));
  const pairs = known
    ? known[1].flatMap((high) => known[2].map((low) => [high.slice(1), low.slice(1)] as const))
    : ([
        ['高', '低'],
        ['大', '小'],
        ['多', '少'],
      ] as const);
  const dated = column.kind === 'date' || /时间|日期|年份/u.test(column.name);
  const ends = dated
    ? ([
        ['晚', '早'],
        ['近', '远'],
        ['新', '旧'],
      ] as const)
    : pairs;
  return ends.flatMap(([high, low]) =>
    descending ? [`从${high}到${low}`, `由${high}到${low}`] : [`从${low}到${high}`, `由${low}到${high}`],
  );
}

/** What the difference, sum, ratio or product of two columns is called when their names suggest it; null otherwise. */
export function derivedName(a: IndexedColumn, b: IndexedColumn, op: '+' | '-' | '*' | '/', pick: Pick): string | null {
  const x = plainName(a);
  const y = plainName(b);
  const shared = x.slice(x.length - commonEnd(x, y));
  if (op === '-') {
    if (shared.length > 0 && shared.length < x.length) {
      const heads = x.slice(0, x.length - shared.length) + y.slice(0, y.length - shared.length);
      return pick([
        `${shared}差`,
        `${shared}差额`,
        `${heads}${shared}差`,
        `${shared}的差距`,
        `${shared}之差`,
        `${heads}${shared}差值`,
      ]);
    }
    return null;
  }
  if (op === '+') {
    const heads = [x.slice(0, x.length - shared.length), y.slice(0, y.length - shared.length)];
    if (shared.length > 0 && heads.every((h) => h.length > 0))
      return pick([
        `${heads.join('')}${shared}`,
        `${heads.join('和')}${shared}总和`,
        `${heads.join('与')}总${shared}`,
        `${heads.join('、')}${shared}之和`,
        `${shared}总和`,
        `总${shared}`,
        `${shared}合计`,
        `${shared}总数`,
        `全部${shared}`,
      ]);
    return null;
  }
  if (op === '/') {
    const per = countedThing(b) ?? bareName(b);
    const part = countedThing(a);
    const names = [`每${per}平均${x}`, `平均每个${per}的${x}`, `每个${per}的${x}`, `单位${per}${x}`];
    if (part !== null)
      names.push(`${part}占比`, `${part}比例`, `${part}率`, `${part}的占比`, `平均每个${per}有多少${part}`);
    else if (shared.length > 0) names.push(`${x}占比`, `${x}比例`, `${x.slice(0, x.length - shared.length)}占比`);
    if (/人口|人数/u.test(x) && /面积/u.test(y)) names.push('人口密度', '密度');
    if (/价/u.test(x) && /价/u.test(y)) names.push('折扣', '折扣率');
    return pick(names);
  }
  if (/价|售|单/u.test(x) && /量|数/u.test(y))
    return pick(['销售额', '总销售额', '销售金额', '总金额', '收入', '总收入']);
  if (/率|占比|比例/u.test(y))
    return pick([`${y.replace(/(占比|比例|率)$/u, '')}数量`, `${y.replace(/(占比|比例|率)$/u, '')}的数量`]);
  return null;
}
