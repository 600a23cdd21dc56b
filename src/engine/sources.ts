/**
 * The datasources that can be asked: those of the configured namespaces, and ad-hoc ones by file or URL. Each opens
 * once, on first use; a failed opening is tried again at the next use.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Catalog } from '../catalog/index.ts';
import {
  type Datasource,
  type DatasourceConfig,
  type DatasourceDeps,
  datasourcesOfNamespace,
  openDatasource,
  parseConnectionUrl,
} from '../execution/index.ts';
import { EngineError, nearestName } from '../kernel/index.ts';
import type { DatabaseSchema } from '../sql/index.ts';
import type { OpenedDatasource } from '../workflows/index.ts';
import { type LoadedConfig, requireResolved } from './config/load-config.ts';

export interface SourceInfo {
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
}

export interface Sources {
  /** All of them, or those of one namespace. */
  list(namespace?: string): readonly SourceInfo[];
  namespaces(): readonly string[];
  /**
   * One datasource of a namespace, opened and known. `database` chooses among several; null takes the only one, or
   * the first.
   *
   * @throws EngineError `not-found`, `datasource-unavailable`, `config-invalid`
   */
  open(
    namespace: string,
    database: string | null,
    signal?: AbortSignal,
    /** Reads the structure again, whatever is known. */
    refresh?: boolean,
  ): Promise<OpenedDatasource>;
  /** A namespace by name, else a file path or URL. */
  openText(text: string, signal?: AbortSignal): Promise<OpenedDatasource>;
  close(): Promise<void>;
}

interface Entry extends SourceInfo {
  readonly config: DatasourceConfig;
}

export function createSources(options: {
  readonly loaded: LoadedConfig;
  readonly catalog: Catalog;
  /** Adds the names that people use; must give the same object for the same snapshot. */
  readonly describe: (namespace: string, schema: DatabaseSchema) => Promise<DatabaseSchema>;
  readonly deps: DatasourceDeps;
}): Sources {
  const { loaded, catalog, describe, deps } = options;
  const configured = loaded.config.agent.namespace;
  const entries = new Map<string, readonly Entry[]>();
  const opened = new Map<string, Promise<Datasource>>();
  let closed = false;

  const entriesOf = (namespace: string): readonly Entry[] => {
    const known = entries.get(namespace);
    if (known) return known;
    const config = Object.hasOwn(configured, namespace) ? configured[namespace] : undefined;
    if (!config) throw unknownNamespace(namespace, Object.keys(configured));
    requireResolved(loaded, `agent.namespace.${namespace}`);
    const made = datasourcesOfNamespace(config, { namespace, baseDirectory: dirname(loaded.file) }).map((one) => ({
      namespace,
      name: one.name,
      kind: one.config.kind,
      config: one.config,
    }));
    entries.set(namespace, made);
    return made;
  };

  const connect = (key: string, config: DatasourceConfig): Promise<Datasource> => {
    const existing = opened.get(key);
    if (existing) return existing;
    if (closed) return Promise.reject(new EngineError('cancelled', 'the engine is closing'));
    const opening = openDatasource(config, deps);
    opened.set(key, opening);
    opening.catch(() => opened.delete(key));
    return opening;
  };

  const known = async (
    namespace: string | null,
    key: string,
    name: string,
    config: DatasourceConfig,
    signal?: AbortSignal,
    refresh = false,
  ): Promise<OpenedDatasource> => {
    const datasource = await connect(key, config);
    const snapshot = await catalog.snapshot(datasource, { key, signal, refresh });
    const schema = namespace === null ? snapshot : await describe(namespace, snapshot);
    return { name, datasource, schema };
  };

  const openNamed = async (
    namespace: string,
    database: string | null,
    signal?: AbortSignal,
    refresh?: boolean,
  ): Promise<OpenedDatasource> => {
    const all = entriesOf(namespace);
    const wanted = database?.toLowerCase() ?? null;
    const chosen =
      wanted === null
        ? all[0]
        : (all.find((one) => one.name.toLowerCase() === wanted) ?? (all.length === 1 ? all[0] : undefined));
    if (!chosen) {
      throw new EngineError(
        'not-found',
        all.length === 0
          ? `namespace \`${namespace}\` has no database; check its uri, dbs or path_pattern in ${loaded.file}`
          : `there is no database \`${database}\` in namespace \`${namespace}\`; known: ${all.map((one) => one.name).join(', ')}`,
      );
    }
    return known(namespace, `${namespace}/${chosen.name}`, chosen.name, chosen.config, signal, refresh);
  };

  return {
    list: (only) =>
      (only === undefined ? Object.keys(configured) : [only]).flatMap((namespace) =>
        entriesOf(namespace).map(({ name, kind }) => ({ namespace, name, kind })),
      ),
    namespaces: () => Object.keys(configured),
    open: openNamed,
    openText(text, signal) {
      if (Object.hasOwn(configured, text)) return openNamed(text, null, signal);
      const isUrl = /^[a-z][a-z0-9+]*:/i.test(text);
      if (!isUrl && !existsSync(text) && !/[\\/.*]/.test(text)) throw unknownNamespace(text, Object.keys(configured));
      return known(null, `adhoc/${text}`, text, parseConnectionUrl(text), signal);
    },
    async close() {
      closed = true;
      const all = await Promise.allSettled(opened.values());
      await Promise.allSettled(all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.close()] : [])));
    },
  };
}

function unknownNamespace(name: string, known: readonly string[]): EngineError {
  const near = nearestName(name, known);
  return new EngineError(
    'not-found',
    `Unsupported value \`${name}\` for field \`namespace\`: there is no such namespace or file; ${near ? `did you mean \`${near}\`?` : `known: ${known.join(', ') || 'none'}`}`,
    { data: { namespace: name, known } },
  );
}
