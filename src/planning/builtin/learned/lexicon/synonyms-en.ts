/** General English: words that name the same thing, and adjectives or verbs that ask for an attribute. */
import type { Thesaurus } from '../linking/linker.ts';
import { stem } from '../text/stem.ts';

/** Each line: words that may stand for one another. */
const GROUPS = `
movie film picture
item good product article merchandise
school college university
worker employee staff personnel
customer client buyer consumer
doctor physician
song track
singer artist musician performer
salary wage pay earn income compensation
cost price fee charge
sex gender
country nation
city town
teacher instructor professor lecturer faculty tutor
class course lesson
car vehicle automobile
store shop branch
firm company business corporation enterprise
author writer
supplier vendor
purchase order buy
phone telephone
begin start
end finish
amount quantity number
type kind category
job occupation profession position
pupil student
rating rank score star
apartment flat
airplane plane aircraft
match game
team club
contest competition tournament
photo picture image
area size
boss manager supervisor
member participant
hospital clinic
patient
medicine drug medication
illness disease
party event
festival event
river stream
boat ship vessel
pet animal
painting artwork
elevation altitude height
surname last
percent percentage ratio share
description detail information
complaint issue
review comment
kid child
pilot
nickname alias
hometown town
birthplace birth
opponent enemy
invoice bill
shipment delivery
staff employee
policy contract
budget fund
profit earnings
attendance audience
seat capacity
crew team
conductor director
captain leader head
`;

/** `word: units` – a word of the question that asks for an attribute without naming it. */
const ASKS_FOR = `
old: age birth year date
young: age birth year date
tall: height
short: height length duration
high: height elevation
heavy: weight
light: weight
long: length duration
large: size area population capacity
big: size area population capacity
small: size area population capacity
fast: speed time
slow: speed time
expensive: price cost
cheap: price cost
rich: salary worth income
earn: salary
paid: salary
cost: price
live: address city country state
located: location city address country state
born: birth
where: location city address country place
when: date time year
early: date time year
late: date time year
recent: date time year
new: date year
crowded: population
populous: population
popular: popularity
weigh: weight
age: birth
won: win
title: name
titles: name
called: name
named: name
who: name
male: sex gender
female: sex gender
man: sex gender
woman: sex gender
full: first last
name: title
`;

const SAME = 0.75;
const ASKED = 0.5;

function build(): Thesaurus {
  const map = new Map<string, [string, number][]>();
  const add = (word: string, unit: string, weight: number): void => {
    const from = stem(word);
    const to = stem(unit);
    if (from === to) return;
    const list = map.get(from) ?? [];
    if (!list.some(([u]) => u === to)) list.push([to, weight]);
    map.set(from, list);
  };
  for (const line of GROUPS.trim().split('\n')) {
    const words = line.split(' ');
    for (const a of words) for (const b of words) if (a !== b) add(a, b, SAME);
  }
  for (const line of ASKS_FOR.trim().split('\n')) {
    const [word, units] = line.split(': ');
    for (const unit of units!.split(' ')) add(word!, unit, ASKED);
  }
  return map;
}

export const SYNONYMS_EN: Thesaurus = build();
