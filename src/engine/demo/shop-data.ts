/**
 * The rows of the demo shop. What happens on one day depends on that day alone (and a fixed seed), so the past
 * stays the same when the data is built again on a later day. All counting starts at {@link OPENING_DAY}.
 */
import { dayNumber, isoDay, monthStart, weekday } from './days.ts';
import type { DemoRow, DemoTableData } from './demo-table.ts';
import { createRandom, type Random } from './random.ts';
import { CATEGORIES, CITIES, FAMILY_NAMES, GIVEN_NAMES, REGIONS } from './shop-catalogue.ts';
import {
  CATEGORIES_TABLE,
  CUSTOMERS_TABLE,
  ORDER_ITEMS_TABLE,
  ORDERS_TABLE,
  PRODUCTS_TABLE,
  REFUNDS_TABLE,
  REGIONS_TABLE,
} from './shop-schema.ts';

const SEED = 20240101;
const OPENING_DAY = dayNumber('2022-01-01');
const MONTHS_OF_ORDERS = 25;
const SEASON = [0.85, 0.72, 0.92, 0.95, 1.02, 1.22, 0.94, 0.95, 1.04, 1.06, 1.45, 1.25];
const REASONS = ['Damaged', 'Wrong size', 'Changed mind', 'Late delivery', 'Not as described'];

interface Article {
  readonly id: number;
  readonly price: number;
  readonly weight: number;
  readonly refund: number;
}

/** All tables of the shop with orders from the first of the month two years back up to `today` (`YYYY-MM-DD`). */
export function generateShop(today: string): readonly DemoTableData[] {
  const last = dayNumber(today);
  const first = Math.max(OPENING_DAY, monthStart(last, MONTHS_OF_ORDERS - 1));
  const { categories, products, articles } = assortment();
  const customers = customersUntil(last);
  const orders: DemoRow[] = [];
  const items: DemoRow[] = [];
  const refunds: (readonly [day: number, item: number, amount: number, reason: string])[] = [];

  let orderId = 10_000;
  for (let day = OPENING_DAY; day <= last; day++) {
    const random = createRandom(SEED, day);
    const count = ordersOnDay(day, random);
    if (day < first) {
      orderId += count;
      continue;
    }
    const known = customerCount(day);
    for (let i = 0; i < count; i++) {
      orderId++;
      const basket = fillBasket(random, articles, day);
      let total = 0;
      basket.forEach((line, index) => {
        const itemId = orderId * 10 + index + 1;
        total += line.cents;
        items.push([itemId, orderId, line.article.id, line.quantity, line.unitCents / 100, line.cents / 100]);
        if (random.next() < line.article.refund) {
          const refundDay = day + random.integer(1, 20);
          const part = random.next() < 0.8 ? line.cents : Math.round(line.cents / 2);
          const reason = random.pick(REASONS);
          if (refundDay <= last) refunds.push([refundDay, itemId, part / 100, reason]);
        }
      });
      orders.push([
        orderId,
        orderingCustomer(random, known),
        isoDay(day),
        last - day > 6 ? 'delivered' : last - day > 1 ? 'shipped' : 'paid',
        random.pick(['web', 'app', 'store'], [38, 44, 18]),
        random.pick(['WeChat Pay', 'Alipay', 'Bank Card'], [45, 38, 17]),
        total / 100,
      ]);
    }
  }
  refunds.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [
    { table: REGIONS_TABLE, rows: REGIONS.map((region, i) => [i + 1, region.name, region.local]) },
    { table: CUSTOMERS_TABLE, rows: customers },
    { table: CATEGORIES_TABLE, rows: categories },
    { table: PRODUCTS_TABLE, rows: products },
    { table: ORDERS_TABLE, rows: orders },
    { table: ORDER_ITEMS_TABLE, rows: items },
    {
      table: REFUNDS_TABLE,
      rows: refunds.map(([day, item, amount, reason], i) => [i + 1, item, isoDay(day), amount, reason]),
    },
  ];
}

