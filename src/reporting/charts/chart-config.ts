/** The configuration of a chart: what is drawn from which result columns. `value` is a column name in lower case. */

export interface ChartField {
  /** Label for people. */
  readonly name: string;
  /** Name of the result column, lower case. */
  readonly value: string;
}

export interface TableChart {
  readonly type: 'table';
  readonly title: string;
  readonly columns: readonly ChartField[];
}

/** `column` stands upright, `bar` lies. `series` splits by a category; `multi-quota` names several measures; never both. */
export interface AxisChart {
  readonly type: 'column' | 'bar' | 'line';
  readonly title: string;
  readonly axis: {
    readonly x: ChartField;
    readonly y: readonly ChartField[];
    readonly series?: ChartField;
    readonly 'multi-quota'?: { readonly name: string; readonly value: readonly string[] };
  };
}

export interface PieChart {
  readonly type: 'pie';
  readonly title: string;
  readonly axis: { readonly y: ChartField; readonly series: ChartField };
}

export type ChartConfig = TableChart | AxisChart | PieChart;
export type ChartType = ChartConfig['type'];
