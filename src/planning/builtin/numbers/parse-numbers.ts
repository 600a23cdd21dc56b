import { chineseNumbers } from './chinese-numbers.ts';
import { englishNumbers } from './english-numbers.ts';
import type { NumberSpan } from './number-span.ts';

/** All numbers of a normalised question, in order, in digits or words of either language. */
export function parseNumbers(text: string): NumberSpan[] {
  const chinese = chineseNumbers(text);
  const english = englishNumbers(text).filter(
    (span) => !chinese.some((other) => span.start < other.end && other.start < span.end),
  );
  return [...chinese, ...english].sort((a, b) => a.start - b.start);
}
