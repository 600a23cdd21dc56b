/** The rows of the highway demo: each day depends on that day alone and a fixed seed. */
import { createHash } from 'node:crypto';
import { dayNumber, isoDay, monthStart, weekday } from './days.ts';
import type { DemoRow, DemoTableData } from './demo-table.ts';
import {
  BRANCH_TABLE,
  BUSINESS_DAY_TABLE,
  CAR_DAY_TABLE,
  COMPANY_TABLE,
  MAPPER_TABLE,
  ROUTE_LINK_TABLE,
  SECTION_ROUTE_TABLE,
  SERVICE_AREA_TABLE,
} from './highway-schema.ts';
import { createRandom, type Random } from './random.ts';

const SEED = 20250627;
const MONTHS = 6;
const COMPANIES =
  '驿美实业 宜春管理中心 上饶管理中心 抚州管理中心 赣州管理中心 南昌管理中心 九江管理中心 吉安管理中心 景德镇管理中心 鹰潭管理中心 新余管理中心 萍乡管理中心 昌铜公司 昌泰公司 赣粤公司'.split(
    ' ',
  );
/** Name, position of the company, size, positions of the routes. */
const AREAS: readonly (readonly [name: string, company: number, size: number, routes: readonly number[]])[] = [
  ['庐山服务区', 6, 1.6, [0, 3]],
  ['三清山服务区', 2, 1.3, [1]],
  ['南城服务区', 3, 1.1, [2]],
  ['鄱阳湖服务区', 5, 1.4, [0]],
  ['宜春服务区', 1, 1.2, [1]],
  ['信丰西服务区', 4, 0.9, [2, 4]],
  ['南康北服务区', 4, 1, [4]],
  ['吉安服务区', 7, 1.2, [3]],
  ['景德镇服务区', 8, 1.1, [0]],
  ['鹰潭服务区', 9, 1, [1]],
  ['新余服务区', 10, 0.8, [1]],
  ['萍乡服务区', 11, 0.8, [1]],
  ['铜鼓服务区', 12, 0.5, [5]],
  ['泰和服务区', 13, 0.9, [3]],
  ['樟树服务区', 14, 1.3, [3, 1]],
  ['军山湖服务区', 5, 0.9, [2]],
  ['共青城服务区', 6, 0.7, [3]],
  ['婺源服务区', 2, 0.8, [0]],
];
/** Position of the one service area that is closed and has neither takings nor cars. */
const CLOSED_AREA = 17;
const ROUTES: readonly (readonly [section: string, route: string, code: string])[] = [
  ['九景段', '杭瑞高速', 'G56'],
  ['昌金段', '沪昆高速', 'G60'],
  ['温沙段', '济广高速', 'G35'],
  ['昌樟段', '福银高速', 'G70'],
  ['赣定段', '大广高速', 'G45'],
  ['昌铜段', '昌铜高速', 'S40'],
];
const TRADES: readonly (readonly [classify: string, name: string, ticket: number, orders: number])[] = [
  ['餐饮', '美食广场', 38, 130],
  ['便利店', '便利店', 21, 190],
  ['小吃', '特色小吃', 16, 90],
  ['咖啡', '咖啡厅', 27, 45],
];
const CAR_TYPES: readonly (readonly [name: string, perDay: number])[] = [
  ['过境', 4200],
  ['城际', 1800],
  ['危化品', 60],
  ['其他', 420],
];

