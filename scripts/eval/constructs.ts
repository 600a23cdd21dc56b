/** Names the constructs of a gold statement, for figures by kind of question. */
import type { Item } from './datasets.ts';

export function constructsOf(item: Item): string[] {
  const sql = ` ${item.sql.toLowerCase().replace(/\s+/g, ' ')} `;
  const out: string[] = [];
  const joins = sql.split(' join ').length - 1;
  const nested = /\(\s*select\b/.test(sql.replace(/from \( ?select/g, 'from'));
  const set = /\b(union|intersect|except)\b/.test(sql);
  const group = sql.includes(' group by ');
  out.push(`join depth ${Math.min(3, joins)}`);
  if (sql.includes(' where ')) out.push('filter');
  if (group) out.push('group');
  if (sql.includes(' having ')) out.push('having');
  if (sql.includes(' order by ')) out.push('order');
  if (/\blimit\b/.test(sql)) out.push('limit');
  if (nested) out.push('nested');
  if (set) out.push('set operation');
  if (/from \( ?select/.test(sql)) out.push('sub-query in FROM');
  if (
    /[\w")`\u4e00-\u9fff] ?[-+/] ?[\w("`\u4e00-\u9fff]/.test(
      sql.replace(/'[^']*'|"[^"]*"/g, 'x').replace(/\d+-\d+/g, ''),
    )
  )
    out.push('arithmetic');
  if (joins === 0 && !nested && !set && !group) out.push('flat');
  if (item.previous.length > 0) out.push('follow-up');
  return out;
}
