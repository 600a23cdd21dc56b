/** A small made-up database with Chinese names for the unit tests: plays, and their performances in towns. */
import type { DatabaseSchema } from '../../../../sql/index.ts';
import { column, table } from './library-schema.ts';

export const THEATRE: DatabaseSchema = {
  dialect: 'sqlite',
  defaultSchema: null,
  fingerprint: 'theatre',
  tables: [
    table('剧目', [
      column('编号', 'integer', [1, 2, 3]),
      column('名称', 'text', ['夜航', '茶山', '风筝']),
      column('幕数', 'integer', [2, 3, 4]),
      column('体裁', 'text', ['话剧', '歌剧']),
    ]),
    table(
      '剧目演出',
      [
        column('剧目编号', 'integer', [1, 2, 3]),
        column('所属省份', 'text', ['甲省', '乙省']),
        column('票价', 'integer', [80, 120, 300]),
        column('观看人数', 'integer', [90, 400]),
        column('演出', 'text', ['早场', '晚场']),
      ],
      [['剧目编号', '剧目', '编号']],
    ),
  ],
};
