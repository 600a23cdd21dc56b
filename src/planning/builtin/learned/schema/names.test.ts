import { describe, expect, it } from 'vitest';
import { columnUnits, nameUnits, segment } from './names.ts';

const words = new Map([
  ['player', 50],
  ['name', 90],
  ['home', 30],
  ['town', 20],
]);

describe('names', () => {
  it('splits at case changes and underscores', () => {
    expect(nameUnits('firstName', words)).toEqual(['first', 'name']);
    expect(nameUnits('HOME_TOWN', words)).toEqual(['home', 'town']);
  });
  it('spells abbreviations out', () => {
    expect(nameUnits('dept_num', words)).toEqual(['depart', 'number']);
  });
  it('takes glued words apart when the parts are known, and leaves others whole', () => {
    expect(segment('playername', words)).toEqual(['player', 'name']);
    expect(segment('zyxwvuts', words)).toEqual(['zyxwvuts']);
  });
  it('spells out table initials in front of a common word', () => {
    expect(columnUnits('pName', ['player'], 'Player', words)).toEqual(['player', 'name']);
    expect(columnUnits('flno', ['flight'], 'Flight', words)).toEqual(['flight', 'number']);
  });
});
