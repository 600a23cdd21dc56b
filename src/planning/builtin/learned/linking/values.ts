/** Literals that a question may compare with: cells of the database, numbers, quoted or capitalised text. */

import { isNameCharacter } from '../lexicon/transliteration-zh.ts';
import { englishCells } from '../lexicon/values-zh.ts';
import type { Condition, Literal } from '../query/query.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import type { CellHit } from '../schema/value-index.ts';
import { phraseKey, splitUnits } from '../text/units.ts';
import type { Question } from './question.ts';
import { spokenNames } from './spoken-names.ts';

export interface ValueMention {
  readonly start: number;
  readonly end: number;
  /** As written. */
  readonly text: string;
  readonly number: number | null;
  /** The number is a percentage; columns of shares compare with a hundredth of it. */
  readonly percent?: boolean;
  /** A number with its unit, as some cells are written: 1961年, 40%, 1000万元. */
  readonly measured?: boolean;
  /** A whole day, as `YYYY-MM-DD`. */
  readonly day?: string;
  /** Columns in which it is a cell, with the cell as stored. */
  readonly cells: readonly { readonly column: number; readonly literal: Literal; readonly quality: number }[];
  readonly quoted: boolean;
  readonly capital: boolean;
  /** Likely a literal at all: used for masking words and for coverage. */
  readonly strong: boolean;
  /** Set when it is not in the question but in the previous answer: the comparison it comes from. */
  readonly carried?: Condition;
}

const STOP = new Set(
  'the a an of in on at to for and or is are was were be what which who whose how many much all each every any some with by from that this those these their its his her list show give find return have has had do does did not no name names id number type code date year total more most less least than'.split(
    ' ',
  ),
);
const MAX_VALUES = 14;

export function findValues(question: Question, schema: SchemaIndex): ValueMention[] {
  const { units } = question;
  const taken = new Uint8Array(units.length);
  const found: ValueMention[] = question.chinese ? findDays(question, taken) : [];
  const maxLength = Math.min(schema.values.longest, question.chinese ? 14 : 10);
  for (let length = Math.min(maxLength, units.length); length >= 1; length--) {
    for (let start = 0; start + length <= units.length; start++) {
      if (taken[start] && taken[start + length - 1]) continue;
      if (found.some((v) => v.day !== undefined && v.start < start + length && v.end > start)) continue;
      if (
        length === 1 &&
        (STOP.has(units[start]!.raw) ||
          (units[start]!.chinese && schema.values.longest > 1 && !/[男女]/u.test(units[start]!.raw)))
      )
        continue;
      const hits = schema.values.whole.get(phraseKey(units, start, start + length));
      if (hits === undefined) continue;
      const mention = cellMention(question, schema, hits, start, start + length, 1);
      found.push(mention);
      if (mention.strong || length > 1) for (let i = start; i < start + length; i++) taken[i] = 1;
    }
  }
  if (question.chinese) {
    found.push(...translatedCells(question, schema, taken));
    found.push(...spokenCells(question, schema, taken));
  }
  for (const n of question.numbers) {
    // 2.5亿 is not the cell 2.5.
    const piece = found.findIndex(
      (v) => v.number !== null && v.start >= n.start && v.end <= n.end && v.end - v.start < n.end - n.start,
    );
    if (piece >= 0) found.splice(piece, 1);
    const same = found.findIndex((v) => v.start === n.start && v.end === n.end);
    const numeric = { number: n.value, ...(n.percent ? { percent: true } : {}) };
    const within = found.find((v) => v.measured && v.start <= n.start && v.end >= n.end);
    if (same >= 0) found[same] = { ...found[same]!, ...numeric };
    else if (within !== undefined) found[found.indexOf(within)] = { ...within, ...numeric };
    else if (!found.some((v) => v.start <= n.start && v.end >= n.end && v.strong))
      found.push({
        ...literal(question, n.start, n.end, n.value, n.digits || n.value > 1),
        ...numeric,
      });
  }
  if (question.chinese) found.push(...impliedFlags(question, schema));
  else found.push(...initials(question, schema, taken));
  for (const s of question.spans) {
    if (found.some((v) => v.start <= s.start && v.end >= s.end)) continue;
    const partial = partialCells(question, schema, s.start, s.end);
    if (s.quoted || partial !== null || !found.some((v) => v.strong && v.start < s.end && v.end > s.start))
      found.push(
        partial ?? {
          ...literal(question, s.start, s.end, null, s.quoted),
          text: s.text,
          quoted: s.quoted,
          capital: !s.quoted,
        },
      );
  }
  if (!question.chinese)
    for (let i = 0; i < units.length; i++) {
      const u = units[i]!;
      if (u.capital || u.chinese || STOP.has(u.raw) || found.some((v) => v.start <= i && v.end > i)) continue;
      const hits = schema.values.partial.get(u.text);
      if (hits !== undefined && hits.length <= 4)
        found.push({ ...cellMention(question, schema, hits, i, i + 1, 0.4), strong: false });
    }
  return found
    .sort((a, b) => Number(b.strong) - Number(a.strong) || b.end - b.start - (a.end - a.start))
    .slice(0, MAX_VALUES)
    .sort((a, b) => a.start - b.start);
}

