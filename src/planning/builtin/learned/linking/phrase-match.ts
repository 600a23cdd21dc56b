/** Where and how well a schema phrase occurs in a question. */

/** One place of the question where a schema unit occurs. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
  /** 1 for the unit itself, less for a synonym or translation. */
  readonly weight: number;
}

export interface PhraseMatch {
  readonly start: number;
  readonly end: number;
  /** Matched share of the phrase's units; synonyms and abbreviations count less than the word itself. */
  readonly coverage: number;
  /** All units, in order, without a gap. */
  readonly exact: boolean;
  /** The phrase's last unit (its head) is matched. */
  readonly head: boolean;
  /** Mean weight of the matched occurrences. */
  readonly weight: number;
}

const MAX_MATCHES = 4;

/** The best non-overlapping matches of a phrase, best first; `whole` are places of a word for the phrase as a whole. */
export function matchPhrase(
  phrase: readonly string[],
  occurrences: (unit: string) => readonly Occurrence[] | undefined,
  gap: number,
  whole: readonly Occurrence[] = [],
): PhraseMatch[] {
  const hits: { start: number; end: number; index: number; weight: number }[] = [];
  for (let i = 0; i < phrase.length; i++)
    for (const o of occurrences(phrase[i]!) ?? [])
      hits.push({ start: o.start, end: o.end, index: i, weight: o.weight });
  if (hits.length === 0 && whole.length === 0) return [];
  hits.sort((a, b) => a.start - b.start || a.index - b.index);
  const found = whole.map(
    ({ start, end, weight }): PhraseMatch => ({ start, end, coverage: weight, exact: true, head: true, weight }),
  );
  for (let h = 0; h < hits.length; h++) {
    const first = hits[h]!;
    let seen = 1 << first.index;
    let count = 1;
    let weight = first.weight;
    let end = first.end;
    let ordered = first.index === 0;
    let last = first.index;
    let contiguous = true;
    for (let k = h + 1; k < hits.length && count < phrase.length; k++) {
      const next = hits[k]!;
      if (next.start < end || seen & (1 << next.index)) continue;
      if (next.start - end > gap) break;
      if (next.start > end) contiguous = false;
      if (next.index !== last + 1) ordered = false;
      seen |= 1 << next.index;
      last = next.index;
      end = next.end;
      weight += next.weight;
      count++;
    }
    found.push({
      start: Math.floor(first.start),
      end: Math.ceil(end),
      coverage: weight / phrase.length,
      exact: count === phrase.length && ordered && contiguous,
      head: (seen & (1 << (phrase.length - 1))) !== 0,
      weight: weight / count,
    });
  }
  return keepBest(found);
}

/** For phrases written in characters: only runs of at least two characters, or a whole one-character phrase, count. */
export function matchCharacters(
  phrase: readonly string[],
  occurrences: (unit: string) => readonly Occurrence[] | undefined,
): PhraseMatch[] {
  const found: PhraseMatch[] = [];
  const n = phrase.length;
  for (let i = 0; i < n; i++) {
    for (const o of occurrences(phrase[i]!) ?? []) {
      if (i > 0 && (occurrences(phrase[i - 1]!) ?? []).some((p) => Math.abs(p.end - o.start) < 1e-6)) continue;
      let end = o.end;
      let k = i + 1;
      for (; k < n; k++) {
        const from = end;
        const next = (occurrences(phrase[k]!) ?? []).find((p) => Math.abs(p.start - from) < 1e-6);
        if (next === undefined) break;
        end = next.end;
      }
      const length = k - i;
      if (length < 2 && n > 1 && phrase[i]!.length < 3) continue;
      found.push({
        start: Math.floor(o.start),
        end: Math.ceil(end),
        coverage: (length * o.weight) / n,
        exact: length === n,
        head: k === n,
        weight: o.weight,
      });
    }
  }
  return keepBest(found);
}

function keepBest(found: PhraseMatch[]): PhraseMatch[] {
  found.sort((a, b) => quality(b) - quality(a) || a.start - b.start);
  const kept: PhraseMatch[] = [];
  for (const m of found) {
    if (kept.length >= MAX_MATCHES) break;
    if (kept.every((k) => m.end <= k.start || m.start >= k.end)) kept.push(m);
  }
  return kept;
}

const quality = (m: PhraseMatch): number => m.coverage + (m.exact ? 0.1 : 0) + (m.head ? 0.05 : 0);
