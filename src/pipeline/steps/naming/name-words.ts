/** Words for an identifier that nobody explained: abbreviations written out, business words in the language asked for. */
import { conceptGroups, expandIdentifier, type Language } from '../../../planning/index.ts';

/** Parts of identifiers that the business lexicon leaves out or says otherwise when they stand inside a name. */
const PARTS: Readonly<Record<string, string>> = {
  id: '编号',
  number: '编号',
  key: '键',
  code: '编码',
  name: '名称',
  title: '标题',
  type: '类型',
  status: '状态',
  state: '状态',
  date: '日期',
  time: '时间',
  day: '日',
  month: '月份',
  year: '年份',
  hour: '小时',
  count: '数量',
  total: '总计',
  sum: '合计',
  amount: '金额',
  average: '平均',
  maximum: '最大',
  minimum: '最小',
  rate: '比率',
  ratio: '比例',
  percent: '百分比',
  price: '价格',
  flag: '标志',
  sales: '销售',
  'quantity on hand': '库存数量',
  'discount percent': '折扣率',
  'page view': '页面浏览量',
  click: '点击量',
  bounce: '跳出',
  session: '会话',
  second: '秒',
  web: '网站',
  analytics: '分析',
  is: '是否',
  has: '是否有',
  create: '创建',
  created: '创建',
  update: '更新',
  updated: '更新',
  delete: '删除',
  deleted: '删除',
  modified: '修改',
  start: '开始',
  end: '结束',
  first: '首次',
  last: '最后',
  by: '人',
  at: '时间',
  level: '级别',
  description: '描述',
  remark: '备注',
  note: '备注',
  version: '版本',
  sequence: '序号',
  index: '序号',
  sort: '排序',
  parent: '上级',
  source: '来源',
  target: '目标',
  data: '数据',
  detail: '明细',
  log: '日志',
  record: '记录',
  list: '列表',
  link: '关联',
  mapper: '映射',
  mapping: '映射',
  map: '映射',
  history: '历史',
  information: '信息',
  car: '车辆',
  vehicle: '车辆',
  section: '路段',
  route: '路线',
  branch: '分支',
  service: '服务',
  url: '网址',
  path: '路径',
  image: '图片',
  content: '内容',
  value: '值',
  unit: '单位',
  weight: '重量',
  height: '高度',
  length: '长度',
  width: '宽度',
  latitude: '纬度',
  longitude: '经度',
  longitute: '经度',
};

/** Parts of identifiers that English readers know by another word. */
const ENGLISH: Readonly<Record<string, string>> = {
  oper: 'operation',
  pay: 'payment',
  wx: 'WeChat',
  zfb: 'Alipay',
  rmb: 'RMB',
  secs: 'seconds',
  mins: 'minutes',
  classify: 'classification',
};

/** What goods and bills are sent to. */
const ADDRESSED = /^(?:name|address|city|region|state|country|postal|zip|method|mode)$/;

const LONGEST_PHRASE = 3;
/** What systems put before the names of their tables. */
const TABLE_PREFIX = /^(?:[bcdfghjklmnpqrstvwxz]{1,4}|tb|dim|fact|fct|ods|ads)$/;

/** The words of an identifier, abbreviations written out. */
function wordsOf(name: string): string[] {
  const words = expandIdentifier(name);
  return words.map((word, at) => {
    if (word === 'ship' && ADDRESSED.test(words[at + 1] ?? '')) return 'shipping';
    if (word === 'bill' && ADDRESSED.test(words[at + 1] ?? '')) return 'billing';
    if (word === 'disc' && /^(?:percent|rate|amount|price)$/.test(words[at + 1] ?? '')) return 'discount';
    return Object.hasOwn(ENGLISH, word) ? ENGLISH[word]! : word;
  });
}

let chineseWords: ReadonlyMap<string, string> | null = null;

/** English phrase → its usual Chinese word; a phrase that leads its line of the lexicon wins over one further down. */
function chineseOf(phrase: string): string | undefined {
  if (chineseWords === null) {
    const best = new Map<string, { rank: number; word: string }>();
    for (const { english, chinese } of conceptGroups()) {
      const word = chinese[0];
      if (word === undefined) continue;
      english.forEach((text, rank) => {
        const known = best.get(text);
        if (known === undefined || rank < known.rank) best.set(text, { rank, word });
      });
    }
    chineseWords = new Map([...best].map(([text, { word }]) => [text, word]));
  }
  return (Object.hasOwn(PARTS, phrase) ? PARTS[phrase] : undefined) ?? chineseWords.get(phrase);
}

/** `orders` → `order`, `categories` → `category`; the last word of a phrase counts. */
export const singular = (word: string): string =>
  /(?:ss|us|is|ics|news|series)$/.test(word)
    ? word
    : word
        .replace(/ies$/, 'y')
        .replace(/(ch|sh|x)es$/, '$1')
        .replace(/([a-z]{2})s$/, '$1');

/**
 * What an identifier says.
 *
 * @example nameWords('cust_order_amt', 'en') // 'customer order amount'
 * @example nameWords('cust_order_amt', 'zh') // '客户订单金额'
 */
export function nameWords(name: string, language: Language): string {
  const words = wordsOf(name);
  if (language === 'en') return words.join(' ');
  const said: string[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 0;
    for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0 && taken === 0; length--) {
      const part = words.slice(at, at + length);
      const word = chineseOf(part.join(' ')) ?? chineseOf([...part.slice(0, -1), singular(part.at(-1)!)].join(' '));
      if (word === undefined) continue;
      said.push(word);
      taken = length;
    }
    if (taken === 0) said.push(words[at]!);
    at += Math.max(taken, 1);
  }
  // Words without a translation stay apart from each other, not from Chinese ones.
  return said.reduce((text, word) => text + (/[a-z0-9]$/i.test(text) && /^[a-z0-9]/i.test(word) ? ' ' : '') + word, '');
}

/**
 * What the name of a table says, without the prefix of its system.
 *
 * @example tableWords('bss_service_area', 'en') // 'service area'
 */
export function tableWords(name: string, language: Language): string {
  const [first = '', ...rest] = expandIdentifier(name);
  return nameWords(rest.length > 0 && TABLE_PREFIX.test(first) ? rest.join('_') : name, language);
}
