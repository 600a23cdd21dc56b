/** Only these forms may occur anywhere in the tree. Everything else — statements, properties, what a new parser adds — is refused. */
import type { ParsedStatement, TreeValue } from '../parse/index.ts';
import { isTreeObject, treeName } from '../parse/index.ts';
import { ALLOWED_FUNCTIONS } from './functions/allowed-functions.ts';
import { nameSet } from './functions/common-functions.ts';
import type { GuardFailure } from './guard-failure.ts';
import { BRACKET_WORDS, TYPE_WORDS } from './known-words.ts';

const QUERY_FORMS = nameSet('select union intersect except subquery values paren pivot');

const EXPRESSION_FORMS = nameSet(`
literal boolean null identifier column table star select union intersect except subquery pivot pivot_alias unpivot unpivot_columns values alias cast
collation case and or add sub mul div mod eq neq lt lte gt gte like i_like match bitwise_and bitwise_or bitwise_xor concat
adjacent ts_match array_contains_all array_contained_by array_overlaps j_s_o_n_b_contains_all_top_keys
j_s_o_n_b_contains_any_top_keys j_s_o_n_b_delete_at_path not neg bitwise_not in between is_null is_true is_false is_json is
exists member_of function aggregate_function window_function from join joined_table where group_by having order_by limit
offset qualify with cte lateral_view pseudocolumn ordered window over within_group data_type array struct tuple interval concat_ws
substring upper lower length trim l_trim r_trim replace reverse left right repeat lpad rpad split regexp_like regexp_replace
regexp_extract overlay abs round floor ceil power sqrt cbrt ln log exp sign greatest least current_date current_time
current_timestamp current_timestamp_l_t_z at_time_zone date_add date_sub date_diff date_trunc extract to_date to_timestamp
date time unix_date unix_seconds unix_millis unix_micros coalesce null_if if_func if_null nvl nvl2 try_cast safe_cast count
sum avg min max group_concat string_agg list_agg array_agg count_if sum_if stddev stddev_pop stddev_samp variance var_pop
var_samp median mode first last any_value approx_distinct approx_count_distinct approx_percentile percentile logical_and
logical_or skewness bitwise_count row_number rank dense_rank n_tile lead lag first_value last_value nth_value percent_rank
cume_dist percentile_cont percentile_disc contains starts_with ends_with position initcap ascii chr char_func soundex
levenshtein byte_length hex lower_hex unicode mod_func random rand trunc_func pi radians degrees sin cos tan asin acos atan
atan2 is_nan is_inf int_div decode date_format format_date year month day hour minute second day_of_week day_of_week_iso
day_of_month day_of_year week_of_year quarter add_months months_between last_day next_day epoch epoch_ms from_unixtime
unix_timestamp make_date make_timestamp timestamp_trunc s_h_a s_h_a1_digest array_func array_length array_size cardinality
array_contains array_position array_append array_prepend array_concat array_sort array_reverse array_distinct array_join
array_to_string unnest array_filter array_transform array_flatten array_compact array_intersect array_union array_except
array_remove array_zip sequence to_array struct_func struct_extract named_struct map_func map_from_entries map_from_arrays map_keys map_values
map_contains_key map_concat element_at json_extract json_extract_scalar json_extract_path json_array json_object json_query
json_value json_array_length json_keys json_type parse_json to_json json_set json_insert json_remove json_merge_patch
json_array_agg json_object_agg convert typeof lambda named_argument null_safe_eq null_safe_neq glob similar_to any all
overlaps bitwise_left_shift bitwise_right_shift bitwise_and_agg bitwise_or_agg bitwise_xor_agg subscript dot method_call array_slice
paren annotated table_alias hex_string_expr comprehension filter fetch group cube rollup grouping_sets lateral rows_from
index_table_hint table_sample window_spec interval_op interval_span arg_max arg_min approx_quantiles approx_quantile transform translate
grouping grouping_id anonymous list to_map pad to_char to_number to_double string_func columns convert_to_charset
generate_series array_all array_any string_to_array array_sum object_agg current_datetime localtime localtimestamp utc_time utc_timestamp timestamp
date_bin datetime datetime_add datetime_sub datetime_diff datetime_trunc dayname make_interval elt timestamp_add
timestamp_sub timestamp_diff time_add time_sub time_diff time_trunc date_from_parts time_from_parts encode getbit hex_encode xor nullif j_s_o_n
j_s_o_n_path j_s_o_n_path_key j_s_o_n_path_subscript j_s_o_n_path_root j_s_o_n_path_recursive j_s_o_n_path_slice j_s_o_n_keys
j_s_o_n_key_value j_s_o_n_object j_s_o_n_object_agg j_s_o_n_b_object_agg j_s_o_n_array j_s_o_n_array_agg j_s_o_n_exists
j_s_o_n_column_def j_s_o_n_schema j_s_o_n_set j_s_o_n_strip_nulls j_s_o_n_value j_s_o_n_remove j_s_o_n_table j_s_o_n_type
j_s_o_n_b_exists j_s_o_n_b_contains j_s_o_n_b_extract j_s_o_n_extract j_s_o_n_extract_quote j_s_o_n_extract_array j_s_o_n_extract_scalar
j_s_o_n_b_extract_scalar j_s_o_n_format j_s_o_n_array_append j_s_o_n_array_contains j_s_o_n_array_insert parse_j_s_o_n map map_cat
slice match_against m_d5_digest monthname ntile normalize quantile reduce regexp_extract_all regexp_i_like regexp_full_match
regexp_instr regexp_split regexp_count regr_valx regr_valy regr_avgy regr_avgx regr_count regr_intercept regr_r2 regr_sxx
regr_sxy regr_syy regr_slope safe_divide s_h_a2 s_h_a2_digest sort_array split_part substring_index str_position str_to_date
date_str_to_date date_to_date_str str_to_time str_to_unix number_to_str from_base time_to_str ts_or_ds_add ts_or_ds_diff ts_or_ds_to_date
unhex unix_to_str unix_to_time uuid corr width_bucket covar_samp covar_pop week introducer operator var pivot_any
unix_to_time_str time_str_to_date base64_encode base64_decode_string base64_decode_binary to_base64 from_base64 element_at
`);

