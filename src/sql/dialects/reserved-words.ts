/**
 * Words that cannot stand bare as a table, column or alias name. Found by trying every keyword of the four
 * engines in each of those positions on the real engine and on our parser; a word that failed anywhere is here.
 */
import type { DialectName } from './dialect-name.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

const everywhere = words(`
  all alter and as binary both case cast check collate constraint create cross cube current_catalog current_date
  current_role current_schema current_time current_timestamp current_user date datetime default delete distinct
  distinctrow drop else except exists false foreign from getdate group having if in inner insert intersect
  interval into is join lambda lateral leading limit localtime localtimestamp minus natural not now null on only
  or order primary qualify references returning rollup select session_user set sysdate system_user table then time
  timestamp to top trailing true try_cast union unique unpivot using utc_date utc_time utc_timestamp when where
  with
`);

/** Lower-case reserved words of each dialect. */
export const RESERVED_WORDS: Readonly<Record<DialectName, ReadonlySet<string>>> = {
  duckdb: new Set([
    ...everywhere,
    ...words(`
  analyse analyze anti any array asc asof asymmetric at authorization by collation column concurrently deferrable
  desc describe do end fetch for freeze full glob ilike initially isnull left like notnull offset outer overlaps
  pivot pivot_longer pivot_wider placing positional right semi show similar some summarize symmetric tablesample
  unpack variadic verbose window
`),
  ]),
  sqlite: new Set([
    ...everywhere,
    ...words(`
  add autoincrement between commit deferrable escape index isnull nothing notnull raise transaction update values
`),
  ]),
  postgres: new Set([
    ...everywhere,
    ...words(`
  analyse analyze any array asc asymmetric authorization cmax cmin collation column concurrently ctid deferrable
  desc do end fetch for freeze full grant ilike initially isnull left like notnull offset outer overlaps placing
  right similar some symmetric tableoid tablesample user variadic verbose window xmax xmin
`),
  ]),
  mysql: new Set([
    ...everywhere,
    ...words(`
  accessible add analyze array asc asensitive before between bigint blob by call cascade change char character
  column condition continue convert cume_dist cursor databases day_hour day_microsecond day_minute day_second dec
  decimal declare delayed delete_domain_id dense_rank desc describe deterministic div do_domain_ids double dual
  each elseif empty enclosed escaped exit explain fetch first_value float float4 float8 for force fulltext
  function grant grouping groups high_priority hour_microsecond hour_minute hour_second ignore ignore_domain_ids
  index infile inout insensitive int int1 int2 int3 int4 int8 integer iterate json_table key keys kill lag
  last_value lead leave left like linear lines load lock long longblob longtext loop low_priority manual
  master_demote_to_replica master_demote_to_slave master_ssl_verify_server_cert match maxvalue mediumblob
  mediumint mediumtext member middleint minute_microsecond minute_second mod modifies no_write_to_binlog nth_value
  ntile numeric of offset optimize optionally out outer outfile over page_checksum parallel parse_vcol_expr
  partition percent_rank portion precision procedure purge range rank read read_write reads real recursive
  ref_system_id regexp release rename repeat replace require resignal restrict return revoke right rlike
  row_number rows schemas second_microsecond sensitive separator show signal smallint spatial specific sql
  sql_big_result sql_buffer_result sql_cache sql_calc_found_rows sql_no_cache sql_small_result sqlexception
  sqlstate sqlwarning ssl starting stats_auto_recalc stats_persistent stats_sample_pages straight_join system
  tablesample terminated tinyblob tinyint tinytext trigger undo unlock unsigned update usage use values varbinary
  varchar varcharacter varying while window write xor year_month zerofill
`),
  ]),
};