/** All tables of the highway demo, with daily data of about half a year up to `today` (`YYYY-MM-DD`). */
export function generateHighway(today: string): readonly DemoTableData[] {
  const last = dayNumber(today);
  const first = monthStart(last, MONTHS - 1);
  const branches = AREAS.flatMap(([area, , size], a) =>
    TRADES.slice(0, size >= 1.2 ? 4 : size >= 0.8 ? 3 : 2).map(([classify, name, ticket, orders], t) => ({
      id: identifier('branch', a * 10 + t),
      no: `H${String(501 + a * 4 + t).padStart(5, '0')}`,
      name: `${area.replace('服务区', '')}${name}`,
      area: a,
      classify,
      ticket,
      orders: orders * size,
    })),
  );
  const business: DemoRow[] = [];
  const cars: DemoRow[] = [];
  for (let day = first; day <= last; day++) {
    const random = createRandom(SEED, day);
    const traffic = ([1.25, 0.9, 0.88, 0.9, 0.95, 1.2, 1.3][weekday(day)] ?? 1) * holiday(isoDay(day));
    for (const branch of branches) {
      if (branch.area === CLOSED_AREA) continue;
      const orders = Math.max(3, Math.round(branch.orders * traffic * (1 + random.normal() * 0.12)));
      business.push(takings(day, branch, orders, random));
    }
    AREAS.forEach(([, , size], a) => {
      if (a === CLOSED_AREA) return;
      for (const [type, perDay] of CAR_TYPES) {
        const count = Math.max(1, Math.round(perDay * size * traffic * (1 + random.normal() * 0.1)));
        cars.push([identifier('car', day * 1_000 + a * 10, type), isoDay(day), areaId(a), type, count]);
      }
    });
  }
  return [
    { table: COMPANY_TABLE, rows: COMPANIES.map((name, i) => [identifier('company', i), name]) },
    {
      table: SERVICE_AREA_TABLE,
      rows: AREAS.map(([name, company, size], a) => [
        areaId(a),
        name,
        areaNo(a),
        identifier('company', company),
        size >= 1.2 ? '智能化服务区' : '信息化服务区',
        a === CLOSED_AREA ? '关闭' : '开放',
        Math.round(size * 180),
      ]),
    },
    {
      table: MAPPER_TABLE,
      rows: AREAS.map(([name], a) => [identifier('mapper', a), name, areaNo(a), areaId(a), '驿购']),
    },
    {
      table: BRANCH_TABLE,
      rows: branches.map((branch) => [branch.id, branch.name, branch.no, branch.classify, areaId(branch.area)]),
    },
    { table: BUSINESS_DAY_TABLE, rows: business },
    { table: CAR_DAY_TABLE, rows: cars },
    { table: SECTION_ROUTE_TABLE, rows: ROUTES.map((route, i) => [identifier('route', i), ...route]) },
    {
      table: ROUTE_LINK_TABLE,
      rows: AREAS.flatMap(([, , , routes], a) => routes.map((route) => [identifier('route', route), areaId(a)])),
    },
  ];
}

function takings(
  day: number,
  branch: { readonly no: string; readonly name: string; readonly area: number; readonly ticket: number },
  orders: number,
  random: Random,
): DemoRow {
  const wxOrders = Math.round(orders * (0.6 + random.next() * 0.1));
  const zfOrders = Math.round((orders - wxOrders) * 0.75);
  const rmbOrders = orders - wxOrders - zfOrders;
  const cents = (count: number): number => Math.round(count * branch.ticket * (0.9 + random.next() * 0.2) * 100);
  const wx = cents(wxOrders);
  const zfb = cents(zfOrders);
  const rmb = cents(rmbOrders);
  return [
    identifier('business', day, branch.no),
    isoDay(day),
    areaNo(branch.area),
    AREAS[branch.area]![0],
    branch.no,
    branch.name,
    wx / 100,
    wxOrders,
    zfb / 100,
    zfOrders,
    rmb / 100,
    rmbOrders,
    orders,
    (wx + zfb + rmb) / 100,
  ];
}

const holiday = (date: string): number => (/-(10-0[1-7]|05-0[1-5])$/.test(date) ? 1.8 : 1);
const areaNo = (area: number): string => `H${String(area + 1).padStart(4, '0')}`;
const areaId = (area: number): string => identifier('area', area);

/** 32 hexadecimal digits, the same for the same thing. */
const identifier = (kind: string, number: number, detail = ''): string =>
  createHash('md5').update(`${kind}/${number}/${detail}`).digest('hex');
