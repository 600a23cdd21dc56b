import { describe, expect, it } from 'vitest';
import { link } from '../linking/linker.ts';
import { analyseQuestion } from '../linking/question.ts';
import { buildSchemaIndex } from '../schema/schema-index.ts';
import { LIBRARY } from '../testing/library-schema.ts';
import { likePattern, measured } from './literals.ts';

const schema = buildSchemaIndex(LIBRARY, new Map());
const pattern = (question: string, cell: string): string =>
  likePattern(link(analyseQuestion(question), schema, new Map()), cell);

describe('literals', () => {
  it('puts wildcards where the words say', () => {
    expect(pattern('titles that start with Salt', 'Salt')).toBe('Salt%');
    expect(pattern('titles ending in Roads', 'Roads')).toBe('%Roads');
    expect(pattern('titles with the word Roads', 'Roads')).toBe('%Roads%');
  });
  it('looks for what is quoted, not for the cell that it was found in', () => {
    expect(pattern('titles that contain "glass"', 'The Glass Barn')).toBe('%glass%');
  });
  it('takes the number out of a cell with its unit', () => {
    expect(['30度', '40万', '2年', 'old', 7].map(measured)).toEqual([30, 400_000, 2, 'old', 7]);
  });
});
