/** Statements that use a table's column without joining the table: the join along the key graph. */
import {
  type DatabaseSchema,
  DIALECTS,
  type ForeignKey,
  identifier,
  parseSql,
  type Table,
} from '../../../sql/index.ts';
import { masked } from './sql-calls.ts';

interface Used {
  readonly table: Table;
  readonly alias: string;
}

const isName = (kind: string): boolean => kind === 'word' || kind === 'quoted';
const NO_ALIAS =
  /^(?:on|where|group|order|having|limit|join|inner|left|right|full|cross|union|using|natural|offset|fetch|window)$/i;

const same = (table: Table, ref: ForeignKey['referenced']): boolean =>
  table.ref.name === ref.name && table.ref.schema === ref.schema;

/** Statements with one table joined that has the missing column, where one key leads to it. */
export async function missingJoinCandidates(
  sql: string,
  missing: { readonly name: string },
  schema: DatabaseSchema,
): Promise<string[]> {
  const parsed = await parseSql(sql, schema.dialect);
  if (!parsed.ok) return [];
  const { tokens, sql: text } = parsed.value;
  const used: Used[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== 'word' || !/^(?:from|join)$/i.test(token.text)) return;
    const after = tokens[index + 2]?.text === '.' ? index + 3 : index + 1;
    const name = tokens[after];
    if (!name || !isName(name.kind)) return;
    const table = schema.tables.find(({ ref }) => ref.name.toLowerCase() === name.value.toLowerCase());
    if (!table) return;
    const next = tokens[after + 1];
    const alias = next && /^as$/i.test(next.text) ? tokens[after + 2] : next;
    const named = alias && isName(alias.kind) && !NO_ALIAS.test(alias.text);
    used.push({ table, alias: named ? alias.text : text.slice(tokens[index + 1]!.start, name.end) });
  });
  const parts = missing.name.split('.').map((part) => part.replace(/^["`[]|["`\]]$/g, '').toLowerCase());
  const wanted = parts.at(-1)!;
  const owner = parts.length > 1 ? parts.at(-2)! : null;
  const targets = schema.tables.filter(
    (table) =>
      table.columns.some(({ name }) => name.toLowerCase() === wanted) &&
      (owner === null || table.ref.name.toLowerCase() === owner) &&
      !used.some((known) => known.table === table),
  );
  const at = clauseStart(text);
  return targets.flatMap((target) =>
    used
      .flatMap(({ table, alias }) => joinsBetween(table, alias, target, schema))
      .map((join) => `${text.slice(0, at).trimEnd()} ${join} ${text.slice(at)}`.trimEnd()),
  );
}

function joinsBetween(table: Table, alias: string, target: Table, schema: DatabaseSchema): string[] {
  const dialect = DIALECTS[schema.dialect];
  const name = (text: string): string => identifier(text, dialect);
  const path = [...(target.ref.schema === null ? [] : [target.ref.schema]), target.ref.name].map(name).join('.');
  const write = (pairs: readonly (readonly [string, string])[]): string =>
    `JOIN ${path} ON ${pairs.map(([own, other]) => `${alias}.${name(own)} = ${path}.${name(other)}`).join(' AND ')}`;
  return [
    ...table.foreignKeys
      .filter((key) => same(target, key.referenced))
      .map((key) => write(key.columns.map((own, index) => [own, key.referencedColumns[index]!]))),
    ...target.foreignKeys
      .filter((key) => same(table, key.referenced))
      .map((key) => write(key.referencedColumns.map((own, index) => [own, key.columns[index]!]))),
  ];
}

/** Where the FROM clause of the outermost query ends. */
function clauseStart(sql: string): number {
  const text = masked(sql);
  let depth = 0;
  let seenFrom = false;
  for (const match of text.matchAll(
    /[()]|\b(?:from|where|group|having|order|limit|window|union|except|intersect)\b/gi,
  )) {
    if (match[0] === '(') depth += 1;
    else if (match[0] === ')') depth -= 1;
    else if (depth === 0 && /from/i.test(match[0])) seenFrom = true;
    else if (depth === 0 && seenFrom) return match.index;
  }
  return sql.length;
}
