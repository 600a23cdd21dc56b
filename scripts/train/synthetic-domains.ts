/** Invented Chinese databases for synthetic questions: everyday domains, made-up rows. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Random, seededRandom } from '../../src/planning/builtin/learned/model/random.ts';

/**
 * `表名: 列=类型 …`. Types: `key` (text key), `name:甲/乙/…` or `name:前缀*n`, `cat:甲/乙`, `int:a-b`, `big:a-b` (thousands),
 * `dec:a-b`, `pct` (0–1), `year:a-b`, `date`, `flag`, `>表` (foreign key).
 */
const DOMAINS: readonly string[] = [
  `城市: 词条id=key 名称=name:云州/青阳/临江/白沙/安平/龙泉/海宁/西陵/东岭/南浦/北川/丰城/石桥/长宁/永安 所属省份=cat:江北/岭南/河东/湖西 人口数量=big:200-20000 面积=int:300-20000 地区生产总值=big:100000-9000000 区县数量=int:3-30
景点: 词条id=key 名称=name:飞来寺/望江亭/翠湖公园/石林谷/古镇水街/云顶山/百花园/天鹅湖/星海广场/九曲桥/桃花岛/松风阁 所在城市id=>城市 门票价格=int:0-300 评分=dec:3-5 级别=cat:3A/4A/5A 年接待游客数量=big:10-900 是否需要预约=flag
酒店: 名称=name:悦来酒店/云栖宾馆/锦绣大酒店/海景酒店/四季民宿/如归旅店/金叶酒店/银杏宾馆 城市id=>城市 星级=int:2-5 房间数量=int:30-600 最低价格=int:90-900 最高价格=int:1000-5000 开业时间=date`,
  `大学: 学校id=key 名称=name:云州大学/临江理工大学/江北师范大学/岭南大学/海宁学院/南浦工业大学/东岭医科大学/西陵农业大学/永安财经大学/青阳科技大学 所在城市=cat:云州/临江/海宁/南浦/青阳 类型=cat:综合/理工/师范/医药/财经 成立时间=date 本科生人数=big:3-40 研究生人数=big:1-20 教职工人数=int:500-6000 国家重点学科数量=int:0-30
专业: 专业id=key 专业名称=name:计算机科学/临床医学/法学/金融学/土木工程/汉语言文学/应用数学/机械工程/新闻学/会计学 学科门类=cat:工学/医学/法学/经济学/文学/理学 授予学位=cat:学士/硕士/博士 修业年限=int:3-8
招生计划: 学校id=>大学 专业id=>专业 年份=year:2015-2021 招生人数=int:10-300 最低分=int:400-690 报考人数=int:300-9000`,
  `电影: 电影id=key 片名=name:远山/追风的人/夜航/城南旧梦/无声之河/第七日/冬至/海上灯塔/迷雾森林/归途/星尘/蓝色房间 导演=cat:林远/周谨/方舟/贺岚/宋知 类型=cat:剧情/喜剧/科幻/动作/爱情 上映时间=date 片长=int:80-190 票房=big:100-300000 评分=dec:4-9.8 制片地区=cat:中国/美国/法国/日本
演员: 演员id=key 姓名=name:陈默/李昭/苏晚/许一鸣/赵青/何叶/梁川/唐真/沈白/江月/罗成/白露 性别=cat:男/女 年龄=int:18-75 国籍=cat:中国/美国/法国/日本 身高=int:155-195 代表作数量=int:1-40 获奖次数=int:0-20 是否结婚=flag
参演: 电影id=>电影 演员id=>演员 角色=name:警察/医生/教师/侦探/店主/船长/学生/画家 片酬=big:10-3000 是否主演=flag`,
  `公司: 公司id=key 公司名=name:星河科技/蓝海集团/远图软件/恒信银行/天工制造/百味食品/安行出行/绿源能源/云图传媒/万里物流 所属行业=cat:互联网/制造/食品/金融/能源/物流 总部地点=cat:云州/临江/海宁/南浦/青阳 成立年份=year:1960-2018 员工数量=big:1-200 年营业额=big:100000-90000000 年利润=big:1000-900000 市值=big:100000-90000000
产品: 产品id=key 产品名=name:极光手机/晨星电脑/飞鸟耳机/山泉水/速食面/智能手表/电动车/净水器/平板灯/果汁 公司id=>公司 价格=int:5-9000 成本=int:2-5000 年销量=big:1-9000 上市日期=date
员工: 员工id=key 姓名=name:王一/刘二/张三/赵四/孙五/钱六/周七/吴八/郑九/冯十 公司id=>公司 职位=cat:工程师/经理/会计/销售/设计师 年龄=int:22-60 月薪=int:3000-60000 奖金=int:0-90000 入职时间=date 学历=cat:本科/硕士/博士/专科`,
  `汽车品牌: 品牌id=key 品牌名称=name:腾云/飞驰/远驰/银狐/雷鸟/山猫/海豹/极光 所属国家=cat:中国/德国/日本/美国/法国 创立时间=date 门店数量=int:20-3000
车型: 车型id=key 名称=name:腾云A1/飞驰S/远驰Pro/银狐X/雷鸟Max/山猫7/海豹5/极光One/飞驰Mini/远驰C 品牌id=>汽车品牌 级别=cat:轿车/越野车/跑车/面包车 能源类型=cat:汽油/柴油/纯电动/混合动力 售价=big:50-1500 油耗=dec:4-15 排量=dec:1-4 座位数=int:2-9 最高时速=int:140-330
月销量: 车型id=>车型 月份=int:1-12 销量=int:10-60000 环比增长=pct 市场占比=pct`,
  `医院: 医院id=key 医院名称=name:仁和医院/中心医院/第一人民医院/妇幼保健院/安康医院/济世堂/同德医院/惠民医院 所在城市=cat:云州/临江/海宁/南浦/青阳 等级=cat:三甲/三乙/二甲/二乙 床位数=int:50-4000 医生数量=int:20-3000 护士数量=int:50-5000 占地面积=int:2000-300000 成立时间=date
医生: 医生id=key 姓名=name:顾清/叶舟/程安/秦风/柳眉/邱实/严正/夏竹/章台/彭越 医院id=>医院 科室=cat:内科/外科/儿科/骨科/眼科 职称=cat:主任医师/副主任医师/主治医师 挂号费=int:10-300 从业年限=int:1-45 性别=cat:男/女
药品: 药品名=name:清热片/止咳糖浆/安神丸/消炎胶囊/维生素片/眼药水/感冒灵/胃舒 类别=cat:处方药/非处方药 单价=int:5-400 库存数量=int:0-9000 医院id=>医院 是否进口=flag 有效期=int:6-60`,
  `球队: 球队id=key 球队名=name:云州雄狮/临江飞鱼/海宁猎鹰/南浦火箭/青阳骑士/东岭勇士/西陵蓝鲸/永安山猫 所属联赛=cat:甲级联赛/乙级联赛/超级联赛 所在城市=cat:云州/临江/海宁/南浦/青阳 成立时间=date 夺冠次数=int:0-15 主教练=name:高峰/马骏/石磊/丁一/雷鸣/曹刚/杜威/卢克 主场容量=big:5-90
球员: 球员id=key 姓名=name:韩冲/于飞/董岩/常胜/毕升/祁山/武林/郝强/宁海/沙洲/包平/尚武 效力球队id=>球队 位置=cat:前锋/中场/后卫/门将 国籍=cat:中国/巴西/法国/德国 年龄=int:17-40 身高=int:168-205 体重=int:60-110 出场次数=int:0-400 进球数=int:0-200 助攻数=int:0-150 身价=big:10-900000
比赛: 比赛id=key 主队id=>球队 日期=date 主队得分=int:0-9 客队得分=int:0-9 观众人数=big:1-80 门票收入=big:10-9000`,
  `图书: 图书id=key 书名=name:山海记/微光/长夜将尽/人间草木谱/算法初步/河流简史/城与人/风的形状/旧书店/远行者 作者=cat:余白/谷雨/言午/木子/林间 出版社=cat:云州出版社/江北文艺出版社/岭南教育出版社 类别=cat:小说/历史/科学/诗歌/教育 出版时间=date 页数=int:90-900 定价=int:15-200 销量=big:1-900 评分=dec:5-9.9 评论人数=int:10-99999
书店: 书店id=key 书店名=name:晨光书店/纸间/半日书房/知遇书店/渡口书店/方寸书社 城市=cat:云州/临江/海宁/南浦 面积=int:50-9000 会员数量=int:100-90000 开业年份=year:1990-2020 是否提供咖啡=flag
书店销售: 书店id=>书店 图书id=>图书 销售数量=int:1-3000 销售额=int:100-90000 折扣=dec:0.5-1`,
  `歌手: 歌手id=key 艺名=name:晚风/阿木/青鸟/小满/南星/北屿/夏至/云朵 出生地=cat:云州/临江/海宁/青阳 出生日期=date 发行专辑数量=int:1-30 粉丝数量=big:1-9000 性别=cat:男/女
歌曲: 歌曲id=key 歌名=name:慢车/城市的光/给海/雨停了/回声/夏夜/单行道/候鸟/二月/岛屿 歌手id=>歌手 风格=cat:流行/摇滚/民谣/电子 发行时间=date 时长=int:120-400 播放量=big:10-90000 收藏量=big:1-9000 下载量=big:1-4000 语言=cat:国语/粤语/英语
演唱会: 演唱会名称=name:山海之约/回声巡演/夏夜音乐会/岛屿来信/向南而行/晚风之夜 歌手id=>歌手 举办城市=cat:云州/临江/海宁/青阳 举办时间=date 最低票价=int:80-500 最高票价=int:600-3000 观众数量=big:1-60 上座率=pct`,
  `手机: 手机id=key 型号=name:极光9/晨星X2/飞鸟Pro/山月5/雷石8/云帆Note/星火3/海浪Plus 品牌=cat:极光/晨星/飞鸟/山月 价格=int:699-9999 屏幕尺寸=dec:4.7-7 电池容量=int:2500-6000 内存=int:4-16 重量=int:130-240 发布时间=date 是否支持5G=flag
电商平台: 平台id=key 平台名称=name:好物网/云购/万家商城/快买/优选集市 成立时间=date 注册用户数=big:100-900000 年交易额=big:100000-90000000
平台销售: 平台id=>电商平台 手机id=>手机 销售价格=int:599-9999 销量=int:10-99999 好评率=pct 退货率=pct`,
  `股票: 股票代码=key 股票名称=name:星河股份/蓝海控股/恒信银行/天工机械/百味集团/绿源电力/云图文化/万里快运 所属行业=cat:银行/机械/食品/电力/传媒 开盘价=dec:2-200 收盘价=dec:2-200 最高价=dec:2-220 最低价=dec:1-190 成交量=big:10-90000 总市值=big:100000-90000000 市盈率=dec:3-120
基金: 基金id=key 基金名称=name:稳健一号/成长优选/价值精选/蓝筹回报/新能源主题 基金经理=cat:陆远/简宁/霍然 成立日期=date 规模=big:1000-9000000 年收益率=pct
持仓: 基金id=>基金 股票代码=>股票 持股数量=big:1-9000 占净值比例=pct`,
  `国家: 国家id=key 名称=name:中国/美国/法国/德国/日本/巴西/印度/埃及/加拿大/澳大利亚 所属洲=cat:亚洲/欧洲/北美洲/南美洲/非洲 首都=name:北京/华盛顿/巴黎/柏林/东京/巴西利亚/新德里/开罗/渥太华/堪培拉 人口=big:1000-1400000 国土面积=big:30-17000 世界遗产数量=int:1-58 官方语言=cat:汉语/英语/法语/德语/日语
奥运会: 届数=int:1-32 举办年份=year:1950-2021 举办国家id=>国家 参赛国家数量=int:40-206 参赛运动员数量=int:800-11000 比赛项目数量=int:20-339
奖牌榜: 国家id=>国家 年份=year:1990-2021 金牌数=int:0-50 银牌数=int:0-50 铜牌数=int:0-50 名次=int:1-60`,
  `机场: 机场id=key 机场名称=name:云州国际机场/临江机场/海宁白鹭机场/南浦机场/青阳机场/永安机场 所在城市=cat:云州/临江/海宁/南浦/青阳/永安 航站楼数量=int:1-4 跑道数量=int:1-5 年旅客吞吐量=big:10-9000 启用时间=date
航空公司: 公司id=key 名称=name:东岭航空/云海航空/西陵航空/飞鸿航空 总部=cat:云州/临江/海宁 飞机数量=int:20-800 准点率=pct
航班: 航班号=key 航空公司id=>航空公司 起飞机场id=>机场 票价=int:200-4000 飞行时长=int:50-900 剩余座位数=int:0-200 是否提供餐食=flag`,
  `餐厅: 餐厅id=key 店名=name:老街面馆/江南小厨/辣府/海味轩/素心斋/炭火人家/粥铺/一品锅 菜系=cat:川菜/粤菜/湘菜/素食/海鲜 城市=cat:云州/临江/海宁/南浦 人均消费=int:20-600 评分=dec:3-5 开业时间=date 座位数量=int:20-400 是否可外卖=flag
菜品: 菜名=name:红烧鱼/麻婆豆腐/白切鸡/炒青菜/酸辣粉/清蒸虾/牛肉面/皮蛋粥 餐厅id=>餐厅 价格=int:8-300 成本=int:3-150 月销量=int:10-9000 辣度=int:0-5
外卖订单: 订单编号=key 餐厅id=>餐厅 下单时间=date 金额=int:15-500 配送费=int:0-20 配送时长=int:15-90`,
  `历史人物: 人物id=key 姓名=name:陆山/裴远/谢安石/独孤信之/韩江/柳如/苏北/王阳 朝代=cat:唐/宋/元/明/清 职业=cat:诗人/将军/画家/宰相 出生年份=int:600-1850 去世年份=int:660-1900 作品数量=int:0-900 籍贯=cat:云州/临江/海宁
战役: 战役名=name:石桥之战/白沙之战/临江会战/望北之战/龙泉之役 朝代=cat:唐/宋/元/明/清 主将id=>历史人物 参战人数=big:1-90 伤亡人数=big:1-40 持续天数=int:1-900 是否胜利=flag`,
  `电视节目: 节目id=key 节目名称=name:舌尖小站/城市晨报/夜谈/少年说/歌声里/寻宝记/厨房日记 频道=cat:云州卫视/江北卫视/岭南卫视 类型=cat:综艺/新闻/访谈/音乐 首播时间=date 收视率=pct 每期时长=int:20-120 期数=int:5-500
主持人: 主持人id=key 姓名=name:安宁/路遥/舒畅/季然/文静/高远 性别=cat:男/女 年龄=int:23-60 毕业院校=cat:云州大学/岭南大学/江北师范大学 微博粉丝数=big:1-9000
节目主持: 节目id=>电视节目 主持人id=>主持人 加入年份=year:2000-2021 主持期数=int:1-400`,
];

