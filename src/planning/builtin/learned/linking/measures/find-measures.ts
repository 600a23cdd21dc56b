/**
 * Figures that a question names although no column holds them: 人口密度 is people by area, 冬夏温差 the difference of
 * two temperatures, 获奖率 prizes by nominations. Each becomes a column of its own for this question (see
 * `schema/measure-columns.ts`), so it can be shown, compared, sorted and averaged like any other.
 */
import type { SchemaIndex } from '../../schema/schema-index.ts';
import type { Question } from '../question.ts';
import { figuresOf } from './figures.ts';
import { type Measure, MeasureText, type NamedSpan, type Rule } from './measure-text.ts';
import { charges, complements, durations, familiar, takings } from './named-rules.ts';
import { differences, explicit, sums } from './pair-rules.ts';
import { densities, portions, rates, ratios, shares } from './ratio-rules.ts';

export type { Measure, NamedSpan };

const MAX_TABLES = 40;
const MAX_MEASURES = 6;
const RULES: readonly Rule[] = [
  explicit,
  familiar,
  ratios,
  shares,
  portions,
  densities,
  differences,
  sums,
  takings,
  rates,
  durations,
  charges,
  complements,
];

/** Measures that the question may name; `named` are the places where a column's own name stands in full. */
export function findMeasures(
  question: Question,
  schema: SchemaIndex,
  tables: Iterable<number>,
  named: readonly NamedSpan[],
): Measure[] {
  if (!question.chinese) return [];
  const out = new Map<string, Measure>();
  let visited = 0;
  for (const t of tables) {
    if (visited++ >= MAX_TABLES || out.size >= MAX_MEASURES) break;
    const figures = figuresOf(schema, t);
    if (figures.length < 2) continue;
    const text = new MeasureText(question.text, figures, named);
    for (const rule of RULES)
      for (const m of rule(text)) {
        const key = `${m.left}${m.op}${m.right}`;
        if (m.left !== m.right && out.size < MAX_MEASURES && !out.has(key)) out.set(key, m);
      }
  }
  return [...out.values()];
}
