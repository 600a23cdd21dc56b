/** What the sketch models look at: word sequences, with and without the mentions replaced by their kind. */
import { type Linking, NAMED } from '../linking/linker.ts';
import { selectPart, setPart, sketchKey, tailPart, wherePart } from '../query/sketch.ts';

/** Features of the whole question. */
export function sketchFeatures(linking: Linking): string[] {
  const { question, mask, values } = linking;
  const words: string[] = ['^'];
  const masked: string[] = ['^'];
  question.units.forEach((u, i) => {
    if (u.afterComma) {
      words.push(',');
      masked.push(',');
    }
    words.push(u.text);
    const m = mask[i]!;
    if (m === '') masked.push(u.text);
    else if (masked[masked.length - 1] !== `<${m}>` || u.afterComma) masked.push(`<${m}>`);
  });
  words.push('$');
  masked.push('$');
  const out: string[] = ['*'];
  const longest = 3;
  grams(words, 'w', longest, out);
  grams(masked, 'm', 4, out);
  const cues = masked.filter((w) => w.startsWith('<') || w === ',' || CUES.has(w));
  grams(cues, 'q', 3, out);
  for (let i = 0; i < cues.length; i++)
    for (let j = i + 2; j < Math.min(cues.length, i + 6); j++) out.push(`s:${cues[i]}~${cues[j]}`);
  const kinds = kindSequence(linking);
  grams(kinds, 'k', 4, out);
  for (let i = 0; i < kinds.length; i++)
    for (let j = i + 2; j < Math.min(kinds.length, i + 5); j++) out.push(`z:${kinds[i]}~${kinds[j]}`);
  if (question.chinese) out.push(...derivedWords(linking));
  const count = (kind: string): number => masked.filter((w) => w === kind).length;
  out.push(
    `nC${Math.min(5, count('<C>'))}`,
    `nT${Math.min(4, count('<T>'))}`,
    `nV${Math.min(4, count('<V>'))}`,
    `nN${Math.min(3, count('<N>'))}`,
  );
  out.push(
    `v${Math.min(4, values.filter((v) => v.strong).length)}`,
    `len${Math.min(8, Math.floor(question.units.length / 4))}`,
  );
  out.push(`t${Math.min(4, linking.schema.tables.length)}`);
  const tables = linking.tables.filter((t) => (t.matches[0]?.coverage ?? 0) >= NAMED).length;
  const columns = linking.columns.filter((c) => c.matches[0]?.coverage === 1 && !c.dominated).length;
  out.push(`lt${Math.min(4, tables)}`, `lc${Math.min(8, columns)}`);
  previousFeatures(linking, words, out);
  return out;
}

const DERIVED =
  /密度|占.{0,8}?比|占比|比例|比重|比值|率|差额|差价|温差|差值|差距|之差|倍|平均每|每.{1,6}?平均|单位|总额|销售额|金额|总和|折扣|相差/gu;

/** Words for figures that are computed from others, where no column is called so. */
function derivedWords({ question, mask }: Linking): string[] {
  const out: string[] = [];
  for (const m of question.text.matchAll(DERIVED)) {
    const inside = question.units.flatMap((u, i) => (u.start >= m.index && u.end <= m.index + m[0].length ? [i] : []));
    if (inside.every((i) => mask[i] === 'C')) continue;
    const word = m[0].startsWith('占') ? '占比' : /^(每|平均每)/u.test(m[0]) ? '每平均' : m[0];
    out.push('derived', `derived:${word}`);
  }
  return out;
}

/** What is mentioned, in order, with the kind of the columns, and the words that shape queries between. */
function kindSequence({ question, schema, columns, mask }: Linking): string[] {
  const kinds: string[] = question.units.map(() => '');
  const mark = (id: number, letter: string, least: number): void => {
    const m = columns[id]!.matches[0];
    if (m === undefined || m.coverage < least || columns[id]!.dominated) return;
    for (let i = m.start; i < m.end; i++) if (mask[i] === '' || mask[i] === 'C') kinds[i] ||= `${letter}${m.start}`;
  };
  const order = columns.flatMap((l, id) => (l.matches.length > 0 ? [id] : []));
  const kindOf = (id: number): string => {
    const { kind, naming, idLike } = schema.columns[id]!;
    return kind === 'number' && !idLike ? 'n' : kind === 'date' ? 'd' : naming ? 'e' : idLike ? 'i' : 't';
  };
  for (const id of order) mark(id, kindOf(id), 1);
  for (const id of order) mark(id, `p${kindOf(id)}`, 0.5);
  const out: string[] = ['^'];
  let last = '';
  question.units.forEach((u, i) => {
    if (u.afterComma) out.push(',');
    const m = mask[i]!;
    const token = kinds[i] !== '' && (m === '' || m === 'C') ? kinds[i]! : m !== '' ? `<${m}>` : '';
    if (token !== '') {
      if (token !== last || u.afterComma) out.push(token.replace(/\d+$/, ''));
    } else if (CUES.has(u.text)) out.push(u.text);
    last = token;
  });
  out.push('$');
  return out;
}

/** The previous sketch, alone and with the words that may edit it. */
function previousFeatures(linking: Linking, words: readonly string[], out: string[]): void {
  const { previous } = linking;
  if (previous === null) return;
  const { sketch } = previous;
  const parts = [`S${selectPart(sketch)}`, `W${wherePart(sketch)}`, `T${tailPart(sketch)}`, `X${setPart(sketch)}`];
  out.push('p:', `p:${sketchKey(sketch)}`, ...parts.map((p) => `p:${p}`));
  const opening = [words[1] ?? '', words[2] ?? ''];
  for (const p of parts) {
    for (let i = 1; i + 1 < words.length; i++) out.push(`p:${p}~${words[i]}`);
    out.push(`p:${p}~^${opening.join(' ')}`);
  }
  const columns = linking.matched.filter(
    (c) => linking.columns[c]!.matches[0]!.coverage === 1 && !linking.columns[c]!.dominated,
  );
  const fresh = columns.filter((c) => !previous.used.has(c)).length;
  const known = columns.length - fresh;
  out.push(
    `p:fresh${Math.min(3, fresh)}`,
    `p:known${Math.min(3, known)}`,
    `p:fk${Math.min(2, fresh)}${Math.min(2, known)}`,
  );
  for (const p of parts)
    out.push(`p:${p}~fresh${Math.min(2, fresh)}~v${Math.min(2, linking.values.filter((v) => v.strong).length)}`);
}

function grams(tokens: readonly string[], prefix: string, longest: number, out: string[]): void {
  for (let i = 0; i < tokens.length; i++) {
    let gram = `${prefix}:${tokens[i]}`;
    out.push(gram);
    for (let n = 1; n < longest && i + n < tokens.length; n++) {
      gram += ` ${tokens[i + n]}`;
      out.push(gram);
    }
  }
}

/** Stems of words that say something about the shape of a query. */
const CUES = new Set(
  (
    'how mani much number count total sum averag mean maximum minimum max min most least high low larg small few more less than at exact ' +
    'each everi per for by group order sort ascend descend alphabet top first last both and or not no never without except other also either ' +
    'differ distinct uniqu between betwen contain includ start end old young long short greater fewer above below over under old new earli late recent ' +
    'all ani who whose which what where when have has do don that 多少 几 每 各 个 最 大 小 高 低 多 少 且 和 或 不 没 除 平 均 总 和 前 后 按 排 序 升 降 超 过 于 以 上 下 同 时 既 又'
  ).split(' '),
);
