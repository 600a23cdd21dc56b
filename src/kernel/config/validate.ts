import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { EngineError } from '../engine-error.ts';

/** Checks plain data against a schema; every problem becomes one line `file: key: what is wrong`. */
export function validateConfig<T extends z.ZodType>(schema: T, value: unknown, file: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    (issue) => `${file}: ${formatPath(issue.path) || '(top level)'}: ${issue.message}`,
  );
  throw new EngineError('config-invalid', lines.join('\n'), { data: { file } });
}

/** `['a', 'b', 0]` as `a.b[0]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    '',
  );
}

/** The known name nearest to a misspelt one, or null when nothing is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const scored = known
    .map((candidate) => ({ candidate, cost: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.cost - b.cost)[0];
  return scored && scored.cost <= Math.max(2, Math.floor(name.length / 3)) ? scored.candidate : null;
}

/** Warnings for keys that nobody reads: `file: key: unknown key; did you mean …?`. */
export function unknownKeyWarnings(value: unknown, known: readonly string[], path: string, file: string): string[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = nearestName(key, known);
      const full = path ? `${path}.${key}` : key;
      return `${file}: ${full}: unknown key, ignored${near ? `; did you mean \`${near}\`?` : ''}`;
    });
}
