import { describe, expect, it } from 'vitest';
import { isPlural, plural, withArticle } from './english-nouns.ts';
import { WORDINGS } from './wording.ts';

const { en, zh } = WORDINGS;
const orders = { label: 'order', isEvent: true };
const days = { label: 'business day', isEvent: true };

describe('English nouns', () => {
  it.each([
    ['branch', 'branches'],
    ['category', 'categories'],
    ['status', 'statuses'],
    ['address', 'addresses'],
    ['analysis', 'analyses'],
    ['parking spaces', 'parking spaces'],
    ['sales', 'sales'],
    ['units in stock', 'units in stock'],
    ['date of birth', 'dates of birth'],
  ])('has several of %s', (one, several) => expect(plural(one)).toBe(several));

  it('has an article before one thing only', () => {
    expect(['order', 'unit cost', 'price', 'sales', 'parking spaces'].map(withArticle)).toEqual([
      'an order',
      'a unit cost',
      'a price',
      'sales',
      'parking spaces',
    ]);
    expect(['status', 'sales', 'spaces'].map(isPlural)).toEqual([false, false, true]);
  });
});

describe('English questions', () => {
  it('counts things that happen, and records of what is named after a time or a measure', () => {
    expect(en.howMany(orders, 0)).toBe('How many orders are there?');
    expect(en.howMany(days, 0)).toBe('How many business day records are there?');
    expect(en.howMany({ label: 'web analytics', isEvent: true }, 0)).toBe('How many web analytics records are there?');
    expect(en.absent('branch', days)).toBe('Which branches have no business day records?');
  });

  it('adds up, averages and compares what is counted as a number of it', () => {
    const total = en.value('sum', 'parking spaces');
    expect(en.valueBy(total, 'area', 0)).toBe('What is the total number of parking spaces for each area?');
    expect(en.having(total, 'company', '200')).toBe('Which companies have a total number of parking spaces above 200?');
    expect(en.aboveAverage({ label: 'service area', isEvent: false }, 'parking spaces')).toBe(
      'How many service areas have a number of parking spaces above the average?',
    );
  });

  it('asks for things of other things, and for things with a property', () => {
    const branches = { label: 'branch', isEvent: false };
    expect(en.list(branches, 'company', 'North', true)).toBe('Which branches belong to the company "North"?');
    expect(en.list(branches, 'status', 'open', false)).toBe('Which branches have the status "open"?');
    expect(en.howManyWhere(branches, 'company', 'North', true)).toBe(
      'How many branches are there for the company "North"?',
    );
  });

  it('does not say twice that a value is a total', () => {
    expect([en.value('sum', 'total amount'), en.value('sum', 'pay sum'), en.value('sum', 'amount')]).toEqual([
      'total amount',
      'pay sum',
      'total amount',
    ]);
    expect([en.value('avg', 'average session time'), zh.value('avg', '平均时长')]).toEqual([
      'average session time',
      '平均时长',
    ]);
  });

  it('tells the date of a thing from the time of what happens', () => {
    const customers = { label: 'customer', isEvent: false };
    expect(en.countDated(customers, 'signup date', 'May 2026')).toBe(
      'How many customers have a signup date in May 2026?',
    );
    expect(zh.countDated({ label: '客户', isEvent: false }, '注册日期', '2026年5月')).toBe(
      '注册日期在2026年5月的客户有多少个？',
    );
  });
});

describe('Chinese questions', () => {
  it.each([
    ['停车位数量', '停车位总数'],
    ['微信订单数', '微信订单总数'],
    ['客户人数', '客户总人数'],
    ['数量', '总数量'],
    ['页面浏览量', '页面浏览总量'],
    ['点击量', '总点击量'],
    ['退款金额', '退款总金额'],
    ['总支付金额', '总支付金额'],
    ['订单总额', '订单总额'],
    ['利润', '总利润'],
    ['平台服务费用', '平台服务费用合计'],
  ])('calls the sum of %s %s', (measure, sum) => expect(zh.value('sum', measure)).toBe(sum));

  it('counts things one by one and speaks of records of everything else that happens', () => {
    expect(zh.howMany({ label: '订单', isEvent: true }, 0)).toBe('一共有多少个订单？');
    expect(zh.howMany({ label: '退款', isEvent: true }, 0)).toBe('一共有多少条退款记录？');
  });

  it('does not repeat the name of what owns the counted', () => {
    const stalls = { label: '服务区档口', isEvent: false };
    expect(zh.havingCount(stalls, '服务区', 3)).toBe('哪些服务区的档口数量不少于3个？');
    expect(zh.absent('服务区', { label: '服务区每日车流量', isEvent: true })).toBe('哪些服务区没有每日车流量记录？');
    expect(zh.distinctBy({ label: '订单', isEvent: true }, '订单状态')).toBe('订单有哪些状态？');
  });

  it('has most of what is counted and the highest of what is measured', () => {
    expect(zh.top('停车位总数', '公司', 5, 0)).toBe('停车位总数最多的5个公司是哪些？');
    expect(zh.top('退款总金额', '公司', 5, 0)).toBe('退款总金额最高的5个公司是哪些？');
  });
});
