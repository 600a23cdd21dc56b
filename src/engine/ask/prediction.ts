/** `/predict`: the record's series with its forecast, as rows and as a chart. */
import { type Cell, type ResultColumn, uniqueColumnNames } from '../../execution/index.ts';
import { fail, type Outcome, ok } from '../../kernel/index.ts';
import {
  type ChartConfig,
  type Forecast,
  type ForecastPoint,
  forecast,
  type SeriesProblem,
} from '../../reporting/index.ts';
import type { RunRows } from '../../workflows/index.ts';

export interface Prediction {
  readonly forecast: Forecast;
  /** The forecast alone: period, value, and the bounds of the interval. */
  readonly predicted: RunRows;
  /** History and forecast side by side, for the chart. */
  readonly combined: RunRows;
  readonly chart: ChartConfig;
}

type Language = 'en' | 'zh';

const WORDS = {
  en: { forecast: 'forecast', lower: 'lower bound', upper: 'upper bound', title: 'Forecast' },
  zh: { forecast: '预测值', lower: '预测下限', upper: '预测上限', title: '预测' },
} as const;

const PROBLEMS: Readonly<Record<Language, Record<SeriesProblem, string>>> = {
  en: {
    'no-time-column': 'The result has no column of dates or periods, so there is nothing to forecast over.',
    'no-measure': 'The result has no numeric column to forecast.',
    'repeated-periods': 'The result has several rows for the same period; ask for one total per period first.',
    'unreadable-periods': 'The periods of the result cannot be read as dates.',
    'irregular-periods': 'The periods of the result are irregular or have too many gaps.',
    'too-few-periods': 'The result has too few complete periods for a forecast; at least six are needed.',
  },
  zh: {
    'no-time-column': '结果中没有日期或周期列，无法预测。',
    'no-measure': '结果中没有可以预测的数值列。',
    'repeated-periods': '同一周期有多行数据，请先按周期汇总。',
    'unreadable-periods': '结果中的周期无法识别为日期。',
    'irregular-periods': '结果中的周期不规则或缺失过多。',
    'too-few-periods': '完整的周期太少，至少需要六个周期才能预测。',
  },
};

/** The failure is a sentence in the language of the chat. */
export async function predict(
  result: RunRows,
  options: { readonly question: string; readonly language: Language; readonly today: string },
): Promise<Outcome<Prediction, string>> {
  const made = await forecast(result, { today: options.today });
  if (!made.ok) return fail(PROBLEMS[options.language][made.failure]);
  const { series, points } = made.value;
  const words = WORDS[options.language];
  const time = columnNamed(result, series.timeColumn);
  const value = columnNamed(result, series.valueColumn);
  const sample = result.rows.find((row) => row[time.index] !== null)?.[time.index] ?? null;
  const label = (point: ForecastPoint): Cell => inFormOf(sample, point.period);
  const bound = (name: string): ResultColumn => ({ name, type: 'float' });
  const last = series.periods.at(-1);
  const lastValue = series.values.at(-1) ?? null;
  const predicted: RunRows = {
    columns: [time.column, value.column, bound(words.lower), bound(words.upper)],
    rows: points.map((point) => [label(point), point.value, point.lower, point.upper]),
    truncated: false,
  };
  const combined: RunRows = {
    columns: [time.column, value.column, bound(words.forecast), bound(words.lower), bound(words.upper)],
    rows: [
      ...series.periods.map((period, index): Cell[] => {
        // The forecast's line begins where the history ends.
        const joint = period === last ? lastValue : null;
        return [inFormOf(sample, period), series.values[index] ?? null, joint, joint, joint];
      }),
      ...points.map((point): Cell[] => [label(point), null, point.value, point.lower, point.upper]),
    ],
    truncated: false,
  };
  const field = ({ name }: ResultColumn) => ({ name, value: name.toLowerCase() });
  const lines = combined.columns.slice(1).map(field);
  return ok({
    forecast: made.value,
    predicted,
    combined,
    chart: {
      type: 'line',
      title: `${words.title}: ${options.question}`,
      axis: {
        x: field(time.column),
        y: lines,
        'multi-quota': { name: value.column.name, value: lines.map((line) => line.value) },
      },
    },
  });
}

/** One sentence that says what the figures are. */
export function describePrediction(
  { method, level, points, droppedRunningPeriod }: Forecast,
  language: Language,
): string {
  const percent = Math.round(level * 100);
  if (language === 'zh') {
    const running = droppedRunningPeriod ? '未结束的当前周期未参与计算。' : '';
    return `预测（统计方法 ${method}）：未来 ${points.length} 个周期，区间覆盖概率 ${percent}%。${running}这是推算，不是实际数据。`;
  }
  const running = droppedRunningPeriod ? ' The running period is not over and was left out.' : '';
  return `Forecast (statistical method ${method}) for ${points.length} periods, with ${percent} % intervals.${running} These are estimates, not data.`;
}

function columnNamed(result: RunRows, name: string): { readonly index: number; readonly column: ResultColumn } {
  const index = uniqueColumnNames(result.columns.map((column) => column.name)).indexOf(name);
  const column = result.columns[index];
  if (!column) throw new Error(`the series' column ${name} is not in the result`);
  return { index, column: { ...column, name } };
}

/** The first day of a period, written as the result writes its periods. */
function inFormOf(sample: Cell, period: string): Cell {
  const [year = '', month = '', day = ''] = period.split('-');
  if (typeof sample === 'number') return Number(year);
  if (typeof sample !== 'string') return period;
  if (/^\d{4}$/.test(sample)) return year;
  if (/^\d{4}-\d{1,2}$/.test(sample)) return `${year}-${month}`;
  if (/^\d{4}年\d{1,2}月$/.test(sample)) return `${year}年${month}月`;
  const quarter = /^\d{4}([-\s]?)Q[1-4]$/i.exec(sample);
  if (quarter) return `${year}${quarter[1] ?? ''}Q${Math.ceil(Number(month) / 3)}`;
  if (/[T ]\d{2}:/.test(sample)) return `${year}-${month}-${day}${sample.slice(10, 11)}00:00:00`;
  return period;
}
