/**
 * Which models exist and who uses them: the `target`, `models`, `nodes`, `agentic_nodes` and `storage` keys of the
 * `agent:` section, read into plain data. Nothing is connected here, and no provider package is loaded.
 */
import { z } from 'zod';
import { EngineError } from '../kernel/index.ts';

/** Families of wire formats; everything that is not Anthropic, Google or OpenAI itself speaks `openai-compatible`. */
export type ModelFamily = 'openai' | 'anthropic' | 'google' | 'openai-compatible';

interface TypeDefaults {
  readonly family: ModelFamily;
  /** Null: `base_url` must be given. */
  readonly baseUrl: string | null;
  readonly needsKey: boolean;
  /** Whether the endpoint is known to accept `response_format: json_object`. */
  readonly jsonMode: boolean;
}

const compatible = (baseUrl: string | null, jsonMode = false): TypeDefaults => ({
  family: 'openai-compatible',
  baseUrl,
  needsKey: baseUrl !== null,
  jsonMode,
});

/** The values of `models.NAME.type` and what they stand for. */
const MODEL_TYPES: Readonly<Record<string, TypeDefaults>> = {
  openai: { family: 'openai', baseUrl: 'https://api.openai.com/v1', needsKey: true, jsonMode: true },
  claude: { family: 'anthropic', baseUrl: 'https://api.anthropic.com/v1', needsKey: true, jsonMode: false },
  anthropic: { family: 'anthropic', baseUrl: 'https://api.anthropic.com/v1', needsKey: true, jsonMode: false },
  gemini: {
    family: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    needsKey: true,
    jsonMode: true,
  },
  google: {
    family: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    needsKey: true,
    jsonMode: true,
  },
  deepseek: compatible('https://api.deepseek.com/v1', true),
  qwen: compatible('https://dashscope.aliyuncs.com/compatible-mode/v1'),
  glm: compatible('https://open.bigmodel.cn/api/paas/v4'),
  minimax: compatible('https://api.minimax.io/v1'),
  moonshot: compatible('https://api.moonshot.cn/v1'),
  ollama: { family: 'openai-compatible', baseUrl: 'http://127.0.0.1:11434/v1', needsKey: false, jsonMode: false },
  'openai-compatible': compatible(null),
};

export interface ModelDefinition {
  readonly name: string;
  readonly family: ModelFamily;
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** The identifier sent to the provider. */
  readonly model: string;
  readonly temperature: number | null;
  readonly maxOutputTokens: number;
  /** Tokens that prompt and answer may take together. */
  readonly contextTokens: number;
  /** For a whole call with its retries. */
  readonly timeoutMs: number;
  /** Longest silence before the first and between two pieces of a streamed answer. */
  readonly idleTimeoutMs: number;
  readonly maxRetries: number;
  /** Requests at once; others wait for their turn. */
  readonly maxConcurrent: number;
  readonly jsonMode: boolean;
  readonly thinking: boolean | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Per million tokens; null when unknown, and then cost is unknown too. */
  readonly price: { readonly input: number; readonly output: number } | null;
}

export interface EmbeddingDefinition {
  readonly definition: ModelDefinition;
  readonly model: string;
  readonly dimensions: number | null;
  readonly batchSize: number;
}

export interface ModelsConfig {
  /** The model that roles without one of their own use; null when no model is configured. */
  readonly target: string | null;
  readonly models: Readonly<Record<string, ModelDefinition>>;
  /** Node or role name → model name. */
  readonly roles: Readonly<Record<string, string>>;
  readonly embedding: EmbeddingDefinition | null;
}

