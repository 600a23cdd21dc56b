/** General Chinese: words that name the same thing, and words that ask for an attribute without naming it. */
import type { Thesaurus } from '../linking/linker.ts';

/** Each line: words that may stand for one another. */
const GROUPS = `
名字 姓名 名称 名
编号 ID id 号码 代码
年龄 岁数
性别 男女
价格 单价 售价 价钱
费用 花费 成本
工资 薪水 薪资 收入
电话 手机 联系方式 电话号码
地址 住址 位置
城市 市
国家 国籍
大学 学校 高校 学院
老师 教师 教授
学生 同学
员工 职员 雇员 工作人员
客户 顾客 用户
公司 企业
部门 科室
经理 主管
商品 产品
订单 购买
数量 个数
类型 种类 类别
时间 日期
作者 作家
歌手 艺术家 演唱者
歌曲 歌
电影 影片
比赛 赛事
球员 选手 运动员
球队 队伍
面积 占地面积
人口 人口数
高度 身高 海拔
长度 全长
评分 评价 得分 分数 打分
排名 名次
职位 职务 岗位
专业 学科
课程 科目
出生日期 生日 出生
开始时间 成立时间 创办时间
飞机 航班
机场 航空港
医生 医师
药物 药品
书 书籍 图书
车 汽车
店 商店 门店
省份 省 省市
品类 类别 种类
国籍 国家
销量 销售量 售出量 售卖量
售价 定价 卖价
创始人 创办人
成立时间 创立时间 创办时间 建立时间
地点 地址 位置
时长 长度
书名 书籍名称
总数 总量
法人 法定代表人
`;

/** `word: names` – what the word asks for. */
const ASKS_FOR = `
多大: 年龄
年轻: 年龄
年长: 年龄
最老: 年龄
多高: 身高 高度 海拔
多长: 长度
多重: 体重 重量
最重: 体重 重量
多少钱: 价格 售价 费用
便宜: 价格 售价
贵: 价格 售价
哪里: 地址 城市 国家 位置 地点
哪儿: 地址 城市 国家 位置 地点
在哪: 地址 城市 国家 位置 地点
什么时候: 时间 日期 年份
何时: 时间 日期 年份
哪年: 年份
哪一年: 年份
谁: 姓名 名字
叫什么: 姓名 名字 名称
叫: 姓名 名字 名称
高薪: 薪水 工资
地方: 地点 地区 城市 出生地 产地
平均价: 售价 价格 定价
均价: 售价 价格 定价
最低价: 售价 价格 定价
最高价: 售价 价格 定价
占多少: 占比
书: 书名 书籍 图书
哪国: 国家 国籍
哪个国: 国家 国籍
多久: 时间 时长
卖出: 销量 销售量
谁开发商: 公司
贵的: 价格 售价
最贵: 价格 售价 定价
最便宜: 价格 售价 定价
男性: 性别
女性: 性别
男女: 性别
是男是女: 性别
多少岁: 年龄
几岁: 年龄
岁: 年龄
最长: 时长 长度
最快: 速度
最慢: 速度
最远: 距离
最近的: 距离
工作人员: 职工
`;

/** Single characters that stand for the whole name. */
const SHORT = `
省 省份
县 区县
`;

const SAME = 0.8;
const ASKED = 0.5;

function build(): Thesaurus {
  const map = new Map<string, [string, number][]>();
  const add = (word: string, name: string, weight: number): void => {
    const list = map.get(word) ?? [];
    if (word !== name && !list.some(([n]) => n === name)) list.push([name, weight]);
    map.set(word, list);
  };
  for (const line of GROUPS.trim().split('\n')) {
    const words = line.split(' ');
    for (const a of words) for (const b of words) if (a.length > 1) add(a, b, SAME);
  }
  for (const line of SHORT.trim().split('\n')) {
    const [short, whole] = line.split(' ');
    add(short!, whole!, SAME);
  }
  for (const line of ASKS_FOR.trim().split('\n')) {
    const [word, names] = line.split(': ');
    for (const name of names!.split(' ')) add(word!, name, ASKED);
  }
  return map;
}

export const SYNONYMS_ZH: Thesaurus = build();
