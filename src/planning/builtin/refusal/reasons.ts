import type { Language } from '../../planner.ts';

type Text = Readonly<Record<Language, string>>;

/** Why a question is not answered, in the words of the person who asked. */
export const REASONS = {
  write: {
    en: 'This asks to change data or the database. Only questions that read data are answered.',
    zh: '这个请求会修改数据或数据库。这里只回答读取数据的问题。',
  },
  statement: {
    en: 'This is a statement, not a question. Ask in your own words; SQL that is typed in is not run.',
    zh: '这是一条语句，不是问题。请用自己的话提问；输入的 SQL 不会被执行。',
  },
  unrelated: {
    en: 'The question does not match the tables and columns of this database closely enough to answer it.',
    zh: '这个问题与当前数据库的表和字段对应不上，无法可靠地回答。',
  },
  unsure: {
    en: 'The question can be read in more than one way, or part of it was not understood. Which of these is meant?',
    zh: '这个问题有多种理解方式，或有一部分没有理解。请选择您的意思：',
  },
  empty: { en: 'The question is empty.', zh: '问题是空的。' },
  noTables: { en: 'This database has no tables to ask about.', zh: '当前数据库没有可查询的表。' },
  example: { en: 'Answered by a verified example.', zh: '由已验证的示例回答。' },
} as const satisfies Record<string, Text>;
