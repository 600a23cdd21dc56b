import type { Column, DatabaseSchema, Table } from '../../sql/index.ts';

/** Tables of a company, named with thirty words; every table points at the one before it. */
export function wideSchema(count: number): DatabaseSchema {
  const words =
    'order customer product invoice payment shipment supplier store region employee contract ticket campaign budget account asset project task visit claim policy vehicle route sensor meter lease tenant course exam grade'.split(
      ' ',
    );
  const column = (name: string, type: Column['type'], list: readonly (string | number)[]): Column => ({
    name,
    type,
    nativeType: type,
    nullable: true,
    comment: null,
    synonyms: [],
    values: { list, complete: true, min: null, max: null },
  });
  const tables = Array.from({ length: count }, (_, i): Table => {
    const name = `${words[i % words.length]}_${words[Math.floor(i / words.length) % words.length]}_${i}`;
    const before =
      i === 0
        ? null
        : `${words[(i - 1) % words.length]}_${words[Math.floor((i - 1) / words.length) % words.length]}_${i - 1}`;
    return {
      ref: { schema: null, name },
      kind: 'table',
      comment: null,
      synonyms: [],
      columns: [
        column(`${name}_id`, 'integer', []),
        column(
          'name',
          'text',
          Array.from({ length: 20 }, (_, k) => `${words[(i + k) % words.length]} ${k}`),
        ),
        column('amount', 'decimal', [10, 20, 30]),
        column('created_at', 'date', ['2025-01-01', '2025-06-01']),
        column('status', 'text', ['open', 'closed', 'waiting']),
        ...(before === null ? [] : [column(`${before}_id`, 'integer', [])]),
      ],
      primaryKey: [`${name}_id`],
      uniqueKeys: [],
      foreignKeys:
        before === null
          ? []
          : [
              {
                columns: [`${before}_id`],
                referenced: { schema: null, name: before },
                referencedColumns: [`${before}_id`],
                origin: 'declared',
              },
            ],
      rowCount: 1000,
    };
  });
  return { dialect: 'sqlite', defaultSchema: null, tables, fingerprint: `wide-${count}` };
}
