/** A question, split once, with what can be said about it without a schema. */
import { findNumbers, type NumberMention } from '../text/numbers.ts';
import { splitUnits, type Unit } from '../text/units.ts';

export interface Question {
  readonly text: string;
  readonly units: readonly Unit[];
  readonly numbers: readonly NumberMention[];
  readonly chinese: boolean;
  /** Quoted passages and runs of capitalised words: likely literals. */
  readonly spans: readonly LiteralSpan[];
}

export interface LiteralSpan {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** As written in the question. */
  readonly text: string;
}

export function analyseQuestion(text: string): Question {
  const units = splitUnits(text).slice(0, 120);
  const chinese = units.filter((u) => u.chinese).length > units.length * 0.3;
  return { text, units, numbers: findNumbers(units), chinese, spans: literalSpans(text, units) };
}

function literalSpans(text: string, units: readonly Unit[]): LiteralSpan[] {
  const spans: LiteralSpan[] = [];
  const add = (start: number, end: number, quoted: boolean): void => {
    spans.push({
      start,
      end,
      quoted,
      text: text.slice(units[start]!.start, units[end - 1]!.end).replace(/[’']s$/u, ''),
    });
  };
  for (let i = 0; i < units.length; ) {
    const unit = units[i]!;
    let end = i + 1;
    if (unit.quote >= 0) {
      while (end < units.length && units[end]!.quote === unit.quote) end++;
      add(i, end, true);
    } else if (unit.capital && i > 0) {
      while (end < units.length && units[end]!.capital && !units[end]!.afterComma && units[end]!.quote < 0) end++;
      add(i, end, false);
    } else if (
      !unit.chinese &&
      i > 0 &&
      /[a-z]/i.test(unit.raw) &&
      !measures(units, i) &&
      units.some((u) => u.chinese)
    ) {
      while (end < units.length && !units[end]!.chinese && !units[end]!.afterComma) end++;
      add(i, end, false);
    }
    i = end;
  }
  return spans;
}

/** The unit of measure of the number before it: kg in 11kg. */
const measures = (units: readonly Unit[], i: number): boolean =>
  units[i - 1]?.end === units[i]!.start && /^\d+(\.\d+)?$/.test(units[i - 1]!.text);