function literal(question: Question, start: number, end: number, number: number | null, strong: boolean): ValueMention {
  const { units, text } = question;
  return {
    start,
    end,
    text: text.slice(units[start]!.start, units[end - 1]!.end),
    number,
    cells: [],
    quoted: units[start]!.quote >= 0,
    capital: units[start]!.capital && start > 0,
    strong,
  };
}

function cellMention(
  question: Question,
  schema: SchemaIndex,
  hits: readonly CellHit[],
  start: number,
  end: number,
  quality: number,
): ValueMention {
  const base = literal(question, start, end, null, false);
  const raw = question.units
    .slice(start, end)
    .map((u) => u.raw)
    .join(' ');
  const cells = hits.map((h) => {
    const value = schema.columns[h.column]!.values[h.value] as Literal;
    const same =
      String(value)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim() === raw.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
    return {
      column: h.column,
      literal: value,
      quality: quality * (same || base.text.toLowerCase() === String(value).toLowerCase() ? 1 : 0.7),
    };
  });
  const single = end - start === 1;
  const lower = single && !base.capital && !base.quoted && !/\d/.test(raw) && !question.units[start]!.chinese;
  const number = /^\d+(\.\d+)?$/.test(raw) ? Number(raw) : null;
  const measured = cells.length > 0 && cells.every((c) => isMeasured(c.literal));
  return {
    ...base,
    number,
    ...(measured ? { measured } : {}),
    cells,
    strong: quality === 1 && (!lower || cells.some((c) => c.quality === 1 && raw.length > 3)),
  };
}

const isMeasured = (literal: Literal): boolean =>
  typeof literal === 'string' && /^\d+(?:\.\d+)?\s*[^\d\s.:\-/~]{1,6}$/u.test(literal);

const DAY = /(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})(?!\d)\s*[日号]?/gu;

