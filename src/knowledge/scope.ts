/** Where knowledge applies. */
export interface KnowledgeScope {
  readonly namespace: string;
  /** Null: any database of the namespace. */
  readonly database: string | null;
}

/** Whether what was said for `datasources` (`namespace` or `namespace/database`; none: everywhere) applies here. */
export const appliesTo = (datasources: readonly string[], { namespace, database }: KnowledgeScope): boolean =>
  datasources.length === 0 ||
  datasources.includes(namespace) ||
  (database !== null && datasources.includes(`${namespace}/${database}`));
