/** What a question asks of the things shown without naming a column: where they are, when they were, who made them. */
import type { Choice } from '../../grammar/choices.ts';
import { dateColumns } from '../../grammar/date-columns.ts';
import type { Frame } from '../../grammar/frame.ts';
import type { QuestionReading } from '../../grammar/read-question.ts';
import { phraseKeyOf, type SchemaIndex } from '../../grammar/schema-index.ts';
import type { Unit } from '../../grammar/units.ts';
import { paraphrases } from '../../lexicon/concept-index.ts';
import { isOneOf, isVerb, NAMED } from './pointer.ts';
import type { Things } from './shown-things.ts';
import { objectOf } from './verb-object.ts';

const WHERE = /^\s*(?:and |so |now )*where\b|(?:来自|住在?|位于|在)哪(?:里|儿|个地方)?[?？]?$|哪里人|什么地方|哪儿的/i;
const WHEN = /^\s*(?:and |so |now )*when\b|什么时候|何时|哪一?[天年]|哪个月|\b(?:what|which) (?:year|date)\b/i;
const PLACES = ['city', 'province', 'state', 'region', 'country', 'continent'];
const ADDRESSES = ['location', 'address', 'place', 'venue'];
const MOST_PLACES = 3;

/** Columns and tables that a word names, whatever the language of the schema. */
function targets(word: string, index: SchemaIndex): readonly Choice[] {
  const said = [{ text: word, weight: 1 }, ...paraphrases(word)].filter((one) => one.weight >= NAMED);
  return said.flatMap(({ text }) =>
    (index.phrases.get(phraseKeyOf(text)) ?? []).flatMap(({ target, weight }): Choice[] => {
      if (weight < NAMED) return [];
      return target.kind === 'table'
        ? [{ kind: 'table', table: target.table, weight }]
        : [{ kind: 'column', table: target.table, column: target.column, weight }];
    }),
  );
}

/** Where things are: their city and region, or what else says it. */
function placesOf(things: Things, index: SchemaIndex): Choice[] {
  const found: Choice[] = [];
  for (const word of [...PLACES, ...ADDRESSES]) {
    if (ADDRESSES.includes(word) && found.length > 0) break;
    const all = targets(word, index).filter((one) => isOneOf(things, one.table, index));
    const own = all.find((one) => one.kind === 'column' && one.table === things.table && isText(one, index));
    const other = all.find(
      (one) => one.kind === 'table' && one.table !== things.table && index.tables[one.table]!.labels.length > 0,
    );
    const place = own ?? other;
    if (place !== undefined && !found.some((one) => sameChoice(one, place))) found.push(place);
  }
  return found.slice(0, MOST_PLACES);
}

const isText = (choice: Choice, index: SchemaIndex): boolean =>
  choice.kind === 'column' && index.tables[choice.table]!.columns[choice.column]!.traits.text;

const sameChoice = (a: Choice, b: Choice): boolean =>
  a.kind === b.kind && a.table === b.table && (a.kind !== 'column' || b.kind !== 'column' || a.column === b.column);

type ColumnOf = { readonly table: number; readonly column: number };

/** "born": a date of theirs that a word of the question means. */
function dateNamed(units: readonly Unit[], things: Things, index: SchemaIndex): ColumnOf | undefined {
  const hits = units.flatMap((unit) => unit.hits).filter(({ target }) => target.kind === 'column');
  return hits
    .filter(({ target }) => target.table === things.table)
    .sort((a, b) => b.weight - a.weight)
    .find(({ target }) => index.tables[target.table]!.columns[target.column]!.traits.time !== null)?.target;
}

const dateOf = (things: Things, index: SchemaIndex): ColumnOf | undefined =>
  dateColumns(index, things.table, [], null).find((one) => one.table === things.table && one.score > 0);

export interface AskedAttributes {
  readonly choices: readonly Choice[];
  readonly frame: Frame;
}

/** Takes "where", "when" and the makers of things out of a frame; null when the question asks for none of them. */
export function askedAttributes(
  text: string,
  frame: Frame,
  units: readonly Unit[],
  things: Things,
  index: SchemaIndex,
): AskedAttributes | null {
  const dims = frame.dims.filter((dim) => dim.kind !== 'grain' || !WHEN.test(text));
  if (frame.measures.length + frame.order.length + frame.columns.length + dims.length > 0) return null;
  const vague = frame.entity === null || isVerb(frame.entity, index);
  if (!vague) return null;
  const rest: Frame = { ...frame, entity: null, context: [], dims: [], anchor: null };
  if (WHERE.test(text)) {
    const choices = placesOf(things, index);
    return choices.length === 0 ? null : { choices, frame: rest };
  }
  if (WHEN.test(text) && frame.entity === null) {
    const date = dateNamed(units, things, index) ?? dateOf(things, index);
    if (date === undefined) return null;
    for (const unit of units) if (unit.unknown) frame.used.add(unit);
    return { choices: [{ kind: 'column', table: date.table, column: date.column, weight: 0.9 }], frame: rest };
  }
  const filtered = frame.filters.length + frame.periods.length + frame.conditions.length + frame.flags.length > 0;
  if (PERSON.test(text) && frame.entity === null && !filtered) {
    const person = objectOf(things.table, things, true, index);
    if (person === null || units.some((unit) => unit.hits.length > 0)) return null;
    return { choices: [{ kind: 'table', table: person, weight: 0.9 }], frame: rest };
  }
  return null;
}

const PERSON = /\bwho(?:m)?\b|谁/i;

/** "who supplies it?", 谁演的: the noun for the one who does it, as a unit with what that noun means. */
export function agentUnit(text: string, { frame, units }: QuestionReading, index: SchemaIndex): Unit | null {
  if (!PERSON.test(text) || frame.entity !== null) return null;
  for (const unit of units) {
    if (!unit.unknown) continue;
    for (const noun of agentNouns(unit.text)) {
      const hits = targets(noun, index).map((choice) => ({
        target: {
          kind: choice.kind === 'table' ? ('table' as const) : ('column' as const),
          table: choice.table,
          column: choice.kind === 'column' ? choice.column : -1,
        },
        weight: choice.weight,
      }));
      if (hits.length === 0) continue;
      frame.used.add(unit);
      return { ...unit, text: noun, hits, unknown: false };
    }
  }
  return null;
}

function agentNouns(verb: string): readonly string[] {
  if (/\p{Script=Han}/u.test(verb)) {
    const bare = verb.replace(/[的了过]$/, '');
    return ['员', '商', '者', '人', '师', '家', '方'].map((tail) => `${bare}${tail}`);
  }
  const word = verb.toLowerCase();
  const bases = [
    word.replace(/ies$/, 'y'),
    word.replace(/ied$/, 'y'),
    word.replace(/s$/, ''),
    word.replace(/d$/, ''),
    word.replace(/ed$/, ''),
    word.replace(/es$/, ''),
    word,
  ];
  return [...new Set(bases)].flatMap((base) => [
    base.replace(/y$/, 'i').replace(/e$/, '').concat('er'),
    base.replace(/e$/, '').concat('or'),
  ]);
}
