import type { MetricCondition } from './metric-query.ts';
import type { QuestionText } from './phrase-scan.ts';

const NUMBER = String.raw`(-?\d[\d,]*(?:\.\d+)?)\s*(%|万|千|百万|亿|k\b|million\b|m\b)?`;
const UNIT = String.raw`(?:\s*(?:元|yuan|个|件|单))?`;

const BEFORE: readonly (readonly [MetricCondition['op'], string])[] = [
  ['>=', 'at least|no less than|不低于|不少于|不小于|至少|大于等于'],
  ['<=', 'at most|no more than|not more than|不高于|不超过|不大于|不多于|至多|最多|小于等于'],
  ['>', 'above|over|more than|greater than|higher than|exceeds|exceeding|高于|大于|超过|多于'],
  ['<', 'below|under|less than|lower than|fewer than|低于|小于|少于|不足|不到'],
];
const AFTER: readonly (readonly [MetricCondition['op'], string])[] = [
  ['>=', '及?以上|or more|and above'],
  ['<=', '及?以下|以内|or less|and below'],
];
const SCALES: Readonly<Record<string, number>> = {
  '%': 0.01,
  千: 1e3,
  万: 1e4,
  百万: 1e6,
  亿: 1e8,
  k: 1e3,
  m: 1e6,
  million: 1e6,
};

export interface Threshold extends MetricCondition {
  readonly phrase: string;
}

/** Takes "above 5%", "超过100万", "1000 or more" out of a question: conditions on the value that is asked for. */
export function readThresholds(text: QuestionText): Threshold[] {
  const found: (Threshold & { readonly start: number })[] = [];
  const add = (op: MetricCondition['op'], pattern: string): void => {
    for (const hit of text.take(new RegExp(pattern, 'giu'))) {
      found.push({ op, value: scaled(hit.groups[0]!, hit.groups[1]!), phrase: hit.phrase, start: hit.start });
    }
  };
  for (const [op, words] of AFTER) add(op, String.raw`${NUMBER}${UNIT}\s*(?:${words})`);
  for (const [op, words] of BEFORE) add(op, String.raw`(?:${words})\s*${NUMBER}${UNIT}`);
  return found.sort((a, b) => a.start - b.start).map(({ op, value, phrase }) => ({ op, value, phrase }));
}

/** Keeps few digits, so that 5 % is 0.05 and not 0.05000000000000001. */
const scaled = (digits: string, unit: string): number =>
  Number((Number(digits.replaceAll(',', '')) * (SCALES[unit.toLowerCase()] ?? 1)).toPrecision(12));
