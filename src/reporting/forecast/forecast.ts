/**
 * Forecasts with prediction intervals: exponential smoothing with automatic model choice (ETS; Hyndman & Athanasopoulos,
 * "Forecasting: Principles and Practice", ch. 8), and with enough history a seasonal decomposition first (MSTL; Bandara,
 * Hyndman & Bergmeir 2021). Both come from the augurs library.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fail, type Outcome, ok } from '../../kernel/index.ts';
import type { ChartData } from '../charts/index.ts';
import {
  periodStart,
  readTimeSeries,
  type SeriesGrain,
  type SeriesProblem,
  step,
  type TimeSeries,
} from './time-series.ts';

export interface ForecastPoint {
  /** First day of the period, `YYYY-MM-DD`. */
  readonly period: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Forecast {
  readonly series: TimeSeries;
  readonly method: 'ETS' | 'MSTL + ETS' | 'constant';
  /** Probability that the intervals are meant to cover, 0 to 1. */
  readonly level: number;
  readonly points: readonly ForecastPoint[];
  /** The running period was left out because it is not over. */
  readonly droppedRunningPeriod: boolean;
}

export interface ForecastOptions {
  /** `YYYY-MM-DD`; a last period that holds it is not over and is left out. */
  readonly today: string;
  /** Periods ahead; by default a third of the history, 3 to 12. */
  readonly horizon?: number;
  readonly level?: number;
}

const MIN_PERIODS = 6;
const SEASON: Readonly<Record<SeriesGrain, number>> = { year: 1, quarter: 4, month: 12, week: 52, day: 7 };

/** Forecasts the first measure of a result over its time column. */
export async function forecast(data: ChartData, options: ForecastOptions): Promise<Outcome<Forecast, SeriesProblem>> {
  const read = readTimeSeries(data);
  if (typeof read === 'string') return fail(read);
  const { series, dropped } = withoutRunningPeriod(read, options.today);
  const { values, periods, grain } = series;
  if (values.length < MIN_PERIODS) return fail('too-few-periods');
  const horizon = options.horizon ?? Math.min(12, Math.max(3, Math.round(values.length / 3)));
  const level = options.level ?? 0.95;
  const season = SEASON[grain];
  const seasonal = season > 1 && values.length >= season * 2 + 1;
  const constant = values.every((value) => value === values[0]);
  const raw = constant
    ? constantForecast(values[0]!, horizon)
    : seasonal
      ? await mstl(values, season, horizon, level)
      : await ets(values, horizon, level);
  const start = periodStart(periods[0]!)!;
  const positive = values.every((value) => value >= 0);
  const bounded = (value: number): number => (positive ? Math.max(0, value) : value);
  return ok({
    series,
    method: constant ? 'constant' : seasonal ? 'MSTL + ETS' : 'ETS',
    level,
    droppedRunningPeriod: dropped,
    points: raw.point.map((value, index) => ({
      period: step(start, grain, values.length + index).toISODate()!,
      value: bounded(value),
      lower: bounded(raw.lower[index] ?? value),
      upper: bounded(raw.upper[index] ?? value),
    })),
  });
}

interface RawForecast {
  readonly point: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

function withoutRunningPeriod(series: TimeSeries, today: string): { series: TimeSeries; dropped: boolean } {
  const last = periodStart(series.periods.at(-1)!)!;
  const next = step(last, series.grain, 1).toISODate()!;
  const running = series.periods.at(-1)! <= today && today < next;
  if (!running || series.values.length <= MIN_PERIODS) return { series, dropped: false };
  return {
    series: { ...series, periods: series.periods.slice(0, -1), values: series.values.slice(0, -1) },
    dropped: true,
  };
}

const constantForecast = (value: number, horizon: number): RawForecast => {
  const point = Array.from({ length: horizon }, () => value);
  return { point, lower: point, upper: point };
};

async function ets(values: readonly number[], horizon: number, level: number): Promise<RawForecast> {
  const { AutoETS } = await loadEts();
  using model = new AutoETS(1, 'ZZN');
  model.fit(Float64Array.from(values));
  return flat(model.predict(horizon, level));
}

async function mstl(values: readonly number[], season: number, horizon: number, level: number): Promise<RawForecast> {
  const { MSTL } = await loadMstl();
  using model = MSTL.ets([season]);
  model.fit(Float64Array.from(values));
  return flat(model.predict(horizon, level));
}

const flat = (made: { point: number[]; intervals: { lower: number[]; upper: number[] } | undefined }): RawForecast => ({
  point: made.point,
  lower: made.intervals?.lower ?? made.point,
  upper: made.intervals?.upper ?? made.point,
});

let etsModule: Promise<typeof import('@bsull/augurs/ets')> | null = null;
let mstlModule: Promise<typeof import('@bsull/augurs/mstl')> | null = null;

const wasm = (name: string): Promise<Buffer> =>
  readFile(
    createRequire(import.meta.url)
      .resolve('@bsull/augurs')
      .replace(/core\.js$/, `${name}_bg.wasm`),
  );

function loadEts(): Promise<typeof import('@bsull/augurs/ets')> {
  etsModule ??= import('@bsull/augurs/ets').then(async (module) => {
    module.initSync({ module: await wasm('ets') });
    return module;
  });
  return etsModule;
}

function loadMstl(): Promise<typeof import('@bsull/augurs/mstl')> {
  mstlModule ??= import('@bsull/augurs/mstl').then(async (module) => {
    module.initSync({ module: await wasm('mstl') });
    return module;
  });
  return mstlModule;
}
