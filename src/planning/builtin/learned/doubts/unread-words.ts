/** Chinese words that demand something of a query; a reading without it has not read them. */
import { type Query, type Term, visitColumns } from '../query/query.ts';
import { isComputed } from '../schema/measure-columns.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';

/** What a query does at any depth. */
interface Doings {
  readonly ops: ReadonlySet<string>;
  readonly aggregates: ReadonlySet<string>;
  readonly grouped: boolean;
  readonly ordered: boolean;
  readonly negated: boolean;
  readonly computed: boolean;
  /** Anything that one of two conditions suffices for. */
  readonly either: boolean;
  readonly names: string;
}

function doingsOf(query: Query, schema: SchemaIndex): Doings {
  const ops = new Set<string>();
  const aggregates = new Set<string>();
  const names: string[] = [];
  let grouped = false;
  let ordered = false;
  let negated = false;
  let computed = false;
  let either = false;
  const term = (t: Term): void => {
    if (t.agg !== '') aggregates.add(t.agg);
    if (isComputed(t, schema)) computed = true;
    if (t.arith) term(t.arith.right);
  };
  const walk = (q: Query): void => {
    visitColumns(q, (c) => names.push(schema.columns[c]!.name));
    for (const t of [...q.select, ...q.order]) term(t);
    for (const c of [...q.where, ...q.having]) {
      ops.add(c.op);
      term(c.left);
      if (c.sub) walk(c.sub);
      // 是否…: the negation is in the cell.
      if (c.values.some((v) => /^(否|无|没有|n|no|f|false|0)$/iu.test(String(v)))) negated = true;
    }
    either ||= q.any || q.set?.op === 'union' || q.where.some((c) => c.values.length > 1);
    grouped ||= q.group.length > 0;
    ordered ||= q.order.length > 0;
    if (q.set) {
      if (q.set.op === 'except') negated = true;
      if (q.set.op === '-' || q.set.op === '/') computed = true;
      walk(q.set.right);
    }
  };
  walk(query);
  negated ||= ['!=', 'not in', 'not like', 'null'].some((op) => ops.has(op));
  return { ops, aggregates, grouped, ordered, negated, computed, either, names: names.join(' ') };
}

/** Ends of the names of columns that hold a computed figure already. */
const COMPUTED: readonly (readonly [words: RegExp, named: RegExp])[] = [
  [/密度/u, /密度/u],
  [/占比|比例|比重|百分比|之比/u, /比|率|份额/u],
  [/差额|差价|温差|差值|差距|之差|相差/u, /差/u],
];

const EITHER = /或(?!者的)/u;
const SUMMED = /总额|总和|之和/u;
const WITHIN = /\d\D{1,6}\d[^，,]{0,8}之间/u;
const EXCEPTION = /不包括|不包含|不含|除了|除去|除.{1,10}[外]|以外|之外|排除/u;
const EACH = /每[个种位家届款部所座类项]|各个/u;
const BEFORE = /\d[年日号]?(?:以及|及)?在?[其这那此]?[之以]?前|早于/u;
const BEHIND = /\d[年日号]?(?:以及|及)?在?[其这那此]?[之以]?后|晚于/u;
const MOST = /最(?:高|低|大|小|多|少|早|晚|长|短|贵|便宜|远|近|重|轻)(?![\d一二三四五六七八九十两百为])/u;

/** True when a word of the question asks for what the query does not do. */
export function leavesWordsUnread(query: Query, schema: SchemaIndex, question: string): boolean {
  if (!/\p{Script=Han}/u.test(question)) return false;
  const does = doingsOf(query, schema);
  const has = (...ops: string[]): boolean => ops.some((op) => does.ops.has(op));
  if (COMPUTED.some(([words, named]) => words.test(question) && !does.computed && !named.test(does.names))) return true;
  if (EXCEPTION.test(question) && !does.negated) return true;
  if (EITHER.test(question) && !does.either && !does.computed && !has('between')) return true;
  if (
    SUMMED.test(question) &&
    !does.computed &&
    !/总|合计|total/iu.test(does.names) &&
    !['sum', 'count', 'avg', 'max', 'min'].some((a) => does.aggregates.has(a)) &&
    !does.ordered
  )
    return true;
  if (WITHIN.test(question) && !has('between') && !(has('>', '>=') && has('<', '<='))) return true;
  if (EACH.test(question) && does.aggregates.size > 0 && !does.grouped && query.select.every((t) => t.agg !== ''))
    return true;
  if (BEFORE.test(question) && !has('<', '<=', 'between') && !does.ordered) return true;
  if (BEHIND.test(question) && !has('>', '>=', 'between') && !does.ordered) return true;
  const told = /最/u.test(does.names);
  return MOST.test(question) && !told && !does.ordered && !does.aggregates.has('max') && !does.aggregates.has('min');
}
