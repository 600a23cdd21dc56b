/** Findings of an analysis in words. Every number in them is a cell of a result, written as the cell is. */
import type { Cell } from '../../execution/index.ts';
import { cellText, type TableData } from '../sql-report/markdown.ts';

export type AnalysisKind = 'answer' | 'total' | 'trend' | 'breakdown' | 'year-on-year' | 'contribution' | 'outliers';

export interface AnalysedResult extends TableData {
  readonly kind: AnalysisKind;
  readonly title: string;
  readonly truncated: boolean;
}

const numericValue = (cell: Cell | undefined): number =>
  cell === null || cell === undefined || cell === '' ? Number.NaN : Number(cell);

/** What one result says; nothing for results without rows or with nothing worth a word. */
export function analysisFindings(result: AnalysedResult, language: 'en' | 'zh'): string[] {
  const zh = language === 'zh';
  const { rows, columns } = result;
  const name = (index: number): string => columns[index]?.name ?? '';
  const text = (row: readonly Cell[] | undefined, index: number): string => cellText(row?.[index]);
  const [first] = rows;
  switch (result.kind) {
    case 'total':
      if (!first || first[0] === null)
        return [zh ? `${name(0)}在所选范围内没有数据。` : `There is no data for ${name(0)} in this range.`];
      return [
        first.length > 2 && first[1] !== null
          ? zh
            ? `${text(first, 1)} 至 ${text(first, 2)}，${name(0)}为 ${text(first, 0)}。`
            : `From ${text(first, 1)} to ${text(first, 2)}, ${name(0)} is ${text(first, 0)}.`
          : zh
            ? `${name(0)}为 ${text(first, 0)}。`
            : `${name(0)} is ${text(first, 0)}.`,
      ];
    case 'trend': {
      const known = rows.filter((row) => !Number.isNaN(numericValue(row[1])));
      if (known.length < 2) return [];
      const high = known.reduce((best, row) => (numericValue(row[1]) > numericValue(best[1]) ? row : best));
      const low = known.reduce((best, row) => (numericValue(row[1]) < numericValue(best[1]) ? row : best));
      const steps = known.filter((row) => !Number.isNaN(numericValue(row[2])));
      const jump =
        steps.length > 0
          ? steps.reduce((best, row) => (Math.abs(numericValue(row[2])) > Math.abs(numericValue(best[2])) ? row : best))
          : null;
      return [
        zh
          ? `${name(1)}最高的${name(0)}是 ${text(high, 0)}（${text(high, 1)}），最低的是 ${text(low, 0)}（${text(low, 1)}）。`
          : `${name(1)} is highest in the ${name(0)} ${text(high, 0)} (${text(high, 1)}) and lowest in ${text(low, 0)} (${text(low, 1)}).`,
        ...(jump
          ? [
              zh
                ? `环比变化最大的${name(0)}是 ${text(jump, 0)}，变化 ${text(jump, 2)}%。`
                : `The largest change against the ${name(0)} before is in ${text(jump, 0)}: ${text(jump, 2)} %.`,
            ]
          : []),
      ];
    }
    case 'breakdown': {
      if (!first || rows.length < 2) return [];
      const last = rows.at(-1);
      const share = columns.length > 2 ? (zh ? `，占比 ${text(first, 2)}%` : `, ${text(first, 2)} % of all`) : '';
      return [
        zh
          ? `按${name(0)}看，${text(first, 0)}的${name(1)}最高，为 ${text(first, 1)}${share}；所列中最低的是${text(last, 0)}，为 ${text(last, 1)}。`
          : `By ${name(0)}, ${text(first, 0)} has the highest ${name(1)}: ${text(first, 1)}${share}; the lowest listed is ${text(last, 0)} with ${text(last, 1)}.`,
      ];
    }
    case 'year-on-year': {
      if (!first || first[0] === null || first[1] === null)
        return [zh ? '缺少去年同期的数据，无法同比。' : 'There is no data of a year before to compare with.'];
      const up = numericValue(first[2]) >= 0;
      return [
        zh
          ? `本期为 ${text(first, 0)}，去年同期为 ${text(first, 1)}，${up ? '增加' : '减少'}，变化 ${text(first, 2)}（同比 ${text(first, 3)}%）。`
          : `It is ${text(first, 0)} against ${text(first, 1)} a year before, ${up ? 'up' : 'down'}: a change of ${text(first, 2)} (${text(first, 3)} %).`,
      ];
    }
    case 'contribution': {
      if (!first || numericValue(first[3]) === 0 || rows.every((row) => row[2] === null)) return [];
      return [
        zh
          ? `变化主要来自${name(0)}“${text(first, 0)}”：由 ${text(first, 2)} 变为 ${text(first, 1)}，变化 ${text(first, 3)}，占总变化的 ${text(first, 4)}%。`
          : `The change comes mostly from the ${name(0)} "${text(first, 0)}": from ${text(first, 2)} to ${text(first, 1)}, a change of ${text(first, 3)}, ${text(first, 4)} % of the whole change.`,
      ];
    }
    case 'outliers':
      if (!first) return [zh ? '没有发现明显异常的日期。' : 'No day stands out.'];
      return [
        zh
          ? `${text(first, 0)} 的${name(1)}最为异常：${text(first, 1)}，日均为 ${text(first, 2)}，偏离 ${text(first, 3)} 个标准差。`
          : `${text(first, 0)} stands out most: ${name(1)} is ${text(first, 1)} against a daily average of ${text(first, 2)}, ${text(first, 3)} standard deviations away.`,
      ];
    case 'answer':
      if (!first) return [];
      return [
        rows.length === 1
          ? `${columns.map((column, index) => `${column.name}${zh ? '：' : ': '}${text(first, index)}`).join(zh ? '，' : ', ')}${zh ? '。' : '.'}`
          : zh
            ? `排在首位的是${text(first, 0)}${columns.length > 1 ? `，${name(columns.length - 1)}为 ${text(first, columns.length - 1)}` : ''}。`
            : `${text(first, 0)} comes first${columns.length > 1 ? ` with ${name(columns.length - 1)} ${text(first, columns.length - 1)}` : ''}.`,
      ];
  }
}

const NUMBER = /[-−]?\d[\d,]*(?:\.\d+)?/g;

/**
 * Numbers of a sentence that are no cell of any result, nor part of a text cell or a column's name. A sentence is shown
 * only when there is none.
 */
export function inventedNumbers(sentence: string, results: readonly TableData[]): string[] {
  const texts: string[] = [];
  const numbers = new Set<number>();
  for (const { columns, rows } of results) {
    texts.push(...columns.map((column) => column.name));
    for (const row of rows) {
      for (const cell of row) {
        if (cell === null || typeof cell === 'object' || typeof cell === 'boolean') continue;
        const value = Number(cell);
        if (cell !== '' && Number.isFinite(value)) numbers.add(value);
        else if (/\d/.test(String(cell))) texts.push(String(cell));
      }
    }
  }
  const rest = [...new Set(texts)]
    .filter((text) => /\d/.test(text))
    .sort((a, b) => b.length - a.length)
    .reduce((left, text) => left.replaceAll(text, ' '), sentence);
  return (rest.match(NUMBER) ?? []).filter((found) => {
    const value = Number(found.replaceAll(',', '').replace('−', '-'));
    return !numbers.has(value) && !numbers.has(-value);
  });
}
