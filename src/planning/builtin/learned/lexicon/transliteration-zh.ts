/**
 * Characters that Chinese writes foreign names with, by the consonants they stand for and their vowel, and the consonants of Latin
 * words. Names are compared by their consonants (明尼苏达 and Minnesota are both M N S D, 安迪 and Andy both -N D); vowels only choose
 * between words that those leave (贝蒂 is Betty rather than Patty).
 *
 * Classes: B b p · D d t · G g k · J between G and S (j, soft g, ch) · F f v ph · W w · S s z sh th · M · N · L l r · H · A a vowel that begins a word · Y one after y or j.
 */
const LINES = `
A: a 阿 亚 雅 娅 · e 厄 埃 · i 艾 爱 伊 以 易 依 尹 · o 奥 欧 · u 乌
Y: o 约 · u 尤 优 · e 耶 叶
AN: a 安 昂 扬 杨 · e 恩 因 英
B: a 巴 帕 拜 芭 派 白 百 保 鲍 包 · e 贝 伯 佩 珀 蓓 · i 比 毕 皮 匹 彼 碧 · o 波 博 柏 勃 坡 · u 布 普 蒲
BN: a 班 邦 潘 庞 · e 本 彭 · i 宾
D: a 达 塔 泰 戴 代 太 台 大 黛 汰 · e 德 特 得 铁 · i 迪 蒂 狄 堤 提 笛 · o 多 托 道 陶 · u 杜 图
DN: a 丹 坦 汤 唐 · e 邓 登 腾 · i 丁 廷 汀 田 · o 顿 东 敦 滕
G: a 加 卡 盖 凯 夸 · e 格 克 科 葛 · o 戈 高 哥 考 柯 可 科 歌 · u 古 库 · i 奎
GN: a 甘 冈 坎 康 · e 根 肯 · o 贡 孔 · u 坤 昆 · i 金
J: i 吉 基 季 齐 奇 琪 契 · e 杰 捷 · o 乔 · a 贾 嘉
JN: o 琼 · a 简 · i 金 京
F: e 弗 费 菲 · u 夫 福 芙 · a 法 瓦 · o 佛 · i 菲 维 韦
FN: a 凡 范 方 万 · e 芬 冯 文 温
W: a 瓦 娃 怀 · i 维 威 魏 薇 · e 韦 卫 · o 沃 · u 伍
WN: a 万 旺 · e 温 文
S: a 萨 沙 莎 查 察 茶 扎 夏 采 恰 · e 塞 谢 舍 泽 瑟 色 彻 策 肖 哲 · i 斯 西 希 席 史 施 什 诗 锡 丝 思 兹 茨 茜 奇 齐 治 · o 索 佐 · u 苏 舒 祖 楚 朱 · ai 赛
SN: a 桑 尚 詹 章 赞 · e 森 申 圣 珍 真 曾 · i 辛 欣 新 仙 香 · o 逊 孙
M: a 马 玛 麦 迈 · e 梅 默 美 · i 米 密 · o 莫 摩 毛 · u 穆 姆 木
MN: a 曼 芒 · e 门 蒙 孟 · i 敏 明
N: a 纳 娜 那 奈 内 · e 恩 内 · i 尼 妮 · o 诺 · u 努 纽
NN: a 南 楠 · i 宁 · o 农
L: a 拉 莱 赖 劳 · e 勒 雷 蕾 热 尔 儿 耳 · i 里 丽 莉 利 列 力 立 理 黎 瑞 · o 罗 洛 若 · u 鲁 卢 路 露 吕
LN: a 兰 朗 郎 · i 林 琳 莲 连 廉 · o 龙 隆 荣 · u 伦 仑 润
H: a 哈 海 豪 华 · e 赫 黑 · o 霍 荷 · u 胡 休 惠 · i 希
HN: a 汉 汗 翰 杭 · e 亨 · o 洪
`;

