/**
 * How many mentions ask for something to be shown, grouped or sorted by, as the role tagger sees them: the length of a
 * select list rests on it, whatever the wording.
 */
import { type Linking, NAMED } from '../linking/linker.ts';
import type { PhraseMatch } from '../linking/phrase-match.ts';
import { ROLES, type Role } from '../slots/role-tagger.ts';

export interface Place {
  readonly start: number;
  readonly end: number;
}

const PARTIAL = 0.5;

/** Non-overlapping places where a column or a table is named, in order; the longest wins. */
export function namedPlacesOf(linking: Linking): Place[] {
  const found: (Place & { readonly coverage: number })[] = [];
  const add = (matches: readonly PhraseMatch[], least: number): void => {
    for (const m of matches) if (m.coverage >= least && m.coverage >= matches[0]!.coverage) found.push(m);
  };
  for (const id of linking.spanColumns) add(linking.columns[id]!.matches, PARTIAL);
  for (const id of linking.matchedTables) add(linking.tables[id]!.matches, NAMED);
  found.sort((a, b) => b.coverage - a.coverage || b.end - b.start - (a.end - a.start) || a.start - b.start);
  const taken = linking.values.filter((v) => v.strong && !v.carried).map(({ start, end }): Place => ({ start, end }));
  const out: Place[] = [];
  for (const { start, end } of found) {
    if (taken.some((t) => start < t.end && t.start < end)) continue;
    taken.push({ start, end });
    out.push({ start, end });
  }
  return out.sort((a, b) => a.start - b.start);
}

export interface RoleCounts {
  /** Expected number of mentions per role, in the order of {@link ROLES}. */
  readonly expected: readonly number[];
  /** The likeliest role of each place that has one. */
  readonly sequence: readonly Role[];
}

/** `roles` gives the log-probabilities of the roles at a mention. */
export function roleCounts(linking: Linking, roles: (start: number, end: number) => ArrayLike<number>): RoleCounts {
  const expected = ROLES.map(() => 0);
  const sequence: Role[] = [];
  for (const place of namedPlacesOf(linking)) {
    const logs = roles(place.start, place.end);
    let best = 0;
    for (let r = 0; r < ROLES.length; r++) {
      expected[r]! += Math.exp(logs[r]!);
      if (logs[r]! > logs[best]!) best = r;
    }
    if (ROLES[best] !== 'none') sequence.push(ROLES[best]!);
  }
  return { expected, sequence };
}

/** Features for the sketch models. */
export function roleFeaturesOf({ expected, sequence }: RoleCounts): string[] {
  const out: string[] = [];
  const whole = (role: Role): string => `${role}${Math.min(6, Math.round(expected[ROLES.indexOf(role)]!))}`;
  const asked = ROLES.filter((role) => role !== 'none');
  for (const role of asked) {
    const n = expected[ROLES.indexOf(role)]!;
    out.push(`r:${whole(role)}`, `R:${role}${Math.min(10, Math.round(n * 2))}`);
  }
  out.push(
    `r:${whole('select')}${whole('agg')}`,
    `r:${whole('select')}${whole('group')}`,
    `r:${whole('select')}${whole('order')}`,
  );
  const letters = sequence.map((role) => role[0]);
  out.push(`r=${letters.slice(0, 9).join('')}`, `r>${letters.slice(-3).join('')}`);
  return out;
}
