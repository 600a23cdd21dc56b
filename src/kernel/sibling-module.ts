/**
 * The URL of a module beside the caller, for worker threads and child processes: the source runs
 * directly under Node (`.ts`), the build as `.js`.
 *
 * @param importMetaUrl the caller's `import.meta.url`
 * @param name path relative to the caller, without extension, e.g. `./pglite-worker`
 */
export function siblingModule(importMetaUrl: string, name: string): URL {
  return new URL(`${name}${importMetaUrl.endsWith('.ts') ? '.ts' : '.js'}`, importMetaUrl);
}