/** A consonant of a Chinese name: the classes it may be, and whether it may be silent (a nasal at the end of a syllable). */
interface Sound {
  readonly classes: string;
  readonly weak: boolean;
}

/** How a character is said. */
interface Said {
  readonly sounds: readonly Sound[];
  readonly vowels: string;
}

let characters: Map<string, Said> | null = null;

function saidAs(char: string): Said | undefined {
  characters ??= readLines();
  return characters.get(char);
}

/** A character that stands in several lines may be said in each of these ways. */
function readLines(): Map<string, Said> {
  const heads = new Map<string, { classes: string; nasal: boolean; vowels: string }>();
  for (const line of LINES.trim().split('\n')) {
    const [pattern, groups] = line.split(': ');
    for (const group of groups!.split(' · ')) {
      const [vowel, ...chars] = group.split(' ');
      for (const c of chars) {
        const known = heads.get(c) ?? { classes: '', nasal: false, vowels: '' };
        heads.set(c, {
          classes: known.classes + pattern![0]!,
          nasal: known.nasal || pattern!.length > 1,
          vowels: known.vowels + vowel!,
        });
      }
    }
  }
  const nasalEnd: Sound = { classes: 'N', weak: true };
  return new Map(
    [...heads].map(([c, { classes, nasal, vowels }]) => {
      const head: Sound = { classes, weak: false };
      return [c, { sounds: nasal ? [head, nasalEnd] : [head], vowels }];
    }),
  );
}

/** True for characters that foreign names are written with. */
export const isNameCharacter = (char: string): boolean => saidAs(char) !== undefined;

/** Characters that ordinary words are full of; a run of nothing else (大多, 比赛, 那里) is no foreign name. */
const EVERYDAY = new Set(
  '以易优那里大多得加高百白特立理力比赛道体台安平文新章香尚考查采热史思南林金简真圣东明提都图太田保包派可古费法方西希席什施色察美毛木内列利路露连荣若海华黑休万温因英扬爱约科库甘根门农宁基季奇齐契京曾申策祖班本波布哥歌怀摩贝',
);

/** True when the run may be a foreign name: at least one of its characters is seldom used for anything else. */
export const soundsForeign = (chars: readonly string[]): boolean => chars.some((c) => !EVERYDAY.has(c));

/** The consonant classes of a Latin word, several letters where it may be read in several ways. */
export function consonantsOf(word: string): string[] {
  const w = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/gu, '');
  const out: string[] = [];
  for (let i = 0; i < w.length; i++) {
    const c = w[i]!;
    const next = w[i + 1] ?? '';
    if (c === next) continue;
    const two = c + next;
    if (two === 'gh' || (two === 'kn' && i === 0) || (two === 'wr' && i === 0)) {
      if (two === 'gh') i++;
      continue;
    }
    if (two === 'ph') out.push('F');
    else if (two === 'sh' || two === 'ts') out.push('S');
    else if (two === 'th') out.push('SD');
    else if (two === 'ch') out.push('SGJ');
    else if (two === 'ck') out.push('G');
    else if (two === 'qu') out.push('G');
    else if (c === 'x') out.push(...(i === 0 ? ['S'] : ['G', 'S']));
    else {
      const one = letter(c, next);
      if (one !== '') out.push(one);
      else if (i === 0 && /[aeiouy]/u.test(c)) out.push('AY');
      continue;
    }
    if (two !== c && c !== 'x') i++;
  }
  return out;
}

function letter(c: string, next: string): string {
  const soft = /[eiy]/u.test(next);
  switch (c) {
    case 'b':
    case 'p':
      return 'B';
    case 'd':
    case 't':
      return 'D';
    case 'c':
      return soft ? 'S' : 'G';
    case 'g':
      return soft ? 'GJS' : 'G';
    case 'k':
    case 'q':
      return 'G';
    case 'j':
      return 'JSYH';
    case 'f':
      return 'F';
    case 'v':
      return 'FW';
    case 'w':
      return /[aeiouh]/u.test(next) ? 'WH' : '';
    case 's':
    case 'z':
      return 'S';
    case 'm':
      return 'MN';
    case 'n':
      return 'N';
    case 'l':
    case 'r':
      return 'L';
    case 'h':
      return 'H';
    default:
      return '';
  }
}

