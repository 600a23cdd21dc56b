/**
 * Words that a query may contain without being a name: keywords, types, units. A word that is none of these, no name
 * of the tree and no call makes the statement unreadable: the tree left something out.
 */
import { nameSet } from './functions/common-functions.ts';

/** Keywords that may stand before a bracket without calling anything. */
export const BRACKET_WORDS = nameSet(`
select distinct all from where having on using and or not in exists any some between like ilike rlike regexp similar to is as with
recursive materialized lateral join inner outer left right full cross natural anti semi asof positional straight_join union intersect except
by when then else case over filter sets rollup cube grouping within values array row exclude except replace rename ignore
respect limit offset fetch first next partition order group window qualify escape div mod xor only tablesample sample bernoulli system
reservoir repeatable pivot unpivot for include return columns nulls at end rows range groups overlaps symmetric
asymmetric table ordinality name like_regex collate null true false distinctrow both leading trailing
`);

/** Types that may be followed by a bracket, and all type words. */
export const TYPE_WORDS = nameSet(`
int integer int1 int2 int4 int8 int16 int32 int64 int128 bigint smallint tinyint mediumint hugeint uhugeint ubigint uinteger usmallint utinyint
unsigned signed decimal numeric dec number real float float4 float8 double precision boolean bool bit varbit char character varchar nchar
nvarchar varying text string tinytext mediumtext longtext clob blob binary varbinary bytea uuid json jsonb date datetime
time timetz timestamp timestamptz timestamp_s timestamp_ms timestamp_ns zone without interval year money bpchar inet cidr macaddr
point tsvector tsquery name list struct map array union enum set bignum varint int4range int8range numrange daterange tsrange
tstzrange xml
`);

/** Every other keyword of a query, its clauses, windows, units and hints. */
export const OTHER_WORDS = nameSet(`
a add absent after against age aliases apply asc ascending before beginning both breadth cascade century character charset
conditional content corresponding current current_date current_time current_timestamp current_localtime current_localtimestamp
day day_hour day_microsecond day_minute day_second days decade decades default depth desc descending document dow doy each empty
epoch error exact exclude extract first following force glob format from full generated glob group groups high_priority hour
hour_microsecond hour_minute hour_second hours if implicit index indexed interval invisible isnull isodow isoyear join key keys
language last local localtime localtimestamp lower match matched microsecond microseconds millennium millennia
millisecond milliseconds minute minute_microsecond minute_second minutes mode modifies month months nanosecond nanoseconds natural
nested next no none nothing notnull null nulls object of off omit on only open order ordered others path percent placing
position preceding quarter quarters query quotes range read reads returning row rows ruleset scalar second
second_microsecond seconds separator some sounds spatial sql_big_result sql_buffer_result sql_cache sql_calc_found_rows sql_no_cache
sql_small_result stratify sum ties time timezone top trailing true uescape unbounded unconditional unique unknown use using value values
verbose view wait week weeks when without wrapper year year_month years zone false asc boolean natural_language expansion
collate expansion skip last_value utf8 utf8mb4 latin1 nocase rtrim lambda fill timezone_hour timezone_minute
`);
