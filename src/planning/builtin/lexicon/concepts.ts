/**
 * Words that people and databases use for one thing, in both languages: `english, english | 中文, 中文`.
 * The first English word is the usual identifier. One idea a line; phrases of one line may replace each other.
 */
export const CONCEPTS = `
customer, client, buyer, shopper, purchaser, consumer, patron | 客户, 顾客, 客人, 买家, 消费者, 购买者
user, account holder, app user | 用户, 使用者
member | 会员, 成员
employee, staff, worker, personnel, staff member, colleague | 员工, 职员, 雇员, 职工, 人员, 工作人员
manager, supervisor, boss, reports to | 经理, 主管, 上级, 领导, 直属上级, 汇报对象, 管理者
sales representative, sales rep, support rep, salesperson, salesman, agent, sales agent, support representative | 销售员, 销售代表, 业务员, 客服代表, 销售人员, 支持代表, 客户经理
department, division, dept | 部门, 科室, 处室
order, sales order, purchase | 订单, 订货, 单子, 下单, 下过单, 下过订单, 购买, 采购单, 订购
order item, order line, line item, order detail, order detail line, invoice line, order items | 订单明细, 订单项, 明细, 订单行, 订单商品, 发票明细
product, item, good, goods, merchandise, article, sku | 产品, 商品, 货品, 物品, 单品
category, product category, kind | 类别, 分类, 品类, 类目, 种类, 产品类别, 产品分类
type | 类型, 种类
brand | 品牌
supplier, vendor, provider | 供应商, 供货商, 厂商, 供应方
shipper, carrier, shipping company, freight company | 承运商, 货运公司, 运输公司, 物流公司, 快递公司, 承运人
manufacturer, maker, producer | 制造商, 生产商, 厂家
region, area, zone, sales region | 地区, 区域, 大区, 片区, 地域
territory, sales territory | 销售区域, 辖区, 领地
city, town | 城市, 市
province | 省份, 省
state | 州, 省份
country, nation | 国家, 国
continent | 大洲, 洲
district | 区县, 区
address, street address | 地址, 住址
postal code, zip code, zip, postcode | 邮编, 邮政编码
phone, telephone, phone number, mobile, contact number | 电话, 手机, 手机号, 电话号码, 联系电话
fax | 传真
email, mail, email address | 邮箱, 邮件, 电子邮件, 电子邮箱
name, title | 名称, 名字, 名
name, full name | 姓名, 名字
first name, given name, forename | 名, 名字
last name, surname, family name | 姓, 姓氏
title, name | 标题, 片名, 书名
job title, title, position, job, role, occupation, designation | 职位, 职务, 岗位, 头衔, 职称, 工种
gender, sex | 性别
age | 年龄, 岁数
birth date, date of birth, birthday, birth, birth day, birthdate | 出生日期, 生日, 出生, 出生年月
hire date, hired, hire, employed, joined, entry date, hiring date, start date, recruit | 入职日期, 入职, 雇佣日期, 聘用日期, 受雇, 雇用, 入职时间, 加入
termination date, leave date, left, resign, quit | 离职日期, 离职, 离职时间
nationality, citizenship | 国籍
salary, wage, pay, earnings, earn, compensation, paid | 工资, 薪水, 薪资, 薪酬, 月薪, 年薪, 收入
bonus | 奖金
commission | 佣金, 提成
budget | 预算
revenue, sales amount, sales, turnover, sales revenue, income, sale, total sales, sales value, earnings, gross sales | 销售额, 营业额, 营收, 收入, 销售收入, 营业收入, 销售金额, 成交额, 流水, 交易额, gmv
profit, net income, earnings, gain | 利润, 盈利, 净利润, 毛利
margin, profit margin | 利润率, 毛利率
cost, expense, spending | 成本, 费用, 支出, 花费, 开支
amount, total, sum, value, total amount, grand total | 金额, 总额, 总金额, 数额, 总价, 合计金额
order amount, order total, order value, total amount, total | 订单金额, 订单总额, 订单额, 订单总金额
price, unit price | 价格, 单价, 售价, 定价
unit price, price, list price | 单价
quantity, qty, unit, number of units, units sold, pieces, volume, sales volume | 数量, 件数, 销量, 销售量, 销售数量, 售出数量, 购买数量
discount, price reduction | 折扣, 优惠
discount amount | 优惠金额, 折扣金额
tax | 税, 税额, 税费
freight, shipping cost, shipping fee, delivery fee, shipping charge | 运费, 物流费, 配送费
payment, pay | 付款, 支付, 缴费, 付费
payment amount, amount, paid | 支付金额, 付款金额, 实付金额
payment method, payment type, pay method | 支付方式, 付款方式
payment date, paid date, pay date, pay time | 付款日期, 支付日期, 支付时间, 付款时间
refund, return, chargeback | 退款, 退货
refund amount | 退款金额, 退款额
stock, inventory, units in stock, on hand, in stock, stock quantity, inventory level | 库存, 存货, 库存量, 库存数量
inventory | 库存, 存货
warehouse, depot | 仓库, 库房
units on order | 在途数量, 订购量, 在订数量
reorder level, reorder point | 再订货水平, 补货点, 再订购量
discontinued | 停产, 下架, 已停产, 停售
channel, sales channel | 渠道, 销售渠道
source | 来源
status, state | 状态
order status | 订单状态
priority | 优先级
store, shop, branch, outlet | 门店, 店铺, 商店, 分店, 店面, 店
company, firm, corporation, business, enterprise, company name | 公司, 企业, 公司名称, 单位
organization, institution, organisation | 组织, 机构
contact name, contact, contact person | 联系人, 联系人姓名
contract, agreement | 合同, 合约
invoice, bill | 发票, 账单
invoice date, billing date | 开票日期, 发票日期
billing country | 账单国家
billing city | 账单城市
ship country, shipping country | 收货国家, 收货国, 送货国家, 发货国家
ship city, shipping city | 收货城市, 送货城市
order date, ordered, order time, date of order, purchase date, order created | 订单日期, 下单日期, 下单时间, 订购日期, 订货日期, 下单, 购买日期, 购买时间
ship date, shipped date, shipping date, shipped, delivery date, dispatch date, ship | 发货日期, 发货时间, 发货, 运输日期, 出货日期, 配送日期
required date, due date, deadline | 要求日期, 到期日, 截止日期, 需求日期, 交货日期
delivery, shipment, shipping | 配送, 发货, 运输, 物流, 快递
create date, created at, create time, created, registration date, signup date, registered, register, sign up, signed up, join date, create | 创建时间, 创建日期, 注册日期, 注册时间, 注册, 建立日期, 新增
update time, updated at, last update | 更新时间, 修改时间
date, day | 日期, 时间, 天
time | 时间
year | 年份, 年度, 年
month | 月份, 月
quarter | 季度
week | 周
start date, begin date, from date | 开始日期, 起始日期, 开始时间, 起始时间
end date, finish date, to date | 结束日期, 终止日期, 结束时间, 截止时间
film, movie, picture, dvd | 电影, 影片, 片子, 影视
actor, actress, performer, cast, star, starring, act | 演员, 主演, 出演, 明星
director | 导演
rental, rent, rented, hire, lease, borrow | 租赁, 出租, 租借, 租出, 租, 借出, 租金记录
rental date, rented, rental time | 租赁日期, 出租日期, 租借日期, 租赁时间
return date, returned, return | 归还日期, 归还, 还片日期, 归还时间, 返还
rental rate, rental price, rental fee | 租金, 租赁价格, 租赁费, 出租价格, 租价
rental duration | 租期, 租赁时长, 租赁期限
replacement cost | 重置成本, 替换成本, 更换成本, 赔偿成本
length, duration, running time, runtime, run time, playing time | 时长, 片长, 长度, 播放时长, 时间长度
milliseconds, duration, length, running time, playing time | 时长, 毫秒, 长度, 播放时长
rating, score, grade, mark | 评分, 评级, 分级, 分数
rating, mpaa rating | 分级, 等级
review, comment, feedback | 评论, 评价, 点评
language | 语言, 语种
release year, released, release, publish year, release date, year of release | 上映年份, 发行年份, 发布年份, 上映时间, 上映, 发行时间
description, detail, summary | 描述, 说明, 简介, 介绍
special features | 特色, 特别功能, 花絮
album, record, cd | 专辑, 唱片
artist, singer, band, musician | 艺术家, 歌手, 艺人, 乐队, 音乐人
track, song, tune | 歌曲, 曲目, 音轨, 单曲, 歌
genre, music style, music genre | 流派, 风格, 音乐类型, 曲风, 题材
playlist | 播放列表, 歌单
media type, format | 媒体类型, 格式
composer, songwriter | 作曲, 作曲家, 作曲者
byte, size, file size | 字节, 大小, 文件大小
author, writer | 作者, 作家
book | 书, 图书, 书籍
publisher | 出版社, 出版商
library | 图书馆
student, pupil | 学生, 学员
teacher, instructor, lecturer, professor | 教师, 老师, 讲师, 教授
course, class, subject, lesson | 课程, 科目, 课
class | 班级, 班
school, college, university | 学校, 学院, 大学
grade | 年级, 成绩
score, grade, mark, exam score | 成绩, 分数, 得分
major | 专业
credit | 学分
enrollment, enrolment, enroll | 选课, 注册, 报名
exam, test | 考试, 测验
patient | 病人, 患者
doctor, physician | 医生, 大夫, 医师
nurse | 护士
hospital, clinic | 医院, 诊所
appointment, visit | 预约, 就诊, 挂号
diagnosis, disease, illness | 诊断, 疾病, 病症
medicine, drug, medication | 药品, 药物, 药
treatment | 治疗
prescription | 处方
bed | 床位, 病床
insurance | 保险
account | 账户, 帐户, 账号
bank | 银行
loan | 贷款
transaction, trade, deal | 交易
balance | 余额
deposit | 存款
interest rate | 利率
currency | 币种, 货币
card | 卡
asset | 资产
debt, liability | 负债, 债务
investment | 投资
fund | 基金
stock price, share price | 股价
team, club | 球队, 团队, 队伍, 俱乐部
player, athlete | 球员, 运动员, 选手, 队员
coach | 教练
match, game | 比赛, 赛事, 场次
goal | 进球
point, score | 积分, 得分
season | 赛季, 季节
league | 联赛
championship, tournament | 锦标赛, 冠军赛
medal | 奖牌
stadium, venue | 体育场, 场馆, 球场
capacity | 容量, 座位数
population, inhabitant, people | 人口, 人口数
area, surface area, size | 面积
density | 密度
river | 河流
mountain | 山, 山脉
lake | 湖泊
capital | 首都
altitude, elevation | 海拔
temperature | 温度, 气温
flight | 航班, 飞行
airport | 机场
airline | 航空公司
aircraft, plane | 飞机
passenger, traveler | 乘客, 旅客
ticket | 票, 车票, 机票
hotel | 酒店, 宾馆
room | 房间
booking, reservation | 预订, 预定
guest | 住客, 宾客
restaurant | 餐厅, 饭店, 餐馆
dish, food, meal | 菜品, 菜, 食物, 餐品
vehicle, car, automobile | 车辆, 汽车, 车
traffic, traffic volume, vehicle count | 车流量, 车流
service area | 服务区
station | 车站, 站点, 站
route, line | 路线, 线路
driver | 司机, 驾驶员
project | 项目, 工程
task | 任务
event, activity | 活动, 事件
campaign, promotion | 促销, 营销活动, 推广, 广告活动
advertisement, ad | 广告
visit, page view, view | 访问, 访问量, 浏览量
click | 点击, 点击量
website, site | 网站, 站点
device | 设备
log | 日志
message | 消息
ticket, issue, case | 工单, 问题单
level, tier, grade, rank, segment | 等级, 级别, 层级
vip | 贵宾
weight | 重量, 体重
height | 身高, 高度
width | 宽度
color, colour | 颜色
size | 尺寸, 尺码, 大小
version | 版本
code, number, no | 编号, 编码, 代码, 号码, 号
id, identifier, number | 编号, 标识
rate, ratio, percentage | 比率, 比例
remark, note, notes | 备注
picture, photo, image | 图片, 照片
rank, ranking | 排名, 名次
active, enabled | 有效, 活跃, 启用, 激活
birth place | 出生地, 籍贯
education, degree | 学历, 学位
marital status | 婚姻状况
experience | 经验
skill | 技能
child, kid | 孩子, 子女
owner | 所有者, 业主, 主人
house, property | 房屋, 房产
building | 建筑, 大楼, 楼
electricity | 电量, 用电量
water | 用水量
energy | 能源, 能耗
crop | 农作物
yield, output, production | 产量
complaint | 投诉
satisfaction | 满意度
tax rate | 税率
member level | 会员等级
coupon, voucher | 优惠券
cart | 购物车
return rate | 退货率
click rate | 点击率
conversion | 转化, 转化率
attendance | 出勤, 考勤
leave, vacation | 请假, 休假
overtime | 加班
training | 培训
performance | 绩效, 表现
recruitment | 招聘
shift | 班次
machine, equipment | 机器, 设备
part, component | 零件, 部件
quality | 质量
defect | 缺陷, 次品
batch | 批次
purchase order, purchase, procurement | 采购, 采购订单
amount received | 到账金额
business day | 营业日
parking space, parking spot, parking lot | 停车位, 车位, 泊位
company | 管理公司
` as const;

