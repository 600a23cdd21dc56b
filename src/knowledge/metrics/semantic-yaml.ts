/**
 * The YAML of semantic models and metrics, as MetricFlow and the dbt semantic layer write it. What we use is typed and
 * required; keys that only matter to dbt itself are accepted and ignored; other unknown keys are reported.
 */
import { z } from 'zod';
import { DATE_GRAINS } from './expression.ts';

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must start with a letter and hold letters, digits and _');
const grain = z.enum(DATE_GRAINS as unknown as readonly [string, ...string[]]);
const synonyms = z.object({ synonyms: z.array(z.string().min(1)).nullish() }).nullish();
const named = {
  name,
  label: z.string().nullish(),
  description: z.string().nullish(),
  meta: synonyms,
  config: z.object({ meta: synonyms }).nullish(),
};
/** Numbers and booleans are written without quotes by many: `expr: 1`. */
const expr = z.union([z.string().min(1), z.number(), z.boolean()]).transform(String);
const filter = z
  .union([z.string().min(1), z.array(z.string().min(1))])
  .nullish()
  .transform((value) => (value == null ? [] : typeof value === 'string' ? [value] : value));
const window = z
  .union([z.string(), z.object({ count: z.number().int().positive(), granularity: z.string() })])
  .nullish()
  .transform((value) =>
    value == null ? null : typeof value === 'string' ? value : `${value.count} ${value.granularity}`,
  );

const entitySchema = z.strictObject({
  ...named,
  type: z.enum(['primary', 'unique', 'natural', 'foreign']),
  expr: expr.nullish(),
  role: z.string().nullish(),
});
const dimensionSchema = z.strictObject({
  ...named,
  type: z.enum(['categorical', 'time']),
  expr: expr.nullish(),
  type_params: z.object({ time_granularity: grain.nullish() }).nullish(),
  is_partition: z.boolean().nullish(),
});
const measureSchema = z.strictObject({
  ...named,
  agg: z.enum(['sum', 'count', 'count_distinct', 'average', 'avg', 'min', 'max', 'median', 'sum_boolean']),
  expr: expr.nullish(),
  agg_time_dimension: z.string().nullish(),
  create_metric: z.boolean().nullish(),
  non_additive_dimension: z.null().optional(),
  agg_params: z.unknown().optional(),
});
const modelSchema = z.strictObject({
  ...named,
  model: z.string().min(1),
  defaults: z.object({ agg_time_dimension: z.string().nullish() }).nullish(),
  primary_entity: z.string().nullish(),
  entities: z.array(entitySchema).nullish(),
  dimensions: z.array(dimensionSchema).nullish(),
  measures: z.array(measureSchema).nullish(),
});

const measureInput = z.union([
  z.string(),
  z.strictObject({
    name: z.string(),
    alias: z.string().nullish(),
    filter,
    fill_nulls_with: z.number().nullish(),
    join_to_timespine: z.boolean().nullish(),
  }),
]);
const metricInput = z.union([
  z.string(),
  z.strictObject({
    name: z.string(),
    alias: z.string().nullish(),
    filter,
    offset_window: window,
    offset_to_grain: z.null().optional(),
  }),
]);
const metricBase = { ...named, filter, time_granularity: grain.nullish() };
const metricSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...metricBase,
    type: z.literal('simple'),
    type_params: z.object({ measure: measureInput }),
  }),
  z.strictObject({
    ...metricBase,
    type: z.literal('ratio'),
    type_params: z.object({ numerator: metricInput, denominator: metricInput }),
  }),
  z.strictObject({
    ...metricBase,
    type: z.literal('derived'),
    type_params: z.object({ expr, metrics: z.array(metricInput).min(1) }),
  }),
  z.strictObject({
    ...metricBase,
    type: z.literal('cumulative'),
    type_params: z.object({
      measure: measureInput,
      window,
      grain_to_date: grain.nullish(),
      cumulative_type_params: z
        .object({ window, grain_to_date: grain.nullish(), period_agg: z.literal('last').nullish() })
        .nullish(),
    }),
  }),
]);

/** One file: any of the two lists, beside whatever else dbt keeps in the same file. */
export const semanticFileSchema = z.strictObject({
  version: z.unknown().optional(),
  semantic_models: z.array(modelSchema).nullish(),
  metrics: z.array(metricSchema).nullish(),
  models: z.unknown().optional(),
  sources: z.unknown().optional(),
  exposures: z.unknown().optional(),
  saved_queries: z.unknown().optional(),
  groups: z.unknown().optional(),
});

export type SemanticFileYaml = z.output<typeof semanticFileSchema>;
export type ModelYaml = z.output<typeof modelSchema>;
export type MetricYaml = z.output<typeof metricSchema>;
export type MeasureInputYaml = z.output<typeof measureInput>;
export type MetricInputYaml = z.output<typeof metricInput>;
