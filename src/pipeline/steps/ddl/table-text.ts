/** The words about a table: its own comments, and for what has none, words made up and marked so. */
import type { Language } from '../../../planning/index.ts';
import type { Table } from '../../../sql/index.ts';
import { entityLabel } from '../naming/labels.ts';
import { nameWords, tableWords } from '../naming/name-words.ts';

/** The fixed words of DDL and Markdown files. */
export interface Words {
  readonly name: string;
  readonly description: string;
  readonly primaryKey: string;
  readonly foreignKey: string;
  readonly notNull: string;
  readonly defaultValue: string;
  readonly sample: string;
  readonly comma: string;
  readonly generated: string;
  readonly title: (name: string, short: string) => string;
  readonly about: (name: string, comment: string) => string;
  readonly fields: string;
  readonly more: string;
  readonly isPrimaryKey: (column: string) => string;
  readonly compositeKey: (columns: string) => string;
  readonly isEnumeration: (column: string, values: readonly string[]) => string;
  readonly isForeignKey: (column: string, target: string) => string;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  zh: {
    name: '中文名',
    description: '描述',
    primaryKey: '主键',
    foreignKey: '外键',
    notNull: '非空',
    defaultValue: '默认值',
    sample: '示例',
    comma: '，',
    generated: '（自动生成）',
    title: (name, short) => `## ${name}（${short}）`,
    about: (name, comment) => `${name} 表${comment}`,
    fields: '字段列表：',
    more: '字段补充说明：',
    isPrimaryKey: (column) => `- ${column} 为主键`,
    compositeKey: (columns) => `- 复合主键：${columns}`,
    isEnumeration: (column, values) => `- ${column} 为枚举字段，包含取值：${values.join('、')}`,
    isForeignKey: (column, target) => `- ${column} 关联 ${target}`,
  },
  en: {
    name: 'Name',
    description: 'Description',
    primaryKey: 'primary key',
    foreignKey: 'foreign key',
    notNull: 'not null',
    defaultValue: 'default',
    sample: 'e.g.',
    comma: ', ',
    generated: ' (generated)',
    title: (name, short) => `## ${name} (${short})`,
    about: (name, comment) => `Table ${name}: ${comment}`,
    fields: 'Columns:',
    more: 'Notes:',
    isPrimaryKey: (column) => `- ${column} is the primary key`,
    compositeKey: (columns) => `- Composite primary key: ${columns}`,
    isEnumeration: (column, values) => `- ${column} is an enumeration with the values: ${values.join(', ')}`,
    isForeignKey: (column, target) => `- ${column} refers to ${target}`,
  },
};

export interface CommentText {
  readonly comment: string;
  /** True when nobody wrote it: made from the name or by a model. */
  readonly generated: boolean;
}

export interface TableText {
  readonly words: Words;
  readonly short: string;
  readonly comment: string;
  readonly generated: boolean;
  /** One for each column, in order. */
  readonly columns: readonly CommentText[];
}

/** Comments that a model proposed, by column; the table's own under the empty name. */
export type ProposedComments = ReadonlyMap<string, string>;

/** Puts a table's words together: its own comments first, then the model's, then words made from names. */
export function tableText(table: Table, language: Language, proposed: ProposedComments = new Map()): TableText {
  const words = WORDS[language];
  const madeUp = (said: string, key: string): CommentText => ({
    comment: `${proposed.get(key)?.trim() || said}${words.generated}`,
    generated: true,
  });
  const own = (comment: string | null): CommentText | null =>
    comment !== null && comment.trim() !== '' ? { comment: comment.trim(), generated: false } : null;
  const about = own(table.comment) ?? madeUp(tableWords(table.ref.name, language) || table.ref.name, '');
  const short = table.comment?.split(/[,;，；。\n]/)[0]?.trim();
  return {
    words,
    short:
      short ||
      proposed
        .get('')
        ?.split(/[,;，；。\n]/)[0]
        ?.trim() ||
      entityLabel(table, language),
    ...about,
    columns: table.columns.map(
      (column) => own(column.comment) ?? madeUp(nameWords(column.name, language) || column.name, column.name),
    ),
  };
}
