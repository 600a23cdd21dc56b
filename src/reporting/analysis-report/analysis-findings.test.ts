import { describe, expect, it } from 'vitest';
import { type AnalysedResult, analysisFindings, inventedNumbers } from './analysis-findings.ts';

const result = (kind: AnalysedResult['kind'], names: string[], rows: AnalysedResult['rows']): AnalysedResult => ({
  kind,
  title: 't',
  truncated: false,
  columns: names.map((name) => ({ name })),
  rows,
});

describe('analysisFindings', () => {
  it('writes numbers as the cells are', () => {
    const trend = result(
      'trend',
      ['month', 'sales', 'change %'],
      [
        ['2026-01-01', '100.50', null],
        ['2026-02-01', '80.25', -20.15],
        ['2026-03-01', '120.00', 49.53],
      ],
    );
    expect(analysisFindings(trend, 'en')).toEqual([
      'sales is highest in the month 2026-03-01 (120.00) and lowest in 2026-02-01 (80.25).',
      'The largest change against the month before is in 2026-03-01: 49.53 %.',
    ]);
    expect(analysisFindings(trend, 'zh').flatMap((sentence) => inventedNumbers(sentence, [trend]))).toEqual([]);
  });

  it('says that there is nothing to compare or to notice', () => {
    expect(analysisFindings(result('year-on-year', ['a', 'b', 'c', 'd'], [[5, null, 5, null]]), 'en')).toEqual([
      'There is no data of a year before to compare with.',
    ]);
    expect(analysisFindings(result('outliers', ['day', 'x'], []), 'zh')).toEqual(['没有发现明显异常的日期。']);
    expect(analysisFindings(result('total', ['x'], [[null]]), 'en')).toEqual(['There is no data for x in this range.']);
  });
});

describe('inventedNumbers', () => {
  const known = result(
    'answer',
    ['top 5', 'n'],
    [
      ['Smartphone X2', '1098689.75'],
      ['2026-01-01', 12],
    ],
  );
  it('accepts cells, also with separators, in text cells and in column names', () => {
    expect(inventedNumbers('Smartphone X2 sold 1,098,689.75 since 2026-01-01, top 5 of 12.', [known])).toEqual([]);
  });
  it('finds every other number', () => {
    expect(inventedNumbers('It grew by 13 % to 1.1 million, 12 of them.', [known])).toEqual(['13', '1.1']);
    expect(inventedNumbers('about 1098689', [known])).toEqual(['1098689']);
  });
});
