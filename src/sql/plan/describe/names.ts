import type { Column, DatabaseSchema, Table } from '../../schema/database-schema.ts';
import type { Source } from '../plan.ts';
import { findColumn, findTable, type PlanScope } from '../plan-types.ts';

export type Language = 'en' | 'zh';

const HAN = /\p{Script=Han}/u;
const GENERIC = /^(?:id|name|names|title|type|code|status|date|count|description|名称|姓名|编号|类型|日期|状态)$/i;
const LONGEST_COMMENT = 24;

/** `order_items`, `orderItems` → `order items`. */
export function humanised(name: string): string {
  const spaced = name
    .replace(/[_\s]+/g, ' ')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .trim();
  return /^[\p{Lu}\d ]+$/u.test(spaced) && spaced.length > 4
    ? spaced.toLowerCase()
    : spaced.replace(/\p{Lu}\p{Ll}+/gu, (word) => word.toLowerCase());
}

/** The words people use for a table or column: a short comment or synonym in their language, else its own name. */
function label(thing: Pick<Table | Column, 'comment' | 'synonyms'>, name: string, language: Language): string {
  const said = [thing.comment?.split(/[,;:.(（，；：。、\n]/)[0]?.trim() ?? '', ...thing.synonyms];
  const fits = said.find(
    (text) => text !== '' && text.length <= LONGEST_COMMENT && HAN.test(text) === (language === 'zh'),
  );
  if (language === 'zh') return fits ?? (HAN.test(name) ? name : humanised(name));
  return HAN.test(name) ? (fits ?? name) : humanised(name);
}

/** How a source is called. */
export function sourceLabel(source: Source, schema: DatabaseSchema, language: Language): string {
  if (source.kind === 'plan') return language === 'zh' ? '中间结果' : 'the inner result';
  const table = findTable(schema, source.table);
  return table ? label(table, table.ref.name, language) : humanised(source.table.name);
}

/** How a column is called; with its table's name when the column's own says too little among several tables. */
export function columnLabel(
  alias: string,
  name: string,
  scope: PlanScope,
  schema: DatabaseSchema,
  language: Language,
  several: boolean,
): string {
  const source = scope.sources.get(alias);
  if (source?.kind !== 'table') return HAN.test(name) ? name : humanised(name);
  const table = findTable(schema, source.table);
  const column = table && findColumn(table, name);
  const own = column ? label(column, name, language) : humanised(name);
  if (!several || !table || !(GENERIC.test(own) || GENERIC.test(name))) return own;
  const owner = sourceLabel(source, schema, language);
  return language === 'zh'
    ? `${owner}${own.startsWith(owner) ? own.slice(owner.length) || own : own}`
    : `${singular(owner)} ${own}`;
}

/** `products` → `product`, `categories` → `category`; good enough to qualify a column. */
export function singular(noun: string): string {
  if (/(?:ss|us|is|news|series)$/i.test(noun)) return noun;
  if (/ies$/i.test(noun)) return noun.replace(/ies$/i, 'y');
  if (/(?:ch|sh|x|ss)es$/i.test(noun)) return noun.slice(0, -2);
  return noun.replace(/s$/i, '');
}

/** `bank` → `banks`; left alone when it already looks plural or is not an English noun. */
export function plural(noun: string): string {
  if (!/[a-z]$/i.test(noun) || /(?:s|data|info|staff|people|history|news)$/i.test(noun)) return noun;
  if (/[^aeiou]y$/i.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:ch|sh|x|z)$/i.test(noun) ? `${noun}es` : `${noun}s`;
}
