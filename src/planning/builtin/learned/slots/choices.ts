/** Small decisions made next to the words that announce them: operators, directions, DISTINCT, membership. */
import { findComparators } from '../lexicon/comparators-zh.ts';
import type { ChoiceSlot } from './program.ts';
import type { QuestionContext } from './question-context.ts';
import { type State, topOf } from './state.ts';

/** The classifier that takes a decision: comparisons of groups and of rows are worded alike. */
export const choiceModel = (slot: ChoiceSlot): string => (slot === 'having-operator' ? 'operator' : slot);

/** Features of one decision in a state. */
export function choiceFeatures(context: QuestionContext, state: State, slot: ChoiceSlot): string[] {
  switch (slot) {
    case 'operator':
    case 'having-operator':
      return operatorFeatures(context, state, slot);
    case 'direction':
      return directionFeatures(context, state);
    case 'distinct':
      return distinctFeatures(context, state);
    default:
      return nestedFeatures(context, state, slot);
  }
}

function operatorFeatures(context: QuestionContext, state: State, slot: ChoiceSlot): string[] {
  const { linking } = context;
  const value = linking.values[state.value];
  const out = ['*', slot];
  const column = state.lastColumn >= 0 ? linking.schema.columns[state.lastColumn] : undefined;
  const kind = slot === 'having-operator' ? 'count' : (column?.kind ?? 'none');
  out.push(`k:${kind}`);
  if (value === undefined) return out;
  if (value.carried) {
    out.push('carried', `carried:${value.carried.op}`);
    return out;
  }
  const cell = column ? value.cells.find((c) => c.column === column.id) : undefined;
  const what =
    value.day !== undefined || (value.number !== null && (!cell || value.measured || linking.question.chinese))
      ? 'number'
      : cell
        ? cell.quality === 1
          ? 'cell'
          : cell.quality >= 0.69
            ? 'near'
            : 'part'
        : value.quoted
          ? 'quoted'
          : 'text';
  out.push(`v:${what}`, `kv:${kind}:${what}`);
  if (cell && what === 'number') out.push('number-cell');
  window(context, value.start, value.end, 5, what === 'number' ? 'n' : 't', out);
  window(context, value.start, value.end, 3, 'g', out);
  if (linking.question.chinese) comparatorFeatures(context, value.start, value.end, what, out);
  for (const u of linking.question.units) if (LIKE_CUES.has(u.raw)) out.push(`like:${u.text}:${what}`);
  const spot = state.lastSpot;
  if (spot && spot.start < value.start)
    for (let i = spot.end; i < value.start && i < spot.end + 6; i++) out.push(`mid:${linking.question.units[i]!.text}`);
  return out;
}

/** The nearest comparing word before and behind a value, without another value between. */
function comparatorFeatures(context: QuestionContext, start: number, end: number, what: string, out: string[]): void {
  const { question, values } = context.linking;
  const { units, text } = question;
  const from = units[start]!.start;
  const to = units[end - 1]!.end;
  const others = values.filter((v) => !v.carried && v.strong && (v.end <= start || v.start >= end));
  const left = Math.max(0, ...others.filter((v) => v.end <= start).map((v) => units[v.end - 1]!.end));
  const right = Math.min(text.length, ...others.filter((v) => v.start >= end).map((v) => units[v.start]!.start));
  const comparators = findComparators(text);
  const before = comparators.filter((c) => c.end <= from && c.start >= left).at(-1);
  const behind = comparators.find((c) => c.start >= to && c.end <= right);
  const close = (gap: number): string => (gap <= 1 ? 'at' : gap <= 4 ? 'near' : 'far');
  if (before)
    out.push(`cb:${before.op}:${close(from - before.end)}`, `cb:${before.op}:${close(from - before.end)}:${what}`);
  if (behind)
    out.push(`ca:${behind.op}:${close(behind.start - to)}`, `ca:${behind.op}:${close(behind.start - to)}:${what}`);
  const next = units[end]?.raw === '年' ? units[end + 1]?.raw : units[end]?.raw;
  if (next === '前' || next === '后') out.push(`ca:${next}:${what}`);
  if (!before && !behind) out.push('c:none', `c:none:${what}`);
}

const LIKE_CUES = new Set(
  'contain contains containing start starts starting begin begins end ends ending letter substring word words prefix like include includes including has 含 含有 包 头 尾 开'.split(
    ' ',
  ),
);

/** Words around `[start, end)`: with place, without, and in pairs. */
function window(
  context: QuestionContext,
  start: number,
  end: number,
  wide: number,
  prefix: string,
  out: string[],
): void {
  const { linking } = context;
  const { units } = linking.question;
  const word = (i: number): string =>
    i < 0
      ? '^'
      : i >= units.length
        ? '$'
        : linking.mask[i] && linking.mask[i] !== 'N'
          ? `<${linking.mask[i]}>`
          : units[i]!.text;
  const plain = (i: number): string => (i < 0 ? '^' : i >= units.length ? '$' : units[i]!.text);
  for (let d = 1; d <= wide; d++) {
    out.push(`${prefix}b${d}:${plain(start - d)}`, `${prefix}B:${plain(start - d)}`);
    if (d <= 4) out.push(`${prefix}a${d}:${plain(end + d - 1)}`, `${prefix}A:${plain(end + d - 1)}`);
  }
  out.push(
    `${prefix}b12:${plain(start - 2)} ${plain(start - 1)}`,
    `${prefix}b23:${plain(start - 3)} ${plain(start - 2)}`,
  );
  out.push(
    `${prefix}b123:${plain(start - 3)} ${plain(start - 2)} ${plain(start - 1)}`,
    `${prefix}m12:${word(start - 2)} ${word(start - 1)}`,
  );
  out.push(`${prefix}a12:${plain(end)} ${plain(end + 1)}`, `${prefix}ma:${word(end)}`);
}

