/** MySQL and MariaDB functions that only compute: no files, locks, waiting, server or session state, sequences. */
import { nameSet } from './common-functions.ts';

export const MYSQL_FUNCTIONS = nameSet(`
abs acos adddate addtime add_months against any_value ascii asin atan atan2 avg bin bit_and bit_count bit_length bit_or bit_xor
cast ceil ceiling char char_length character_length chr coalesce coercibility collation concat concat_ws conv convert convert_tz cos cot count
crc32 cume_dist curdate current_date current_time current_timestamp curtime date date_add date_format date_sub datediff
day dayname dayofmonth dayofweek dayofyear default degrees dense_rank elt exp export_set extract field find_in_set first_value
floor format format_bytes from_base64 from_days from_unixtime get_format greatest group_concat grouping hex hour if ifnull
inet_aton inet_ntoa insert instr interval isnull json_array json_array_append json_array_insert json_array_intersect json_arrayagg
json_compact json_contains json_contains_path json_depth json_detailed json_equals json_exists json_extract json_insert json_keys
json_length json_loose json_merge_patch json_merge_preserve json_normalize json_object json_object_filter_keys json_objectagg json_overlaps
json_pretty json_query json_quote json_remove json_replace json_search json_set json_table json_type json_unquote
json_valid json_value lag last_day last_value lcase lead least left length lengthb ln localtime localtimestamp locate log log10 log2
lower lpad ltrim makedate maketime make_set match max md5 median microsecond mid min minute mod month monthname months_between natural_sort_key
now nth_value ntile nullif nvl nvl2 oct octet_length ord percent_rank percentile_cont percentile_disc period_add period_diff pi
position pow power quarter quote radians rand rank regexp_instr regexp_like regexp_replace regexp_substr repeat replace
reverse right round row_number rpad rtrim second sec_to_time sha sha1 sha2 sign sin soundex space sqrt std stddev stddev_pop
stddev_samp str_to_date strcmp subdate substr substring substring_index subtime sum sysdate tan time time_format
time_to_sec timediff timestamp timestampadd timestampdiff to_base64 to_char to_date to_days to_seconds trim trunc truncate ucase
unhex unix_timestamp upper utc_date utc_time utc_timestamp uuid uuid_to_bin var_pop var_samp variance week weekday
weekofyear weight_string year yearweek
`);