/** Writes the databases once and gives their names and files; every second copy keeps many numbers with their units. */
export function inventedDatabases(folder: string, copies: number): { db: string; file: string }[] {
  mkdirSync(folder, { recursive: true });
  const out: { db: string; file: string }[] = [];
  DOMAINS.forEach((domain, d) => {
    for (let c = 0; c < copies; c++) {
      const measured = c % 2 === 1;
      const file = join(folder, `invented-${d}-${c}${measured ? '-measured' : ''}.sqlite`);
      if (!existsSync(file)) fill(file, domain, seededRandom(d * 31 + c + 1), measured);
      out.push({ db: `invented-${d}`, file });
    }
  });
  return out;
}

function fill(file: string, domain: string, random: Random, measured: boolean): void {
  const db = new DatabaseSync(file);
  const keys = new Map<string, { column: string; values: string[] }>();
  for (const line of domain.split('\n')) {
    const [table, rest] = line.split(': ') as [string, string];
    const columns = rest.split(' ').map((c) => {
      const at = c.indexOf('=');
      return { name: c.slice(0, at), type: c.slice(at + 1), unit: measured && random() < 0.6 };
    });
    const named = columns.find((c) => c.type.startsWith('name:'));
    const names = named ? named.type.slice(5).split('/') : [];
    const rows = keys.size > 0 && !columns.some((c) => c.type === 'key') ? 30 : Math.max(8, names.length);
    const target = (c: { type: string }): { column: string; values: string[] } | undefined =>
      c.type.startsWith('>') ? keys.get(c.type.slice(1)) : undefined;
    const body = columns.map(
      (c) =>
        `"${c.name}" ${/^(int|big|dec|pct|year)/.test(c.type) && !(c.unit && c.type.startsWith('year')) ? 'NUMERIC' : 'TEXT'}`,
    );
    const key = columns.find((c) => c.type === 'key');
    if (key) body.push(`PRIMARY KEY ("${key.name}")`);
    for (const c of columns) {
      const t = target(c);
      if (t) body.push(`FOREIGN KEY ("${c.name}") REFERENCES "${c.type.slice(1)}"("${t.column}")`);
    }
    db.exec(`create table "${table}" (${body.join(', ')})`);
    const insert = db.prepare(`insert into "${table}" values (${columns.map(() => '?').join(', ')})`);
    const ids: string[] = [];
    for (let r = 0; r < rows; r++) {
      const values = columns.map((c) => {
        const known = target(c);
        if (known) return known.values[Math.floor(random() * known.values.length)]!;
        const plain = value(c.type, r, random);
        if (c.unit && c.type === 'date') return spelt(String(plain));
        return c.unit && typeof plain === 'number' ? withUnit(plain, c) : plain;
      });
      const at = key ? columns.indexOf(key) : -1;
      if (at >= 0) ids.push(String(values[at]));
      insert.run(...values);
    }
    if (key) keys.set(table, { column: key.name, values: ids });
  }
  db.close();
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/年龄/u, '岁'],
  [/身高|尺寸/u, 'cm'],
  [/体重|重量/u, 'kg'],
  [/面积/u, '平方米'],
  [/时长|片长/u, '分钟'],
  [/价|费|额|收入|薪|奖金|票房|成本|市值|利润|消费/u, '元'],
  [/次数|届/u, '次'],
  [/人数|人口|粉丝|用户/u, '人'],
  [/天数/u, '天'],
  [/年限/u, '年'],
  [/数量|量$/u, '个'],
];

