/** The thesaurus that linking uses, all languages together: keys of different languages never collide. */
import type { Thesaurus } from '../linking/linker.ts';
import { SYNONYMS_EN } from './synonyms-en.ts';
import { SYNONYMS_ZH } from './synonyms-zh.ts';

export const THESAURUS: Thesaurus = new Map([...SYNONYMS_EN, ...SYNONYMS_ZH]);
