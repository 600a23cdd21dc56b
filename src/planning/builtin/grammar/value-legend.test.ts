import { describe, expect, test } from 'vitest';
import { valueLegend } from './value-legend.ts';

const values = (...list: string[]) => ({ list, complete: true, min: null, max: null });

describe('the values that a comment explains', () => {
  test.each([
    ['客户类型：Consumer 个人，Corporate 企业', ['Consumer', 'Corporate'], { Consumer: '个人', Corporate: '企业' }],
    [
      'customer segment: Corporate 企业, Small Business 小微企业',
      ['Corporate', 'Small Business'],
      { Corporate: '企业', 'Small Business': '小微企业' },
    ],
    ['status (A=active, I=inactive)', ['A', 'I'], { A: 'active', I: 'inactive' }],
    ['渠道：网站 web、门店 store', ['web', 'store'], { web: '网站', store: '门店' }],
  ])('%s', (comment, list, expected) => {
    const legend = valueLegend({ comment, type: 'text', values: values(...list) });
    expect(Object.fromEntries(legend.map((one) => [one.value, one.label]))).toEqual(expected);
  });

  test('are numbers where the column is one', () => {
    const legend = valueLegend({ comment: '性别（0=女，1=男）', type: 'integer', values: null });
    expect(legend.map((one) => [one.value, one.label])).toEqual([
      [0, '女'],
      [1, '男'],
    ]);
  });

  test('are not what is said of the column itself', () => {
    expect(valueLegend({ comment: '订单总额（元），等于其明细金额之和', type: 'decimal', values: null })).toEqual([]);
    expect(valueLegend({ comment: null, type: 'text', values: null })).toEqual([]);
  });
});
