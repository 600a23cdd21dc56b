import { describe, expect, it } from 'vitest';
import { nameWords, tableWords } from './name-words.ts';

describe('words for identifiers', () => {
  it.each([
    ['cust_addr', 'customer address', '客户地址'],
    ['orderDate', 'order date', '订单日期'],
    ['qty', 'quantity', '数量'],
    ['emp_no', 'employee number', '员工编号'],
    ['is_deleted', 'is deleted', '是否删除'],
    ['xyzzy_id', 'xyzzy id', 'xyzzy编号'],
    ['disc_pct', 'discount percent', '折扣率'],
    ['qtyOnHand', 'quantity on hand', '库存数量'],
    ['page_views', 'page views', '页面浏览量'],
    ['foo_bar', 'foo bar', 'foo bar'],
  ])('says what %s is', (name, english, chinese) => {
    expect(nameWords(name, 'en')).toBe(english);
    expect(nameWords(name, 'zh')).toBe(chinese);
  });

  it('leaves out what a system puts before the names of its tables', () => {
    expect(
      ['bss_service_area', 'T_ORDERS', 'dim_customer', 'tblStock', 'qty_list', 'bss'].map((name) =>
        tableWords(name, 'en'),
      ),
    ).toEqual(['service area', 'orders', 'customer', 'stock', 'quantity list', 'bss']);
    expect(tableWords('bss_branch', 'zh')).toBe('分支');
  });
});
