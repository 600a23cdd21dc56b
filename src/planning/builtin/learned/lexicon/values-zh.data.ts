/** One line per thing: how cells of English databases spell it, and the Chinese words for it: `english, other spelling: 中文 中文 …`. */
export const VALUE_LINES = `
female, f, woman, women, girl: 女 女性 女生 女士 女子 女孩
male, m, man, men, boy: 男 男性 男生 男士 男子 男孩
unisex: 男女通用 中性
january, jan: 一月 1月 一月份
february, feb: 二月 2月 二月份
march, mar: 三月 3月 三月份
april, apr: 四月 4月 四月份
may: 五月 5月 五月份
june, jun: 六月 6月 六月份
july, jul: 七月 7月 七月份
august, aug: 八月 8月 八月份
september, sep, sept: 九月 9月 九月份
october, oct: 十月 10月 十月份
november, nov: 十一月 11月 十一月份
december, dec: 十二月 12月 十二月份
monday, mon: 星期一 周一 礼拜一
tuesday, tue, tues: 星期二 周二 礼拜二
wednesday, wed: 星期三 周三 礼拜三
thursday, thu, thur, thurs: 星期四 周四 礼拜四
friday, fri: 星期五 周五 礼拜五
saturday, sat: 星期六 周六 礼拜六
sunday, sun: 星期日 周日 星期天 礼拜天
weekday: 工作日 平日
weekend: 周末
holiday: 假日 节假日 假期
spring: 春季 春天
summer: 夏季 夏天
fall, autumn: 秋季 秋天
winter: 冬季 冬天
morning: 早上 上午 早晨
afternoon: 下午 午后
evening: 傍晚 晚上
christmas: 圣诞 圣诞节
thanksgiving: 感恩节
halloween: 万圣节
spring festival, chinese new year: 春节
red: 红色 红
blue: 蓝色
green: 绿色
white: 白色 白
black: 黑色
yellow: 黄色
brown: 棕色 褐色 布朗
orange: 橙色 橘色 橙子 橘子
purple: 紫色
pink: 粉色 粉红色 粉红
gray, grey: 灰色
golden, gold: 金色
silver: 银色 银牌 白银
beige: 米色 米黄色
navy, navy blue: 海军蓝 藏青色 深蓝色
khaki: 卡其色 卡其
transparent, clear: 透明
chinese: 中国人 中国 华人
mandarin: 普通话 国语
cantonese: 粤语 广东话
american: 美国 美国人
british, england, uk, united kingdom: 英国 英格兰
european: 欧洲
french: 法国 法国人 法文
german: 德国 德国人 德文
spanish: 西班牙 西班牙人 西班牙文 西语
italian: 意大利 意大利人
japanese: 日本 日本人 日文
canadian: 加拿大 加拿大人
australian: 澳大利亚 澳大利亚人 澳洲
russia, russian: 俄罗斯 俄国
brazilian: 巴西 巴西人
dutch: 荷兰 荷兰人 荷兰语
scotland, scottish: 苏格兰
wales, welsh: 威尔士
irish: 爱尔兰 爱尔兰人
northern ireland: 北爱尔兰
bulgaria, bulgarian: 保加利亚
romania, romanian: 罗马尼亚
croatia, croatian: 克罗地亚
serbia, serbian: 塞尔维亚
colombia, colombian: 哥伦比亚
cuba, cuban: 古巴
peru, peruvian: 秘鲁
kenya, kenyan: 肯尼亚
nigeria, nigerian: 尼日利亚
ethiopia, ethiopian: 埃塞俄比亚
morocco, moroccan: 摩洛哥
pakistan, pakistani: 巴基斯坦
iceland, icelandic: 冰岛
zimbabwe, zimbabwean: 津巴布韦
angola, angolan: 安哥拉
aruba: 阿鲁巴
afghanistan, afghan: 阿富汗
saudi arabia, saudi: 沙特阿拉伯 沙特
estonia, estonian: 爱沙尼亚
latvia, latvian: 拉脱维亚
lithuania, lithuanian: 立陶宛
slovakia, slovak: 斯洛伐克
slovenia, slovenian: 斯洛文尼亚
korean: 韩国 韩国人 韩语 韩文 朝鲜语
indian: 印度 印度人
portuguese: 葡萄牙 葡萄牙人 葡萄牙语 葡语
mexican: 墨西哥 墨西哥人
argentine, argentinian: 阿根廷 阿根廷人
belgian: 比利时 比利时人
swiss: 瑞士 瑞士人
austrian: 奥地利 奥地利人
swedish, swede: 瑞典 瑞典人
norwegian: 挪威 挪威人 挪威语
danish, dane: 丹麦 丹麦人
finnish, finn: 芬兰 芬兰人
polish: 波兰 波兰人 波兰语
hungarian: 匈牙利 匈牙利人 匈牙利语
czech: 捷克 捷克人 捷克语
chilean: 智利 智利人
venezuelan: 委内瑞拉 委内瑞拉人
thai: 泰国 泰国人 泰语 泰文
vietnamese: 越南 越南人 越南语
singaporean: 新加坡 新加坡人
indonesian: 印度尼西亚 印尼 印尼语
malaysian, malay: 马来西亚 马来西亚人
filipino, philippine: 菲律宾 菲律宾人
turkish: 土耳其 土耳其人 土耳其语
egyptian: 埃及 埃及人
south african: 南非 南非人
ukrainian: 乌克兰 乌克兰人 乌克兰语
greek: 希腊 希腊人 希腊语 希腊文
iranian, persian: 伊朗 伊朗人
israeli: 以色列 以色列人
north korea: 朝鲜 北韩
soviet union, ussr: 苏联
yugoslavia: 南斯拉夫
bangladesh, bangladeshi: 孟加拉国 孟加拉
sri lanka, sri lankan: 斯里兰卡
nepal, nepalese, nepali: 尼泊尔
maldives: 马尔代夫
myanmar, burma, burmese: 缅甸
cambodia, cambodian: 柬埔寨
laos, laotian: 老挝
mongolia, mongolian: 蒙古 蒙古国
kazakhstan, kazakh: 哈萨克斯坦
uzbekistan, uzbek: 乌兹别克斯坦
azerbaijan, azerbaijani: 阿塞拜疆
armenia, armenian: 亚美尼亚
iraq, iraqi: 伊拉克
syria, syrian: 叙利亚
jordan, jordanian: 约旦
lebanon, lebanese: 黎巴嫩
kuwait, kuwaiti: 科威特
qatar, qatari: 卡塔尔
bahrain, bahraini: 巴林
oman, omani: 阿曼
yemen, yemeni: 也门
united arab emirates, uae, emirati: 阿联酋
cyprus, cypriot: 塞浦路斯
malta, maltese: 马耳他
luxembourg: 卢森堡
monaco: 摩纳哥
albania, albanian: 阿尔巴尼亚
bosnia and herzegovina, bosnia, bosnian: 波斯尼亚 波黑
macedonia, north macedonia, macedonian: 马其顿 北马其顿
montenegro: 黑山 黑山共和国
belarus, belarusian: 白俄罗斯
greenland: 格陵兰 格陵兰岛
algeria, algerian: 阿尔及利亚
tunisia, tunisian: 突尼斯
libya, libyan: 利比亚
sudan, sudanese: 苏丹
somalia, somali: 索马里
uganda, ugandan: 乌干达
tanzania, tanzanian: 坦桑尼亚
rwanda, rwandan: 卢旺达
ghana, ghanaian: 加纳
ivory coast, cote d'ivoire, côte d'ivoire: 科特迪瓦 象牙海岸
senegal, senegalese: 塞内加尔
mali: 马里
cameroon, cameroonian: 喀麦隆
congo: 刚果
liberia, liberian: 利比里亚
zambia, zambian: 赞比亚
mozambique: 莫桑比克
botswana: 博茨瓦纳
namibia, namibian: 纳米比亚
madagascar: 马达加斯加
mauritius: 毛里求斯
bolivia, bolivian: 玻利维亚
ecuador, ecuadorian: 厄瓜多尔
paraguay, paraguayan: 巴拉圭
uruguay, uruguayan: 乌拉圭
panama, panamanian: 巴拿马
costa rica, costa rican: 哥斯达黎加
nicaragua: 尼加拉瓜
honduras: 洪都拉斯
guatemala: 危地马拉
el salvador: 萨尔瓦多
jamaica, jamaican: 牙买加
haiti, haitian: 海地
dominican republic, dominican: 多米尼加
puerto rico, puerto rican: 波多黎各
bahamas: 巴哈马
barbados: 巴巴多斯
trinidad and tobago: 特立尼达和多巴哥 特立尼达
bermuda: 百慕大
fiji, fijian: 斐济
samoa, samoan: 萨摩亚
macau, macao: 澳门
asian: 亚洲 亚洲人 亚裔
african: 非洲 非洲人
african american: 非裔 非裔美国人
caucasian: 白人 白种人
hispanic: 西班牙裔 拉美裔
native american: 印第安人 美洲原住民
latin america: 拉丁美洲 拉美
central america: 中美洲
caribbean: 加勒比 加勒比海 加勒比地区
middle east: 中东 中东地区
antarctica: 南极洲 南极
eastern europe: 东欧
western europe: 西欧
southeast asia: 东南亚
east asia, eastern asia: 东亚
pacific, pacific ocean: 太平洋
atlantic, atlantic ocean: 大西洋
indian ocean: 印度洋
mediterranean: 地中海
domestic: 国内 本国
international: 国际
russian: 俄语 俄文
arabic: 阿拉伯语 阿拉伯文
arab, arabian: 阿拉伯 阿拉伯人
bengali: 孟加拉语 孟加拉文
hindi: 印地语 印度语
tamil: 泰米尔语
persian, farsi: 波斯语 波斯
hebrew: 希伯来语
latin: 拉丁语 拉丁文
romanian: 罗马尼亚语
bulgarian: 保加利亚语
swedish: 瑞典语
danish: 丹麦语
finnish: 芬兰语
icelandic: 冰岛语
malay: 马来语
filipino, tagalog: 菲律宾语 他加禄语
georgia: 格鲁吉亚 佐治亚 佐治亚州
california, ca: 加利福尼亚 加州 加利福尼亚州
texas, tx: 德克萨斯 德州 得克萨斯 德克萨斯州 得克萨斯州
new york, ny: 纽约 纽约州 纽约市
florida, fl: 佛罗里达 佛罗里达州
colorado, co: 科罗拉多 科罗拉多州
virginia, va: 弗吉尼亚 弗吉尼亚州
west virginia, wv: 西弗吉尼亚 西弗吉尼亚州
alabama, al: 阿拉巴马 阿拉巴马州 亚拉巴马
alaska, ak: 阿拉斯加 阿拉斯加州
arkansas, ar: 阿肯色 阿肯色州
connecticut, ct: 康涅狄格 康涅狄格州 康州
delaware, de: 特拉华 特拉华州
idaho, id: 爱达荷 爱达荷州
iowa, ia: 爱荷华 爱荷华州 艾奥瓦
kansas, ks: 堪萨斯 堪萨斯州
louisiana, la: 路易斯安那 路易斯安那州
indiana, in: 印第安纳 印第安纳州
illinois, il: 伊利诺伊 伊利诺伊州 伊利诺斯州
michigan, mi: 密歇根 密歇根州 密西根
minnesota, mn: 明尼苏达 明尼苏达州
mississippi, ms: 密西西比 密西西比州
missouri, mo: 密苏里 密苏里州
montana, mt: 蒙大拿 蒙大拿州
nebraska, ne: 内布拉斯加 内布拉斯加州
ohio, oh: 俄亥俄 俄亥俄州
oklahoma, ok: 俄克拉荷马 俄克拉荷马州 俄克拉何马
pennsylvania, pa: 宾夕法尼亚 宾州 宾夕法尼亚州
maine, me: 缅因 缅因州
maryland, md: 马里兰 马里兰州
massachusetts, ma: 马萨诸塞 马萨诸塞州 麻省 麻州
washington, wa: 华盛顿 华盛顿州
washington dc, washington d.c., district of columbia, dc: 华盛顿特区 哥伦比亚特区
oregon, or: 俄勒冈 俄勒冈州
arizona, az: 亚利桑那 亚利桑那州
nevada, nv: 内华达 内华达州
utah, ut: 犹他 犹他州
wyoming, wy: 怀俄明 怀俄明州
vermont, vt: 佛蒙特 佛蒙特州
hawaii, hi: 夏威夷 夏威夷州
wisconsin, wi: 威斯康星 威斯康星州 威斯康辛
tennessee, tn: 田纳西 田纳西州
kentucky, ky: 肯塔基 肯塔基州
north carolina, nc: 北卡罗来纳 北卡罗来纳州 北卡
south carolina, sc: 南卡罗来纳 南卡罗来纳州 南卡
north dakota, nd: 北达科他 北达科他州
south dakota, sd: 南达科他 南达科他州
new jersey, nj: 新泽西 新泽西州
new hampshire, nh: 新罕布什尔 新罕布什尔州
new mexico, nm: 新墨西哥 新墨西哥州
rhode island, ri: 罗德岛 罗得岛 罗得岛州
ontario: 安大略 安大略省
quebec: 魁北克 魁北克省
houston: 休斯顿 休斯敦
dallas: 达拉斯
san francisco: 三藩市
san jose: 圣何塞
san diego: 圣地亚哥 圣迭戈
santiago: 圣地亚哥
philadelphia: 费城
phoenix: 凤凰城
atlanta: 亚特兰大
miami: 迈阿密
detroit: 底特律
denver: 丹佛
las vegas: 拉斯维加斯
new orleans: 新奥尔良
auckland: 奥克兰
cambridge: 剑桥
oxford: 牛津
baltimore: 巴尔的摩
napa: 纳帕
sonoma: 索诺玛
vancouver: 温哥华
montreal: 蒙特利尔
ottawa: 渥太华
melbourne: 墨尔本
canberra: 堪培拉
manchester: 曼彻斯特
liverpool: 利物浦
birmingham: 伯明翰
edinburgh: 爱丁堡
lyon: 里昂
munich: 慕尼黑
hamburg: 汉堡
frankfurt: 法兰克福
barcelona: 巴塞罗那
milan: 米兰
venice: 威尼斯
florence: 佛罗伦萨
amsterdam: 阿姆斯特丹
brussels: 布鲁塞尔
geneva: 日内瓦
zurich: 苏黎世
lisbon: 里斯本
athens: 雅典
warsaw: 华沙
stockholm: 斯德哥尔摩
oslo: 奥斯陆
copenhagen: 哥本哈根
helsinki: 赫尔辛基
saint petersburg, st. petersburg: 圣彼得堡
istanbul: 伊斯坦布尔
dubai: 迪拜
cairo: 开罗
mumbai, bombay: 孟买
new delhi: 新德里
bangkok: 曼谷
seoul: 首尔 汉城
osaka: 大阪
mexico city: 墨西哥城
rio de janeiro: 里约热内卢 里约
rain, rainy: 下雨 雨天 有雨
fog, foggy: 大雾 有雾 雾天 起雾
snow, snowy: 下雪 雪天 有雪
sunny: 晴天 晴朗
cloudy: 多云 阴天
windy: 大风 有风 刮风
storm, stormy: 暴风雨 风暴
thunderstorm: 雷暴 雷雨 雷阵雨
shower: 阵雨 淋浴
hail: 冰雹
hurricane: 飓风
typhoon: 台风
flood: 洪水 水灾 洪灾
milk: 牛奶
egg: 鸡蛋
chocolate: 巧克力
apple: 苹果 苹果公司
cookie, biscuit: 饼干 曲奇
cake: 蛋糕
coffee: 咖啡
latte: 拿铁
cappuccino: 卡布奇诺
juice: 果汁
beer: 啤酒
wine: 葡萄酒 红酒
champagne: 香槟
whiskey, whisky: 威士忌
yogurt, yoghurt: 酸奶
cheese: 奶酪 芝士 干酪
butter: 黄油
cream: 奶油
ice cream: 冰淇淋 冰激凌
bread: 面包
pizza: 披萨 比萨
burger, hamburger: 汉堡 汉堡包
sandwich: 三明治
rice: 米饭 大米
sushi: 寿司
soup: 汤类 浓汤
salad: 沙拉
steak: 牛排
beef: 牛肉
pork: 猪肉
chicken: 鸡肉 小鸡
turkey: 火鸡
bacon: 培根
sausage: 香肠
shrimp, prawn: 小虾 对虾 虾仁
crab: 螃蟹
salmon: 三文鱼 鲑鱼
tuna: 金枪鱼
dessert: 甜点 甜品
breakfast: 早餐 早饭
lunch: 午餐 午饭
dinner: 晚餐 晚饭
vegetarian: 素食 素食者
fruit: 水果
vegetable: 蔬菜
banana: 香蕉
lemon: 柠檬
grape: 葡萄
strawberry: 草莓
blueberry: 蓝莓
cherry: 樱桃
peach: 桃子
mango: 芒果
watermelon: 西瓜
tomato: 西红柿 番茄
potato: 土豆 马铃薯
carrot: 胡萝卜
onion: 洋葱
pepper: 胡椒 辣椒
corn, maize: 玉米
wheat: 小麦
cotton: 棉花 棉布 纯棉
nut: 坚果
peanut: 花生
honey: 蜂蜜
sugar: 白糖 食糖
salt: 食盐
vanilla: 香草
spice: 香料 调味料
garlic: 大蒜
ginger: 生姜
cinnamon: 肉桂
basil: 罗勒
rosemary: 迷迭香
mint: 薄荷
cilantro, coriander: 香菜 芫荽
dog: 狗 犬 小狗 狗狗
cat: 猫 小猫 猫咪
bird: 鸟 鸟类
pet: 宠物
horse: 马匹
cow, cattle: 奶牛 母牛
pig: 小猪
sheep: 绵羊
rabbit: 兔子
hamster: 仓鼠
duck: 鸭子
turtle: 乌龟 海龟
snake: 蛇类 毒蛇
parrot: 鹦鹉
lion: 狮子
tiger: 老虎
panda: 熊猫 大熊猫
wolf: 野狼
fox: 狐狸
elephant: 大象
monkey: 猴子
dolphin: 海豚
husky: 哈士奇
football: 足球 橄榄球
soccer: 足球
basketball: 篮球
baseball: 棒球
softball: 垒球
volleyball: 排球
tennis: 网球
table tennis, ping pong: 乒乓球
badminton: 羽毛球
golf: 高尔夫 高尔夫球
hockey, ice hockey: 曲棍球 冰球
rugby: 橄榄球 英式橄榄球
cricket: 板球
lacrosse: 长曲棍球
bowling: 保龄球
swimming: 游泳
diving: 跳水 潜水
surfing: 冲浪
athletics, track and field: 田径
running: 跑步
marathon: 马拉松
gymnastics: 体操
weightlifting: 举重
boxing: 拳击
wrestling: 摔跤
shooting: 射击
cycling: 自行车 骑行 自行车赛
equestrian, horse riding: 马术 骑马
skiing: 滑雪
hiking: 徒步 远足
fishing: 钓鱼
dance, dancing: 舞蹈 跳舞
chess: 国际象棋 象棋
poker: 扑克 扑克牌
goalie, goalkeeper, gk: 守门员 门将
striker, forward: 前锋
midfielder, mid, midfield: 中场
defender: 后卫 防守队员
guard: 后卫 警卫
center, centre: 中锋 中心 中央
pitcher: 投手
catcher: 捕手
captain: 队长 船长 上尉 机长
coach: 教练
head coach: 主教练 总教练
referee: 裁判 裁判员
gold: 金牌 黄金
bronze: 铜牌 青铜
champion: 冠军
runner-up, runner up: 亚军
final: 决赛
semifinal, semi-final, semifinals: 半决赛
quarterfinal, quarter-final, quarterfinals: 四分之一决赛
win, won: 获胜 胜利 赢得
loss, lose, lost: 失利 输掉
draw, tie: 平局 打平
guitar: 吉他
piano: 钢琴
keyboard, keyboards: 键盘
organ: 管风琴 风琴
violin: 小提琴
viola: 中提琴
cello: 大提琴
drums: 鼓 架子鼓
bass: 贝斯 男低音 低音
flute: 长笛
clarinet: 单簧管
saxophone, sax: 萨克斯 萨克斯管
trumpet: 小号
trombone: 长号
harp: 竖琴
harmonica: 口琴
vocals, vocal: 人声 主唱 演唱
lead, lead vocals: 主唱 领唱
backing vocals, backup vocals: 和声 伴唱
soprano: 女高音
mezzo-soprano, mezzo soprano: 女中音
alto, contralto: 女低音 中音
tenor: 男高音
baritone: 男中音
choir, chorus: 合唱团 合唱
orchestra: 管弦乐团 管弦乐队 交响乐团
symphony: 交响乐 交响曲
band: 乐队 乐团
solo: 独唱 独奏 单人
album: 专辑
single: 单曲 单人 单身 单人间 单打
opera: 歌剧
musical: 音乐剧
folk: 民谣 民间 民歌
country: 乡村音乐 乡村
heavy metal: 重金属
punk: 朋克
soul: 灵魂乐
rhythm and blues, r&b: 节奏布鲁斯
house: 浩室音乐 房子 房屋 住宅
gospel: 福音 福音音乐
world: 世界 世界音乐
movie, film: 电影 影片
biography: 传记
novel: 小说
fiction: 小说 虚构
poetry, poem: 诗歌 诗集
fantasy: 奇幻 幻想 魔幻
romance, romantic: 爱情 浪漫 言情 爱情片
thriller: 惊悚 惊悚片
mystery: 悬疑 推理 悬疑片
crime: 犯罪 犯罪片
detective: 侦探
adventure: 冒险 冒险片 探险
war: 战争 战争片
western: 西部片
comic, comics: 漫画
news: 新闻
magazine: 杂志
newspaper: 报纸
paperback: 平装 平装本
hardcover, hardback: 精装 精装本
painting: 绘画 油画 画作
sculpture: 雕塑 雕像
photography: 摄影
oil: 油画 石油
computer science, comp. sci., computer info. systems: 计算机科学 计算机 计算机系
software engineering: 软件工程
information systems: 信息系统
artificial intelligence, ai: 人工智能
mathematics, math, maths: 数学 数学系
physics: 物理 物理学 物理系
biology: 生物 生物学 生物系
chemistry: 化学 化学系
statistics: 统计 统计学 统计系
geology: 地质学 地质
geography: 地理 地理学
history: 历史 历史系 历史学
psychology: 心理学 心理系
philosophy: 哲学 哲学系
sociology: 社会学
political science: 政治学 政治科学
politics: 政治
law: 法律 法学 法学院
literature: 文学
journalism: 新闻学
education: 教育 教育学
art: 艺术 美术
arts, fine arts: 艺术 美术
design: 设计
architecture: 建筑学 建筑
theater, theatre: 戏剧 剧院 剧场
marketing: 市场营销 营销
accounting: 会计 会计学 会计系 会计部
finance: 金融系 金融学
economics: 经济学 经济系 经济
management: 管理 管理学
business administration: 工商管理
engineering: 工程 工程学 工程部
mechanical engineering: 机械工程 机械工程系
electrical engineering: 电气工程 电机工程 电气工程系
civil engineering: 土木工程 土木工程系
agriculture: 农业 农学
medicine: 医学 药品 药物
nursing: 护理 护理学
graduate: 研究生 毕业生
associate degree, associate: 副学士 大专 专科
bachelor, bachelor's, bachelors, bachelor's degree: 学士 本科 学士学位
master, master's, masters, master's degree: 硕士 硕士学位
doctorate, phd, ph.d., doctoral: 博士 博士学位
high school: 高中 中学
middle school: 初中
primary school, elementary school, primary, elementary: 小学
kindergarten: 幼儿园
college: 学院 大学 大专
university: 大学
public: 公立 公共 公开
private: 私立 私人 私有 列兵 二等兵
freshman: 大一 大一新生 新生
sophomore: 大二 大二学生
junior: 大三 初级
senior: 大四 高级 老年人 老人
first grade, grade 1: 一年级
second grade, grade 2: 二年级
third grade, grade 3: 三年级
fourth grade, grade 4: 四年级
fifth grade, grade 5: 五年级
sixth grade, grade 6: 六年级
pass, passed: 及格 通过 合格
excellent: 优秀
good: 良好
poor: 较差 贫困
bad: 差 糟糕
high: 高
low: 低
medium: 中等 中号
elementary: 初级
intermediate: 中级
advanced: 高级 进阶
professor: 教授
associate professor: 副教授
assistant professor: 助理教授
instructor, lecturer: 讲师
student: 学生
teacher: 教师 老师
principal, headmaster: 校长
dean: 院长 系主任
president: 总统 主席 总裁 会长
vice president, vp: 副总统 副总裁 副主席
chairman, chair: 主席 董事长
secretary: 秘书
ceo, chief executive officer: 首席执行官
director: 导演 主任 总监 董事
sales manager: 销售经理
analyst: 分析师 分析员
programmer: 程序员 程序设计员
designer: 设计师
scientist: 科学家
accountant: 会计师 会计
salesman, salesperson, sales representative, sales rep: 销售员 推销员 销售代表
doctor, physician: 医生 医师
surgeon: 外科医生
dentist: 牙医
nurse: 护士
veterinarian, vet: 兽医
lawyer, attorney: 律师
police, police officer, policeman: 警察
soldier: 士兵 军人
pilot: 飞行员
driver: 司机 驾驶员
farmer: 农民 农夫
chef, cook: 厨师
waiter: 服务员
reporter: 记者
editor: 编辑
writer: 作家 作者 编剧
author: 作者 作家
actor: 演员 男演员
actress: 女演员
singer: 歌手 歌唱家
musician: 音乐家 乐手
composer: 作曲家 作曲
painter: 画家
photographer: 摄影师
producer: 制片人 制作人 生产者
athlete: 运动员
politician: 政治家 政客
mayor: 市长
prime minister: 首相 总理
king: 国王 特大床 特大号床 特大号
queen: 女王 王后 大床 大号床
unemployed: 失业 待业 无业
retired: 退休 已退休 退役
full-time, full time: 全职
part-time, part time: 兼职
temporary: 临时 临时工
general: 将军 上将
lieutenant general: 中将
major general: 少将
colonel: 上校
lieutenant colonel: 中校
major: 少校 重大 主要
lieutenant: 中尉
sergeant: 中士 军士 警长
admiral: 海军上将 上将
vice admiral: 海军中将
rear admiral: 海军少将
army: 陆军 军队
navy: 海军
air force: 空军
veteran: 老兵 退伍军人
success, successful, succeeded: 成功
failed, fail, failure, unsuccessful: 失败
open: 开放 打开 未解决 营业
closed: 关闭 已关闭 停业
cancel: 取消 已取消
pending: 待定 待审批
paid: 已付
delivered: 已交付
on hold, hold: 暂停 搁置 挂起 保留
packing: 打包 打包中 包装中 装箱
shipped: 已运送 已寄出
in transit, on the road, on the way: 运输中 运送中 在途 在路上 配送中
working: 工作中 正在工作 在工作
in progress, ongoing: 进行中 正在进行 处理中
processing: 处理中 加工中
stop, stopped: 停止 已停止
suspended: 暂停 中止 停职
delayed: 延误 延迟 推迟
on time: 准时 准点
expired: 过期 已过期 失效
approved: 已批准 批准 审批通过
rejected, reject: 拒绝 被拒绝 已拒绝 驳回
accepted, accept: 接受 已接受 录用
draft: 草稿 草案
confirmed: 已确认 确认
booked, reserved: 已预订 预订 已预约
available: 可用 有空 有货 可预订
sold: 已售 已售出 售出
new: 新的 全新 新建
used, second-hand, secondhand: 二手 用过的 二手的
old: 旧的 陈旧 老旧
fixed: 已修复 固定
enabled, on: 启用 开启
disabled, off: 禁用 关闭
absent: 缺席 缺勤
captured: 被俘 被俘获 捕获
injured, wounded: 受伤
killed: 被杀 丧生
urgent: 紧急 加急
severe: 严重 重度
mild, minor: 轻微 轻度
free: 免费
luxury: 豪华 奢华 奢侈品
standard: 标准
premium: 高端 优质 高级会员
economy, economic: 经济 经济舱 经济型
business class: 商务舱
first class: 头等舱 一等舱 一等
member: 会员 成员
sponsor: 赞助商 赞助者
film: 胶片
email, e-mail: 邮件 电子邮件 电邮
mail, post: 邮寄 邮件
visa: 签证 维萨卡 维萨
mastercard, master card: 万事达 万事达卡
american express, amex: 美国运通 运通 运通卡
unionpay: 银联 银联卡
paypal: 贝宝
savings, saving: 储蓄 储蓄账户
checking: 支票 支票账户
credit: 信用 信用卡 信贷
debit, debit card: 借记 借记卡
check, cheque: 支票
cash: 现金支付
direct debit: 直接扣款 直接借记
bank transfer, wire transfer: 银行转账 转账
mortgages, mortgage: 抵押贷款 按揭 房贷 抵押
auto: 汽车贷款 汽车
loan: 贷款
business: 商业 商务
dollar, usd, us dollar: 美元
euro, eur: 欧元
yuan, cny, rmb: 人民币
double: 双人 双人间 双打
full: 完整 双人床
twin: 双床 双胞胎 双床房
suite: 套房 套间
deluxe: 豪华 豪华房
bathroom: 浴室 卫生间 洗手间
kitchen: 厨房
swimming pool, pool: 游泳池 泳池
modern: 现代 现代风格
traditional: 传统 传统风格
rustic: 乡村风格 质朴
contemporary: 当代
vintage, retro: 复古
ancient: 古代 古老
car: 汽车 轿车 小汽车
sedan: 轿车
suv: 越野车
truck, lorry: 卡车 货车
van: 面包车 厢式货车
bus: 公交 公交车 公共汽车 巴士
taxi, cab: 出租车 的士
motorcycle, motorbike: 摩托车
bicycle, bike: 自行车 单车
train: 火车 列车
subway, metro: 地铁
tram: 有轨电车 电车
electric: 电动 电动车
diesel: 柴油
ship: 船舶 轮船 船只
ferry: 渡轮 渡船
cruise, cruise ship: 邮轮 游轮
cargo ship, freighter: 货船 货轮
battleship: 战列舰
cruiser: 巡洋舰
destroyer: 驱逐舰
frigate: 护卫舰
submarine: 潜艇
aircraft carrier, carrier: 航空母舰 航母
aircraft, airplane, plane: 飞机
helicopter: 直升机
fighter: 战斗机
bomber: 轰炸机
jet: 喷气式飞机 喷气机
hotel: 酒店 宾馆 旅馆
apartment: 公寓 公寓楼
flat: 平房 公寓 平坦
studio: 工作室 单间 开间 单间公寓
villa: 别墅
castle: 城堡
tower: 塔楼
factory, plant: 工厂
supermarket: 超市 超级市场
department store: 百货商店 百货公司
restaurant: 餐馆 餐厅 饭店
cafe, coffee shop: 咖啡馆 咖啡厅 咖啡店
bar, pub: 酒吧
bank: 银行
hospital: 医院
museum: 博物馆
cinema, movie theater: 电影院
stadium: 体育场 球场
church: 教堂 教会
mosque: 清真寺
temple: 寺庙 庙宇
airport: 机场
train station, railway station: 火车站
park: 公园
zoo: 动物园
beach: 海滩 沙滩
island: 岛屿 海岛
mountain: 山脉 高山
lake: 湖泊
river: 河流
urban: 城市 城区
rural: 农村 乡村
wood, wooden: 木头 木材 木质 木制
steel: 钢铁 钢材
diamond: 钻石
marble: 大理石
glass: 玻璃 玻璃杯
plastic: 塑料
leather: 皮革 真皮
wool: 羊毛
silk: 丝绸 真丝
small: 小号 小型 小的
large: 大号 大型 大的
extra large, xl: 加大号 特大号
circle, round, circular: 圆形 圆的
square: 方形 正方形
hot: 炎热 热的
cold: 寒冷 冷的 感冒
organic: 有机
head: 头部
eye: 眼睛
ear: 耳朵
hand: 手部
back: 背部 后背
knee: 膝盖
skin: 皮肤
bone: 骨头 骨骼
heart: 心脏
lung: 肺部
liver: 肝脏
cancer: 癌症
diabetes: 糖尿病
hypertension, high blood pressure: 高血压
heart disease: 心脏病
stroke: 中风 脑卒中
flu, influenza: 流感 流行性感冒
fever: 发烧 发热
pneumonia: 肺炎
asthma: 哮喘
tuberculosis: 肺结核 结核病
hepatitis: 肝炎
aids: 艾滋病
covid-19, covid, coronavirus: 新冠 新冠肺炎 新冠病毒
depression: 抑郁症 抑郁
fracture: 骨折
pollen: 花粉
dust: 灰尘
antibiotic: 抗生素
penicillin: 青霉素
aspirin: 阿司匹林
insulin: 胰岛素
vaccine: 疫苗
virus: 病毒
protein: 蛋白质
cardiology: 心脏病学 心脏科 心内科
surgery: 外科 手术 外科手术
general medicine, internal medicine: 内科 普通内科
pediatrics, paediatrics: 儿科
psychiatry: 精神科 精神病学
neurology: 神经科 神经内科 神经病学
orthopedics, orthopaedics: 骨科 矫形外科
dermatology: 皮肤科
gynecology, gynaecology: 妇科
emergency, emergency department: 急诊 急诊科 紧急情况
buddhism, buddhist: 佛教 佛教徒
christian, christianity: 基督教 基督徒 基督教徒
catholic, roman catholic, catholicism: 天主教 天主教徒 罗马天主教
protestant, protestantism: 新教 新教徒
orthodox: 东正教
islam, muslim, islamic: 伊斯兰教 穆斯林
hindu, hinduism: 印度教 印度教徒
judaism: 犹太教
jewish, jew: 犹太教 犹太人
democratic, democrat, democrats: 民主党 民主党人
republican, republicans: 共和党 共和党人
independent: 独立 无党派 独立人士
labour, labor, labour party: 工党
conservative, conservatives, conservative party: 保守党
liberal, liberals, liberal party: 自由党
green party, greens: 绿党
communist, communist party: 共产党
republic: 共和国 共和制
father, dad: 父亲 爸爸
mother, mom, mum: 母亲 妈妈
son: 儿子
daughter: 女儿
brother: 兄弟 哥哥 弟弟
sister: 姐妹 姐姐 妹妹
husband: 丈夫
wife: 妻子
spouse: 配偶
uncle: 叔叔 舅舅 伯父
cousin: 表亲 堂亲
friend: 朋友
married: 已婚 结婚
divorced, divorce: 离婚 离异
widowed, widow: 丧偶 寡妇
banking: 银行业 银行
insurance: 保险 保险业
financial services: 金融服务
retail: 零售 零售业
oil and gas, oil & gas: 石油和天然气 油气 石油天然气
energy: 能源
manufacturing: 制造 制造业
construction: 建筑业 施工
real estate: 房地产 不动产
transportation, transport: 运输 交通 交通运输
telecommunications, telecom: 电信 通讯
technology: 科技 技术
software: 软件
media: 媒体
entertainment: 娱乐
tourism: 旅游业
healthcare, health care: 医疗 医疗保健 医疗卫生
health: 健康
pharmaceutical, pharmaceuticals: 制药 医药
conglomerate: 综合企业 企业集团
government: 政府
hardware: 硬件 五金
appliance: 电器 家电
computer: 电脑 计算机
printer: 打印机
camera: 相机 照相机
mobile, cell phone, cellphone, mobile phone: 手机 移动电话
watch: 手表
chair: 椅子
shirt: 衬衫
dress: 连衣裙
jacket: 夹克 外套
coat: 大衣 外套
shoe: 鞋子
jewelry, jewellery: 珠宝 首饰
stationery: 文具
rose: 玫瑰 玫瑰花 罗丝 露丝
plant: 植物
sporting goods: 体育用品
outdoor, outdoors: 户外 室外
indoor, indoors: 室内
unknown: 未知 不明 不详
local: 本地 当地
fedex, federal express: 联邦快递
ups: 联合包裹
dhl: 敦豪
mcdonald's, mcdonalds: 麦当劳
kfc: 肯德基
subway: 赛百味
starbucks: 星巴克
coca-cola, coca cola, coke: 可口可乐
pepsi: 百事可乐 百事
walmart, wal-mart: 沃尔玛
ikea: 宜家
canon: 佳能
sigma: 适马 西格玛
nikon: 尼康
sony: 索尼
panasonic: 松下
samsung: 三星
philips: 飞利浦
siemens: 西门子
microsoft: 微软
google: 谷歌
amazon: 亚马逊
facebook: 脸书 脸谱网
intel: 英特尔
hp, hewlett-packard, hewlett packard: 惠普
lenovo: 联想
huawei: 华为
nokia: 诺基亚
disney: 迪士尼
fox, 20th century fox: 福克斯
nike: 耐克
adidas: 阿迪达斯
toyota: 丰田
honda: 本田
nissan: 日产 尼桑
hyundai: 现代汽车
ford: 福特
chevrolet, chevy: 雪佛兰
tesla: 特斯拉
volkswagen, vw: 大众汽车 大众
bmw: 宝马
mercedes-benz, mercedes, benz: 奔驰 梅赛德斯
audi: 奥迪
porsche: 保时捷
ferrari: 法拉利
volvo: 沃尔沃
boeing: 波音
airbus: 空中客车 空客
exxonmobil, exxon mobil, exxon: 埃克森美孚
petrochina: 中国石油 中石油
hsbc: 汇丰 汇丰银行
jpmorgan, jpmorgan chase, jp morgan: 摩根大通
united airlines: 美联航 美国联合航空 联合航空
american airlines: 美国航空
british airways: 英国航空 英航
hilton: 希尔顿
harvard, harvard university: 哈佛 哈佛大学
stanford, stanford university: 斯坦福 斯坦福大学
premier league: 英超
la liga: 西甲
world cup: 世界杯
olympics, olympic games: 奥运会 奥林匹克
champions league: 欧冠
oscar, academy award: 奥斯卡 奥斯卡奖
grammy, grammy award: 格莱美 格莱美奖
nominated, nominee: 提名 被提名 获提名
john: 约翰
david: 大卫 戴维
george: 乔治
mary: 玛丽
joseph: 约瑟夫
paul: 保罗
peter: 彼得
michael: 迈克尔 麦克
mike: 迈克 麦克
james: 詹姆斯 詹姆士
charles: 查尔斯
william: 威廉 威廉姆
elizabeth: 伊丽莎白
tom: 汤姆
thomas: 托马斯
jack: 杰克
lucy: 露西
alice: 爱丽丝 艾丽丝
robert: 罗伯特
richard: 理查德 理查
daniel: 丹尼尔
matthew: 马修 马太
mark: 马克
andrew: 安德鲁
philip, phillip: 菲利普
simon: 西蒙
stephen, steven: 斯蒂芬 史蒂芬 史蒂文
anthony: 安东尼
kevin: 凯文
edward: 爱德华
henry: 亨利
frank: 弗兰克
harry: 哈里 哈利
alexander: 亚历山大
benjamin: 本杰明
christopher: 克里斯托弗
christian: 克里斯蒂安
louis, lewis: 路易斯
jordan: 乔丹
jose: 何塞
anna, ana: 安娜
anne, ann: 安妮
maria: 玛丽亚 玛利亚
catherine, katherine, kathryn: 凯瑟琳
helen: 海伦
jennifer: 詹妮弗 珍妮弗
jessica: 杰西卡
nancy: 南希
susan: 苏珊
sarah, sara: 萨拉 莎拉
emily: 艾米莉 艾米丽
victoria: 维多利亚
rachel: 蕾切尔 瑞秋
rebecca: 丽贝卡
smith: 史密斯
johnson: 约翰逊
`;
