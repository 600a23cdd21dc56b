/**
 * Fits what a model should know into a token budget: first the question and what this business says about it, then
 * the tables that the question seems to be about at full length, then the others as far as they fit.
 */
import { estimateTokens } from '../../llm/index.ts';
import type { DatabaseSchema, Table } from '../../sql/index.ts';
import type { PlanningKnowledge, PlanRequest } from '../planner.ts';
import { dateContext } from './date-context.ts';
import { describeTable, oneLine, outlineTable, tableName } from './describe-table.ts';
import { rankTables, wordsOf } from './rank-tables.ts';

export interface PackedContext {
  /** The user's message, in delimited blocks. */
  readonly text: string;
  /** Tables described at full length, by name. */
  readonly described: readonly string[];
  /** How many tables are not even named. */
  readonly omitted: number;
}

/** One delimited block; the delimiter cannot be forged, since data never holds the nonce. */
export function dataBlock(nonce: string, kind: string, content: string): string {
  return `<data id="${nonce}" kind="${kind}">\n${content.replaceAll(nonce, '…')}\n</data id="${nonce}">`;
}

/** How many texts that do not fit are passed over in the hope of a shorter one. */
const MAX_MISSES = 12;

/** Takes items in order as far as their texts fit; `rest` are the others, in order. */
function takeWhatFits<T>(items: readonly T[], textOf: (item: T) => string, tokens: number) {
  const taken: { readonly item: T; readonly text: string }[] = [];
  const rest: T[] = [];
  let left = tokens;
  let misses = 0;
  for (const item of items) {
    const text = misses < MAX_MISSES ? textOf(item) : null;
    const cost = text === null ? Number.POSITIVE_INFINITY : estimateTokens(text) + 1;
    if (text !== null && cost <= left) {
      taken.push({ item, text });
      left -= cost;
    } else {
      rest.push(item);
      misses += 1;
    }
  }
  return { taken, rest, left };
}

function overlap(asked: ReadonlySet<string>, text: string): number {
  let shared = 0;
  for (const word of wordsOf(text)) if (asked.has(word)) shared += 1;
  return shared;
}

/** The items that share words with the question, best first. */
function relevant<T>(items: readonly T[], text: (item: T) => string, asked: ReadonlySet<string>, limit: number): T[] {
  return items
    .map((item) => ({ item, shared: overlap(asked, text(item)) }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, limit)
    .map(({ item }) => item);
}

function knowledgeBlocks(knowledge: PlanningKnowledge, question: string, tokens: number): [string, string][] {
  const asked = wordsOf(question);
  const examples = relevant(knowledge.examples, (example) => example.question, asked, 5).map(
    (example) => `question: ${oneLine(example.question, 300)}\nsql: ${example.sql.trim().slice(0, 1_500)}`,
  );
  const measures = relevant(
    knowledge.measures,
    (measure) => [measure.name, ...measure.synonyms, measure.description].join(' '),
    asked,
    8,
  ).map((measure) => `${measure.name}: ${oneLine(measure.description, 300)}`);
  const terms = relevant(
    knowledge.terms,
    (term) => [term.word, ...term.synonyms, term.description].join(' '),
    asked,
    12,
  ).map((term) => {
    const also = term.synonyms.length === 0 ? '' : ` (also: ${term.synonyms.slice(0, 6).join(', ')})`;
    return oneLine(`${term.word}${also}: ${term.description}`, 400);
  });
  const notes = knowledge.notes.map((note) => note.slice(0, 4_000));
  const share = Math.floor(tokens / 4);
  return (
    [
      ['verified queries', examples],
      ['measures', measures],
      ['terms', terms],
      ['notes', notes],
    ] as const
  ).flatMap(([kind, texts]): [string, string][] => {
    const { taken } = takeWhatFits(texts, (text) => text, share);
    return taken.length === 0 ? [] : [[kind, taken.map(({ text }) => text).join('\n\n')]];
  });
}

function schemaText(
  schema: DatabaseSchema,
  request: PlanRequest,
  tokens: number,
): { text: string; described: string[]; omitted: number } {
  const hints = [
    ...request.previous.slice(-2).map((turn) => turn.question),
    ...request.knowledge.terms.filter((term) => request.question.includes(term.word)).flatMap((term) => term.synonyms),
  ];
  const ranked = rankTables(schema, request.question, hints).map(({ table }) => table);
  const nameOf = (table: Table): string => tableName(table.ref, schema);
  // Some room stays for naming the tables that do not fit.
  const full = takeWhatFits(ranked, (table) => describeTable(table, schema), tokens * 0.85);
  const room = full.left + tokens * 0.15;
  const outlined = takeWhatFits(full.rest, (table) => outlineTable(table, schema), room * 0.7);
  const named = takeWhatFits(outlined.rest, nameOf, outlined.left + room * 0.3);
  const parts = [full.taken.map(({ text }) => text).join('\n\n')];
  const lines = outlined.taken.map(({ text }) => text).join('\n');
  if (lines !== '') parts.push(`Further tables, columns only:\n${lines}`);
  const names = named.taken.map(({ text }) => text).join(', ');
  if (names !== '') parts.push(`Further tables, names only: ${names}`);
  const omitted = named.rest.length;
  if (omitted > 0) parts.push(`${omitted} more tables are not listed.`);
  return {
    text: parts.filter((part) => part !== '').join('\n\n'),
    described: full.taken.map(({ item }) => nameOf(item)),
    omitted,
  };
}

function previousTurns(request: PlanRequest): string {
  return request.previous
    .slice(-4)
    .map((turn) => `question: ${oneLine(turn.question, 500)}\nsql: ${turn.sql.slice(0, 2_000)}`)
    .join('\n\n');
}

/** Packs a request into at most about `tokens` tokens. */
export function packContext(request: PlanRequest, nonce: string, tokens: number): PackedContext {
  const question = request.question.slice(0, 10_000);
  const knowledge = knowledgeBlocks(request.knowledge, question, Math.floor(tokens * 0.3));
  const blocks: [string, string][] = [...knowledge, ['date', dateContext(request.today)]];
  const previous = previousTurns(request);
  if (previous !== '') blocks.push(['earlier questions of this conversation, oldest first', previous]);
  const used = estimateTokens(question) + blocks.reduce((sum, [, text]) => sum + estimateTokens(text) + 20, 0);
  const schema = schemaText(request.schema, request, Math.max(200, tokens - used - 60));
  const text = [
    dataBlock(nonce, 'schema', schema.text),
    ...blocks.map(([kind, content]) => dataBlock(nonce, kind, content)),
    dataBlock(nonce, 'question', question),
    'Reply with the JSON object only.',
  ].join('\n\n');
  return { text, described: schema.described, omitted: schema.omitted };
}