function directionFeatures(context: QuestionContext, state: State): string[] {
  const { linking } = context;
  const { query } = topOf(state);
  const term = query.order[0];
  const column = term && term.col >= 0 ? linking.schema.columns[term.col] : undefined;
  const out = ['*'];
  const shape = `${term?.agg ?? ''}${context.linking.question.numbers.length > 0 ? '#' : ''}`;
  out.push(`t:${shape}`, `k:${column?.kind ?? 'count'}`);
  const units = linking.question.units;
  const head = column ? column.phrases[0]![column.phrases[0]!.length - 1]! : 'count';
  const dated =
    column && (column.kind === 'date' || /year|date|time|birth|年|日|时/u.test(column.name.toLowerCase()))
      ? 'dated'
      : 'plain';
  units.forEach((u, i) => {
    const w = superlative(u.raw, u.text);
    out.push(`w:${w}`, `w:${w}:${dated}`);
    if (DIRECTION_WORDS.test(u.raw)) out.push(`d:${w}:${dated}`, `h:${w}:${head}`, `dt:${w}:${shape}`);
    const next = units[i + 1];
    if (next) out.push(`g:${w} ${superlative(next.raw, next.text)}`);
    const after = units[i + 2];
    if (next && after && u.chinese) out.push(`g3:${u.text}${next.text}${after.text}`);
  });
  const spot = state.lastSpot;
  if (spot) window(context, spot.start, spot.end, 4, 's', out);
  // "What is its name?" after the highest one: the order goes on as it was.
  const before = linking.previous?.query;
  const earlier = before?.order[0];
  if (before && earlier && term && earlier.agg === term.agg && earlier.col === term.col) {
    const silent = units.some((u) => DIRECTION_WORDS.test(u.raw)) ? 'told' : 'silent';
    const way = before.descending ? 'desc' : 'asc';
    out.push(`p:${way}`, `p:${way}:${silent}`);
  }
  return out;
}

/** Comparatives and superlatives keep their degree, which stems lose: `oldest`, not `old`. */
const superlative = (raw: string, text: string): string => (/(est|er)$/.test(raw) ? raw : text);
const DIRECTION_WORDS =
  /(est|er)$|^(most|least|top|bottom|first|last|maximum|minimum|max|min|highest|lowest|desc|descending|asc|ascending|alphabetical|alphabetically|lexicographic|lexicographical|decreasing|increasing|reverse|最|高|低|大|小|多|少|升|降|早|晚|长|短|新|旧|远|近)$/u;

function distinctFeatures(context: QuestionContext, state: State): string[] {
  const { linking } = context;
  const { query, tables } = topOf(state);
  const out = ['*'];
  const first = query.select[0];
  const column = first && first.col >= 0 ? linking.schema.columns[first.col] : undefined;
  const shape = [
    first?.agg ? 'agg' : 'plain',
    column?.primary ? 'key' : column?.naming ? 'name' : column?.foreign ? 'foreign' : 'other',
    tables.length > 1 ? 'join' : 'one',
    query.where.length > 0 ? 'where' : '',
    query.group.length > 0 ? 'group' : '',
    query.order.length > 0 ? 'order' : '',
  ].join('-');
  out.push(`s:${shape}`, `n:${query.select.length}`, `j:${Math.min(3, tables.length)}`);
  const units = linking.question.units;
  units.forEach((u, i) => {
    out.push(`w:${u.text}`);
    if (/^(different|distinct|unique|differ|various|all|each|every|duplicate|不|同|哪|些|种|各|重|复)$/u.test(u.raw))
      out.push(`c:${u.raw}:${shape}`);
    const next = units[i + 1];
    if (next) out.push(`g:${u.text} ${next.text}`);
  });
  const spot = state.spots[0];
  if (spot) window(context, spot.start, spot.end, 3, 's', out);
  if (units[0] && units[1]) out.push(`f:${units[0].text} ${units[1].text}:${shape}`);
  return out;
}

function nestedFeatures(context: QuestionContext, state: State, slot: ChoiceSlot): string[] {
  const { question } = context.linking;
  const { query } = topOf(state);
  const last = query.where[query.where.length - 1] ?? query.having[query.having.length - 1];
  const inner = last?.sub?.select[0];
  const shape = `${inner?.agg ?? ''}:${inner?.col !== undefined && inner.col === last?.left.col ? 'same' : 'other'}`;
  const out = [
    '*',
    slot,
    `i:${shape}`,
    `o:${last?.sub?.limit ? 'limit' : ''}${last?.sub?.group.length ? 'group' : ''}`,
  ];
  if (question.chinese) {
    const ops = findComparators(question.text).map((c) => c.op);
    out.push(`co:${ops.join()}`, ...ops.map((op) => `co:${op}:${ops.length}`));
  }
  question.units.forEach((u, i) => {
    out.push(`w:${u.text}`, `wi:${u.text}:${shape}`);
    const next = question.units[i + 1];
    if (next) out.push(`g:${u.text} ${next.text}`);
    const after = question.units[i + 2];
    if (next && after) out.push(`g3:${u.text} ${next.text} ${after.text}`);
  });
  return out;
}
