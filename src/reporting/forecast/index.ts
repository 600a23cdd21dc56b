export { type Forecast, type ForecastOptions, type ForecastPoint, forecast } from './forecast.ts';
export { readTimeSeries, type SeriesGrain, type SeriesProblem, type TimeSeries } from './time-series.ts';
