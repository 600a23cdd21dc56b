import type { Column, Scalar, Table } from '../../../sql/index.ts';
import { expandIdentifier } from '../text/identifier.ts';

/** What kind of question a column can answer, read off its type, keys, name and samples. */
export interface ColumnTraits {
  /** Primary or foreign key, or an id by name: never a measure, rarely shown. */
  readonly key: boolean;
  readonly numeric: boolean;
  /** `date`: holds days or instants; `year`: an integer year. */
  readonly time: 'date' | 'year' | null;
  /** How it adds up by default. */
  readonly adds: 'sum' | 'avg' | null;
  readonly text: boolean;
  readonly flag: boolean;
  /** Columns of bookkeeping (last_update, created_by): last choice for periods. */
  readonly technical: boolean;
}

const RATIO =
  /\b(?:price|rate|ratio|percent|pct|average|avg|age|score|rating|length|duration|weight|height|temperature|salary|wage|grade|speed|width|latitude|longitude|discount|milliseconds|level|rank|capacity|cost per|year)\b|单价|价格|率|比例|占比|平均|年龄|评分|时长|工资|薪|身高|体重|温度|折扣|成绩|分数/;
const KEY_NAME = /(?:^|[_\s-])(?:id|uuid|guid|key|pk|fk|sn)$|[a-z]I[dD]$|编号$|主键|^id$/i;
const TECHNICAL = /last ?update|updated|modified|update time|insert time|etl|sync|deleted|更新时间|修改时间/i;
const DATE_SHAPE = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Reads the traits of one column. */
export function columnTraits(table: Table, column: Column): ColumnTraits {
  const words = expandIdentifier(column.name).join(' ');
  const foreign = table.foreignKeys.some((key) => key.columns.includes(column.name));
  const primary = table.primaryKey.includes(column.name);
  const numericType = column.type === 'integer' || column.type === 'decimal' || column.type === 'float';
  const key =
    foreign ||
    (primary && (KEY_NAME.test(column.name) || table.primaryKey.length === 1)) ||
    KEY_NAME.test(column.name) ||
    /\b(?:postal code|phone|zip)\b/.test(words);
  const dateType = column.type === 'date' || column.type === 'timestamp';
  const sample = column.values?.list.slice(0, 5) ?? [];
  const dateText =
    column.type === 'text' &&
    sample.length > 0 &&
    sample.every((value) => typeof value === 'string' && DATE_SHAPE.test(value));
  const year = numericType && /(?:^|\s)years?$|年份$|^年$|年度$/.test(words) && !/years? of|experience/.test(words);
  const flag = column.type === 'boolean' || /^(?:is|has) /.test(words) || (!key && isFlagSample(column));
  const numeric = numericType && !key && !flag && !year;
  const sums =
    !RATIO.test(words) &&
    !(RATIO.test(expandIdentifier(table.ref.name).join(' ')) && words.split(' ').length === 1) &&
    !RATIO.test(column.comment ?? '');
  return {
    key,
    numeric,
    time: dateType || dateText ? 'date' : year ? 'year' : null,
    adds: numeric ? (sums ? 'sum' : 'avg') : null,
    text: column.type === 'text' && !dateText,
    flag,
    technical: TECHNICAL.test(words) || TECHNICAL.test(column.comment ?? ''),
  };
}

/** Two-valued columns: 0/1, Y/N, true/false, 是/否. */
function isFlagSample(column: Column): boolean {
  const list = column.values?.list ?? [];
  if (list.length !== 2 || column.values?.complete !== true) return false;
  const texts = list.map((value) => String(value).toLowerCase());
  return FLAG_PAIRS.some((pair) => texts.every((text) => pair.includes(text)));
}

const FLAG_PAIRS: readonly (readonly string[])[] = [
  ['0', '1'],
  ['0.0', '1.0'],
  ['y', 'n'],
  ['yes', 'no'],
  ['true', 'false'],
  ['t', 'f'],
  ['是', '否'],
];

/** The value of a flag column that means yes, or no. */
export function flagValue(column: Column, yes: boolean): Scalar {
  if (column.type === 'boolean') return yes;
  const list = column.values?.list ?? [];
  const wanted = yes ? ['1', '1.0', 'y', 'yes', 'true', 't', '是'] : ['0', '0.0', 'n', 'no', 'false', 'f', '否'];
  const found = list.find((value) => wanted.includes(String(value).toLowerCase()));
  if (found !== undefined) return found;
  return column.type === 'text' ? (yes ? '1' : '0') : yes ? 1 : 0;
}

const LABEL_RANK: readonly RegExp[] = [
  /^(?:full )?name$/,
  /^(?:display|user|nick) name$/,
  /^title$/,
  /\bname$/,
  /名称$|姓名$|名字$|^名$/,
  /\btitle$|标题$/,
  /^description$/,
  /\bdescription$/,
  /^(?:label|company|brand)$/,
  /^code$/,
];

/** The columns that name a row of the table: a name or title, first and last name together, else a column called like the table. */
export function labelColumns(
  table: Table,
  columns: readonly { readonly column: Column; readonly traits: ColumnTraits }[],
): number[] {
  const words = columns.map(({ column }) => expandIdentifier(column.name).join(' '));
  const tableWords = expandIdentifier(table.ref.name);
  const usable = (i: number): boolean => columns[i]!.column.type === 'text' && columns[i]!.traits.time === null;
  const own = words.findIndex(
    (name, i) => usable(i) && tableWords.some((word) => name === `${singular(word)} name` || name === `${word} name`),
  );
  if (own >= 0) return [own];
  const first = words.findIndex((name) => /^(?:first|given) name$/.test(name));
  const last = words.findIndex((name) => /^(?:last|family) name$|^surname$/.test(name));
  const single = words.findIndex((name, i) => usable(i) && /^(?:full )?name$/.test(name));
  if (single < 0 && first >= 0 && last >= 0) return [first, last];
  // A table of events has no name of its own: the ship's name is not the order's.
  const event =
    table.foreignKeys.length >= 2 && columns.some(({ traits }) => traits.time === 'date' && !traits.technical);
  if (event && single < 0) return [];
  for (const pattern of LABEL_RANK) {
    const found = words.findIndex(
      (name, i) =>
        usable(i) &&
        (!columns[i]!.traits.key || table.primaryKey.includes(columns[i]!.column.name)) &&
        (pattern.test(name) || pattern.test(columns[i]!.column.comment ?? '')),
    );
    if (found >= 0) return [found];
  }
  const same = words.findIndex((name, i) => usable(i) && name === tableWords.map(singular).join(' '));
  if (same >= 0) return [same];
  const chinese = columns.findIndex(({ column }, i) => usable(i) && /名$/.test(column.name));
  return chinese >= 0 ? [chinese] : [];
}

function singular(word: string): string {
  return word
    .replace(/ies$/, 'y')
    .replace(/(?<=(?:s|x|ch|sh))es$/, '')
    .replace(/(?<!s)s$/, '');
}
