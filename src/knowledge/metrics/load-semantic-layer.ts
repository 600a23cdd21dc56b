import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { fail, type Outcome, ok } from '../../kernel/index.ts';
import { DATE_GRAINS } from './expression.ts';
import { findSemanticProblems } from './find-semantic-problems.ts';
import type {
  MeasureAggregation,
  MeasureInput,
  Metric,
  MetricInput,
  Named,
  SemanticLayer,
  SemanticModel,
  TimeWindow,
} from './semantic-layer.ts';
import {
  type MeasureInputYaml,
  type MetricInputYaml,
  type MetricYaml,
  type ModelYaml,
  semanticFileSchema,
} from './semantic-yaml.ts';

export interface SemanticFile {
  /** How messages name it. */
  readonly path: string;
  readonly text: string;
}

/** One thing to mend: where it is and what to write instead. */
export interface SemanticProblem {
  readonly file: string;
  readonly line: number | null;
  /** Path of the key, e.g. `metrics[2].type_params.measure`. */
  readonly key: string;
  readonly message: string;
}

/** The problem in one line: `shop.yml:12 metrics[2].type_params.measure: …`. */
export const describeProblem = (problem: SemanticProblem): string =>
  `${problem.file}${problem.line === null ? '' : `:${problem.line}`} ${problem.key}: ${problem.message}`;

/**
 * Reads semantic models and metrics from YAML files, which may refer to one another's names. Fails with every problem
 * found, not just the first.
 */
export function loadSemanticLayer(
  files: readonly SemanticFile[],
): Outcome<SemanticLayer, { readonly problems: readonly SemanticProblem[] }> {
  const problems: SemanticProblem[] = [];
  const models: SemanticModel[] = [];
  const metrics: Metric[] = [];
  const places = new Map<object, (key: string) => Omit<SemanticProblem, 'message'>>();

  for (const file of files) {
    const lines = new LineCounter();
    const document = parseDocument(file.text, { lineCounter: lines });
    const lineOf = (path: readonly PropertyKey[]): number | null => {
      for (let length = path.length; length > 0; length--) {
        const node: unknown = document.getIn(path.slice(0, length), true);
        const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
        if (Array.isArray(range)) return lines.linePos(Number(range[0])).line;
      }
      return null;
    };
    for (const error of document.errors) {
      const line = error.linePos?.[0].line ?? null;
      problems.push({
        file: file.path,
        line,
        key: '(file)',
        message: `not valid YAML: ${error.message.split('\n')[0]}`,
      });
    }
    if (document.errors.length > 0) continue;
    const parsed = semanticFileSchema.safeParse(document.toJS() ?? {});
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        problems.push({ file: file.path, line: lineOf(issue.path), ...describeIssue(issue) });
      }
      continue;
    }
    const place = (item: object, ...path: PropertyKey[]): void => {
      places.set(item, (key) => ({ file: file.path, line: lineOf(path), key: keyText(path) + key }));
    };
    parsed.data.semantic_models?.forEach((yaml, i) => {
      const model = toModel(yaml);
      models.push(model);
      place(model, 'semantic_models', i);
      yaml.measures?.forEach((measure, m) => {
        if (measure.create_metric !== true) return;
        const metric = metricOfMeasure(model, model.measures[m]!.name);
        metrics.push(metric);
        place(metric, 'semantic_models', i, 'measures', m);
      });
    });
    parsed.data.metrics?.forEach((yaml, i) => {
      const metric = toMetric(yaml);
      if (typeof metric === 'string') {
        const path = ['metrics', i, 'type_params'];
        problems.push({ file: file.path, line: lineOf(path), key: keyText(path), message: metric });
        return;
      }
      metrics.push(metric);
      place(metric, 'metrics', i);
    });
  }
  const layer: SemanticLayer = { models, metrics };
  if (problems.length === 0) {
    for (const { item, key, message } of findSemanticProblems(layer)) {
      problems.push({ ...places.get(item)!(key), message });
    }
  }
  return problems.length === 0 ? ok(layer) : fail({ problems });
}

function describeIssue(issue: z.core.$ZodIssue): { key: string; message: string } {
  const key = keyText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((unknown) => `"${unknown}"`).join(', ');
    return { key: key || '(file)', message: `unknown key ${names}; remove it or correct its spelling` };
  }
  if (issue.code === 'invalid_union' && 'discriminator' in issue) {
    return { key, message: 'metric type must be simple, ratio, derived or cumulative' };
  }
  return { key: key || '(file)', message: issue.message };
}

const keyText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

type NamedYaml = Pick<ModelYaml, 'name' | 'label' | 'description' | 'meta' | 'config'>;

const toNamed = (yaml: NamedYaml): Named => ({
  name: yaml.name,
  label: yaml.label ?? null,
  description: yaml.description ?? '',
  synonyms: [...new Set([...(yaml.meta?.synonyms ?? []), ...(yaml.config?.meta?.synonyms ?? [])])],
});

