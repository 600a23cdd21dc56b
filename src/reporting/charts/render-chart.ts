/** Draws a chart on the server with no browser: Apache ECharts to SVG, resvg to PNG, Chinese glyphs from a bundled font. */
import { createRequire } from 'node:module';
import type { BarSeriesOption, EChartsCoreOption, LineSeriesOption } from 'echarts';
import { uniqueColumnNames } from '../../execution/index.ts';
import type { AxisChart, ChartConfig, ChartField, PieChart } from './chart-config.ts';
import { type ChartData, columnRoles, numberOf } from './column-roles.ts';

export interface ChartSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export type ChartTheme = 'light' | 'dark';

const DEFAULT_SIZE: ChartSize = { width: 960, height: 540 };
const FONT = 'Noto Sans SC';
const PALETTE = ['#3b6fd4', '#e08a3c', '#3f9d6b', '#c9505b', '#8a6bc4', '#4aa7b5', '#b89434', '#7a8794'];
const COLORS: Readonly<
  Record<ChartTheme, { readonly background: string; readonly text: string; readonly line: string }>
> = {
  light: { background: '#ffffff', text: '#24292f', line: '#d7dce2' },
  dark: { background: '#15191f', text: '#e4e8ee', line: '#39414d' },
};

/** An SVG document of the chart; null for tables, which are not drawn. */
export async function renderChartSvg(
  config: ChartConfig,
  data: ChartData,
  options: { readonly size?: ChartSize; readonly theme?: ChartTheme } = {},
): Promise<string | null> {
  if (config.type === 'table') return null;
  const echarts = await loadECharts();
  const { width, height } = options.size ?? DEFAULT_SIZE;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(chartOption(config, data, options.theme ?? 'light'));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** A PNG of the chart at twice its size in CSS pixels; null for tables. */
export async function renderChartPng(
  config: ChartConfig,
  data: ChartData,
  size: ChartSize = DEFAULT_SIZE,
): Promise<Buffer | null> {
  const svg = await renderChartSvg(config, data, { size });
  if (svg === null) return null;
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: size.width * 2 },
    font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: FONT },
  });
  return image.asPng();
}

let echartsModule: Promise<typeof import('echarts/core')> | null = null;

function loadECharts(): Promise<typeof import('echarts/core')> {
  echartsModule ??= (async () => {
    const [core, charts, components, renderers] = await Promise.all([
      import('echarts/core'),
      import('echarts/charts'),
      import('echarts/components'),
      import('echarts/renderers'),
    ]);
    core.use([
      charts.BarChart,
      charts.LineChart,
      charts.PieChart,
      components.GridComponent,
      components.LegendComponent,
      components.TitleComponent,
      renderers.SVGRenderer,
    ]);
    return core;
  })();
  return echartsModule;
}

function fontFiles(): string[] {
  return [
    createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  ];
}

function chartOption(config: AxisChart | PieChart, data: ChartData, theme: ChartTheme): EChartsCoreOption {
  const { background, text } = COLORS[theme];
  return {
    animation: false,
    backgroundColor: background,
    color: PALETTE,
    textStyle: { fontFamily: FONT, color: text },
    title: {
      text: shortened(config.title, 60),
      left: 24,
      top: 16,
      textStyle: { fontSize: 18, fontWeight: 'normal', color: text, fontFamily: FONT },
    },
    ...(config.type === 'pie' ? pieOption(config, data, text) : axisOption(config, data, theme)),
  };
}

function pieOption(config: PieChart, data: ChartData, text: string): EChartsCoreOption {
  const label = columnIndex(data, config.axis.series);
  const value = columnIndex(data, config.axis.y);
  return {
    series: [
      {
        type: 'pie',
        radius: ['38%', '66%'],
        center: ['50%', '56%'],
        label: { formatter: '{b}\n{d}%', color: text, fontFamily: FONT },
        data: data.rows.map((row) => ({
          name: shortened(textOf(row[label]), 24),
          value: numberOf(row[value] ?? null) ?? 0,
        })),
      },
    ],
  };
}

/** Measures below this part of the greatest are drawn against an axis of their own. */
const OTHER_SIZE = 1 / 20;

