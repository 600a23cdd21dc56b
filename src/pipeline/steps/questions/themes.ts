/** What a set of questions is about: one theme for each table that says something, with the tables around it. */
import type { Language } from '../../../planning/index.ts';
import type { DatabaseSchema, Table } from '../../../sql/index.ts';
import { type TableFacts, tableFacts } from './table-facts.ts';

export interface Theme {
  readonly name: string;
  readonly description: string;
  readonly facts: TableFacts;
  readonly tables: readonly Table[];
  readonly entities: readonly string[];
  readonly metrics: readonly string[];
}

/** Tables beyond these get no theme of their own; they are still joined where a theme leads to them. */
const MOST_THEMES = 20;

/** Words and Chinese character pairs, to see what a table shares with the business context. */
function pieces(text: string): Set<string> {
  const words = text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  const han = text.match(/\p{Script=Han}+/gu) ?? [];
  return new Set([...words, ...han.flatMap((run) => [...run].slice(1).map((_, index) => run.slice(index, index + 2)))]);
}

function score(facts: TableFacts, referredTo: number, context: ReadonlySet<string>): number {
  const shared = [
    ...pieces(`${facts.table.comment ?? ''} ${facts.label} ${facts.table.ref.name.replaceAll('_', ' ')}`),
  ];
  const related = shared.filter((piece) => context.has(piece)).length;
  return (
    (facts.isEvent ? 6 : 0) +
    Math.min(facts.measures.length, 5) +
    Math.min(facts.dimensions.length, 6) +
    Math.min(referredTo, 4) +
    Math.min(related, 4) -
    (facts.isLink ? 4 : 0) -
    (facts.table.rowCount === 0 ? 20 : 0)
  );
}

/** The themes of a database, the most telling first. */
export function themesOf(
  tables: readonly Table[],
  schema: DatabaseSchema,
  options: { readonly language: Language; readonly businessContext: string },
): readonly Theme[] {
  const context = pieces(options.businessContext);
  const bound: DatabaseSchema = { ...schema, tables };
  const referred = new Map<string, number>();
  for (const table of tables) {
    for (const { referenced } of table.foreignKeys)
      referred.set(referenced.name, (referred.get(referenced.name) ?? 0) + 1);
  }
  // A view tells again what its tables tell.
  const stored = tables.filter(({ kind }) => kind === 'table');
  const facts = (stored.length > 0 ? stored : tables).map((table) => tableFacts(table, bound, options.language));
  return tellApart(facts, options.language)
    .map((facts) => ({ facts, score: score(facts, referred.get(facts.table.ref.name) ?? 0, context) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_THEMES)
    .map(({ facts }) => themeOf(facts, options.language));
}

/** A measure that several tables call the same is called with the name of its own: `amount` → `order item amount`. */
function tellApart(all: readonly TableFacts[], language: Language): readonly TableFacts[] {
  const plain = (label: string): string => label.toLowerCase().replace(/^(?:total |总)/, '');
  const owners = new Map<string, Set<TableFacts>>();
  for (const facts of all) {
    for (const { label } of facts.measures) {
      const key = plain(label);
      owners.set(key, (owners.get(key) ?? new Set()).add(facts));
    }
  }
  return all.map((facts) => ({
    ...facts,
    measures: facts.measures.map((measure) => {
      const { label } = measure;
      const isOwn = plain(label) !== label.toLowerCase() || label.toLowerCase().includes(facts.label.toLowerCase());
      if (isOwn || owners.get(plain(label))!.size < 2) return measure;
      return { ...measure, label: `${facts.label}${language === 'zh' ? '' : ' '}${label}` };
    }),
  }));
}

function themeOf(facts: TableFacts, language: Language): Theme {
  const around = new Map(facts.dimensions.map(({ table }) => [table.ref.name, table]));
  around.delete(facts.table.ref.name);
  const metrics = facts.measures.map(({ label }) => label);
  const entities = [...new Set([facts.label, ...facts.dimensions.map(({ label }) => label)])];
  const name = language === 'zh' ? `${facts.label}分析` : `${facts.label} analysis`;
  const list = (items: readonly string[]): string => items.slice(0, 6).join(language === 'zh' ? '、' : ', ');
  const description =
    language === 'zh'
      ? `${facts.table.comment ?? facts.label}；维度：${list(entities)}${metrics.length > 0 ? `；指标：${list(metrics)}` : ''}`
      : `${facts.table.comment ?? facts.label}; by ${list(entities)}${metrics.length > 0 ? `; measures: ${list(metrics)}` : ''}`;
  return { name, description, facts, tables: [facts.table, ...around.values()], entities, metrics };
}
