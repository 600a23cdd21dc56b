/** The parser counts Unicode code points; strings count UTF-16 units. They differ once a character is astral. */
import { isTreeObject, type TreeValue } from './tree.ts';

const ASTRAL = /[\ud800-\udbff]/;

/** Rewrites every `span` below `value` in place to UTF-16 offsets, and returns it. */
export function useUtf16Spans<T extends TreeValue>(text: string, value: T): T {
  if (ASTRAL.test(text)) {
    const offsets: number[] = [];
    let offset = 0;
    for (const point of text) {
      offsets.push(offset);
      offset += point.length;
    }
    offsets.push(offset);
    rewrite(value, offsets);
  }
  return value;
}

function rewrite(value: TreeValue | undefined, offsets: readonly number[]): void {
  if (Array.isArray(value)) {
    for (const item of value) rewrite(item, offsets);
  } else if (isTreeObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (key === 'span' && isTreeObject(child)) {
        const span = child as { start?: number; end?: number };
        if (typeof span.start === 'number') span.start = offsets[span.start] ?? span.start;
        if (typeof span.end === 'number') span.end = offsets[span.end] ?? span.end;
      } else rewrite(child, offsets);
    }
  }
}
