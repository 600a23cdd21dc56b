import { describe, expect, test } from 'vitest';
import { isStatement, isWriteIntent } from './write-intent.ts';

describe('requests that would change something', () => {
  test.each([
    'delete all customers',
    'Please drop table orders',
    'update orders set status = 1',
    'insert into users values (1)',
    'truncate the logs',
    'add a new customer',
    'set the price of product 3 to 10',
    'remove all orders from 2020',
    'create table x',
    'change the salary of Bob to 100',
    'rename the column name',
    'grant select to public',
    'show users; drop table users',
    'can you delete the orders',
    'increase all prices by 10%',
    '删除所有订单',
    '清空客户表',
    '帮我删除用户张三',
    '把所有价格改成10',
    '更新产品价格',
    '插入一条记录',
    '新建一个表',
    '请修改订单状态',
    '将库存设为0',
  ])('%s', (question) => {
    expect(isWriteIntent(question)).toBe(true);
  });
});

describe('honest questions with such words in them', () => {
  test.each([
    'Create a report of monthly revenue',
    'Add up the totals by city',
    'Set of cities with orders',
    'Update me on sales this month',
    'orders that were deleted last month',
    'when were customers last updated',
    'how many users were added this year',
    'show the updated orders',
    'products with an update date after 2020',
    'number of created accounts per month',
    'remove the filter',
    'change the period to last year',
    'average time to insert',
    'show me users',
    'drop in revenue since March',
    'what changed in orders',
    '更新时间最晚的订单',
    '上个月新增客户数',
    '创建时间在今年的用户',
    '最近修改的产品',
    '删除率是多少',
    '按创建日期统计订单',
    '换成去年',
    '添加筛选条件',
  ])('%s', (question) => {
    expect(isWriteIntent(question)).toBe(false);
  });
});

describe('statements', () => {
  test.each([
    'SELECT 1',
    'select * from users',
    'KILL 1',
    'kill query 7;',
    'SHOW TABLES',
    'PRAGMA table_info(x)',
    'call proc(1)',
    'WITH x AS (SELECT 1) SELECT * FROM x',
  ])('%s', (text) => {
    expect(isStatement(text)).toBe(true);
  });

  test.each([
    'select the top 5 customers',
    'show tables with more than 5 chairs',
    'Which orders kill the margin?',
    'with how many orders did we start',
    'use the last month',
    '只看华东',
  ])('%s is a question', (text) => {
    expect(isStatement(text)).toBe(false);
  });
});
