/** English stems with a cache; Snowball leaves unknown and non-English words as they are. */
import snowball from 'snowball-stemmers';

const stemmer = snowball.newStemmer('english') as { stem(word: string): string };
const cache = new Map<string, string>();

/** Stem of a lower-case word. */
export function stem(word: string): string {
  let s = cache.get(word);
  if (s === undefined) {
    s = IRREGULAR.get(word) ?? stemmer.stem(word);
    if (cache.size > 50_000) cache.clear();
    cache.set(word, s);
  }
  return s;
}

const IRREGULAR = new Map<string, string>(
  Object.entries({
    people: 'person',
    persons: 'person',
    men: 'man',
    women: 'woman',
    children: 'child',
    cities: 'citi',
    lives: 'live',
    living: 'live',
    lived: 'live',
    bought: 'buy',
    sold: 'sell',
    taught: 'teach',
    taken: 'take',
    took: 'take',
    won: 'win',
    winner: 'win',
    held: 'hold',
    paid: 'pay',
    written: 'write',
    wrote: 'write',
    made: 'make',
    older: 'old',
    oldest: 'old',
    younger: 'young',
    youngest: 'young',
    bigger: 'big',
    biggest: 'big',
    taller: 'tall',
    tallest: 'tall',
    longer: 'long',
    longest: 'long',
    shorter: 'short',
    shortest: 'short',
    higher: 'high',
    highest: 'high',
    lower: 'low',
    lowest: 'low',
    cheaper: 'cheap',
    cheapest: 'cheap',
    larger: 'larg',
    largest: 'larg',
    smaller: 'small',
    smallest: 'small',
    heavier: 'heavi',
    heaviest: 'heavi',
    earlier: 'earli',
    earliest: 'earli',
    later: 'late',
    latest: 'late',
    fewer: 'few',
    fewest: 'few',
    nearest: 'near',
  }),
);
