import type { Expr } from '../../sql/index.ts';
import { ExpressionError, type NameResolver, parseExpression, parsePredicate } from './expression.ts';
import { findDimension } from './find-dimension.ts';
import { MetricCompileError } from './metric-query.ts';
import { nearest } from './nearest.ts';
import type { Metric, MetricInput, Named, SemanticLayer, SemanticModel } from './semantic-layer.ts';

export interface LayerProblem {
  /** The model or metric that has it. */
  readonly item: Named;
  /** Path of the key inside the item, beginning with `.` or `[`. */
  readonly key: string;
  readonly message: string;
}

/** Names given twice, references to nothing, expressions that cannot be read, metrics that refer to themselves. */
export function findSemanticProblems(layer: SemanticLayer): LayerProblem[] {
  const problems: LayerProblem[] = [];
  const report = (item: Named, key: string, message: string): void => {
    problems.push({ item, key, message });
  };
  duplicates(layer.models, 'semantic model', (model, message) => report(model, '.name', message));
  duplicates(layer.metrics, 'metric', (metric, message) => report(metric, '.name', message));
  const measures = layer.models.flatMap((model) => model.measures.map((measure) => measure.name));
  for (const model of layer.models) {
    model.measures.forEach((measure, i) => {
      const other = layer.models.find((candidate) => candidate.measures.some((found) => found.name === measure.name));
      if (other === model) return;
      report(
        model,
        `.measures[${i}].name`,
        `measure "${measure.name}" is also in the model "${other?.name}"; rename one`,
      );
    });
  }
  for (const model of layer.models) checkModel(layer, model, (key, message) => report(model, key, message));
  const names = new Set(layer.metrics.map((metric) => metric.name));
  for (const metric of layer.metrics) {
    checkMetric(metric, names, measures, (key, message) => report(metric, key, message));
    if (refersToItself(layer, metric)) report(metric, '.type_params', `metric "${metric.name}" is defined by itself`);
  }
  return problems;
}

type Report = (key: string, message: string) => void;

function duplicates<T extends Named>(
  items: readonly T[],
  what: string,
  report: (item: T, message: string) => void,
): void {
  const seen = new Set<string>();
  for (const item of items) {
    if (seen.has(item.name)) report(item, `${what} "${item.name}" is defined twice; rename one`);
    seen.add(item.name);
  }
}

function checkModel(layer: SemanticLayer, model: SemanticModel, report: Report): void {
  for (const list of ['entities', 'dimensions', 'measures'] as const) {
    const names = model[list].map((item) => item.name);
    model[list].forEach((item, i) => {
      const key = `.${list}[${i}]`;
      if (names.indexOf(item.name) < i) report(`${key}.name`, `"${item.name}" is defined twice; rename one`);
      attempt(
        () => parseValueOrCondition(item.expr, ANY_COLUMN),
        (message) => report(`${key}.expr`, message),
      );
    });
  }
  model.measures.forEach((measure, i) => {
    if (measure.timeDimension === null) return;
    const key = `.measures[${i}].agg_time_dimension`;
    try {
      const { field } = findDimension(layer, model, measure.timeDimension);
      if (!('granularity' in field) || field.type !== 'time') {
        report(key, `"${measure.timeDimension}" is not a time dimension; give it "type: time" or name another`);
      }
    } catch (error) {
      if (!(error instanceof MetricCompileError)) throw error;
      report(key, error.message);
    }
  });
}

function checkMetric(metric: Metric, metrics: ReadonlySet<string>, measures: readonly string[], report: Report): void {
  const condition = (key: string, filters: readonly string[]): void => {
    for (const filter of filters)
      attempt(
        () => parsePredicate(filter, ANY_DIMENSION),
        (message) => report(key, message),
      );
  };
  const input = (key: string, value: MetricInput): void => {
    if (!metrics.has(value.metric)) {
      report(key, `there is no metric "${value.metric}"${suggestion(value.metric, [...metrics])}`);
    }
    condition(`${key}.filter`, value.filters);
  };
  condition('.filter', metric.filters);
  switch (metric.type) {
    case 'simple':
    case 'cumulative':
      if (!measures.includes(metric.input.measure)) {
        const hint = suggestion(metric.input.measure, measures);
        report('.type_params.measure', `there is no measure "${metric.input.measure}"${hint}`);
      }
      condition('.type_params.measure.filter', metric.input.filters);
      return;
    case 'ratio':
      input('.type_params.numerator', metric.numerator);
      input('.type_params.denominator', metric.denominator);
      return;
    case 'derived': {
      metric.inputs.forEach((value, i) => {
        input(`.type_params.metrics[${i}]`, value);
      });
      const aliases = metric.inputs.map((value) => value.alias);
      const name = (used: string): Expr => {
        if (!aliases.includes(used)) {
          throw new ExpressionError(`"${used}" is none of the metrics listed (${aliases.join(', ')})`);
        }
        return NOTHING;
      };
      attempt(
        () => parseExpression(metric.expr, { name, template: noTemplate }),
        (message) => report('.type_params.expr', message),
      );
    }
  }
}

function refersToItself(layer: SemanticLayer, start: Metric): boolean {
  const visited = new Set<string>();
  const inputsOf = (metric: Metric): readonly MetricInput[] =>
    metric.type === 'ratio' ? [metric.numerator, metric.denominator] : metric.type === 'derived' ? metric.inputs : [];
  const open = inputsOf(start).map((input) => input.metric);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === start.name) return true;
    if (visited.has(name)) continue;
    visited.add(name);
    const next = layer.metrics.find((metric) => metric.name === name);
    if (next !== undefined) open.push(...inputsOf(next).map((input) => input.metric));
  }
  return false;
}

/** Measures may sum a condition (`sum_boolean`). */
function parseValueOrCondition(text: string, resolver: NameResolver): void {
  try {
    parseExpression(text, resolver);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    try {
      parsePredicate(text, resolver);
    } catch {
      throw error;
    }
  }
}

function attempt(action: () => void, report: (message: string) => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    report(error.message);
  }
}

const NOTHING: Expr = { kind: 'literal', value: null, type: 'null' };
const noTemplate = (): Expr => {
  throw new ExpressionError('{{ … }} is for filters only');
};
const ANY_COLUMN: NameResolver = { name: () => NOTHING, template: noTemplate };
const ANY_DIMENSION: NameResolver = { name: () => NOTHING, template: () => NOTHING };

const suggestion = (name: string, known: readonly string[]): string => {
  const close = nearest(name, known);
  return close === null ? '' : `; did you mean "${close}"?`;
};
