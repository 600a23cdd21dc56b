/** Dense features of a candidate as a whole: upstream scores, what of the question it leaves unused, agreement with the others. */
import type { CandidateSet, RawCandidate } from '../candidates.ts';
import { doubtful } from '../doubts/doubts.ts';
import { NAMED } from '../linking/linker.ts';
import { allTables, type Query, usedTables, visitColumns } from '../query/query.ts';
import { joinTree } from '../schema/join-graph.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import { roleCounts } from '../sketch/role-features.ts';
import { SCORE_KINDS } from '../slots/decoder.ts';
import type { QuestionContext } from '../slots/question-context.ts';
import { ROLES } from '../slots/role-tagger.ts';
import type { Spot } from '../slots/state.ts';
import { announced, CUE_FEATURES, cueAgreement } from './cue-agreement.ts';
import { STRUCTURE_FLAGS, structureFlags } from './structure-flags.ts';

const NAMES = [
  'score',
  'score-gap',
  'first',
  'rank',
  'sketch-score',
  'sketch-select',
  'sketch-where',
  'sketch-tail',
  'sketch-set',
  'sketch-full',
  'sketch-known',
  'sketch-rank',
  'slot-rank',
  'slot-score',
  'slot-mean',
  'steps',
  ...SCORE_KINDS.map((k) => `slots-${k}`),
  'unused-exact',
  'unused-partial',
  'unused-tables',
  'unused-values',
  'unused-quoted',
  'unused-numbers',
  'unused-cells-weak',
  'covered-words',
  'uncovered-words',
  'uncovered-capitals',
  'overlapping',
  'select-unmentioned',
  'select-partial',
  'select-exact',
  'select-dominated',
  'select-id-unmentioned',
  'select-other-table-named',
  'where-unmentioned',
  'where-cell',
  'where-text-not-cell',
  'where-number-outside',
  'where-partial-cell',
  'order-unmentioned',
  'group-unmentioned',
  'group-not-selected',
  'select-not-grouped',
  'tables-named',
  'tables-unnamed',
  'tables-named-unused',
  'tables-joined',
  'tables-joined-only',
  'unconnected',
  'out-of-order',
  'select-role',
  'select-after-where',
  'same-column-twice',
  'filter-selected',
  'agree-select',
  'agree-where',
  'agree-tables',
  'agree-tail',
  'agree-limit',
  'sub-linked',
  'sub-unlinked',
  'sub-compare-same',
  'sub-compare-other',
  'sub-trivial',
  'text-compared',
  'limit-large',
  'limit-year',
  'having-large',
  'number-equals-plain',
  'range-reversed',
  'order-text',
  'order-id',
  'aggregate-id',
  'set-same-sides',
  'select-tables',
  'select-where-same-span',
  'role-order',
  'role-group',
  'role-where',
  'role-none-used',
  'select-first-early',
  'table-first-named',
  'value-shared',
  'mean-rarity',
  'lexicon',
  'question-length',
  'follow-up',
  'previous-tables-kept',
  'previous-columns-kept',
  'fresh-columns',
  'fresh-unmatched',
  'roles-shown-missing',
  'roles-shown-beyond',
  'roles-measured-missing',
  'roles-measured-beyond',
  'translated',
  'unmatched',
  'native-names',
  'schema-size',
  'measures-used',
  'measures-unused',
  ...CUE_FEATURES,
] as const;

export const RERANK_NAMES: readonly string[] = NAMES;
export const RERANK_FEATURES = NAMES.length;
const AT = Object.fromEntries(NAMES.map((n, i) => [n, i])) as Readonly<Record<string, number>>;

const CUES_AT = AT[CUE_FEATURES[0]!]!;

export interface RerankInput {
  /** candidates × features. */
  readonly dense: Float32Array;
  /** Structure flags of each candidate. */
  readonly flags: readonly (readonly number[])[];
  /** Makes no sense, says the opposite or leaves a part of the question unread. */
  readonly doubted: readonly boolean[];
  readonly count: number;
}

/** Chinese characters that say nothing of their own. */
export const FILLER_CHARACTERS: readonly string[] = [
  ...'的是在有和与及哪些个什么多少几请给出列找示显查询我告诉每各都了吗呢其中它们他她并且或者以为所那这对应分别按下想知道能把将也还又',
];

/**
 * Words that need not be explained by a candidate. English function words are not among them: the weights know how many
 * words a right reading leaves over. Changing this set means training again.
 */
