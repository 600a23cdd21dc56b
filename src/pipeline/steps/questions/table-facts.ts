/** What can be asked about a table: its measures, what they can be grouped by (over the key graph), and its date. */
import type { Language } from '../../../planning/index.ts';
import type { Column, ColumnExpr, DatabaseSchema, Scalar, Table, TableSource } from '../../../sql/index.ts';
import { columnFacts, foreignKeyOf } from '../ddl/column-facts.ts';
import { columnLabel, entityLabel, groupLabel, WHOLE_NAME } from '../naming/labels.ts';
import { plural } from './english-nouns.ts';
import { column as columnExpr, compare } from './plan-parts.ts';

export interface Measure {
  readonly column: Column;
  readonly expr: ColumnExpr;
  readonly label: string;
  /** Values of several rows add up; prices, rates and ages do not. */
  readonly additive: boolean;
}

export interface Dimension {
  readonly label: string;
  readonly expr: ColumnExpr;
  /** The tables between the fact and the dimension, joined from the fact's side. */
  readonly joins: readonly TableSource[];
  readonly table: Table;
  readonly column: Column;
  /** Values to filter by, most frequent first. */
  readonly values: readonly string[];
  /** True for the name of a thing, false for an enumeration. */
  readonly isName: boolean;
}

/** A table that rows refer to, with the way there. */
export interface Parent {
  readonly table: Table;
  readonly label: string;
  readonly name: Column;
  /** The pair of columns, for the direct parents only. */
  readonly key: { readonly child: string; readonly parent: string } | null;
}

export interface TableFacts {
  readonly table: Table;
  readonly source: TableSource;
  readonly label: string;
  /** True when the date says when the row happened, not something about a thing that is, such as its first day. */
  readonly happens: boolean;
  /** Rows that happen and measure something, rather than things that are. */
  readonly isEvent: boolean;
  readonly name: Column | null;
  readonly measures: readonly Measure[];
  readonly dimensions: readonly Dimension[];
  readonly date: ColumnExpr | null;
  readonly dateLabel: string;
  readonly parents: readonly Parent[];
  /** Only keys of two or more parents. */
  readonly isLink: boolean;
}

const NUMERIC = new Set(['integer', 'decimal', 'float']);
const NO_MEASURE =
  /(?:^|_)(?:id|no|num|code|key|year|month|day|week|hour|lat\w*|lon\w*|lng|zip\w*|phone|tel|fax|status|state|type|version|seq|sort|order_no|level|flag|is_\w+|is|has)$|(?:Id|No|Code)$|^(?:is|has)_/i;
const NOT_ADDITIVE =
  /rate|length|width|height|depth|level|discount(?!.*amount)|折扣(?!.*额)|ratio|price|percent|pct|age$|score|avg|average|temperature|unit_?cost|率|单价|单位成本|价格|年龄|评分|比例|平均|均价|长度|高度|宽度|身高/i;
