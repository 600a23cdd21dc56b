import { describe, expect, it } from 'vitest';
import { link } from '../linking/linker.ts';
import { analyseQuestion } from '../linking/question.ts';
import { buildSchemaIndex } from '../schema/schema-index.ts';
import { ROLES, type Role } from '../slots/role-tagger.ts';
import { LIBRARY } from '../testing/library-schema.ts';
import { namedPlacesOf, roleCounts, roleFeaturesOf } from './role-features.ts';

const schema = buildSchemaIndex(LIBRARY, new Map());
const linked = (question: string) => link(analyseQuestion(question), schema, new Map());
/** Says the same role of every mention, with certainty. */
const always = (role: Role) => () => ROLES.map((r) => (r === role ? 0 : -6));

describe('what the mentions ask for', () => {
  const question = 'Give the title and pages of books of authors from the home town Vellum';

  it('counts each place that names a column or table once, values left out', () => {
    const { units } = analyseQuestion(question);
    const places = namedPlacesOf(linked(question)).map(({ start, end }) =>
      units
        .slice(start, end)
        .map((u) => u.raw)
        .join(' '),
    );
    expect(places).toEqual(['title', 'pages', 'books', 'authors', 'home town']);
  });
  it('expects as many shown items as mentions are likely to be shown', () => {
    const counts = roleCounts(linked(question), always('select'));
    expect(counts.expected[ROLES.indexOf('select')]).toBeCloseTo(5);
    expect(roleFeaturesOf(counts)).toContain('r:select5');
    expect(roleFeaturesOf(counts)).toContain('r=sssss');
  });
  it('leaves mentions without a role out of the sequence', () => {
    expect(roleCounts(linked(question), always('none')).sequence).toEqual([]);
  });
});