const STOP = new Set([...FILLER_CHARACTERS, ...'a b c d e f g h i l m n o p r s t u v w y'.split(' ')]);

export function rerankInput(set: CandidateSet): RerankInput {
  const { candidates, context } = set;
  const n = candidates.length;
  const dense = new Float32Array(n * RERANK_FEATURES);
  const flags = candidates.map((c) => structureFlags(c.query, context.linking.schema, context.linking.previous));
  const cues = announced(context.linking.question);
  const { schema, question } = context.linking;
  const han = schema.tables.filter((t) => /\p{Script=Han}/u.test(t.name)).length / Math.max(1, schema.tables.length);
  const native = question.chinese ? han : 1 - han;
  const size = Math.log(1 + schema.columns.length) / 3;
  const { expected } = roleCounts(context.linking, context.roles);
  candidates.forEach((c, i) => {
    const row = dense.subarray(i * RERANK_FEATURES, (i + 1) * RERANK_FEATURES);
    upstream(row, c, i, candidates);
    coverage(row, c, context);
    columns(row, c, context);
    tables(row, c, context);
    coherence(row, c, context);
    followUp(row, c, context);
    roleCount(row, c.query, expected);
    put(row, 'native-names', native);
    measures(row, c.query, schema);
    put(row, 'schema-size', size);
    row.set(cueAgreement(c.query, cues, schema), CUES_AT);
  });
  agreement(dense, candidates);
  const doubted = doubtful(
    candidates.map((c) => c.query),
    context.linking,
  );
  return { dense, flags, doubted, count: n };
}

/** Figures made of two columns: how many the candidate uses, and whether the question names one in vain. */
function measures(row: Float32Array, query: Query, schema: SchemaIndex): void {
  const first = schema.columns.findIndex((c) => c.measure !== undefined);
  if (first < 0) return;
  let used = 0;
  visitColumns(query, (c) => {
    if (c >= first) used++;
  });
  for (const c of [...query.where, ...query.having])
    if (c.sub) visitColumns(c.sub, (x) => (used += x >= first ? 1 : 0));
  put(row, 'measures-used', Math.min(used, 3) / 2);
  put(row, 'measures-unused', used === 0 ? 1 : 0);
}

const put = (row: Float32Array, name: string, value: number): void => {
  row[AT[name]!] = value;
};
const bump = (row: Float32Array, name: string, by = 1): void => {
  row[AT[name]!]! += by;
};

function upstream(row: Float32Array, c: RawCandidate, i: number, all: readonly RawCandidate[]): void {
  put(row, 'score', c.score / 10);
  put(row, 'score-gap', (c.score - all[0]!.score) / 5);
  put(row, 'first', i === 0 ? 1 : 0);
  put(row, 'rank', Math.log(1 + i) / 4);
  put(row, 'sketch-score', c.sketch.score / 5);
  c.sketch.parts.forEach((p, k) => {
    put(row, ['sketch-select', 'sketch-where', 'sketch-tail', 'sketch-set'][k]!, Math.max(-9, p) / 4);
  });
  put(row, 'sketch-full', c.sketch.full / 5);
  put(row, 'sketch-known', c.sketch.known ? 1 : 0);
  put(row, 'sketch-rank', Math.log(1 + c.sketchRank) / 2.5);
  put(row, 'slot-rank', c.slotRank / 5);
  put(row, 'slot-score', c.state.score / 5);
  put(row, 'slot-mean', c.state.score / Math.max(1, c.state.count));
  put(row, 'steps', c.state.count / 10);
  SCORE_KINDS.forEach((k, j) => {
    put(row, `slots-${k}`, c.state.scores[j]! / 4);
  });
}

const overlaps = (a: Spot, b: Spot): boolean => a.start < b.end && b.start < a.end;