/** Fields that, standing alone in a field bag, look like a variant. */
const FIELD_BAGS = nameSet(`
this expressions name value num_buckets args offset percent spec fields elements parameters low high left right span names type unit custom simple preceding following all recursive ctes Preceding Following Custom Expr columns start end kind
`);

/** Functions that are called without brackets. */
const CLOCKS = nameSet(
  'current_date current_time current_timestamp localtime localtimestamp utc_date utc_time utc_timestamp',
);
const CALL_FORMS = nameSet('function aggregate_function method_call anonymous');

/** What the tree shows as a call although the text has none, or calls a type or a constructor. */
const CALL_LIKE: ReadonlySet<string> = new Set([...TYPE_WORDS, ...BRACKET_WORDS, ...CLOCKS, 'grouping sets']);

/** The lower-case name that a call node has; null when it has none of its own. */
function calledName(value: TreeValue | undefined): string | null {
  if (!isTreeObject(value)) return null;
  const name = typeof value.name === 'string' ? value.name : treeName(value.method)?.name;
  return name?.toLowerCase() ?? null;
}

/** The first form of the tree that is not allowed, or null. */
export function checkTree({ tree, dialect }: ParsedStatement): GuardFailure | null {
  if (!QUERY_FORMS.has(tree.variant)) {
    return refuse(`Only queries are allowed; this is ${shownForm(tree.variant)}.`);
  }
  return walk({ [tree.variant]: tree.data }, ALLOWED_FUNCTIONS[dialect]);
}

function walk(value: TreeValue | undefined, functions: ReadonlySet<string>): GuardFailure | null {
  if (Array.isArray(value)) {
    for (const item of value) {
      const failure = walk(item, functions);
      if (failure !== null) return failure;
    }
    return null;
  }
  if (!isTreeObject(value)) return null;
  const keys = Object.keys(value);
  if (keys.length === 1) {
    const key = keys[0] as string;
    const bag = FIELD_BAGS.has(key);
    if (!bag && !EXPRESSION_FORMS.has(key)) {
      return refuse(`${shownForm(key)} is not allowed in a query that only reads.`);
    }
    const called = CALL_FORMS.has(key) ? calledName(value[key]) : null;
    if (called !== null && !functions.has(called) && !CALL_LIKE.has(called)) {
      return { ...refuse(`The function "${called}" is not allowed.`), code: 'function-not-allowed', name: called };
    }
  }
  for (const key of keys) {
    if (key === 'span') continue;
    const child = value[key];
    if (typeof child !== 'object' || child === null) continue;
    const failure = walk(child, functions);
    if (failure !== null) return failure;
  }
  return null;
}

const shownForm = (variant: string): string => `"${variant.replaceAll('_', ' ').toUpperCase()}"`;

const refuse = (message: string): GuardFailure => ({
  code: 'sql-not-read-only',
  message,
  name: null,
  nearest: [],
  position: null,
});