function axisOption(config: AxisChart, data: ChartData, theme: ChartTheme): EChartsCoreOption {
  const { text, line } = COLORS[theme];
  const x = columnIndex(data, config.axis.x);
  const rows = config.type === 'line' ? alongTime(data, x) : data.rows;
  const { categories, series } = config.axis.series
    ? splitSeries(config, { ...data, rows }, x, config.axis.series)
    : measureSeries(config, { ...data, rows }, x);
  const lies = config.type === 'bar';
  const labels = { color: text, fontFamily: FONT };
  const categoryAxis = {
    type: 'category',
    data: categories.map((name) => shortened(name, 20)),
    inverse: lies,
    axisLabel: { ...labels, hideOverlap: true, rotate: !lies && categories.length > 10 ? 35 : 0 },
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
  };
  const valueAxis = {
    type: 'value',
    axisLabel: { ...labels, formatter: compactNumber },
    splitLine: { lineStyle: { color: line } },
  };
  const smaller = series.filter((one) => one.yAxisIndex === 1).map((one) => one.name);
  const valueAxes =
    smaller.length === 0
      ? valueAxis
      : [
          valueAxis,
          {
            ...valueAxis,
            name: smaller.join(', '),
            nameTextStyle: { ...labels, align: 'right' },
            splitLine: { show: false },
          },
        ];
  return {
    grid: { left: 24, right: 32, top: series.length > 1 ? 92 : 64, bottom: 24, outerBoundsMode: 'same' as const },
    legend: series.length > 1 ? { top: 52, left: 24, type: 'plain', textStyle: labels } : undefined,
    xAxis: lies ? valueAxes : categoryAxis,
    yAxis: lies ? categoryAxis : valueAxes,
    series,
  };
}

/** Rows come in the order of their figures as well; a line goes along the time. */
function alongTime(data: ChartData, x: number): ChartData['rows'] {
  if (columnRoles(data)[x]?.role !== 'time') return data.rows;
  return data.rows.toSorted((a, b) => textOf(a[x]).localeCompare(textOf(b[x]), 'en', { numeric: true }));
}

interface Drawn {
  readonly categories: readonly string[];
  readonly series: readonly DrawnSeries[];
}
type DrawnSeries = (LineSeriesOption | BarSeriesOption) & { readonly name: string };

/** Every row has its place on the axis, also when two have the same name. */
function measureSeries(config: AxisChart, data: ChartData, x: number): Drawn {
  const measures = config.axis.y.map((measure) => {
    const index = columnIndex(data, measure);
    const values = data.rows.map((row) => numberOf(row[index] ?? null));
    return { name: measure.name, values, size: Math.max(...values.map((value) => Math.abs(value ?? 0))) };
  });
  const greatest = Math.max(...measures.map(({ size }) => size));
  return {
    categories: data.rows.map((row) => textOf(row[x])),
    series: measures.flatMap(({ name, values, size }): DrawnSeries[] => {
      if (size === 0 || size >= greatest * OTHER_SIZE) return [oneSeries(config.type, name, values)];
      // Lying bars have no second axis, and nothing of such a measure would be seen on the first.
      return config.type === 'bar' ? [] : [{ ...oneSeries('line', name, values), yAxisIndex: 1 }];
    }),
  };
}

function splitSeries(config: AxisChart, data: ChartData, x: number, by: ChartField): Drawn {
  const categories = [...new Set(data.rows.map((row) => textOf(row[x])))];
  const split = columnIndex(data, by);
  const measure = columnIndex(data, config.axis.y[0] ?? config.axis.x);
  const names = [...new Set(data.rows.map((row) => textOf(row[split])))];
  const cells = new Map(
    data.rows.map((row) => [`${textOf(row[split])}\u0001${textOf(row[x])}`, numberOf(row[measure] ?? null)]),
  );
  const valuesOf = (name: string) => categories.map((category) => cells.get(`${name}\u0001${category}`) ?? null);
  return { categories, series: names.map((name) => oneSeries(config.type, name, valuesOf(name))) };
}

const oneSeries = (type: AxisChart['type'], name: string, data: readonly (number | null)[]): DrawnSeries => {
  const common = { name: shortened(name, 24), data: [...data] };
  return type === 'line'
    ? { type: 'line', ...common, symbolSize: 6, lineStyle: { width: 2.5 }, connectNulls: false }
    : { type: 'bar', ...common, barMaxWidth: 42 };
};

function columnIndex(data: ChartData, field: ChartField): number {
  return Math.max(
    0,
    uniqueColumnNames(data.columns.map(({ name }) => name)).findIndex((name) => name.toLowerCase() === field.value),
  );
}

function textOf(cell: ChartData['rows'][number][number] | undefined): string {
  if (cell === null || cell === undefined) return '–';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell).replace(/ 00:00:00(\.0+)?$/, '');
}

const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

function compactNumber(value: number): string {
  const size = Math.abs(value);
  const units: readonly (readonly [number, string])[] = [
    [1e12, 'T'],
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'k'],
  ];
  const unit = units.find(([from]) => size >= from);
  return unit ? `${Number((value / unit[0]).toFixed(2))}${unit[1]}` : String(Number(value.toFixed(4)));
}
