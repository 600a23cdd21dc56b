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