function coverage(row: Float32Array, c: RawCandidate, context: QuestionContext): void {
  const { linking } = context;
  const { units } = linking.question;
  const covered = new Uint8Array(units.length);
  let doubled = 0;
  for (const s of c.state.spots)
    for (let i = s.start; i < s.end; i++) {
      if (covered[i] === 1) doubled++;
      covered[i] = 1;
    }
  put(row, 'overlapping', doubled / 2);
  const used = tablesOf(c.query, context);
  for (const id of linking.spanColumns) {
    const l = linking.columns[id]!;
    const m = l.matches[0]!;
    for (const x of l.matches) {
      if (x.coverage < m.coverage || c.state.spots.some((s) => overlaps(s, x))) continue;
      if (x.coverage === 1 && linking.schema.columns[id]) bump(row, 'unused-exact');
      else if (l.rarity > 0.5) bump(row, 'unused-partial', 0.5);
    }
  }
  linking.matchedTables.forEach((t) => {
    const l = linking.tables[t]!;
    const m = l.matches[0]!;
    if (l.dominated || m.coverage < NAMED) return;
    if (used.has(t)) for (const x of l.matches) for (let i = x.start; i < x.end; i++) covered[i] = 1;
    else if (!c.state.spots.some((s) => overlaps(s, m))) bump(row, 'unused-tables');
  });
  linking.values.forEach((v, i) => {
    if (v.carried || c.state.values & (1 << i) || c.state.spots.some((s) => overlaps(s, v))) return;
    if (!v.strong) bump(row, 'unused-cells-weak', 0.5);
    else if (v.number !== null && v.cells.length === 0) bump(row, 'unused-numbers');
    else bump(row, v.quoted ? 'unused-quoted' : 'unused-values');
  });
  let content = 0;
  let hit = 0;
  units.forEach((u, i) => {
    if (STOP.has(u.raw)) return;
    content++;
    if (covered[i]) hit++;
    else if (u.capital && i > 0) bump(row, 'uncovered-capitals');
  });
  put(row, 'covered-words', content === 0 ? 0 : hit / content);
  put(row, 'uncovered-words', (content - hit) / 5);
  put(row, 'question-length', units.length / 20);
  let back = 0;
  for (let i = 1; i < c.state.spots.length; i++) if (c.state.spots[i]!.start < c.state.spots[i - 1]!.start) back++;
  put(row, 'out-of-order', back / 2);
}

const tablesOf = (query: Query, context: QuestionContext): Set<number> =>
  allTables(query, (col) => context.linking.schema.columns[col]!.table);

function columns(row: Float32Array, c: RawCandidate, context: QuestionContext): void {
  const { linking } = context;
  const { schema } = linking;
  const q = c.query;
  const match = (id: number) => linking.columns[id]!.matches[0];
  let earliestFilter = 99;
  let rarity = 0;
  let lexicon = 0;
  let count = 0;
  let translated = 0;
  let unmatched = 0;
  visitColumns(q, (id) => {
    const m = match(id);
    if (m === undefined) unmatched++;
    else if (m.weight < 1) translated++;
    rarity += linking.columns[id]!.rarity;
    lexicon += context.lexicon[id]!;
    count++;
  });
  put(row, 'mean-rarity', count === 0 ? 0.5 : rarity / count);
  put(row, 'lexicon', count === 0 ? 0 : lexicon / count / 2);
  put(row, 'translated', translated / Math.max(1, count));
  put(row, 'unmatched', unmatched / Math.max(1, count));
  for (const cond of q.where) {
    const id = cond.left.col;
    if (id < 0) continue;
    const column = schema.columns[id]!;
    if (!match(id)) bump(row, 'where-unmentioned');
    const m = match(id);
    if (m) earliestFilter = Math.min(earliestFilter, m.start);
    const literal = cond.values[0];
    if (cond.op === '=' || cond.op === '!=') {
      const cell = linking.values.flatMap((v) => v.cells).find((x) => x.column === id && x.literal === literal);
      if (cell) bump(row, cell.quality >= 0.69 ? 'where-cell' : 'where-partial-cell');
      else if (typeof literal === 'string') bump(row, 'where-text-not-cell');
      else if (
        typeof literal === 'number' &&
        column.values.length > 0 &&
        !column.values.includes(literal) &&
        !column.values.includes(String(literal))
      )
        bump(row, 'where-number-outside');
    }
    if (q.select.some((t) => t.col === id && t.agg === '')) bump(row, 'filter-selected');
  }
  const ids = q.select.map((t) => `${t.agg}${t.col}`);
  put(row, 'same-column-twice', ids.length - new Set(ids).size);
  for (const t of q.select) {
    if (t.col < 0) continue;
    const m = match(t.col);
    const column = schema.columns[t.col]!;
    if (!m) bump(row, 'select-unmentioned');
    else if (m.coverage < 1) bump(row, 'select-partial');
    else bump(row, 'select-exact');
    if (linking.columns[t.col]!.dominated) bump(row, 'select-dominated');
    if (column.idLike && !m?.head) bump(row, 'select-id-unmentioned');
    if (!context.tableMatch[column.table] && context.tableMatch.some((x) => x !== null))
      bump(row, 'select-other-table-named');
    if (m && m.start > earliestFilter) bump(row, 'select-after-where');
    if (t.agg === '' && q.group.length > 0 && !q.group.includes(t.col)) bump(row, 'select-not-grouped');
    if (m) bump(row, 'select-role', context.role(m, t.agg === '' ? 'select' : 'agg') / 4);
  }
  for (const g of q.group) {
    if (!match(g)) bump(row, 'group-unmentioned');
    if (!q.select.some((t) => t.col === g)) bump(row, 'group-not-selected');
  }
  for (const t of q.order)
    if (t.col >= 0 && !match(t.col) && context.lexicon[t.col]! < 0.7) bump(row, 'order-unmentioned');
}

