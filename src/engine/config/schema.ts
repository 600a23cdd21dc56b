/**
 * The configuration file (`agent.yml`): Datus's `agent:` section with its keys, and our own sections beside it.
 * Every default is written here once; docs/configuration.md is generated from these descriptions.
 */
import { z } from 'zod';

const text = z.string();
const optionalText = z.string().nullish();
const looseRecord = z.record(z.string(), z.unknown());

/** One entry of `agent.namespace`: Datus's forms; the datasource kinds check their own keys when opened. */
export const namespaceSchema = z
  .looseObject({
    type: text.describe('duckdb, sqlite, postgres(ql), mysql, mariadb, starrocks, files or embedded'),
    name: optionalText,
    uri: optionalText.describe('file or URL, e.g. `duckdb:///data/shop.duckdb`'),
    path_pattern: optionalText.describe('glob; every match is a database of the namespace'),
    dbs: z.array(z.looseObject({ name: text, uri: text })).nullish(),
    host: optionalText,
    port: z.coerce.number().int().min(1).max(65_535).nullish(),
    username: optionalText,
    password: z.coerce.string().nullish(),
    database: optionalText,
    schema: optionalText,
  })
  .describe('a named group of datasources');

export const modelSchema = z.looseObject({
  type: text.describe('openai, claude, gemini, deepseek, qwen, ollama, glm, minimax or openai-compatible'),
  vendor: optionalText,
  base_url: optionalText,
  api_key: optionalText,
  model: text,
});

export const agentSchema = z.looseObject({
  home: optionalText,
  target: optionalText.describe('name of the default model under `models`'),
  models: z.record(z.string(), modelSchema).default({}),
  nodes: z.record(z.string(), z.looseObject({ model: optionalText }).nullable()).default({}),
  namespace: z.record(z.string(), namespaceSchema).default({}),
  metrics: z.record(z.string(), looseRecord).default({}),
  storage: looseRecord.default({}),
  workflow: z.record(z.string(), z.unknown()).default({}),
  reflection_nodes: z.record(z.string(), z.array(z.string())).default({}),
  agentic_nodes: looseRecord.default({}),
  benchmark: looseRecord.default({}),
  plan_executor: looseRecord.default({}),
  export: looseRecord.default({}),
  scenarios: looseRecord.default({}),
  default_query_timeout_seconds: z.number().positive().nullish(),
  plan_mode_auto_inject_ext_knowledge: z
    .boolean()
    .default(true)
    .describe('plan mode: the five surest terms of the glossary count as the request’s knowledge when it brings none'),
  intent_detector: looseRecord.default({}),
});

const count = (fallback: number) => z.number().int().positive().default(fallback);

export const limitsSchema = z.strictObject({
  question_characters: count(10_000).describe('longest question'),
  rows: count(1_000).describe('rows returned; `truncated: true` beyond'),
  result_bytes: count(32 * 1024 * 1024).describe('bytes of one result held in memory'),
  statement_timeout_ms: count(30_000).describe('longest run of one statement, in milliseconds'),
  concurrent_statements: count(8).describe('statements at once per datasource'),
  queued_statements: count(64).describe('statements waiting per datasource before `busy`'),
  reflection_rounds: count(3).describe('rounds of reflection in one run; `MAX_REFLECTION_ROUNDS` wins'),
  workflow_nodes: count(60).describe('nodes that one run may execute, inserted ones included'),
  upload_bytes: count(2 * 1024 * 1024),
  request_body_bytes: count(1024 * 1024),
  task_retention_hours: count(24 * 30).describe('finished runs are kept this long'),
  event_retention_hours: count(24 * 30).describe(
    'events of finished runs are kept this long; a reader that comes later gets one `gap` and the end',
  ),
});

export const configSchema = z.looseObject({
  agent: agentSchema.default(agentSchema.parse({})),
  server: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.number().int().min(0).max(65_535).default(8000),
      pipeline_port: z.number().int().min(0).max(65_535).default(8084).describe('0: the main port only'),
      root_path: z.string().default(''),
      workers: z.number().int().min(1).max(64).default(1),
      shutdown_timeout_seconds: z.number().min(0).max(600).default(5),
      cors_origins: z.array(z.string()).default([]).describe('origins that browsers may call from; none by default'),
      trusted_proxies: z
        .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'an IP address or a CIDR range'))
        .default([])
        .describe('proxies whose `X-Forwarded-*` headers are believed: addresses or ranges; none by default'),
      log_level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
    })
    .prefault({}),
  state: z.strictObject({ url: optionalText.describe('postgres://… ; embedded when absent') }).prefault({}),
  planning: z
    .strictObject({
      mode: z.enum(['builtin', 'llm', 'auto']).default('auto'),
      answer_threshold: z
        .number()
        .min(0)
        .max(1)
        .nullish()
        .describe('confidence from which the builtin planner answers'),
      probe_statements: z
        .number()
        .int()
        .min(0)
        .max(50)
        .default(5)
        .describe('read-only statements to compare candidates; 0: never'),
      probe_ms: z.number().int().min(0).max(10_000).default(100).describe('time for all of them, in milliseconds'),
      fiscal_year_start_month: z.number().int().min(1).max(12).default(1),
      max_tokens_per_run: count(60_000),
      max_cost_per_run: z.number().positive().nullish(),
    })
    .prefault({}),
  limits: limitsSchema.prefault({}),
  pipeline: z
    .looseObject({
      api_key: optionalText.describe('callers send it as a bearer token; without one only loopback gets in'),
      default_connection: optionalText.describe('a namespace or URL; the highway demo when absent'),
      allowed_connections: z
        .array(z.string())
        .nullish()
        .describe(
          'what `db_connection` may name: namespaces, hosts, files or URLs, `*` for anything; the configured ones and loopback when absent',
        ),
      concurrent_jobs: z.number().int().min(1).max(64).default(2).describe('pipeline jobs at once per process'),
      working_directory: optionalText.describe(
        'where relative names of table lists are looked up; the working directory of the server when absent',
      ),
    })
    .prefault({}),
  open_api: z
    .looseObject({
      key: optionalText.describe('callers must send it as `X-SQLBOT-OPEN-KEY`; `OPEN_API_KEY` wins'),
      username: optionalText.describe('who asks when a request names nobody; `OPEN_API_USERNAME` wins'),
      password: optionalText.describe('`OPEN_API_PASSWORD` wins'),
      public_url: optionalText.describe(
        'where clients reach this server, for links to charts; by default as they asked',
      ),
      image_expiry_hours: z
        .number()
        .positive()
        .max(8_760)
        .default(24)
        .describe('pictures of charts can be fetched this long'),
    })
    .prefault({}),
});

export type Config = z.output<typeof configSchema>;
export type NamespaceConfig = z.output<typeof namespaceSchema>;
export type ModelConfig = z.output<typeof modelSchema>;
export type Limits = z.output<typeof limitsSchema>;

/** `auth_clients.yml`: who may ask for tokens, and the key that signs them. */
export const authClientsSchema = z.looseObject({
  clients: z.record(z.string().min(1), z.coerce.string().min(1, 'a client needs a non-empty secret')),
  jwt: z.looseObject({
    secret_key: z.string().min(16, 'needs at least 16 characters; generate one with `openssl rand -hex 32`'),
    algorithm: z.enum(['HS256', 'HS384', 'HS512']).default('HS256'),
    expiration_hours: z
      .number()
      .positive()
      .max(24 * 365)
      .default(2),
  }),
});
export type AuthClients = z.output<typeof authClientsSchema>;
