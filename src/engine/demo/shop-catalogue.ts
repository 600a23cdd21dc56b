/** What the demo shop sells and where its customers live. */
export const REGIONS: readonly { readonly name: string; readonly local: string; readonly weight: number }[] = [
  { name: 'East China', local: '华东', weight: 30 },
  { name: 'South China', local: '华南', weight: 20 },
  { name: 'North China', local: '华北', weight: 19 },
  { name: 'Central China', local: '华中', weight: 12 },
  { name: 'Southwest China', local: '西南', weight: 10 },
  { name: 'Northeast China', local: '东北', weight: 5 },
  { name: 'Northwest China', local: '西北', weight: 4 },
];

/** Cities by the position of their region in {@link REGIONS}. */
export const CITIES: readonly (readonly (readonly [name: string, local: string])[])[] = [
  [
    ['Shanghai', '上海'],
    ['Hangzhou', '杭州'],
    ['Nanjing', '南京'],
    ['Suzhou', '苏州'],
    ['Qingdao', '青岛'],
  ],
  [
    ['Shenzhen', '深圳'],
    ['Guangzhou', '广州'],
    ['Xiamen', '厦门'],
    ['Dongguan', '东莞'],
  ],
  [
    ['Beijing', '北京'],
    ['Tianjin', '天津'],
    ['Shijiazhuang', '石家庄'],
    ['Taiyuan', '太原'],
  ],
  [
    ['Wuhan', '武汉'],
    ['Changsha', '长沙'],
    ['Zhengzhou', '郑州'],
  ],
  [
    ['Chengdu', '成都'],
    ['Chongqing', '重庆'],
    ['Kunming', '昆明'],
  ],
  [
    ['Shenyang', '沈阳'],
    ['Dalian', '大连'],
    ['Harbin', '哈尔滨'],
  ],
  [
    ["Xi'an", '西安'],
    ['Lanzhou', '兰州'],
    ['Urumqi', '乌鲁木齐'],
  ],
];

export const FAMILY_NAMES =
  'Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Smith Brown Miller Garcia'.split(
    ' ',
  );
export const GIVEN_NAMES =
  'Wei Fang Min Jing Lei Na Qiang Yan Jun Jie Tao Ling Hui Bo Xin Yu Mei Hao Ting Kai Emma Noah Olivia Lucas Mia Ethan'.split(
    ' ',
  );

interface Article {
  readonly name: string;
  readonly local: string;
  readonly price: number;
  /** Relative popularity; 0 has never been sold. */
  readonly weight: number;
}
const article = (name: string, local: string, price: number, weight: number): Article => ({
  name,
  local,
  price,
  weight,
});

export const CATEGORIES: readonly {
  readonly name: string;
  readonly local: string;
  /** Part of the selling price that is cost. */
  readonly cost: number;
  /** Probability that a sold item comes back. */
  readonly refund: number;
  readonly articles: readonly Article[];
}[] = [
  {
    name: 'Electronics',
    local: '电子产品',
    cost: 0.72,
    refund: 0.05,
    articles: [
      article('Smartphone X2', '智能手机 X2', 3299, 5),
      article('Laptop Air 14', '轻薄笔记本 14', 5499, 3),
      article('Wireless Earbuds', '无线耳机', 399, 12),
      article('Smart Watch S1', '智能手表 S1', 899, 7),
      article('Tablet 11', '平板电脑 11', 2199, 4),
      article('Bluetooth Speaker', '蓝牙音箱', 249, 9),
      article('Mechanical Keyboard', '机械键盘', 349, 7),
      article('4K Monitor', '4K 显示器', 1699, 3),
    ],
  },
  {
    name: 'Home & Kitchen',
    local: '家居厨房',
    cost: 0.6,
    refund: 0.03,
    articles: [
      article('Rice Cooker', '电饭煲', 299, 8),
      article('Air Fryer', '空气炸锅', 369, 9),
      article('Robot Vacuum', '扫地机器人', 1599, 4),
      article('Chef Knife', '主厨刀', 129, 7),
      article('Cotton Bed Set', '纯棉四件套', 259, 7),
      article('Desk Lamp', '护眼台灯', 159, 8),
      article('Vacuum Flask', '保温杯', 89, 12),
      article('Electric Kettle', '电热水壶', 119, 9),
    ],
  },
  {
    name: 'Clothing',
    local: '服装',
    cost: 0.45,
    refund: 0.11,
    articles: [
      article('Down Jacket', '羽绒服', 699, 6),
      article('Cotton T-Shirt', '纯棉 T 恤', 79, 16),
      article('Slim Jeans', '修身牛仔裤', 199, 11),
      article('Wool Sweater', '羊毛衫', 329, 7),
      article('Summer Dress', '连衣裙', 259, 9),
      article('Running Shoes', '跑步鞋', 459, 10),
      article('Silk Scarf', '真丝围巾', 189, 4),
      article('Rain Coat', '雨衣', 99, 3),
    ],
  },
  {
    name: 'Beauty',
    local: '美妆个护',
    cost: 0.38,
    refund: 0.02,
    articles: [
      article('Face Cream', '面霜', 219, 10),
      article('Lipstick', '口红', 189, 11),
      article('Shampoo', '洗发水', 59, 14),
      article('Sunscreen SPF50', '防晒霜 SPF50', 99, 9),
      article('Perfume No. 7', '七号香水', 499, 4),
      article('Electric Toothbrush', '电动牙刷', 239, 8),
    ],
  },
  {
    name: 'Sports & Outdoors',
    local: '运动户外',
    cost: 0.55,
    refund: 0.04,
    articles: [
      article('Yoga Mat', '瑜伽垫', 89, 10),
      article('Camping Tent', '露营帐篷', 599, 4),
      article('Mountain Bike', '山地自行车', 1899, 2),
      article('Dumbbell Set', '哑铃套装', 279, 5),
      article('Badminton Racket', '羽毛球拍', 169, 8),
      article('Hiking Backpack', '登山背包', 329, 6),
    ],
  },
  {
    name: 'Books',
    local: '图书',
    cost: 0.65,
    refund: 0.01,
    articles: [
      article('SQL in Practice', 'SQL 实战', 79, 9),
      article('Data Stories', '数据的故事', 59, 8),
      article('World Atlas', '世界地图集', 129, 4),
      article('Chinese Cooking', '中国菜谱', 49, 7),
      article('Calculus Made Clear', '微积分入门', 69, 5),
      article('Old Encyclopaedia', '旧版百科全书', 399, 0),
    ],
  },
  {
    name: 'Toys',
    local: '玩具',
    cost: 0.5,
    refund: 0.04,
    articles: [
      article('Building Blocks', '积木', 199, 10),
      article('Puzzle 1000', '千片拼图', 79, 7),
      article('Remote Car', '遥控汽车', 159, 7),
      article('Plush Panda', '毛绒熊猫', 69, 11),
      article('Board Game', '桌游', 129, 6),
      article('Wooden Train', '木制小火车', 229, 0),
    ],
  },
  {
    name: 'Food & Drinks',
    local: '食品饮料',
    cost: 0.7,
    refund: 0.01,
    articles: [
      article('Green Tea 250g', '绿茶 250 克', 99, 12),
      article('Coffee Beans 1kg', '咖啡豆 1 公斤', 139, 11),
      article('Nut Gift Box', '坚果礼盒', 168, 9),
      article('Olive Oil', '橄榄油', 89, 6),
      article('Dark Chocolate', '黑巧克力', 39, 12),
      article('Moon Cakes', '月饼', 188, 3),
    ],
  },
];
