/** The only place that reads the process's environment; everything above receives values. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process. */
export const processEnvironment = (): Environment => process.env;

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** A `${NAME}` reference that the environment does not resolve, and where it stands. */
export interface UnresolvedReference {
  /** Dotted key path, e.g. `agent.models.main.api_key`. */
  readonly path: string;
  readonly variable: string;
}

/**
 * Replaces `${NAME}` and `${NAME:-default}` in every string of a parsed YAML document. Unset references stay as
 * written and are listed, so that only those that are needed become errors.
 */
export function substituteEnvironment(
  value: unknown,
  environment: Environment,
  path = '',
): { readonly value: unknown; readonly unresolved: readonly UnresolvedReference[] } {
  const unresolved: UnresolvedReference[] = [];
  const visit = (node: unknown, at: string): unknown => {
    if (typeof node === 'string') {
      return node.replace(REFERENCE, (whole, name: string, fallback: string | undefined) => {
        const found = environment[name];
        if (found !== undefined && found !== '') return found;
        if (fallback !== undefined) return fallback;
        unresolved.push({ path: at, variable: name });
        return whole;
      });
    }
    if (Array.isArray(node)) return node.map((item, index) => visit(item, `${at}[${index}]`));
    if (node !== null && typeof node === 'object') {
      return Object.fromEntries(
        Object.entries(node).map(([key, item]) => [key, visit(item, at ? `${at}.${key}` : key)]),
      );
    }
    return node;
  };
  return { value: visit(value, path), unresolved };
}