function assortment(): { categories: DemoRow[]; products: DemoRow[]; articles: Article[] } {
  const random = createRandom(SEED, 1);
  const categories: DemoRow[] = CATEGORIES.map((category, i) => [i + 1, category.name, category.local]);
  const products: DemoRow[] = [];
  const articles: Article[] = [];
  CATEGORIES.forEach((category, c) => {
    for (const { name, local, price, weight } of category.articles) {
      const id = products.length + 1;
      const cost = Math.round(price * category.cost * (0.95 + random.next() * 0.1) * 100) / 100;
      const stock = random.next() < 0.08 ? 0 : random.integer(5, 400);
      products.push([id, name, local, c + 1, price, cost, stock]);
      articles.push({ id, price, weight, refund: category.refund });
    }
  });
  return { categories, products, articles };
}

/** Customers who have signed up by the end of `day`; about one more a day. */
const customerCount = (day: number): number => 400 + Math.floor((day - OPENING_DAY) * 0.6);

function customersUntil(last: number): DemoRow[] {
  const rows: DemoRow[] = [];
  for (let id = 1; id <= customerCount(last); id++) {
    const random = createRandom(SEED, 2, id);
    const name = `${random.pick(GIVEN_NAMES)} ${random.pick(FAMILY_NAMES)}`;
    const region = random.pick(
      REGIONS.map((_, i) => i),
      REGIONS.map((entry) => entry.weight),
    );
    const [city, local] = random.pick(CITIES[region]!);
    const signup = id <= 400 ? OPENING_DAY - random.integer(0, 300) : OPENING_DAY + Math.ceil((id - 400) / 0.6);
    rows.push([
      id,
      name,
      `${name.toLowerCase().replace(' ', '.')}${id}@example.com`,
      random.pick(['Consumer', 'Corporate', 'Small Business'], [78, 8, 14]),
      city,
      local,
      region + 1,
      isoDay(signup),
    ]);
  }
  return rows;
}

function ordersOnDay(day: number, random: Random): number {
  const date = isoDay(day);
  const growth = 6 + (day - OPENING_DAY) * 0.0055;
  const week = [1.25, 0.88, 0.86, 0.9, 0.95, 1.08, 1.3][weekday(day)]!;
  const event = date.endsWith('-11-11') ? 3.5 : date.endsWith('-06-18') ? 2.6 : date.endsWith('-12-12') ? 1.9 : 1;
  const expected = growth * week * event * SEASON[Number(date.slice(5, 7)) - 1]!;
  return Math.max(1, Math.round(expected + random.normal() * Math.sqrt(expected) * 0.8));
}

/** Some customers buy often, most seldom, every nineteenth never. */
function orderingCustomer(random: Random, known: number): number {
  const id = 1 + Math.floor(known * random.next() ** 1.7);
  return id % 19 === 0 ? id - 1 : id;
}

interface Line {
  readonly article: Article;
  readonly quantity: number;
  readonly unitCents: number;
  readonly cents: number;
}

function fillBasket(random: Random, articles: readonly Article[], day: number): Line[] {
  const lines = random.pick([1, 2, 3, 4, 5], [30, 28, 21, 13, 8]);
  const chosen = new Map<number, Line>();
  const weights = articles.map((entry) => entry.weight);
  const inflation = 1 + (day - OPENING_DAY) * 0.00003;
  while (chosen.size < lines) {
    const entry = random.pick(articles, weights);
    if (chosen.has(entry.id)) continue;
    const discount = random.pick([0, 0.05, 0.1, 0.2, 0.3], [62, 12, 13, 9, 4]);
    const quantity = entry.price > 1000 ? 1 : random.pick([1, 2, 3, 5], [64, 22, 9, 5]);
    const unitCents = Math.round(entry.price * Math.min(1, inflation - 0.05) * (1 - discount) * 100);
    chosen.set(entry.id, { article: entry, quantity, unitCents, cents: unitCents * quantity });
  }
  return [...chosen.values()];
}
