import type { MetricQuery, SemanticLayer } from '../../knowledge/index.ts';
import type { Language } from '../planner.ts';

const GRAINS: Readonly<Record<string, string>> = { day: '天', week: '周', month: '月', quarter: '季度', year: '年' };
const CHINESE = /\p{Script=Han}/u;

/** One sentence: which metrics, grouped by what, under which conditions, of which period. */
export function describeMetrics(
  layer: SemanticLayer,
  metrics: readonly string[],
  query: MetricQuery,
  language: Language,
): string {
  const chinese = language === 'zh';
  const names = metrics.map((name) => {
    const metric = layer.metrics.find((candidate) => candidate.name === name);
    const local = chinese ? metric?.synonyms.find((synonym) => CHINESE.test(synonym)) : undefined;
    return local ?? metric?.label ?? name;
  });
  const plain = (dimension: string): string => dimension.split('__').at(-1)!.replaceAll('_', ' ');
  const groups = [
    ...(query.grain == null ? [] : [chinese ? (GRAINS[query.grain] ?? query.grain) : query.grain]),
    ...(query.dimensions ?? []).map(plain),
  ];
  const filters = (query.filters ?? []).map(
    (filter) => `${plain(filter.dimension)} = ${filter.values.join(chinese ? '、' : ', ')}`,
  );
  const parts = [
    groups.length === 0 ? '' : chinese ? `按${groups.join('、')}` : `by ${groups.join(' and ')}`,
    filters.length === 0 ? '' : chinese ? `条件 ${filters.join('，')}` : `where ${filters.join(' and ')}`,
    query.period == null ? '' : `${query.period.from} ${chinese ? '至' : 'to'} ${query.period.to}`,
    ...(query.having ?? []).map(({ op, value }) => `${op} ${value}`),
    query.limit == null ? '' : chinese ? `前 ${query.limit} 名` : `first ${query.limit}`,
  ].filter((part) => part !== '');
  return [names.join(chinese ? '、' : ' and '), ...parts].join(chinese ? '，' : ', ');
}