/** Days written out: 2018年1月20日, 2019.8.10. */
function findDays(question: Question, taken: Uint8Array): ValueMention[] {
  const out: ValueMention[] = [];
  for (const m of question.text.matchAll(DAY)) {
    const inside = question.units.flatMap((u, i) => (u.start >= m.index && u.end <= m.index + m[0].length ? [i] : []));
    const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])] as const;
    if (inside.length === 0 || year < 1000 || month < 1 || month > 12 || day < 1 || day > 31) continue;
    const iso = `${m[1]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    const end = inside[inside.length - 1]! + 1;
    out.push({ ...literal(question, inside[0]!, end, null, true), day: iso });
    for (let i = inside[0]!; i < end; i++) taken[i] = 1;
  }
  return out;
}

const MAX_TRANSLATED = 6;
const MAX_PARTIAL = 6;

/** Words of a Chinese question that stand in a cell in English: 加拿大 for Canada. */
function translatedCells(question: Question, schema: SchemaIndex, taken: Uint8Array): ValueMention[] {
  const out: ValueMention[] = [];
  const { units } = question;
  for (let length = Math.min(MAX_TRANSLATED, units.length); length >= 1; length--)
    for (let start = 0; start + length <= units.length; start++) {
      if (taken[start] || taken[start + length - 1]) continue;
      let word = '';
      for (let i = start; i < start + length; i++) word += units[i]!.raw;
      const english = englishCells(word);
      if (english.length === 0) continue;
      const whole = english.flatMap((w) => schema.values.whole.get(phraseKey(splitUnits(w))) ?? []);
      // 草药 in a longer cell; names are found with the names beside them.
      const part =
        whole.length > 0 || length < 2 || [...word].every(isNameCharacter)
          ? []
          : english.flatMap((w) => schema.values.partial.get(phraseKey(splitUnits(w))) ?? []);
      const hits = whole.length > 0 ? whole : part.slice(0, MAX_PARTIAL);
      if (hits.length === 0) continue;
      const mention = cellMention(question, schema, hits, start, start + length, 1);
      const cells = mention.cells.map((c) => ({ ...c, quality: whole.length > 0 ? 1 : 0.5 }));
      const strong = whole.length > 0 && (length > 1 || /[男女]/u.test(word));
      out.push({ ...mention, number: null, cells, strong });
      for (let i = start; i < start + length; i++) taken[i] = 1;
    }
  return out;
}

/** Names spelt by their sound: 安迪 for Andy. */
function spokenCells(question: Question, schema: SchemaIndex, taken: Uint8Array): ValueMention[] {
  return spokenNames(question, schema, taken).map(({ start, end, cells, whole }) => {
    for (let i = start; i < end; i++) taken[i] = 1;
    const mention = cellMention(question, schema, cells, start, end, 1);
    const quality = whole ? 0.9 : 0.5;
    return { ...mention, cells: mention.cells.map((c) => ({ ...c, quality })), capital: true, strong: true };
  });
}

const INITIALS: ReadonlyMap<string, string> = new Map(
  Object.entries({ male: 'm', men: 'm', man: 'm', boy: 'm', female: 'f', women: 'f', woman: 'f', girl: 'f' }),
);
/** Values of a column that tells men from women. */
const FEW = 3;

/** Men and women in cells that hold one letter: male for M. */
function initials(question: Question, schema: SchemaIndex, taken: Uint8Array): ValueMention[] {
  return question.units.flatMap((u, i): ValueMention[] => {
    const letter = INITIALS.get(u.raw) ?? INITIALS.get(u.raw.replace(/s$/, ''));
    if (letter === undefined || taken[i]) return [];
    const hits = (schema.values.whole.get(letter) ?? []).filter((h) => schema.columns[h.column]!.distinct <= FEW);
    if (hits.length === 0) return [];
    const mention = cellMention(question, schema, hits, i, i + 1, 1);
    return [{ ...mention, cells: mention.cells.map((c) => ({ ...c, quality: 1 })), strong: true }];
  });
}

const NEGATIONS = new Set(['不', '没', '未', '非', '无', '否']);

/** Yes and no of columns called 是否…, when the question says what they are about: 支持租车 or 不支持租车. */
function impliedFlags(question: Question, schema: SchemaIndex): ValueMention[] {
  const out: ValueMention[] = [];
  const { units } = question;
  for (const column of schema.columns) {
    if (!/^是否..|^有无./u.test(column.name) || column.values.length > 3) continue;
    const about = [...column.name.slice(2)];
    const yes = column.values.find((v) => /^(是|有|y|yes|t|true|1)/iu.test(String(v)));
    const no = column.values.find((v) => /^(否|无|没|n|no|f|false|0)/iu.test(String(v)));
    if (yes === undefined && no === undefined) continue;
    let best = { start: 0, length: 0 };
    for (let i = 0; i < units.length; i++)
      for (let k = 0; k < about.length; k++) {
        let n = 0;
        while (k + n < about.length && units[i + n]?.text === about[k + n]) n++;
        if (n > best.length) best = { start: i, length: n };
      }
    if (best.length < Math.min(2, about.length) || best.length < about.length * 0.5) continue;
    const negated = [1, 2, 3].some((d) => NEGATIONS.has(units[best.start - d]?.text ?? ''));
    const value = (negated ? no : yes) ?? yes ?? no;
    out.push({
      ...literal(question, best.start, best.start + best.length, null, true),
      text: String(value),
      cells: [{ column: column.id, literal: value as Literal, quality: 1 }],
    });
  }
  return out.slice(0, 3);
}

/** Cells that share a rare word with the span. */
function partialCells(question: Question, schema: SchemaIndex, start: number, end: number): ValueMention | null {
  let best: readonly CellHit[] | null = null;
  for (let i = start; i < end; i++) {
    const hits = schema.values.partial.get(question.units[i]!.text);
    if (hits !== undefined && (best === null || hits.length < best.length)) best = hits;
  }
  if (best === null) return null;
  const mention = cellMention(question, schema, best.slice(0, 6), start, end, 0.5);
  return { ...mention, quoted: question.units[start]!.quote >= 0, capital: true, strong: true };
}