const positive = z.coerce.number().positive();
const modelSchema = z.object({
  type: z.string().default('openai-compatible'),
  base_url: z.string().nullish(),
  api_key: z.string().nullish(),
  model: z.string().min(1),
  temperature: z.coerce.number().min(0).max(2).nullish(),
  max_tokens: positive.nullish(),
  max_output_tokens: positive.nullish(),
  context_window: positive.nullish(),
  timeout_seconds: positive.nullish(),
  idle_timeout_seconds: positive.nullish(),
  max_retries: z.coerce.number().int().min(0).max(10).nullish(),
  max_concurrent: z.coerce.number().int().min(1).max(1_000).nullish(),
  json_mode: z.boolean().nullish(),
  enable_thinking: z.boolean().nullish(),
  default_headers: z.record(z.string(), z.string()).nullish(),
  price: z.object({ input: z.coerce.number().min(0), output: z.coerce.number().min(0) }).nullish(),
});
const nodeSchema = z.object({ model: z.string().nullish() });
const storeSchema = z.object({
  registry_name: z.string().nullish(),
  model_name: z.string().nullish(),
  dim_size: positive.nullish(),
  batch_size: positive.nullish(),
  target_model: z.string().nullish(),
});
/** Sections hold other modules' keys too, so entries of the wrong shape are simply not ours. */
const sectionSchema = z.object({
  target: z.string().nullish(),
  models: z.record(z.string(), z.unknown()).nullish(),
  nodes: z.record(z.string(), z.unknown()).nullish(),
  agentic_nodes: z.record(z.string(), z.unknown()).nullish(),
  storage: z.record(z.string(), z.unknown()).nullish(),
});

function invalid(key: string, problem: string): EngineError {
  return new EngineError('config-invalid', `${key}: ${problem}`, { data: { key } });
}

function withVersionPath(baseUrl: string, family: ModelFamily, key: string): string {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw invalid(key, 'is not a URL; write it as https://host/path');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw invalid(key, 'must start with http:// or https://');
  if (url.username !== '' || url.password !== '') {
    throw invalid(key, 'must not carry a user or password; use api_key or default_headers');
  }
  const bare = url.pathname === '/' || url.pathname === '';
  if (bare && family === 'anthropic') url.pathname = '/v1';
  if (bare && family === 'google') url.pathname = '/v1beta';
  return url.href.replace(/\/+$/, '');
}

/** `openai` with someone else's address is an OpenAI-compatible server, as people configure it. */
function familyOf(type: TypeDefaults, baseUrl: string | null | undefined): ModelFamily {
  if (baseUrl == null) return type.family;
  if (type.family === 'openai' && !/^https:\/\/([a-z0-9-]+\.)?api\.openai\.com(\/|$)/i.test(baseUrl)) {
    return 'openai-compatible';
  }
  if (type.family === 'google' && /\/openai\/?$/i.test(baseUrl)) return 'openai-compatible';
  return type.family;
}

function readKey(apiKey: string | null | undefined, needsKey: boolean, key: string): string | null {
  const missing = apiKey == null ? null : /^<MISSING:(.+)>$|^\$\{(.+)\}$/.exec(apiKey);
  if (missing) {
    throw invalid(`${key}.api_key`, `the environment variable ${missing[1] ?? missing[2]} is not set; set it`);
  }
  if (apiKey == null || apiKey.trim() === '') {
    if (needsKey) throw invalid(`${key}.api_key`, 'is missing; give the key or a reference to an environment variable');
    return null;
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey.trim())) throw invalid(`${key}.api_key`, 'holds characters no key has');
  return apiKey.trim();
}

