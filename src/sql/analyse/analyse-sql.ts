/** What a statement reads and how: for reports, reviews and the guard's own record. */
import type { ParsedStatement } from '../parse/index.ts';
import type { DatabaseSchema, TableRef } from '../schema/database-schema.ts';
import { bindStatement } from './bind-statement.ts';
import type { Binding, BindingProblem, ColumnUsage, JoinUsage } from './binding.ts';
import { readRowLimit } from './row-limit.ts';

export interface SqlAnalysis {
  readonly tables: readonly TableRef[];
  /** Base columns with the clauses that use them. */
  readonly columns: readonly ColumnUsage[];
  readonly joins: readonly JoinUsage[];
  /** Lower-case names, e.g. `sum`, `count`. */
  readonly aggregates: readonly string[];
  /** Every function called, aggregates included, lower case. */
  readonly functions: readonly string[];
  readonly windows: number;
  readonly subqueries: number;
  readonly ctes: number;
  readonly setOperations: number;
  /** The outermost literal LIMIT as written; null when there is none or it is an expression. */
  readonly limit: number | null;
  /** Names of the result columns; null where the engine makes the name up. */
  readonly output: readonly (string | null)[];
  /** Names that the catalog does not have, and forms that were not understood. */
  readonly problems: readonly BindingProblem[];
}

const AGGREGATES = new Set(
  `count sum avg min max group_concat string_agg list_agg listagg array_agg list stddev stddev_pop stddev_samp variance
  var_pop var_samp median mode first last any_value approx_distinct approx_count_distinct percentile_cont percentile_disc
  quantile quantile_cont quantile_disc bool_and bool_or every count_if countif sum_if total json_group_array json_group_object
  json_agg jsonb_agg json_object_agg jsonb_object_agg json_arrayagg json_objectagg arg_max arg_min max_by min_by corr covar_pop
  covar_samp regr_slope regr_intercept regr_r2 histogram product entropy mad skewness kurtosis bit_and bit_or bit_xor logical_and
  logical_or approx_quantile std favg fsum`.split(/\s+/),
);

/** Analyses a parsed statement against a catalog; works on statements with unknown names, too, and lists those. */
export function analyseSql(parsed: ParsedStatement, schema: DatabaseSchema): SqlAnalysis {
  return analysisOf(parsed, bindStatement(parsed, schema));
}

/** The analysis of a binding that was made already. */
export function analysisOf(parsed: ParsedStatement, binding: Binding): SqlAnalysis {
  const tables = new Map(
    binding.references.map(({ table }) => [`${table.ref.schema}\u0000${table.ref.name}`, table.ref]),
  );
  const calls = calledNames(parsed);
  return {
    tables: [...tables.values()],
    columns: binding.columns,
    joins: binding.joins,
    aggregates: calls.filter((name) => AGGREGATES.has(name)),
    functions: calls,
    windows: binding.counts.windows,
    subqueries: binding.counts.subqueries,
    ctes: binding.counts.ctes,
    setOperations: binding.counts.setOperations,
    limit: readRowLimit(parsed).count,
    output: binding.output.map((column) => (column.unnamed ? null : column.name)),
    problems: binding.problems,
  };
}

const NOT_CALLED =
  /^(?:in|and|or|not|from|join|on|using|values|as|over|exists|any|all|some|case|when|then|else|select|where|by|having|limit|offset|distinct|union|except|intersect|between|like|is|lateral|with|sets|filter|recursive|end|materialized|interval|array|row)$/i;

/** Words followed by a bracket, apart from keywords and names that carry a column list. */
function calledNames({ tokens }: ParsedStatement): readonly string[] {
  const names = new Set<string>();
  tokens.forEach((token, index) => {
    if (token.kind !== 'word' || tokens[index + 1]?.text !== '(' || NOT_CALLED.test(token.text)) return;
    const before = tokens[index - 1];
    const isAlias =
      before !== undefined &&
      (/^(?:as|with|recursive)$/i.test(before.text) ||
        before.text === ')' ||
        before.kind === 'quoted' ||
        before.kind === 'string');
    if (!isAlias) names.add(token.text.toLowerCase());
  });
  return [...names];
}