/** A day as a careless table keeps it: 1987年3月8日. */
function spelt(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${year}年${month}月${date}日`;
}

/** A number as a careless table keeps it: 1987年, 12%, 35万, 300元. */
function withUnit(n: number, { name, type }: { readonly name: string; readonly type: string }): string {
  if (type.startsWith('year')) return `${n}年`;
  if (type === 'pct') return `${Math.round(n * 100)}%`;
  const scaled = n >= 1e8 && n % 1e6 === 0 ? `${n / 1e8}亿` : n >= 1e4 && n % 1e3 === 0 ? `${n / 1e4}万` : String(n);
  const unit = UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? '';
  return `${scaled}${/[万亿]$/u.test(scaled) && unit === '个' ? '' : unit}`;
}

function value(type: string, row: number, random: Random): string | number {
  const [kind, rest = ''] = type.split(':') as [string, string?];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const [low = 0, high = 1] = rest.split('-').map(Number);
  switch (kind) {
    case 'key':
      return `item_${row}_${Math.floor(random() * 90 + 10)}`;
    case 'name': {
      const names = rest.split('/');
      return names[row % names.length]!;
    }
    case 'cat':
      return pick(rest.split('/'));
    case 'int':
    case 'year':
      return Math.round(low + (high - low) * random() ** 1.5);
    case 'big':
      return Math.round((low + (high - low) * random() ** 3) * 10) * 1000;
    case 'dec':
      return Math.round((low + (high - low) * random()) * 10) / 10;
    case 'pct':
      return Math.round(random() * 100) / 100;
    case 'flag':
      return random() < 0.5 ? '是' : '否';
    default: {
      const month = String(1 + Math.floor(random() * 12)).padStart(2, '0');
      return `${1950 + Math.floor(random() * 70)}-${month}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`;
    }
  }
}
