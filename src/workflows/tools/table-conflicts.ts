/** Whether the database already has a table like one that somebody wants, or like another one. */
import { createHash } from 'node:crypto';
import { renderTableDdl, type Table } from '../../sql/index.ts';
import { fullName, isTable, requireTable } from './find-table.ts';
import { nameSimilarity } from './similar-names.ts';
import { say, succeeded, type Tool, type ToolContext, textOf } from './tool.ts';

const LAYERS = ['ods', 'dwd', 'dws', 'ads'] as const;
/** Bookkeeping columns that all tables of a warehouse share say nothing about likeness. */
const COMMON = /^(id|created_?at|updated_?at|create_time|update_time|etl_date|dt|is_deleted)$/i;

export const checkTableConflictsTool: Tool = {
  name: 'check_table_conflicts',
  description: 'Finds tables that are nearly the same as a table: names, columns, comments.',
  parameters: { table_name: { type: 'string', description: 'name of the table', required: true } },
  async run(input, context) {
    const table = requireTable(textOf(input, 'table_name'), context);
    if (!isTable(table)) return table;
    const { schema } = context.source;
    const matches = schema.tables
      .filter((other) => other !== table)
      .map((other) => compare(table, other, context))
      .filter((match) => match.similarity_score > 0.3)
      .sort((a, b) => b.similarity_score - a.similarity_score)
      .slice(0, 10);
    const best = matches[0]?.similarity_score ?? 0;
    return succeeded({
      exists_similar: matches.some((match) => match.similarity_score > 0.5),
      target_table: {
        name: fullName(table),
        columns: table.columns.map((column) => column.name),
        ddl_hash: createHash('sha256').update(renderTableDdl(table, schema.dialect)).digest('hex').slice(0, 16),
        estimated_rows: table.rowCount,
      },
      matches,
      duplicate_build_risk: best > 0.9 ? 'high' : best > 0.5 ? 'medium' : 'low',
      layering_violations: layeringViolations(table),
    });
  },
};

function compare(table: Table, other: Table, { language }: ToolContext) {
  const own = new Set(informative(table));
  const theirs = informative(other);
  const matching = theirs.filter((name) => own.has(name));
  const union = new Set([...own, ...theirs]).size;
  const columns = union === 0 ? 0 : matching.length / union;
  const name = nameSimilarity(table.ref.name, other.ref.name);
  const comment = table.comment && other.comment ? nameSimilarity(table.comment, other.comment) : 0;
  const score = Math.round((0.7 * columns + 0.2 * name + 0.1 * comment) * 100) / 100;
  const type =
    score > 0.9 ? 'duplicate' : score > 0.7 ? 'similar_business' : score > 0.5 ? 'structural_overlap' : 'minor_overlap';
  return {
    table_name: fullName(other),
    similarity_score: score,
    conflict_type: type,
    matching_columns: matching,
    column_similarity: Math.round(columns * 100) / 100,
    business_conflict: score > 0.7,
    recommendation:
      score > 0.7
        ? say(language, `Use ${fullName(other)} instead of building it again`, `复用 ${fullName(other)}，避免重复建设`)
        : say(language, 'No action needed', '无需处理'),
  };
}

const informative = (table: Table): string[] =>
  table.columns.map((column) => column.name.toLowerCase()).filter((name) => !COMMON.test(name));

const layerOf = (name: string): number => LAYERS.findIndex((layer) => name.toLowerCase().startsWith(`${layer}_`));

/** A table of a lower layer that refers to one of a higher layer. */
function layeringViolations(table: Table): string[] {
  const own = layerOf(table.ref.name);
  if (own < 0) return [];
  return table.foreignKeys
    .filter((key) => layerOf(key.referenced.name) > own)
    .map(
      (key) => `${table.ref.name} (${LAYERS[own]}) → ${key.referenced.name} (${LAYERS[layerOf(key.referenced.name)]})`,
    );
}
