/** How much of a question a reading accounts for: the share of its content words that some mapping covers, 0 to 1. */
import type { Mapping } from '../../planner.ts';

const FUNCTION_WORDS = new Set(
  (
    'a an the of for to in on at by with from and or not is are was were be been do does did has have had what which who whom whose ' +
    'when where why how many much that this these those there it its their our your my we you they i me us please show list find give ' +
    'tell return get display count number all each every any some than then as if so can could would will'
  ).split(' '),
);
const FUNCTION_CHARACTERS =
  /[的了是在有和与及或吗呢吧啊么什哪些谁几多少个请问我你他她它们这那给把被从到为以就都也还查询列出显示找]/g;

/** The content words of a question: English words, single Chinese characters. */
export function contentWords(question: string): string[] {
  const words = question.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const characters = question.replace(FUNCTION_CHARACTERS, '').match(/\p{Script=Han}/gu) ?? [];
  return [...words.filter((word) => !FUNCTION_WORDS.has(word)), ...characters];
}

/** 0 for a question without content words. */
export function coveredShare(question: string, mappings: readonly Mapping[]): number {
  const words = contentWords(question);
  if (words.length === 0) return 0;
  const covered = new Set(mappings.flatMap(({ phrase }) => contentWords(phrase)));
  return words.filter((word) => covered.has(word)).length / words.length;
}
