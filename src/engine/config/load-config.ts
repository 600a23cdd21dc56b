/** Reads `agent.yml` and `auth_clients.yml`: references resolved, checked, with messages that name key, file and fix. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  EngineError,
  type Environment,
  readYamlFile,
  resolveHome,
  substituteEnvironment,
  type UnresolvedReference,
  unknownKeyWarnings,
  validateConfig,
} from '../../kernel/index.ts';
import { homePaths, writeMissingFiles } from './first-start.ts';
import { type AuthClients, agentSchema, authClientsSchema, type Config, configSchema } from './schema.ts';

export interface LoadedConfig {
  readonly home: string;
  readonly file: string;
  readonly config: Config;
  /** One line each, for the log and the terminal. */
  readonly warnings: readonly string[];
  /** Files that this start wrote. */
  readonly written: readonly string[];
  /** `${NAME}` references that are unset; an error only for the part that needs them. */
  readonly unresolved: readonly UnresolvedReference[];
}

/**
 * Loads the configuration: `--config FILE`, else `$QUERENT_HOME/conf/agent.yml`, written when missing.
 *
 * @throws EngineError `config-invalid`, one line per problem
 */
export function loadConfig(options: {
  readonly environment: Environment;
  readonly file?: string | null;
  readonly writeMissing?: boolean;
}): LoadedConfig {
  const home = resolveHome(options.environment);
  const paths = homePaths(home);
  const written = options.writeMissing === false ? [] : writeMissingFiles(home);
  const file = options.file ? resolve(options.file) : paths.config;
  const raw = !options.file && !existsSync(file) ? {} : readYamlFile(file);
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
    throw new EngineError('config-invalid', `${file}: must be a mapping with a section \`agent:\``);
  }
  const { value, unresolved } = substituteEnvironment(raw, { ...options.environment, QUERENT_HOME: home });
  const needed = unresolved.filter((reference) => /^(server|state|pipeline|open_api)\b/.test(reference.path));
  if (needed.length > 0) {
    throw new EngineError('config-invalid', needed.map((one) => unresolvedMessage(file, one)).join('\n'));
  }
  const config = validateConfig(configSchema, value, file);
  const warnings = [
    ...unknownKeyWarnings(value, Object.keys(configSchema.shape), '', file),
    ...unknownKeyWarnings((value as { agent?: unknown }).agent, Object.keys(agentSchema.shape), 'agent', file),
  ];
  const target = config.agent.target;
  if (target && !config.agent.models[target] && Object.keys(config.agent.models).length > 0) {
    throw new EngineError(
      'config-invalid',
      `${file}: agent.target: there is no model \`${target}\` under agent.models; known: ${Object.keys(config.agent.models).join(', ')}`,
    );
  }
  return { home, file, config: withEnvironment(config, options.environment), warnings, written, unresolved };
}

/** Settings whose environment variable wins over the file. */
function withEnvironment(config: Config, environment: Environment): Config {
  return {
    ...config,
    state: { url: environment.QUERENT_STATE_URL || config.state.url },
    limits: { ...config.limits, reflection_rounds: roundsOf(environment) ?? config.limits.reflection_rounds },
    open_api: {
      ...config.open_api,
      key: environment.OPEN_API_KEY || config.open_api.key,
      username: environment.OPEN_API_USERNAME || config.open_api.username,
      password: environment.OPEN_API_PASSWORD || config.open_api.password,
    },
  };
}

function roundsOf(environment: Environment): number | null {
  const text = environment.MAX_REFLECTION_ROUNDS;
  if (!text) return null;
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds > 0 && rounds <= 20) return rounds;
  throw new EngineError('config-invalid', `MAX_REFLECTION_ROUNDS: must be a whole number from 1 to 20, not "${text}"`);
}

/**
 * Loads `auth_clients.yml`; `JWT_SECRET_KEY` wins over the file's key. There is no built-in client and no built-in key.
 *
 * @throws EngineError `config-invalid`
 */
export function loadAuthClients(home: string, environment: Environment): AuthClients {
  const file = homePaths(home).authClients;
  const { value, unresolved } = substituteEnvironment(readYamlFile(file), environment);
  const override = environment.JWT_SECRET_KEY;
  const withOverride =
    override && value !== null && typeof value === 'object'
      ? { ...value, jwt: { ...((value as { jwt?: object }).jwt ?? {}), secret_key: override } }
      : value;
  const needed = unresolved.filter((one) => !(override && one.path === 'jwt.secret_key'));
  if (needed.length > 0)
    throw new EngineError('config-invalid', needed.map((one) => unresolvedMessage(file, one)).join('\n'));
  return validateConfig(authClientsSchema, withOverride, file);
}

/** Fails when a part that is about to be used contains an unset reference. */
export function requireResolved(loaded: LoadedConfig, prefix: string): void {
  const found = loaded.unresolved.find((one) => one.path === prefix || one.path.startsWith(`${prefix}.`));
  if (found) throw new EngineError('config-invalid', unresolvedMessage(loaded.file, found));
}

const unresolvedMessage = (file: string, one: UnresolvedReference): string =>
  `${file}: ${one.path}: the environment variable ${one.variable} is not set; set it or write the value`;
