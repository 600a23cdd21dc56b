/**
 * Chinese words of questions and the English words that names of tables and columns use for the same thing.
 * One line per English word or phrase: `english: 中文 中文 …`. Phrases of several English words translate whole names.
 */
import type { Thesaurus } from '../linking/linker.ts';
import { stem } from '../text/stem.ts';

const LINES = `
name: 名字 姓名 名称 名 叫什么 名叫 称呼 名为
first name: 名 名字
last name: 姓 姓氏
family name: 姓 姓氏
full name: 全名 姓名
nickname: 昵称 绰号 外号
title: 标题 题目 名字 名称 职称 头衔 片名 书名 职位 题名
age: 年龄 岁 岁数 几岁 年纪 年老 年长 年轻 最大 最小
gender: 性别 男 女 男性 女性
sex: 性别 男 女 男性 女性 男生 女生
id: 编号 id 号码 标识 代号 号 ID 序号
code: 代码 编码 代号 码
number: 号码 数量 编号 数 数目 号
count: 数量 数目 次数
amount: 金额 数量 数额 额
total: 总 总数 合计 总计 总额 全部
average: 平均 均
max: 最大 最高 最多
min: 最小 最低 最少
maximum: 最大 最高
minimum: 最小 最低
type: 类型 种类 类别 型 类
category: 类别 种类 类型 分类
kind: 种类 类型
class: 班级 类别 等级 班 课 级别
grade: 年级 等级 成绩 级别
level: 等级 级别 水平 层级 级
rank: 排名 等级 名次 军衔 职级
ranking: 排名 名次
rating: 评分 评级 等级 评价
score: 分数 得分 成绩 比分 评分
point: 积分 分数 得分 点数 分
status: 状态 情况 身份 状况
state: 州 省 省份 状态
province: 省 省份
city: 城市 市 城
town: 城镇 镇 市镇
county: 县 郡
country: 国家 国 国籍 哪国
nation: 国家 国
nationality: 国籍 国家
continent: 大洲 大陆 洲
region: 地区 区域 地域
area: 面积 区域 地区
district: 区 地区 选区 区域
zone: 区 区域
village: 村 村庄
street: 街道 街
address: 地址 住址 住所 住在
location: 位置 地点 所在地 地方 坐落 哪里
place: 地点 地方 名次
position: 位置 职位 岗位 排名
zip: 邮编 邮政编码
postal: 邮政 邮编
postal code: 邮政编码 邮编
zip code: 邮政编码 邮编
post code: 邮政编码 邮编
latitude: 纬度
longitude: 经度
altitude: 海拔 高度
elevation: 海拔 高度
height: 高度 身高 高
high: 高
weight: 重量 体重 重
length: 长度 长 时长
width: 宽度 宽
depth: 深度 深
size: 大小 尺寸 规模 面积
capacity: 容量 载客量 容纳 容积 座位
speed: 速度 时速 快
distance: 距离 路程 远 里程
duration: 时长 持续时间 时间 片长
time: 时间 时刻 次 时候
date: 日期 时间 日 哪天 什么时候
day: 日 天 日期
month: 月 月份
year: 年 年份 年度 哪年
quarter: 季度
season: 赛季 季节 季
week: 周 星期
hour: 小时 时
minute: 分钟
second: 秒
birth: 出生 生日
birthday: 生日 出生日期
birth date: 出生日期 生日
date of birth: 出生日期 生日
death: 死亡 去世
dead: 死亡
killed: 死亡 遇难 丧生
injured: 受伤
start: 开始 起始 起
begin: 开始
end: 结束 截止 终止
from: 开始 从 起
to: 到 结束
open: 开放 开业 开 营业 公开
opening: 开业 开放 开幕
close: 关闭 收盘
closing: 关闭 收盘 结束
created: 创建
founded: 成立 创立 创办 建立 创建
founder: 创始人 创办人
established: 成立 建立
built: 建造 建成 修建
build: 建造 建
establish: 成立 建立
launch: 发射 上市 推出 执行
launched: 发射 上市 推出
release: 发行 上映 发布
released: 发行 上映 发布
publish: 出版 发表
publisher: 出版社 出版商 发行商
publication: 出版 出版物 刊物
published: 出版 发表
arrive: 到达 抵达
arrival: 到达 抵达 到站
depart: 出发 离开
departure: 出发 离开 起飞
origin: 起点 出发地 始发 来源 原产地 产地
destination: 目的地 终点
source: 来源 起点 出发
join: 加入 参加
register: 注册 登记
registration: 注册 登记
enroll: 入学 招生 注册 选修
enrollment: 入学 招生 学生人数 注册
hire: 雇佣 聘用 入职
transfer: 转会 转让 转移
price: 价格 售价 价钱 单价 价 贵 便宜
cost: 费用 成本 花费 价格 造价
fee: 费用 费 学费
tuition: 学费
salary: 工资 薪水 薪资 薪酬 收入 月薪
wage: 工资 薪水
income: 收入
revenue: 收入 营收 营业额
sale: 销售 销售额 销量 促销 打折
profit: 利润 盈利 收益
budget: 预算
asset: 资产
value: 价值 值 市值
market value: 市值
market: 市场
share: 份额 股份 股 分享
stock: 股票 库存
balance: 余额 结余
payment: 付款 支付 缴费
pay: 支付 付款
paid: 支付 付款 已付
money: 钱 资金 金额
fund: 资金 基金
tax: 税 税收
debt: 债务
loan: 贷款
credit: 学分 信用
credit card: 信用卡
card: 卡 卡片
deposit: 存款 押金
savings: 储蓄 存款
checking: 支票
currency: 货币
discount: 折扣 优惠
coupon: 优惠券
rate: 率 比率 速率 费率
percent: 百分比 占比 比例
percentage: 百分比 占比 比例 率
ratio: 比率 比例
proportion: 比例
population: 人口 人数
people: 人 人物 人员 人们
person: 人 人物 人员 个人
man: 男人 男子
woman: 女人 女子
member: 成员 会员 议员
membership: 会员 会籍 会员资格
friend: 朋友 好友
like: 喜欢 点赞
relationship: 关系
family: 家庭 家族 科
parent: 家长 父母
father: 父亲
mother: 母亲
child: 孩子 子女 儿童
spouse: 配偶
married: 结婚 已婚
student: 学生 同学
teacher: 教师 老师
instructor: 教师 讲师 老师 导师
professor: 教授
faculty: 教师 教员 教职工 教职员
staff: 员工 工作人员 职员 职工 教职工
employee: 员工 雇员 职员 职工
employer: 雇主
manager: 经理 主管 教练 管理者
boss: 老板 上司
supervisor: 主管 上司
worker: 工人
job: 工作 职位 职业 岗位 职务
occupation: 职业
profession: 职业
role: 角色 职责
skill: 技能
advisor: 导师 顾问
tutor: 导师
president: 总统 主席 校长 总裁
head: 负责人 主任 领导 头 系主任
leader: 领导 领袖 负责人
chairman: 主席
director: 导演 主任 董事
directed: 导演 执导
actor: 演员
actress: 女演员
artist: 艺术家 歌手 艺人
singer: 歌手
musician: 音乐家 乐手
band: 乐队 乐团
conductor: 指挥 指挥家
orchestra: 管弦乐队 乐团 交响乐团
performance: 表演 演出 性能
performer: 表演者
composer: 作曲家 作曲
writer: 作者 作家 编剧
author: 作者 作家
editor: 编辑
journalist: 记者
reviewer: 评论者 评论人 审稿人
review: 评论 评价
player: 球员 选手 运动员 玩家
coach: 教练
athlete: 运动员
swimmer: 游泳运动员 游泳者
wrestler: 摔跤手 摔跤运动员
gymnast: 体操运动员
driver: 司机 车手 驾驶员
racer: 车手
pilot: 飞行员
captain: 船长 队长
astronaut: 宇航员
doctor: 医生 博士
physician: 医生 医师
nurse: 护士
patient: 病人 患者
scientist: 科学家
engineer: 工程师
mechanic: 技师 技工
technician: 技术员 技师
lawyer: 律师
judge: 法官 评委 裁判
police: 警察
officer: 官员 警官 军官
customer: 客户 顾客
client: 客户
user: 用户
guest: 客人 嘉宾 宾客
host: 主持人 主办方 东道主 主人 主办
owner: 主人 所有者 拥有者 业主 车主
buyer: 买家
seller: 卖家
tenant: 租客
resident: 居民 住户
visitor: 游客 参观者 访客 观众
tourist: 游客
voter: 选民 投票人
candidate: 候选人 应聘者
participant: 参与者 参加者 参赛者 选手
contestant: 选手 参赛者 参赛选手
winner: 获胜者 冠军 赢家 得主 优胜者
loser: 输家
champion: 冠军
perpetrator: 罪犯 犯罪者 作案人
victim: 受害者
entrepreneur: 企业家
investor: 投资者 投资人 投资方
supplier: 供应商
vendor: 供应商 卖家
manufacturer: 制造商 厂商 生产商
maker: 制造商 制造者 厂商
producer: 制片人 生产商 制作人
sponsor: 赞助商
agency: 机构 代理 代理机构
agent: 代理 代理人 经纪人
organization: 组织 机构
organizer: 组织者 主办方
institution: 机构 院校
institute: 研究所 学院
company: 公司 企业
firm: 公司
corporation: 公司
business: 企业 业务 商业
industry: 行业 产业
enterprise: 企业
headquarter: 总部
branch: 分店 分行 分支 分支机构 支行
office: 办公室 办公 职位
department: 部门 系 院系 部
division: 部门 分区 分部
section: 部分 章节 班级 课程段
team: 球队 团队 队伍 队 车队
club: 俱乐部 社团
group: 组 团体 集团 小组
league: 联赛 联盟
party: 政党 党派 聚会 党 派对
government: 政府
committee: 委员会
community: 社区
college: 学院 大学 学校 高校
university: 大学 高校 学校
school: 学校 高中
campus: 校园 校区
classroom: 教室
room: 房间 教室 客房
building: 建筑 建筑物 楼 大楼 教学楼 大厦
floor: 楼层 层
apartment: 公寓
house: 房子 房屋
hotel: 酒店 宾馆 旅馆
property: 房产 财产 物业
dorm: 宿舍
library: 图书馆
hospital: 医院
museum: 博物馆
theater: 剧院
cinema: 电影院 影院
stadium: 体育场 体育馆 场馆
gymnasium: 体育馆
venue: 场馆 场地 地点
park: 公园
restaurant: 餐厅 餐馆 饭店
bar: 酒吧
shop: 商店 店铺 店 商铺
store: 商店 店铺 店 门店
mall: 商场
warehouse: 仓库
box: 箱子 盒子
station: 车站 站 站点
airport: 机场
port: 港口
bridge: 桥 桥梁
road: 道路 公路
railway: 铁路
river: 河流 河 江
lake: 湖 湖泊
mountain: 山 山峰 山脉
island: 岛 岛屿
sea: 海
forest: 森林
farm: 农场
bank: 银行 支行
account: 账户 帐户 账号
transaction: 交易
invoice: 发票
bill: 账单
order: 订单 顺序
purchase: 购买 采购
shipment: 货物 发货 装运 运输
shipping: 运输 发货
delivery: 交付 送货 配送
product: 产品 商品
item: 物品 商品 项目 产品
goods: 商品
brand: 品牌
model: 型号 模型 车型
version: 版本
color: 颜色
colour: 颜色
material: 材料 材质
quality: 质量 品质
quantity: 数量
inventory: 库存
unit: 单位 单元
part: 零件 部件 部分
device: 设备 装置
machine: 机器
equipment: 设备
phone: 手机 电话 电话号码
mobile: 手机
cell: 手机
telephone: 电话
phone number: 电话号码 电话 手机号
email: 邮箱 邮件 电子邮件 电子邮箱
email address: 邮箱 电子邮箱 邮箱地址
fax: 传真
website: 网站
url: 网址
software: 软件
platform: 平台
browser: 浏览器
app: 应用
system: 系统
file: 文件
document: 文件 文档
image: 图片 图像
photo: 照片
video: 视频 录像
picture: 图片
format: 格式
language: 语言
accent: 口音
word: 词
note: 备注 注释
description: 描述 说明 介绍 简介
detail: 详情 细节 详细信息 详细
details: 详情 细节 详细信息
information: 信息
comment: 评论
content: 内容
text: 文本 内容
subject: 科目 主题 学科
topic: 主题 话题
theme: 主题
course: 课程 课 科目
major: 专业 主修
minor: 辅修
degree: 学位
exam: 考试
test: 测试 考试
question: 问题
answer: 答案 回答
result: 结果
assessment: 评估
assignment: 作业 任务 分配
project: 项目
task: 任务
mission: 任务
program: 项目 节目 程序 计划
plan: 计划
policy: 保单 政策
claim: 索赔 理赔
settlement: 结算 和解
insurance: 保险
contract: 合同
service: 服务
activity: 活动
event: 事件 活动 赛事 比赛项目 项目
festival: 节日 电影节 音乐节
concert: 演唱会 音乐会
show: 演出 节目 展示 表演
exhibition: 展览 展会
conference: 会议
meeting: 会议
workshop: 研讨会 工作坊
seminar: 研讨会
debate: 辩论
election: 选举
vote: 投票 票数 选票
ticket: 票 门票
seat: 座位 席位
attendance: 出勤 出席 出席人数 观众人数 到场人数 上座
audience: 观众 观众人数
viewer: 观众 收视 观看人数
competition: 比赛 竞赛 赛事
match: 比赛 场次
game: 比赛 游戏
race: 比赛 赛跑 种族
tournament: 锦标赛 比赛 锦标
championship: 锦标赛 冠军
round: 轮 轮次 回合
goal: 进球 目标
win: 赢 胜 获胜 胜利
loss: 输 失败 损失 负
lost: 输 失败
draw: 平局
record: 记录 唱片 战绩
medal: 奖牌
gold: 金牌 金
silver: 银牌 银
bronze: 铜牌 铜
award: 奖 奖项 获奖
prize: 奖 奖金 奖项
honor: 荣誉
nomination: 提名
film: 电影 影片
movie: 电影 影片
tv: 电视
television: 电视
channel: 频道
series: 系列 电视剧 剧集 连续剧
episode: 集 剧集
cartoon: 动画 动画片 卡通
drama: 戏剧
opera: 歌剧
genre: 流派 类型 体裁 风格
style: 风格 样式
music: 音乐
song: 歌曲 歌 曲目
album: 专辑
track: 曲目 歌曲 赛道 音轨
playlist: 播放列表 歌单
instrument: 乐器
volume: 卷 体积 音量
book: 书 书籍 图书
novel: 小说
paper: 论文
article: 文章
journal: 期刊 杂志
magazine: 杂志
newspaper: 报纸
press: 出版社 媒体
page: 页 页数 页码
chapter: 章节
collection: 收藏 系列
painting: 绘画 画作 画
art: 艺术
food: 食物 食品
dish: 菜 菜品
menu: 菜单
meal: 餐
ingredient: 配料 原料
recipe: 食谱
flavor: 口味 风味 味道
wine: 酒 葡萄酒
grape: 葡萄
beer: 啤酒
coffee: 咖啡
tea: 茶
fruit: 水果
bakery: 面包店
drink: 饮料
pet: 宠物
dog: 狗
cat: 猫
animal: 动物
horse: 马
bird: 鸟
breed: 品种
species: 物种 种类
plant: 植物 工厂
tree: 树
flower: 花
car: 汽车 车 车辆
cars: 汽车 车辆
vehicle: 车辆 车 汽车
truck: 卡车
bus: 公交 公交车
bike: 自行车
bicycle: 自行车
motorcycle: 摩托车
train: 火车 列车
ship: 船 船只 舰船
vessel: 船只
aircraft: 飞机
airplane: 飞机
plane: 飞机
airline: 航空公司
flight: 航班 飞行
passenger: 乘客 旅客
trip: 行程 旅行 旅程
route: 路线 航线
tour: 旅游 旅行 巡演
journey: 旅程
travel: 旅行
line: 线路 线
engine: 发动机 引擎
horsepower: 马力
cylinder: 气缸 汽缸
mpg: 油耗
fuel: 燃料 燃油
power: 功率 动力 权力
energy: 能量 能源
temperature: 温度 气温
weather: 天气
humidity: 湿度
wind: 风 风速
rain: 雨 降雨
storm: 风暴
climate: 气候
disease: 疾病
medicine: 药 药物 药品 医学
medication: 药物 药品
drug: 药物
treatment: 治疗
procedure: 手术 程序 流程
diagnosis: 诊断
injury: 受伤 伤
accident: 事故
crime: 犯罪
attack: 攻击
battle: 战役 战斗
war: 战争
army: 军队
military: 军事
weapon: 武器
religion: 宗教
church: 教堂
god: 神
wedding: 婚礼
college student: 大学生
law: 法律
case: 案件 案例
right: 权利
role code: 角色代码
county seat: 县城
gdp: gdp 国内生产总值 生产总值
surface area: 表面积 面积
life expectancy: 预期寿命 平均寿命
independence: 独立
government form: 政体 政府形式
capital: 首都 省会 资本
official: 官方 正式
official language: 官方语言
local: 本地 当地
foreign: 外国 国外
international: 国际
domestic: 国内
home: 家乡 主场 家
hometown: 家乡 故乡
away: 客场
residence: 住所 居住地
domicile: 住所
mailing: 邮寄
billing: 账单
other: 其他 其它
main: 主要
primary: 主要
secondary: 次要
current: 当前 目前
previous: 以前 之前
old: 旧 老
new: 新
final: 最终 决赛
initial: 初始
annual: 年度 每年
monthly: 每月
daily: 每日
base: 基础 基地
low: 低
lowest: 最低
highest: 最高
top: 顶部 最高
best: 最好 最佳
worst: 最差
first: 第一 首次 首
last: 最后 最近
major vote: 专业
left: 左
hand: 手
foot: 脚
lot: 批次 地块
flag: 旗 国旗 标志
symbol: 符号
code name: 代号
is: 是否
if: 是否
has: 是否 有
active: 活跃 激活
available: 可用
valid: 有效
allergy: 过敏 过敏原
access: 访问
catalog: 目录
attribute: 属性
feature: 特征 特点 特色 功能
characteristic: 特征
property type: 房产类型
entry: 条目 入口
entrance: 入口
exit: 出口
reference: 参考 推荐
reason: 原因
cause: 原因
method: 方法 方式
way: 方式
mode: 模式
purpose: 目的
target: 目标
opponent: 对手
partner: 合作伙伴 搭档
colleague: 同事
experience: 经验 经历
working: 工作
work: 工作 作品
education: 教育 学历
training: 培训 训练
practice: 练习
trade: 贸易 交易
export: 出口
import: 进口
production: 生产 产量
output: 产量
yield: 产量
growth: 增长
change: 变化 变更
increase: 增加
number of: 数量
year of: 年份
statistics: 统计
statistic: 统计
note text: 备注
gas: 天然气 汽油
station company: 加油站
mine: 矿
oil: 石油
coal: 煤
water: 水
land: 土地
roller coaster: 过山车
coaster: 过山车
wedding date: 婚礼日期
tourist attraction: 旅游景点 景点
attraction: 景点
complaint: 投诉
problem: 问题
solution: 解决方案
log: 日志
bodybuilder: 健美运动员 健美者
body: 身体
snatch: 抓举
clean jerk: 挺举
swimming: 游泳
football: 足球
soccer: 足球
basketball: 篮球
baseball: 棒球
tennis: 网球
golf: 高尔夫
sport: 运动 体育
sports: 运动 体育
hall of fame: 名人堂
driver license: 驾照
license: 执照 许可证 驾照
certificate: 证书
aid: 援助
crew: 船员 机组
gift: 礼物
camera: 相机
lens: 镜头
screen: 屏幕
chip: 芯片
ram: 内存
rom: 存储
memory: 内存
wifi: 无线
network: 网络
security: 安全
protein: 蛋白质
enzyme: 酶
gene: 基因
tissue: 组织
dose: 剂量
symptom: 症状
stay: 住院 停留
block: 街区
parking: 停车
rental: 租赁 出租
rent: 租金 租
reservation: 预订 预定
booking: 预订 预定
appointment: 预约 约会
schedule: 时间表 日程 排期
calendar: 日历
timed: 定时
status code: 状态代码 状态
type code: 类型代码 类型
date from: 开始日期
date to: 结束日期
start date: 开始日期 起始日期
end date: 结束日期
forename: 名字 姓名 名
surname: 姓氏 姓
semester: 学期
carrier: 运营商
follow: 粉丝 关注
follower: 粉丝
fan: 粉丝
kill: 杀 杀死
donation: 捐 捐款 捐赠
donor: 捐赠者
entrepreneur: 企业家
creation: 创立 设立 创建
classroom: 班级
delegate: 代表
hours: 小时
architect: 建筑师
mill: 工厂 磨坊
winery: 酒庄
appellation: 产地
score: 好评
vote percent: 得票率
denomination: 宗教 教派
resolution: 分辨率 码率
height: 多高
age: 多大
length: 多长
price: 多少钱
cost: 多少钱
location: 位于 在哪
seating: 容纳 座位
damage: 损失 损害
max speed: 最高速度
affiliation: 附属 所属
sponsor name: 赞助商
nation: 来自
birth place: 出生地
home town: 家乡
home city: 家乡 城市
`;

const EXACT = 1;

function build(): Thesaurus {
  const map = new Map<string, [string, number][]>();
  for (const line of LINES.trim().split('\n')) {
    const [english, chinese] = line.split(': ');
    const unit = english!.split(' ').map(stem).join(' ');
    for (const word of chinese!.split(' ')) {
      const list = map.get(word) ?? [];
      if (!list.some(([u]) => u === unit)) list.push([unit, EXACT]);
      map.set(word, list);
    }
  }
  return map;
}

export const TRANSLATIONS_ZH: Thesaurus = build();
