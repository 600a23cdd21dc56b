/** Chinese words for things that cells of English databases spell in English: places, months, colours, subjects, sports, kinds. */
import { valueTranslations } from '../../lexicon/value-translations.ts';

const LINES = `
female, f, woman, women, girl: 女 女性 女生 女士 女子
male, m, man, men, boy: 男 男性 男生 男士 男子
january, jan: 一月 1月
february, feb: 二月 2月
march, mar: 三月 3月
april, apr: 四月 4月
may: 五月 5月
june, jun: 六月 6月
july, jul: 七月 7月
august, aug: 八月 8月
september, sep: 九月 9月
october, oct: 十月 10月
november, nov: 十一月 11月
december, dec: 十二月 12月
monday: 星期一 周一
tuesday: 星期二 周二
wednesday: 星期三 周三
thursday: 星期四 周四
friday: 星期五 周五
saturday: 星期六 周六
sunday: 星期日 周日 星期天
spring: 春季 春天
summer: 夏季 夏天
fall, autumn: 秋季 秋天
winter: 冬季 冬天
red: 红色 红
blue: 蓝色
green: 绿色
white: 白色 白
black: 黑色
yellow: 黄色
brown: 棕色
english: 英语 英文
chinese: 中文 汉语
american, united states, usa, us: 美国
british, england, uk, united kingdom: 英国 英格兰
europe, european: 欧洲
asia: 亚洲
africa: 非洲
north america: 北美洲 北美
south america: 南美洲 南美
france, french: 法国
germany, german: 德国
spain, spanish: 西班牙
italy, italian: 意大利
japan, japanese: 日本
canada, canadian: 加拿大
australia, australian: 澳大利亚
russia, russian: 俄罗斯
brazil, brazilian: 巴西
netherlands, dutch, holland: 荷兰
scotland, scottish: 苏格兰
wales: 威尔士
ireland, irish: 爱尔兰
bulgaria: 保加利亚
romania: 罗马尼亚
croatia: 克罗地亚
serbia: 塞尔维亚
colombia: 哥伦比亚
cuba: 古巴
peru: 秘鲁
kenya: 肯尼亚
nigeria: 尼日利亚
ethiopia: 埃塞俄比亚
morocco: 摩洛哥
pakistan: 巴基斯坦
iceland: 冰岛
zimbabwe: 津巴布韦
angola: 安哥拉
aruba: 阿鲁巴
afghanistan: 阿富汗
saudi arabia: 沙特阿拉伯
estonia: 爱沙尼亚
latvia: 拉脱维亚
lithuania: 立陶宛
slovakia: 斯洛伐克
slovenia: 斯洛文尼亚
georgia: 格鲁吉亚 佐治亚 佐治亚州
california, ca: 加利福尼亚 加州 加利福尼亚州
texas, tx: 德克萨斯 德州 得克萨斯 德克萨斯州
new york, ny: 纽约 纽约州
florida, fl: 佛罗里达 佛罗里达州
colorado: 科罗拉多 科罗拉多州
virginia, va: 弗吉尼亚 弗吉尼亚州
alabama: 阿拉巴马 阿拉巴马州
louisiana, la: 路易斯安那 路易斯安那州
indiana: 印第安纳 印第安纳州
illinois, il: 伊利诺伊 伊利诺伊州
michigan: 密歇根 密歇根州
minnesota: 明尼苏达 明尼苏达州
missouri: 密苏里 密苏里州
ohio: 俄亥俄 俄亥俄州
pennsylvania, pa: 宾夕法尼亚 宾州
maryland, md: 马里兰 马里兰州
massachusetts, ma: 马萨诸塞 马萨诸塞州
washington, wa: 华盛顿 华盛顿州
oregon: 俄勒冈
arizona: 亚利桑那
nevada: 内华达
hawaii: 夏威夷
wisconsin: 威斯康星
tennessee: 田纳西
kentucky: 肯塔基
north carolina, nc: 北卡罗来纳
new jersey, nj: 新泽西
los angeles: 洛杉矶
chicago: 芝加哥
boston: 波士顿
houston: 休斯顿
dallas: 达拉斯
seattle: 西雅图
san francisco: 旧金山
san jose: 圣何塞
london: 伦敦
paris: 巴黎
berlin: 柏林
madrid: 马德里
rome: 罗马
moscow: 莫斯科
tokyo: 东京
sydney: 悉尼
toronto: 多伦多
baltimore: 巴尔的摩
napa: 纳帕
sonoma: 索诺玛
football: 足球 橄榄球
soccer: 足球
basketball: 篮球
baseball: 棒球
volleyball: 排球
tennis: 网球
golf: 高尔夫 高尔夫球
hockey: 曲棍球 冰球
swimming: 游泳
lacrosse: 长曲棍球
goalie, goalkeeper: 守门员
striker, forward: 前锋
midfielder, mid: 中场
defender: 后卫
guitar: 吉他
piano: 钢琴
violin: 小提琴
drums: 鼓
bass: 贝斯
computer science, comp. sci., computer info. systems: 计算机科学 计算机
mathematics, math, maths: 数学
physics: 物理 物理学 物理系
biology: 生物 生物学 生物系
chemistry: 化学 化学系
statistics: 统计 统计学 统计系
history: 历史 历史系
psychology: 心理学 心理系
philosophy: 哲学
marketing: 市场营销 营销
accounting: 会计 会计学
finance: 金融 财务
economics: 经济学
engineering: 工程
biography: 传记
novel: 小说
dog: 狗 犬
cat: 猫
bird: 鸟
milk: 牛奶
egg: 鸡蛋
chocolate: 巧克力
apple: 苹果
cookie: 饼干
cake: 蛋糕
coffee: 咖啡
latte: 拿铁
cardiology: 心脏病学
surgery: 外科
movie: 电影
good: 良好
bad: 差
high: 高
low: 低
medium: 中等
single: 单人
double: 双人
full: 完整
professor: 教授
student: 学生
teacher: 教师
doctor: 医生
manager: 经理
mobile: 手机
hotel: 酒店
apartment: 公寓 公寓楼
house: 房子
flat: 平房
studio: 工作室
museum: 博物馆
church: 教堂
catholic: 天主教
christian: 基督教
democratic, democrat, democrats: 民主党
republican, republicans: 共和党
success: 成功
failed, fail, failure: 失败
yes, y, true: 是
no, false: 否
open: 开放
closed: 关闭
cancelled, canceled: 取消 已取消
pending: 待定 待处理
paid: 已付 已付款
completed: 完成 已完成
delivered: 已送达 已交付
visa: 签证
savings: 储蓄
checking: 支票
credit: 信用
debit: 借记
mortgages: 抵押贷款
auto: 汽车贷款
business: 商业
`;

let index: Map<string, string[]> | null = null;

/** English spellings of a Chinese word, lower case; empty when none is known. */
export function englishCells(word: string): readonly string[] {
  if (index === null) {
    index = new Map();
    for (const line of LINES.trim().split('\n')) {
      const [english, chinese] = line.split(': ');
      for (const w of chinese!.split(' ')) index.set(w, [...(index.get(w) ?? []), ...english!.split(', ')]);
    }
  }
  const own = index.get(word) ?? [];
  const shared = valueTranslations(word).filter((w) => /^[a-z]/.test(w));
  return [...new Set([...own, ...shared])];
}
