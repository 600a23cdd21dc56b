import { assertNever } from '../../kernel/index.ts';
import type { Mentions } from '../hidden-names.ts';
import type { Metric, SemanticLayer } from './semantic-layer.ts';

/** The part of the layer that speaks of nothing hidden; a metric needs all that it is made of. */
export function visibleLayer(layer: SemanticLayer, hides: Mentions): SemanticLayer {
  const shown = (value: unknown): boolean => !hides(textsOf(value).join('\n'));
  const models = layer.models
    .filter(({ name, label, description, synonyms, table }) => shown([name, label, description, synonyms, table]))
    .map((model) => {
      const entities = model.entities.filter(shown);
      return {
        ...model,
        entities,
        dimensions: model.dimensions.filter(shown),
        measures: model.measures.filter(shown),
        primaryEntity: entities.some((entity) => entity.name === model.primaryEntity) ? model.primaryEntity : null,
      };
    });
  const measures = new Set(models.flatMap((model) => model.measures.map((measure) => measure.name)));
  return { models, metrics: whole(layer.metrics.filter(shown), measures) };
}

/** Metrics without those that lack a part, or a part of a part. */
function whole(metrics: readonly Metric[], measures: ReadonlySet<string>): readonly Metric[] {
  const names = new Set(metrics.map((metric) => metric.name));
  const isWhole = (metric: Metric): boolean => {
    switch (metric.type) {
      case 'simple':
      case 'cumulative':
        return measures.has(metric.input.measure);
      case 'ratio':
        return names.has(metric.numerator.metric) && names.has(metric.denominator.metric);
      case 'derived':
        return metric.inputs.every((input) => names.has(input.metric));
      default:
        return assertNever(metric);
    }
  };
  const kept = metrics.filter(isWhole);
  return kept.length === metrics.length ? kept : whole(kept, measures);
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
