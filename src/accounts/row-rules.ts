/**
 * Row rules as they are stored and written by people: a tree of `and` / `or` over terms on columns, whose values are
 * fixed or named user variables. For a run the variables become values and the tree becomes the guard's `RowRule`.
 */
import { z } from 'zod';
import { EngineError, fail, type Outcome, ok } from '../kernel/index.ts';
import type { RowRule, Scalar } from '../sql/index.ts';
import type { VariableValue } from './tables.ts';

const COMPARISONS = ['eq', 'not_eq', 'lt', 'le', 'gt', 'ge'] as const;
const PATTERNS = ['like', 'not like'] as const;
const LISTS = ['in', 'not in'] as const;
const STATES = ['null', 'not_null', 'empty', 'not_empty'] as const;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const column = z.string().min(1);
const variable = z.string().min(1);
const term = z.union([
  z.strictObject({ column, term: z.enum([...COMPARISONS, ...PATTERNS]), value: scalar }),
  z.strictObject({ column, term: z.enum(LISTS), value: z.array(scalar) }),
  z.strictObject({ column, term: z.enum([...COMPARISONS, ...PATTERNS, ...LISTS]), variable }),
  z.strictObject({ column, term: z.enum(STATES) }),
]);

export type AccessTerm = z.output<typeof term>;
export type AccessRule = { readonly logic: 'and' | 'or'; readonly items: readonly AccessRule[] } | AccessTerm;

const rule: z.ZodType<AccessRule> = z.lazy(() =>
  z.union([z.strictObject({ logic: z.enum(['and', 'or']), items: z.array(rule).min(1).max(100) }), term]),
);

/** Reads a rule from JSON text; the failure says what is wrong in words. */
export function parseAccessRule(text: string): Outcome<AccessRule, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('the row rule is not JSON');
  }
  const parsed = rule.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return fail(
    'a row rule is {"column":"region","term":"eq","value":"East"} or {"logic":"and","items":[…]}; terms: ' +
      `${[...COMPARISONS, ...PATTERNS, ...LISTS, ...STATES].join(', ')}; instead of "value", "variable" names a user variable`,
  );
}

/** Reads a stored rule. A rule that cannot be read stops the caller: rights fail closed. */
export function storedAccessRule(value: unknown): AccessRule {
  const parsed = rule.safeParse(value);
  if (!parsed.success) throw new EngineError('not-allowed', 'a stored row rule cannot be read; grant it again');
  return parsed.data;
}

type Variables = Readonly<Record<string, VariableValue>>;

/** The guard's rule, with the user's own values. A variable that is not set matches no row. */
export function resolveRule(access: AccessRule, variables: Variables): RowRule {
  if ('logic' in access) {
    return { kind: access.logic, rules: access.items.map((item) => resolveRule(item, variables)) };
  }
  const { column } = access;
  const nothing: RowRule = { kind: 'in', column, values: [] };
  switch (access.term) {
    case 'null':
    case 'not_null':
    case 'empty':
    case 'not_empty':
      return { kind: access.term, column };
    case 'in':
    case 'not in': {
      const values = valueFor(access, variables);
      if (values === undefined) return nothing;
      const kind = access.term === 'in' ? 'in' : 'not_in';
      return { kind, column, values: Array.isArray(values) ? values : [values as Scalar] };
    }
    default: {
      const value = valueFor(access, variables);
      if (value === undefined || Array.isArray(value)) return nothing;
      if (access.term === 'like' || access.term === 'not like') {
        return { kind: access.term === 'like' ? 'like' : 'not_like', column, value: containing(String(value)) };
      }
      return { kind: access.term, column, value: value as Scalar };
    }
  }
}

function valueFor(access: AccessTerm, variables: Variables): VariableValue | undefined {
  if ('value' in access) return access.value;
  if (!('variable' in access)) return undefined;
  return Object.hasOwn(variables, access.variable) ? variables[access.variable] : undefined;
}

/** The pattern of texts that contain this one. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
