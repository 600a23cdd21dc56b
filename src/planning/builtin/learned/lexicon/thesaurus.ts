/** The thesaurus that linking uses, all languages together: keys of different languages never collide. */
import type { Thesaurus } from '../linking/linker.ts';
import { SYNONYMS_EN } from './synonyms-en.ts';

export const THESAURUS: Thesaurus = SYNONYMS_EN;
