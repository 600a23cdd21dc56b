import type { Language } from '../planner.ts';

/** The language to answer in: Chinese as soon as a question holds Chinese characters. */
export const languageOf = (question: string): Language => (/\p{Script=Han}/u.test(question) ? 'zh' : 'en');