function toModel(yaml: ModelYaml): SemanticModel {
  const table = /^\s*ref\(\s*['"]([^'"]+)['"]\s*\)\s*$/.exec(yaml.model)?.[1] ?? yaml.model;
  const parts = table.split('.');
  const entities = (yaml.entities ?? []).map((entity) => ({
    ...toNamed(entity),
    type: entity.type,
    expr: entity.expr ?? entity.name,
  }));
  return {
    ...toNamed(yaml),
    table: { schema: parts.length > 1 ? parts.slice(0, -1).join('.') : null, name: parts.at(-1)! },
    primaryEntity: yaml.primary_entity ?? entities.find((entity) => entity.type === 'primary')?.name ?? null,
    entities,
    dimensions: (yaml.dimensions ?? []).map((dimension) => ({
      ...toNamed(dimension),
      type: dimension.type,
      expr: dimension.expr ?? dimension.name,
      granularity:
        dimension.type === 'time'
          ? (DATE_GRAINS.find((grain) => grain === dimension.type_params?.time_granularity) ?? 'day')
          : null,
    })),
    measures: (yaml.measures ?? []).map((measure) => ({
      ...toNamed(measure),
      agg: (measure.agg === 'avg' ? 'average' : measure.agg) satisfies MeasureAggregation,
      expr: measure.expr ?? measure.name,
      timeDimension: measure.agg_time_dimension ?? yaml.defaults?.agg_time_dimension ?? null,
    })),
  };
}

function metricOfMeasure(model: SemanticModel, name: string): Metric {
  const measure = model.measures.find((candidate) => candidate.name === name)!;
  const { label, description, synonyms } = measure;
  const input: MeasureInput = { measure: name, filters: [], fillNullsWith: null };
  return { name, label, description, synonyms, filters: [], type: 'simple', input };
}

/** The metric, or what is wrong with its windows. */
function toMetric(yaml: MetricYaml): Metric | string {
  const base = { ...toNamed(yaml), filters: yaml.filter };
  switch (yaml.type) {
    case 'simple':
      return { ...base, type: 'simple', input: toMeasureInput(yaml.type_params.measure) };
    case 'ratio': {
      const numerator = toMetricInput(yaml.type_params.numerator);
      const denominator = toMetricInput(yaml.type_params.denominator);
      if (typeof numerator === 'string') return numerator;
      if (typeof denominator === 'string') return denominator;
      return { ...base, type: 'ratio', numerator, denominator };
    }
    case 'derived': {
      const inputs: MetricInput[] = [];
      for (const input of yaml.type_params.metrics.map(toMetricInput)) {
        if (typeof input === 'string') return input;
        inputs.push(input);
      }
      return { ...base, type: 'derived', expr: yaml.type_params.expr, inputs };
    }
    case 'cumulative': {
      const { measure, cumulative_type_params: nested } = yaml.type_params;
      const window = toWindow(nested?.window ?? yaml.type_params.window);
      if (typeof window === 'string') return window;
      const toDate = nested?.grain_to_date ?? yaml.type_params.grain_to_date ?? null;
      if (window !== null && toDate !== null) return 'give window or grain_to_date, not both';
      const grainToDate = PERIODS.find((grain) => grain === toDate) ?? null;
      if (toDate !== null && grainToDate === null) return `grain_to_date must be one of ${PERIODS.join(', ')}`;
      return { ...base, type: 'cumulative', input: toMeasureInput(measure), window, grainToDate };
    }
  }
}

const toMeasureInput = (yaml: MeasureInputYaml): MeasureInput =>
  typeof yaml === 'string'
    ? { measure: yaml, filters: [], fillNullsWith: null }
    : { measure: yaml.name, filters: yaml.filter, fillNullsWith: yaml.fill_nulls_with ?? null };

function toMetricInput(yaml: MetricInputYaml): MetricInput | string {
  if (typeof yaml === 'string') return { metric: yaml, alias: yaml, filters: [], offset: null };
  const offset = toWindow(yaml.offset_window);
  if (typeof offset === 'string') return offset;
  return { metric: yaml.name, alias: yaml.alias ?? yaml.name, filters: yaml.filter, offset };
}

const PERIODS = ['year', 'quarter', 'month', 'week', 'day'] as const;

/** The window, null when none is given, or what is wrong with it. */
function toWindow(text: string | null | undefined): TimeWindow | null | string {
  if (text == null) return null;
  const match = /^\s*(\d+)\s+([a-z]+?)s?\s*$/i.exec(text);
  const grain = PERIODS.find((candidate) => candidate === match?.[2]?.toLowerCase());
  const count = Number(match?.[1]);
  if (match === null || grain === undefined || count === 0) {
    return `"${text}" is not a span of time; write for example "30 days" or "1 month"`;
  }
  return { count, grain };
}
