/** A table as a Markdown document. */
import type { Table } from '../../../sql/index.ts';
import { columnFacts } from './column-facts.ts';
import type { TableText } from './table-text.ts';

/** `character varying(32)` → `varchar(32)`, as people write it. */
export const shortType = (nativeType: string): string =>
  nativeType
    .toLowerCase()
    .replace(/^character varying/, 'varchar')
    .replace(/^timestamp without time zone/, 'timestamp');

/** The Markdown file of one table. */
export function tableDocument(table: Table, text: TableText): string {
  const { words } = text;
  const { name } = table.ref;
  const fields = table.columns.map((column, index) => {
    const marks = [
      ...(table.primaryKey.includes(column.name) ? [words.primaryKey] : []),
      ...(column.nullable ? [] : [words.notNull]),
    ];
    const { samples } = columnFacts(table, column);
    const parts = [
      `- ${column.name} (${shortType(column.nativeType)}) - ${text.columns[index]!.comment.replace(/\s+/g, ' ')}`,
      ...(marks.length > 0 ? [`[${marks.join(', ')}]`] : []),
      ...(samples.length > 0
        ? [`[${words.sample}: ${samples.map((sample) => sample.replace(/\s+/g, ' ')).join(', ')}]`]
        : []),
    ];
    return parts.join(' ');
  });
  const [onlyKey] = table.primaryKey;
  const notes = [
    ...(table.primaryKey.length === 1 ? [words.isPrimaryKey(onlyKey!)] : []),
    ...(table.primaryKey.length > 1 ? [words.compositeKey(table.primaryKey.join(', '))] : []),
    ...table.foreignKeys.map((key) =>
      words.isForeignKey(key.columns.join(', '), `${key.referenced.name}.${key.referencedColumns.join(', ')}`),
    ),
    ...table.columns.flatMap((column) => {
      const { enumeration } = columnFacts(table, column);
      return enumeration ? [words.isEnumeration(column.name, enumeration)] : [];
    }),
  ];
  return [
    words.title(name, text.short),
    '',
    words.about(name, text.comment),
    '',
    words.fields,
    ...fields,
    ...(notes.length > 0 ? ['', words.more, ...notes] : []),
    '',
  ].join('\n');
}