function readModel(name: string, raw: unknown): ModelDefinition {
  const key = `models.${name}`;
  const parsed = modelSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid([key, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is not valid');
  }
  const entry = parsed.data;
  const type = MODEL_TYPES[entry.type.toLowerCase()];
  if (type === undefined) {
    throw invalid(`${key}.type`, `"${entry.type}" is unknown; use one of ${Object.keys(MODEL_TYPES).join(', ')}`);
  }
  const family = familyOf(type, entry.base_url);
  const baseUrl = entry.base_url ?? type.baseUrl;
  if (baseUrl == null) throw invalid(`${key}.base_url`, 'is missing; give the address of the endpoint');
  // A server of one's own often wants no key; the vendors' own addresses always do.
  const needsKey = type.needsKey && (entry.base_url == null || baseUrl === type.baseUrl);
  const timeoutMs = (entry.timeout_seconds ?? 180) * 1000;
  return {
    name,
    family,
    baseUrl: withVersionPath(baseUrl, family, `${key}.base_url`),
    apiKey: readKey(entry.api_key, needsKey, key),
    model: entry.model,
    temperature: entry.temperature ?? null,
    maxOutputTokens: Math.floor(entry.max_output_tokens ?? entry.max_tokens ?? 4_096),
    contextTokens: Math.floor(entry.context_window ?? 32_000),
    timeoutMs,
    idleTimeoutMs: Math.min((entry.idle_timeout_seconds ?? 60) * 1000, timeoutMs),
    maxRetries: entry.max_retries ?? 2,
    maxConcurrent: entry.max_concurrent ?? 16,
    jsonMode: entry.json_mode ?? (type.jsonMode && family === type.family),
    thinking: entry.enable_thinking ?? null,
    headers: entry.default_headers ?? {},
    price: entry.price ?? null,
  };
}

function readRoles(section: z.infer<typeof sectionSchema>, models: Readonly<Record<string, ModelDefinition>>) {
  const roles: Record<string, string> = {};
  for (const [group, nodes] of [
    ['nodes', section.nodes],
    ['agentic_nodes', section.agentic_nodes],
  ] as const) {
    for (const [role, raw] of Object.entries(nodes ?? {})) {
      const model = nodeSchema.safeParse(raw).data?.model;
      if (model == null || model === '') continue;
      if (models[model] === undefined && Object.keys(models).length > 0) {
        throw invalid(
          `${group}.${role}.model`,
          `"${model}" is not among models: ${Object.keys(models).join(', ') || 'none'}`,
        );
      }
      if (models[model] !== undefined) roles[role] = model;
    }
  }
  return roles;
}

/** The first store whose embeddings come from a configured provider; other registries are local models we do not run. */
function readEmbedding(
  section: z.infer<typeof sectionSchema>,
  models: Readonly<Record<string, ModelDefinition>>,
): EmbeddingDefinition | null {
  for (const raw of Object.values(section.storage ?? {})) {
    const store = storeSchema.safeParse(raw).data;
    const definition = store?.target_model == null ? undefined : models[store.target_model];
    if (store?.model_name == null || definition === undefined) continue;
    const dimensions = store.dim_size == null ? null : Math.floor(store.dim_size);
    return { definition, model: store.model_name, dimensions, batchSize: Math.floor(store.batch_size ?? 64) };
  }
  return null;
}

/**
 * Reads the models part of an `agent:` section whose `${ENV}` references were resolved.
 *
 * @throws EngineError `config-invalid` naming the key and the fix. A model that no role uses may lack its key.
 */
export function parseModelsConfig(agentSection: unknown): ModelsConfig {
  const parsed = sectionSchema.safeParse(agentSection ?? {});
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(issue?.path.join('.') || 'agent', issue?.message ?? 'is not valid');
  }
  const section = parsed.data;
  const models: Record<string, ModelDefinition> = {};
  const unusable = new Map<string, unknown>();
  for (const [name, raw] of Object.entries(section.models ?? {})) {
    try {
      models[name] = readModel(name, raw);
    } catch (error) {
      unusable.set(name, error);
    }
  }
  // Files written for other tools list models whose keys are not set here; only one that is used must be complete.
  const used = new Set<string>([section.target ?? '']);
  for (const nodes of [section.nodes, section.agentic_nodes]) {
    for (const raw of Object.values(nodes ?? {})) used.add(nodeSchema.safeParse(raw).data?.model ?? '');
  }
  for (const [name, error] of unusable) if (used.has(name)) throw error;
  const target = section.target || null;
  if (target !== null && models[target] === undefined && Object.keys(section.models ?? {}).length > 0) {
    throw invalid('target', `"${target}" is not among models: ${Object.keys(models).join(', ') || 'none'}`);
  }
  return {
    target: target !== null && models[target] !== undefined ? target : null,
    models,
    roles: readRoles(section, models),
    embedding: readEmbedding(section, models),
  };
}
