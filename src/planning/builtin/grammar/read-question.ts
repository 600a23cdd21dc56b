import type { Language } from '../../planner.ts';
import { emptyFrame, type Frame } from './frame.ts';
import { mergeCompounds } from './merge-compounds.ts';
import { readConditions, readStock } from './read-conditions.ts';
import { readFilters, readFlags, readTextMatches } from './read-filters.ts';
import { readGroups, readPeriods } from './read-groups.ts';
import { readMeasures } from './read-measures.ts';
import { readRanking } from './read-ranking.ts';
import { readRest } from './read-rest.ts';
import type { Reader } from './reader.ts';
import type { SchemaIndex } from './schema-index.ts';
import type { Unit } from './units.ts';

export interface QuestionReading {
  readonly frame: Frame;
  readonly units: readonly Unit[];
}

/** Gives every unit of a question its part: the passes run from the surest cues to the least sure. */
export function readQuestion(
  text: string,
  language: Language,
  index: SchemaIndex,
  all: readonly Unit[],
): QuestionReading {
  const units = mergeCompounds(
    all.filter((unit) => !unit.stop),
    index,
    text,
  );
  const reader: Reader = { text, language, index, units, all, frame: emptyFrame() };
  readPeriods(reader);
  readTextMatches(reader);
  readStock(reader);
  readConditions(reader);
  readRanking(reader);
  readGroups(reader);
  readFilters(reader);
  readFlags(reader);
  readMeasures(reader);
  readRest(reader);
  return { frame: reader.frame, units };
}