/** Looser relatives: `asked-for → columns that may answer it`, at a lower weight. */
export const RELATED = `
revenue, sales, turnover, income, 销售额, 营业额, 收入, 营收 → total, amount, total amount, sales amount, order amount, payment amount, paid amount, subtotal, net amount, line total, extended price, pay sum
order amount, order total, order value, 订单金额, 订单总额 → total, amount, total amount, sales amount, subtotal
spend, spent, spending, paid, pay, 消费, 消费金额, 消费额, 花费 → amount, total, total amount, payment, payment amount, order amount
earn, earns, earning, make, makes, paid, 赚, 挣 → salary, wage, income
salary, pay, wage, 工资, 薪水, 薪资 → salary amount, amount
live, lives, living, based, located, located in, from, reside, 居住, 住在, 位于, 来自, 所在 → city, country, state, region, address, location
work, works, working, 工作 → department, company, employer
cost, costs, price, priced, 价钱, 多少钱 → price, unit price, list price, cost, rate
sold, sell, sells, selling, 卖出, 售出, 卖 → quantity, units sold, sales
popular, popularity, 热门, 受欢迎 → quantity, rental, sales
old, older, age → birth date, age
long, 长 → length, duration, milliseconds
heavy, 重 → weight
big, large, size → size, area, population, bytes, capacity
bought, buy, buys, purchased, purchase, 购买, 买 → order, invoice, purchase
location, 地点, 位置, 哪里 → city, address, country, location
minutes, minute, hours, hour, seconds, 分钟, 小时, 秒 → length, duration, milliseconds
genre, 类型, 题材 → category, genre, type
kind, type → category, type, genre
director, 导演 → director
staff, 店员 → staff, employee
new, newly, 新增, 新 → create date, created at, create time, registration date, registered at, join date, signup date
男女 → gender, sex
rep → representative, employee
卖了多少钱, 花了多少钱, 卖多少钱, 花多少钱, 赚了多少钱 → total, amount, total amount, sales amount, order amount, payment amount
多少单, 几单, 单数 → order
headcount, people, 人数, 人头 → employee, customer, student, person
born, birth, 出生 → birth date, date of birth, birth year
song, music → track
out of stock, in stock, sold out, 缺货, 断货, 售罄, 没有库存, 有库存, 无库存 → stock, units in stock, stock quantity, inventory, quantity in stock, on hand
sold items, items → order items, product
title, 职位 → title, job title
` as const;
