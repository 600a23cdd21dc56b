/** Table and column names as phrases: split at case changes, digits and underscores, glued words taken apart, abbreviations spelt out. */

import { stem } from '../text/stem.ts';
import { splitUnits, type Unit } from '../text/units.ts';

/** Words that a name may be glued from; a larger count makes a split more likely. */
export type Vocabulary = ReadonlyMap<string, number>;

const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    num: 'number',
    no: 'number',
    nbr: 'number',
    nr: 'number',
    cnt: 'count',
    qty: 'quantity',
    amt: 'amount',
    amnt: 'amount',
    dept: 'department',
    dep: 'department',
    emp: 'employee',
    mgr: 'manager',
    fname: 'first name',
    lname: 'last name',
    firstname: 'first name',
    lastname: 'last name',
    mname: 'middle name',
    surname: 'last name',
    stu: 'student',
    prof: 'professor',
    fac: 'faculty',
    addr: 'address',
    tel: 'telephone',
    dob: 'birth date',
    birthdate: 'birth date',
    birthday: 'birth date',
    desc: 'description',
    descr: 'description',
    loc: 'location',
    pos: 'position',
    lat: 'latitude',
    long: 'longitude',
    lng: 'longitude',
    pct: 'percent',
    perc: 'percent',
    avg: 'average',
    min: 'minimum',
    max: 'maximum',
    std: 'standard',
    temp: 'temperature',
    yr: 'year',
    dt: 'date',
    ref: 'reference',
    cust: 'customer',
    prod: 'product',
    cat: 'category',
    org: 'organization',
    inst: 'institution',
    univ: 'university',
    mfr: 'manufacturer',
    acct: 'account',
    bal: 'balance',
    crs: 'course',
    cred: 'credit',
    crd: 'credit',
    bldg: 'building',
    apt: 'apartment',
    pop: 'population',
    gnp: 'gross national product',
    gdp: 'gross domestic product',
    info: 'information',
    img: 'image',
    msg: 'message',
    lang: 'language',
    sec: 'section',
    sem: 'semester',
    regno: 'registration number',
    ssn: 'social security number',
    hs: 'high school',
    hrs: 'hours',
    mins: 'minutes',
    val: 'value',
    curr: 'currency',
    trans: 'transaction',
    tx: 'transaction',
    inv: 'invoice',
    doc: 'document',
    docs: 'documents',
    pres: 'president',
    sal: 'salary',
    comm: 'commission',
    src: 'source',
    dest: 'destination',
    dst: 'destination',
    stat: 'status',
    nation: 'nationality',
    mo: 'month',
    wk: 'week',
    ave: 'average',
    tot: 'total',
    cond: 'condition',
    att: 'attendance',
    lic: 'license',
    grp: 'group',
    pkg: 'package',
    svc: 'service',
    hq: 'headquarters',
    hosp: 'hospital',
    med: 'medication',
    proc: 'procedure',
    appt: 'appointment',
    opp: 'opponent',
    sub: 'subject',
    gen: 'gender',
    exp: 'experience',
    lvl: 'level',
  }),
);

const splitCase = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replace(/(\d)([A-Za-z])/g, '$1 $2')
    .replace(/[_\-./]+/g, ' ');

/** The units of a name, with abbreviations spelt out and glued words separated. */
export function nameUnits(name: string, vocabulary: Vocabulary): string[] {
  const out: string[] = [];
  for (const unit of splitUnits(splitCase(name)))
    for (const u of expand(unit, vocabulary)) if (!IGNORED.has(u)) out.push(u);
  return out;
}

/** Words that a table's initials stand before in a column's name: `pName` of Player, `flno` of Flight. */
const AFTER_INITIALS = new Set([
  'id',
  'no',
  'name',
  'date',
  'code',
  'num',
  'type',
  'desc',
  'title',
  'year',
  'pos',
  'time',
  'age',
  'sex',
  'city',
  'state',
  'country',
  'price',
  'size',
]);

/** The units of a column's name, with the table's initials in front of it spelt out. */
export function columnUnits(
  name: string,
  table: readonly string[],
  tableName: string,
  vocabulary: Vocabulary,
): string[] {
  const lower = name.toLowerCase().replace(/[^a-z]/g, '');
  const short = tableName.toLowerCase();
  const initials = table.map((u) => u[0]).join('');
  for (let n = 1; n <= 3 && n < lower.length; n++) {
    const head = lower.slice(0, n);
    const rest = lower.slice(n);
    if (!AFTER_INITIALS.has(rest) || vocabulary.has(lower)) continue;
    if (short.startsWith(head) || initials === head) return [...table, ...nameUnits(rest, vocabulary)];
  }
  return nameUnits(name, vocabulary);
}

const IGNORED = new Set(['of', 'the', 'a', 'in', 'by', 'for', 'and', 'ref', 'tbl']);

function expand(unit: Unit, vocabulary: Vocabulary): string[] {
  if (unit.chinese) return [unit.text];
  const long = ABBREVIATIONS.get(unit.raw);
  if (long !== undefined) return long.split(' ').map(stem);
  if (unit.raw.length < 5 || vocabulary.has(unit.raw) || !/^[a-z]+$/.test(unit.raw)) return [unit.text];
  const parts = segment(unit.raw, vocabulary);
  return parts.flatMap((p) => (ABBREVIATIONS.get(p) ?? p).split(' ')).map(stem);
}

/** Splits a glued lower-case word into known words, or leaves it whole. */
export function segment(word: string, vocabulary: Vocabulary): string[] {
  const best: { cost: number; parts: string[] }[] = [{ cost: 0, parts: [] }];
  for (let end = 1; end <= word.length; end++) {
    let winner = { cost: Number.POSITIVE_INFINITY, parts: [] as string[] };
    for (let start = Math.max(0, end - 14); start < end; start++) {
      const before = best[start]!;
      const part = word.slice(start, end);
      const cost = partCost(part, vocabulary);
      if (before.cost + cost < winner.cost) winner = { cost: before.cost + cost, parts: [...before.parts, part] };
    }
    best.push(winner);
  }
  const result = best[word.length]!;
  return result.cost < Math.min(14, 4 + word.length) && result.parts.length <= 4 ? result.parts : [word];
}

function partCost(part: string, vocabulary: Vocabulary): number {
  if (part === 'id') return 2.5;
  if (part.length >= 3) {
    const count = vocabulary.get(part);
    if (count !== undefined) return 3 + (part.length === 3 ? 1.5 : 0) + Math.max(0, 3 - Math.log10(1 + count));
    if (part.length >= 3 && ABBREVIATIONS.has(part)) return 5;
  }
  return 1000;
}
