/** Names of things as cells spell them, across languages and spellings: each line is one thing. */
const LINES = `
china, cn, prc, chn, 中国
usa, united states, united states of america, us, u.s., america, 美国
uk, united kingdom, great britain, britain, england, 英国
germany, de, 德国
france, fr, 法国
japan, jp, 日本
south korea, korea, 韩国
india, 印度
brazil, 巴西
canada, 加拿大
australia, 澳大利亚, 澳洲
russia, russian federation, 俄罗斯
italy, 意大利
spain, 西班牙
portugal, 葡萄牙
mexico, 墨西哥
argentina, 阿根廷
netherlands, holland, the netherlands, 荷兰
belgium, 比利时
switzerland, 瑞士
austria, 奥地利
sweden, 瑞典
norway, 挪威
denmark, 丹麦
finland, 芬兰
poland, 波兰
ireland, 爱尔兰
hungary, 匈牙利
czech republic, czechia, 捷克
chile, 智利
venezuela, 委内瑞拉
thailand, 泰国
vietnam, 越南
singapore, 新加坡
indonesia, 印度尼西亚, 印尼
malaysia, 马来西亚
philippines, 菲律宾
turkey, türkiye, 土耳其
egypt, 埃及
south africa, 南非
new zealand, 新西兰
ukraine, 乌克兰
greece, 希腊
iran, 伊朗
israel, 以色列
beijing, 北京, 北京市
shanghai, 上海, 上海市
guangzhou, 广州, 广州市
shenzhen, 深圳, 深圳市
hangzhou, 杭州, 杭州市
chengdu, 成都, 成都市
wuhan, 武汉, 武汉市
nanjing, 南京, 南京市
tianjin, 天津, 天津市
chongqing, 重庆, 重庆市
xi'an, xian, 西安, 西安市
suzhou, 苏州
qingdao, 青岛
hong kong, 香港
taiwan, 台湾
london, 伦敦
paris, 巴黎
new york, nyc, 纽约
tokyo, 东京
berlin, 柏林
madrid, 马德里
seattle, 西雅图
los angeles, 洛杉矶
san francisco, 旧金山
chicago, 芝加哥
boston, 波士顿
toronto, 多伦多
sydney, 悉尼
moscow, 莫斯科
rome, 罗马
vienna, 维也纳
prague, 布拉格
dublin, 都柏林
sao paulo, são paulo, 圣保罗
east china, 华东, 华东地区
south china, 华南, 华南地区
north china, 华北, 华北地区
central china, 华中, 华中地区
southwest china, southwest, 西南, 西南地区
northwest china, northwest, 西北, 西北地区
northeast china, northeast, 东北, 东北地区
north, northern, 北部, 北区, 北方
south, southern, 南部, 南区, 南方
east, eastern, 东部, 东区
west, western, 西部, 西区
europe, 欧洲
asia, 亚洲
africa, 非洲
north america, 北美, 北美洲
south america, 南美, 南美洲
oceania, 大洋洲
male, m, man, men, 男, 男性, 男士
female, f, woman, women, 女, 女性, 女士
yes, y, true, 是
no, n, false, 否
english, 英语, 英文
chinese, mandarin, 中文, 汉语
french, 法语
german, 德语
japanese, 日语
italian, 意大利语
spanish, 西班牙语
action, 动作, 动作片
comedy, 喜剧, 喜剧片
drama, 剧情, 剧情片
horror, 恐怖, 恐怖片
documentary, 纪录片
animation, 动画, 动画片
children, family, 儿童
family, 家庭, 家庭片
sci-fi, science fiction, 科幻, 科幻片
sports, sport, 体育, 体育片
travel, 旅行, 旅游
games, 游戏
music, 音乐, 音乐片
classics, 经典
foreign, 外国, 外语
new, 新片
rock, 摇滚, 摇滚乐
pop, 流行, 流行音乐
jazz, 爵士, 爵士乐
metal, 金属
classical, 古典, 古典音乐
blues, 蓝调, 布鲁斯
hip hop/rap, hip hop, rap, 说唱, 嘻哈
latin, 拉丁
reggae, 雷鬼
alternative, 另类
soundtrack, 原声, 原声带
tv shows, 电视剧
beverages, drinks, drink, beverage, 饮料, 饮品
condiments, 调味品, 调料
confections, sweets, candy, 糖果, 甜点
dairy products, dairy, 乳制品, 奶制品
grains/cereals, grains, cereals, 谷物, 谷类
meat/poultry, meat, poultry, 肉类, 肉
produce, 农产品, 果蔬
seafood, fish, 海鲜, 水产
sales, 销售, 销售部
marketing, 市场, 市场部, 营销部
finance, 财务, 财务部, 金融
human resources, hr, 人力资源, 人事, 人力资源部, 人事部
development, 开发, 开发部, 研发, 研发部
research, 研究, 研究部
production, 生产, 生产部
quality management, 质量管理, 质量管理部, 质检部
customer service, 客服, 客户服务, 客服部
it, information technology, 信息技术, 技术部
engineer, 工程师
senior engineer, 高级工程师
manager, 经理
assistant engineer, 助理工程师
technique leader, 技术主管
staff, 普通员工
senior staff, 高级员工
completed, complete, finished, done, 已完成, 完成
pending, waiting, 待处理, 待付款, 待支付
cancelled, canceled, 已取消, 取消
shipped, 已发货, 发货
delivered, 已送达, 已签收
paid, 已付款, 已支付
unpaid, 未付款, 未支付
refunded, 已退款, 退款
returned, 已退货, 退货
active, 活跃, 有效, 激活
inactive, 停用, 无效, 未激活
electronics, electronic, 电子产品, 数码, 电子
clothing, clothes, apparel, fashion, 服装, 服饰, 衣服
books, book, 图书, 书籍
food, foods, 食品
furniture, 家具
home, home & kitchen, home and kitchen, 家居
toys, toy, 玩具
beauty, cosmetics, 美妆, 化妆品
online, web, 线上, 网上
offline, 线下
mobile, app, 移动端
credit card, 信用卡
cash, 现金
alipay, 支付宝
wechat pay, wechat, 微信, 微信支付
` as const;

let index: Map<string, readonly string[]> | null = null;

/** Other spellings of a cell value, lower case; empty when none is known. */
export function valueTranslations(value: string): readonly string[] {
  if (index === null) {
    index = new Map();
    for (const line of LINES.trim().split('\n')) {
      const words = line.split(',').map((word) => word.trim());
      for (const word of words)
        index.set(word, [...(index.get(word) ?? []), ...words.filter((other) => other !== word)]);
    }
  }
  return index.get(value.toLowerCase()) ?? [];
}