function tables(row: Float32Array, c: RawCandidate, context: QuestionContext): void {
  const { linking } = context;
  const used = tablesOf(c.query, context);
  for (const t of used)
    bump(row, (linking.tables[t]!.matches[0]?.coverage ?? 0) >= NAMED ? 'tables-named' : 'tables-unnamed', 0.5);
  linking.matchedTables.forEach((t) => {
    const l = linking.tables[t]!;
    if ((l.matches[0]?.coverage ?? 0) >= NAMED && !used.has(t)) bump(row, 'tables-named-unused', 0.5);
  });
  const own = usedTables(c.query, (col) => linking.schema.columns[col]!.table);
  const tree = joinTree(linking.schema.graph, own);
  if (tree === null) put(row, 'unconnected', 1);
  else {
    put(row, 'tables-joined', tree.tables.length / 3);
    put(row, 'tables-joined-only', (tree.tables.length - own.length) / 2);
  }
}

/** How many more or fewer items are shown than mentions seem to ask for. */
function roleCount(row: Float32Array, query: Query, expected: readonly number[]): void {
  let shown = 0;
  let measured = 0;
  const walk = (q: Query): void => {
    for (const t of q.select)
      if (t.agg !== '') measured++;
      else if (t.col >= 0) shown++;
    for (const c of [...q.where, ...q.having]) if (c.sub) walk(c.sub);
    if (q.set) walk(q.set.right);
  };
  walk(query);
  const gap = (name: string, asked: number, given: number): void => {
    put(row, `roles-${name}-missing`, Math.max(0, asked - given));
    put(row, `roles-${name}-beyond`, Math.max(0, given - asked));
  };
  gap('shown', expected[ROLES.indexOf('select')]!, shown);
  gap('measured', expected[ROLES.indexOf('agg')]!, measured);
}

/** How much of the previous answer a follow-up keeps. */
function followUp(row: Float32Array, c: RawCandidate, context: QuestionContext): void {
  const { previous, columns: links } = context.linking;
  if (previous === null) return;
  put(row, 'follow-up', 1);
  const used = tablesOf(c.query, context);
  let kept = 0;
  for (const t of previous.tables) if (used.has(t)) kept++;
  put(row, 'previous-tables-kept', kept / Math.max(1, previous.tables.size));
  const own = new Set<number>();
  visitColumns(c.query, (id) => own.add(id));
  let same = 0;
  for (const id of own) {
    if (previous.used.has(id)) same++;
    else {
      bump(row, 'fresh-columns', 0.5);
      if (links[id]!.matches.length === 0) bump(row, 'fresh-unmatched', 0.5);
    }
  }
  put(row, 'previous-columns-kept', same / Math.max(1, previous.used.size));
}

