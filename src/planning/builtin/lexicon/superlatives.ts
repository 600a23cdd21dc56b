/** An adjective that orders things: by which kind of column, and in which direction. */
export interface Superlative {
  readonly descending: boolean;
  /** Words of the columns it speaks of, likeliest first; empty: whatever measure stands beside it. */
  readonly columns: readonly string[];
  /** For dates: direction is reversed against numbers (oldest = earliest birth date, greatest age). */
  readonly dateDescending?: boolean;
  /** Also says "biggest by count of the things beside it". */
  readonly counts?: boolean;
}

const rule = (
  words: string,
  descending: boolean,
  columns: string,
  dateDescending?: boolean,
  counts?: boolean,
): (readonly [string, Superlative])[] =>
  words
    .split(',')
    .map((word) => [
      word.trim(),
      { descending, columns: columns === '' ? [] : columns.split(',').map((c) => c.trim()), dateDescending, counts },
    ]);

const PRICE = 'price, unit price, list price, cost, rate, rental rate, amount, total, fee';
const LENGTH = 'length, duration, milliseconds, runtime, distance, seconds, minutes';
const AGE = 'age, birth date, birthday, birth year, date of birth';

/** Superlatives and comparatives of both languages. */
export const SUPERLATIVES: ReadonlyMap<string, Superlative> = new Map<string, Superlative>([
  ...rule('most, highest, greatest, largest, biggest, top, maximum, max', true, '', true, true),
  ...rule('largest, biggest', true, 'population, area, size, capacity, bytes, amount, total', true, true),
  ...rule('fewest, least, lowest, smallest, minimum, min, bottom, worst', false, '', false, true),
  ...rule('smallest', false, 'population, area, size, capacity, bytes, amount, total', false, true),
  ...rule('best, best performing, top performing, strongest', true, 'rating, score, grade', true, true),
  ...rule('worst performing, weakest, poorest', false, 'rating, score, grade', false, true),
  ...rule(
    'oldest, eldest, most senior',
    true,
    `${AGE}, hire date, year, founded, date, release year, created at`,
    false,
  ),
  ...rule('older, elder', true, AGE, false),
  ...rule('youngest', false, `${AGE}`, true),
  ...rule('younger', false, AGE, true),
  ...rule(
    'newest, latest, most recent, recent, last',
    true,
    'date, created at, hire date, order date, release year, year',
    true,
  ),
  ...rule(
    'earliest, longest serving, longest-serving, first',
    false,
    'date, created at, hire date, order date, release year, year',
    false,
  ),
  ...rule('cheapest, least expensive, lowest priced, lowest-priced', false, PRICE),
  ...rule('most expensive, priciest, dearest, costliest, highest priced, most costly, highest-priced', true, PRICE),
  ...rule('more expensive, pricier, costlier', true, PRICE),
  ...rule('cheaper, less expensive', false, PRICE),
  ...rule('longest', true, LENGTH),
  ...rule('longer', true, LENGTH),
  ...rule('shortest', false, `${LENGTH}, height`),
  ...rule('shorter', false, `${LENGTH}, height`),
  ...rule('tallest, highest', true, 'height'),
  ...rule('taller', true, 'height'),
  ...rule('heaviest', true, 'weight'),
  ...rule('heavier', true, 'weight'),
  ...rule('lightest', false, 'weight'),
  ...rule('lighter', false, 'weight'),
  ...rule('fastest', true, 'speed'),
  ...rule('slowest', false, 'speed'),
  ...rule('richest, wealthiest', true, 'salary, income, wealth, net worth, gdp'),
  ...rule(
    'best paid, highest paid, highest-paid, best-paid, top paid, top earning, highest earning',
    true,
    'salary, wage, pay, income',
  ),
  ...rule('lowest paid, worst paid, lowest-paid', false, 'salary, wage, pay, income'),
  ...rule(
    'best selling, best-selling, top selling, top-selling, bestselling, most sold, hottest',
    true,
    'quantity, units sold',
    true,
    true,
  ),
  ...rule('worst selling, worst-selling, least sold, slowest selling', false, 'quantity, units sold', false, true),
  ...rule('most popular, most common, most frequent, most frequently', true, '', true, true),
  ...rule('least popular, least common, rarest', false, '', false, true),
  ...rule('most populous, most populated', true, 'population'),
  ...rule('least populous', false, 'population'),
  ...rule('busiest', true, '', true, true),
  ...rule('most valuable, most profitable, most lucrative', true, 'revenue, profit, sales, amount, total', true),
  ...rule('highest rated, best rated, top rated, highest-rated, top-rated', true, 'rating, score'),
  ...rule('最高, 最多, 最大, 最好, 最强', true, '', true, true),
  ...rule('最低, 最少, 最小, 最差', false, '', false, true),
  ...rule('最贵', true, PRICE),
  ...rule('最便宜, 最廉价', false, PRICE),
  ...rule('更贵', true, PRICE),
  ...rule('更便宜', false, PRICE),
  ...rule('最年轻, 年纪最小, 年龄最小', false, AGE, true),
  ...rule('最年长, 年纪最大, 最老, 年龄最大', true, AGE, false),
  ...rule('最长', true, LENGTH),
  ...rule('最短', false, LENGTH),
  ...rule('最重', true, 'weight'),
  ...rule('最轻', false, 'weight'),
  ...rule(
    '最新, 最近的, 最晚, 最近一次, 最后',
    true,
    'date, created at, order date, hire date, release year, year',
    true,
  ),
  ...rule('最早, 最先, 最旧', false, 'date, created at, order date, hire date, release year, year', false),
  ...rule('最受欢迎, 最热门, 最常见, 最火', true, '', true, true),
  ...rule('最畅销, 卖得最好, 销量最好, 卖的最好, 热销, 畅销', true, 'quantity, units sold', true, true),
  ...rule('最滞销, 卖得最差, 卖的最差, 滞销', false, 'quantity, units sold', false, true),
  ...rule('最快', true, 'speed'),
  ...rule('最慢', false, 'speed'),
  ...rule('最有钱, 最富有', true, 'salary, income, wealth'),
]);