/** What leaving a consonant of the Latin word unsaid costs: r and h often are, a stop at the end sometimes. */
const unsaid = (classes: string, last: boolean): number =>
  classes === 'H' ? 0.1 : classes === 'L' ? 0.3 : classes.includes('N') ? 0.4 : last ? 0.5 : 0.8;
const MAX_UNSAID = 12;

/**
 * How badly a Chinese run sounds like a Latin word: 0 when each consonant is said in its order. The measure is an edit
 * distance over consonant classes in which weak sounds cost little.
 */
export function soundDistance(chars: readonly string[], consonants: readonly string[]): number {
  if (consonants.length > MAX_UNSAID) return Number.POSITIVE_INFINITY;
  const said: Sound[] = [];
  for (const c of chars) {
    const own = saidAs(c);
    if (own === undefined) return Number.POSITIVE_INFINITY;
    said.push(...own.sounds);
  }
  let row = new Float64Array(consonants.length + 1);
  for (let j = 1; j <= consonants.length; j++) row[j] = row[j - 1]! + unsaid(consonants[j - 1]!, false);
  for (const [i, sound] of said.entries()) {
    const next = new Float64Array(row.length);
    // A vowel that begins a later syllable (亚 in 索尼亚) is no consonant.
    const extra = sound.weak
      ? 0.25
      : sound.classes.includes('A') && i > 0
        ? 0.04
        : /[LHW]/u.test(sound.classes)
          ? 0.5
          : 1;
    next[0] = row[0]! + extra;
    for (let j = 1; j < row.length; j++) {
      const heard = consonants[j - 1]!;
      const same = [...sound.classes].some((k) => heard.includes(k)) ? 0 : related(sound.classes, heard);
      next[j] = Math.min(row[j - 1]! + same, row[j]! + extra, next[j - 1]! + unsaid(heard, j === row.length - 1));
    }
    row = next;
  }
  return row[consonants.length]!;
}

/** J is between G and S; w and v, f and h are taken for each other now and then. */
function related(a: string, b: string): number {
  const pair = (x: string, y: string): boolean => (a.includes(x) && b.includes(y)) || (a.includes(y) && b.includes(x));
  if (pair('J', 'S') || pair('J', 'G')) return 0.15;
  if (pair('W', 'F') || pair('F', 'H') || pair('W', 'H') || pair('W', 'A')) return 0.4;
  if (pair('M', 'N')) return 0.3;
  return 1.2;
}

/** The vowels of a Latin word: one for each run of them, without a silent e at its end. */
export const vowelsOf = (word: string): string =>
  [
    ...word
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z]/gu, '')
      .replace(/(?<=[aeiouy].*[^aeiouy])e$/u, '')
      .matchAll(/[aeiouy]+/gu),
  ]
    .map((m) => m[0][0]!.replace('y', 'i'))
    .join('');

/** How many vowels of a Chinese run and of a Latin word differ, or are said in one of them only. */
export function vowelDistance(chars: readonly string[], latin: string): number {
  let row = Array.from({ length: latin.length + 1 }, (_, j) => j);
  for (const [i, char] of chars.entries()) {
    const said = saidAs(char)?.vowels ?? '';
    const next = [i + 1];
    for (let j = 1; j < row.length; j++)
      next[j] = Math.min(row[j - 1]! + (said.includes(latin[j - 1]!) ? 0 : 1), row[j]! + 1, next[j - 1]! + 1);
    row = next;
  }
  return row[latin.length]!;
}