/** Another name of what has a name: nobody asks by both. */
const OTHER_NAME =
  /(?:^|_)(?:local|short|full|long|display|english|chinese|alternative|alt|old)_?name$|[中英外简全别旧]文?名(?:称|字)?(?:$|[（(，,])/i;
const NAME = /(?:^|_)(?:name|title)$|(?:Name|Title)$|^(?:name|title)$/;
/** A part of a person's name is shared by several. */
const PART_OF_NAME = /first|last|middle|given|family|sur_?name/i;
/** When a row was written, not when what it tells happened. */
const BOOKKEEPING = /updat|modif|insert|creat|delet|etl|load|sync|^last/i;
/** What happened once to a thing: its own date, not that of what is measured. */
const DATE_OF_A_THING =
  /hire|birth|born|(?:^|_)join|regist|sign_?up|enrol|open|found|launch|releas|publish|expir|due|death|graduat|入职|出生|生日|注册|开业|成立|到期|上市|上线|建成|毕业/i;
/** How to reach somebody, and secrets: nobody counts or groups by them. */
const CONTACT =
  /(?:^|_)(?:fax|tele?phone|phone|tel|mobile|cell|e_?mail|mail|url|uri|website|web_?site|home_?page|address\d?|street|post_?code|postal_?code|zip|password|pwd|hash|token|uuid|guid|ip|ssn|salutation|honorific|title_of_courtesy)(?:_?(?:no|num|number|code|address))?$/;
const CONTACT_LABEL = /电话|传真|手机|邮箱|邮件地址|网址|邮编|邮政编码|密码|详细地址|身份证/;
/** Values that only say yes or no: a question that quotes them says nothing. */
const YES_OR_NO = /^(?:0|1|y|n|yes|no|t|f|true|false)$/i;
const PAYMENT = /^(?:wechat|alipay|paypal|cash|(?:credit |debit )?card)$/i;
const CURRENCY = /^(?:rmb|cny|usd|eur|gbp|jpy)$/i;
const BARE = /^(?:total|sum|amount|value|cost|grand total|subtotal)$/i;
/** Things that are counted one by one. */
const COUNTABLE =
  /(?:^| )(?:order|customer|visitor|visit|user|ticket|car|vehicle|passenger|guest|click|view|session|employee|member|student|item|unit|transaction|booking|trip|call|seat|room)$/i;
const SAYS_LITTLE = /^(?:title|type|kind|name|status|state|code|category|level|class)$/i;
const MOST_HOPS = 3;
const LEAST_DISTINCT = 0.6;
const MOST_NAMES = 300;
const LONGEST_VALUE = 30;

const keyOf = (table: Table): string => `${table.ref.schema ?? ''}.${table.ref.name}`;

export function tableOf(schema: DatabaseSchema, ref: Table['ref']): Table | undefined {
  return schema.tables.find((table) => table.ref.name === ref.name && table.ref.schema === ref.schema);
}

/** The title of whoever has a first and a last name is what they do. */
const isNamed = (table: Table, { name }: Column): boolean =>
  NAME.test(name) && !(/title$/i.test(name) && table.columns.some((column) => PART_OF_NAME.test(column.name)));

/** The column that names the rows of a table for people. */
export function nameColumn(table: Table): Column | null {
  const texts = table.columns.filter((column) => column.type === 'text' && !foreignKeyOf(table, column.name));
  const named = texts.filter(
    (column) => !PART_OF_NAME.test(column.name) && (isNamed(table, column) || /名称|姓名/.test(column.comment ?? '')),
  );
  // What several rows share (a job title) does not name them.
  const distinguishes = ({ values }: Column): boolean =>
    !values?.complete || table.rowCount === null || values.list.length >= table.rowCount * LEAST_DISTINCT;
  return named.find(distinguishes) ?? null;
}

const filterValues = (column: Column): string[] =>
  (column.values?.list ?? [])
    .filter((value: Scalar): value is string => typeof value === 'string')
    .filter((value) => value.trim() !== '' && value.length <= LONGEST_VALUE);

function ownDimensions(table: Table, language: Language, joins: readonly TableSource[], alias: string): Dimension[] {
  const name = nameColumn(table);
  return table.columns.flatMap((column): Dimension[] => {
    const { enumeration } = columnFacts(table, column);
    const list = filterValues(column);
    if (CONTACT.test(snake(column.name)) || CONTACT_LABEL.test(column.comment ?? '')) return [];
    if (list.length > 0 && list.every((value) => YES_OR_NO.test(value))) return [];
    const repeats = table.rowCount !== null && list.length > 1 && table.rowCount >= list.length * 3;
    const isName =
      column === name || (isNamed(table, column) && !PART_OF_NAME.test(column.name) && column.type === 'text');
    // Among its own rows a name groups only where it repeats; for the rows of another table it always does.
    const isOtherName = OTHER_NAME.test(column.name) || OTHER_NAME.test(column.comment ?? '');
    if (name !== null && column !== name && isOtherName) return [];
    const groups = enumeration !== null || (isName && list.length <= MOST_NAMES && (joins.length > 0 || repeats));
    if (!groups) return [];
    const label = groupLabel(column, language);
    const owner = entityLabel(table, language);
    const isGeneric = language === 'zh' ? label.length <= 2 : SAYS_LITTLE.test(label);
    const short = isGeneric && joins.length > 0 && !owner.includes(label);
    // The name of a thing is called as the thing itself.
    const isPlainName =
      column === name && (/^(?:名称|名字|姓名|标题|name|title)$/i.test(label) || WHOLE_NAME.test(label));
    return [
      {
        label: isPlainName ? owner : short ? (language === 'zh' ? `${owner}${label}` : `${owner} ${label}`) : label,
        expr: columnExpr(alias, column.name),
        joins,
        table,
        column,
        values: enumeration === null || list.length > 0 ? list : enumeration,
        isName: enumeration === null,
      },
    ];
  });
}

function sourceOf(table: Table): TableSource {
  return { kind: 'table', alias: table.ref.name, table: table.ref, join: null };
}

interface Reached {
  readonly table: Table;
  readonly joins: readonly TableSource[];
  readonly key: Parent['key'];
}

/** The tables that a row leads to over single-column keys, nearest first; each once. */
function reachable(table: Table, schema: DatabaseSchema): Reached[] {
  const seen = new Set([keyOf(table)]);
  const aliases = new Set([table.ref.name]);
  const found: Reached[] = [];
  let front: Reached[] = [{ table, joins: [], key: null }];
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    const next: Reached[] = [];
    for (const here of front) {
      for (const key of here.table.foreignKeys) {
        const target = tableOf(schema, key.referenced);
        const child = key.columns[0];
        const parent = key.referencedColumns[0];
        if (!target || key.columns.length !== 1 || !child || !parent) continue;
        if (seen.has(keyOf(target)) || aliases.has(target.ref.name)) continue;
        seen.add(keyOf(target));
        aliases.add(target.ref.name);
        const on = compare('=', columnExpr(here.table.ref.name, child), columnExpr(target.ref.name, parent));
        const join: TableSource = { ...sourceOf(target), join: { kind: 'inner', on } };
        next.push({ table: target, joins: [...here.joins, join], key: hop === 0 ? { child, parent } : null });
      }
    }
    found.push(...next);
    front = next;
  }
  return found;
}

