import { describe, expect, test } from 'vitest';
import { parseNumbers } from './parse-numbers.ts';

const CASES: readonly [string, number[], string?][] = [
  ['1.5万', [15_000]],
  ['三成', [0.3], 'percent'],
  ['一半', [0.5], 'fraction'],
  ['两千三百', [2300]],
  ['3亿', [3e8]],
  ['百分之五', [0.05], 'percent'],
  ['百分之12.5', [0.125], 'percent'],
  ['20%', [0.2], 'percent'],
  ['5k', [5000]],
  ['1.2 million', [1_200_000]],
  ['half', [0.5], 'fraction'],
  ['a dozen', [12]],
  ['two dozen', [24]],
  ['one hundred and five', [105]],
  ['two thousand three hundred', [2300]],
  ['第三', [3], 'ordinal'],
  ['3rd', [3], 'ordinal'],
  ['the second', [2], 'ordinal'],
  ['一百零五', [105]],
  ['三万五', [35_000]],
  ['十二', [12]],
  ['二十', [20]],
  ['1,234.5', [1234.5]],
  ['five', [5]],
  ['twenty-one', [21]],
  ['10万', [100_000]],
  ['2.5亿元', [2.5e8]],
  ['三千万', [3e7]],
  ['前五名', [5]],
  ['前10行', [10]],
  ['more than 5 and less than 10', [5, 10]],
  ['七成五', [0.75], 'percent'],
  ['三分之一', [1 / 3], 'fraction'],
  ['十', []],
  ['统一', []],
  ['-5', [-5]],
  ['top ten', [10]],
  ['50 percent', [0.5], 'percent'],
  ['一点五万', [15_000]],
  ['超过3个', [3]],
  ['order10248', []],
  ['Q3', []],
];

describe('numbers in questions', () => {
  test.each(CASES)('%s', (text, values, kind) => {
    const spans = parseNumbers(text);
    expect(spans.map((span) => span.value)).toEqual(values);
    if (kind !== undefined) expect(spans[0]?.kind).toBe(kind);
    for (const span of spans) expect(text.slice(span.start, span.end)).toBe(span.text);
  });
});
