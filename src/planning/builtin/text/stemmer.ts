import { createRequire } from 'node:module';

interface Stemmer {
  stem(word: string): string;
}

/** Words whose Snowball stem differs from that of their relatives. */
const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  men: 'man',
  women: 'woman',
  children: 'child',
  criteria: 'criterion',
  indices: 'index',
  born: 'birth',
  bought: 'buy',
  sold: 'sell',
  paid: 'pay',
  spent: 'spend',
  made: 'make',
  shipped: 'ship',
  data: 'data',
  media: 'media',
  news: 'news',
  series: 'seri',
  staff: 'staff',
  sales: 'sale',
  tracks: 'track',
  companies: 'compani',
  cities: 'citi',
  countries: 'countri',
  categories: 'categori',
  salaries: 'salari',
  addresses: 'address',
  statuses: 'status',
  buses: 'bus',
  yearly: 'year',
  monthly: 'month',
  ordered: 'order',
  ordering: 'order',
  rental: 'rental',
  rentals: 'rental',
  universities: 'univers',
};

const CACHE_LIMIT = 50_000;
const cache = new Map<string, string>();
let stemmer: Stemmer | null = null;

function load(): Stemmer {
  const require = createRequire(import.meta.url);
  const library = require('snowball-stemmers') as { newStemmer(language: string): Stemmer };
  return library.newStemmer('english');
}

/** Stem of one English word (Snowball, with a list of irregular forms); other scripts come back lower-cased. */
export function stem(word: string): string {
  const lower = word.toLowerCase();
  const known = cache.get(lower);
  if (known !== undefined) return known;
  let result = lower;
  if (Object.hasOwn(IRREGULAR, lower)) result = IRREGULAR[lower]!;
  else if (/^[a-z']+$/.test(lower) && lower.length > 2) {
    stemmer ??= load();
    result = stemmer.stem(lower.replace(/'s?$/, ''));
  }
  if (cache.size > CACHE_LIMIT) cache.clear();
  cache.set(lower, result);
  return result;
}

/** Stems of every word of a phrase. */
export function stemPhrase(phrase: string): string[] {
  return phrase
    .split(/[\s_-]+/)
    .filter(Boolean)
    .map(stem);
}