/** `orderId` and `order_id` are one name. */
const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/**
 * What a number is called in English where only its name tells: `pay_sum` is a payment that is summed up already, `wx`
 * an amount paid in some way, `visitor_count` a number of visitors, and `total` needs the thing it is the total of.
 */
function measureLabel(column: Column, table: Table, language: Language): string {
  const label = columnLabel(column, language);
  if (language !== 'en') return label;
  if (PAYMENT.test(label)) return `${label} payment amount`;
  if (CURRENCY.test(label)) return `${label} amount`;
  if (BARE.test(label)) {
    const owner = entityLabel(table, language);
    return owner.toLowerCase().includes(label.toLowerCase()) ? label : `${owner} ${label}`;
  }
  const counted = /^(.+?) (?:sum|total|count|cnt|number|num)$/i.exec(label)?.[1];
  const base = counted ?? label;
  if (column.type === 'integer' && (/ (?:count|cnt|number|num)$/i.test(label) || COUNTABLE.test(base)))
    return plural(base);
  return counted !== undefined && / (?:sum|total)$/i.test(label) ? base : label;
}

function measuresOf(table: Table, language: Language): Measure[] {
  return table.columns.flatMap((column): Measure[] => {
    const name = snake(column.name);
    if (!NUMERIC.has(column.type) || NO_MEASURE.test(name) || CONTACT.test(name)) return [];
    if (table.primaryKey.includes(column.name) || foreignKeyOf(table, column.name)) return [];
    if (column.values?.complete && column.values.list.length <= 2) return [];
    const label = measureLabel(column, table, language);
    if (/编号|编码|经度|纬度|标志/.test(label) || CONTACT_LABEL.test(label)) return [];
    const additive = !NOT_ADDITIVE.test(name) && !NOT_ADDITIVE.test(label);
    return [{ column, expr: columnExpr(table.ref.name, column.name), label, additive }];
  });
}

/** `总支付金额` and `total amount` say most about a table: such measures come first. */
const weight = (measure: Measure, language: Language): number =>
  (/总|合计|total|amount|sum|revenue/i.test(`${columnLabel(measure.column, language)} ${measure.column.name}`)
    ? 2
    : 0) +
  (measure.additive ? 1 : 0) +
  (measure.column.type === 'decimal' ? 1 : 0);

/** Collects what can be asked about a table. */
export function tableFacts(table: Table, schema: DatabaseSchema, language: Language): TableFacts {
  const reached = reachable(table, schema);
  const keys = new Set(table.foreignKeys.flatMap((key) => key.columns));
  const dates = table.columns.filter(
    ({ name, type }) => (type === 'date' || type === 'timestamp') && !BOOKKEEPING.test(name),
  );
  const date = dates.find((column) => column.type === 'date') ?? dates[0] ?? null;
  const dateLabel = date ? columnLabel(date, language) : '';
  const happens = date !== null && !DATE_OF_A_THING.test(`${date.name} ${dateLabel}`);
  const measures = measuresOf(table, language).sort((a, b) => weight(b, language) - weight(a, language));
  const parents = reached.flatMap(({ table: parent, key }): Parent[] => {
    const name = nameColumn(parent);
    return name ? [{ table: parent, label: entityLabel(parent, language), name, key }] : [];
  });
  const dimensions = [
    ...ownDimensions(table, language, [], table.ref.name),
    ...reached.flatMap(({ table: parent, joins }) => ownDimensions(parent, language, joins, parent.ref.name)),
  ];
  const labels = new Set<string>();
  return {
    table,
    source: sourceOf(table),
    label: entityLabel(table, language),
    happens,
    isEvent: happens && measures.length > 0,
    name: nameColumn(table),
    measures,
    // Of two dimensions with one name the nearer one is meant.
    dimensions: dimensions.filter(({ label }) => !labels.has(label) && labels.add(label)),
    date: date && columnExpr(table.ref.name, date.name),
    dateLabel,
    parents,
    isLink:
      parents.filter(({ key }) => key !== null).length >= 2 &&
      table.columns.every(({ name }) => keys.has(name) || BOOKKEEPING.test(name)),
  };
}
