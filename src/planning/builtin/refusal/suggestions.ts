import type { Language } from '../../planner.ts';
import { dateColumns } from '../grammar/date-columns.ts';
import { lineRevenues } from '../grammar/line-revenue.ts';
import type { IndexedTable, SchemaIndex } from '../grammar/schema-index.ts';
import { expandIdentifier } from '../text/identifier.ts';
import { hasHan } from '../text/language.ts';

/** Questions made from the catalog, the likeliest first; the caller keeps those that really plan to an answer. */
export function suggestedQuestions(index: SchemaIndex, language: Language, near: readonly number[] = []): string[] {
  const chinese = language === 'zh';
  const tables = index.tables.filter((table) => table.table.kind === 'table' && table.columns.length > 0);
  const ranked = [...tables].sort((a, b) => importance(index, b, near) - importance(index, a, near)).slice(0, 6);
  const questions: string[] = [];
  for (const table of ranked) {
    const name = spoken(table.table.ref.name, table.table.comment, chinese);
    const dated = dateColumns(index, table.index, [], null)[0];
    const parent = index.joins.edges[table.index]!.find(
      (edge) => edge.toOne && index.tables[edge.to]!.labels.length > 0 && edge.to !== table.index,
    );
    const measure = table.columns.find(({ traits }) => traits.numeric && traits.adds === 'sum');
    if (parent !== undefined) {
      const other = spoken(index.tables[parent.to]!.table.ref.name, index.tables[parent.to]!.table.comment, chinese);
      questions.push(chinese ? `各${other}的${name}数量` : `How many ${plural(name)} per ${singular(other)}`);
    }
    if (dated !== undefined && dated.table === table.index && dated.time === 'date')
      questions.push(chinese ? `每月${name}数量` : `Number of ${plural(name)} per month`);
    if (measure !== undefined) {
      const column = spoken(measure.column.name, measure.column.comment, chinese);
      questions.push(chinese ? `${name}的${column}总和` : `Total ${column} of ${plural(name)}`);
    }
    questions.push(chinese ? `有多少${name}` : `How many ${plural(name)} are there`);
  }
  if (lineRevenues(index).length > 0) questions.splice(1, 0, chinese ? '每月销售额' : 'Monthly revenue');
  return [...new Set(questions)];
}

/** Tables with names, many keys and rows say most; those the question came near to come first. */
function importance(index: SchemaIndex, table: IndexedTable, near: readonly number[]): number {
  const keys = index.joins.edges[table.index]!.length;
  return (
    (near.includes(table.index) ? 10 : 0) +
    keys * 0.5 +
    (table.labels.length > 0 ? 1 : 0) +
    Math.log10((table.table.rowCount ?? 1) + 1) * 0.3
  );
}

function spoken(name: string, comment: string | null, chinese: boolean): string {
  const main = comment?.split(/[(（:：,，;；。]/)[0]?.trim() ?? '';
  if (chinese && hasHan(main) && main.length <= 12) return main.replace(/(?:信息表|记录表|数据表|表)$/, '') || main;
  if (hasHan(name)) return name;
  return expandIdentifier(name).join(' ');
}

function plural(name: string): string {
  if (hasHan(name) || name.endsWith('s')) return name;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : /(?:ch|sh|x)$/.test(name) ? `${name}es` : `${name}s`;
}

function singular(name: string): string {
  return name
    .replace(/ies$/, 'y')
    .replace(/(?<=(?:ch|sh|x|ss))es$/, '')
    .replace(/(?<![su])s$/, '');
}
