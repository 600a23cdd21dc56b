/** Guesses from the words around a mention what it is used for. */
import type { Linking } from '../linking/linker.ts';
import { classify, type TextClassifier } from '../model/text-classifier.ts';

export const ROLES = ['select', 'agg', 'where', 'group', 'order', 'none'] as const;
export type Role = (typeof ROLES)[number];

/** Words around the mention `[start, end)`, near ones with their place. */
export function roleFeatures(linking: Linking, start: number, end: number): string[] {
  const { units } = linking.question;
  const wide = linking.question.chinese ? 6 : 5;
  const out: string[] = ['*'];
  const word = (i: number): string =>
    i < 0 ? '^' : i >= units.length ? '$' : linking.mask[i] ? `<${linking.mask[i]}>` : units[i]!.text;
  const plain = (i: number): string => (i < 0 ? '^' : i >= units.length ? '$' : units[i]!.text);
  for (let d = 1; d <= wide; d++) {
    const before = word(start - d);
    const after = word(end + d - 1);
    out.push(`b${d}:${before}`, `a${d}:${after}`, `B:${before}`, `A:${after}`);
  }
  out.push(
    `b12:${word(start - 2)} ${word(start - 1)}`,
    `b123:${word(start - 3)} ${word(start - 2)} ${word(start - 1)}`,
  );
  out.push(
    `a12:${word(end)} ${word(end + 1)}`,
    `a123:${word(end)} ${word(end + 1)} ${word(end + 2)}`,
    `ba:${word(start - 1)} ${word(end)}`,
  );
  out.push(`pb:${plain(start - 2)} ${plain(start - 1)}`, `pa:${plain(end)} ${plain(end + 1)}`);
  for (let i = start; i < end; i++) out.push(`x:${plain(i)}`);
  out.push(`first:${plain(0)} ${plain(1)}`, `at${Math.min(5, Math.floor((6 * start) / Math.max(1, units.length)))}`);
  if (units[start]?.afterComma) out.push('comma-before');
  if (units[end]?.afterComma) out.push('comma-after');
  return out;
}

/** Log-probabilities in the order of {@link ROLES}. */
export function tagRoles(model: TextClassifier, linking: Linking, start: number, end: number): Float32Array {
  const raw = classify(model, roleFeatures(linking, start, end));
  const out = new Float32Array(ROLES.length).fill(-6);
  model.labels.forEach((label, i) => {
    const r = ROLES.indexOf(label as Role);
    if (r >= 0) out[r] = Math.max(-6, raw[i]!);
  });
  return out;
}
