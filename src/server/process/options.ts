/** What the command line may say about a server; it wins over the configuration file. */
import type { Config, LoadedConfig } from '../../engine/index.ts';
import { EngineError, nearestName } from '../../kernel/index.ts';

export const ACTIONS = ['start', 'stop', 'restart', 'status'] as const;
export type Action = (typeof ACTIONS)[number];

export interface ServeOptions {
  readonly host?: string;
  readonly port?: number;
  readonly pipelinePort?: number;
  readonly config?: string;
  readonly workers?: number;
  readonly reload?: boolean;
  readonly debug?: boolean;
  readonly daemon?: boolean;
  readonly action?: Action;
  readonly pidFile?: string;
  readonly daemonLogFile?: string;
  readonly rootPath?: string;
  /** Seconds. */
  readonly shutdownTimeout?: number;
  /** The plan of requests for the workflow `default`. */
  readonly workflow?: string;
  readonly namespace?: string;
  readonly maxSteps?: number;
  /** Accepted for scripts that name a checkpoint; interrupted runs go on by themselves. */
  readonly loadCp?: string;
}

/**
 * The configuration with the command line's settings.
 *
 * @throws EngineError `config-invalid` for a namespace that does not exist
 */
export function withFlags(loaded: LoadedConfig, options: ServeOptions): LoadedConfig {
  const { config } = loaded;
  const server: Config['server'] = {
    ...config.server,
    ...given({
      host: options.host,
      port: options.port,
      pipeline_port: options.pipelinePort,
      workers: options.workers,
      root_path: options.rootPath,
      shutdown_timeout_seconds: options.shutdownTimeout,
      log_level: options.debug ? ('debug' as const) : undefined,
    }),
  };
  return {
    ...loaded,
    config: {
      ...config,
      server,
      agent: {
        ...config.agent,
        namespace: ordered(config.agent.namespace, options.namespace, loaded.file),
        workflow: { ...config.agent.workflow, ...given({ plan: options.workflow }) },
      },
      limits: { ...config.limits, ...given({ workflow_nodes: options.maxSteps }) },
    },
  };
}

/** The namespace of the command line comes first: it is the one that is used where none is named. */
function ordered<T>(
  namespaces: Readonly<Record<string, T>>,
  first: string | undefined,
  file: string,
): Record<string, T> {
  if (first === undefined) return { ...namespaces };
  const chosen = Object.hasOwn(namespaces, first) ? namespaces[first] : undefined;
  if (chosen === undefined) {
    const near = nearestName(first, Object.keys(namespaces));
    const hint = near ? `did you mean ${near}?` : `known: ${Object.keys(namespaces).join(', ') || 'none'}`;
    throw new EngineError('config-invalid', `--namespace ${first}: ${file} has no such namespace; ${hint}`);
  }
  return { [first]: chosen, ...namespaces };
}

/** Only the entries that were given. */
function given<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
