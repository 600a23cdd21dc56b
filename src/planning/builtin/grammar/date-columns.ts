import { expandIdentifier } from '../text/identifier.ts';
import { stem } from '../text/stemmer.ts';
import type { SchemaIndex } from './schema-index.ts';
import { tableDistance } from './table-distance.ts';
import type { Unit } from './units.ts';

export interface DateColumn {
  readonly table: number;
  readonly column: number;
  readonly time: 'date' | 'year';
  readonly score: number;
}

const SECOND_CHOICE =
  /birth|due|required|end|to date|return|ship|deliver|expire|estimated|出生|到期|截止|结束|归还|发货|要求/;
const FIRST_CHOICE =
  /order|invoice|payment|rental|sale|transaction|purchase|business|hire|订单|下单|交易|支付|营业|入职/;

/** Date columns by which facts of `root` can be dated, likeliest first: of the root itself, then of tables it refers to. */
export function dateColumns(
  index: SchemaIndex,
  root: number,
  joined: readonly number[],
  anchor: Unit | null,
): DateColumn[] {
  const found: DateColumn[] = [];
  const near = new Set([root, ...joined]);
  for (const edge of index.joins.edges[root] ?? []) if (edge.toOne) near.add(edge.to);
  for (const hit of anchor?.hits ?? []) if (hit.target.kind === 'column') near.add(hit.target.table);
  for (const table of near) {
    const indexed = index.tables[table]!;
    const tableWords = expandIdentifier(indexed.table.ref.name).map(stem);
    for (const [column, { column: meta, traits }] of indexed.columns.entries()) {
      if (traits.time === null) continue;
      const words = expandIdentifier(meta.name);
      const text = `${words.join(' ')} ${meta.comment ?? ''}`;
      let score = table === root ? 2 : joined.includes(table) ? 1 : 0.6;
      score -= 0.3 * Math.min(3, tableDistance(index, root, table));
      if (words.some((word) => tableWords.includes(stem(word)))) score += 0.8;
      if (FIRST_CHOICE.test(text)) score += 0.7;
      if (/^(?:date|day|日期)$/.test(words.join(' '))) score += 0.6;
      if (/creat|创建|regist|注册/.test(text)) score += 0.3;
      if (traits.technical) score -= 2.5;
      if (SECOND_CHOICE.test(text)) score -= 1.2;
      if (traits.time === 'year') score -= 0.6;
      const hit = anchor?.hits.find(
        (one) => one.target.kind === 'column' && one.target.table === table && one.target.column === column,
      );
      if (hit !== undefined) score += 4 * hit.weight;
      found.push({ table, column, time: traits.time, score });
    }
  }
  return found.sort((a, b) => b.score - a.score);
}
