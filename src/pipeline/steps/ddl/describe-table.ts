/** One table as DDL and Markdown, for the step and for whoever asks about a single table. */
import type { Datasource } from '../../../execution/index.ts';
import type { ModelClient } from '../../../llm/index.ts';
import type { Language } from '../../../planning/index.ts';
import type { DatabaseSchema, Table } from '../../../sql/index.ts';
import { languageOf } from '../naming/labels.ts';
import { columnFacts, foreignKeyOf } from './column-facts.ts';
import { lacksComments, proposeComments } from './propose-comments.ts';
import { withValues } from './sample-missing-values.ts';
import { tableDdl } from './table-ddl.ts';
import { shortType, tableDocument } from './table-document.ts';
import { type TableText, tableText } from './table-text.ts';

export interface TableField {
  readonly name: string;
  /** Without length: `varchar`. */
  readonly type: string;
  readonly maxLength: number | null;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  readonly foreignKey: boolean;
  readonly comment: string | null;
  readonly defaultValue: string | null;
  readonly enumValues: readonly string[] | null;
}

export interface TableDescription {
  readonly ddl: string;
  readonly md: string;
  readonly comment: string | null;
  readonly fields: readonly TableField[];
  readonly rowCount: number | null;
}

export interface DescribeTableOptions {
  readonly datasource: Datasource;
  readonly schema: DatabaseSchema;
  readonly table: Table;
  readonly businessContext: string;
  /** Fills in missing comments; null: they are made from names. */
  readonly model: ModelClient | null;
  readonly signal: AbortSignal;
  /** Default: that of the business context, else of the table's comments. */
  readonly language?: Language;
}

function fieldsOf(table: Table, text: TableText): TableField[] {
  return table.columns.map((column, index) => {
    const type = shortType(column.nativeType);
    const length = /^(?:var)?(?:char|binary|bpchar)\w*\s*\((\d+)\)/.exec(type)?.[1];
    return {
      name: column.name,
      type: type.replace(/\s*\([^)]*\)/, ''),
      maxLength: length === undefined ? null : Number(length),
      nullable: column.nullable,
      primaryKey: table.primaryKey.includes(column.name),
      foreignKey: foreignKeyOf(table, column.name) !== undefined,
      comment: text.columns[index]!.comment,
      defaultValue: column.default?.sql ?? null,
      enumValues: columnFacts(table, column).enumeration,
    };
  });
}

/** Describes one table; `asked` tells whether the model was asked in vain. */
export async function describeTable(
  options: DescribeTableOptions,
): Promise<TableDescription & { modelFailed: boolean }> {
  const { datasource, schema, model, businessContext, signal } = options;
  const table = await withValues(datasource, schema, options.table, signal);
  const language = options.language ?? languageOf(businessContext, [table]);
  const asked = model !== null && lacksComments(table);
  const proposed = asked ? await proposeComments(model, table, { businessContext, language, signal }) : null;
  const text = tableText(table, language, proposed ?? new Map());
  return {
    ddl: tableDdl(table, schema, text),
    md: tableDocument(table, text),
    comment: text.comment,
    fields: fieldsOf(table, text),
    rowCount: table.rowCount,
    modelFailed: asked && proposed === null,
  };
}
