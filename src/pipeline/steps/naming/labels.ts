/** How tables and columns are called in questions and documents. */
import { detectLanguage, type Language } from '../../../planning/index.ts';
import type { Column, Table } from '../../../sql/index.ts';
import { nameWords, singular, tableWords } from './name-words.ts';

const HAN = /\p{Script=Han}/u;
const CLAUSE = /[,;:.(（，；：。、\n]/;
const LONGEST_LABEL = 24;

/** The language of the files: that of the business context, else that of the comments. */
export function languageOf(businessContext: string, tables: readonly Table[]): Language {
  if (businessContext.trim() !== '') return detectLanguage(businessContext);
  const comments = tables.flatMap((table) => [table.comment, ...table.columns.map((column) => column.comment)]);
  return comments.some((comment) => comment !== null && HAN.test(comment)) ? 'zh' : 'en';
}

/** The first clause of a comment, or the first synonym, that is in the language; null when there is none. */
function said(thing: { comment: string | null; synonyms: readonly string[] }, language: Language): string | null {
  const texts = [thing.comment?.split(CLAUSE)[0]?.trim() ?? '', ...thing.synonyms];
  const fits = (text: string): boolean =>
    text !== '' && text.length <= LONGEST_LABEL && HAN.test(text) === (language === 'zh');
  return texts.find(fits) ?? null;
}

/** `存储高速公路管理公司信息` → `高速公路管理公司`: what one row of the table is. */
export function entityLabel(table: Table, language: Language): string {
  const label = said(table, language) ?? tableWords(table.ref.name, language);
  if (language === 'en') {
    return singular(label.replace(/^(?:the|stores?)\s+/i, '').replace(/\s+(?:table|data|info(?:rmation)?)$/i, ''));
  }
  const core = label.replace(/^(?:存储|记录|保存)/, '').replace(/(?:信息表|数据表|记录表|信息|数据|表)$/, '');
  return core.length > 1 ? core : label;
}

/** What a column is called. */
export function columnLabel(column: Column, language: Language): string {
  const label = said(column, language) ?? nameWords(column.name, language);
  return label === '' ? column.name : label;
}

/** Nothing but an adjective says what such a name is of. */
export const WHOLE_NAME = /^(?:full|display|legal|official|common) name$/i;

/** What the groups of a column are called: `公司名称` → `公司`. */
export function groupLabel(column: Column, language: Language): string {
  const label = columnLabel(column, language);
  const core = language === 'zh' ? label.replace(/(?:名称|名字)$/, '') : label.replace(/\s+name$/i, '');
  // `shipping name` is no kind of shipping.
  return core === '' || WHOLE_NAME.test(label) || /^(?:shipping|billing)$/i.test(core) ? label : core;
}
