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
  `小区: 小区id=key 小区名称=name:翠湖花园/云顶公馆/江南里/阳光城/梧桐苑/紫金府/听涛居/丰泽园 所在城区=cat:东城/西城/南城/北城 开发商名称=cat:远图地产/安居集团/江北置业 周边学校数量=int:0-9 周边医院数量=int:0-5 周边超市数量=int:0-12 楼栋数量=int:2-60 住户总数=int:90-5000 绿化率=pct 物业费=dec:1-9 建成年份=year:1990-2020
历年成交记录: 小区id=>小区 年份=year:2012-2021 成交套数=int:1-300 成交均价=big:5-90 成交总金额=big:1000-900000 同比涨幅=pct
房屋户型: 户型名称=name:一居A/两居B/三居C/四居D/复式E/跃层F 小区id=>小区 卧室数量=int:1-5 建筑面积=int:40-300 参考总价=big:500-9000 是否带车位=flag`,
  `河流: 河流id=key 河流名称=name:青江/白水河/龙溪/沧澜江/月牙河/北冥河/墨水河 发源地=cat:云岭/雪山/石林/草原 流经省份数量=int:1-8 全长=int:60-6000 流域面积=big:1-1800 年径流量=big:10-90000 是否通航=flag
水电站: 电站id=key 电站名称=name:云岭电站/石门电站/龙溪电站/双江电站/望月电站/白沙电站 所在河流id=>河流 所在地区=cat:江北/岭南/河东/湖西 装机容量=int:10-20000 坝高=int:20-300 总投资额=big:10000-9000000 投产时间=date
各电站年发电量: 电站id=>水电站 年份=year:2010-2021 发电量=big:100-900000 设备利用率=pct 停机天数=int:0-60`,
  `视频平台: 平台id=key 平台名=name:看看网/云视频/快播客/星光TV/追剧社 母公司名称=cat:星河科技/蓝海集团/云图传媒 上线时间=date 月活跃用户数量=big:100-900000 付费会员数量=big:10-90000 会员月费=int:9-40
剧集: 剧集id=key 剧名=name:长河/无双/迷城/半夏/追风令/归途记/烟火/暗潮 剧集类型=cat:古装/悬疑/都市/喜剧 出品方=cat:星河影业/蓝海影视/云图出品 集数=int:8-80 主演=cat:林远/周谨/方舟/贺岚 豆分=dec:3-9.6 评价人数=big:1-900
平台播放情况: 平台id=>视频平台 剧集id=>剧集 总播放量=big:100-9000000 弹幕数量=big:1-9000 会员观看占比=pct 独播=flag`,
  `保险公司: 公司id=key 公司全称=name:安泰保险/江北人寿/恒远财险/万家保险/众诚保险 总部城市=cat:云州/临江/海宁 注册资金=big:100000-9000000 成立日期=date 分支机构数量=int:5-900 代理人数量=big:1-900
保险产品: 产品id=key 产品全名=name:安心一号/全家保/康健宝/行车无忧/老来福/少儿宝 保险公司id=>保险公司 险种=cat:寿险/车险/医疗险/意外险 最低保费=int:50-5000 最高保额=big:100-9000 保障年限=int:1-30 等待期=int:0-180
各季度理赔情况: 产品id=>保险产品 季度=cat:第一季度/第二季度/第三季度/第四季度 理赔件数=int:1-9000 理赔金额=big:10-90000 平均理赔天数=int:1-60 拒赔率=pct`,
  `博物馆: 馆id=key 博物馆名称=name:云州博物馆/临江美术馆/江北自然馆/岭南历史馆/海宁科技馆/青阳民俗馆 所属城市=cat:云州/临江/海宁/青阳 馆长=name:白敬/梁实/何炅明/沈默/徐文/秦朗 藏品总数=big:1-900 展厅数量=int:3-40 年参观人数=big:10-9000 门票=int:0-120 开馆年份=year:1920-2019
文物: 文物id=key 文物名称=name:青铜鼎/白玉璧/山水长卷/三彩马/铜镜/木雕佛像/金冠/古琴 馆藏博物馆id=>博物馆 所属年代=cat:商/汉/唐/宋/明 材质=cat:青铜/玉/纸/陶/木/金 保护级别=cat:一级/二级/三级 长度=int:3-300 出土时间=date
特展: 特展名称=name:盛世华章/丝路遗珍/海上来风/纸上山河/金石之声 主办馆id=>博物馆 开幕时间=date 展出件数=int:20-500 特展票价=int:20-200 特展观众数量=big:1-90`,
  `农场: 农场id=key 农场名称=name:金穗农场/绿野农场/南坡农场/北岭农场/清泉农场/丰收农场 所在县=cat:安县/平县/宁县/乐县 负责人=name:牛大力/马小跳/杨树/田园/谷丰/麦香 总面积=int:50-9000 雇工人数=int:3-300 成立年份=year:1980-2020 有机认证=flag
农作物: 作物id=key 作物名=name:小麦/水稻/玉米/大豆/棉花/油菜/花生 作物类别=cat:粮食/油料/经济 生长周期=int:60-300 每亩产量=int:80-900 收购单价=dec:1-20
种植计划: 农场id=>农场 作物id=>农作物 种植年份=year:2015-2021 种植面积=int:5-2000 预计产量=big:1-900 实际产量=big:1-900 化肥用量=int:10-900`,
  `应用软件: 软件id=key 软件名称=name:记账本/云相册/跑步圈/学习岛/地图通/听书宝/待办清单/拼图王 开发商id=>开发商 软件类别=cat:工具/社交/教育/游戏/健康 安装包大小=int:5-900 当前评分=dec:2-5 累计下载量=big:10-900000 首次发布时间=date 是否收费=flag
开发商: 开发商id=key 开发商名=name:星火工作室/木棉软件/北辰互动/清风网络/石榴科技 办公城市=cat:云州/临江/海宁/南浦 团队人数=int:3-3000 融资总额=big:10-900000 创立年份=year:2005-2020
各应用市场表现: 软件id=>应用软件 应用市场=cat:绿市场/应用汇/好玩店 下载量=big:1-9000 好评数=big:1-900 差评数=big:1-90 榜单排名=int:1-200`,
  `城市: 城市id=key 城市名=name:云州/青阳/临江/白沙/安平/龙泉/海宁/西陵/东岭/南浦 省份=cat:江北/岭南/河东/湖西 常住人口=big:200-20000 生产总值=big:100000-9000000 面积=int:300-20000
城市旅游情况: 城市id=>城市 年份=year:2015-2021 国内游客数量=big:10-9000 入境游客数量=big:1-900 旅游总收入=big:1000-900000 同比增长率=pct
城市财政收支: 城市id=>城市 年份=year:2015-2021 财政收入=big:1000-900000 财政支出=big:1000-900000 税收收入占比=pct
火车站: 车站名称=name:云州南站/青阳站/临江东站/海宁北站/白沙站/永安站 所在城市=cat:云州/青阳/临江/海宁/白沙 站台数量=int:2-30 日均客流量=big:1-300 启用年份=year:1950-2020 是否高铁站=flag`,
  `赛事: 赛事id=key 赛事名称=name:云州马拉松/江北公开赛/岭南杯/海宁大师赛/星河邀请赛 比赛项目=cat:马拉松/网球/羽毛球/游泳 举办地=cat:云州/临江/海宁/青阳 总奖金=big:10-90000 首届举办年份=year:1980-2018 参赛人数=int:30-30000
运动员: 运动员id=key 运动员姓名=name:程远/柳青/江枫/沐阳/顾北/夏凉/叶知/秋水 所属省队=cat:江北队/岭南队/河东队 性别=cat:男/女 出生年份=year:1980-2004 世界排名=int:1-300 代言品牌数量=int:0-20
获奖记录: 赛事id=>赛事 获奖运动员id=>运动员 获奖年份=year:2010-2021 名次=int:1-8 奖金=big:1-9000 成绩=dec:9-300`,
  `中学: 学校id=key 学校名称=name:云州一中/临江中学/实验中学/外国语学校/青阳二中/南浦中学 所属区县=cat:东城/西城/南城/北城 校长=name:方校长/李校长/王校长/赵校长/钱校长/孙校长 学生总数=int:300-6000 教师总数=int:30-500 占地面积=int:5000-200000 建校时间=date 是否寄宿=flag
历年高考情况: 学校id=>中学 年份=year:2014-2021 参考人数=int:100-2000 本科上线人数=int:50-1900 一本上线率=pct 最高分=int:600-720 平均分=int:380-620
教师: 教师姓名=name:林老师/黄老师/何老师/高老师/罗老师/郑老师/梁老师 任教学校id=>中学 任教学科=cat:语文/数学/英语/物理/化学 职称等级=cat:特级/高级/一级/二级 教龄=int:1-40 月工资=int:4000-20000`,
  `银行: 银行id=key 银行名=name:江北银行/恒信银行/云州商行/岭南银行/民安银行 总部所在地=cat:云州/临江/海宁 银行性质=cat:国有/股份制/城商行 总资产=big:1000000-90000000 营业网点数量=int:20-20000 员工总人数=big:1-400
理财产品: 产品名=name:天天盈/月月利/稳稳享/安心存/高增一号/季季红 发行银行id=>银行 风险等级=cat:低/中/高 预期年化收益率=pct 起购金额=int:1-100000 期限天数=int:7-1000 发售日期=date
各地区贷款业务: 银行id=>银行 地区=cat:江北/岭南/河东/湖西 个人贷款余额=big:100-900000 企业贷款余额=big:100-900000 不良贷款率=pct`,
  `快递公司: 快递id=key 快递公司名=name:飞箭速运/蚂蚁快递/万里达/顺通物流/安捷速递 创始人=name:冯远/褚卫/蒋沈/韩杨/朱秦 网点总数=int:100-30000 快递员数量=big:1-400 运输飞机数量=int:0-90 成立年份=year:1993-2018
各省业务量: 快递id=>快递公司 省份名=cat:江北/岭南/河东/湖西/关中 年业务量=big:100-900000 营业收入=big:1000-900000 投诉量=int:10-90000 平均时效=int:12-96
仓库: 仓库编号=key 仓库名=name:一号仓/二号仓/云州总仓/临江中转仓/海宁仓 所属快递id=>快递公司 仓储面积=int:500-90000 日处理件数=big:1-900 所在地=cat:云州/临江/海宁 自动化=flag`,
  `图书馆: 图书馆id=key 图书馆名称=name:云州图书馆/临江图书馆/江北书库/海宁少儿馆/青阳图书馆/岭南文献馆 所在城区=cat:东城/西城/南城/北城 馆藏册数=big:100-9000 阅览座位数量=int:60-3000 日均到馆人次=int:90-9000 每周开放小时数=int:30-90 落成时间=date
读者: 读者id=key 读者姓名=name:丁宁/卫青/方圆/石开/任行/乔木/向晚/安然 读者类型=cat:学生/教师/职工/退休 办证图书馆id=>图书馆 年龄=int:8-80 借阅总册数=int:0-900 逾期次数=int:0-30 办证日期=date
热门图书借阅: 图书馆id=>图书馆 书名=name:山海记/微光/草木谱/河流史/星图/灯塔/旧城/归雁 图书作者=cat:余白/谷雨/言午/木子 全年借阅次数=int:10-900 平均借期天数=int:5-60 续借占比=pct`,
  `港口: 港口id=key 港口名称=name:云州港/临江港/海宁港/南浦港/东岭港/西陵港 所属海域=cat:东海/南海/北湾 泊位数量=int:4-200 年货物吞吐量=big:1000-900000 年集装箱量=big:10-9000 航道水深=int:6-30 建成年份=year:1930-2015
船舶: 船舶编号=key 船名=name:远航一号/海鸥/蓝鲸号/长风/破浪/晨曦号/北极星/金沙 船舶类型=cat:集装箱船/油轮/客轮/散货船 母港id=>港口 船长=name:邓世/郑和平/林海/韩冰/赵江/钱塘/孙浦/李津 载重吨位=big:1-400 建造年份=year:1985-2021 船员人数=int:6-900
各航线运量: 船舶编号=>船舶 目的地=cat:东京/新加坡/汉堡/悉尼/洛杉矶 航行天数=int:2-45 货运量=big:1-900 运费收入=big:10-90000 准班率=pct`,
  `战队: 战队id=key 战队名称=name:赤焰/寒冰/雷霆/幻影/苍狼/白泽/青鸾/玄武 所属赛区=cat:东部/西部/南部/北部 俱乐部老板=name:许三多/伍六七/齐达/陆小凤/江别/纪晓/唐伯/宋江 成军时间=date 夺冠总数=int:0-12 赛季总奖金=big:10-90000 粉丝数量=big:1-9000
选手: 选手id=key 选手昵称=name:小旋风/夜猫/闪电手/老狐狸/木头/星尘/快刀/石头 效力战队id=>战队 司职位置=cat:上路/中路/下路/打野/辅助 选手年龄=int:16-32 年薪=big:50-9000 场均击杀=dec:0-12 胜率=pct 签约日期=date
对局记录: 战队id=>战队 对手名称=cat:赤焰/寒冰/雷霆/幻影 赛季=year:2016-2021 比赛时长=int:15-80 击杀总数=int:0-60 经济差=int:0-20000 获胜=flag`,
  `超市: 超市id=key 超市名称=name:万家乐/好又多超市/鲜果汇/惠民超市/邻里邻家/大润城 总部省份=cat:江北/岭南/河东/湖西 门店总数=int:3-900 员工人数=big:1-90 年销售额=big:1000-900000 会员总数=big:10-90000 创办时间=date
供应商: 供应商id=key 供应商名称=name:绿源农产/海宝水产/甜心食品/洁净日化/清泉饮品 供货类别=cat:生鲜/零食/日化/饮料 合作年限=int:1-30 信用评分=int:50-100 所在省份=cat:江北/岭南/河东
采购合同: 超市id=>超市 供应商id=>供应商 签订年份=year:2014-2021 合同金额=big:10-90000 账期天数=int:7-180 违约次数=int:0-9 履约率=pct`,
  `健身房: 门店id=key 门店名称=name:燃动健身/力量工厂/轻氧瑜伽/悦动馆/铁人俱乐部/晨练坊 所属品牌=cat:燃动/悦动/轻氧 所在商圈=cat:万象城/中央街/大学城/滨江 营业面积=int:100-6000 器械数量=int:10-400 月卡价格=int:99-999 在册会员人数=int:80-9000 开业日期=date 有无泳池=flag
私教: 私教id=key 私教姓名=name:雷霆军/秦川/卓越/毕胜/段誉林/花荣 任职门店id=>健身房 擅长项目=cat:增肌/减脂/瑜伽/拳击 从业年数=int:1-25 课时费=int:100-900 学员人数=int:0-80 好评率=pct
团课安排: 门店id=>健身房 课程名称=name:动感单车/有氧操/流瑜伽/搏击操/普拉提 授课教练=cat:雷霆/秦川/卓越/毕胜 每周次数=int:1-7 人数上限=int:8-60 单次时长=int:30-120`,
  `律所: 律所id=key 律所名称=name:正衡律师所/天平律所/明理律师所/公信律所/众诚律所 总部所在城市=cat:云州/临江/海宁/南浦 律师总数=int:8-3000 合伙人数量=int:2-200 年营业收入=big:100-900000 成立年份=year:1985-2018
律师: 律师id=key 律师姓名=name:包正/狄仁/宋慈/海瑞/于谦/况钟/施世 执业律所id=>律所 主攻领域=cat:刑事/民商/知识产权/劳动 执业年限=int:1-45 每小时收费=int:200-9000 胜诉率=pct 性别=cat:男/女
案件: 案件编号=key 案由=cat:合同纠纷/侵权/盗窃/劳动争议/商标 主办律师id=>律师 受理法院=cat:东城法院/西城法院/中级法院 标的金额=big:1-900000 立案日期=date 审理天数=int:20-900 是否胜诉=flag`,
  `气象站: 站点id=key 站点名称=name:云岭站/临江站/沙坡站/海岛站/北原站/龙泉站 所属省份=cat:江北/岭南/河东/湖西 海拔高度=int:2-4500 观测员人数=int:1-30 设备数量=int:5-200 建站年份=year:1935-2015 是否自动站=flag
逐月观测数据: 站点id=>气象站 月份=int:1-12 平均气温=dec:-20-35 最高气温=dec:0-43 最低气温=dec:-40-25 降水量=int:0-600 日照时数=int:20-330 大风天数=int:0-20
灾害预警: 预警编号=key 预警类型=cat:暴雨/台风/寒潮/高温/大雾 发布站点id=>气象站 预警级别=cat:蓝色/黄色/橙色/红色 发布时间=date 影响人口=big:1-9000 直接经济损失=big:10-900000`,
  `咖啡品牌: 品牌id=key 品牌名称=name:晨豆/半日咖啡/深烘社/蓝山语/山猫咖啡/拾光 创始城市=cat:云州/临江/海宁/南浦 门店数量=int:3-9000 加盟费=int:0-600000 杯均价格=int:9-60 年营收=big:100-900000 成立时间=date
饮品: 饮品id=key 饮品名称=name:美式/拿铁/燕麦拿铁/橙香气泡/抹茶拿铁/冷萃/可可 所属品牌id=>咖啡品牌 饮品类别=cat:咖啡/茶饮/气泡 售价=int:9-60 热量=int:5-600 咖啡因含量=int:0-300 月均销量=big:1-900 季节限定=flag
各城市门店分布: 品牌id=>咖啡品牌 城市=cat:云州/临江/海宁/南浦/青阳 城市门店数量=int:1-900 平均租金=int:3000-90000 日均客流=int:30-3000 外卖占比=pct`,
  `桥梁: 桥梁id=key 桥梁名称=name:云江大桥/望海桥/龙门大桥/石拱桥/双塔桥/彩虹桥 跨越河流=cat:青江/白水河/龙溪/沧澜江 桥型=cat:斜拉桥/悬索桥/拱桥/梁桥 全长=int:60-30000 主跨长度=int:20-1800 总造价=big:100-9000000 设计单位=cat:一设院/二设院/交科院 通车时间=date 收费=flag
检测记录: 桥梁id=>桥梁 检测年份=year:2008-2021 检测机构=cat:江北检测/岭南检测/国检中心 技术评分=int:40-100 病害数量=int:0-80 维修费用=big:1-9000
日均车流统计: 桥梁id=>桥梁 统计月份=int:1-12 日均车流量=big:1-200 货车占比=pct 拥堵时长=int:0-300`,
  `影院: 影院id=key 影院名称=name:星光影城/大地影院/云顶影城/万象影城/蓝幕影院/老街电影院 影院所在城市=cat:云州/临江/海宁/南浦 影厅数量=int:2-20 座位总数=int:120-4000 平均票价=int:25-90 经理=name:古天/任达/吴镇/方中/姜武/葛优良 开业年份=year:1985-2020
影片: 影片id=key 影片名称=name:长夜灯火/南风知意/无名之辈记/雪国来信/边城/沉默的河 影片导演=cat:林远/周谨/方舟/贺岚 影片类型=cat:剧情/喜剧/科幻/动作 出品公司=cat:星河影业/蓝海影视/云图出品 制作成本=big:100-90000 累计票房=big:100-900000 上映日期=date
排片表: 影院id=>影院 影片id=>影片 放映厅类型=cat:普通厅/巨幕厅/激光厅 日排片场次=int:1-30 上座人数=int:0-3000 上座率=pct 单日票房=big:1-900`,
  `公益组织: 组织id=key 组织名称=name:绿芽/阳光行动/暖冬/书香计划/清河守护/夕阳红 服务领域=cat:教育/环保/助老/医疗 注册地=cat:云州/临江/海宁/青阳 理事长=name:白芷/黄芪/杜仲/苏木/连翘/半夏 志愿者人数=int:20-90000 年募款额=big:10-90000 成立年份=year:1990-2019
公益项目: 项目id=key 项目名称=name:乡村图书角/河流清洁日/银龄陪伴/爱心午餐/视力守护 发起组织id=>公益组织 项目状态=cat:进行中/已结束/筹备 受益人数=int:30-90000 预算金额=big:1-9000 实际支出=big:1-9000 启动日期=date
捐赠明细: 项目id=>公益项目 捐赠方=cat:星河科技/蓝海集团/匿名/恒信银行 捐赠金额=big:1-9000 捐赠年份=year:2012-2021 物资件数=int:0-9000`,
  `地铁线路: 线路id=key 线路名称=name:1号线/2号线/3号线/环线/机场线/滨海线 运营城市=cat:云州/临江/海宁 运营公司=cat:云州地铁/临江轨道/海宁交投 线路长度=int:8-90 车站总数=int:6-60 列车编组=int:4-8 日均客运量=big:10-2000 首段开通时间=date
地铁站: 站id=key 车站名称=name:中央公园/火车南站/大学城/体育馆/江边/软件园/老码头/市政府 所属线路id=>地铁线路 所在区=cat:东区/西区/南区/北区 出入口数量=int:1-12 站台深度=int:3-60 日均进站人数=big:1-90 换乘站=flag
票务收入: 线路id=>地铁线路 年份=year:2012-2021 票款收入=big:1000-900000 补贴金额=big:100-90000 平均票价=dec:2-7`,
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
      const type = c.slice(at + 1);
      const name = measured ? qualified(c.slice(0, at), type, table, random) : c.slice(0, at);
      return { name, type, unit: measured && random() < 0.6 };
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

/** Some tables spell out whose a column is: 影片导演, 主要作者. */
function qualified(name: string, type: string, table: string, random: Random): string {
  if (!type.startsWith('cat:') || name.length > 2 || random() < 0.4) return name;
  const words = [table.slice(-2), '所属', '主要', '原始', '具体'];
  return words[Math.floor(random() * words.length)]! + name;
}

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
