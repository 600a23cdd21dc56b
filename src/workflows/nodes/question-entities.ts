/** What a question names of a database and its semantic layer: the times, the things to group by, the figures. */
import { layerForSchema } from '../../knowledge/index.ts';
import { type Period, parseGrains } from '../../planning/index.ts';
import type { Column } from '../../sql/index.ts';
import type { NodeContext } from '../node.ts';
import { openedSource } from './opened-source.ts';

export interface QuestionEntities {
  readonly timeRange: { readonly text: string; readonly start: string | null; readonly end: string | null } | null;
  /** Columns and dimensions by name, then the grains of time (`month`) that the question groups by. */
  readonly dimensions: readonly string[];
  /** Metrics and measures by name; without any, the columns with numbers that the question names. */
  readonly metrics: readonly string[];
}

const MAX_NAMED = 10;
const GROUPED = new Set<string>(['text', 'date', 'timestamp', 'boolean']);
const COUNTED = new Set<string>(['integer', 'decimal', 'float']);

/** Only what the question's own words say; empty lists where they say nothing. */
export async function questionEntities(
  question: string,
  periods: readonly Period[],
  { state, services }: Pick<NodeContext, 'state' | 'services'>,
): Promise<QuestionEntities> {
  const source = openedSource(state);
  const whole = await services.metrics(state.request, source);
  const layer = whole && layerForSchema(whole, source.schema);
  const columns = (fits: (column: Column) => boolean): string[] =>
    source.schema.tables.flatMap((table) =>
      table.columns
        .filter((column) => fits(column) && [column.name, ...column.synonyms].some((name) => names(question, name)))
        .map((column) => `${table.ref.name}.${column.name}`),
    );
  const spoken = (one: { name: string; label?: string | null; synonyms: readonly string[] }): boolean =>
    [one.name, ...(one.label ? [one.label] : []), ...one.synonyms].some((name) => names(question, name));
  const grouped = columns((column) => GROUPED.has(column.type));
  const dimensions = (layer?.models ?? []).flatMap((model) =>
    model.dimensions
      .filter((dimension) => spoken(dimension))
      .map((dimension) => `${model.table.name}.${dimension.expr}`)
      .filter((name) => !grouped.includes(name)),
  );
  const grains = parseGrains(question).map((mention) => mention.grain);
  const metrics = [...(layer?.metrics ?? []), ...state.knowledge.measures].filter(spoken).map((one) => one.name);
  const [period] = periods;
  return {
    timeRange: period ? { text: period.originalText, start: period.start, end: period.end } : null,
    dimensions: [...[...new Set([...grouped, ...dimensions])].slice(0, MAX_NAMED), ...new Set(grains)],
    metrics: [...new Set(metrics.length > 0 ? metrics : columns((column) => COUNTED.has(column.type)))].slice(
      0,
      MAX_NAMED,
    ),
  };
}

/** A name as a person writes it: whole words, underscores as spaces, singular or plural; Chinese anywhere. */
function names(question: string, name: string): boolean {
  const plain = name.replaceAll('_', ' ').trim().toLowerCase();
  if (plain.length < 2) return false;
  const asked = question.replaceAll('_', ' ').toLowerCase();
  if (/[^\p{Script=Latin}\p{N}\s-]/u.test(plain)) return asked.includes(plain);
  const stem = plain.replace(/(?<=[^aeious])ies$|(?<=[^aeious])y$/, '(?:y|ies)').replace(/(?<=[^s])s$/, 's?');
  return new RegExp(`(?<![\\p{Script=Latin}\\p{N}])${stem}(?:e?s)?(?![\\p{Script=Latin}\\p{N}])`, 'u').test(asked);
}