/** Signs that the parts do not fit together. */
function coherence(row: Float32Array, c: RawCandidate, context: QuestionContext): void {
  const { linking } = context;
  const { schema } = linking;
  const q = c.query;
  const match = (id: number) => linking.columns[id]!.matches[0];
  for (const cond of [...q.where, ...q.having]) {
    const left = cond.left.col;
    const inner = cond.sub?.select[0];
    if (cond.sub && inner) {
      const linked = left >= 0 && inner.col >= 0 && (schema.linked[left]!.includes(inner.col) || left === inner.col);
      if (cond.op === 'in' || cond.op === 'not in') {
        bump(row, linked ? 'sub-linked' : 'sub-unlinked');
        const one = usedTables(cond.sub, (id) => schema.columns[id]!.table);
        if (
          cond.sub.where.length + cond.sub.group.length === 0 &&
          left >= 0 &&
          one.length === 1 &&
          one[0] === schema.columns[left]!.table
        )
          bump(row, 'sub-trivial');
      } else bump(row, left === inner.col ? 'sub-compare-same' : 'sub-compare-other');
    }
    if (left >= 0 && cond.left.agg === '' && cond.sub === null) {
      const kind = schema.columns[left]!.kind;
      if (kind === 'text' && (cond.op === '<' || cond.op === '>' || cond.op === '<=' || cond.op === '>='))
        bump(row, 'text-compared');
      if (cond.op === '=' && typeof cond.values[0] === 'number' && kind === 'number' && !match(left))
        bump(row, 'number-equals-plain');
      if (cond.op === 'between' && Number(cond.values[0]) > Number(cond.values[1])) bump(row, 'range-reversed');
      const m = match(left);
      if (m) {
        bump(row, 'role-where', context.role(m, 'where') / 4);
        bump(row, 'role-none-used', context.role(m, 'none') / 4);
      }
      if (m && q.select.some((t) => t.col >= 0 && t.col !== left && overlapsMatch(match(t.col), m)))
        bump(row, 'select-where-same-span');
    }
    if (cond.left.agg === 'count' && Number(cond.values[0]) > 100) bump(row, 'having-large');
  }
  if (q.limit !== null && q.limit > 30) put(row, q.limit > 1500 ? 'limit-year' : 'limit-large', 1);
  for (const t of q.order) {
    if (t.col < 0) continue;
    const column = schema.columns[t.col]!;
    if (column.kind === 'text' && q.limit !== null) bump(row, 'order-text');
    if (column.idLike) bump(row, 'order-id');
    const m = match(t.col);
    if (m) bump(row, 'role-order', context.role(m, 'order') / 4);
  }
  for (const g of q.group) {
    const m = match(g);
    if (m) bump(row, 'role-group', context.role(m, 'group') / 4);
  }
  for (const t of q.select)
    if (t.col >= 0 && t.agg !== '' && t.agg !== 'count' && schema.columns[t.col]!.idLike) bump(row, 'aggregate-id');
  if (q.set) {
    const other = q.set.right.select.map((t) => t.col).join();
    if (other === q.select.map((t) => t.col).join()) put(row, 'set-same-sides', 1);
  }
  put(
    row,
    'select-tables',
    new Set(q.select.filter((t) => t.col >= 0).map((t) => schema.columns[t.col]!.table)).size / 2,
  );
  const first = q.select[0];
  if (first && first.col >= 0) {
    const m = match(first.col);
    if (m && m.start <= linking.question.units.length / 3) put(row, 'select-first-early', 1);
    const named = linking.matchedTables
      .map((t) => [linking.tables[t]!.matches[0], t] as const)
      .filter(([x]) => (x?.coverage ?? 0) >= NAMED);
    const earliest = named.sort((a, b) => a[0]!.start - b[0]!.start)[0];
    if (earliest && earliest[1] === schema.columns[first.col]!.table) put(row, 'table-first-named', 1);
  }
  const literals = q.where.flatMap((w) => w.values.map((v) => String(v).toLowerCase()));
  put(row, 'value-shared', literals.length - new Set(literals).size);
}

const overlapsMatch = (a: Spot | undefined, b: Spot): boolean => a !== undefined && overlaps(a, b);

/** How much probability the other candidates put on the same parts. */
function agreement(dense: Float32Array, all: readonly RawCandidate[]): void {
  const best = all[0]?.score ?? 0;
  const mass = all.map((c) => Math.exp((c.score - best) / 2));
  const total = mass.reduce((a, b) => a + b, 0);
  const keys: readonly ((q: Query) => string)[] = [
    (q) => q.select.map((t) => `${t.agg}${t.col}`).join(),
    (q) =>
      q.where
        .map((c) => `${c.left.col}${c.values.join('~')}`)
        .sort()
        .join(),
    (q) => {
      const cols = new Set<number>();
      visitColumns(q, (id) => cols.add(id));
      return [...cols].sort((a, b) => a - b).join();
    },
    (q) => `${q.group.join()};${q.order.map((t) => `${t.agg}${t.col}`).join()};${q.descending}`,
    (q) => `${q.limit};${q.having.length};${q.set?.op}`,
  ];
  ['agree-select', 'agree-where', 'agree-tables', 'agree-tail', 'agree-limit'].forEach((name, k) => {
    const sums = new Map<string, number>();
    const own = all.map((c) => keys[k]!(c.query));
    own.forEach((key, i) => {
      sums.set(key, (sums.get(key) ?? 0) + mass[i]! / total);
    });
    own.forEach((key, i) => {
      dense[i * RERANK_FEATURES + AT[name]!] = sums.get(key)!;
    });
  });
}

export const FLAG_COUNT = STRUCTURE_FLAGS.length;
