/** Finds phrases in a question, English by words and Chinese by characters, each stretch of text once. */
export interface Phrase<T> {
  readonly text: string;
  readonly meaning: T;
}

export interface FoundPhrase<T> {
  readonly start: number;
  /** As the question spells it. */
  readonly phrase: string;
  readonly meaning: T;
}

const CHINESE = /\p{Script=Han}/u;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A question of which parts are taken away as they are understood. */
export class QuestionText {
  private readonly original: string;
  private rest: string;

  constructor(question: string) {
    this.original = question.normalize('NFKC');
    this.rest = this.original;
  }

  /** Takes away every occurrence of the phrases, longer phrases first. */
  takeAll<T>(phrases: readonly Phrase<T>[]): FoundPhrase<T>[] {
    const found: FoundPhrase<T>[] = [];
    for (const { text, meaning } of [...phrases].sort((a, b) => b.text.length - a.text.length)) {
      if (text.trim() === '' || !this.mayHold(text)) continue;
      for (const hit of this.take(patternOf(text))) found.push({ ...hit, meaning });
    }
    return found.sort((a, b) => a.start - b.start);
  }

  /** Cheap enough for thousands of phrases: is the beginning of the first word there at all? */
  private mayHold(phrase: string): boolean {
    const [first = ''] = phrase
      .trim()
      .toLowerCase()
      .split(/[\s_]+/);
    return this.rest.toLowerCase().includes(first.slice(0, Math.max(1, first.length - 1)));
  }

  /** Takes away every match of a pattern (which must be global). */
  take(pattern: RegExp): { readonly start: number; readonly phrase: string; readonly groups: readonly string[] }[] {
    const hits = [...this.rest.matchAll(pattern)].map((match) => ({
      start: match.index,
      phrase: this.original.slice(match.index, match.index + match[0].length).trim(),
      groups: match.slice(1).map((group) => group ?? ''),
      length: match[0].length,
    }));
    for (const { start, length } of hits) {
      this.rest = `${this.rest.slice(0, start)}${'\u0001'.repeat(length)}${this.rest.slice(start + length)}`;
    }
    return hits;
  }

  /** What is left right before a position, lower case. */
  before(position: number, length = 12): string {
    return this.original.slice(Math.max(0, position - length), position).toLowerCase();
  }

  /** What comes after a position, as the question has it. */
  after(position: number, length?: number): string {
    return this.original.slice(position, length === undefined ? undefined : position + length);
  }

  /** The words (Chinese: stretches) that nothing has taken. */
  get unread(): string[] {
    return this.rest.split(/[\s\p{P}\p{S}\u0001]+/u).filter((word) => word !== '');
  }
}

/** English phrases match whole words, plurals included; underscores stand for blanks. */
function patternOf(text: string): RegExp {
  if (CHINESE.test(text)) return new RegExp(escaped(text), 'giu');
  const words = text
    .trim()
    .split(/[\s_]+/)
    .map(escaped);
  const last = words.pop()!.replace(/(?<=[a-z]{3})s$/i, '');
  const plural = /y$/i.test(last) ? `(?:${last}s?|${last.slice(0, -1)}ies)` : `${last}(?:e?s)?`;
  return new RegExp(`(?<![\\p{L}\\p{N}])${[...words, plural].join('[\\s_-]+')}(?![\\p{Script=Latin}\\p{N}])`, 'giu');
}
